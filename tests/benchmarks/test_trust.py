"""What `make bench-trust` measures with, on made-up data: who is compared, judged, translated."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from benchmarks.trust import __main__ as trust
from benchmarks.trust import judged, reliability, score
from benchmarks.trust.__main__ import SECTIONS, main
from benchmarks.trust.compared import NOT_READ, compared, facts_by_key, why_missed
from benchmarks.trust.lookalikes import of_one_event
from benchmarks.trust.translated import FIRST as NOON
from benchmarks.trust.translated import another, articles, changed, differs, read_differently
from schemas.messages import Context, Scope
from tests.claims import count
from transforms.cross_check.intervals import Range


def claim(uri: str, figure: str) -> dict[str, Any]:
    return {"article": {"uri": uri}, "quote": {"quote": {"exact": figure}}}


def alert(*figures: tuple[str, str], kind: str = "count_conflict") -> dict[str, Any]:
    positions = [{"status": "current", "claims": [claim(*figure)]} for figure in figures]
    return {"id": "d", "status": "open", "kind": kind, "slot": "killed", "positions": positions}


def record(found: dict[str, Any], verdict: str = "right") -> dict[str, Any]:
    said = judged.said(found)
    return {"verdict": verdict, "kind": found["kind"], "slot": "killed", "positions": said}


# --- judged alerts -------------------------------------------------------------------------------


def test_an_alert_is_known_by_its_figures_not_by_its_id() -> None:
    known = record(alert(("x:1", "31"), ("x:2", "39")))
    assert judged.same_alert(alert(("x:2", "39"), ("x:1", "31")) | {"id": "new"}, known)
    assert judged.same_alert(alert(("x:1", "31"), ("x:2", "39"), ("x:3", "39")), known)
    assert not judged.same_alert(alert(("x:1", "31"), ("x:2", "12")), known)
    assert not judged.same_alert(alert(("x:1", "31"), ("x:2", "39"), kind="denial"), known)


def test_a_position_that_no_longer_stands_is_not_judged() -> None:
    found = alert(("x:1", "31"), ("x:2", "39"))
    found["positions"].append({"status": "stale", "claims": [claim("x:3", "3")]})
    assert len(judged.said(found)) == 2


def test_the_judged_alerts_are_whole() -> None:
    for line in score.read_lines(judged.JUDGED):
        assert line["verdict"] in ("right", "debatable", "wrong")
        assert line["reason"]
        assert line["cause"] or line["verdict"] == "right"
        assert all(c["uri"] and c["figure"] for position in line["positions"] for c in position)


# --- where a conflict is lost --------------------------------------------------------------------

LATER = count(38, "two.example", 5)


@pytest.mark.parametrize(
    ("mine", "step"),
    [
        ([], NOT_READ),
        ([count(43, slot="injured")], "read as another slot"),
        ([count(43, scope=Scope("part"))], "read as another group, part, span or modality"),
        ([count(43, event_time="2021-08-20")], "not held to be one event"),
        ([count((30, 50), qualifier="about")], "read as agreeing"),
        ([count(43, qualifier="at_least")], "read as open or vague"),
        ([count(20)], "explained: running_count"),
        ([count(43, slot="injured"), count(20)], "explained: running_count"),
    ],
)
def test_a_missed_conflict_is_lost_at_a_step(mine: list[Any], step: str) -> None:
    assert why_missed(mine, [LATER], facts_by_key([*mine, LATER])) == step


def test_compared_are_claims_of_one_fact_in_two_articles() -> None:
    one, other = count(43), count(38, "two.example", 5)
    elsewhere = count(9, "three.example", context=Context(event_kinds=("flood",)))
    assert list(compared([one, other, elsewhere])) == [(one, other)]


def test_a_pair_of_two_events_is_a_lookalike() -> None:
    events = {"x:1": ("3", "3a"), "x:2": ("3", "3a"), "x:3": ("3", "3b"), "x:4": ("4", "4a")}
    line = of_one_event([("x:1", "x:2"), ("x:1", "x:3"), ("x:2", "x:4")], events)
    assert "1/3" in line
    assert line.split()[-2:] == ["1", "1"]


# --- translations --------------------------------------------------------------------------------

TRIPLE = {
    "id": "D_1:7",
    "en": "Of 1,500 patients 41 died in 2019.",
    "fr": "Sur 1 500 patients, 41 sont décédés en 2019.",
    "ar": "من بين 1500 مريض توفي ٤١ في عام 2019.",
}


def test_a_number_is_changed_in_one_language_only() -> None:
    for index, language in enumerate(("en", "fr", "ar")):
        change = changed(index, TRIPLE)
        assert change is not None
        assert (change.language, change.old) == (language, 41)
        assert change.text != TRIPLE[language]
        assert ("٨٣" if language == "ar" else "83") in change.text


def test_years_and_parts_of_numbers_are_not_changed() -> None:
    assert (
        changed(0, dict.fromkeys(("en", "fr", "ar"), "In 2019 1,500 or 3.4 % of 2 came.")) is None
    )


def test_another_number_is_another_and_a_day_stays_a_day() -> None:
    for number in range(3, 2000):
        assert another(number) != number
        assert another(number) <= 31 or number > 31


def test_a_sentence_is_an_event_of_its_own() -> None:
    first, second = articles(0, TRIPLE), articles(1, TRIPLE)
    assert len({a["versioncreated"] for a in first}) == 1
    assert len({a["source"] for a in first}) == 3
    assert {a["versioncreated"] for a in first}.isdisjoint(a["versioncreated"] for a in second)


def test_readings_differ_where_a_closed_value_meets_none() -> None:
    same = {language: [("number", Range(41, 41))] for language in ("en", "fr", "ar")}
    other = {**same, "fr": [("number", Range(83, 83))]}
    assert not differs(same, same)
    assert differs(other, other)
    assert not read_differently(TRIPLE, NOON)
    assert read_differently({**TRIPLE, "fr": TRIPLE["fr"].replace("41", "83")}, NOON)


# --- the command ---------------------------------------------------------------------------------


def test_sections_that_need_data_say_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    monkeypatch.delenv("TALLY_DATA", raising=False)
    assert main(["lookalikes", "translated"]) == 0
    assert capsys.readouterr().out.count("set TALLY_DATA") == 2


def test_an_unknown_section_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["nothing"])
    assert "no such section" in capsys.readouterr().err


def test_each_section_is_described(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    told = capsys.readouterr().out
    assert all(name in told for name in SECTIONS)


def test_the_stories_to_work_with_are_scored(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["stories"]) == 0
    told = capsys.readouterr().out
    assert "python -m benchmarks.trust stories" in told
    assert "scenarios_work.jsonl" in told
    assert {line.split()[0] for line in told.splitlines() if "precision" in line} == {
        "tally",
        "naive",
    }


# --- reliability ---------------------------------------------------------------------------------

RIGHT = 40.0
EVENTS = {
    **{f"e{i}": {"good": RIGHT, "fair": RIGHT, "poor": 20.0} for i in range(8)},
    "tied": {"good": RIGHT, "poor": 20.0},
}


@pytest.mark.parametrize("method", reliability.METHODS)
def test_each_method_chooses_a_figure_that_is_told(method: str) -> None:
    chosen = reliability.METHODS[method](EVENTS)
    assert all(chosen[name] in figures.values() for name, figures in EVENTS.items())
    assert all(chosen[f"e{i}"] == RIGHT for i in range(8))


def test_what_is_known_of_sources_breaks_a_tie() -> None:
    assert reliability.by_median(EVENTS)["tied"] == 20
    assert reliability.by_reliability(EVENTS)["tied"] == RIGHT
    assert reliability.crh(EVENTS)["tied"] == RIGHT


def test_planted_sources_are_right_as_often_as_is_set() -> None:
    dice = random.Random(1)
    for right in (0.1, 0.7, 1.0):
        told = sum(reliability._told(dice, 40, right) == 40 for _ in range(2000)) / 2000
        assert told == pytest.approx(right, abs=0.04)


def test_planted_events_have_articles_and_a_truth() -> None:
    articles, truth = reliability.planted(3, reliability.Setting("test", [0.9] * 12, 10, carried=3))
    assert len({a["uri"] for a in articles}) == len(articles)
    assert {a["uri"].rpartition("-")[0] + "-" for a in articles} == set(truth)
    assert {a["source"] for a in articles if a.get("credit")} <= set(reliability.OUTLETS[-3:])


def test_final_reads_the_other_half_and_nothing_else(
    tmp_path: Path, monkeypatch: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    """Stories to work with stand in for those held out, which no test opens."""
    work = (trust.HERE / "scenarios_work.jsonl").read_bytes().splitlines(keepends=True)
    (tmp_path / "scenarios_final.jsonl").write_bytes(b"".join(work[:2]))
    monkeypatch.setattr(trust, "HERE", tmp_path)
    assert main(["stories", "--final"]) == 0
    told = capsys.readouterr().out
    assert "python -m benchmarks.trust stories --seed 1 --final" in told
    assert "scenarios_work" not in told
