"""How each language writes numbers: numbers.toml (by hand), number_words.json (from ICU)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from msgspec.structs import replace

from transforms.languages.load import table as load
from transforms.read.normal import fold

VULGAR = {
    "½": 0.5, "¼": 0.25, "¾": 0.75, "⅓": 1 / 3, "⅔": 2 / 3, "⅕": 0.2, "⅖": 0.4, "⅗": 0.6,
    "⅘": 0.8, "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 0.125, "⅜": 0.375, "⅝": 0.625, "⅞": 0.875,
}  # fmt: skip


class Word(msgspec.Struct, frozen=True, gc=False):
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


class NumberTable(msgspec.Struct, frozen=True, gc=False):
    """How one language writes numbers. All words are folded."""

    language: str
    words: Mapping[str, Word]
    decimal: frozenset[str]
    thousands: frozenset[str]
    spaced: str
    join: frozenset[str]
    joins: str
    twenties: bool
    digit_hundreds: bool
    units_first: bool
    articles: frozenset[str]
    shares: Mapping[str, float]
    joined_shares: Mapping[str, float]
    point: frozenset[str]
    of: frozenset[str]
    negative: frozenset[str]
    suffix: Mapping[str, int]
    suffix_point: bool
    scale_digits: bool
    ordinal_suffix: frozenset[str]
    join_letters: tuple[str, ...]
    to_the: str
    ordinal_point: frozenset[str]
    case_marks: frozenset[str]
    case_suffix: frozenset[str]
    places: Mapping[str, int]
    inside: frozenset[str]


@cache
def number_table(language: str) -> NumberTable:
    """The table of a language. Raises FileNotFoundError for a language without one."""
    data = load(language, "numbers")
    made = files("transforms.languages").joinpath(language).joinpath("number_words.json")
    words = dict(_words(data, json.loads(made.read_text(encoding="utf-8"))))
    if data.get("places"):
        words = dict(_by_places(words, data))
    words = dict(_attached(words, data)) if data.get("prefixes") else words
    if data["run_on"]:
        words = dict(_run_on_units_first(words, data) if data["units_first"] else _run_on(words))

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
        digit_hundreds=data["digit_hundreds"],
        units_first=data["units_first"],
        articles=folded("articles"),
        shares=shares,
        joined_shares={
            **{join + word: share for join in joins for word, share in shares.items()},
            **{fold(word): 0.5 for word in data.get("and_half", ())},
        },
        point=folded("point"),
        of=folded("of"),
        negative=folded("negative"),
        suffix={word: value for value, word in _pairs(data["suffix"])},
        suffix_point=data.get("suffix_point", False),
        scale_digits=data.get("scale_digits", False),
        ordinal_suffix=folded("ordinal_suffix"),
        join_letters=tuple(joins),
        to_the=data.get("to_the", ""),
        ordinal_point=frozenset(map(fold, data.get("ordinal_point", ()))),
        case_marks=frozenset(data.get("case_marks", ())),
        case_suffix=frozenset(map(fold, data.get("case_suffix", ()))),
        places={word: value for value, word in _pairs(data.get("places", {}))},
        inside=frozenset(data.get("inside", ())),
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


def _by_places(words: Mapping[str, Word], data: Mapping[str, Any]) -> Iterator[tuple[str, Word]]:
    """Digits, the words for their places, and what makes an ordinal of them: 三, 百, 第."""
    yield from ((w, e) for w, e in words.items() if e.value < 10 and not e.ordinal and len(w) == 1)
    yield from ((word, Word(value, None, scale=True)) for value, word in _pairs(data["places"]))
    yield from ((word, Word(0, None, ordinal=True)) for word in data["ordinal_suffix"])


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
        joined = replace(entry, joined=True)
        prefixed = replace(entry, prefixed=True)
        for prefix in data["prefixes"]:
            yield prefix + word, prefixed
            yield prefix + article + word, prefixed
        yield data["to_the"] + word, prefixed
        yield conjunction + article + word, joined
        yield conjunction + word, joined
        yield article + word, entry
    yield from words.items()


def _run_on_units_first(
    words: Mapping[str, Word], data: Mapping[str, Any]
) -> Iterator[tuple[str, Word]]:
    """Fünfundzwanzigtausend: all below 10,000, and whole thousands, in one word each."""
    link = fold(data["join"][0])
    below_ten = {word: e for word, e in words.items() if not e.scale and 1 <= e.value <= 9}
    below = {word: entry for word, entry in words.items() if not entry.scale and entry.value < 100}
    for tens, entry in list(below.items()):
        if entry.room == 10 and entry.value >= 20:
            for ones, other in below_ten.items():
                if not other.ordinal and ones not in data["not_run_on"]:
                    value = entry.value + other.value
                    below[ones + link + tens] = Word(value, value, ordinal=entry.ordinal)
    made = dict(below)
    few = {word: entry for word, entry in below.items() if entry.value < 20}
    for scale, names in ((int(key), names) for key, names in data["run_on_scale"].items()):
        counts, rests = (few, below) if scale == 100 else (dict(made), dict(made))
        for name in names:
            for count, times in _counts(counts, data["not_run_on"]):
                value = times * scale
                made[count + name] = Word(value, value, room=_room(value))
                for rest, entry in rests.items() if times < 10 else ():
                    if 0 < entry.value < scale and not entry.ordinal:
                        whole = value + entry.value
                        made[count + name + rest] = Word(whole, whole)
    yield from made.items()
    yield from words.items()


def _counts(words: Mapping[str, Word], never: Sequence[str]) -> Iterator[tuple[str, int]]:
    """What may stand before a scale in one word: nothing, and the cardinals."""
    yield "", 1
    for word, entry in words.items():
        if entry.value and not entry.ordinal and word not in never:
            yield word, entry.value


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
