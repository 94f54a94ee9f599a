"""The scorer of hand-written stories, on made-up reports; and that its two files can be read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from benchmarks.trust import scenarios
from benchmarks.trust.scenarios import Expected, Scenario
from schemas.messages import Discrepancy

A, B, C = "urn:a", "urn:b", "urn:c"
FOLDER = Path(scenarios.__file__).parent
CLAIM = msgspec.json.decode(
    min((FOLDER.parents[1] / "schemas/examples/claim/valid").glob("*.json")).read_bytes()
)


def position(uri: str, value: float | None = None, day: str | None = None) -> dict[str, Any]:
    claim = {**CLAIM, "article": {**CLAIM["article"], "uri": uri}}
    held: dict[str, Any] = {
        "status": "current", "as_of": "2020-01-01T12:00:00Z", "claims": [claim],
    }  # fmt: skip
    if value is not None:
        held["value"] = {"low": value, "high": value}
    if day is not None:
        timex3 = {"type": "DATE", "value": day, "mod": None}
        held["time"] = {"timex3": timex3, "edtf": day, "earliest": day, "latest": day}
    return held


def report(*positions: dict[str, Any], level: str = "high", **fields: Any) -> Discrepancy:
    words = {
        "id": "0123456789abcdef0123", "status": "open", "kind": "count_conflict", "rule": "r",
        "severity": {"level": level}, "slot": "killed", "counted": "people",
        "positions": positions, "explanation": {"en": "", "fr": "", "ar": ""},
        "first_seen": "2020-01-01T12:00:00Z", "as_of": "2020-01-01T12:00:00Z", **fields,
    }  # fmt: skip
    return msgspec.convert(words, Discrepancy)


def story(*uris: str, **fields: Any) -> Scenario:
    articles = tuple({"uri": uri} for uri in uris)
    return Scenario(id=uris[0], phenomenon="p", articles=articles, why="", **fields)


CONFLICT = Expected("killed", (A, B), values=((14, 14), (9, 9)), kind_any_of=("conflict",))
ALLOWED = Expected("killed", (A, B), values=((14, 14), (9, 9)), allow_low=True)


@pytest.mark.parametrize(
    ("of", "fits"),
    [
        (report(position(A, 14), position(B, 9)), True),
        (report(position(B, 9), position(A, 14)), True),
        (report(position(A, 9), position(B, 14)), False),
        (report(position(A, 14), position(B, 11)), False),
        (report(position(A, 14), position(C, 9)), False),
        (report(position(A, 14), position(B, 9), kind="denial"), False),
        (report(position(A, day="2020-01-01"), position(B, day="2020-01-02")), False),
    ],
)
def test_a_report_meets_an_expectation_by_articles_values_and_kind(
    of: Discrepancy, fits: bool
) -> None:
    assert scenarios.meets(of, CONFLICT) is fits


def test_dates_meet_as_intervals() -> None:
    of = report(position(A, day="2020-02-29"), position(B, day="2020-03-02"), kind="date_conflict")
    wanted = Expected("signed", (A, B), dates=("2020-02", "2020-03-02"), kind_any_of=("date",))
    assert scenarios.meets(of, wanted)
    assert not scenarios.meets(of, Expected("signed", (A, B), dates=("2020-02", "2020-03-03")))


def test_an_error_inside_an_article_may_have_one_position() -> None:
    of = report(position(A, day="2020-03-01"), kind="impossible_date", slot="date")
    wanted = Expected("date", (A, A), dates=("2020-02-31", "2020-02"), kind_any_of=("impossible",))
    assert scenarios.meets(of, wanted)


@pytest.mark.parametrize(
    ("edtf", "span"),
    [
        ("2020", ("2020-01-01", "2020-12-31")),
        ("2020-02", ("2020-02-01", "2020-02-29")),
        ("2020-02-29", ("2020-02-29", "2020-02-29")),
        ("2021-02-29", None),
        ("early 2020", None),
    ],
)
def test_days_of_a_date(edtf: str, span: tuple[str, str] | None) -> None:
    assert scenarios.days(edtf) == span


@pytest.mark.parametrize(
    ("level", "told", "verdict"),
    [
        ("high", {"expect": (CONFLICT,)}, "right"),
        ("high", {}, "wrong"),
        ("high", {"expect": (ALLOWED,)}, "wrong"),
        ("low", {"expect": (ALLOWED,)}, "neutral"),
        ("high", {"expect": (CONFLICT,), "forbid": (scenarios.Forbidden((A, B)),)}, "wrong"),
        ("high", {"expect": (CONFLICT,), "forbid": (scenarios.Forbidden((A, C)),)}, "right"),
        ("low", {"forbid": (scenarios.Forbidden((A, B), allow_low=True),)}, "neutral"),
    ],
)
def test_right_neutral_and_wrong(level: str, told: dict[str, Any], verdict: str) -> None:
    of = report(position(A, 14), position(B, 9), level=level)
    [judged] = scenarios.judge([of], [story(A, B, **told)])
    assert judged.verdict == verdict


def test_a_report_over_two_stories_is_wrong() -> None:
    of = report(position(A, 14), position(B, 9))
    stories = [story(A), story(B)]
    judged = scenarios.judge([of], stories)
    assert [j.verdict for j in judged] == ["wrong"]
    assert scenarios.row(stories, judged, []).clean == 0


def test_only_open_reports_are_judged_and_found_but_for_corrections() -> None:
    told = story(A, B, expect=(CONFLICT,))
    of = report(position(A, 14), position(B, 9), status="resolved", reason="updated")
    assert scenarios.judge([of], [told]) == []
    assert scenarios.missed([of], [told]) == [(told, CONFLICT)]
    corrected = Expected("killed", (A, A), values=((14, 14), (9, 9)), kind_any_of=("correction",))
    of = report(
        position(A, 14), position(A, 9), kind="correction", status="resolved", reason="corrected"
    )
    assert scenarios.missed([of], [story(A, expect=(corrected,))]) == []


def test_counts() -> None:
    stories = [story(A, B, expect=(CONFLICT,)), story(C)]
    reports = [report(position(A, 14), position(B, 9))]
    judged, lost = scenarios.judge(reports, stories), scenarios.missed(reports, stories)
    counted = scenarios.row(stories, judged, lost)
    assert counted == scenarios.Row(2, expected=1, found=1, right=1, wrong=0, traps=1, clean=1)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("scenarios_*.jsonl")), ids=lambda p: p.stem)
def test_the_stories_are_well_formed(path: Path) -> None:
    """What is held out is checked for its form only; nothing is judged here."""
    stories = scenarios.read(path)
    assert len({told.id for told in stories}) == len(stories)
    for told in stories:
        uris = {article["uri"] for article in told.articles}
        named = [e.between for e in told.expect] + [f.between for f in told.forbid]
        assert {uri for pair in named for uri in pair} <= uris, told.id
    assert all(json.loads(line)["why"] for line in path.read_text("utf-8").splitlines())
