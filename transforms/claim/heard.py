"""Places that an Arabic text spells by their sound: مولتان is Multan, غولو is Gulu.

The gazetteer has Arabic names of few towns where Arabic is not written. A word that stands where a
name of a place does is compared by sound with the towns of the countries that the article names.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from transforms.claim.concepts import ARTICLE, CASELESS, SOUNDS, letters, phrases_of
from transforms.claim.gazetteer import country_of, gazetteer
from transforms.claim.lexicon import folded, lexicon
from transforms.claim.place_words import names_no_place, without_kind
from transforms.claim.places import PlaceMention
from transforms.claim.stems import common_stems, stems
from transforms.extract.extract import Passage
from transforms.languages.load import table

COUNTRIES = 2  # of an article: those most of its names lie in
LONGEST = 3  # words of a name
FEWEST = 4  # letters that are heard of a name
LEAST = 2  # consonants of it
# Prior from which on a town needs no word for a town before its name: ten thousand inhabitants.
KNOWN = 40
# Vowels as they are written, and as which of three they are heard; e is a, i or nothing.
VOWELS = {
    **dict.fromkeys("aاأإآىعءe", "a"),
    **dict.fromkeys("iyيئ", "i"),
    **dict.fromkeys("ouwوؤ", "u"),
    **dict.fromkeys("hح", "h"),  # which no name may lack where a text has it
}


class Sounds(NamedTuple):
    """The consonants of a name, and the vowels written before, between and after them."""

    consonants: str
    vowels: tuple[str, ...]


class Town(NamedTuple):
    """A place and how it sounds. `row` is that of the gazetteer."""

    row: int
    vowels: tuple[str, ...]


def with_heard(
    passages: Sequence[Passage],
    mentions: Sequence[Sequence[PlaceMention]],
    ids: Sequence[str | None],
) -> list[list[PlaceMention]] | None:
    """The mentions of an article with those of towns that it spells by their sound; None where it
    spells none so.

    `ids`: what the mentions mean, one passage after the other.
    """
    if not any(passage.language in CASELESS for passage in passages):
        return None
    countries = _countries(ids)
    if not countries:
        return None
    heard: dict[tuple[str, ...], tuple[str, ...]] = {}
    for passage, found in zip(passages, mentions, strict=True):
        if passage.language not in CASELESS:
            continue  # English in an Arabic article
        for first, last, is_town in _runs(passage, found):
            words = passage.tokens.words[first : last + 1]
            if towns := _towns(" ".join(words), countries, 0 if is_town else KNOWN):
                heard[words] = towns
    if not heard:
        return None
    return [
        sorted([*found, *_all(passage, found, heard)], key=lambda mention: mention.first)
        for passage, found in zip(passages, mentions, strict=True)
    ]


def _countries(ids: Sequence[str | None]) -> tuple[int, ...]:
    """The rows of the countries in which most of an article's places lie."""
    rows = gazetteer()
    homes = [country_of(rows.row(id)) for id in dict.fromkeys(ids) if id is not None]
    told = Counter(home for home in homes if home is not None)
    return tuple(row for row, _ in told.most_common(COUNTRIES))


def _runs(passage: Passage, found: Sequence[PlaceMention]) -> Iterator[tuple[int, int, bool]]:
    """First and last token of what may be such a name, the longest first, and whether a word for a
    town stands before it: uncommon words after one that says where."""
    words = passage.tokens.words
    taken = {i for mention in found for i in range(mention.first, mention.last + 1)}
    taken.update(i for time in passage.times for i in range(time.first, time.last + 1))
    taken.update(i for span in passage.quantities for i in range(span.first, span.last + 1))
    kind, where = _before(passage.language)
    for first in range(1, len(words)):
        is_town = words[first - 1] in kind
        if first in taken or not (is_town or words[first - 1] in where):
            continue
        if _is_common(words[first], passage.language):
            continue
        last = first
        while last + 1 < min(first + LONGEST, len(words)) and _goes_on(passage, last + 1, taken):
            last += 1
        yield from ((first, end, is_town) for end in range(last, first - 1, -1))


@cache
def _before(language: str) -> tuple[frozenset[str], frozenset[str]]:
    """Words for a town, and words that say where, of a language (places.toml: local, heard)."""
    tables = table(language, "places")
    local = folded(tables["local"])
    return local["kind"], local["where"] | folded(tables["heard"])["before"]


def _is_common(word: str, language: str) -> bool:
    """Whether a word is rather one of the language: with its article, in a table, in many texts."""
    if word.startswith(ARTICLE) or names_no_place(word, language):
        return True
    if not common_stems(language).isdisjoint(stems((word,))):
        return True
    known = (lexicon(language).start(word), phrases_of(language).start(word))
    return any(start is not None and start.tags for start in known)


def _goes_on(passage: Passage, index: int, taken: set[int]) -> bool:
    return index not in taken and passage.tokens.words[index][0].isalpha()


def _all(
    passage: Passage,
    found: Sequence[PlaceMention],
    heard: dict[tuple[str, ...], tuple[str, ...]],
) -> Iterator[PlaceMention]:
    """Every mention in a passage of the names that were heard in the article."""
    words = passage.tokens.words
    past = -1
    taken = {i for mention in found for i in range(mention.first, mention.last + 1)}
    for first in range(len(words)):
        for length in range(LONGEST, 0, -1):
            run = words[first : first + length]
            inside = range(first, first + length)
            if first <= past or run not in heard or not taken.isdisjoint(inside):
                continue
            past = inside[-1]
            yield PlaceMention(first, past, "place", heard[run], alike=True, located=True)


@lru_cache(maxsize=20_000)
def _towns(name: str, countries: tuple[int, ...], least: int) -> tuple[str, ...]:
    """The ids of the towns of some countries, of a prior at least, that sound like a name."""
    spelled = sounds(name)
    if spelled is None:
        return ()
    towns = [
        town.row
        for country in countries
        for town in _index(country).get(spelled.consonants, ())
        if gazetteer().priors[town.row] >= least and _is_heard(spelled, town.vowels)
    ]
    towns.sort(key=lambda row: -gazetteer().priors[row])
    return tuple(map(gazetteer().id, towns))


def _is_heard(spelled: Sounds, town: tuple[str, ...]) -> bool:
    """Whether a text writes no vowel that a town's name has not, and leaves out few that it has."""
    if bool(spelled.vowels[0]) != bool(town[0]):
        return False
    left_out = 0
    for written, told in zip(spelled.vowels, town, strict=True):
        if not set(written) <= set(told):
            return False
        left_out += bool(told.strip("h")) and not written
    return left_out <= len(spelled.consonants) - LEAST


@lru_cache(maxsize=64)
def _index(country: int) -> dict[str, list[Town]]:
    """The regions and towns of a country by the consonants of their names."""
    index: dict[str, list[Town]] = {}
    for row in _by_country().get(country, ()):
        if told := sounds(" ".join(without_kind(gazetteer().name(row)))):
            index.setdefault(told.consonants, []).append(Town(row, told.vowels))
    return index


@cache
def _by_country() -> dict[int, list[int]]:
    """The rows of the regions and towns of each country's row."""
    rows = gazetteer()
    found: dict[int, list[int]] = defaultdict(list)
    _, countries, regions, peoples, cities = rows.header.level_ends
    for row in (*range(countries, regions), *range(peoples, cities)):
        home = country_of(rows.parents[row])
        if home is not None:
            found[home].append(row)
    return found


@lru_cache(maxsize=50_000)
def sounds(name: str) -> Sounds | None:
    """How a folded name sounds, in Latin or Arabic letters; None for a short one.

    >>> sounds("gulu")
    Sounds(consonants='gl', vowels=('', 'u', 'u'))
    """
    name = letters("".join(word.removeprefix(ARTICLE) for word in name.split()))
    consonants, vowels = "", [""]
    for letter in name:
        sound = SOUNDS.get(letter, "")
        if sound and not (consonants.endswith(sound) and not vowels[-1]):
            consonants += sound
            vowels.append("")
        elif letter in VOWELS:
            vowels[-1] += VOWELS[letter]
    if name.endswith("ه"):
        vowels[-1] += "a"
    heard = len(consonants) + sum(map(bool, vowels))
    if len(consonants) < LEAST or heard < FEWEST:
        return None
    return Sounds(consonants, tuple(vowels))
