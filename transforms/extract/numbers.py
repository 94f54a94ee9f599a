"""Numbers as they are written: digits of any locale, number words, and both mixed.

A number word is an *atom* (five, vingt, مئتان) that is added, or a *scale* (hundred, mille, ألف)
that multiplies what stands before it. Each atom leaves *room*: what is added next must be smaller
(after twenty less than ten, after soixante less than twenty). Languages differ in data only:
transforms/languages/<lang>/numbers.toml and number_words.json.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from transforms.extract.digits import LONGEST_DIGITS, mixed_fraction, read_digits, scientific
from transforms.extract.number import Number, Written
from transforms.extract.number_places import read_by_places
from transforms.extract.number_table import VULGAR, NumberTable, Word, number_table
from transforms.extract.tokens import Tokens

__all__ = ["Number", "NumberTable", "number_table", "read_number"]

UNBOUNDED = 10**30


class _State(msgspec.Struct, frozen=True, gc=False):
    """A number under way: `total` of the parts closed by a scale, and the `group` below it.

    `limit`: the scale last applied; what is added must be smaller. `room` and `floor`: what may be
    added to the group. `unit`: the last atom if below ten, for languages that say it before the
    ten (units first), and for four-twenty.
    """

    last: int
    total: float = 0
    limit: int = UNBOUNDED
    group: float | None = None
    room: int = 1
    floor: int = 1
    unit: int = 0
    ordinal: bool = False

    @property
    def value(self) -> float:
        return self.total + (self.group or 0)


def read_number(
    tokens: Tokens, i: int, table: NumberTable, end: int | None = None
) -> Number | None:
    """The longest number that begins exactly at token `i` and ends before token `end`.

    Reads digits (6,000; 6 000; 6.000; 1,5), digits with scale words (1.3 million, 300k), number
    words, ordinals (flagged), halves (two and a half; نصف مليون). None where no number begins.
    A word such as "one" or "un" is read as 1 here; whether it counts is the caller's to judge.
    """
    end = len(tokens.words) if end is None else end
    if table.places:
        return read_by_places(tokens, i, end, table)
    state = _begin(tokens, i, end, table)
    if state is None:
        return None
    begun = state.last
    words, digits = tokens.words, tokens.words[i].isdecimal()
    before: _State | None = None
    while not state.ordinal or table.units_first:
        following = _following(tokens, state, end, table)
        if following is None:
            break
        at, joined, word = following
        if digits and not joined and not word.scale and not words[at].isdecimal():
            break  # 1,6 millones un año antes
        if joined and word.value <= 3 and at + 1 < end and tokens.words[at + 1] in table.shares:
            break  # two million and three quarters
        after = _add(state, at, joined, word, table)
        if after is None:
            if word.scale and before is not None and not word.joined:
                state = before  # one hundred and two hundred: two numbers
            break
        if word.scale:
            before = None
        elif joined or state.group is None:
            before = state
        state = after
    state = _with_fraction(tokens, state, end, table)
    if state.last == begun and not digits:
        entry = table.words.get(tokens.words[i])
        if entry is not None and entry.alone is None:
            return None
    written: Written = "words" if not digits else "digits" if state.last == begun else "mixed"
    value = state.value
    value = int(value) if value == int(value) else value
    return Number(value, state.last, written, state.ordinal, _ends_with_scale(state, written))


def _ends_with_scale(state: _State, written: Written) -> int:
    if state.group is None:
        return state.limit if state.limit < UNBOUNDED else 1
    return 100 if written == "words" and state.group >= 100 and state.group % 100 == 0 else 1


def _begin(tokens: Tokens, i: int, end: int, table: NumberTable) -> _State | None:
    words = tokens.words
    first = words[i]
    if first.isdecimal():
        return _begin_digits(tokens, i, end, table)
    if first in VULGAR:
        return _State(i, group=VULGAR[first])
    if first in table.shares:
        amount = table.shares[first]
        scaled = _begin_scale(tokens, i, amount, end, table)
        return scaled or (_State(i, group=amount) if amount > 1 else None)
    if first in table.articles:
        if i + 1 < end and words[i + 1] in table.shares:
            return _begin_scale(tokens, i + 1, table.shares[words[i + 1]], end, table)
        if first not in table.words:
            return _begin_scale(tokens, i, 1, end, table)
    entry = table.words.get(first)
    if entry is None:
        return None
    if entry.value <= 3 and i + 2 < end:  # three quarters of a million
        at = i + 1 + _hyphen(tokens, i + 1, end)
        share = table.shares.get(words[at])
        part = share and _begin_scale(tokens, at, entry.value * share, end, table)
        if part:
            return part
    if entry.scale and entry.alone is None:
        following = table.words.get(words[i + 1]) if i + 1 < end else None
        if following is None or not following.scale or following.value <= entry.value:
            return None
        return _State(i, group=entry.value, room=100)  # hundred thousand
    if not entry.scale:
        return _state(i, entry)
    if entry.value == 100:
        return _State(i, group=entry.alone, room=100, ordinal=entry.ordinal)
    return _State(i, total=entry.alone or 0, limit=entry.value, ordinal=entry.ordinal)


def _begin_scale(
    tokens: Tokens, i: int, amount: float, end: int, table: NumberTable
) -> _State | None:
    """A hundred, half a million, un demi-million: `amount` stands at `i`, a scale must follow."""
    words = tokens.words
    at = i + 1
    while amount < 1 and at < end and at < i + 5 and (words[at] in table.of or words[at] == "-"):
        at += 1
    scale = table.words.get(words[at]) if at < end else None
    if scale is None or not scale.scale or scale.joined or scale.prefixed or scale.ordinal:
        return None
    if amount < 1 and scale.value == 100:
        return None
    return _add(_State(at, group=amount), at, False, scale, table)


def _state(i: int, word: Word) -> _State:
    if word.value >= 1000:  # ألفان
        return _State(i, total=word.value, limit=word.room)
    unit = word.value if word.value < 10 else 0
    return _State(
        i, group=word.value, room=word.room, floor=word.floor, unit=unit, ordinal=word.ordinal
    )


def _begin_digits(tokens: Tokens, i: int, end: int, table: NumberTable) -> _State | None:
    found = read_digits(tokens, i, end, table)
    if found is None:
        return None
    value, last = found
    power = scientific(tokens, last, end)
    if power is not None:
        return _State(power[1], group=float(f"{value}e{power[0]}"), room=0)
    fraction = mixed_fraction(tokens, last, end) if value < 1000 else None
    if fraction is not None:
        return _State(fraction[1], group=value + fraction[0], room=0)
    if last + 1 < end:
        word = tokens.words[last + 1]
        touching = tokens.touching(last + 1)
        apart = word in table.ordinal_suffix and _is_apart(tokens, last + 1)
        if (touching or apart) and value == int(value):
            ordinal = _ordinal_end(tokens, last, end, table)
            if ordinal is not None:
                return _State(ordinal, group=value, ordinal=True)
        written = tokens.exact(last + 1, last + 1)  # 5M is five million, 5m five metres
        scale = table.suffix.get(word) or table.suffix.get(written)
        if scale is not None and (
            touching or len(word) > 1 or _before_money(tokens, last + 2, end, table)
        ):
            last += 1 + _point_after(tokens, last + 1, end, table)
            return _State(last, total=round(value * scale, 6), limit=scale)
        last = _case_end(tokens, last, end, table)
    return _State(last, group=value, room=0)  # nothing is added to digits


def _ordinal_end(tokens: Tokens, last: int, end: int, table: NumberTable) -> int | None:
    """The last token of an ordinal in digits that end at `last`: 5th, 5-й, 5'inci, 5. März."""
    words = tokens.words
    at = last + 1
    if words[at] == "." and table.ordinal_point:
        return at if _point_of_ordinal(tokens, at, table) else None
    if words[at] in ("-", "'") and at + 1 < end and tokens.touching(at + 1):
        at += 1
    return at if words[at] in table.ordinal_suffix else None


def _point_of_ordinal(tokens: Tokens, at: int, table: NumberTable) -> bool:
    """Whether the point at token `at` makes an ordinal, by the word that follows."""
    following = at + 1
    if following >= len(tokens.words) or tokens.touching(following):
        return False
    start = tokens.starts[following]
    if "\n" in tokens.text[tokens.ends[at] : start]:
        return False
    return tokens.text[start].islower() or tokens.words[following] in table.ordinal_point


def _case_end(tokens: Tokens, last: int, end: int, table: NumberTable) -> int:
    """The last token of the case ending set to digits: 5'i, 20'den, 15-ти."""
    at = last + 2
    if at >= end or not table.case_marks or tokens.words[at - 1] not in table.case_marks:
        return last
    set_to = tokens.touching(at - 1) and tokens.touching(at)
    return at if set_to and tokens.words[at] in table.case_suffix else last


def _point_after(tokens: Tokens, at: int, end: int, table: NumberTable) -> int:
    """1 when the point of an abbreviation follows: 5 Mio. Euro."""
    return int(
        table.suffix_point
        and at + 1 < end
        and tokens.words[at + 1] == "."
        and tokens.touching(at + 1)
    )


def _is_apart(tokens: Tokens, i: int) -> bool:
    """42 e édition, 1 er semestre: whether a suffix stands apart between digits and a word."""
    after = i + 1
    following = after < len(tokens.words) and tokens.words[after].isalpha()
    return following and not tokens.touching(after) and tokens.exact(i, i).islower()


def _before_money(tokens: Tokens, i: int, end: int, table: NumberTable) -> bool:
    """1,2 M€, 45 k€, 12 M d'habitants: whether a letter apart from its digits is a scale."""
    if i >= end:
        return False
    if tokens.words[i] in ("€", "$", "£"):
        return tokens.touching(i)
    return tokens.words[i] in table.of and tokens.exact(i - 1, i - 1) == "M"


def _following(
    tokens: Tokens, state: _State, end: int, table: NumberTable
) -> tuple[int, bool, Word] | None:
    """The next word of the number, its index, and whether "and" stands before or in it."""
    words = tokens.words
    at = state.last + 1
    at += _hyphen(tokens, at, end)
    joined = at < end and words[at] in table.join
    if joined:
        at += 1
        at += _hyphen(tokens, at, end)
    if at >= end or "\n" in tokens.text[tokens.ends[state.last] : tokens.starts[at]]:
        return None
    word = table.words.get(words[at])
    if word is not None:
        return at, joined or word.joined, word
    if words[at].isdecimal() and _takes_digits(tokens, state, at, joined, end, table):
        found = read_digits(tokens, at, end, table)  # خمسة آلاف و300
        if found is not None and found[0] == int(found[0]):
            return found[1], joined, Word(int(found[0]), int(found[0]))
    return None


def _takes_digits(
    tokens: Tokens, state: _State, at: int, joined: bool, end: int, table: NumberTable
) -> bool:
    """خمسة آلاف و300, 3 hundred and 21, 4 thousand 3 hundred."""
    if joined:
        return state.room == 100 or (table.joins == "always" and bool(state.total))
    if table.scale_digits and state.total and state.group is None:
        return len(tokens.words[at]) <= 3 and int(tokens.words[at]) < state.limit  # 2 bin 901
    following = table.words.get(tokens.words[at + 1]) if at + 1 < end else None
    hundreds = following is not None and following.scale and following.value == 100
    return hundreds and state.limit == 1000 and state.group is None


def _hyphen(tokens: Tokens, at: int, end: int) -> int:
    """1 when a hyphen between two words stands at `at`."""
    return int(
        at + 1 < end and tokens.words[at] == "-" and tokens.touching(at) and tokens.touching(at + 1)
    )


def _add(state: _State, at: int, joined: bool, word: Word, table: NumberTable) -> _State | None:
    """The number with one word more, or None where the word does not belong to it."""
    if word.prefixed:
        return None
    if word.scale:
        return _scaled(state, at, joined, word, table)
    value = word.value
    if state.group is None:
        allowed = value < state.limit and (joined or table.joins != "always")
        allowed = allowed and not (joined and table.joins in ("ones", "tens", "never"))
        allowed = allowed and (joined or not word.ordinal)  # $280 million first mortgage
        if not allowed:
            return None
        begun = _state(at, word)
        limit = min(state.limit, begun.limit)
        return replace(begun, total=state.total + begun.total, limit=limit)
    if table.units_first and state.unit and value in range(10, 100, 10) and joined != (value == 10):
        return replace(
state, last=at, group=state.group + value, room=1, unit=0,
            ordinal=state.ordinal or word.ordinal,
        )  # fmt: skip
    if table.twenties and value == 20 and state.unit == 4 and not joined:
        group = state.group + 76
        return replace(state, last=at, group=group, room=20, unit=0, ordinal=word.ordinal)
    if not state.floor <= value < state.room or not _may_join(state, joined, value, table):
        return None
    return replace(
state, last=at, group=state.group + value, room=word.room, floor=word.floor,
        unit=value if value < 10 else 0, ordinal=word.ordinal,
    )  # fmt: skip


def _may_join(state: _State, joined: bool, value: int, table: NumberTable) -> bool:
    """Whether "and" may, or must, stand before what is added to a group."""
    if table.joins in ("always", "within"):
        return joined
    if table.joins == "tens":
        return joined == (state.room == 10)
    if not joined:
        return True
    if table.joins == "never":
        return False
    if table.joins == "hundreds":
        return state.room == 100
    return value in (1, 11) and state.room in (10, 20)


def _scaled(state: _State, at: int, joined: bool, word: Word, table: NumberTable) -> _State | None:
    scale, group = word.value, state.group
    if joined:
        if table.joins != "always" or word.alone is None or scale >= state.limit:
            return None
        if scale == 100:
            return replace(state, last=at, group=100, room=100, unit=0) if group is None else None
        if group is not None:
            return None
        return replace(state, last=at, total=state.total + word.alone, limit=scale)
    if group is None:
        if scale > state.limit:  # mille milliards
            limit = scale * state.limit
            return replace(state, last=at, total=state.total * scale, limit=limit)
        if word.alone is None or scale >= state.limit or table.joins == "always":
            return None
        group = 1
    if scale == 100:
        if group >= 100 or state.limit <= 100 or (state.room == 0 and not table.digit_hundreds):
            return None
        return replace(
            state, last=at, group=group * 100, room=100, floor=1, unit=0, ordinal=word.ordinal
        )
    if scale > state.limit > 1 and state.total < scale:  # mil doscientos millones
        total = (state.total + group) * scale
        return _State(at, total=total, limit=scale, ordinal=word.ordinal)
    if scale >= state.limit:
        return None
    total = round(state.total + group * scale, 6)
    return _State(at, total=total, limit=scale, ordinal=word.ordinal)


# --- Fractions of a number ----------------------------------------------------------------------


def _with_fraction(tokens: Tokens, state: _State, end: int, table: NumberTable) -> _State:
    """Two and a half (million), مليون ونصف, two point five (million)."""
    if state.ordinal:
        return state
    after = _half(tokens, state, end, table) or _point(tokens, state, end, table)
    if after is None:
        return state
    following = _following(tokens, after, end, table)
    if following is None or not following[2].scale or following[1]:
        return after
    at, _, word = following
    if after.group is None:  # مليون ونصف المليون
        return replace(after, last=at) if word.value == after.limit else after
    return _add(after, at, False, word, table) or after


def _half(tokens: Tokens, state: _State, end: int, table: NumberTable) -> _State | None:
    words = tokens.words
    at = state.last + 1
    if at >= end:
        return None
    share = table.joined_shares.get(words[at]) or VULGAR.get(words[at])
    if share is None and words[at] in table.join:
        at += 1
        word = table.words.get(words[at]) if at < end else None
        parts = word.value if word is not None and word.value <= 3 else 1
        at += word is not None or (at < end and words[at] in table.articles)
        share = table.shares.get(words[at], 0) * parts if at < end else None
    if not share:
        return None
    if state.group is None:
        return replace(state, last=at, total=state.total + share * state.limit)
    return replace(state, last=at, group=state.group + share, room=1, unit=0)


def _point(tokens: Tokens, state: _State, end: int, table: NumberTable) -> _State | None:
    """Decimals in words: two point five, deux virgule vingt-cinq."""
    at = state.last + 1
    if at >= end or tokens.words[at] not in table.point or state.group is None:
        return None
    decimals = ""
    last = at
    while last + 1 < end and len(decimals) < LONGEST_DIGITS:
        word = table.words.get(tokens.words[last + 1])
        if word is None or word.scale or word.ordinal or word.value > 99:
            break
        decimals += str(word.value)
        last += 1
    if not decimals:
        return None
    return replace(state, last=last, group=float(f"{int(state.group)}.{decimals}"), room=1, unit=0)
