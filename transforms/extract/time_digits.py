"""Readings that begin with digits: 2021-11-20, 21/11/2020, 8:15, 15h30, 3 p.m., 1996-2001, 2021."""

from __future__ import annotations

from msgspec.structs import replace

from transforms.extract.time_reading import Reading
from transforms.extract.time_tables import LAST_YEAR
from transforms.extract.time_words import Scan, clock_led, number_after, over

DASHES = ("-", "–", "—")
# Without other evidence a bare number of four digits is a year only in this span.
FIRST_BARE, LAST_BARE = 1700, 2100
FIRST_SOLAR, LAST_SOLAR = 1200, 1450


def read_digits(scan: Scan, i: int) -> Reading | None:
    """What the digits at token `i` tell of a time."""
    if scan.touching(i) and scan.word(i - 1)[0] in ".,:/$€£#@_":
        return None
    if scan.table.eras.at(scan.tokens.words, i + 1):
        return None  # 44 BC is read at its era
    if len(scan.word(i)) == 4:
        return _iso(scan, i) or _decade(scan, i) or _years(scan, i) or _year(scan, i) or None
    return (
        _short_decade(scan, i)
        or _numeric_date(scan, i)
        or read_clock(scan, i)
        or _bare_day(scan, i)
        or _bare_hour(scan, i)
    )


# --- Dates --------------------------------------------------------------------------------------


def _iso(scan: Scan, i: int) -> Reading | None:
    """2020-11-21, 2020/11/21, 2020-11 where that is no range of years."""
    sign = scan.word(i + 1)
    if sign not in ("-", "/", ".") or not (scan.touching(i + 1) and scan.touching(i + 2)):
        return None
    year, month = scan.digits(i, 1000, LAST_YEAR), scan.digits(i + 2, 1, 12, 2)
    if year is None or month is None:
        return None
    if scan.word(i + 3) == sign and scan.touching(i + 3) and scan.touching(i + 4):
        day = scan.digits(i + 4, 1, 31, 2)
        solar = is_solar(scan, year)
        if day is None:
            return None
        return Reading(i, i + 4, year=year, month=month, day=day, solar=solar)
    if sign == "." or month == (year + 1) % 100:
        return None
    return Reading(i, i + 2, year=year, month=month)


def _numeric_date(scan: Scan, i: int) -> Reading | None:
    """21/11/2020, 21.11.20, 21-11-2020; 21/11 only after a word that leads to a day.

    `value` tells the order of day and month, or that it can be either.
    """
    sign = scan.word(i + 1)
    if sign not in ("/", ".", "-") or not (scan.touching(i + 1) and scan.touching(i + 2)):
        return None
    first, second = scan.digits(i, 1, 31, 2), scan.digits(i + 2, 1, 31, 2)
    year = scan.digits(i + 2, FIRST_BARE, LAST_BARE) if sign != "." else None
    if year is not None and first is not None and first <= 12 and len(scan.word(i)) == 2:
        return Reading(i, i + 2, year=year, month=first)
    if first is None or second is None or (first > 12 and second > 12):
        return None
    year, last = None, i + 2
    if scan.word(i + 3) == sign and scan.touching(i + 3) and scan.touching(i + 4):
        year, last = _written_year(scan, i + 4), i + 4
        more = scan.word(i + 5) == sign and scan.word(i + 6).isdecimal()
        if year is None or (more and scan.touching(i + 5) and scan.touching(i + 6)):
            return None
    elif sign != "/" or not _day_expected(scan, i):
        return None
    day, month = (first, second) if _day_first(scan, first, second, sign) else (second, first)
    order = _order(first, second, sign)
    solar = is_solar(scan, year)
    return Reading(i, last, year=year, month=month, day=day, value=order, solar=solar)


def is_solar(scan: Scan, year: int | None) -> bool:
    """Whether a year is one of the Persian calendar, where the language writes in it."""
    return scan.table.solar_years and year is not None and FIRST_SOLAR <= year <= LAST_SOLAR


def _order(first: int, second: int, sign: str) -> str | None:
    """What a date shows of the order of day and month: evidence, or that it can be either."""
    if sign != "/" or first == second:
        return None
    if first <= 12 and second <= 12:
        return "either"
    return "day_first" if first > 12 else "month_first"


def _day_first(scan: Scan, first: int, second: int, sign: str) -> bool:
    """With points and dashes the day stands first in every language; 5/4 differs."""
    if first > 12 or second > 12:
        return first > 12
    return scan.table.day_first or sign != "/"


def _written_year(scan: Scan, i: int) -> int | None:
    year = scan.digits(i, 1000, LAST_YEAR)
    if year is not None:
        return year
    short = scan.digits(i, 0, 99, 2)
    if short is None or len(scan.word(i)) != 2:
        return None
    return 2000 + short if short < 60 else 1900 + short


def _day_expected(scan: Scan, i: int) -> bool:
    """Whether a word before 22/04 leads to a day, so that it is no fraction."""
    words, table = scan.tokens.words, scan.table
    leads = (table.day_lead, table.range_from, table.prepositions, table.range_to, table.weekdays)
    return any(lexicon.ending(words, i - 1) is not None for lexicon in leads)


def _bare_day(scan: Scan, i: int) -> Reading | None:
    """On the 18th: a day of the month that runs, where nothing follows that it could count."""
    day = scan.digits(i, 1, 31, 2)
    mark = scan.table.day_marks.at(scan.tokens.words, i + 1)
    if day is not None and mark is not None and mark[0] == "alone" and scan.touching(i + 1):
        return Reading(i, mark[1], day=day)
    ordinal = scan.word(i + 1) in scan.table.numbers.ordinal_suffix and scan.touching(i + 1)
    led = scan.table.bare_day_lead.ending(scan.tokens.words, i - 1)
    last = i + 1 if ordinal else i
    last = mark[1] if mark is not None and scan.touching(i + 1) else last
    if day is None or led is None or not scan.ends_here(last + 1):
        return None
    if scan.touching(last + 1) and scan.touching(last + 2) and scan.word(last + 2).isalnum():
        return None  # el 5,1 %, el 11-S
    if scan.word(last + 1) == "%":
        return None  # el 4 %
    if led[0] == "ordinal" and not ordinal:
        return None
    return Reading(i, last, day=day)


def _bare_hour(scan: Scan, i: int) -> Reading | None:
    """At 5, from 7 to 9: read only if a day beside it proves it."""
    hour = scan.digits(i, 1, 24, 2)
    words, table = scan.tokens.words, scan.table
    if table.day_marks.at(words, i + 1) is not None:
        return None  # bis 5. Mai
    link = table.range_to.at(words, i + 1) or table.range_and.at(words, i + 1)
    until = scan.digits(link[1] + 1, 1, 24, 2) if link is not None else None
    if hour is not None and until is not None and table.range_from.ending(words, i - 1):
        last = (link[1] if link is not None else i) + 1
        end = Reading(last, last, hour=until if until > hour else until + 12)
        others = (table.months, table.hijri_months, table.units, table.clock, table.range_to)
        other = any(lexicon.at(words, last + 1) is not None for lexicon in others)
        proven = scan.ends_here(last + 1) and scan.word(last + 1) not in "/.:-"
        proven = proven or (scan.word(last + 1) in table.triggers and not other)
        return Reading(i, last, hour=hour, until=end, guess=True) if proven else None
    led = table.clock_lead.ending(words, i - 1) is not None
    if hour is None or not led or not scan.ends_here(i + 1):
        return None
    return Reading(i, i, hour=hour, guess=True)


# --- Years --------------------------------------------------------------------------------------


def _decade(scan: Scan, i: int) -> Reading | None:
    """The 1990s."""
    year = scan.digits(i, 1500, 2090)
    if year is None or year % 10:
        return None
    after = scan.table.decade_after.at(scan.tokens.words, i + 1)
    if after is None or not scan.touching(i + 1):
        return None
    return Reading(i, after[1], decade=year)


def _short_decade(scan: Scan, i: int) -> Reading | None:
    """The '70s, the early 80s; not his 70s. In den 90er-Jahren."""
    tens = scan.digits(i, 20, 90, 2)
    if tens is None or tens % 10 or not scan.touching(i + 1):
        return None
    words, table = scan.tokens.words, scan.table
    marked = table.decade_short.at(words, i + 1)
    if marked is not None:
        return Reading(i, marked[1], decade=1900 + tens)
    after = table.decade_after.at(words, i + 1)
    sign = scan.word(i - 1) == "'" and scan.touching(i)
    before = i - 1 - sign
    led = table.articles.ending(words, before) or table.edges.ending(words, before)
    if after is None or (not sign and (led is None or scan.word(before) in table.not_decade)):
        return None
    return Reading(i - sign, after[1], decade=1900 + tens)


def _years(scan: Scan, i: int) -> Reading | None:
    """1996-2001, 2011-12, 2011/12."""
    if scan.word(i + 1) not in (*DASHES, "/"):
        return None
    if scan.touching(i) and scan.word(i - 1) in DASHES and scan.word(i - 2).isdecimal():
        return None
    first = scan.digits(i, 1500, LAST_YEAR)
    second = scan.digits(i + 2, 1500, LAST_YEAR) if len(scan.word(i + 2)) == 4 else None
    short = scan.digits(i + 2, 0, 99, 2) if len(scan.word(i + 2)) == 2 else None
    if first is None or (scan.word(i + 3) in DASHES and scan.touching(i + 3)):
        return None
    if second is None and short is not None and scan.touching(i + 2) and scan.touching(i + 1):
        second = first - first % 100 + short
    if second is None or not first < second <= first + 200:
        return None
    last = over(scan, scan.table.year_marks, i + 3) - 1
    until = Reading(i + 2, last, year=second)
    return Reading(i, last, year=first, until=until)


def _year(scan: Scan, i: int) -> Reading | None:
    """A bare year: after in, since, عام, en; a guess elsewhere that only a neighbour can prove."""
    year = scan.digits(i, 1000, LAST_YEAR)
    if year is None or scan.word(i + 1) in ("%", "°") or _part_of_number(scan, i):
        return None
    if scan.word(i + 1) == ":" and scan.touching(i + 2):
        return None
    words, table = scan.tokens.words, scan.table
    solar = is_solar(scan, year)
    label = table.labels.ending(words, i - 1)
    if label is not None and label[0] in ("year", "fiscal") and label[1] >= scan.floor:
        fiscal = "FY" if label[0] == "fiscal" else None
        return Reading(label[1], i, year=year, value=fiscal, solar=solar)
    marked = over(scan, table.year_marks, i + 1) - 1
    if marked > i:
        return Reading(i, marked, year=year, solar=solar)
    if solar:
        return Reading(i, i, year=year, solar=True, guess=True)
    if not FIRST_BARE <= year <= LAST_BARE:
        return None
    lead = table.lead.ending(words, i - 1)
    led = lead is not None and (lead[0] == "in" or not _counts(scan, i))
    led = led or (scan.word(i - 1) == "(" and year >= 1900 and scan.ends_here(i + 1))
    ranged = table.range_from.ending(words, i - 1) or table.range_to.ending(words, i - 1)
    led = led or (ranged is not None and not _counts(scan, i)) or _stands_free(scan, i, year)
    return Reading(i, i, year=year, guess=not led)


def _stands_free(scan: Scan, i: int, year: int) -> bool:
    """2019 was good; le championnat 2016, سلسلة 2015: a year before a small word or a sign."""
    table = scan.table
    if not 1950 <= year <= 2035 or not table.small_words:
        return False
    before, after = scan.word(i - 1), scan.word(i + 1)
    if year % 100 == 0 and after in table.counted_of:
        return False  # 2000 of its nationals
    free_after = after in table.small_words or after in ("", ",", "،", ";", ":", ".", ")")
    if table.name_case == "capital" and year % 100 and before in table.small_words | {""}:
        noun = after.isalpha() and not after.endswith(table.plural_ends)
        free_after = free_after or (noun and scan.exactly(i + 1).islower())  # the 2018 data
    if not free_after or before in table.number_labels:
        return False
    if before == "," and scan.digits(i - 2, 1, 31, 2):
        return False  # November 21, 2020 in a text of another language
    if before in table.small_words or before in ("", ".", ",", ";"):
        return not (before in (",", ";") and after in (",", ";"))
    noun = before.isalpha() and year % 100 != 0
    return noun and (table.name_case != "capital" or scan.capital(i - 1))


def _part_of_number(scan: Scan, i: int) -> bool:
    """Whether a sign joins the digits to others: 2,000.5; $2015; +86 2010-2015."""
    if scan.touching(i + 1) and scan.word(i + 1)[0] in ".,/-" and scan.word(i + 2).isdecimal():
        return scan.touching(i + 2)
    return scan.word(i + 1).isdecimal() and scan.table.months.at(scan.tokens.words, i + 2) is None


def _counts(scan: Scan, i: int) -> bool:
    """Whether the digits may count what follows: of 2000 people."""
    year, after = int(scan.word(i)), scan.word(i + 1)
    if scan.ends_here(i + 1) or (1950 <= year <= 2035 and year % 100):
        return False
    small = after in scan.table.small_words
    plural = not scan.table.plural_ends or after.endswith(scan.table.plural_ends)
    return year % 100 == 0 or (plural and not small)


# --- Clock --------------------------------------------------------------------------------------


def read_clock(scan: Scan, i: int) -> Reading | None:
    """8:15, 08:15:30, 8.15pm, 15h30, 15 heures, 3 p.m., 8 o'clock."""
    hour = scan.digits(i, 0, 24, 2)
    if hour is None:
        return None
    minute, second, last = None, None, i
    sign = scan.word(i + 1)
    hours = scan.table.clock.at(scan.tokens.words, i + 1)
    if sign in (":", ".") and scan.touching(i + 1) and scan.touching(i + 2):
        minute = scan.digits(i + 2, 0, 59, 2) if len(scan.word(i + 2)) == 2 else None
        if minute is None:
            return None
        last = i + 2
        if scan.word(i + 3) == ":" and scan.touching(i + 3):
            second = scan.digits(i + 4, 0, 59, 2)
            last = i + 4 if second is not None else last
    elif hours is not None and hours[0] == "hours":
        return _french(scan, i, hour, hours[1])
    return _half_of_day(scan, Reading(i, last, hour=hour, minute=minute, second=second), sign)


def _french(scan: Scan, i: int, hour: int, last: int) -> Reading | None:
    """15h30, 15 heures 30; 15 heures alone only after à: else it is a length."""
    minute = scan.digits(last + 1, 0, 59, 2) if len(scan.word(last + 1)) == 2 else None
    if minute is not None and (scan.touching(last + 1) or len(scan.word(last)) > 1):
        end = last + 1
        told = scan.table.minute_words.at(scan.tokens.words, end + 1)
        end = told[1] if told is not None and told[0] == "minutes" else end
        return _half_of_day(scan, Reading(i, end, hour=hour, minute=minute), "")
    led = clock_led(scan, i)
    short = len(scan.word(last)) == 1 or not scan.table.units.at(scan.tokens.words, last)
    if not led and not short:
        return None
    return _half_of_day(scan, Reading(i, last, hour=hour), "")


def _half_of_day(scan: Scan, reading: Reading, sign: str) -> Reading | None:
    """With am, pm, du soir, مساء; digits with neither these nor minutes are no time."""
    words, table = scan.tokens.words, scan.table
    label = table.clock_label.ending(words, reading.first - 1)
    after = table.clock.at(words, reading.last + 1)
    hours = False
    if after is not None and after[0] == "hours":
        hours, reading = True, replace(reading, last=after[1])
        after = table.clock.at(words, after[1] + 1)
    hour = reading.hour or 0
    if after is not None and after[0] in ("am", "pm") and hour <= 12:
        hour = hour % 12 + (12 if after[0] == "pm" else 0)
        reading = replace(reading, last=after[1], hour=hour, half_told=True)
    elif reading.minute is None and not hours and reading.last == reading.first:
        if label is None:
            return None
    elif sign == "." and not hours and not _is_hour(scan, reading, label):
        return None
    zone = table.zones.at(words, reading.last + 1)
    last = zone[1] if zone is not None else reading.last
    first = label[1] if label is not None else reading.first
    return _clock_range(scan, replace(reading, first=max(first, scan.floor), last=last))


def _is_hour(scan: Scan, reading: Reading, label: object) -> bool:
    """Whether 15.30 is an hour by what stands around it: a las 15.30, в 15.30 мск."""
    words, table = scan.tokens.words, scan.table
    led = table.clock_lead.ending(words, reading.first - 1)
    told = led is not None and led[1] < reading.first - 1
    return told or label is not None or table.zones.at(words, reading.last + 1) is not None


def _clock_range(scan: Scan, reading: Reading) -> Reading:
    """5-6 pm, from 5 to 7:30: the hour before the hour."""
    link = scan.table.range_to.ending(scan.tokens.words, reading.first - 1)
    link = link or scan.table.range_and.ending(scan.tokens.words, reading.first - 1)
    if link is None or link[1] <= scan.floor or reading.hour is None:
        return reading
    start = scan.digits(link[1] - 1, 0, 24, 2)
    led = scan.table.range_from.ending(scan.tokens.words, link[1] - 2)
    dash = scan.word(link[1]) in DASHES
    if start is None or not (dash or led) or scan.word(link[1] - 2) == ":":
        return reading
    hour = start + 12 if reading.hour > 12 and start + 12 < reading.hour else start
    return replace(reading, first=link[1] - 1, hour=hour, minute=None, until=reading)


def read_clock_words(scan: Scan, i: int) -> Reading | None:
    """الساعة الثامنة والنصف مساء, الساعة 8: an hour after the word for it."""
    found = scan.table.clock_label.at(scan.tokens.words, i)
    if found is None:
        return None
    number = number_after(scan, found[1] + 1)
    if number is None or not 0 <= number[0] <= 24:
        return None
    if scan.word(found[1] + 1).isdecimal():
        return read_clock(scan, found[1] + 1)
    half = number[0] != int(number[0])
    reading = Reading(i, number[1], hour=int(number[0]), minute=30 if half else None)
    half_past = scan.table.and_half.at(scan.tokens.words, number[1] + 1)
    if half_past is not None:
        reading = replace(reading, last=half_past[1], minute=30)
    after = scan.table.clock.at(scan.tokens.words, reading.last + 1)
    if after is not None and after[0] == "pm" and reading.hour is not None and reading.hour <= 12:
        return replace(reading, last=after[1], hour=reading.hour % 12 + 12)
    return reading if after is None else replace(reading, last=after[1])
