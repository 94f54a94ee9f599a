"""The labelled pairs stand where they say."""

from __future__ import annotations

from pathlib import Path

from benchmarks.trust.score import read_lines

HERE = Path(__file__).parents[2] / "benchmarks" / "trust"
PAIRS = read_lines(HERE / "fa_kes_work.jsonl")


def test_figures_stand_at_their_offsets() -> None:
    articles = {a["uri"]: a for a in read_lines(HERE / "fa_kes_articles.jsonl")}
    for pair in PAIRS:
        for side in (pair["a"], pair["b"]):
            text = articles[side["uri"]][side["field"]]
            assert text[side["start"] : side["end"]] == side["exact"], pair["id"]


def test_only_a_conflict_of_one_fact_asks_for_an_alert() -> None:
    for pair in PAIRS:
        if pair["alert"]:
            assert pair["relation"] == "conflict", pair["id"]
            assert pair["same_event"] == pair["same_quantity"] == "yes", pair["id"]
