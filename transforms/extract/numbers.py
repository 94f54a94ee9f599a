"""Numbers as they are written: digits of any locale, number words, and both mixed.

A number word is an *atom* (five, vingt, مئتان) that is added, or a *scale* (hundred, mille, ألف)
that multiplies what stands before it. Each atom leaves *room*: what is added next must be smaller
(after twenty less than ten, after soixante less than twenty). Languages differ in data only:
transforms/languages/<lang>/numbers.toml and number_words.json.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

from transforms.extract.tokens import Tokens
from transforms.languages.load import table as load
from transforms.read.normal import fold

# Longer runs of digits are account or case numbers, not quantities; it also bounds the work.
LONGEST_DIGITS = 15
SIGNS = frozenset(".,٫٬،")
UNBOUNDED = 10**30
VULGAR = {
    "½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 0.2, "⅖": 0.4, "⅗": 0.6,
    "⅘": 0.8, "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 0.125, "⅜": 0.375, "⅝": 0.625, "⅞": 0.875,
}  # fmt: skip

Written = Literal["digits", "words", "mixed"]


class Number(NamedTuple):
    """A number: its value, the index of its last token (included), and how it is written.

    `scale` is the scale word it ends with (a million in 7 million), 1 for none.
    """

    value: float
    last: int
    written: Written
    ordinal: bool = False
    scale: int = 1


class Word(NamedTuple):
    """What one word does in a number.

    `alone` is its value where it begins a number, None for one that cannot. `joined`: it brings its
    own "and" (وعشرون). `prefixed`: it brings a preposition, so it can only begin a number.
    """

    value: int
    alone: int | None
    scale: bool = False
    room: int = 1
    floor: int = 1
    ordinal: bool = False
    joined: bool = False
    prefixed: bool = False


class NumberTable(NamedTuple):
    """How one language writes numbers. All words are folded."""

    language: str
    words: Mapping[str, Word]
    decimal: frozenset[str]
    thousands: frozenset[str]
    spaced: str
    join: frozenset[str]
    joins: str
    twenties: bool
    units_first: bool
    articles: frozenset[str]
    shares: Mapping[str, float]
    joined_shares: Mapping[str, float]
    point: frozenset[str]
    of: frozenset[str]
    negative: frozenset[str]
    suffix: Mapping[str, int]
    ordinal_suffix: frozenset[str]


# --- Tables -------------------------------------------------------------------------------------


@cache
def number_table(language: str) -> NumberTable:
    """The table of a language. Raises FileNotFoundError for a language without one."""
    data = load(language, "numbers")
    made = files("transforms.languages").joinpath(language).joinpath("number_words.json")
    words = dict(_words(data, json.loads(made.read_text(encoding="utf-8"))))
    words = dict(_attached(words, data)) if data.get("prefixes") else words
    words = dict(_run_on(words)) if data["run_on"] else words

    def folded(name: str) -> frozenset[str]:
        return frozenset(map(fold, data[name]))

    shares = {fold(word): float(value) for value in data["share"] for word in data["share"][value]}
    joins = data["join"] if data.get("prefixes") else ()
    return NumberTable(
        language=language,
        words=words,
        decimal=frozenset(data["decimal"]),
        thousands=frozenset(data["thousands"]),
        spaced=data["spaced"],
        join=folded("join"),
        joins=data["joins"],
        twenties=data["twenties"],
        units_first=data["units_first"],
        articles=folded("articles"),
        shares=shares,
        joined_shares={join + word: share for join in joins for word, share in shares.items()},
        point=folded("point"),
        of=folded("of"),
        negative=folded("negative"),
        suffix={word: value for value, word in _pairs(data["suffix"])},
        ordinal_suffix=folded("ordinal_suffix"),
    )


def _pairs(section: Mapping[str, Iterable[str]]) -> Iterator[tuple[int, str]]:
    for value, words in section.items():
        for word in words:
            yield int(value), word


def _words(data: Mapping[str, Any], made: Mapping[str, Any]) -> Iterator[tuple[str, Word]]:
    """Each word of a language, what must win last."""
    article = data.get("article", "")
    rooms = {int(value): room for value, room in data.get("room", {}).items()}
    floors = {int(value): floor for value, floor in data.get("floor", {}).items()}
    for source in (made["ordinal"], data["ordinal"]):
        for value, word in _pairs(source):
            if value < 20 or not article:
                entry = Word(value, value, scale=value >= 100, ordinal=True)
                word = fold(word.removeprefix(article))
                for accented, plain in data.get("respelled", {}).items():
                    yield word.replace(accented, plain), entry
                yield word, entry
    for source in (made["cardinal"], data["cardinal"]):
        for value, word in _pairs(source):
            alone = None if word in data["not_alone"] else value
            room = rooms.get(value, _room(value))
            yield fold(word), Word(value, alone, room=room, floor=floors.get(value, 1))
    for value, word in (
        *_pairs(made["scale"]), *_pairs(data["plural"]), *_pairs(data["scale"])
    ):  # fmt: skip
        alone = value if word in data["alone"] else None
        yield fold(word), Word(value, alone, scale=True, room=value)
    for value, word in _pairs(data.get("dual_scale", {})):
        yield fold(word), Word(value, 2 * value, scale=True, room=value)


def _room(value: int) -> int:
    """What is added after an atom must be smaller: after 20 than 10, after 200 than 100."""
    power = 1
    while value and value % (power * 10) == 0:
        power *= 10
    return power if value >= 20 else 1


def _attached(words: Mapping[str, Word], data: Mapping[str, Any]) -> Iterator[tuple[str, Word]]:
    """Arabic writes and, by, for, so, as and the article in one word with the number."""
    article, conjunction = data["article"], data["join"][0]
    for word, entry in words.items():
        joined = entry._replace(joined=True)
        prefixed = entry._replace(prefixed=True)
        for prefix in data["prefixes"]:
            yield prefix + word, prefixed
            yield prefix + article + word, prefixed
        yield "\u0644\u0644" + word, prefixed  # to + the
        yield conjunction + article + word, joined
        yield conjunction + word, joined
        yield article + word, entry
    yield from words.items()


def _run_on(words: Mapping[str, Word]) -> Iterator[tuple[str, Word]]:
    """Twentyone: tens and ones in one word."""
    atoms = [(word, entry) for word, entry in words.items() if not entry.scale]
    for tens, entry in atoms:
        if entry.room == 10 and 20 <= entry.value < 100 and not entry.ordinal:
            for ones, other in atoms:
                if 1 <= other.value <= 9:
                    value = entry.value + other.value
                    yield tens + ones, Word(value, value, ordinal=other.ordinal)
    yield from words.items()


# --- Digits -------------------------------------------------------------------------------------


def _digits(tokens: Tokens, i: int, end: int, table: NumberTable) -> tuple[float, int] | None:
    """The number in digits that begins at `i` and its last token; None for 1.2.3 and 12.05.2021."""
    words = tokens.words
    whole = words[i]
    if len(whole) > LONGEST_DIGITS:
        return None
    groups = [whole]
    last = i
    sign = ""
    while last + 2 < end and words[last + 2].isdecimal() and words[last + 1] in SIGNS:
        if not (tokens.touching(last + 1) and tokens.touching(last + 2)):
            break
        if sign and words[last + 1] != sign:
            return _decimal(tokens, groups, last, end, sign, table)
        sign = words[last + 1]
        groups.append(words[last + 2])
        last += 2
        if len(groups) > 6:
            return None
    if len(groups) == 1:
        return _spaced(tokens, i, end, table)
    if len(groups) == 2 and not _is_thousands(groups, sign, table):
        return float(f"{groups[0]}.{groups[1]}"), last
    if all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3:
        return int("".join(groups)), last
    if sign == "," and all(len(group) == 2 for group in groups[1:-1]) and len(groups[-1]) == 3:
        return int("".join(groups)), last  # 12,34,567 in India
    return None


def _is_thousands(groups: list[str], sign: str, table: NumberTable) -> bool:
    """Whether the sign of 6.000 or 1,234 parts thousands, by the language and by its zeros."""
    first, second = groups
    if len(second) != 3 or len(first) > 3 or first[0] == "0":
        return False
    return sign in table.thousands or second == "000" or sign not in table.decimal


def _decimal(
    tokens: Tokens, groups: list[str], last: int, end: int, sign: str, table: NumberTable
) -> tuple[float, int] | None:
    """1,234.5 and 1.234,5: thousands by one sign, decimals after another."""
    words = tokens.words
    middle = {len(group) for group in groups[1:-1]}
    plain = len(groups[-1]) == 3 and len(groups[0]) <= 3 and middle in (set(), {3}, {2})
    after = last + 3 < end and words[last + 3] in SIGNS and tokens.touching(last + 3)
    more = after and last + 4 < end and words[last + 4].isdecimal() and tokens.touching(last + 4)
    if not plain or more or len(words[last + 2]) > LONGEST_DIGITS:
        return None
    return float(f"{''.join(groups)}.{words[last + 2]}"), last + 2


def _spaced(tokens: Tokens, i: int, end: int, table: NumberTable) -> tuple[float, int] | None:
    """12 300 and 1 234 567,5: groups of three that one space parts."""
    words, starts, ends = tokens.words, tokens.starts, tokens.ends
    last = i
    if len(words[i]) <= 3 and words[i][0] != "0":
        while (
            last + 1 < end
            and last - i < 5
            and len(words[last + 1]) == 3
            and words[last + 1].isdecimal()
            and starts[last + 1] == ends[last] + 1
            and tokens.text[ends[last]] == " "
        ):
            last += 1
    if last == i + 1 and table.spaced == "round" and words[last] != "000":
        last = i
    value: float = int("".join(words[i : last + 1]))
    if last > i and _decimals_follow(tokens, last, end, table):
        return float(f"{value}.{words[last + 2]}"), last + 2
    return value, last


def _decimals_follow(tokens: Tokens, last: int, end: int, table: NumberTable) -> bool:
    return (
        last + 2 < end
        and tokens.words[last + 1] in table.decimal
        and tokens.words[last + 2].isdecimal()
        and len(tokens.words[last + 2]) <= LONGEST_DIGITS
        and tokens.touching(last + 1)
        and tokens.touching(last + 2)
    )


# --- Words --------------------------------------------------------------------------------------


class _State(NamedTuple):
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
    state = _begin(tokens, i, end, table)
    if state is None:
        return None
    begun = state.last
    before: _State | None = None
    while not state.ordinal or table.units_first:
        following = _following(tokens, state, end, table)
        if following is None:
            break
        at, joined, word = following
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
    digits = tokens.words[i].isdecimal()
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
        return _begin_scale(tokens, i, table.shares[first], end, table)
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
    while amount < 1 and at < end and at < i + 3 and (words[at] in table.of or words[at] == "-"):
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
    found = _digits(tokens, i, end, table)
    if found is None:
        return None
    value, last = found
    if last + 1 < end:
        word = tokens.words[last + 1]
        touching = tokens.touching(last + 1)
        if touching and word in table.ordinal_suffix and value == int(value):
            return _State(last + 1, group=value, ordinal=True)
        written = tokens.exact(last + 1, last + 1)  # 5M is five million, 5m five metres
        scale = table.suffix.get(word) or table.suffix.get(written)
        if scale is not None and (touching or len(word) > 1):
            return _State(last + 1, total=round(value * scale, 6), limit=scale)
    return _State(last, group=value)


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
        found = _digits(tokens, at, end, table)  # خمسة آلاف و300
        if found is not None and found[0] == int(found[0]):
            return found[1], joined, Word(int(found[0]), int(found[0]))
    return None


def _takes_digits(
    tokens: Tokens, state: _State, at: int, joined: bool, end: int, table: NumberTable
) -> bool:
    """خمسة آلاف و300, 3 hundred and 21, 4 thousand 3 hundred."""
    if joined:
        return state.room == 100 or (table.joins == "always" and bool(state.total))
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
        allowed = allowed and not (joined and table.joins == "ones")
        allowed = allowed and (joined or not word.ordinal)  # $280 million first mortgage
        if not allowed:
            return None
        begun = _state(at, word)
        limit = min(state.limit, begun.limit)
        return begun._replace(total=state.total + begun.total, limit=limit)
    if table.units_first and state.unit and value in range(10, 100, 10) and joined != (value == 10):
        return state._replace(
            last=at, group=state.group + value, room=1, unit=0,
            ordinal=state.ordinal or word.ordinal,
        )  # fmt: skip
    if table.twenties and value == 20 and state.unit == 4 and not joined:
        group = state.group + 76
        return state._replace(last=at, group=group, room=20, unit=0, ordinal=word.ordinal)
    if not state.floor <= value < state.room or not _may_join(state, joined, value, table):
        return None
    return state._replace(
        last=at, group=state.group + value, room=word.room, floor=word.floor,
        unit=value if value < 10 else 0, ordinal=word.ordinal,
    )  # fmt: skip


def _may_join(state: _State, joined: bool, value: int, table: NumberTable) -> bool:
    """Whether "and" may, or must, stand before what is added to a group."""
    if table.joins == "always":
        return joined
    if not joined:
        return True
    if table.joins == "hundreds":
        return state.room == 100
    return value in (1, 11) and state.room in (10, 20)


def _scaled(state: _State, at: int, joined: bool, word: Word, table: NumberTable) -> _State | None:
    scale, group = word.value, state.group
    if joined:
        if table.joins != "always" or word.alone is None or scale >= state.limit:
            return None
        if scale == 100:
            return state._replace(last=at, group=100, room=100, unit=0) if group is None else None
        if group is not None:
            return None
        return state._replace(last=at, total=state.total + word.alone, limit=scale)
    if group is None:
        if scale > state.limit:  # mille milliards
            return state._replace(last=at, total=state.total * scale, limit=scale)
        if word.alone is None or scale >= state.limit or table.joins == "always":
            return None
        group = 1
    if scale == 100:
        if group >= 100 or state.limit <= 100:
            return None
        return state._replace(
            last=at, group=group * 100, room=100, floor=1, unit=0, ordinal=word.ordinal
        )
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
        return after._replace(last=at) if word.value == after.limit else after
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
        return state._replace(last=at, total=state.total + share * state.limit)
    return state._replace(last=at, group=state.group + share, room=1, unit=0)


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
    return state._replace(last=last, group=float(f"{int(state.group)}.{decimals}"), room=1, unit=0)
