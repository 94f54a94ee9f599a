"""Numbers whose digits each take a word for their place: 三百二十万, 3万5千, 1.2亿, 20多万."""

from __future__ import annotations

from typing import NamedTuple

from transforms.extract.digits import read_digits
from transforms.extract.number import Number, Written
from transforms.extract.number_table import NumberTable
from transforms.extract.tokens import Tokens

# Places below this one stand within a group (千, 百, 十); those from it on end it (万, 亿).
MYRIAD = 10_000
LONGEST_RUN = 12


class _Places(NamedTuple):
    """A number under way: `total` of the groups that 万 or 亿 closed, the `group` below, and the
    `digit` that waits for its place. What follows must be below `place` and `myriad`."""

    last: int
    total: float = 0
    group: float = 0
    digit: float | None = None
    place: int = MYRIAD
    myriad: int = 10**30
    scale: int = 1
    spelled: bool = True
    zero: bool = False

    @property
    def value(self) -> float:
        if self.digit is None:
            return self.total + self.group
        # Without 零 a last digit stands for the next lower place: 三万五, 一百二.
        implied = self.spelled and not self.zero and (self.group or self.total)
        digit = self.digit * self.place / 10 if implied else self.digit
        return self.total + self.group + digit


def read_by_places(tokens: Tokens, i: int, end: int, table: NumberTable) -> Number | None:
    """The longest number of digits (三, 3.5) and places (百, 万) that begins at token `i`.

    Digits without places are read as they stand: 二〇二三. None where none begins.
    """
    words = tokens.words
    ordinal = words[i] in table.ordinal_suffix  # 第三
    first = i + 1 if ordinal else i
    run = _run(tokens, first, end, table)
    if run > first:
        if run + 1 < end and words[run + 1] in table.places:
            return None  # 三四十
        digits = "".join(str(table.words[word].value) for word in words[first : run + 1])
        return Number(int(digits), run, "words", ordinal)
    state: _Places | None = _Places(first - 1)
    found = _Places(first - 1)
    at = first
    while at < end:
        state = _with_word(tokens, at, end, found, table)
        if state is None:
            break
        found = state
        at = max(state.last, at) + 1
    if found.last < first:
        return None
    while words[found.last] in table.inside:
        found = found._replace(last=found.last - 1)
    value = round(found.value, 6)
    digits_first = words[first].isdecimal()
    written: Written = "words" if not digits_first else "digits" if found.scale == 1 else "mixed"
    scale = found.scale if found.scale >= MYRIAD and found.digit is None else 1
    return Number(int(value) if value == int(value) else value, found.last, written, ordinal, scale)


def _with_word(
    tokens: Tokens, at: int, end: int, state: _Places, table: NumberTable
) -> _Places | None:
    """The number with token `at` more, None where that does not belong to it."""
    word = tokens.words[at]
    begun = state.group or state.total or state.digit is not None
    place = table.places.get(word)
    if place is not None and place < MYRIAD:
        if place >= state.place or (state.digit is None and place > 10):
            return None
        group = state.group + (1 if state.digit is None else state.digit) * place
        return state._replace(last=at, group=group, digit=None, place=place, scale=place)
    if place is not None:
        if place >= state.myriad or not (state.digit or state.group):
            return None
        total = state.total + (state.group + (state.digit or 0)) * place
        return _Places(at, total, myriad=place, scale=place)
    if word in table.inside and begun:
        following = tokens.words[at + 1] if at + 1 < end else ""
        return state._replace(last=at) if table.places.get(following, 0) >= MYRIAD else None
    if state.digit is not None:
        return None
    if word.isdecimal():
        found = read_digits(tokens, at, end, table)
        if found is None or (begun and found[0] >= state.place):
            return None
        return state._replace(last=found[1], digit=found[0], spelled=False)
    entry = table.words.get(word)
    if entry is None or entry.ordinal:
        return None
    if entry.value == 0 and begun:
        return state._replace(zero=True, last=at)
    return state._replace(last=at, digit=entry.value, spelled=True)


def _run(tokens: Tokens, i: int, end: int, table: NumberTable) -> int:
    """The last token of a run of digits in words (二〇二三) that begins at `i`, else `i`."""
    last = i - 1
    while last + 1 < end and last - i < LONGEST_RUN:
        entry = table.words.get(tokens.words[last + 1])
        if entry is None or entry.scale or entry.ordinal:
            break
        last += 1
    return max(last, i)
