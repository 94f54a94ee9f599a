"""What the words of a time expression say, before it is known which day that is."""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from msgspec.structs import replace

Kind = Literal["date", "duration", "set", "ref"]
Edge = Literal["START", "MID", "END"]


class Reading(msgspec.Struct, frozen=True, gc=False):
    """The parts of a time that its words tell, with its first and last token (included).

    `shift` and `unit`: so many days, weeks… from the anchor (last week: -1 week), which is the day
    of publication, or the last day mentioned if `mentioned`. `step`: which Friday or March, -1 the
    last, 0 this, 1 the next, None the one the text means. `value`: ISO 8601 or ISO-TimeML value of
    a duration, set or reference; `shift` then is -1 where it ends now (the past week), 1 where it
    begins now. `until`: the other end of a range.
    """

    first: int
    last: int
    kind: Kind = "date"
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    week: int | None = None
    quarter: int | None = None
    half: int | None = None
    season: str | None = None
    decade: int | None = None
    century: int | None = None
    holiday: str | None = None
    hijri: bool = False
    solar: bool = False  # of the Persian calendar
    unit: str | None = None
    shift: int | None = None
    mentioned: bool = False
    step: int | None = None
    part: str | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    edge: str | None = None
    mod: str | None = None
    value: str | None = None
    until: Reading | None = None
    plus: tuple[str, float] | None = None  # unit and count: two days after Friday
    half_told: bool = False  # the hour says which half of the day: 8 p.m.
    counts: bool = False  # its number is a quantity too
    guess: bool = False  # read only if something beside it proves that it is a time


PARTS = (
    "year", "month", "day", "weekday", "week", "quarter", "half", "season", "decade", "century",
    "holiday", "shift", "step", "part", "hour", "minute", "second", "edge", "mod", "plus",
)  # fmt: skip


def level(reading: Reading) -> str:
    """How fine the words are: clock, day, week, month, sub (quarter, half, season), year, other."""
    r = reading
    if r.kind != "date" or r.until is not None:
        return r.kind if r.kind != "date" else "range"
    if r.day is not None or r.weekday is not None or r.holiday is not None or r.unit == "day":
        return "day"
    if r.hour is not None or r.part is not None:
        return "clock"
    if r.unit in ("hour", "minute", "second"):
        return "moment"
    if r.week is not None or r.unit in ("week", "weekend"):
        return "week"
    if r.month is not None or r.unit == "month":
        return "month"
    if r.quarter or r.half or r.season or r.unit in ("quarter", "half"):
        return "sub"
    if r.year is not None or r.unit == "year":
        return "year"
    return "span"


def joined(a: Reading, b: Reading, drop: tuple[str, ...] = ()) -> Reading | None:
    """Both together, if no part is told twice."""
    changes: dict[str, Any] = {}
    for name in PARTS:
        told = getattr(b, name)
        if told is None or name in drop:
            continue
        if getattr(a, name) is not None and getattr(a, name) != told:
            return None
        changes[name] = told
    if b.unit is not None and a.unit is None:
        changes["unit"] = b.unit
    return replace(
        a, first=min(a.first, b.first), last=max(a.last, b.last), hijri=a.hijri or b.hijri,
        solar=a.solar or b.solar, mentioned=a.mentioned or b.mentioned, guess=a.guess and b.guess,
        **changes,
    )  # fmt: skip
