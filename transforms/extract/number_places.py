"""Numbers whose digits each take a word for their place: 三百二十万, 3万5千, 1.2亿, 20多万."""

from __future__ import annotations

from transforms.extract.digits import read_digits
from transforms.extract.number import Number
from transforms.extract.number_table import NumberTable
from transforms.extract.tokens import Tokens

# Places below this one stand within a group (千, 百, 十); those from it on end it (万, 亿).
MYRIAD = 10_000


def read_by_places(tokens: Tokens, i: int, end: int, table: NumberTable) -> Number | None:
    """The longest number of digits (三, 3.5) and places (百, 万) that begins at token `i`.

    Digits without places are read as they stand: 二〇二三, 一九四九. None where none begins.
    """
    words = tokens.words
    ordinal = words[i] in table.ordinal_suffix  # 第三
    at = i + 1 if ordinal else i
    last = at - 1
    total: float = 0
    group: float = 0
    digit: float | None = None
    place, myriad, scale = MYRIAD, 10**30, 1
    mixed = written = False
    while at < end:
        word = words[at]
        if word in table.places:
            value = table.places[word]
            if value < MYRIAD:
                if value >= place and value >= (1 if digit is None else 10 * MYRIAD):
                    break
                if value >= place:
                    break
                group, digit, place = group + (1 if digit is None else digit) * value, None, value
                if last < i and value > 10:
                    return None  # 百 and 千 alone begin no number
            else:
                if value >= myriad or (digit is None and not group):
                    break
                total += (group + (digit or 0)) * value
                group, digit, place, myriad = 0, None, MYRIAD, value
            scale, last = value, at
        elif word in table.words and not table.words[word].scale:
            value = table.words[word].value
            run = _digits_in_words(tokens, at, end, table)
            if digit is not None or (run > at and last >= i):
                break
            if run > at:
                return Number(_value(words, at, run, table), run, "words", ordinal)
            if value == 0:
                if last < i:
                    return None
                at += 1
                continue
            digit, last, scale = value, at, 1
        elif word.isdecimal() and digit is None and (last < i or total or group):
            found = read_digits(tokens, at, end, table)
            if found is None or (found[0] >= place and last >= i):
                break
            digit, last, scale = found[0], found[1], 1
            written, mixed = True, mixed or last > i
            at = last
        elif word in table.inside and last >= i and at + 1 < end and words[at + 1] in table.places:
            if table.places[words[at + 1]] < MYRIAD:
                break
        else:
            break
        at += 1
    if last < at - 1 and last < i + ordinal:
        return None
    if last < i + ordinal:
        return None
    value = round(total + group + _tail(digit, scale, words, last, table, written), 6)
    plain = int(value) if value == int(value) else value
    kind = (
        "words" if not written else "digits" if words[last].isdecimal() and not mixed else "mixed"
    )
    return Number(plain, last, kind, ordinal, scale if scale >= MYRIAD else 1)


def _tail(
    digit: float | None,
    scale: int,
    words: tuple[str, ...],
    last: int,
    table: NumberTable,
    written: bool,
) -> float:
    """The last digit; after a place without 零 it stands for the next lower one: 三万五, 一百二."""
    if digit is None:
        return 0
    before = words[last - 1] if last else ""
    place = table.places.get(before, 1)
    return digit * place / 10 if not written and place > 10 else digit


def _digits_in_words(tokens: Tokens, i: int, end: int, table: NumberTable) -> int:
    """The last token of a run of at least two digits in words that begins at `i`, else `i`."""
    last = i
    while last + 1 < end and last - i < 12 and tokens.words[last + 1] in table.words:
        if table.words[tokens.words[last + 1]].scale or tokens.words[last + 1] in table.places:
            break
        last += 1
    return last


def _value(words: tuple[str, ...], first: int, last: int, table: NumberTable) -> int:
    return int("".join(str(table.words[word].value) for word in words[first : last + 1]))
