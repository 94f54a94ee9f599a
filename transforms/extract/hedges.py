"""What stands before a number: its currency sign, how exactly it is meant, whether it changes."""

from __future__ import annotations

from typing import Literal

from transforms.extract.nouns import currency_before
from transforms.extract.quantity_table import QuantityTable
from transforms.extract.tokens import Tokens
from transforms.extract.values import Hedge


def before_sign(tokens: Tokens, i: int, table: QuantityTable) -> int:
    """Where the number begins with its currency sign."""
    sign = currency_before(tokens, i, table)
    return sign[1] if sign is not None else i


def hedge_before(tokens: Tokens, i: int, table: QuantityTable) -> tuple[Hedge | None, int]:
    """What stands before a number of how exactly it is meant, and where that begins."""
    found = table.before.at(tokens, i - 1)
    if found is None or _line_between(tokens, i):
        return None, i
    hedge, first = found
    place = first > 0 and tokens.words[first - 1] in table.words["unless_after"]
    if place and tokens.words[first] in table.words["unless_words"]:
        return None, i  # handed over three towns
    if hedge == "at_most" and _is_level(tokens, first, table):
        return None, i
    outer = table.before.at(tokens, first - 1)
    if outer is not None and hedge == "about":  # more than about 20
        return outer
    return hedge, first


def _is_level(tokens: Tokens, first: int, table: QuantityTable) -> bool:
    """Whether the bound at token `first` is a new level: выросла до 5 %, subió hasta el 5 %."""
    lists = table.words
    if tokens.words[first] not in lists["change_to"]:
        return False
    before = tokens.words[max(first - 10, 0) : first]
    return any(word in lists["change_passed"] for word in before)


def _line_between(tokens: Tokens, i: int) -> bool:
    return i > 0 and "\n" in tokens.text[tokens.ends[i - 1] : tokens.starts[i]]


def change_before(
    tokens: Tokens, first: int, table: QuantityTable, *, strict: bool
) -> Literal["up", "down"] | None:
    """Whether what begins at `first` tells a change: up 5 per cent, fell by half.

    `strict`: only with a word that says "by"; a count after "rose" may be the new level. A word
    that compares what is named after it tells none: a lower toll of 31.
    """
    words, lists = tokens.words, table.words
    at = first - 1
    by = at >= 0 and words[at] in lists["change_by"]
    if not by and strict:
        return None
    at -= by
    for k in range(at, max(at - 3, -1), -1):
        word = words[k]
        if k < at and word in lists["change_compared"]:
            return None
        if word in lists["change_up"]:
            return "up"
        if word in lists["change_down"]:
            return "down"
        if word in lists["change_to"] or not word.isalpha():
            return None
    return None


def is_stretch(tokens: Tokens, first: int, table: QuantityTable) -> bool:
    """Whether "over" at token `first` tells a stretch of time or place: over two days."""
    if tokens.words[first] not in table.words["unless_stretch"]:
        return False
    return first == 0 or tokens.words[first - 1] not in table.words["unless_measured_after"]
