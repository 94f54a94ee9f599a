"""Whether two values can mean the same: the intervals of the design."""

from __future__ import annotations

from datetime import date
from functools import cache
from math import inf

import msgspec

from schemas.messages import Claim, Quantity, Time
from transforms.cross_check.groups import PUPILS, group
from transforms.extract.time_tables import time_table
from transforms.extract.tokens import tokenize
from transforms.languages.load import table
from transforms.read.normal import fold

COARSE = frozenset(("week", "month", "quarter", "season", "year", "decade", "century"))
OPEN = frozenset({"at_least", "more_than", "at_most", "less_than"})


class Range(msgspec.Struct, frozen=True, gc=False):
    """An interval of numbers; `low_open` and `high_open`: the end itself is not meant."""

    low: float
    high: float
    low_open: bool = False
    high_open: bool = False


def range_of(quantity: Quantity) -> Range:
    """The interval a quantity can mean. More than 20 is (20, inf), fewer than 20 is [0, 20)."""
    low, high = quantity.value.low, quantity.value.high
    return Range(
        -inf if low is None else low,
        inf if high is None else high,
        quantity.qualifier == "more_than",
        quantity.qualifier == "less_than",
    )


def ranges_meet(one: Range, other: Range) -> bool:
    """Whether two intervals share a value. Symmetric."""
    low, high = max(one.low, other.low), min(one.high, other.high)
    if low != high:
        return low < high
    for interval in (one, other):
        if (interval.low_open and interval.low == low) or (
            interval.high_open and interval.high == high
        ):
            return False
    return True


def is_precise(claim: Claim) -> bool:
    """Whether a claim can found a position: neither vague nor open."""
    if claim.quantity is not None:
        return claim.quantity.qualifier != "vague" and claim.quantity.qualifier not in OPEN
    return claim.time is not None and claim.time.granularity not in COARSE


def told_from_publication(claim: Claim) -> bool:
    """Whether a date is told as today, yesterday, last night."""
    language = claim.article.language.partition("-")[0]
    told = tokenize(*[fold(claim.quote.quote.exact)] * 2).words
    weekdays = time_table(language).weekdays
    named = [found[0] for i in range(len(told)) if (found := weekdays.at(told, i))]
    span = days_of(claim.time) if claim.time is not None else None
    if span is not None and [span[0].isoweekday()] == named:
        return False  # yesterday, Sunday: a copy of another day would be at odds with itself
    words, phrases = f" {' '.join(told)} ", _deictics(language)
    return any(f" {phrase} " in words for phrase in phrases)


@cache
def _deictics(language: str) -> frozenset[str]:
    """The words of a language for days told from publication: yesterday, last night."""
    phrases = (p for days in table(language, "times")["deictics"].values() for p in days)
    return frozenset(" ".join(tokenize(*[fold(phrase)] * 2).words) for phrase in phrases)


def days_of(time: Time) -> tuple[date, date] | None:
    """First and last day a time can mean, None where it names none."""
    if time.earliest is None or time.latest is None:
        return None
    return date.fromisoformat(time.earliest), date.fromisoformat(time.latest)


def meet(one: Claim, other: Claim) -> bool:
    """Whether two claims of one kind can both be true. Symmetric."""
    if one.quantity is not None and other.quantity is not None:
        return ranges_meet(range_of(one.quantity), range_of(other.quantity))
    if one.time is not None and other.time is not None:
        first, second = days_of(one.time), days_of(other.time)
        if first is None or second is None:
            return True
        return max(first[0], second[0]) <= min(first[1], second[1])
    return False


def agree(one: Claim, other: Claim) -> bool:
    """Whether two comparable claims can both be true. Symmetric.

    Of one group: when their intervals meet. Of all people and a part of them: unless the part is
    larger than the whole.
    """
    groups = group(one), group(other)
    if groups[0] == groups[1] or set(groups) == PUPILS:
        return meet(one, other)
    part, whole = (one, other) if groups[1] == "people" else (other, one)
    if part.quantity is None or whole.quantity is None:
        return True
    return range_of(part.quantity).low <= range_of(whole.quantity).high


def width(claim: Claim) -> float:
    """How much a claim leaves open: the length of its interval, in units or days."""
    if claim.quantity is not None:
        interval = range_of(claim.quantity)
        return interval.high - interval.low
    span = days_of(claim.time) if claim.time is not None else None
    return inf if span is None else float((span[1] - span[0]).days)


def size(claim: Claim) -> float:
    """The middle of a claim's value: the number (open: its end), or the day's ordinal."""
    if claim.quantity is not None:
        interval = range_of(claim.quantity)
        if claim.quantity.stated is not None and claim.quantity.qualifier != "range":
            return claim.quantity.stated
        if interval.high == inf:
            return interval.low
        return interval.high if interval.low == -inf else (interval.low + interval.high) / 2
    span = days_of(claim.time) if claim.time is not None else None
    return 0.0 if span is None else (span[0].toordinal() + span[1].toordinal()) / 2
