"""The generator of planted articles, and its scorer."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.trust import planted, score_planted, spelled
from benchmarks.trust.rewritten import rewritten

MADE = [*planted.planted(3, 56), *rewritten(3, 9, planted.OUTLETS)]
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
    assert {*planted.EXPECTED, *planted.QUIET} <= {row["kind"] for row in TRUTH}
    assert {a["language"] for a in ARTICLES} == {"en", "fr", "ar"}


def test_tracked_figures_stand_at_their_offsets() -> None:
    by_uri = {a["uri"]: a for a in ARTICLES}
    assert len(by_uri) == len(ARTICLES)
    for row in TRUTH:
        assert row["pairs"] or not row["expect"], row["id"]
        for side in (side for pair in row["pairs"] for side in (pair["a"], pair["b"])):
            text = by_uri[side["uri"]][side["field"]]
            assert text[side["start"] : side["end"]] == side["exact"], row["id"]


def test_nothing_of_the_wordings_is_left_open() -> None:
    for article in ARTICLES:
        told = article["headline"] + article["body_text"]
        assert not set("{}\ue000\ue001") & set(told), article["uri"]


def alert(pair: dict[str, Any], name: str) -> dict[str, Any]:
    def position(side: dict[str, Any]) -> dict[str, Any]:
        place = {"start": side["start"], "end": side["end"]}
        quote = {"field": side["field"], "position": place}
        return {"status": "current", "claims": [{"article": {"uri": side["uri"]}, "quote": quote}]}

    return {
        "id": name, "status": "open", "kind": "count_conflict",
        "positions": [position(pair["a"]), position(pair["b"])],
    }  # fmt: skip


def test_the_scorer_knows_right_wrong_and_quiet() -> None:
    loud = next(row for row in TRUTH if row["expect"])
    quiet = next(row for row in TRUTH if not row["expect"] and row["pairs"])
    right, wrong = alert(loud["pairs"][0], "1"), alert(quiet["pairs"][0], "2")
    assert score_planted.outcomes([], [loud, quiet]) == [(False, 0, 0), (True, 0, 0)]
    assert score_planted.outcomes([right], [loud, quiet]) == [(True, 1, 1), (True, 0, 0)]
    assert score_planted.outcomes([right, wrong], [loud, quiet]) == [(True, 1, 1), (False, 0, 1)]


def test_the_naive_matcher_is_wrong_on_updates() -> None:
    updates = [row for row in TRUTH if row["kind"] == "real_update"]
    found = score_planted.naive_discrepancies(ARTICLES, updates)
    assert not any(ok for ok, _, _ in score_planted.outcomes(found, updates))
