"""The tables by which quantities of one language are read: phrases, units, nouns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec
import tomli
from babel import Locale
from babel.numbers import get_currency_name

from transforms.extract.number_table import VULGAR, NumberTable, number_table
from transforms.extract.tokens import TOKEN, Tokens
from transforms.extract.values import Hedge
from transforms.languages.load import table as load
from transforms.read.normal import fold

T = TypeVar("T")

# A compound noun that ends with a word for persons of so many letters tells persons.
LONG_PERSON = 5


class Phrases(Generic[T]):
    """Phrases found by one lookup of their first word (or last, when they end at a token)."""

    def __init__(self, phrases: Iterable[tuple[str, T]], *, ending: bool = False) -> None:
        """`phrases` are as written; a later one replaces an equal earlier one."""
        self._ending = ending
        index: dict[str, dict[tuple[str, ...], T]] = {}
        for phrase, value in phrases:
            words = tuple(TOKEN.findall(fold(phrase)))
            words = words[::-1] if ending else words
            if words:
                index.setdefault(words[0], {})[words[1:]] = value
        self.index = {
            word: sorted(rests.items(), key=lambda rest: -len(rest[0]))
            for word, rests in index.items()
        }

    def at(self, tokens: Tokens, i: int) -> tuple[T, int] | None:
        """The longest phrase that begins at token `i` (or ends there): value and its far token."""
        words = tokens.words
        rests = self.index.get(words[i]) if 0 <= i < len(words) else None
        if rests is None:  # as a rule: asked some twenty times for each number
            return None
        for rest, value in rests:
            size = len(rest)
            if not size:
                return value, i
            if self._ending:
                if i >= size and words[i - size : i] == rest[::-1]:
                    return value, i - size
            elif words[i + 1 : i + 1 + size] == rest:
                return value, i + size
        return None


class Special(NamedTuple):
    """A quantity told by a phrase of its own.

    `kind`: vague (low to high), about_unit, two, half_dozen, share, multiple (a change by the
    verb), dual (of a counted noun), dual_unit. `value` is per cent for shares and changes.
    """

    kind: str
    value: float
    high: float | None = None
    noun: bool = False
    unit: str | None = None


class QuantityTable(msgspec.Struct, frozen=True, gc=False):
    """All that is known of the quantities of one language. Words are folded.

    `articles` are no numbers by themselves; a quantity begins at one only before one of the words
    `after_article`: a hundred, a dozen.
    """

    language: str
    numbers: NumberTable
    triggers: frozenset[str]
    articles: frozenset[str]
    after_article: frozenset[str]
    before: Phrases[Hedge]
    after: Phrases[Hedge]
    special: Phrases[Special]
    never: Phrases[bool]
    never_words: frozenset[str]
    between: Phrases[bool]
    words: Mapping[str, frozenset[str]]
    share_in: Phrases[bool]
    labels: Phrases[bool]
    rates: Phrases[bool]
    and_half: Phrases[bool]
    article: str
    possessives: tuple[str, ...]
    not_counted: tuple[str, ...]
    accusative: tuple[str, ...]
    verb_endings: tuple[str, ...]
    units: Phrases[str]
    symbols: Phrases[str]
    signs: Phrases[str]
    age: Phrases[bool]
    unit_before: Phrases[str]
    persons: Phrases[str]
    things: Phrases[str]
    head: str
    adjective: tuple[str, ...]
    person_ends: tuple[str, ...]
    plural: tuple[str, ...]
    not_plural: tuple[str, ...]
    participle: tuple[str, ...]
    gerund: tuple[str, ...]
    prefixes: tuple[str, ...]
    digit_prefixes: frozenset[str]


@cache
def quantity_table(language: str) -> QuantityTable:
    """The table of a language. Raises FileNotFoundError for a language without one."""
    data = load(language, "quantities")
    numbers = number_table(language)
    prefixes = tuple(load(language, "numbers").get("prefixes", ()))
    prefixes = (*numbers.join_letters, *prefixes)
    article = load(language, "numbers").get("article", "")
    special = Phrases(_with_prefixes(_specials(data), prefixes, article))
    signs = tomli.loads(
        files("transforms.extract").joinpath("units.toml").read_text(encoding="utf-8")
    )
    never = [(phrase, True) for phrase in data["noun"]["never"]]
    never_words = frozenset(word for phrase, _ in never for word in TOKEN.findall(fold(phrase)))
    articles = numbers.articles - numbers.words.keys() - numbers.shares.keys()
    opened = (rest for word in articles for rest, _ in special.index.get(word, ()))
    word_lists = {
        **{f"range_{name}": words for name, words in data["range"].items()},
        "range_links": [*data["range"]["to"], *data["range"]["or"]],
        "change_compared": (),
        **{f"change_{name}": words for name, words in data["change"].items()},
        **{name: data["noun"][name] for name in _NOUN_LISTS},
        **{f"unless_{name}": words for name, words in data["unless"].items()},
        "ranked": data["noun"].get("ranked", ()),
        "dual_followers": data["noun"].get("dual_followers", ()),
        "share_of": data["share_words"]["of"],
        "per": data["share_words"]["per"],
        "predicates": data["persons"]["predicates"],
        "single": data["persons"]["single"],
        "labels_after": data["noun"].get("labels_after", ()),
        "things": _inflected(data["things"]["words"], article),
        "counted": _inflected(data["things"].get("counted", ()), article),
    }
    changes = ("change_up", "change_down", "change_by", "change_passed")
    for name in ("year_before", "year_before_weak", "stop", *changes):
        words = word_lists[name]
        word_lists[name] = [*words, *(prefix + word for prefix in prefixes for word in words)]
    return QuantityTable(
        language=language,
        numbers=numbers,
        triggers=frozenset(
            (*numbers.words, *numbers.articles, *numbers.shares, *VULGAR, *special.index)
        ),
        articles=articles,
        after_article=frozenset(
            (*numbers.words, *numbers.shares, *special.index, *never_words)
        ).union(*(rest[:1] for rest in opened)),
        before=Phrases(_with_prefixes(_pairs(data["before"]), prefixes, ""), ending=True),
        after=Phrases(_pairs(data["after"])),
        special=special,
        never=Phrases(never),
        never_words=never_words,
        between=Phrases(
            _with_prefixes(((p, True) for p in data["range"]["between"]), prefixes, ""),
            ending=True,
        ),
        words={name: frozenset(map(fold, words)) for name, words in word_lists.items()},
        labels=Phrases(_with_prefixes(_labels(data["noun"]), prefixes, ""), ending=True),
        article=article,
        possessives=tuple(data["noun"].get("possessives", ())),
        not_counted=tuple(data["noun"].get("not_counted", ())),
        accusative=tuple(map(fold, data["noun"].get("accusative", ()))),
        and_half=Phrases((phrase, True) for phrase in data["share_words"]["and_half"]),
        rates=Phrases((phrase, True) for phrase in data["share_words"]["rate"]),
        verb_endings=tuple(data["noun"]["verb_endings"]),
        share_in=Phrases((phrase, True) for phrase in data["share_words"]["in"]),
        units=Phrases(_units(language, data)),
        symbols=Phrases(_pairs(signs["unit"])),
        signs=Phrases(_pairs(signs["currency"]), ending=True),
        age=Phrases(((phrase, True) for phrase in data["noun"]["age"]), ending=True),
        unit_before=Phrases(_pairs(data["unit_before"]), ending=True),
        persons=Phrases(
            (word, "person") for word in _inflected(data["persons"]["words"], article)
        ),
        things=Phrases((word, fold(word)) for word in data["things"]["words"]),
        head=data["noun"]["head"],
        adjective=tuple(data["noun"].get("adjective", ())),
        person_ends=tuple(
            sorted({fold(word) for word in data["persons"]["words"] if len(word) >= LONG_PERSON})
        )
        if data["noun"]["head"] == "capital"
        else (),
        plural=tuple(data["noun"]["plural"]),
        not_plural=tuple(data["noun"]["not_plural"]),
        participle=tuple(data["noun"]["participle"]),
        gerund=tuple(data["noun"]["gerund"]),
        prefixes=prefixes,
        digit_prefixes=frozenset(
            (*prefixes, article, *(prefix + article for prefix in prefixes), numbers.to_the)
        ) if article else frozenset(),
    )  # fmt: skip


_NOUN_LISTS = (
    "stop", "of", "determiners", "skip", "year_before", "year_before_weak",
    "clock", "verbs", "ones", "metres", "rate_nouns",
    "rate_unless", "streets",
)  # fmt: skip


def _pairs(section: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, Any]]:
    for value, phrases in section.items():
        for phrase in phrases:
            yield phrase, value


def _labels(noun: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, bool]]:
    """The words before a number that is a name, and phrases that only end in one: who number 12."""
    yield from ((phrase, True) for phrase in noun["labels"])
    yield from ((phrase, False) for phrase in noun.get("no_labels", ()))


def _with_prefixes(
    phrases: Iterable[tuple[str, T]], prefixes: Iterable[str], article: str
) -> Iterator[tuple[str, T]]:
    """Arabic writes and, by, for, so and as in one word with what follows; the plain form wins."""
    plain = list(phrases)
    for prefix in prefixes:
        for phrase, value in plain:
            yield prefix + phrase, value
            if article:
                yield prefix + article + phrase, value
    if article:
        yield from ((article + phrase, value) for phrase, value in plain)
    yield from plain


def _specials(data: Mapping[str, Any]) -> Iterator[tuple[str, Special]]:
    for phrase, (low, high) in data["vague"].items():
        needs = phrase in data["vague_needs"]["words"]
        yield phrase, Special("vague", low, high or None, needs)
    for phrase, value in _pairs(data["about_unit"]):
        yield phrase, Special("about_unit", float(value))
    for phrase in data["two"]["words"]:
        yield phrase, Special("two", 2, noun=phrase in data["two"]["needs_noun"])
    for phrase in data["two"]["half_dozen"]:
        yield phrase, Special("half_dozen", 6)
    for phrase, value in _decimal_keys(data["share"]):
        yield phrase, Special("share", value, noun=phrase in data["share_words"]["needs_of"])
    for phrase, value in _pairs(data["multiple"]):
        yield phrase, Special("multiple", float(value))
    persons = set(data["persons"]["words"])
    for noun, word in _duals(data.get("dual", {})):
        yield word, Special("dual", 2, unit="person" if noun in persons else noun)
    for word, unit in _pairs(data.get("unit_dual", {})):
        yield word, Special("dual_unit", 2, unit=unit)


def _decimal_keys(section: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    """TOML reads the key 12.5 as 12 with 5 below it."""
    for key, value in section.items():
        if isinstance(value, dict):
            for rest, phrases in value.items():
                yield from ((phrase, float(f"{key}.{rest}")) for phrase in phrases)
        else:
            yield from ((phrase, float(key)) for phrase in value)


def _duals(data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """A noun, and two of it: جنديان، جنديين; طائرتان، طائرتين، طائرتي."""
    for name, endings in data.get("endings", {}).items():
        for noun in data[name]:
            changed = [noun[: -len(old)] + new for old, new in data["stems"] if noun.endswith(old)]
            stem = changed[0] if changed else noun
            yield from ((noun, stem + ending) for ending in endings)
            if name == "both" and noun.endswith(data["feminine"]):
                yield from ((noun, stem + ending) for ending in data["construct"])


def _inflected(words: Iterable[str], article: str) -> Iterator[str]:
    """Arabic nouns with the article and in the accusative (شخصا)."""
    for word in words:
        yield word
        if article:
            yield article + word
            if not word.endswith("ة"):
                yield word + "ا"


def _units(language: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Units and currencies by name; what the language's own table says wins over CLDR."""
    locale = Locale.parse(language)
    for code in sorted(locale.currencies):
        names = {locale.currencies[code]}
        names.update(get_currency_name(code, count, locale) for count in (1, 2, 5, 20, 100))
        yield from ((name, code) for name in sorted(names) if " " in name and "(" not in name)
    yield from _pairs(data["currency"])
    for phrase, code in _pairs(data["unit"]):
        yield phrase, code
        if " " in phrase:
            yield phrase.replace(" ", "-"), code  # a 2,500-square-foot home
    yield from ((phrase, "%") for phrase in data["share_words"]["percent"])
    yield from ((phrase, "pp") for phrase in data["share_words"]["points"])
