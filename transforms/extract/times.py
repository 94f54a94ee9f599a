"""Time expressions of a text and what they mean: `read_times(tokens, table, published)`.

Finding: transforms.extract.time_phrases. Resolving: transforms.extract.time_resolve. Here both
meet, in the order of the text, which moves the anchors.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Literal, cast

import msgspec
from msgspec.structs import replace

from schemas.messages import Granularity, Time, Timex3, Timex3Type
from transforms.extract import calendars
from transforms.extract.time_cues import is_quoted, quotations, speaks, tense
from transforms.extract.time_phrases import read_phrases
from transforms.extract.time_reading import Reading, level
from transforms.extract.time_resolve import Anchors, Days, UnresolvedError, resolve_days
from transforms.extract.time_tables import TimeTable, time_table
from transforms.extract.tokens import Tokens

__all__ = ["TimeSpan", "TimeTable", "read_times", "time_table"]

# A day this near before publication can be the occasion on which a quotation was said.
OCCASION = timedelta(days=7)
# Of 5/4/2021 and 4/5/2021, the one that lies so near publication is meant.
NEAR_DAYS = 45
OF_THE_CLOCK = frozenset({"hour", "minute", "second"})

Mod = Literal[
    "START", "MID", "END", "APPROX", "BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER"
]  # fmt: skip


class TimeSpan(msgspec.Struct, frozen=True, gc=False):
    """A time expression: its first and last token (included) and what it means.

    `counts`: its number is a quantity too (a length: 20 years), not part of a date. `weekday`: the
    weekday stated beside a date, 1 is Monday, which need not be right. `ends`: of a range its two
    ends as times of their own, as TimeML annotates them.
    """

    first: int
    last: int
    time: Time
    counts: bool = False
    weekday: int | None = None
    ends: tuple[TimeSpan, ...] = ()


def read_times(
    tokens: Tokens, table: TimeTable, published: datetime, day_first: bool | None = None
) -> list[TimeSpan]:
    """The time expressions of a text, in its order, none overlapping. Linear in the text.

    `published` is the moment of publication in the article's own zone: "today" is its day there.
    `day_first` tells how 5/4/2021 is written where nothing else does; None: as the language does.
    """
    readings = read_phrases(tokens, table)
    if not readings:
        return []
    reader = _Reader(tokens, table, published, _day_first(readings, table, day_first))
    spans = [reader.read(reading) for reading in readings]
    return [span for span in spans if span is not None]


def _day_first(readings: list[Reading], table: TimeTable, told: bool | None) -> bool:
    """Whether 5/4/2021 is in April: by another date of the text, by the caller, by the language."""
    for reading in readings:
        if reading.value in ("day_first", "month_first"):
            return reading.value == "day_first"
    return table.day_first if told is None else told


class _Reader:
    """Resolves the readings of one text in order; holds the anchors, which they move."""

    def __init__(
        self, tokens: Tokens, table: TimeTable, published: datetime, day_first: bool
    ) -> None:
        self.tokens = tokens
        self.table = table
        self.published = published
        self.day_first = day_first
        self.mentioned: date | None = None
        self.day: date | None = None
        self.occasion: date | None = None
        self.quotes: list[int] | None = None
        self.tenses: dict[int, str | None] = {}

    def read(self, reading: Reading) -> TimeSpan | None:
        if reading.kind != "date":
            time = _undated(reading, self.published.date())
            return TimeSpan(reading.first, reading.last, time, reading.counts)
        reading = self._ordered(reading)
        anchors = self._anchors(reading)
        try:
            days, kind = _days(reading, anchors)
            time = _time(reading, days, kind)
        except (UnresolvedError, OverflowError):
            if reading.weekday is None or reading.day is None or reading.month is not None:
                return None
            bracketed = self.tokens.words[reading.last] == ")"
            last = reading.last - (3 if bracketed else 1)
            return self.read(replace(reading, day=None, last=last))
        self._move(reading, days)
        weekday = reading.weekday if days.granularity == "day" or reading.part else None
        dated = reading.month is not None or reading.unit == "day"
        return TimeSpan(
            reading.first, reading.last, time, reading.counts, weekday if dated else None,
            self._apart(reading, anchors),
        )  # fmt: skip

    def _apart(self, reading: Reading, anchors: Anchors) -> tuple[TimeSpan, ...]:
        """Both ends of a range; none of a night from one day to the next."""
        until = reading.until
        if until is None or reading.part in ("TNI", "TOV"):
            return ()
        words, table = self.tokens.words, self.table
        last = until.first - 1
        for lexicon in (table.articles, table.range_to, table.range_and, table.day_lead):
            found = lexicon.ending(words, last)
            last = found[1] - 1 if found is not None and found[1] > reading.first else last
        if not reading.first <= last < until.first <= reading.last:
            return ()
        start, end, kind = _ends(reading, until, anchors)
        first = replace(reading, last=last, until=None, mod=None)
        return (
            TimeSpan(reading.first, last, _time(first, start, kind)),
            TimeSpan(until.first, reading.last, _time(replace(until, mod=None), end, kind)),
        )

    def _ordered(self, reading: Reading) -> Reading:
        """Day and month of a date in digits as this text writes them."""
        if reading.until is not None and reading.until.value == "either":
            reading = replace(reading, until=self._ordered(reading.until))
        if reading.value != "either":
            return reading
        exchanged = replace(reading, day=reading.month, month=reading.day)
        if not self.table.day_first and reading.year is not None:
            near, other = (self._days_away(r) for r in (reading, exchanged))
            if min(near, other) <= NEAR_DAYS:
                return reading if near <= other else exchanged
        return reading if self.day_first == self.table.day_first else exchanged

    def _days_away(self, reading: Reading) -> int:
        """How far a full date lies from the day of publication."""
        day = date(reading.year or 1, reading.month or 1, reading.day or 1)
        return abs((day - self.published.date()).days)

    def _anchors(self, reading: Reading) -> Anchors:
        published = self.published
        deictic = reading.unit == "day" and not reading.mentioned
        if deictic and self.occasion is not None and self._quoted(reading.first):
            published = datetime.combine(self.occasion, published.timetz())
        told = None
        if _needs_tense(reading) or (reading.until and _needs_tense(reading.until)):
            told = _mod_tense(reading) or tense(
                self.tokens, self.table.cues, reading.first, reading.last, self.tenses
            )
        return Anchors(published, self.mentioned, self.day, told)

    def _quoted(self, i: int) -> bool:
        if self.quotes is None:
            self.quotes = quotations(self.tokens)
        return is_quoted(self.quotes, i)

    def _move(self, reading: Reading, days: Days) -> None:
        """Later times may count from this one."""
        if reading.mentioned and reading.unit == "day" and (reading.shift or 0) < 0:
            return  # the day before: the story goes on where it was
        self.mentioned = days.span[0]
        if days.span[0] != days.span[1]:
            return
        self.day = days.span[0]
        near = timedelta(0) <= self.published.date() - self.day <= OCCASION
        told = near and reading.shift is None and not self._quoted(reading.first)
        if told and speaks(self.tokens, self.table.cues, reading.first, reading.last):
            self.occasion = self.day


def _needs_tense(reading: Reading) -> bool:
    """Whether the year or week must be guessed."""
    told = reading.year is not None or reading.shift is not None or reading.step is not None
    return not told and level(reading) in ("day", "week", "month", "sub", "range")


def _mod_tense(reading: Reading) -> str | None:
    """Since Monday looks back, whatever stands around it."""
    return "since" if reading.mod == "SINCE" else None


# --- Lengths, sets, references ------------------------------------------------------------------


def _undated(reading: Reading, today: date) -> Time:
    value = reading.value or ""
    if reading.kind == "ref":
        return Time(Timex3("DATE", value))
    if reading.kind == "set":
        return Time(Timex3("SET", value))
    span = _length_span(value, reading.shift, today)
    granularity = reading.unit if reading.unit in GRANULARITIES else None
    earliest, latest = (span[0].isoformat(), span[1].isoformat()) if span else (None, None)
    return Time(
        Timex3("DURATION", value), None, earliest, latest, cast("Granularity | None", granularity)
    )


GRANULARITIES = frozenset(
    ("century", "decade", "year", "quarter", "month", "week", "day", "hour", "minute", "second")
)
_DAYS = {"Y": 365.2425, "M": 30.44, "W": 7, "D": 1}


def _length_span(value: str, shift: int | None, today: date) -> calendars.Span | None:
    """The days of a length that ends (the past week) or begins (the next ten days) now."""
    if not shift or value.startswith("PT") or value[-1] not in _DAYS or "X" in value:
        return None
    try:
        count = float(value[1:-1])
        if value[-1] in "YM" and count == int(count):
            months = int(count) * (12 if value[-1] == "Y" else 1) * shift
            year, month = calendars.plus_months(today.year, today.month, months)
            day = min(today.day, calendars.days_of_month(year, month))
            other = date(year, month, day)
        else:
            other = today + timedelta(days=round(count * _DAYS[value[-1]]) * shift)
    except (OverflowError, ValueError):
        return None
    return (other, today) if shift < 0 else (today, other)


# --- Dates --------------------------------------------------------------------------------------


def _days(reading: Reading, anchors: Anchors) -> tuple[Days, Timex3Type]:
    """The days, with the part of the day or the hour in the value."""
    if reading.until is not None:
        return _from_to(reading, *_ends(reading, reading.until, anchors))
    days = resolve_days(reading, anchors)
    if reading.hour is not None:
        return _clock(reading, days), "TIME"
    if reading.part == "TMD":
        return _midnight(reading, days), "TIME"
    if reading.part is not None:
        return _part(reading, days), "TIME"
    return days, "TIME" if days.granularity in ("hour", "minute", "second") else "DATE"


def _ends(reading: Reading, until: Reading, anchors: Anchors) -> tuple[Days, Days, Timex3Type]:
    """Both ends; the one without a year lies on the right side of the other."""
    start = replace(reading, until=None, mod=None)
    if until.hour is not None and (level(until) == "clock" or _same_words(start, until)):
        first, last = _days(start, anchors)[0], _clock(until, resolve_days(start, anchors))
        return first, last, "TIME"
    ahead = start.step == 1 or (start.shift or 0) > 0
    if anchors.tense == "future" or ahead or level(start) == "clock":
        first, kind = _days(start, anchors)
        midnight = datetime.combine(first.span[0], anchors.published.timetz())
        last, _ = _days(until, anchors._replace(published=midnight, tense="future"))
    else:
        last, kind = _days(until, anchors)
        day = last.span[1] if last.span[1] > anchors.today or _is_named(start) else anchors.today
        midnight = datetime.combine(day, anchors.published.timetz())
        relative = start.shift is None
        first, _ = _days(
            start, anchors._replace(published=midnight, tense="past") if relative else anchors
        )
    return _edge(reading, first), _edge(until, last), kind


def _from_to(
    reading: Reading, first: Days, last: Days, kind: Timex3Type
) -> tuple[Days, Timex3Type]:
    """The interval from the start of one to the end of the other."""
    if first.span[0] > last.span[1]:
        first, last = last, first
    span = first.span[0], last.span[1]
    night = reading.part in ("TNI", "TOV") and (span[1] - span[0]).days == 1
    if night:
        edtf = f"{span[0]}/{span[1]}"
        return Days(span, f"{span[0]}TNI", edtf, "part_of_day"), "TIME"
    edtf = f"{first.edtf.partition('/')[0]}/{last.edtf.rpartition('/')[2]}"
    return Days(span, f"{first.value}/{last.value}", edtf, first.granularity), kind


def _same_words(a: Reading, b: Reading) -> bool:
    """Whether two hours are told of one day."""
    names = ("year", "month", "day", "weekday", "holiday", "unit", "shift", "step")
    return all(getattr(a, name) == getattr(b, name) for name in names)


def _is_named(reading: Reading) -> bool:
    return reading.weekday is not None or reading.month is not None


def _clock(reading: Reading, days: Days) -> Days:
    hour, minute, second = reading.hour or 0, reading.minute, reading.second
    day = days.span[0].isoformat()
    value = f"{day}T{hour:02}:00"
    granularity: Granularity = "hour"
    if minute is not None:
        value, granularity = f"{day}T{hour:02}:{minute:02}", "minute"
    if second is not None:
        value, granularity = f"{value}:{second:02}", "second"
    span = days.span[0], days.span[0]
    return Days(span, value, f"{day}T{hour % 24:02}:{minute or 0:02}:{second or 0:02}", granularity)


def _part(reading: Reading, days: Days) -> Days:
    """Morning, evening; overnight runs into the next day."""
    first = days.span[0]
    if reading.part == "TOV":
        span = first, first + timedelta(days=1)
        return Days(span, f"{first}TNI", f"{span[0]}/{span[1]}", "part_of_day")
    part = "T12:00" if reading.part == "TMI" else reading.part or ""
    return Days((first, first), f"{first}{part}", first.isoformat(), "part_of_day")


def _midnight(reading: Reading, days: Days) -> Days:
    """Before or after midnight on a day is that day; at midnight can be its start or its end."""
    first = days.span[0]
    if reading.mod in ("BEFORE", "AFTER"):
        return Days((first, first), first.isoformat(), first.isoformat(), "part_of_day")
    span = first, first + timedelta(days=1)
    return Days(span, f"{first}T24:00", f"{span[0]}/{span[1]}", "part_of_day")


def _edge(reading: Reading, days: Days) -> Days:
    """Early, mid or late in it; a day's edges are the day."""
    if reading.edge is None or days.span[0] == days.span[1]:
        return days
    span = calendars.edge_span(days.span, reading.edge)
    return days._replace(span=span, edtf=f"{span[0]}/{span[1]}")


def _time(reading: Reading, days: Days, kind: Timex3Type) -> Time:
    """With edge and modifier: since and until open the interval; just after 1 p.m. does not."""
    if reading.until is None:
        days = _edge(reading, days)
    first, last = days.span
    earliest: str | None = first.isoformat()
    latest: str | None = last.isoformat()
    edtf = days.edtf
    start, end = edtf.partition("/")[0], edtf.rpartition("/")[2]
    mod = "ON_OR_AFTER" if reading.mod == "SINCE" else reading.mod
    of_the_clock = days.granularity in OF_THE_CLOCK and mod in ("BEFORE", "AFTER")
    if of_the_clock or days.granularity == "part_of_day":
        pass
    elif mod == "ON_OR_AFTER":
        edtf, latest = f"{start}/..", None
    elif mod == "ON_OR_BEFORE":
        edtf, earliest = f"../{end}", None
    elif mod == "AFTER":
        edtf, earliest, latest = f"{last + timedelta(days=1)}/..", _next(last, 1), None
    elif mod == "BEFORE":
        edtf, latest, earliest = f"../{first - timedelta(days=1)}", _next(first, -1), None
    told = cast("Mod | None", reading.edge or ("ON_OR_BEFORE" if mod == "AS_OF" else mod))
    fiscal = reading.value == "FY" and days.granularity == "year"
    timex3 = Timex3(kind, f"FY{days.value}" if fiscal else days.value, told)
    return Time(timex3, edtf, earliest, latest, days.granularity)


def _next(day: date, step: int) -> str:
    return (day + timedelta(days=step)).isoformat()
