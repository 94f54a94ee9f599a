"""Readings of single time words: months, weekdays, years, days, feasts, seasons, parts of the day.

Each reader is asked at one token and answers with a Reading or None; `read_at` asks those that the
token's word triggers. Joining what they find is transforms.extract.time_phrases.
"""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from transforms.extract.calendars import PERSIAN_YEARS
from transforms.extract.time_digits import DASHES, is_solar, read_clock_words, read_digits
from transforms.extract.time_reading import Reading
from transforms.extract.time_units import era_value, read_counted, read_unit
from transforms.extract.time_words import (
    Scan,
    back_over,
    day_after,
    day_before,
    number_after,
    number_before,
    over,
    relative_after,
    relative_before,
    year_after,
)

HALVES = ("am", "pm")


def read_at(scan: Scan, i: int) -> Reading | None:
    """What the word of token `i` tells of a time, None where it tells none."""
    traps = scan.table.traps
    if traps.ending(scan.tokens.words, i) or traps.at(scan.tokens.words, i):
        return None
    for trigger in scan.table.triggers[scan.tokens.words[i]]:
        start = i - trigger.back
        if start >= scan.floor:
            reading = READERS[trigger.reader](scan, start)
            if reading is not None and reading.first >= scan.floor:
                return reading
    return None


# --- Months -------------------------------------------------------------------------------------


def _is_name(scan: Scan, i: int, company: bool) -> bool:
    """Whether a month's or weekday's name at token `i` is one: may, mars, آب are other words."""
    word = scan.word(i)
    if word in scan.table.beside_number:
        return company and not _in_a_number(scan, i)
    weak = word in scan.table.weak
    if not weak and word not in scan.table.cased:
        return True
    case = scan.table.name_case
    written = not case or scan.capital(i) == (case == "capital")
    if company or not weak:
        return written or (company and case != "capital")
    words, table = scan.tokens.words, scan.table
    lead = table.lead.ending(words, i - 1)
    ranged = table.range_from.ending(words, i - 1) is not None
    led = (ranged or (lead is not None and lead[0] == "in")) and case != "lower"
    return led or (written and table.company.ending(words, i - 1) is not None)


def _in_a_number(scan: Scan, i: int) -> bool:
    """Whether a short name ends a number in words: dix-sept is no tenth of September."""
    words, tokens = scan.tokens.words, scan.tokens
    return i > 1 and words[i - 1] == "-" and tokens.touching(i) and words[i - 2].isalpha()


def read_month(scan: Scan, i: int) -> Reading | None:
    """12 March 2021, March 12, mars dernier, 31 ديسمبر/كانون الأول: around a month's name."""
    found = scan.table.months.at(scan.tokens.words, i)
    if found is None:
        return None
    month, last = _double_name(scan, found[0], found[1])
    reading = _with_days(scan, Reading(i, last, month=month))
    reading = _with_year(scan, reading)
    company = reading.day is not None or reading.year is not None or reading.until is not None
    company = company or last > found[1] or relative_after(scan, last + 1) is not None
    company = company or (scan.word(last + 1) == "'" and scan.word(last + 2) == "s")  # March's
    if reading.year is None and not _is_name(scan, i, company):
        return None
    every = scan.table.every.ending(scan.tokens.words, reading.first - 1)
    if every is not None and every[1] >= scan.floor and reading.year is None:
        day = "" if reading.day is None else f"-{reading.day:02}"
        return Reading(every[1], reading.last, "set", value=f"XXXX-{month:02}{day}")
    return _with_step(scan, reading)


def _double_name(scan: Scan, month: int, last: int) -> tuple[int, int]:
    """ديسمبر/كانون الأول, ديسمبر (كانون الأول): one month with two names."""
    sign = scan.word(last + 1)
    if sign not in ("/", "("):
        return month, last
    again = scan.table.months.at(scan.tokens.words, last + 2)
    if again is None or again[0] != month:
        return month, last
    closed = sign == "(" and scan.word(again[1] + 1) == ")"
    return month, again[1] + closed


def _with_days(scan: Scan, reading: Reading) -> Reading:
    """The day, or the days, before or after the month's name."""
    before = reading.first - 1
    if scan.table.numbers.places:
        before = scan.floor - 1  # 5月3日: the day stands after its month
    elif scan.word(before) in ("-", "/") and scan.touching(before):
        before -= 1
    else:
        label = scan.table.labels.ending(scan.tokens.words, before)
        if label is not None and label[0] == "month" and label[1] > scan.floor:
            before = label[1] - 1
        before = back_over(scan, scan.table.glue_of, before)
    day = day_before(scan, before) if before >= scan.floor else None
    if day is not None:
        return _with_first_day(scan, replace(reading, first=day[1], day=day[0]))
    after = reading.last + 1
    if scan.word(after) in ("-", "/") and scan.touching(after):
        after += 1
    elif scan.word(after) == "." and scan.word(after + 1).isdecimal():
        after += 1  # Sept. 19
    after = over(scan, scan.table.articles, after)
    found = day_after(scan, after)
    if found is None or (scan.table.day_first and not _ends_date(scan, after, found[1])):
        return reading
    return _with_last_day(scan, replace(reading, last=found[1], day=found[0]))


def _ends_date(scan: Scan, first: int, last: int) -> bool:
    """Whether a day after its month, at tokens `first` to `last`, is one: May 5, 5月3日."""
    marked = scan.table.day_marks.ending(scan.tokens.words, last)
    return (marked is not None and marked[1] > first) or scan.ends_here(last + 1)


def _with_first_day(scan: Scan, reading: Reading) -> Reading:
    """From 5 to 7 May; 5-7 May; between 5 and 7 May: the day before the day."""
    words, table = scan.tokens.words, scan.table
    link = table.range_to.ending(words, reading.first - 1)
    joint = table.range_and.ending(words, reading.first - 1) if link is None else None
    conjunction = scan.word(reading.first)[:1] in table.conjunctions
    end = link[1] if link else joint[1] if joint else reading.first if conjunction else -1
    if end <= scan.floor:
        return reading
    day = day_before(scan, end - 1)
    if day is None or reading.day is None or day[0] >= reading.day:
        return reading
    led = table.range_from.ending(words, day[1] - 1)
    if link is None and led is None and day[0] + 1 != reading.day:
        return reading
    return replace(reading, first=day[1], day=day[0], until=reading)


def _with_last_day(scan: Scan, reading: Reading) -> Reading:
    """March 12-14; March 12 to 14: the day after the day."""
    link = scan.table.range_to.at(scan.tokens.words, reading.last + 1)
    day = day_after(scan, link[1] + 1) if link is not None else None
    if day is None or reading.day is None or day[0] <= reading.day:
        return reading
    if scan.table.months.at(scan.tokens.words, day[1] + 1):
        return reading
    if link is not None and scan.word(link[1]) in DASHES and scan.word(link[1] + 1).isalpha():
        return reading  # July 2 - Thirty people: a dateline
    start = day[1] if link is None else link[1] + 1
    until = replace(reading, first=start, last=day[1], day=day[0])
    return replace(reading, last=day[1], until=until)


def _with_year(scan: Scan, reading: Reading) -> Reading:
    """The year after a month or a day: 2021, of 2021, , 2021, عام 2021."""
    after = reading.last + 1
    if scan.word(after) in ("-", "/", ".") and (
        scan.touching(after + 1) or scan.word(after) == "."
    ):
        year = year_after(scan, after + 1)
    else:
        after = over(scan, scan.table.glue_year, after)
        after = over(scan, scan.table.labels, after)
        year = year_after(scan, after)
    if year is None or (year[1] > reading.last + 1 and scan.new_line(year[1])):
        return reading
    until = reading.until and replace(reading.until, year=year[0], last=year[1])
    marks = scan.table.hijri_marks.at(scan.tokens.words, year[1] + 1)
    last = marks[1] if reading.hijri and marks is not None else year[1]
    last = over(scan, scan.table.year_marks, last + 1) - 1
    return replace(reading, year=year[0], last=last, until=until)


def _with_step(scan: Scan, reading: Reading) -> Reading:
    """Last March, mars dernier, فبراير الماضي; 11 septembre de la même année is joined later."""
    if reading.year is not None:
        return reading
    after = relative_after(scan, reading.last + 1)
    if after is not None and not after[0].mentioned:
        return replace(reading, last=after[1], step=after[0].step)
    before = relative_before(scan, reading.first - 1)
    if before is not None and not before[0].mentioned:
        return replace(reading, first=before[1], step=before[0].step)
    return reading


def read_hijri_month(scan: Scan, i: int) -> Reading | None:
    """15 رمضان 1442, Ramadan: a month of the Hijri calendar, with a day or a year or company."""
    found = scan.table.hijri_months.at(scan.tokens.words, i)
    if found is None:
        return None
    reading = _with_days(scan, Reading(i, found[1], month=found[0], hijri=True))
    reading = _with_year(scan, reading)
    if reading.year is not None:
        return reading
    phrase = " ".join(scan.tokens.words[i : found[1] + 1])
    label = scan.table.labels.ending(scan.tokens.words, i - 1)
    if label is not None and label[0] == "month":
        return _with_step(scan, replace(reading, first=max(label[1], scan.floor)))
    beside = scan.table.company.ending(scan.tokens.words, i - 1) is not None
    relative = relative_after(scan, reading.last + 1) or relative_before(scan, reading.first - 1)
    if reading.day is not None and scan.digits(reading.first, 1, 30, 2) is not None:
        return _with_step(scan, reading)  # 1 شوال
    if phrase in scan.table.hijri_alone and (beside or reading.day is not None or relative):
        return _with_step(scan, reading)
    return None


def read_solar_month(scan: Scan, i: int) -> Reading | None:
    """۱۳ مرداد ۱۴۰۲: a month of the Persian calendar."""
    found = scan.table.solar_months.at(scan.tokens.words, i)
    if found is None:
        return None
    reading = _with_days(scan, Reading(i, found[1], month=found[0], solar=True))
    reading = _with_step(scan, _with_year(scan, reading))
    told = reading.day is not None or reading.year is not None or reading.step is not None
    beside = scan.table.company.ending(scan.tokens.words, reading.first - 1) is not None
    return reading if told or beside or scan.word(i) not in scan.table.weak else None


# --- Weekdays, days, feasts ---------------------------------------------------------------------


def read_weekday(scan: Scan, i: int) -> Reading | None:
    """Friday, last Friday, mardi prochain, every Monday."""
    found = scan.table.weekdays.at(scan.tokens.words, i)
    if found is None:
        return None
    weekday, last = found
    words, table = scan.tokens.words, scan.table
    relative = relative_before(scan, i - 1)
    after = relative_after(scan, last + 1)
    beside = scan.word(last + 1) in (",", "(") or scan.word(last + 1).isdecimal()
    numbered = any(scan.word(j).isdecimal() for j in (last + 1, last + 2))  # mer. 3 mars
    if last == i and table.name_case == "lower" and scan.word(i) in table.weak and not numbered:
        return None  # fruits de mer, du vin
    if last == i and not _is_name(scan, i, relative is not None or beside):
        return None
    label = back_over(scan, table.labels, i - 1) + 1
    if table.unit_is_one and scan.word(i) in table.weak and label == i:
        return None  # اثنين is two
    every = table.every.ending(words, label - 1)
    if every is not None and every[1] >= scan.floor:
        return Reading(every[1], last, "set", value=f"XXXX-WXX-{weekday}")
    part = table.parts.at(words, last + 1)
    if part is not None and words[part[1]] in table.plurals:
        return Reading(i, part[1], "set", value=f"XXXX-WXX-{weekday}{part[0]}")
    if (other := table.every_other.ending(words, i - 1)) is not None and other[1] >= scan.floor:
        return Reading(other[1], last, "set", value=f"XXXX-WXX-{weekday}")
    if words[i] in table.plurals and (scan.word(i - 1) == "on" or scan.ends_here(last + 1)):
        return Reading(i, last, "set", value=f"XXXX-WXX-{weekday}")
    reading = Reading(label, last, weekday=weekday)
    if scan.word(last + 1) == "'" and scan.word(last + 2) == "s":
        pass
    elif after is not None and not after[0].mentioned:
        reading = replace(reading, last=after[1], step=after[0].step)
    if relative is not None and table.last_of_week and not relative[0].mentioned:
        reading = replace(reading, first=relative[1], unit="week", shift=relative[0].step)
    elif relative is not None:
        reading = replace(
            reading, first=relative[1], step=relative[0].step, mentioned=relative[0].mentioned
        )
    elif after is not None and after[0].mentioned:
        reading = replace(reading, last=after[1], step=after[0].step, mentioned=True)
    return _with_day_number(scan, reading)


def _with_day_number(scan: Scan, reading: Reading) -> Reading:
    """Monday 21, mardi 12: a guess that the calendar must bear out."""
    words, table = scan.tokens.words, scan.table
    bracketed = scan.digits(reading.last + 2, 1, 31, 2)
    if bracketed and scan.word(reading.last + 1) == "(" and scan.word(reading.last + 3) == ")":
        return replace(reading, last=reading.last + 3, day=bracketed)  # nesta quarta-feira (6)
    first = over(scan, table.articles, reading.last + 1)
    found = day_after(scan, first)
    if found is None or reading.step is not None:
        return reading
    if first == reading.last + 1 and not scan.word(first).isdecimal():
        return reading
    if not scan.ends_here(found[1] + 1) and not table.parts.at(words, found[1] + 1):
        return reading  # Friday 30 people fled
    after = found[1] + 1
    if any(lexicon.at(words, after) for lexicon in (table.months, table.units, table.clock)):
        return reading
    joined = scan.touching(after) and scan.word(after + 1).isdecimal()
    if joined or scan.word(after) == "-":
        return reading
    return replace(reading, last=found[1], day=found[0])


def read_weekday_part(scan: Scan, i: int) -> Reading | None:
    """Dienstagabend: the day and its part in one word."""
    found = scan.table.weekday_parts.at(scan.tokens.words, i)
    if found is None:
        return None
    reading = Reading(i, found[1], weekday=int(found[0][0]), part=found[0][1:])
    before = relative_before(scan, i - 1)
    if before is None or before[0].mentioned:
        return reading
    return replace(reading, first=before[1], step=before[0].step)


def _overlaps_weekday(scan: Scan, first: int, last: int) -> bool:
    """Whether a weekday begins in tokens `first` to `last` and ends after them."""
    days = (scan.table.weekdays.at(scan.tokens.words, k) for k in range(first, last + 1))
    return any(day is not None and day[1] > last for day in days)


def read_span(scan: Scan, i: int) -> Reading | None:
    """A word that holds unit and distance: امسال, پارسال, 前年."""
    found = scan.table.spans.at(scan.tokens.words, i)
    if found is None:
        return None
    if _overlaps_weekday(scan, i, found[1]):
        return None  # 上周六
    shift, _, unit = found[0].partition(" ")
    return Reading(i, found[1], unit=unit, shift=int(shift))


def read_deictic(scan: Scan, i: int) -> Reading | None:
    """Today, yesterday, tonight, hier, غدا."""
    found = scan.table.deictics.at(scan.tokens.words, i)
    if found is None:
        return None
    longer = scan.table.parts.ending(scan.tokens.words, found[1])
    if longer is not None and scan.floor <= longer[1] < i:
        return read_part(scan, longer[1])  # por la mañana, am Morgen: no tomorrow
    offset, _, part = found[0].partition("T")
    step = relative_after(scan, found[1] + 1)
    if step is not None and scan.table.units.at(scan.tokens.words, i):
        return None  # اليوم الماضي is not today
    return Reading(i, found[1], unit="day", shift=int(offset), part=f"T{part}" if part else None)


def read_anaphora(scan: Scan, i: int) -> Reading | None:
    """The day before, le lendemain: from the last day mentioned; of an event, it is not read."""
    found = scan.table.anaphora.at(scan.tokens.words, i)
    if found is None:
        return None
    (shift, unit), last = found
    if scan.table.units.at(scan.tokens.words, i) and number_before(scan, i - 1):
        return read_unit(scan, i)  # دو روز بعد
    lead = scan.table.lead.at(scan.tokens.words, last + 1)
    of = lead is not None and lead[0] == "of"  # le lendemain du vote; not le lendemain au port
    relative = scan.word(last) in ("before", "after", "veille", "lendemain", "earlier", "later")
    if shift and relative and of:
        return None
    ends = scan.ends_here(last + 1) or scan.table.goes_on.at(scan.tokens.words, last + 1)
    if scan.word(last) in ("before", "after") and not ends:
        return None  # the day before the vote
    return Reading(i, last, unit=unit, shift=shift, mentioned=True)


def read_bare(scan: Scan, i: int) -> Reading | None:
    """The weekend, the quarter, year-end: a unit that its words alone tell."""
    found = scan.table.bare.at(scan.tokens.words, i)
    if found is None:
        return None
    unit, _, edge = found[0].partition(" ")
    last = found[1]
    if relative_after(scan, last + 1) is not None:
        return None  # le week-end dernier
    if edge:
        return Reading(i, last, unit=unit, shift=0, edge=edge)
    if scan.word(last + 1) == "-" or scan.table.glue_of.at(scan.tokens.words, last + 1):
        return None  # the quarter of a million
    if unit == "weekend":
        return Reading(i, last, unit=unit)
    return Reading(i, last, unit=unit, shift=0, mentioned=True)


def read_era(scan: Scan, i: int) -> Reading | None:
    """44 BC, AD 79: years of another era have no day here, only a value of ISO-TimeML."""
    found = scan.table.eras.at(scan.tokens.words, i)
    if found is None:
        return None
    era, last = found
    number = number_before(scan, i - 1)
    if number is not None and not number[2] and number[0] == int(number[0]) <= 9999:
        return Reading(number[1], last, "ref", value=era_value(era, int(number[0])))
    year = scan.digits(last + 1, 1, 999, 3) if era != "BC" and scan.exactly(i).isupper() else None
    return None if year is None else Reading(i, last + 1, "ref", value=f"{year:04}")


def read_holiday(scan: Scan, i: int) -> Reading | None:
    """Christmas, Pâques, عيد الفطر, with last and next."""
    found = scan.table.holidays.at(scan.tokens.words, i)
    if found is None:
        return None
    reading = Reading(i, found[1], holiday=found[0])
    year = year_after(scan, over(scan, scan.table.glue_year, found[1] + 1))
    if year is not None:
        return replace(reading, last=year[1], year=year[0])
    return _with_step(scan, reading)


# --- Seasons, decades, parts --------------------------------------------------------------------


def read_season(scan: Scan, i: int) -> Reading | None:
    """Summer 2021, l'été dernier, هذا الصيف; bare, a guess."""
    found = scan.table.seasons.at(scan.tokens.words, i)
    if found is None:
        return None
    every = scan.table.every.ending(scan.tokens.words, i - 1)
    if every is not None and every[1] >= scan.floor:
        return Reading(every[1], found[1], "set", value=f"XXXX-{found[0]}")
    reading = _with_year(scan, Reading(i, found[1], season=found[0]))
    if reading.year is not None and is_solar(scan, reading.year):
        return replace(reading, year=reading.year + PERSIAN_YEARS)
    if reading.year is not None:
        return reading
    stepped = _with_step(scan, reading)
    return replace(stepped, guess=stepped.step is None)


def read_decade(scan: Scan, i: int) -> Reading | None:
    """The nineties, تسعينيات القرن الماضي."""
    found = scan.table.decades.at(scan.tokens.words, i)
    if found is None:
        return None
    last = found[1]
    after = scan.table.units.at(scan.tokens.words, over(scan, scan.table.glue_of, last + 1))
    if after is not None and after[0] == "century":
        relative = relative_after(scan, after[1] + 1)
        last = relative[1] if relative is not None else after[1]
        if relative is None and (number := day_after(scan, after[1] + 1)) is not None:
            last = number[1]
    return Reading(i, last, decade=found[0])


def read_decade_mark(scan: Scan, i: int) -> Reading | None:
    """Les années 1990, les années 90."""
    found = scan.table.decade_before.at(scan.tokens.words, i)
    if found is None:
        return None
    number = number_after(scan, found[1] + 1)
    if number is None or number[0] % 10:
        return None
    decade = int(number[0])
    if not (20 <= decade <= 90 or 1500 <= decade <= 2090):
        return None
    return Reading(i, number[1], decade=decade if decade > 99 else 1900 + decade)


def read_part(scan: Scan, i: int) -> Reading | None:
    """Morning, soir, ليل: read beside a day or after this; else a guess."""
    found = scan.table.parts.at(scan.tokens.words, i)
    if found is None:
        return None
    part, last = found
    words, table = scan.tokens.words, scan.table
    deictic = table.deictics.at(words, i)
    if deictic is not None and deictic[1] >= last:
        return read_deictic(scan, i)  # فجر اليوم
    hour = _ordinal_hour(scan, i)
    if hour is not None:
        return hour
    relative = relative_before(scan, i - 1)
    if relative is not None and not relative[0].mentioned:
        return Reading(relative[1], last, unit="day", shift=relative[0].step, part=part)
    after = relative_after(scan, last + 1)
    if after is not None and not after[0].mentioned:
        return Reading(i, after[1], unit="day", shift=after[0].step, part=part)
    every = scan.table.every.ending(scan.tokens.words, i - 1)
    if every is not None and every[1] >= scan.floor:
        return Reading(every[1], last, "set", value=f"XXXX-XX-XX{part}")
    noon = part in ("TMI", "TMD") and table.clock_lead.ending(words, i - 1) is not None
    twelve = scan.digits(i - 1, 12, 12) is not None and part in ("TMI", "TMD")
    led = table.part_lead.ending(words, i - 1) is not None and part != "TMD"
    edge = table.edges.ending(words, back_over(scan, table.hyphen, i - 1))
    led = led or (edge is not None and edge[0] != "IN" and edge[1] >= scan.floor)
    return Reading(i - twelve, last, part=part, guess=not (noon or twelve or led))


def _ordinal_hour(scan: Scan, i: int) -> Reading | None:
    """الثامنة مساء, at seven in the morning: a number with the half of the day is an hour."""
    words, table = scan.tokens.words, scan.table
    half = table.clock.ending(words, i)
    first, last = (half[1], i) if half is not None else (i, i)
    if half is None and (half := table.clock.at(words, i)) is not None:
        last = half[1]
    number = number_before(scan, first - 1) if half is not None and half[0] in HALVES else None
    if half is None or number is None or not 1 <= number[0] <= 12:
        return None
    led = number[2] if table.unit_is_one else table.clock_lead.ending(words, number[1] - 1)
    if not led or number[0] != int(number[0]):
        return None
    hour = int(number[0]) % 12 + (12 if half[0] == "pm" else 0)
    return Reading(number[1], last, hour=hour, half_told=True)


def read_quarter_sign(scan: Scan, i: int) -> Reading | None:
    """Q3, H1, T2: read beside a year, and alone when they begin with a capital."""
    unit = scan.table.quarter_signs.heads[scan.word(i)][0][1]
    number = scan.digits(i + 1, 1, 4 if unit == "quarter" else 2, 1)
    if number is None or not scan.touching(i + 1) or (scan.touching(i) and scan.word(i - 1) != "-"):
        return None
    if scan.touching(i + 2) and scan.word(i + 2)[0] not in ",.;:)":
        return None
    if unit == "quarter":
        return Reading(i, i + 1, quarter=number, guess=not scan.capital(i))
    return Reading(i, i + 1, half=number, guess=True)


def read_set(scan: Scan, i: int) -> Reading | None:
    """Annually, hebdomadaire, سنويا."""
    found = scan.table.sets.at(scan.tokens.words, i)
    if found is None:
        return None
    if scan.table.units.at(scan.tokens.words, i) and number_before(scan, i - 1):
        return read_unit(scan, i)  # 3 yıllık
    if _overlaps_weekday(scan, i, found[1]):
        return None  # 每周一
    named = scan.table.name_case == "capital" and scan.capital(i) and not scan.begins_sentence(i)
    if named:
        return None  # the Daily News
    return Reading(i, found[1], "set", value=found[0])


def read_ref(scan: Scan, i: int) -> Reading | None:
    """Now, récemment, في وقت سابق."""
    words, table = scan.tokens.words, scan.table
    found = table.refs.at(words, i)
    if found is None:
        return None
    after = found[1] + 1
    relative = table.past.ending(words, found[1]) or table.relatives_before.ending(words, found[1])
    if relative and (
        number_after(scan, after)
        or table.vague_numbers.at(words, after)
        or table.units.at(words, after)
    ):
        return None  # in the past four days
    return Reading(i, found[1], "ref", value=found[0])


READERS: dict[str, Callable[[Scan, int], Reading | None]] = {
    "digits": read_digits,
    "months": read_month,
    "hijri_months": read_hijri_month,
    "solar_months": read_solar_month,
    "weekday_parts": read_weekday_part,
    "spans": read_span,
    "weekdays": read_weekday,
    "units": read_unit,
    "counted": read_counted,
    "deictics": read_deictic,
    "anaphora": read_anaphora,
    "bare": read_bare,
    "eras": read_era,
    "holidays": read_holiday,
    "seasons": read_season,
    "decades": read_decade,
    "decade_before": read_decade_mark,
    "parts": read_part,
    "sets": read_set,
    "refs": read_ref,
    "quarter_signs": read_quarter_sign,
    "clock_label": read_clock_words,
}
