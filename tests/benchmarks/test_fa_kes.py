"""The labelled pairs stand where they say, and one event stands in one half."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.trust.score import read_lines

HERE = Path(__file__).parents[2] / "benchmarks" / "trust"
HALVES = ("work", "final")


@pytest.mark.parametrize("half", HALVES)
def test_figures_stand_at_their_offsets(half: str) -> None:
    articles = {a["uri"]: a for a in read_lines(HERE / "fa_kes_articles.jsonl")}
    for pair in read_lines(HERE / f"fa_kes_{half}.jsonl"):
        for side in (pair["a"], pair["b"]):
            text = articles[side["uri"]][side["field"]]
            assert text[side["start"] : side["end"]] == side["exact"], pair["id"]


@pytest.mark.parametrize("half", HALVES)
def test_only_a_conflict_of_one_fact_asks_for_an_alert(half: str) -> None:
    for pair in read_lines(HERE / f"fa_kes_{half}.jsonl"):
        if pair["alert"]:
            assert pair["relation"] == "conflict", pair["id"]
            assert pair["same_event"] == pair["same_quantity"] == "yes", pair["id"]


def test_an_event_stands_in_one_half() -> None:
    work, final = ({p["event"] for p in read_lines(HERE / f"fa_kes_{h}.jsonl")} for h in HALVES)
    assert not work & final
