"""Readings joined to whole time expressions: Tuesday morning, from 3 May to 5 June, early 2020."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from transforms.extract.time_cues import tense
from transforms.extract.time_grammar import read_at
from transforms.extract.time_reading import Reading, joined, level
from transforms.extract.time_tables import TimeTable
from transforms.extract.time_units import moved_ahead
from transforms.extract.time_words import Scan, back_over, is_gap, over
from transforms.extract.tokens import Tokens

LENGTH = re.compile(r"P(T?)(\d+[YMWDHS])")
# Most tokens of glue between two readings of one expression.
WIDEST_GAP = 5


def read_phrases(tokens: Tokens, table: TimeTable) -> list[Reading]:
    """All time expressions of a text, in its order, none overlapping."""
    scan = Scan(tokens, table, 0)
    readings = _joined(scan, list(_single(scan)))
    readings = [_week_of(scan, reading) for reading in readings]
    readings = [_edged(scan, reading, floor) for floor, reading in _with_floors(readings)]
    readings = _ranges(scan, readings)
    readings = [known for r in readings if (known := _proven(scan, r)) is not None]
    return [_preposed(scan, reading, floor) for floor, reading in _with_floors(readings)]


def _week_of(scan: Scan, reading: Reading) -> Reading:
    """The week of 10 April."""
    if level(reading) != "day" or reading.hour is not None:
        return reading
    label = scan.table.labels.ending(scan.tokens.words, reading.first - 1)
    if label is None or label[0] != "week":
        return reading
    return replace(reading, first=label[1], plus=("week_of", 0))


def _single(scan: Scan) -> Iterator[Reading]:
    """The readings of single words, left to right."""
    triggers, openings = scan.table.triggers, scan.table.openings
    words = scan.tokens.words
    for i in [i for i, word in enumerate(words) if word in triggers]:
        opened = openings.get(words[i])
        if i < scan.floor or (opened is not None and scan.word(i + 1) not in opened):
            continue
        reading = read_at(scan, i)
        if reading is not None and reading.last >= i:
            scan = replace(scan, floor=reading.last + 1)
            yield reading


def _with_floors(readings: list[Reading]) -> Iterator[tuple[int, Reading]]:
    floor = 0
    for reading in readings:
        yield floor, reading
        floor = reading.last + 1


def _proven(scan: Scan, reading: Reading) -> Reading | None:
    """A guess falls; in two days is a day where the sentence tells the future, else a length."""
    if not reading.guess or reading.kind != "duration":
        return None if reading.guess else reading
    told = tense(scan.tokens, scan.table.cues, reading.first, reading.last, {})
    return moved_ahead(reading) if told == "future" else replace(reading, guess=False)


# --- Joining ------------------------------------------------------------------------------------


def _joined(scan: Scan, readings: list[Reading]) -> list[Reading]:
    """Neighbours that tell one time made one."""
    result: list[Reading] = []
    for reading in readings:
        reading = _listed(scan, result[-1], reading) if result else reading
        while result:
            whole = _join(scan, result[-1], reading)
            if whole is None:
                break
            result.pop()
            reading = whole
        result.append(reading)
    return result


def _listed(scan: Scan, before: Reading, reading: Reading) -> Reading:
    """In 2007 and 2009, in 2011, 2012 and 2014: years beside a year."""
    if not reading.guess or level(reading) != "year" or level(before) != "year":
        return reading
    first, end = before.last + 1, reading.first
    listed = (scan.word(first) == "," and end == first + 1) or is_gap(
        scan, scan.table.range_and, first, end
    )
    return replace(reading, guess=False) if listed and not before.guess else reading


def _join(scan: Scan, a: Reading, b: Reading) -> Reading | None:
    first, end = a.last + 1, b.first
    if end - first > WIDEST_GAP or (end > first and scan.new_line(end)) or scan.new_line(first):
        return None
    fine, coarse = level(a), level(b)
    table = scan.table
    if a.hijri != b.hijri and is_gap(scan, table.glue_same, first, end):
        return replace(b if a.hijri else a, first=a.first, last=b.last)
    bare = end == first
    on = bare or is_gap(scan, table.glue_on, first, end)
    of = bare or is_gap(scan, table.glue_of, first, end)
    if scan.word(first) == "(" and end == first + 1 and scan.word(b.last + 1) == ")":
        on, b = True, replace(b, last=b.last + 1)
    if bare and b.decade is not None and (a.century is not None or a.unit == "century"):
        first_year = 100 * (a.century - 1) if a.century is not None else b.decade - b.decade % 100
        return replace(b, first=a.first, decade=first_year + b.decade % 100)  # 20世纪90年代
    if fine == "range" and coarse in ("day", "year") and a.until is not None and (on or of):
        return _joined_range(a, b)
    if a.kind == "ref" and b.kind == "date" and of:
        somewhere = table.edges.at(scan.tokens.words, a.first)
        told = somewhere is not None and somewhere[0] == "IN"
        told = told and (b.shift is not None or b.weekday is not None)
        return replace(b, first=a.first) if told else None  # في وقت سابق من هذا الأسبوع
    if a.kind == "set" and coarse == "clock" and b.hour is not None and on:
        return _clock_set(a, b)
    if b.kind == "set" and fine == "clock" and a.hour is not None and bare:
        return replace(_clock_set(b, a), first=a.first, last=b.last)
    if fine == "year" and coarse == "sub" and end == first + 1 and scan.word(first) == "-":
        return joined(a, b) if scan.touching(end) else None
    if "clock" in (fine, coarse) and {fine, coarse} <= {"clock", "day"} and (on or of):
        told_apart = (a.hour is None and b.hour is None) or fine == coarse
        if not bare and scan.word(first) in (",", "،") and told_apart:
            return None
        return _with_clock(a, b, fine)
    if fine == "day" == coarse and on:
        return _same_day(a, b)
    if fine == "year" and coarse == "day" and scan.word(first) in (",", "،") and on:
        dated = b.month is not None and b.year is None and b.step is None and not a.guess
        return joined(a, b) if dated else None  # in 1939, on September 1
    if fine == coarse == "duration" and (bare or is_gap(scan, table.range_and, first, end)):
        return _long_and_longer(a, b)
    if fine == "duration" and coarse == "day" and not bare:
        return _counted_from(scan, a, b, first, end)
    if fine == "day" and coarse == "range" and b.until and level(b.until) == "clock" and (on or of):
        return _clocks_of_day(a, b)
    if of or is_gap(scan, table.glue_year, first, end):
        return _inside(a, b, fine, coarse, end - first if of else -1)
    return None


def _with_clock(a: Reading, b: Reading, fine: str) -> Reading | None:
    """Tuesday morning, 8 p.m. on Friday, 8 in the morning."""
    clock, other = (a, b) if fine == "clock" else (b, a)
    if clock.guess and clock.hour is None and level(other) == "clock" and other.hour is None:
        return None
    if a.hour is not None and b.hour is not None:
        return None
    whole = joined(a, b)
    if whole is None or whole.hour is None or whole.part is None or clock.half_told:
        return whole and (replace(whole, part=None) if whole.hour is not None else whole)
    if whole.part in ("TAF", "TEV", "TNI") and (6 if whole.part == "TNI" else 0) <= whole.hour < 12:
        whole = replace(whole, hour=whole.hour + 12)
    return replace(whole, part=None)


def _clock_set(a: Reading, b: Reading) -> Reading:
    """Every Monday at 4 pm: the value of the set with the hour."""
    clock = f"T{b.hour:02}" + (f":{b.minute:02}" if b.minute is not None else "")
    day = "" if a.value is None or a.value.startswith("P") else a.value
    return replace(a, last=b.last, value=day + clock)


def _same_day(a: Reading, b: Reading) -> Reading | None:
    """Tuesday, 12 March; yesterday (Friday); أمس السبت."""
    named = [r for r in (a, b) if r.weekday is not None and r.month is None and r.unit is None]
    if len(named) != 1 or named[0].day is not None or a.until or b.until:
        return None
    other = b if named[0] is a else a
    if other.unit == "day" and other.part is not None and a.last + 1 < b.first:
        return None  # vendredi, cette nuit
    if named[0].step is not None and (other.step is not None or other.unit is not None):
        return None
    return joined(a, replace(b, step=None) if b is named[0] and b.step is None else b)


def _joined_range(a: Reading, b: Reading) -> Reading | None:
    """5-7 May 2021; 5 to 7 pm on Friday."""
    assert a.until is not None
    whole, until = joined(replace(a, until=None), b), joined(a.until, b)
    return None if whole is None or until is None else replace(whole, until=until)


def _inside(a: Reading, b: Reading, fine: str, coarse: str, of: int) -> Reading | None:
    """March of last year, first week of May, Monday of next week, 11 septembre de la même année."""
    bare = of == 0
    if fine == "year" and coarse == "sub" and bare:
        return joined(replace(a, guess=False), b)
    day = fine == "day" and (a.weekday is None or a.month is not None)
    if of_last_week(a) and coarse in ("month", "year") and of > 0:
        return joined(replace(a, unit=None, shift=None, week=-1), b)
    allowed = (
        (fine == "year" and coarse == "month" and bare and a.unit is None)
        or (fine == "year" and b.month is not None and b.year is None and bare)
        or (coarse == "year" and (day or fine in ("month", "sub")) and a.year is None)
        or (coarse in ("month", "year") and fine == "week" and a.week is not None)
        or (coarse == "week" and fine == "day" and a.weekday is not None and b.shift is not None)
        or (fine == "week" and coarse == "day" and b.weekday is not None and a.shift is not None)
    )
    if not allowed or (a.unit is not None and b.unit is not None) or b.until is not None:
        return None
    return joined(a, replace(b, guess=False) if coarse == "year" else b)


def of_last_week(reading: Reading) -> bool:
    """The last week, of something."""
    return reading.unit == "week" and reading.shift == -1 and reading.weekday is None


def _clocks_of_day(a: Reading, b: Reading) -> Reading | None:
    """Tuesday from 5 to 7 pm."""
    assert b.until is not None
    whole, until = joined(a, replace(b, until=None)), joined(b.until, a)
    return None if whole is None or until is None else replace(whole, until=until)


def _long_and_longer(a: Reading, b: Reading) -> Reading | None:
    """Two hours and 20 minutes, trois ans et deux mois: one length."""
    first, second = LENGTH.fullmatch(a.value or ""), LENGTH.fullmatch(b.value or "")
    if first is None or second is None or a.shift is not None:
        return None
    (time, length), (later, shorter) = first.groups(), second.groups()
    order = "YMWD" if not time else "HMS"
    if (time and not later) or (
        time == later and order.find(length[-1]) >= order.find(shorter[-1])
    ):
        return None
    value = f"P{time or ''}{length}{'' if time == later else 'T'}{shorter}"
    return replace(a, last=b.last, value=value, shift=b.shift, unit=None)


def _counted_from(scan: Scan, a: Reading, b: Reading, first: int, end: int) -> Reading | None:
    """Two days after Friday, three weeks from tomorrow."""
    found = scan.table.prepositions.at(scan.tokens.words, first)
    if found is None or found[1] + 2 < end or a.value is None or a.unit is None or b.plus:
        return None
    if over(scan, scan.table.articles, found[1] + 1) != end or a.shift or "X" in a.value:
        return None
    sign = {"BEFORE": -1, "AFTER": 1, "ON_OR_AFTER": 1}.get(found[0])
    if sign is None or a.unit not in ("day", "week", "month", "year"):
        return None
    count = float(a.value.lstrip("PT").rstrip("YMWD"))
    return replace(b, first=a.first, plus=(a.unit, sign * count), counts=a.counts)


# --- Edges and ranges ---------------------------------------------------------------------------


def _edged(scan: Scan, reading: Reading, floor: int) -> Reading:
    """Early, mid, late, the end of: before the reading, with glue between."""
    if reading.kind != "date":
        return reading
    words, table = scan.tokens.words, scan.table
    after = table.edges_after.at(words, reading.last + 1)
    if after is not None:
        return replace(reading, last=after[1], edge=after[0], guess=False)
    before = reading.first - 1
    label = back_over(scan, table.labels, before)
    plain = back_over(scan, table.articles, before)
    for start in (before, plain, _back_over_of(scan, before), label, _back_over_of(scan, label)):
        found = table.edges.ending(words, start)
        if found is not None and found[0] == "IN" and found[1] >= floor:
            told = reading.shift is not None or reading.weekday is not None
            return replace(reading, first=found[1]) if told else reading
        if found is not None and found[1] >= floor:
            if level(reading) == "day" and table.prepositions.ending(words, start):
                return reading  # beginning 7 January
            first = back_over(scan, table.articles, found[1] - 1) + 1
            first = first if first >= floor else found[1]
            guess = False if reading.season or reading.quarter or reading.half else reading.guess
            return replace(reading, first=first, edge=found[0], guess=guess)
    return reading


def _back_over_of(scan: Scan, i: int) -> int:
    """The token before "of" at token `i`: the end of 2020; not "in": to end in 2020."""
    found = scan.table.glue_of.ending(scan.tokens.words, i)
    lead = None if found is None else scan.table.lead.at(scan.tokens.words, found[1])
    return i if lead is not None and lead[0] == "in" else back_over(scan, scan.table.glue_of, i)


def _ranges(scan: Scan, readings: list[Reading]) -> list[Reading]:
    """From X to Y, X-Y, between X and Y."""
    result: list[Reading] = []
    for reading in readings:
        whole = _range(scan, result[-1], reading) if result else None
        if whole is not None:
            result[-1] = whole
        else:
            result.append(reading)
    return result


def _range(scan: Scan, a: Reading, b: Reading) -> Reading | None:
    if b.value == "PRESENT_REF":
        b = Reading(b.first, b.last, unit="day", shift=0)
    if a.kind != "date" or b.kind != "date" or a.until is not None or b.until is not None:
        return None
    first, end, table = a.last + 1, b.first, scan.table
    if end - first > WIDEST_GAP or scan.new_line(first) or not _alike(a, b):
        return None
    led = table.range_from.ending(scan.tokens.words, a.first - 1)
    conjunction = end == first and scan.word(end)[:1] in table.conjunctions
    night = a.part in ("TNI", "TOV") and level(a) == "day" and level(b) == "day"
    if is_gap(scan, table.range_to, first, end):
        years = a.year is not None and b.year is not None and a.year < b.year
        if led is None and (a.guess or b.guess) and not (years and a.year and a.year > 1900):
            return None
    elif (
        not (led and (conjunction or is_gap(scan, table.range_and, first, end)))
        and not (night and end == first)
    ) or (end == first and not conjunction and not night):
        return None
    return replace(_completed(a, b), last=b.last, until=b)


def _alike(a: Reading, b: Reading) -> bool:
    """Whether two readings can be the ends of one range."""
    one, other = level(a), level(b)
    near = {"day", "month", "year", "week"}
    return (
        one == other
        or (a.hour is not None and other == "clock" and b.hour is not None)
        or (one in near and other in near and not (a.guess or b.guess))
        or (one == "clock" and other == "day" and b.hour is not None)
    )


def _completed(a: Reading, b: Reading) -> Reading:
    """May to July 2020: the first month lies in the year told of the second."""
    if a.hour is not None and b.hour is not None and a.hour + 12 <= b.hour and a.minute is not None:
        a = replace(a, hour=a.hour + 12) if b.minute is not None else a
    if level(a) == "clock" and level(b) == "day":
        day = replace(b, hour=None, minute=None, second=None, part=None, until=None)
        whole = joined(day, a)
        a = a if whole is None else whole
    changes = {}
    if a.year is None and b.year is not None and (a.month or a.quarter or a.season):
        later = a.month is not None and b.month is not None and a.month > b.month
        changes["year"] = b.year - later
    return replace(a, guess=False, **changes) if changes else replace(a, guess=False)


# --- Prepositions -------------------------------------------------------------------------------


def _preposed(scan: Scan, reading: Reading, floor: int) -> Reading:
    """Since, until, by, before, after, as of: as the modifier of a date; they stay outside it."""
    if reading.kind != "date" or reading.until is not None:
        return reading
    words, table = scan.tokens.words, scan.table
    after = table.prepositions_after.at(words, reading.last + 1)
    if after is not None:
        return replace(reading, mod=after[0])
    before = reading.first - 1
    for start in (
        before,
        back_over(scan, table.articles, before),
        back_over(scan, table.labels, before),
    ):
        found = table.prepositions.ending(words, start)
        if found is not None and found[1] >= floor:
            compared = found[0] == "ON_OR_AFTER" and (reading.shift or 0) < 0
            compared = compared or (found[0] == "AS_OF" and level(reading) != "day")
            return reading if compared else replace(reading, mod=found[0])  # up from a year ago
    return reading


__all__ = ["over", "read_phrases"]
