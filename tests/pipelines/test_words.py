"""Values are told as they were meant."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines import words
from schemas.messages import Interval, Quantity, Time, Timex3


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"), (8, "8"), (6.4, "6.4"), (4500, "4,500"), (124000, "124,000"),
        (1_500_000, "1.5 million"), (780e9, "780 billion"), (2e12, "2 trillion"),
        (-1e6, "-1 million"), (999_999.5, "999,999.5"), (0.001, "0.001"),
    ],
)  # fmt: skip
def test_numbers(value: float, text: str) -> None:
    assert words.number(value) == text


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_any_number_has_words(value: float) -> None:
    assert words.number(value)


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (8, 8, "8"), (5700, 6300, "5,700 to 6,300"), (70, None, "70 or more"),
        (None, 20, "up to 20"), (None, None, "any number"), (0, 0, "0"),
    ],
)  # fmt: skip
def test_intervals(low: float | None, high: float | None, text: str) -> None:
    assert words.interval(Interval(low, high)) == text


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        (Quantity(Interval(5700, 6300), 6000, unit="person"), "6,000"),
        (Quantity(Interval(5400, 6600), 6000, "about", unit="person"), "about 6,000"),
        (Quantity(Interval(70, None), 70, "at_least"), "at least 70"),
        (Quantity(Interval(20, 99), None, "vague"), "20 to 99"),
        (Quantity(Interval(5, 7), 5, "range"), "5 to 7"),
        (Quantity(Interval(12, 12), 12, unit="%"), "12 %"),
        (Quantity(Interval(780e9, 780e9), 780e9, unit="XOF"), "XOF 780 billion"),
    ],
)
def test_quantities(quantity: Quantity, text: str) -> None:
    assert words.quantity(quantity) == text


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "text"),
    [
        ("2021-08-30", "2021-08-30", "2021-08-30", "30 August 2021"),
        ("2020-02", "2020-02-01", "2020-02-29", "February 2020"),
        ("2020", "2020-01-01", "2020-12-31", "2020"),
        ("2021-05-01/2021-05-10", "2021-05-01", "2021-05-10", "1 May 2021 to 10 May 2021"),
        ("2018-04-31", None, None, "2018-04-31"),
        ("2018-04-31", "2018-04-31", "2018-04-31", "2018-04-31"),
        (None, None, None, "PAST_REF"),
    ],
)
def test_dates(edtf: str | None, earliest: str | None, latest: str | None, text: str) -> None:
    assert words.time(Time(Timex3("DATE", "PAST_REF"), edtf, earliest, latest)) == text


def test_moments_are_iso_with_zone() -> None:
    moment = datetime(2021, 8, 30, 23, 59, 30, tzinfo=timezone(timedelta(hours=4, minutes=30)))
    assert words.moment(moment) == "2021-08-30 23:59+04:30"
    assert words.moment(datetime(2021, 8, 31, tzinfo=timezone.utc)) == "2021-08-31 00:00Z"


@pytest.mark.parametrize(
    ("language", "direction"),
    [("ar", "rtl"), ("ar-EG", "rtl"), ("fr", "ltr"), ("EN", "ltr"), ("und", "auto"), ("", "auto")],
)
def test_directions(language: str, direction: str) -> None:
    assert words.direction(language) == direction


@given(st.text())
def test_what_is_printable_is_one_line_without_controls(text: str) -> None:
    shown = words.printable(text)
    assert len(shown.splitlines()) <= 1
    assert not any(ord(letter) < 32 or 0x7F <= ord(letter) < 0xA0 for letter in shown)
    assert words.printable(shown) == shown
