"""Values, kinds and reasons in words, for the report and the command line alike."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime

from schemas.messages import (
    Interval,
    Kind,
    Level,
    Place,
    Position,
    Quantity,
    SeverityReason,
    Time,
)
from transforms.cross_check.reliability import Reliability

LEVELS: tuple[Level, ...] = ("high", "medium", "low", "info")  # most urgent first

KINDS: dict[Kind, str] = {
    "count_conflict": "Figures differ",
    "date_conflict": "Dates differ",
    "stale_source": "Old figure still told",
    "correction": "Corrected",
    "edition_conflict": "Editions differ",
    "denial": "Denied",
    "headline_body": "Headline against body",
    "parts_total": "Parts do not add up",
    "weekday_date": "Weekday does not fit the date",
    "impossible_date": "No such date",
}

REASONS: dict[SeverityReason, str] = {
    "far_apart": "the values are far apart",
    "close": "the values are close",
    "many_sources": "several independent sources on each side",
    "few_sources": "few independent sources",
    "single_lineage": "one side rests on a single source",
    "grave_slot": "lives are at stake",
    "one_day_apart": "one day apart: an hour or a time zone may explain it",
    "expected_parties": "the parties are expected to differ",
    "denial_without_figure": "denied without another figure",
    "stale": "one side is out of date",
    "old": "the event is long past",
    "inside_article": "inside one article",
    "same_publisher": "one publisher's own editions",
    "event_not_sure": "that both speak of one event is likely, not certain",
    "taken_back": "the figure was taken back",
}

QUALIFIERS = {
    "about": "about ",
    "at_least": "at least ",
    "more_than": "more than ",
    "at_most": "at most ",
    "less_than": "less than ",
}

# Scripts written from right to left, by language.
RIGHT_TO_LEFT = frozenset({"ar", "ckb", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def direction(language: str) -> str:
    """The HTML `dir` of a BCP 47 tag: `rtl`, `ltr`, or `auto` where the language is not known."""
    first = language.split("-")[0].lower()
    if first in ("", "und", "mul"):
        return "auto"
    return "rtl" if first in RIGHT_TO_LEFT else "ltr"


def moment(time: datetime) -> str:
    """ISO 8601 to the minute, with the zone: 2021-08-30 23:59+04:30, 2021-08-31 00:00Z."""
    return time.isoformat(" ", "minutes").replace("+00:00", "Z")


def number(value: float) -> str:
    """For reading: 4,500; 1.5 million; 780 billion; 6.4."""
    for size, name in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{_plain(round(value / size, 3))} {name}"
    return _plain(value)


def _plain(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.10g}"


def interval(value: Interval) -> str:
    """The values meant: 5,700 to 6,300; 70 or more; up to 20; 8."""
    if value.low is None and value.high is None:
        return "any number"
    if value.high is None:
        return f"{number(value.low or 0)} or more"
    if value.low is None:
        return f"up to {number(value.high)}"
    if value.low == value.high:
        return number(value.low)
    return f"{number(value.low)} to {number(value.high)}"


def quantity(read: Quantity) -> str:
    """A figure as it was meant: about 6,000; XOF 780 billion; 12 %; 5 to 7."""
    if read.stated is None or read.qualifier in ("range", "vague"):
        text = interval(read.value)
    else:
        text = QUALIFIERS.get(read.qualifier, "") + number(read.stated)
    unit = read.unit or ""
    if unit == "%":
        return f"{text} %"
    return f"{unit} {text}" if re.fullmatch("[A-Z]{3}", unit) else text


def day(iso: str) -> str:
    """30 August 2021 for 2021-08-30; what is no day of the calendar stays as it is."""
    try:
        read = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{read.day} {read:%B} {read.year}"


def time(read: Time) -> str:
    """A date as it was meant: 30 August 2021; February 2020; 1 to 10 May 2021; 2018-04-31."""
    if read.earliest is None or read.latest is None:
        return read.edtf or read.timex3.value
    if read.earliest == read.latest:
        return day(read.earliest)
    if read.edtf and re.fullmatch(r"\d{4}", read.edtf):
        return read.edtf
    if read.edtf and re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", read.edtf):
        return day(f"{read.edtf}-01").split(" ", 1)[1]
    return f"{day(read.earliest)} to {day(read.latest)}"


def letter(index: int) -> str:
    """A, B, C… Z, then 27, 28…"""
    return chr(ord("A") + index) if index < 26 else str(index + 1)


def where(place: Place) -> str:
    """A place with the widest that holds it: Semera, Ethiopia."""
    return f"{place.name}, {place.parents[-1].name}" if place.parents else place.name


def fact(slot: str, counted: str) -> str:
    """What is spoken of: houses destroyed, accord signed; arrived, where nothing more is told."""
    named = counted.removeprefix("other:").replace("nationals:", "nationals of ")
    return slot if named in ("", "event", "None", slot) else f"{named} {slot}"


def speaker(given: str | None) -> str:
    """Who is quoted: as written, or the name of a kind of speaker (health_ministry)."""
    return (given or "").replace("_", " ")


def held(position: Position) -> str:
    """What a position holds, in the words most of its claims use."""
    said = Counter(_said(position))
    if said:
        return said.most_common(1)[0][0]
    if position.value is not None:
        return interval(position.value)
    return time(position.time) if position.time is not None else "?"


def _said(position: Position) -> Iterator[str]:
    for claim in position.claims:
        if claim.quantity is not None:
            if position.value is None or _meet(claim.quantity.value, position.value):
                yield quantity(claim.quantity)
        elif claim.time is not None:
            yield time(claim.time)


def _meet(one: Interval, other: Interval) -> bool:
    """Whether two intervals share a value. A sum of parts is the value of no claim."""
    low = max(one.low or 0, other.low or 0)
    high = min(math.inf if i.high is None else i.high for i in (one, other))
    return low <= high


def reliability(of: Reliability) -> str:
    """How often it was near, and what is expected of it: near in 12 of 20; 59 % (39 to 77 %)."""
    shares = f"{100 * of.share:.0f} % ({100 * of.low:.0f} to {100 * of.high:.0f} %)"
    return f"near in {of.near} of {of.disputes}; {shares}"


def plural(count: int, one: str, many: str = "") -> str:
    """1 article, 2 articles; 1 discrepancy, 1,204 discrepancies."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


# Controls (C0, C1, line and paragraph separators) become spaces, bidi controls go.
_UNPRINTABLE: dict[int, str | None] = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029), " "),
    **dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), None),
}


def printable(text: str) -> str:
    """`text` on one line, without what could steer a terminal or turn the text around it."""
    return text.translate(_UNPRINTABLE)
