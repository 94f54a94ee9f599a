"""Which places and peoples a text names, and which place each name means.

`find_places` reads names off the tokens, longest first, with all places they could be; `resolve`
picks among them by the other places of the article. What a place is: transforms.claim.gazetteer.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

import msgspec

from transforms.claim.gazetteer import (
    SKELETON,
    Gazetteer,
    Level,
    contains,
    country,
    country_of,
    distance_km,
    gazetteer,
    is_great_city,
    level,
    place,
)
from transforms.claim.place_keys import plain, skeleton
from transforms.claim.place_words import (
    JOINING,
    REMEMBERED,
    SHORT,
    Branch,
    Start,
    Words,
    alike_branch,
    branch_of,
    key_of,
    look_up,
    words_of,
)
from transforms.extract.tokens import Tokens

__all__ = [
    "Gazetteer",
    "Level",
    "PlaceMention",
    "contains",
    "country",
    "distance_km",
    "find_places",
    "gazetteer",
    "is_great_city",
    "level",
    "place",
]

LONGEST = 6  # words of a name
NEAR_WORDS = 8  # tokens on each side of a name that tell a line of small letters
LONGEST_ACRONYM = 4  # letters
DATELINE_SIGNS = frozenset(",(–—/:")
# Priors under which a place must fit the rest of the article: a city of 100,000 inhabitants, a
# region of the same size.
UNSUPPORTED: dict[Level, int] = {"city": 50, "region": 75}


class PlaceMention(msgspec.Struct, frozen=True, gc=False):
    """A name of a place or people: tokens `first` to `last`, both included.

    `candidates` are the ids of what it can mean, the likeliest first. `alike`: spelled otherwise,
    only alike in sound. `located`: right after a word that says where (in, near). `in_a_name`:
    beside another word written large, as in a name of a person or a firm: Paris Hilton. `certain`:
    a name of one place only, located, and of two words or as the place itself is called.
    `by_another`: not as the place itself is called: Komo, for Como.
    """

    first: int
    last: int
    kind: Literal["place", "people"]
    candidates: tuple[str, ...]
    alike: bool = False
    located: bool = False
    in_a_name: bool = False
    certain: bool = False
    by_another: bool = False


def find_places(tokens: Tokens, language: str) -> list[PlaceMention]:
    """The places and peoples that the tokens name, in text order; the longest name is read.

    `language` is one of transforms.languages.load.LANGUAGES; raises FileNotFoundError for another.
    """
    words = words_of(language)
    text, begins = tokens.text, tokens.starts
    found: list[PlaceMention] = []
    past = -1
    for index, starts in enumerate(map(look_up(language), tokens.words)):
        if not starts or index <= past:
            continue
        capital = text[begins[index]].isupper()
        for start in starts:
            if capital or start.any_case:
                mention = _read(tokens, index, start, words, capital)
                if mention is not None:
                    found.append(mention)
                    past = mention.last
                    break
    return found


# --- Reading one name ---------------------------------------------------------------------------


def _read(
    tokens: Tokens, index: int, start: Start, words: Words, capital: bool
) -> PlaceMention | None:
    """The longest name that begins at a token, which has a capital or not."""
    capital = capital or not words.capitals
    people = place = None
    following = _next_word(tokens, index)
    if start.people is not None and (capital or not words.peoples_capital):
        people = _longest(tokens, index, following, start.people)
    if capital or start.key in words.lower_case:
        if start.place is not None:
            place = _longest(tokens, index, following, start.place)
        if start.skeleton is not None:
            other = _longest_skeleton(tokens, index, following, start.skeleton)
            if other is not None and (place is None or other.last > place.last):
                place = other
    if people is not None and (place is None or people.last >= place.last):
        return PlaceMention(index, people.last, "people", _ids(people.rows))
    if place is None:
        return None
    rows = _allowed(tokens, index, place, start, words)
    if not rows or (words.capitals and _is_part_of_name(tokens, index, place.last, rows, words)):
        return None
    alike = place.key.startswith(SKELETON)
    located = _before(tokens, index) in words.locative
    in_a_name = not located and words.capitals and _in_a_name(tokens, index, place.last, words)
    own = place.last > index or _is_own_name(place.key, rows[0])
    certain = located and len(rows) == 1 and not alike and own
    by_another = words.capitals and not own
    return PlaceMention(
        index, place.last, "place", _ids(rows), alike, located, in_a_name, certain, by_another
    )


def _is_part_of_name(
    tokens: Tokens, first: int, last: int, rows: tuple[int, ...], names: Words
) -> bool:
    """Whether a hyphen joins to a name a word that is no name of a place: Saint-Martin-*Vésubie*,
    *Mayo*-Sava, not Damascus-Aleppo; or its last word begins another: le Cap-Vert is not Le Cap."""
    words, after = tokens.words, last + 2
    if first > 1 and words[first - 1] == "-" and _joins(tokens, first):
        leading = plain(words[first - 2])
        if skeleton(leading) != "" and leading not in names.stop and not _beside(leading, rows):
            return True
    if after >= len(words) or words[last + 1] != "-" or not tokens.touching(after):
        return False
    if not (tokens.touching(last + 1) and _capital(tokens, after) and words[after][0].isalpha()):
        return False
    branch = branch_of(plain(words[after]))
    if branch is None or not branch.rows:
        return True
    other = branch_of(f"{plain(words[last])} {plain(words[after])}") if first < last else None
    return other is not None and bool(other.rows)


def _beside(key: str, rows: tuple[int, ...]) -> bool:
    """Whether a key names a place in a country of these: the road Damascus-Aleppo."""
    branch = branch_of(key)
    countries = {country_of(row) for row in rows}
    return branch is not None and not countries.isdisjoint(map(country_of, branch.rows))


def _joins(tokens: Tokens, index: int) -> bool:
    """Whether the hyphen before a word joins it to one that is written large."""
    touching = tokens.touching(index) and tokens.touching(index - 1)
    return touching and _capital(tokens, index - 2) and tokens.words[index - 2][0].isalpha()


@lru_cache(maxsize=REMEMBERED)
def _is_own_name(key: str, row: int) -> bool:
    """Whether a place itself is called so, not only by one of its other names; in Latin letters
    perhaps spelled otherwise, where it has no name in them: Jowhar is Jawhar."""
    own = key_of(gazetteer().name(row))
    if key == own or _letters(key) == _letters(own):
        return True
    short = "".join(map(skeleton, own.split()))
    alike = short == "".join(map(skeleton, key.split()))
    return alike and row in gazetteer().candidates(SKELETON + short)


def _letters(key: str) -> str:
    """A key without signs and article: Ibra is Ibrā’, Hermel is El Hermel."""
    words = [word for word in key.split() if skeleton(word)]
    return "".join(letter for letter in "".join(words) if letter.isalpha())


@lru_cache(maxsize=1 << 14)
def _ids(rows: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(map(gazetteer().id, rows))


@lru_cache(maxsize=1 << 14)
def rows_of(ids: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(map(gazetteer().row, ids))


class Found(NamedTuple):
    """A spelling of the gazetteer: up to which token, its key, the rows of that key."""

    last: int
    key: str
    rows: tuple[int, ...]


def _longest(tokens: Tokens, index: int, following: int, branch: Branch) -> Found | None:
    """The longest spelling of the gazetteer that goes on from a word; `following`: the next of a
    name, as `_next_word` tells it."""
    best = Found(index, branch.key, branch.rows) if branch.rows else None
    at = following
    for _ in range(LONGEST - 1):
        if at < 0 or not branch.longer:
            break
        going_on = branch_of(f"{branch.key} {plain(tokens.words[at])}")
        if going_on is None:
            break
        branch = going_on
        if branch.rows:
            best = Found(at, branch.key, branch.rows)
        at = _next_word(tokens, at)
    return best


def _longest_skeleton(tokens: Tokens, index: int, following: int, branch: Branch) -> Found | None:
    """The same for spellings that are only alike as skeletons; all words must be capitalised."""
    best = Found(index, branch.key, branch.rows) if branch.rows else None
    at = following
    for _ in range(LONGEST - 1):
        if at < 0:
            break
        short = skeleton(plain(tokens.words[at]))
        if short and not _capital(tokens, at):
            break
        if short:
            going_on = alike_branch(branch.key + short)
            if going_on is None:
                break
            branch = going_on
            if branch.rows:
                best = Found(at, branch.key, branch.rows)
        at = _next_word(tokens, at)
    return best


def _next_word(tokens: Tokens, at: int) -> int:
    """The next token of a name, over one joining sign; -1 where the name must end."""
    words = tokens.words
    at += 1
    if at < len(words) and words[at] in JOINING and tokens.touching(at):
        at += 1
        if at < len(words) and words[at] in JOINING:
            at += 1  # "L.-A."
    if at >= len(words) or not words[at][0].isalpha():
        return -1
    end, start = tokens.ends[at - 1], tokens.starts[at]
    near = end == start or (end + 1 == start and tokens.text[end] != "\n")
    return at if near else -1


# --- What may be read where ---------------------------------------------------------------------


def _allowed(
    tokens: Tokens, index: int, found: Found, start: Start, words: Words
) -> tuple[int, ...]:
    """The rows that a name can mean where it stands; none where it is rather no place."""
    last, key, rows = found
    table = gazetteer()
    if last == index and words.capitals and not _spelled_as_name(tokens, index, key, words):
        return ()
    before = _before(tokens, index)
    if before in words.given and words.capitals <= _capital(tokens, index - 1):
        return ()
    if last == index and key in words.given and table.level(rows[0]) != "country":
        return ()
    region, city = _kind(tokens, index, last, words)
    if key in words.common and city and not start.prefixed:
        return rows  # مدينة جوهر
    told = words.locative if last > index else words.locative | words.whose
    if key in words.common and words.capitals and before in told:
        # in Buffalo, à Liège, de Liège: not Wood Green, nor a name that no newspaper writes
        own = tuple(row for row in rows if _is_own_name(key, row))
        return own if own and table.priors[own[0]] >= UNSUPPORTED["city"] else ()
    if key in words.stop or key in words.lower_case:
        return tuple(row for row in rows if region and table.level(row) == "region")
    article = "" if words.prefixes is None else words.prefixes.article
    if article and article + key in words.stop and table.level(rows[0]) == "region":
        return ()  # ست محافظات جنوبية are any six; a region is الجنوبية
    doubtful = key in words.cautious or (
        key.startswith(SKELETON) and _one_word(tokens, index, last)
    )
    if doubtful and not (region or city or start.prefixed or before in words.locative):
        return ()
    if last > index and words.capitals and not (tokens.touching(last) or _capital(tokens, last)):
        rows = tuple(row for row in rows if table.level(row) != "city")
    if not rows or not (region or city) or table.level(rows[0]) in ("country", "continent"):
        return rows
    wanted = "region" if region else "city"
    return tuple(row for row in rows if table.level(row) == wanted) or rows


def _spelled_as_name(tokens: Tokens, index: int, key: str, words: Words) -> bool:
    """Whether the capitals are a name's: not "us" for the US, nor the MERS virus for Moers."""
    written = tokens.exact(index, index)
    if key in words.abbreviations:
        return written.isupper()
    if len(written) > LONGEST_ACRONYM or written[1:].islower():
        return True
    # A dateline ("ROME, 3 May", "ADEN (Reuters)") or a heading, where all words are in capitals.
    after = tokens.words[index + 1] if index + 1 < len(tokens.words) else ""
    beside = (at for at in (index - 1, index + 1) if 0 <= at < len(tokens.words))
    return written.isupper() and (
        after in DATELINE_SIGNS
        or any(len(near) > 1 and near.isupper() for at in beside if (near := tokens.exact(at, at)))
    )


def _one_word(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a name has one word beside articles and signs: "al-Bab"."""
    words = (plain(word) for word in tokens.words[first : last + 1] if word[0].isalpha())
    return sum(skeleton(word) != "" for word in words) < 2


def _before(tokens: Tokens, index: int) -> str:
    return plain(tokens.words[index - 1]) if index else ""


def _capital(tokens: Tokens, index: int) -> bool:
    return tokens.text[tokens.starts[index]].isupper()


def _in_a_name(tokens: Tokens, first: int, last: int, words: Words) -> bool:
    """Whether a word written large stands right before or after, in a line of small letters.

    Not a word for a kind of place (Homs Governorate), nor one that begins the line.
    """
    after = _goes_on(tokens, last) and _is_name(tokens, last + 1, words)
    before = first > 1 and _goes_on(tokens, first - 1) and _is_name(tokens, first - 1, words)
    if not (after or before):
        return False
    near = [i for i in range(max(first - NEAR_WORDS, 0), min(last + NEAR_WORDS, len(tokens.words)))
            if len(tokens.words[i]) > SHORT]  # fmt: skip
    return 4 * sum(_capital(tokens, i) for i in near) <= 3 * len(near)


def _goes_on(tokens: Tokens, index: int) -> bool:
    """Whether a word follows a token, with nothing but a space between."""
    return _next_word(tokens, index) == index + 1


def _is_name(tokens: Tokens, index: int, words: Words) -> bool:
    key = plain(tokens.words[index])
    return len(key) > 1 and _capital(tokens, index) and key not in words.region | words.city


def _kind(tokens: Tokens, first: int, last: int, words: Words) -> tuple[bool, bool]:
    """Whether a word beside the name says that it is a region, or a city."""
    near: list[str] = []
    if words.kind_after and last + 1 < len(tokens.words):
        near.append(plain(tokens.words[last + 1]))
    if words.kind_before:
        at = first - 1
        while at >= 0 and first - at < 4 and plain(tokens.words[at]) in words.of:
            at -= 1
        if at >= 0:
            near.append(plain(tokens.words[at]))
    return not words.region.isdisjoint(near), not words.city.isdisjoint(near)
