"""What a word can begin of a name of a place or a people, by the gazetteer and places.toml."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

import msgspec

from transforms.claim.gazetteer import (
    PEOPLE,
    SKELETON,
    gazetteer,
)
from transforms.claim.place_keys import plain, skeleton
from transforms.languages.load import table as language_table
from transforms.read.normal import fold

ARABIC = "\u0600"  # the first letter of that script
REMEMBERED = 1 << 16  # words and keys: most are no places, and the same come again and again
JOINING = frozenset("-'.")  # signs inside a name: Port-au-Prince, Sana'a, U.S.
SHORT = 3  # letters: with an Arabic prefix cut off, only well known names may be so short
WELL_KNOWN = 57  # prior of a city of half a million inhabitants


class Words(msgspec.Struct, frozen=True, gc=False):
    """The tables of places.toml of a language, as plain keys."""

    stop: frozenset[str]
    common: frozenset[str]
    cautious: frozenset[str]
    locative: frozenset[str]
    whose: frozenset[str]
    given: frozenset[str]
    abbreviations: frozenset[str]
    lower_case: frozenset[str]
    region: frozenset[str]
    city: frozenset[str]
    of: frozenset[str]
    kind_before: bool
    kind_after: bool
    capitals: bool
    peoples_capital: bool
    possessive: str
    declined: tuple[tuple[str, tuple[str, ...]], ...]
    prefixes: Prefixes | None


class Prefixes(NamedTuple):
    """Words of one letter that are written in one with the next word."""

    first: str
    second: str
    article: str
    article_after_l: str


class Branch(NamedTuple):
    """A key that has begun: the rows it stands for by itself, and whether more words can follow."""

    key: str
    rows: tuple[int, ...]
    longer: bool


class Start(msgspec.Struct, frozen=True, gc=False):
    """What a word can begin: a name of a place, of a people, or one that is alike as skeleton."""

    key: str
    prefixed: bool
    any_case: bool
    place: Branch | None
    people: Branch | None
    skeleton: Branch | None


@cache
def words_of(language: str) -> Words:
    tables = language_table(language, "places")

    prefixes = Prefixes(**tables["prefixes"]) if "prefixes" in tables else None

    def keys(words: Sequence[str]) -> frozenset[str]:
        return frozenset(key_of(word) for word in words)

    def cues(words: Sequence[str]) -> frozenset[str]:
        """Words with all prefixes that they may carry: "ومدينة"."""
        if prefixes is None:
            return keys(words)
        before = ["", *prefixes.first, *prefixes.second]
        return frozenset(prefix + key for key in keys(words) for prefix in before)

    kinds, declined = tables["kinds"], tables.get("declined", {})
    by_hand = keys(tables["cautious"]["words"])
    stop = keys([*tables["stop"]["words"], *kinds["region"], *kinds["city"]])
    common = keys(tables["common"]["words"]) - by_hand - stop
    return Words(
        stop | common,
        common,
        by_hand | keys(tables["uncommon"]["words"]),
        cues(tables["locative"]["words"]),
        keys(tables["locative"].get("of", ())),
        keys(tables["given"]["words"]),
        keys(tables["abbreviations"]["words"]),
        keys(tables["lower_case"]["words"]),
        cues(kinds["region"]),
        cues(kinds["city"]),
        keys(kinds["of"]) | JOINING,
        kinds["before"],
        kinds["after"],
        tables["script"]["capitals"],
        tables["script"]["peoples_capital"],
        tables["script"].get("possessive", ""),
        tuple(
            (key_of(end), tuple(map(key_of, nominative))) for end, nominative in declined.items()
        ),
        prefixes,
    )


def key_of(name: str) -> str:
    return " ".join(plain(word) for word in fold(name).split())


def without_kind(name: str) -> list[str]:
    """The folded words of an English name of a place without those for its kind: Zamfara State."""
    kinds = language_table("en", "places")["kinds"]["region"]
    return [word for word in fold(name).split() if word not in kinds]


def names_no_place(word: str, language: str) -> bool:
    """Whether a folded word is a frequent one that names no place (places.toml)."""
    return plain(word) in words_of(language).stop


def is_given_name(word: str, language: str) -> bool:
    """Whether a folded word is a given name that many bear (places.toml)."""
    return plain(word) in words_of(language).given


@cache
def look_up(language: str) -> Callable[[str], tuple[Start, ...]]:
    """Tells what a folded word can begin; remembers the words that were looked up last."""
    return lru_cache(maxsize=REMEMBERED)(lambda word: tuple(_starts(language, word)))


def _starts(language: str, word: str) -> Iterator[Start]:
    """What a folded word can begin; nothing for most words."""
    words = words_of(language)
    if not word[0].isalpha():
        return
    key = plain(word)
    if words.prefixes is None:
        start = _possessive(key, words) or _start(language, key, False) or _declined(key, words)
        if start:
            yield start
        return
    if key[0] < ARABIC:
        return
    # A frequent word is not cut up: "كانت" is no ك + انت.
    if key in words.stop:
        forms = [key]
    elif key[0] in words.prefixes.first and key[1:] in words.stop:
        forms = [key, key[1:]]
    else:
        forms = list(dict.fromkeys(_without_prefixes(key, words.prefixes)))
    for form in forms:
        if start := _start(language, form, form != key):
            yield start


def _without_prefixes(word: str, prefixes: Prefixes) -> Iterator[str]:
    """The word, then what is left of it when prefixes are cut off."""
    yield word
    inner = [word]
    if len(word) > SHORT and word[0] in prefixes.first:
        inner.append(word[1:])
        yield word[1:]
    for form in inner:
        if form.startswith(prefixes.article_after_l):
            yield prefixes.article + form[len(prefixes.article_after_l) :]
        if len(form) > SHORT and form[0] in prefixes.second:
            yield form[1:]


def _start(language: str, key: str, prefixed: bool) -> Start | None:
    words = words_of(language)
    place = branch_of(key)
    if place and prefixed and _doubtful(words, place):
        place = place._replace(rows=()) if place.longer else None
    people = branch_of(f"{language}{PEOPLE}{key}")
    alike = _skeleton_branch(words, key) if words.capitals else None
    any_case = (
        not words.capitals
        or key in words.lower_case
        or (people is not None and not words.peoples_capital)
    )
    if place or people or alike:
        return Start(key, prefixed, any_case, place, people, alike)
    return None


@lru_cache(maxsize=REMEMBERED)
def branch_of(key: str) -> Branch | None:
    """What a key stands for by itself and begins; None where it does neither."""
    table = gazetteer()
    branch = Branch(key, table.candidates(key), table.starts_longer(key))
    return branch if branch.rows or branch.longer else None


def _possessive(key: str, words: Words) -> Start | None:
    """ "Syrias" is Syria's in feeds that lose apostrophes; only for regions and countries."""
    if not words.possessive or not key.endswith(words.possessive) or key in words.stop:
        return None
    table = gazetteer()
    stem = key[: -len(words.possessive)]
    rows = table.candidates(stem)
    known = rows and table.level(rows[0]) in ("region", "country") and stem not in words.stop
    if not known or key in table.trie:
        return None
    return Start(stem, False, False, Branch(stem, rows, False), None, None)


def _declined(key: str, words: Words) -> Start | None:
    """Дамаске is Дамаск: a name without the ending of its case, for places that are well known."""
    table = gazetteer()
    for end, nominatives in words.declined:
        if not key.endswith(end) or len(key) - len(end) < SHORT or key in words.stop:
            continue
        stem = key[: len(key) - len(end)]
        for nominative in nominatives:
            rows = table.candidates(stem + nominative)
            if rows and table.priors[rows[0]] >= WELL_KNOWN and stem + nominative not in words.stop:
                return Start(stem + nominative, False, False, Branch(stem, rows, False), None, None)
    return None


def _doubtful(words: Words, place: Branch) -> bool:
    """Whether a word that is left when a prefix is cut off is rather no place."""
    if place.key in words.stop or not place.rows:
        return True
    return len(place.key) <= SHORT and gazetteer().priors[place.rows[0]] < WELL_KNOWN


def _skeleton_branch(words: Words, key: str) -> Branch | None:
    if key in words.stop or key in words.locative:
        return None
    short = skeleton(key)
    if short == "":
        return Branch(SKELETON, (), True) if key in words.lower_case else None
    return alike_branch(SKELETON + short)


@lru_cache(maxsize=REMEMBERED)
def alike_branch(key: str) -> Branch | None:
    """The same of a key of skeletons, which are written without spaces."""
    table = gazetteer()
    longer = table.has_prefix(key)
    return Branch(key, table.candidates(key), longer) if longer else None
