"""Readings around a unit: three weeks, last year, the 20th century, every month, ten days ago."""

from __future__ import annotations

from msgspec.structs import replace

from transforms.extract.time_reading import Reading
from transforms.extract.time_tables import FIRST_YEAR, LAST_YEAR, Relative
from transforms.extract.time_words import (
    Scan,
    back_over,
    clock_led,
    day_before,
    ends_number,
    number_after,
    number_before,
    over,
    relative_after,
    relative_before,
    year_after,
)

# ISO 8601 designators; decades and centuries as ISO-TimeML writes them.
DESIGNATORS = {
    "year": "P{}Y", "month": "P{}M", "week": "P{}W", "day": "P{}D", "hour": "PT{}H",
    "minute": "PT{}M", "second": "PT{}S", "decade": "P{}DE", "century": "P{}CE",
    "quarter": "P{}Q", "weekend": "P{}WE",
}  # fmt: skip
LONGER = {"quarter": ("M", 3), "decade": ("Y", 10), "century": ("Y", 100)}
UNIT_OF = {"Y": "year", "M": "month", "W": "week", "D": "day", "H": "hour", "S": "second"}
ROMAN = {
    "i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10,
    "xi": 11, "xii": 12, "xiii": 13, "xiv": 14, "xv": 15, "xvi": 16, "xvii": 17, "xviii": 18,
    "xix": 19, "xx": 20, "xxi": 21,
}  # fmt: skip


def era_value(era: str, year: int) -> str:
    """A year as ISO-TimeML writes it: BC0044, 0079."""
    return f"BC{year:04}" if era == "BC" else f"{year:04}"


def read_unit(scan: Scan, i: int) -> Reading | None:
    """The reading whose unit (weeks, année, الشهر) begins at token `i`."""
    found = scan.table.units.at(scan.tokens.words, i)
    if found is None:
        return None
    unit, last = found
    if unit == "year" and scan.table.numbers.places:
        spelled = number_before(scan, i - 1)
        if spelled is not None and FIRST_YEAR <= spelled[0] <= LAST_YEAR:
            return Reading(spelled[1], last, year=int(spelled[0]))  # 二〇二三年
    label = scan.table.labels.at(scan.tokens.words, i)
    after = None
    if label is not None and label[0] == "month":
        after = scan.table.months.at(scan.tokens.words, label[1] + 1)
    if after is not None or (unit == "year" and year_after(scan, last + 1) is not None):
        return None  # the month or year itself is read, with this as its label
    if unit in ("century", "quarter", "half", "decade"):
        named = _ordinal_unit(scan, unit, i, last)
        if named is not None or unit == "half":
            return named
    if unit == "week" and (nth := _nth(scan, i, last)) is not None:
        return nth
    return (
        _set(scan, unit, i, last)
        or _length(scan, unit, i, last)
        or _relative(scan, unit, i, last)
        or _edged(scan, unit, i, last)
        or _several(scan, unit, i, last)
    )


def read_counted(scan: Scan, i: int) -> Reading | None:
    """A unit that holds its number: fortnight, يومين."""
    found = scan.table.counted.at(scan.tokens.words, i)
    if found is None:
        return None
    value, last = found
    every = scan.table.every.ending(scan.tokens.words, i - 1)
    if every is not None and every[1] >= scan.floor:
        return Reading(every[1], last, "set", value=value, counts=True)
    reading = _placed(scan, Reading(i, last, "duration", value=value, counts=True), i)
    if scan.word(i) in scan.table.weak and reading.kind == "duration" and reading.shift is None:
        return None  # العامين are also the general ones
    return reading


# --- Sets ---------------------------------------------------------------------------------------


def _set(scan: Scan, unit: str, i: int, last: int) -> Reading | None:
    """Every day, chaque deux semaines, every other month."""
    words = scan.tokens.words
    if unit == "day" and scan.table.weekdays.at(words, last + 1) is not None:
        return None  # كل يوم اثنين
    other = scan.table.every_other.ending(words, i - 1)
    if other is not None and other[1] >= scan.floor:
        return Reading(other[1], last, "set", value=length_value(unit, "2"))
    often = _how_often(scan, unit, i, last)
    if often is not None:
        return often
    count, first = "1", i
    number = number_before(scan, i - 1)
    if number is not None and not number[2]:
        count, first = _count(number[0]), number[1]
    every = scan.table.every.ending(words, first - 1)
    if every is None or every[1] < scan.floor or unit not in DESIGNATORS:
        return None
    return Reading(every[1], last, "set", value=length_value(unit, count))


def _how_often(scan: Scan, unit: str, i: int, last: int) -> Reading | None:
    """Twice a week, three times a day; $50,000 a year, 12 people a day, after what is counted."""
    words, table = scan.tokens.words, scan.table
    if unit not in DESIGNATORS or table.after_length.at(words, last + 1):
        return None
    times = table.times_a.ending(words, i - 1)
    if times is not None and times[1] >= scan.floor:
        number = number_before(scan, times[1] - 1)
        first = number[1] if number is not None and not number[2] else times[1]
        return Reading(first, last, "set", value=length_value(unit, "1"), counts=True)
    article = table.rate_articles.ending(words, i - 1)
    if article is None or article[1] - 1 < scan.floor:
        return None
    before = article[1] - 1
    counted = ends_number(scan, before) or (
        ends_number(scan, before - 1) and words[before].isalpha() and not scan.new_line(article[1])
    )
    if not counted or table.units.at(words, before):
        return None
    return Reading(article[1], last, "set", value=length_value(unit, "1"))


def _several(scan: Scan, unit: str, i: int, last: int) -> Reading | None:
    """For years, hours later, depuis des mois: several that are not counted."""
    words, table = scan.tokens.words, scan.table
    if unit not in DESIGNATORS:
        return None
    if not _plural(scan, i):
        return _one(scan, unit, i, last)
    before = table.before_length.ending(words, back_over(scan, table.indefinite, i - 1))
    after = table.after_length.at(words, last + 1)
    led = before is not None and before[0] in ("since_length", "in", "ago_before", "ahead")
    led = led or scan.word(i).startswith(table.for_prefix)  # لأيام
    if not led and (after is None or table.prepositions.at(words, last + 1)):
        return None
    return _made(scan, unit, "X", i, last, None, False)


def _one(scan: Scan, unit: str, i: int, last: int) -> Reading | None:
    """قبل عام، منذ شهر، سنة ونصف: one, where the unit itself says so."""
    words, table = scan.tokens.words, scan.table
    if not table.unit_is_one or scan.word(i).startswith(table.unit_is_one):
        return None  # العام is the year
    half = table.and_half.at(words, last + 1)
    if half is not None:
        return _made(scan, unit, "1.5", i, half[1], None, True)
    before = table.before_length.ending(words, i - 1)
    if before is None or before[1] < scan.floor:
        return None
    names = (table.weekdays, table.months, table.hijri_months, table.holidays, table.deictics)
    if any(lexicon.at(words, last + 1) is not None for lexicon in names):
        return None  # قبل يوم الجمعة
    return _made(scan, unit, "1", i, last, None, False)


# --- Lengths ------------------------------------------------------------------------------------


def _length(scan: Scan, unit: str, i: int, last: int) -> Reading | None:
    """Three weeks, a few days, 20 dernières années, السنوات العشر الماضية; and where they lie."""
    if unit not in DESIGNATORS:
        return None
    if unit == "quarter" and scan.table.glue_of.at(scan.tokens.words, last + 1):
        return None  # a quarter of a million
    before = i - 1
    if scan.word(before) == "-" and scan.touching(before) and scan.touching(i):
        before -= 1
    past = scan.table.past.ending(scan.tokens.words, before)
    shift = None
    plural = _plural(scan, i)  # they lost 3 last week
    if past is not None and past[1] > scan.floor and plural:
        counted = _number(scan, past[1] - 1)
        if counted is not None:
            return _made(scan, unit, counted[0], counted[1], last, -1, counted[2])
    coming = relative_before(scan, before)
    if coming is not None and coming[0] == Relative(1) and coming[1] > scan.floor and plural:
        counted = _number(scan, coming[1] - 1)
        if counted is not None and counted[2]:
            return _made(scan, unit, counted[0], counted[1], last, 1, True)
    if scan.word(before) in scan.table.between and before > scan.floor:
        before -= 1  # quatre longues années, three more days
    counted = _number(scan, before)
    if counted is None:
        return _counted_after(scan, unit, i, last) or _bare_ago(scan, unit, i, last)
    if unit == "second" and not counted[2] and counted[0] == "1" and not scan.ends_here(last + 1):
        return None  # a second campaign
    count, first, exact = counted
    if count == "1" and not exact and plural:
        count = "X"  # طوال سنوات
    if unit == "hour" and exact and (clock := _spoken_hour(scan, count, first, last)):
        return clock
    if scan.table.and_half.at(scan.tokens.words, last + 1) and count != "X":
        last = over(scan, scan.table.and_half, last + 1) - 1
        count = _count(float(count) + 0.5)
    return _made(scan, unit, count, first, last, shift, exact)


def _bare_ago(scan: Scan, unit: str, i: int, last: int) -> Reading | None:
    """Неделю назад, годы спустя: a unit without a number, at a distance."""
    after = scan.table.after_length.at(scan.tokens.words, last + 1)
    if after is None or after[0] != "ago":
        return None
    return _made(scan, unit, "X" if _plural(scan, i) else "1", i, last, None, False)


def length_value(unit: str, count: str) -> str:
    """A length as ISO 8601 writes it; quarters, decades and centuries in months and years."""
    if unit in LONGER and count != "X":
        designator, times = LONGER[unit]
        return f"P{_count(float(count) * times)}{designator}"
    return DESIGNATORS[unit].format(count)


def _spoken_hour(scan: Scan, count: str, first: int, last: int) -> Reading | None:
    """À huit heures: an hour of the clock, where the language tells it so."""
    words, table = scan.tokens.words, scan.table
    hours = table.clock.at(words, last)
    if hours is None or hours[0] != "hours" or not count.isdecimal() or not clock_led(scan, first):
        return None
    if int(count) > 24:
        return None
    half = table.clock.at(words, last + 1)
    if half is None or half[0] not in ("am", "pm"):
        return Reading(first, last, hour=int(count))
    hour = int(count) % 12 + (12 if half[0] == "pm" else 0)
    return Reading(first, half[1], hour=hour, half_told=True)


def _made(
    scan: Scan, unit: str, count: str, first: int, last: int, shift: int | None, exact: bool
) -> Reading:
    value = length_value(unit, count)
    reading = Reading(first, last, "duration", value=value, shift=shift, counts=exact, unit=unit)
    return _placed(scan, reading, first)


def _number(scan: Scan, i: int) -> tuple[str, int, bool] | None:
    """The number or vague number that ends at `i`: as ISO writes it, first token, whether exact."""
    if i < scan.floor:
        return None
    number = number_before(scan, i)
    if number is not None:
        return None if number[2] else (_count(number[0]), number[1], True)
    vague = scan.table.vague_numbers.ending(scan.tokens.words, i)
    if vague is None or vague[1] < scan.floor:
        return None
    return vague[0], vague[1], False


def _count(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:g}"


def _counted_after(scan: Scan, unit: str, i: int, last: int) -> Reading | None:
    """The number after its unit: السنوات العشر الماضية; and the past week."""
    if scan.table.weekdays.at(scan.tokens.words, last + 1) and not _plural(scan, i):
        return None  # يوم الاثنين is Monday, not two
    number = number_after(scan, over(scan, scan.table.articles, last + 1))
    if (number is not None and not number[2]) or (number is not None and scan.table.conjunctions):
        ended = scan.table.past.at(scan.tokens.words, number[1] + 1)
        coming = relative_after(scan, number[1] + 1)
        if ended is not None:
            return _made(scan, unit, _count(number[0]), i, ended[1], -1, True)
        if coming is not None and coming[0].step == 1:
            return _made(scan, unit, _count(number[0]), i, coming[1], 1, True)
        defined = bool(scan.table.unit_is_one) and scan.word(i).startswith(scan.table.unit_is_one)
        one = number[0] == 1 and not number[2] and not defined
        both = defined and scan.word(number[1]).startswith(scan.table.unit_is_one)
        both = both and _plural(scan, i) and not number[2]  # الدقائق العشر
        if scan.table.unit_is_one and (one or both):
            return _made(scan, unit, _count(number[0]), i, number[1], None, True)
    return None


def _placed(scan: Scan, reading: Reading, first: int) -> Reading:
    """Where a length lies: ten days ago, il y a trois jours, in two days, the last 20 years."""
    words, table = scan.tokens.words, scan.table
    after = table.after_length.at(words, reading.last + 1)
    parted = table.prepositions.at(words, reading.last + 1) or table.glue_on.at(
        words, reading.last + 1
    )
    if after is not None and parted:
        after = after if scan.ends_here(after[1] + 1) else None  # three days on steel
    if after is not None:
        shift = -1 if after[0] in ("ago", "earlier") else 1
        return _moved(reading, shift, after[0] in ("later", "earlier"), first, after[1])
    ended = table.past.at(words, reading.last + 1) if table.relatives_after.heads else None
    if ended is not None and not _has(table.past.ending(words, first - 1)):
        return replace(reading, last=ended[1], shift=-1)
    coming = relative_after(scan, reading.last + 1)
    if coming is not None and coming[0] == Relative(1):
        return replace(reading, last=coming[1], shift=1)
    preceding = table.past.ending(words, first - 1)
    if preceding is not None and preceding[1] >= scan.floor:
        return replace(reading, first=preceding[1], shift=-1)
    leading = relative_before(scan, first - 1)
    if leading is not None and not leading[0].mentioned and leading[0].step:
        return replace(reading, first=leading[1], shift=leading[0].step)
    before = table.before_length.ending(words, first - 1)
    if before is None or before[1] < scan.floor:
        return reading
    if before[0] == "ago_before" and not _followed_by_event(scan, reading.last + 1):
        return _moved(reading, -1, False, before[1], reading.last)
    if before[0] in ("earlier_before", "later_before"):  # بعد ذلك بيومين
        return _moved(reading, 1 if before[0][0] == "l" else -1, True, before[1], reading.last)
    if before[0] == "ahead" and not _followed_by_event(scan, reading.last + 1):
        return _moved(reading, 1, False, before[1], reading.last)
    if before[0] == "future_in":
        return replace(reading, guess=True)
    if reading.value is not None and "X" in reading.value and before[0] == "since_length":
        return replace(reading, shift=-1)
    return reading


def _has(found: object) -> bool:
    return found is not None


def _followed_by_event(scan: Scan, i: int) -> bool:
    """قبل ثلاثة أيام من الهجوم counts from the event, not from now."""
    of = scan.table.event_after
    return scan.word(i) in of or (scan.word(i + 1) in of and not scan.ends_here(i))


def moved_ahead(reading: Reading) -> Reading:
    """In two days, said of the future: the day itself."""
    return _moved(reading, 1, False, reading.first, reading.last)


def _moved(reading: Reading, sign: int, mentioned: bool, first: int, last: int) -> Reading:
    """A length from an anchor as a date: two weeks ago. Vague ones are references."""
    assert reading.value is not None
    amount = reading.value.lstrip("PT").rstrip("YMWDHSEC")
    unit = reading.unit or UNIT_OF.get(reading.value[-1], "day")
    if reading.value.startswith("PT") and reading.value[-1] == "M":
        unit = "minute"
    if amount in ("X", "") or unit not in DESIGNATORS:
        vague = "PAST_REF" if sign < 0 else "FUTURE_REF"
        return Reading(first, last, "ref", value=vague)
    count = float(amount)
    if unit in LONGER:
        unit = UNIT_OF[reading.value[-1]]
    whole, half = int(count), count != int(count)
    if half:
        smaller = {
            "year": ("month", 12),
            "week": ("day", 7),
            "day": ("hour", 24),
            "hour": ("minute", 60),
        }
        unit, times = smaller.get(unit, (unit, 1))
        whole = round(count * times)
    return Reading(
        min(first, reading.first), last, unit=unit, shift=sign * whole, mentioned=mentioned,
        counts=reading.counts,
    )  # fmt: skip


# --- Relatives, ordinals, edges -----------------------------------------------------------------


def _relative(scan: Scan, unit: str, i: int, last: int) -> Reading | None:
    """Last week, this year, le mois prochain, العام الماضي, the same day, the past year."""
    after = relative_after(scan, last + 1)
    before = relative_before(scan, i - 1)
    ended = scan.table.past.at(scan.tokens.words, last + 1)
    if before is None and after is None and ended is not None and _plural(scan, i):
        return _made(scan, unit, "X", i, ended[1], -1, False)  # الأيام الأخيرة
    if before is not None:
        relative, first, end = before[0], before[1], last
    elif after is not None:
        relative, first, end = after[0], i, after[1]
    else:
        return _past(scan, unit, i, last)
    if before is not None and after is not None and after[0].mentioned and not relative.step:
        relative, end = after[0], after[1]  # cette année-là
    if unit not in DESIGNATORS:
        return None
    if _plural(scan, i) and not relative.mentioned and relative.step:
        value = DESIGNATORS[unit].format("X")
        return Reading(first, end, "duration", value=value, shift=relative.step, unit=unit)
    if scan.word(first) == "past":
        return _made(scan, unit, "1", first, end, -1, False)
    if unit in ("decade", "century") and relative.step == 0 and not relative.mentioned:
        return None
    if relative.mentioned and relative.step and unit != "day" and before is None and after is None:
        return None
    reading = Reading(first, end, unit=unit, shift=relative.step, mentioned=relative.mentioned)
    return _with_day(scan, reading) if unit == "month" else reading


def _with_day(scan: Scan, reading: Reading) -> Reading:
    """The 12th of this month, 15 du mois dernier, 12 من الشهر الجاري."""
    before = back_over(scan, scan.table.glue_of, reading.first - 1)
    day = day_before(scan, before) if before < reading.first - 1 else None
    return reading if day is None else replace(reading, first=day[1], day=day[0])


def _past(scan: Scan, unit: str, i: int, last: int) -> Reading | None:
    """The past year, recent months."""
    past = scan.table.past.ending(scan.tokens.words, i - 1)
    if past is None or past[1] < scan.floor or unit not in DESIGNATORS:
        return None
    return _made(scan, unit, "X" if _plural(scan, i) else "1", past[1], last, -1, False)


def _plural(scan: Scan, i: int) -> bool:
    """Whether the unit at token `i` is one of those that only several have: days, derniers mois."""
    return scan.word(i) in scan.table.plurals or scan.word(i - 1) in scan.table.plurals


def _ordinal_unit(scan: Scan, unit: str, i: int, last: int) -> Reading | None:
    """The 20th century, third quarter, le XXe siècle, النصف الأول."""
    number, first, end = _ordinal(scan, i, last)
    if number is None:
        return None
    if unit == "century":
        era = scan.table.eras.at(scan.tokens.words, end + 1)
        if era is not None and era[0] == "BC":
            return Reading(first, era[1], "ref", value=f"BC{number - 1:02}")
        return Reading(first, end, century=number) if 1 <= number <= 21 else None
    if unit == "quarter" and 1 <= number <= 4:
        return Reading(first, end, quarter=number)
    if unit == "half" and 1 <= number <= 2:
        return Reading(first, end, half=number, guess=scan.word(i - 1) != "-")
    return None


def _ordinal(scan: Scan, i: int, last: int) -> tuple[int | None, int, int]:
    end = i - 1
    if scan.word(end) == "-" and scan.touching(end) and scan.touching(i):
        end -= 1  # third-quarter
    before = number_before(scan, end) if end >= scan.floor else None
    if before is not None and before[2] and before[0] == int(before[0]):
        return int(before[0]), before[1], last
    word = scan.word(i - 1)
    roman = ROMAN.get(word) or ROMAN.get(word.removesuffix("e"))
    if roman is not None:
        return roman, i - 1, last
    if scan.word(last + 1) in ROMAN:
        return ROMAN[scan.word(last + 1)], i, last + 1
    century = scan.table.units.at(scan.tokens.words, i) == ("century", last)
    if before is not None and century and scan.table.numbers.places:
        return int(before[0]), before[1], last  # 20世纪
    after = number_after(scan, last + 1)
    if after is None or after[0] != int(after[0]):
        return None, i, last
    if after[2] or century or scan.table.conjunctions:  # قرن بیستم, siglo 21
        return int(after[0]), i, after[1]
    return None, i, last


def _nth(scan: Scan, i: int, last: int) -> Reading | None:
    """The first week of May, read only beside a month or a year; week 31."""
    number, first, end = _ordinal(scan, i, last)
    if number is None:
        numbered = scan.digits(last + 1, 1, 53, 2)
        clock = scan.table.clock.at(scan.tokens.words, last + 2) or scan.word(last + 2) == ":"
        return None if numbered is None or clock else Reading(i, last + 1, week=numbered)
    if not 1 <= number <= 5:
        return None
    return Reading(first, end, week=number, guess=True)


def _edged(scan: Scan, unit: str, i: int, last: int) -> Reading | None:
    """The end of the year: the unit that runs, read only with its edge."""
    if unit not in ("year", "month", "week", "day", "decade", "quarter"):
        return None
    if scan.table.edges_after.at(scan.tokens.words, last + 1):
        return Reading(i, last, unit=unit, shift=0)
    before = back_over(scan, scan.table.glue_of, i - 1)
    edge = scan.table.edges.ending(scan.tokens.words, before)
    edge = edge or scan.table.edges.ending(scan.tokens.words, i - 1)
    if scan.word(last + 1) == "-" and scan.touching(last + 2):
        return None  # the end of the week-long truce
    if edge is None or edge[1] < scan.floor:
        return None
    return Reading(i, last, unit=unit, shift=0)
