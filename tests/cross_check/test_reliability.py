"""How often a source stood with the most others: shown, and what positions are ordered by."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.claims import count
from transforms.cross_check.judge import judge
from transforms.cross_check.reliability import (
    in_order,
    reliabilities,
    reliability,
    settled,
    sides_of,
    weight,
)

SIDES = st.lists(st.frozensets(st.sampled_from("abcdef")), min_size=1, max_size=4)


def sides(*names: str) -> list[frozenset[str]]:
    return [frozenset(each) for each in names]


def test_the_side_of_most_sources_is_settled() -> None:
    assert settled(sides("ab", "c")) == {"a", "b"}
    assert settled(sides("a", "bcd", "ef")) == {"b", "c", "d"}
    assert settled(sides("ab", "cd")) is None
    assert settled(sides("a", "")) is None


def test_a_source_is_near_where_it_tells_the_settled_figure() -> None:
    known = reliabilities([sides("ab", "c"), sides("ac", "b"), sides("a", "b")])
    assert (known["a"].near, known["a"].disputes) == (2, 2)
    assert (known["b"].near, known["b"].disputes) == (1, 2)
    assert (known["c"].near, known["c"].disputes) == (1, 2)


@pytest.mark.parametrize(
    ("near", "disputes", "low", "high"),
    # Quantiles of Beta(1 + near, 1 + disputes - near), of R's qbeta.
    [
        (0, 0, 0.025, 0.975),
        (10, 10, 0.7151, 0.9977),
        (5, 10, 0.2338, 0.7662),
        (0, 3, 0.0063, 0.6024),
    ],
)
def test_the_interval_is_the_posteriors(near: int, disputes: int, low: float, high: float) -> None:
    known = reliability(near, disputes)
    assert known.share == (1 + near) / (2 + disputes)
    assert known.low == pytest.approx(low, abs=1e-4)
    assert known.high == pytest.approx(high, abs=1e-4)


@given(st.integers(0, 300), st.integers(0, 300))
def test_the_share_lies_in_its_interval(near: int, far: int) -> None:
    known = reliability(near, near + far)
    assert 0 < known.low < known.share < known.high < 1


@given(st.lists(SIDES, max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_disputes_does_not_matter(
    disputes: list[list[frozenset[str]]], dice: random.Random
) -> None:
    shuffled = [dice.sample(each, len(each)) for each in disputes]
    dice.shuffle(shuffled)
    assert reliabilities(shuffled) == reliabilities(disputes)


def test_copies_are_one_source() -> None:
    (found,) = judge(
        [
            count(43, "one.example", lineage="afp", uri="urn:1"),
            count(43, "two.example", lineage="afp", uri="urn:2"),
            count(38, "three.example", 5, uri="urn:3"),
        ]
    )
    assert sorted(map(len, sides_of(found))) == [1, 1]


def test_positions_stand_by_sources_then_by_what_these_weigh() -> None:
    known = reliabilities([sides("ab", "c"), sides("ab", "c")])
    (found,) = judge([count(38, "c"), count(43, "a")])
    assert [p.sources for p in in_order(found, known).positions] == [("a",), ("c",)]
    (found,) = judge([count(38, "c"), count(38, "d", uri="urn:d"), count(43, "a")])
    assert [p.sources for p in in_order(found, known).positions] == [("c", "d"), ("a",)]


def test_nothing_known_leaves_positions_as_they_are() -> None:
    (found,) = judge([count(38, "one.example"), count(43, "two.example")])
    assert in_order(found, {}) == found


def test_more_reliable_sources_weigh_more() -> None:
    known = {"good": reliability(9, 10), "poor": reliability(1, 10)}
    assert weight(["good"], known) > weight(["new"], known) > weight(["poor"], known)
    assert weight([], known) == 0
