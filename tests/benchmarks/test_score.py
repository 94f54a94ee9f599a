"""The scorer of alerts against labelled pairs, and the naive matcher, on made-up data."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.trust import naive, score

BODY = {
    "x:1": "The governor said 31 people were killed in Homs on Monday.",
    "x:2": "The Observatory said 39 people were killed in Homs on Monday.",
    "x:3": "On Sunday 12 people were killed in Homs.",
}


def claim(uri: str, start: int, end: int, stated: float) -> dict[str, Any]:
    quote = {"field": "body_text", "position": {"start": start, "end": end}}
    return {"article": {"uri": uri}, "quote": quote, "quantity": {"stated": stated}}


def discrepancy(*positions: list[dict[str, Any]], **fields: Any) -> dict[str, Any]:
    held = [{"status": "current", "claims": claims} for claims in positions]
    return {"id": "d1", "status": "open", "kind": "count_conflict", "positions": held, **fields}


def side(uri: str, exact: str) -> dict[str, Any]:
    start = BODY[uri].index(exact)
    return {
        "uri": uri, "field": "body_text", "start": start, "end": start + len(exact),
        "exact": exact, "value": float(exact), "slot": "killed",
    }  # fmt: skip


def pair(a: dict[str, Any], b: dict[str, Any], alert: bool | None, **fields: Any) -> dict[str, Any]:
    return {
        "id": f"{a['uri']}{b['uri']}", "set": "found", "event": "e", "relation": "conflict",
        "alert": alert, "same_event": "yes", "same_quantity": "yes", "read_a": "", "read_b": "",
        "reason": "why", "a": a, "b": b, **fields,
    }  # fmt: skip


GOVERNOR, OBSERVATORY, SUNDAY = side("x:1", "31"), side("x:2", "39"), side("x:3", "12")
C31, C39, C12 = claim("x:1", 18, 20, 31), claim("x:2", 21, 23, 39), claim("x:3", 10, 12, 12)
CONFLICT = pair(GOVERNOR, OBSERVATORY, True)
BACKGROUND = pair(GOVERNOR, SUNDAY, False, relation="different", same_event="no")
ARTICLES = [
    {
        "uri": uri, "versioncreated": "2016-01-01T12:00:00+00:00", "headline": "",
        "body_text": body, "place": "homs",
    }
    for uri, body in BODY.items()
]  # fmt: skip


def raised(found: dict[str, Any], *pairs: dict[str, Any]) -> list[bool]:
    by_id = score.alerted(score.open_discrepancies([found]), pairs)
    return [bool(by_id[p["id"]]) for p in pairs]


def test_a_pair_on_two_positions_is_alerted() -> None:
    assert raised(discrepancy([C31], [C39]), CONFLICT, BACKGROUND) == [True, False]
    assert raised(discrepancy([C39], [C31]), CONFLICT) == [True]


def test_one_position_or_support_only_is_no_alert() -> None:
    assert raised(discrepancy([C31, C39]), CONFLICT) == [False]
    found = discrepancy([C31], [])
    found["positions"][1]["supported_by"] = [C39]
    assert raised(found, CONFLICT) == [False]


def test_the_last_message_of_an_id_is_the_truth() -> None:
    first, last = discrepancy([C31], [C39]), discrepancy([C31], [C39], status="resolved")
    assert score.open_discrepancies([first, last]) == []
    assert score.open_discrepancies([last, first]) == [first]


@pytest.mark.parametrize(("kind", "expected"), [("count_conflict", False), ("stale_source", True)])
def test_a_stale_position_stands_only_in_a_stale_source(kind: str, expected: bool) -> None:
    found = discrepancy([C31], [C39], kind=kind)
    found["positions"][0]["status"] = "stale"
    assert raised(found, CONFLICT) == [expected]


@pytest.mark.parametrize(
    ("start", "end", "stated", "expected"),
    [
        (18, 20, 31, True),  # the figure
        (18, 20, 99, True),  # the figure, misread: it is still this claim
        (0, 58, 31, True),  # its sentence
        (0, 58, 30, False),  # its sentence, another figure of it
        (40, 98, 31, True),  # within the tolerance
        (110, 112, 31, False),  # beyond it
    ],
)
def test_where_a_quote_may_stand(start: int, end: int, stated: float, expected: bool) -> None:
    assert score.matches(claim("x:1", start, end, stated), GOVERNOR) is expected


def test_a_restatement_in_the_headline_counts() -> None:
    restated = {**GOVERNOR, "also": [{"field": "headline", "start": 0, "end": 2}]}
    headline = claim("x:1", 0, 2, 31)
    headline["quote"]["field"] = "headline"
    assert score.matches(headline, restated)
    assert not score.matches(headline, GOVERNOR)


def test_precision_and_recall() -> None:
    pairs = [CONFLICT, BACKGROUND, pair(OBSERVATORY, SUNDAY, None)]
    both = score.alerted([discrepancy([C31], [C39], [C12])], pairs)
    assert score.precision(pairs, both) == (1, 2)
    assert score.recall(pairs, both) == (1, 1)
    assert score.recall(pairs, score.alerted([], pairs)) == (0, 1)
    assert score.interval(pairs, lambda p: score.precision(p, score.alerted([], p))).share is None


def test_an_older_figure_beside_a_true_conflict_is_not_judged() -> None:
    update = pair(GOVERNOR, SUNDAY, False, relation="update")
    found = discrepancy([C31], [C39], [C12])
    assert score.precision([CONFLICT, update], score.alerted([found], [CONFLICT, update])) == (1, 1)
    alone = score.alerted([discrepancy([C31], [C12])], [CONFLICT, update])
    assert score.precision([CONFLICT, update], alone) == (0, 1)


def test_the_interval_is_by_event_and_repeatable() -> None:
    pairs = [{**CONFLICT, "id": str(i), "event": f"e{i % 4}"} for i in range(40)]
    hits = {p["id"]: ["d"] if int(p["id"]) % 4 == 0 else [] for p in pairs}
    value = score.interval(pairs, lambda p: score.recall(p, hits))
    assert value == score.interval(pairs, lambda p: score.recall(p, hits))
    assert (value.hits, value.total, value.share) == (10, 40, 0.25)
    assert value.low == 0.0
    assert value.high is not None
    assert value.high > 0.5  # four events, not forty pairs


def test_the_naive_matcher_alerts_on_any_two_figures() -> None:
    found = score.naive_alerted(ARTICLES, [CONFLICT, BACKGROUND])
    assert all(found.values())


def test_naive_figures_in_three_languages() -> None:
    body = "12 people were killed and 30 wounded. Au moins 7 morts. مقتل 15 شخصا. وإصابة ٢٠."
    article = {**ARTICLES[0], "body_text": body}
    read = {(f.slot, f.value) for f in naive.figures(article)}
    assert {("killed", 12), ("injured", 30), ("killed", 7), ("killed", 15), ("injured", 20)} <= read


def test_the_report_names_what_is_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = discrepancy([C31], [C12])
    for name, rows in {
        "d.jsonl": [found], "l.jsonl": [CONFLICT, BACKGROUND], "fa_kes_articles.jsonl": ARTICLES
    }.items():  # fmt: skip
        (tmp_path / name).write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    monkeypatch.setenv("SHOW", "1")
    score.main([str(tmp_path / "d.jsonl"), str(tmp_path / "l.jsonl")])
    told = capsys.readouterr().out
    assert "false alert, different: 1" in told
    assert "conflict missed: 1" in told
    assert "unlabelled" not in told
