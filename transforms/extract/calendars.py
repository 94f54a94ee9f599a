"""Days of the calendars: spans of years, months, weeks and seasons, feasts, Hijri dates.

A span is a pair of `datetime.date`, first and last day, both included.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, lru_cache
from math import radians, sin

from hijridate import Hijri

Span = tuple[date, date]

SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
# EDTF level 1 codes of seasons; level 2 codes of quarters and halves (ISO 8601-2, 4.8).
SEASON_CODES = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
FIRST_QUARTER_CODE, FIRST_HALF_CODE = 33, 40
FIRST_HIJRI_YEAR, LAST_HIJRI_YEAR = 1343, 1500


@lru_cache(maxsize=4096)
def month_span(year: int, month: int) -> Span:
    """A month's first and last day."""
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])


def months_span(year: int, first: int, count: int) -> Span:
    """`count` months from month `first` of a year; they may run into the next year."""
    year, month = plus_months(year, first, count - 1)
    return date(*plus_months(year, month, 1 - count), 1), month_span(year, month)[1]


def plus_months(year: int, month: int, count: int) -> tuple[int, int]:
    """The year and month `count` months later."""
    index = year * 12 + month - 1 + count
    return index // 12, index % 12 + 1


def year_span(year: int, years: int = 1) -> Span:
    """January of `year` to the last December of so many years."""
    return date(year, 1, 1), date(year + years - 1, 12, 31)


def season_span(year: int, season: str) -> Span:
    """The meteorological season that begins in `year`, in the north."""
    return months_span(year, SEASON_MONTHS[season], 3)


def week_span(day: date) -> Span:
    """Monday to Sunday of the week of a day (ISO 8601)."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def edge_span(span: Span, edge: str) -> Span:
    """Early, mid, late. A month: 1st-10th, 11th-20th, 21st on. A year: January-March, June-July,
    October-December. Other spans: thirds."""
    first, last = span
    days = (last - first).days + 1
    if days >= 365 and days <= 366:
        starts, ends = {"START": 1, "MID": 6, "END": 10}, {"START": 3, "MID": 7, "END": 12}
        return date(first.year, starts[edge], 1), month_span(first.year, ends[edge])[1]
    third = 10 if 28 <= days <= 31 else max(days // 3, 1)
    if edge == "START":
        return first, first + timedelta(days=third - 1)
    if edge == "MID":
        return first + timedelta(days=third), first + timedelta(days=max(2 * third, third + 1) - 1)
    return first + timedelta(days=min(2 * third, days - 1)), last


def days_of_month(year: int, month: int) -> int:
    """How many days a month has."""
    return monthrange(year, month)[1]


@cache
def easter(year: int) -> date:
    """Easter Sunday of the western churches (Meeus, Jones, Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    rest = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return date(year, month, day + 1)


def hijri_day(year: int, month: int, day: int) -> date | None:
    """The civil day of a Hijri date (Umm al-Qura), None outside 1343-1500 AH or past the month."""
    try:
        civil = Hijri(year, month, day).to_gregorian()
    except (OverflowError, ValueError):
        return None
    return date(civil.year, civil.month, civil.day)


def hijri_month(year: int, month: int) -> Span | None:
    """First and last day of a Hijri month."""
    first = hijri_day(year, month, 1)
    if first is None:
        return None
    return first, first + timedelta(days=Hijri(year, month, 1).month_length() - 1)


PERSIAN_YEARS = 621  # what a Persian year that begins in March is behind the civil one
_NOWRUZ_1402 = date(2023, 3, 21)


def persian_day(year: int, month: int, day: int) -> date:
    """The civil day of a date of the Persian (Solar Hijri) calendar.

    By its cycle of 33 years with eight leap years, which agrees with the equinox for 1178-1633.
    Raises ValueError past the month's end.
    """
    if not (1 <= month <= 12 and 1 <= day <= 31 - (month > 6)):
        raise ValueError("no such day")
    first = _persian_days(year) - _persian_days(1402) + 31 * (month - 1) - max(month - 7, 0)
    found = _NOWRUZ_1402 + timedelta(days=first + day - 1)
    if month == 12 and found >= _NOWRUZ_1402 + timedelta(
        days=_persian_days(year + 1) - _persian_days(1402)
    ):
        raise ValueError("no such day")
    return found


def _persian_days(year: int) -> int:
    return 365 * year + (8 * year + 21) // 33


def persian_month(year: int, month: int) -> Span:
    """First and last day of a month of the Persian calendar."""
    following = persian_day(year + month // 12, month % 12 + 1, 1)
    return persian_day(year, month, 1), following - timedelta(days=1)


def persian_year(year: int) -> Span:
    """First and last day of a year of the Persian calendar."""
    return persian_day(year, 1, 1), persian_day(year + 1, 1, 1) - timedelta(days=1)


def hijri_years_of(year: int) -> tuple[int, ...]:
    """The Hijri years that begin, run or end in a civil year."""
    near = round((year - 622) * 33 / 32)
    return near - 1, near, near + 1, near + 2


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the eastern churches, as a Gregorian day (Meeus, for 1900-2099)."""
    d = (19 * (year % 19) + 15) % 30
    month, day = divmod(d + (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7 + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)


def passover(year: int) -> date:
    """15 Nisan as a Gregorian day, by Gauss's rule, for 1900-2099."""
    hebrew = year + 3760
    a, b = (12 * hebrew + 17) % 19, hebrew % 4
    moon = 32.0440933 + 1.5542418 * a + 0.25 * b - 0.003177794 * hebrew
    day, part = int(moon), moon - int(moon)
    weekday = (day + 3 * hebrew + 5 * b + 5) % 7
    if weekday in (2, 4, 6) or (weekday == 0 and a > 11 and part >= 0.89772376):
        day += 1
    elif weekday == 1 and a > 6 and part >= 0.63287037:
        day += 2
    return date(year, 3, 1) + timedelta(days=day - 1 + 13)


def nowruz(year: int) -> date:
    """The first day of the Persian year that begins in a civil year."""
    return persian_day(year - PERSIAN_YEARS, 1, 1)


def lunar_new_year(year: int) -> date:
    """The Chinese new year: the new moon from 21 January to 20 February, in Beijing.

    New moons by Meeus, Astronomical Algorithms, chapter 49, with its largest terms.
    """
    k = round((year - 2000) * 12.3685) - 1
    for count in range(k, k + 4):
        day = _new_moon(count)
        if date(year, 1, 21) <= day <= date(year, 2, 20):
            return day
    raise ValueError("no new moon")


def _new_moon(k: int) -> date:
    """The day in Beijing of the new moon number `k`, 0 being that of 6 January 2000."""
    t = k / 1236.85
    day = 2451550.09766 + 29.530588861 * k + 0.00015437 * t * t
    sun = radians(2.5534 + 29.10535670 * k)
    moon = radians(201.5643 + 385.81693528 * k)
    node = radians(160.7108 + 390.67050284 * k)
    day += 0.17241 * sin(sun) - 0.40720 * sin(moon) + 0.01608 * sin(2 * moon)
    day += 0.01039 * sin(2 * node) + 0.00739 * sin(moon - sun) - 0.00514 * sin(moon + sun)
    return date(2000, 1, 1) + timedelta(days=int(day + 8 / 24 - 2451544.5))


MOVABLE: dict[str, Callable[[int], date]] = {
    "easter": easter, "orthodox": orthodox_easter, "passover": passover, "nowruz": nowruz,
    "lunar": lunar_new_year,
}  # fmt: skip
RULE = re.compile(r"([a-z]+|\d+-[\dL]+(?:-\d+)?)([+-]\d+)?")


@cache
def holiday(rule: str, year: int) -> date | None:
    """The day of a feast in a civil year.

    Rules: `12-25`; `easter`, `orthodox`, `passover`, `nowruz`, `lunar`; `11-4-4` (month, the
    how-manieth, weekday), `05-L-1` (the last); each with so many days more or less (`easter+39`);
    `hijri-10-01`; `2001-09-11`, one day for ever. None where the calendar's tables end.
    """
    if rule.startswith("hijri"):
        month, day = map(int, rule[6:].split("-"))
        days = (hijri_day(h, month, day) for h in hijri_years_of(year))
        return next((d for d in days if d is not None and d.year == year), None)
    if rule[:4].isdecimal():
        return date.fromisoformat(rule)
    match = RULE.fullmatch(rule)
    assert match is not None, rule
    offset = timedelta(days=int(match[2] or 0))
    return (MOVABLE[match[1]](year) if match[1] in MOVABLE else _fixed(match[1], year)) + offset


def _fixed(rule: str, year: int) -> date:
    month, nth, *weekday = rule.split("-")
    if not weekday:
        return date(year, int(month), int(nth))
    if nth == "L":
        last = month_span(year, int(month))[1]
        return last - timedelta(days=(last.isoweekday() - int(weekday[0])) % 7)
    first = date(year, int(month), 1)
    days = (int(weekday[0]) - first.isoweekday()) % 7 + 7 * (int(nth) - 1)
    return first + timedelta(days=days)
