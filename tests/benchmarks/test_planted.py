"""The generator of planted articles, and its scorer."""

from __future__ import annotations

import itertools
from typing import Any, get_args

import pytest

from benchmarks.trust import planted, score_planted, spelled
from benchmarks.trust.planted_kinds import EXPECTED, QUIET
from benchmarks.trust.planted_text import wordings
from benchmarks.trust.rewritten import KINDS, rewritten
from schemas.messages import Kind

MADE = [*planted.planted(3, 160), *rewritten(3, 60, planted.OUTLETS)]
TRUTH = [row for _, row in MADE]
ARTICLES = [article for rows, _ in MADE for article in rows]


@pytest.mark.parametrize(
    ("n", "en", "fr", "ar"),
    [
        (3, "three", "trois", "ثلاثة"),
        (12, "twelve", "douze", "اثنا عشر"),
        (21, "twenty-one", "vingt et une", "واحد وعشرون"),
        (60, "sixty", "soixante", "ستون"),
        (71, "seventy-one", "soixante et onze", "واحد وسبعون"),
        (80, "eighty", "quatre-vingts", "ثمانون"),
        (81, "eighty-one", "quatre-vingt-une", "واحد وثمانون"),
        (97, "ninety-seven", "quatre-vingt-dix-sept", "سبعة وتسعون"),
    ],
)
def test_numbers_in_words(n: int, en: str, fr: str, ar: str) -> None:
    assert spelled.spelled_en(n) == en
    assert spelled.spelled_fr(n) == fr
    assert spelled.spelled_ar(n, oblique=False) == ar


def test_the_same_seed_gives_the_same_articles() -> None:
    assert list(planted.planted(3, 20)) == list(planted.planted(3, 20))
    assert list(planted.planted(3, 20)) != list(planted.planted(4, 20))


def test_every_kind_and_language_is_made() -> None:
    assert {row["kind"] for row in TRUTH} == {*EXPECTED, *QUIET, *KINDS, "real_sample"}
    assert {a["language"] for a in ARTICLES} == {"en", "fr", "ar"}
    assert {row["language"] for row in TRUTH} == {"en", "fr", "ar", "mixed"}


def test_every_set_of_wordings_says_all_in_words_of_its_own() -> None:
    for one, other in itertools.combinations(wordings(), 2):
        assert set(one["en"]) == set(other["en"])
        told = {key for key, value in one["en"].items() if "{place}" in str(value)}
        for language in one:
            assert not [key for key in told if one[language][key] == other[language][key]]


def test_every_kind_of_alert_is_asked_for() -> None:
    assert {kind for row in TRUTH for kind in row["expect"]} == set(get_args(Kind))


def test_tracked_figures_stand_at_their_offsets() -> None:
    texts: dict[str, list[dict[str, Any]]] = {}
    for article in ARTICLES:
        texts.setdefault(article["uri"], []).append(article)
    for row in TRUTH:
        assert row["pairs"] or not row["expect"], row["id"]
        for side in (side for pair in row["pairs"] for side in (pair["a"], pair["b"])):
            told = [a[side["field"]][side["start"] : side["end"]] for a in texts[side["uri"]]]
            assert side["exact"] in told, row["id"]


def test_a_later_version_has_a_higher_number() -> None:
    versions = [(a["uri"], a.get("version", 1)) for a in ARTICLES]
    assert len(set(versions)) == len(versions)


def test_nothing_of_the_wordings_is_left_open() -> None:
    for article in ARTICLES:
        told = article.get("headline", "") + article["body_text"]
        assert not set("{}\ue000\ue001") & set(told), article["uri"]


def alert(pair: dict[str, Any], name: str, kind: str = "count_conflict") -> dict[str, Any]:
    def position(side: dict[str, Any]) -> dict[str, Any]:
        place = {"start": side["start"], "end": side["end"]}
        quote = {"field": side["field"], "position": place}
        return {"status": "current", "claims": [{"article": {"uri": side["uri"]}, "quote": quote}]}

    return {
        "id": name, "status": "open", "kind": kind,
        "positions": [position(pair["a"]), position(pair["b"])],
    }  # fmt: skip


def scored(found: list[dict[str, Any]], *truth: dict[str, Any]) -> list[tuple[bool, list[bool]]]:
    outcomes = score_planted.outcomes(found, list(truth))
    return [(o.ok, [right for _, right in o.alerts]) for o in outcomes]


def of_kind(kind: str) -> dict[str, Any]:
    return next(row for row in TRUTH if row["kind"] == kind)


def test_the_scorer_knows_right_wrong_and_quiet() -> None:
    loud, quiet = of_kind("conflict_lower"), of_kind("update")
    right, wrong = alert(loud["pairs"][0], "1"), alert(quiet["pairs"][0], "2")
    assert scored([], loud, quiet) == [(False, []), (True, [])]
    assert scored([right], loud, quiet) == [(True, [True]), (True, [])]
    assert scored([right, wrong], loud, quiet) == [(True, [True]), (False, [False])]


def test_an_alert_of_another_kind_is_wrong() -> None:
    loud = of_kind("conflict_lower")
    assert scored([alert(loud["pairs"][0], "1", "denial")], loud) == [(False, [False])]


def test_a_correction_counts_though_it_is_resolved() -> None:
    row = of_kind("correction_version")
    found = alert(row["pairs"][0], "1", "correction") | {"status": "resolved"}
    found["positions"][0]["status"] = "corrected"
    assert scored([found], row) == [(True, [True])]
    assert scored([found | {"kind": "count_conflict"}], row) == [(False, [])]


def test_an_alert_inside_an_article_is_on_it_alone() -> None:
    row, other = of_kind("weekday"), of_kind("update")
    found = alert(row["pairs"][0], "1", "weekday_date")
    assert scored([found], row) == [(True, [True])]
    found["positions"][1] = alert(other["pairs"][0], "2")["positions"][0]
    assert scored([found], row) == [(False, [False])]


def test_the_naive_matcher_is_wrong_on_updates() -> None:
    updates = [row for row in TRUTH if row["kind"] == "real_update"]
    found = score_planted.naive_discrepancies(ARTICLES, updates)
    assert not any(outcome.ok for outcome in score_planted.outcomes(found, updates))


def test_the_report_tells_every_kind() -> None:
    told = "\n".join(score_planted.report([], TRUTH, ARTICLES))
    assert all(kind in told for kind in (*get_args(Kind), *EXPECTED, *QUIET, *KINDS))
