"""Intervals, by the table "Values" of the design."""

from __future__ import annotations

import math
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.messages import Interval
from transforms.extract.values import Hedge, about_unit, interval, rounded


@pytest.mark.parametrize(
    ("value", "low", "high"),
    [
        (8, 8, 8),
        (20, 20, 20),
        (6000, 5700, 6300),
        (124_000, 123_500, 124_500),
        (6013, 6013, 6013),
        (380, 375, 385),
        (100, 95, 105),
        (1_300_000, 1_250_000, 1_350_000),
    ],
)
def test_an_exact_number_means(value: float, low: float, high: float) -> None:
    assert rounded(value) == Interval(low, high)


@pytest.mark.parametrize(
    ("hedge", "value", "low", "high"),
    [
        ("about", 6000, 5400, 6600),
        ("about", 5, 4, 6),
        ("about", 1.5, 1.35, 1.65),
        ("nearly", 200, 180, 200),
        ("just_over", 200, 200, 220),
        ("at_least", 8, 8, None),
        ("more_than", 50, 51, None),
        ("at_most", 20, 0, 20),
        ("less_than", 20, 0, 19),
    ],
)
def test_a_hedged_number_means(hedge: Hedge, value: float, low: float, high: float | None) -> None:
    assert interval(value, hedge) == Interval(low, high)


def test_what_is_measured_has_no_next_whole_number() -> None:
    assert interval(20, "more_than", counts=False) == Interval(20, None)
    assert interval(100, "exact", rounds=False) == Interval(100, 100)


def test_a_dozen_is_fifteen_per_cent_rounded_outwards() -> None:
    assert about_unit(12) == Interval(10, 14)
    assert about_unit(100) == Interval(85, 115)


@given(
    st.integers(0, 10**12),
    st.sampled_from(
        [hedge for hedge in get_args(Hedge) if hedge not in ("more_than", "less_than")]
    ),
)
def test_an_interval_holds_what_is_stated(value: int, hedge: Hedge) -> None:
    means = interval(value, hedge)
    low = -math.inf if means.low is None else means.low
    high = math.inf if means.high is None else means.high
    assert low <= value <= high
