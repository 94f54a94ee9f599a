"""What a written number means: the interval of values, by the table "Values" of the design."""

from __future__ import annotations

import math
from typing import Literal

from schemas.messages import Interval, Qualifier

Hedge = Literal[
    "exact", "about", "nearly", "just_over", "at_least", "more_than", "at_most", "less_than"
]

# How a hedge is named in messages.
QUALIFIERS: dict[Hedge, Qualifier] = {
    "exact": "exact",
    "about": "about",
    "nearly": "about",
    "just_over": "about",
    "at_least": "at_least",
    "more_than": "more_than",
    "at_most": "at_most",
    "less_than": "less_than",
}


def interval(value: float, hedge: Hedge, *, rounds: bool = True, counts: bool = True) -> Interval:
    """The values that `value` with its hedge can mean.

    `rounds`: round numbers of 100 and above stand for their neighbours; not so shares,
    percentages and ages. `counts`: it counts whole things, so that more than 20 begins at 21; of
    lengths, money and shares it begins at 20.
    """
    if hedge == "about":
        return about(value, 0.1)
    step = 1 if counts and value == int(value) else 0
    if hedge == "nearly":
        return _ordered(0.9 * value, value)
    if hedge == "just_over":
        return _ordered(value, 1.1 * value)
    if hedge == "at_least":
        return Interval(value, None)
    if hedge == "more_than":
        return Interval(value + step, None)
    if hedge == "at_most":
        return Interval(min(0, value), value)
    if hedge == "less_than":
        return Interval(min(0, value), value - step if value > 0 else value)
    return rounded(value) if rounds else Interval(value, value)


def rounded(value: float) -> Interval:
    """A number from 100 with zeros at its end stands for half a unit of its last other digit
    around it, at most 5 %: 6,000 is [5,700, 6,300], 124,000 is [123,500, 124,500].
    """
    whole = abs(value)
    if whole < 100 or whole != int(whole) or int(whole) % 10:
        return Interval(value, value)
    digits = str(int(whole))
    unit = 10 ** (len(digits) - len(digits.rstrip("0")))
    spread = min(unit / 2, whole * 0.05)
    return _ordered(value - spread, value + spread)


def about(value: float, share: float) -> Interval:
    """`share` around the value; of a whole number at least 1."""
    spread = abs(value) * share
    if value == int(value):
        spread = max(spread, 1)
    low = value - spread
    return _ordered(max(0, low) if value >= 0 else low, value + spread)


def about_unit(value: float) -> Interval:
    """A dozen, une centaine: 15 % around it, rounded outwards."""
    return Interval(math.floor(0.85 * value), math.ceil(1.15 * value))


def _ordered(one: float, other: float) -> Interval:
    low, high = round(min(one, other), 6), round(max(one, other), 6)
    return Interval(low, high)
