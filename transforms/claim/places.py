"""Which places and peoples a text names, and which place each name means.

`find_places` reads names off the tokens, longest first, with all places they could be; `resolve`
picks among them by the other places of the article. What a place is: transforms.claim.gazetteer.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Literal, NamedTuple

import msgspec

from transforms.claim.gazetteer import (
    PEOPLE,
    SKELETON,
    Gazetteer,
    Level,
    above,
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
from transforms.extract.tokens import Tokens, tokenize
from transforms.languages.load import table as language_table
from transforms.read.normal import fold, normal

__all__ = [
    "Gazetteer",
    "Level",
    "PlaceMention",
    "contains",
    "countries_named",
    "country",
    "distance_km",
    "find_places",
    "gazetteer",
    "is_great_city",
    "level",
    "named",
    "place",
    "resolve",
]

LONGEST = 6  # words of a name
NEAR_WORDS = 8  # tokens on each side of a name that tell a line of small letters
LONGEST_ACRONYM = 4  # letters
ARABIC = "\u0600"  # the first letter of that script
DATELINE_SIGNS = frozenset(",(–—/:")
REMEMBERED = 1 << 16  # words and keys: most are no places, and the same come again and again
JOINING = frozenset("-'.")  # signs inside a name: Port-au-Prince, Sana'a, U.S.
SHORT = 3  # letters: with an Arabic prefix cut off, only well known names may be so short
WELL_KNOWN = 57  # prior of a city of half a million inhabitants
# Priors under which a place must fit the rest of the article: a city of 100,000 inhabitants, a
# region of the same size.
UNSUPPORTED: dict[Level, int] = {"city": 50, "region": 75}
SURE = 170  # prior over which all are as likely: "عمان" is Amman in an article on Jordan
ALIKE_ADDS = 1.0  # what a name has added to its country's support itself
ALONE = 100  # prior from which on a name needs nothing beside it: capitals and countries


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
def _words(language: str) -> Words:
    tables = language_table(language, "places")

    prefixes = Prefixes(**tables["prefixes"]) if "prefixes" in tables else None

    def keys(words: Sequence[str]) -> frozenset[str]:
        return frozenset(_key(word) for word in words)

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
        tuple((_key(end), tuple(map(_key, nominative))) for end, nominative in declined.items()),
        prefixes,
    )


def _key(name: str) -> str:
    return " ".join(plain(word) for word in fold(name).split())


def without_kind(name: str) -> list[str]:
    """The folded words of an English name of a place without those for its kind: Zamfara State."""
    kinds = language_table("en", "places")["kinds"]["region"]
    return [word for word in fold(name).split() if word not in kinds]


def names_no_place(word: str, language: str) -> bool:
    """Whether a folded word is a frequent one that names no place (places.toml)."""
    return plain(word) in _words(language).stop


def is_given_name(word: str, language: str) -> bool:
    """Whether a folded word is a given name that many bear (places.toml)."""
    return plain(word) in _words(language).given


def find_places(tokens: Tokens, language: str) -> list[PlaceMention]:
    """The places and peoples that the tokens name, in text order; the longest name is read.

    `language` is one of transforms.languages.load.LANGUAGES; raises FileNotFoundError for another.
    """
    words = _words(language)
    text, begins = tokens.text, tokens.starts
    found: list[PlaceMention] = []
    past = -1
    for index, starts in enumerate(map(_look_up(language), tokens.words)):
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


@cache
def _look_up(language: str) -> Callable[[str], tuple[Start, ...]]:
    """Tells what a folded word can begin; remembers the words that were looked up last."""
    return lru_cache(maxsize=REMEMBERED)(lambda word: tuple(_starts(language, word)))


def _starts(language: str, word: str) -> Iterator[Start]:
    """What a folded word can begin; nothing for most words."""
    words = _words(language)
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
    words = _words(language)
    place = _branch(key)
    if place and prefixed and _doubtful(words, place):
        place = place._replace(rows=()) if place.longer else None
    people = _branch(f"{language}{PEOPLE}{key}")
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
def _branch(key: str) -> Branch | None:
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
    return _alike(SKELETON + short)


@lru_cache(maxsize=REMEMBERED)
def _alike(key: str) -> Branch | None:
    """The same of a key of skeletons, which are written without spaces."""
    table = gazetteer()
    longer = table.has_prefix(key)
    return Branch(key, table.candidates(key), longer) if longer else None


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
    branch = _branch(plain(words[after]))
    if branch is None or not branch.rows:
        return True
    other = _branch(f"{plain(words[last])} {plain(words[after])}") if first < last else None
    return other is not None and bool(other.rows)


def _beside(key: str, rows: tuple[int, ...]) -> bool:
    """Whether a key names a place in a country of these: the road Damascus-Aleppo."""
    branch = _branch(key)
    countries = {country_of(row) for row in rows}
    return branch is not None and not countries.isdisjoint(map(country_of, branch.rows))


def _joins(tokens: Tokens, index: int) -> bool:
    """Whether the hyphen before a word joins it to one that is written large."""
    touching = tokens.touching(index) and tokens.touching(index - 1)
    return touching and _capital(tokens, index - 2) and tokens.words[index - 2][0].isalpha()


@lru_cache(maxsize=REMEMBERED)
def _is_own_name(key: str, row: int) -> bool:
    """Whether a place itself is called so, not only by one of its other names."""
    own = _key(gazetteer().name(row))
    return key == own or _letters(key) == _letters(own)


def _letters(key: str) -> str:
    """A key without signs and article: Ibra is Ibrā’, Hermel is El Hermel."""
    words = [word for word in key.split() if skeleton(word)]
    return "".join(letter for letter in "".join(words) if letter.isalpha())


@lru_cache(maxsize=1 << 14)
def _ids(rows: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(map(gazetteer().id, rows))


@lru_cache(maxsize=1 << 14)
def _rows(ids: tuple[str, ...]) -> tuple[int, ...]:
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
        going_on = _branch(f"{branch.key} {plain(tokens.words[at])}")
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
            going_on = _alike(branch.key + short)
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


# --- Which place it is --------------------------------------------------------------------------


@lru_cache(maxsize=10_000)
def named(text: str, language: str = "en") -> tuple[str, ...]:
    """The places that a field names which holds nothing else: an article's `place`, "Homs, Syria".

    Small letters will do. The finest place comes first.
    """
    shown = text.title() if text.islower() else text
    clean = normal(shown).text
    mentions = find_places(tokenize(clean, fold(clean)), language)
    ids = [id for id in resolve(mentions, ()) if id is not None]
    order: dict[Level, int] = {"city": 0, "region": 1, "people": 2, "country": 3, "continent": 4}
    return tuple(sorted(dict.fromkeys(ids), key=lambda id: order[level(id)]))


@lru_cache(maxsize=10_000)
def countries_named(text: str, language: str = "en") -> tuple[str, ...]:
    """ISO codes of the countries in which lie the places that a field names."""
    found = (country(id) for id in named(text, language))
    return tuple(dict.fromkeys(code for code in found if code is not None))


def resolve(mentions: Sequence[PlaceMention], context_countries: Sequence[str]) -> list[str | None]:
    """What each mention of one article means: an id, or None where that cannot be told.

    Mentions stand in the order of the text, those of several fields one after another.
    `context_countries` are ISO codes that the article's fields give (place, dateline). A name means
    the same in all of an article. A candidate is supported by a place named right after it that
    contains it ("Hyderabad, Sindh"), by containing places and by places of its country elsewhere.
    """
    table = gazetteer()
    spelled = [_rows(mention.candidates) for mention in mentions]
    support = _countries_named(table, mentions, spelled, context_countries)
    named_rows = {rows[0] for rows in spelled if table.level(rows[0]) != "people"}
    told = _told_by_next(table, mentions, spelled)
    alike = {rows for rows, mention in zip(spelled, mentions, strict=True) if mention.alike}
    alike -= {rows for rows, mention in zip(spelled, mentions, strict=True) if not mention.alike}
    other = {rows for rows, mention in zip(spelled, mentions, strict=True) if mention.by_another}
    free = {rows for rows, mention in zip(spelled, mentions, strict=True) if not mention.in_a_name}
    certain = {rows for rows, mention in zip(spelled, mentions, strict=True) if mention.certain}
    chosen: dict[tuple[int, ...], int | None] = {}
    for rows in spelled:
        if rows not in chosen:
            best = told.get(rows) or _best(table, rows, support, named_rows, rows in certain)
            names = rows not in free and _only_there(table, best, rows, spelled, context_countries)
            strange = rows in other and rows not in told and _is_strange(table, best, support)
            far = rows in alike and _far(best, support)
            chosen[rows] = None if names or strange or far else best
    return [None if (row := chosen[rows]) is None else table.id(row) for rows in spelled]


def _countries_named(
    table: Gazetteer,
    mentions: Sequence[PlaceMention],
    spelled: Sequence[tuple[int, ...]],
    context: Sequence[str],
) -> dict[int, float]:
    """How much the article speaks for each country (by row): each different name counts once."""
    support: dict[int, float] = defaultdict(float)
    for code in context:
        support[table.row(code)] += 3.0
    for rows, mention in dict(zip(spelled, mentions, strict=True)).items():
        countries = {home for row in rows if (home := country_of(row)) is not None}
        if len(countries) == 1:
            support[countries.pop()] += 0.5 if mention.kind == "people" else 1.0
        elif countries and (home := country_of(rows[0])) is not None:
            sure = table.level(rows[0]) == "country" or table.priors[rows[0]] > WELL_KNOWN
            support[home] += 0.7 if sure else 0.2
    return support


def _told_by_next(
    table: Gazetteer, mentions: Sequence[PlaceMention], spelled: Sequence[tuple[int, ...]]
) -> dict[tuple[int, ...], int]:
    """What two names mean when the second, at most two tokens on, contains the first.

    "Paris, Texas" tells which Paris; "Atlanta, Georgia" also which Georgia.
    """
    told: dict[tuple[int, ...], int] = {}
    for at in range(len(mentions) - 1):
        gap = mentions[at + 1].first - mentions[at].last
        if not (mentions[at].kind == mentions[at + 1].kind == "place" and 0 < gap <= 3):
            continue
        if set(spelled[at]) == set(spelled[at + 1]):
            continue
        # "Lebanon, United States" are two; "Georgia, Alabama" would be one.
        alone = table.priors[spelled[at][0]] >= ALONE and not mentions[at + 1].located
        pairs = (
            (inner, outer)
            for inner in spelled[at]
            for outer in spelled[at + 1]
            if inner != outer
            and table.contains(outer, inner)
            and not (alone and table.level(outer) == "country")
        )
        if (pair := next(pairs, None)) is not None:
            told.setdefault(spelled[at], pair[0])
            told.setdefault(spelled[at + 1], pair[1])
    return told


def _far(row: int | None, support: dict[int, float]) -> bool:
    """Whether a place lies in a country that the article says less of than of another.

    A name that is only alike in sound must lie where the article is: no "Urum" in Utah.
    """
    home = None if row is None else country_of(row)
    if home is None or len(support) < 2:
        return False
    others = [told for country, told in support.items() if country != home]
    return support.get(home, 0.0) - ALIKE_ADDS < max(others)


def _is_strange(table: Gazetteer, row: int | None, support: dict[int, float]) -> bool:
    """Whether a place is small or not well known, and far or all that the article tells of, so that
    one of its other names is rather another place: Komo is not Como."""
    if row is None or table.level(row) != "city" or table.priors[row] >= WELL_KNOWN:
        return False
    home = country_of(row)
    others = [told for country, told in support.items() if country != home]
    if others:
        return max(others) > ALIKE_ADDS and _far(row, support)  # more than one name speaks for it
    told_once = home is not None and support.get(home, 0.0) <= ALIKE_ADDS
    return told_once and table.priors[row] < UNSUPPORTED["city"]


def _only_there(
    table: Gazetteer,
    row: int | None,
    rows: tuple[int, ...],
    spelled: Sequence[tuple[int, ...]],
    context: Sequence[str],
) -> bool:
    """Whether a place lies in a country of which the article says nothing else.

    What stands in a name only is then no place: a Toyota Camry, Commissioner Austin Okafor.
    """
    if row is None or table.level(row) not in ("city", "region"):
        return False
    home = country_of(row)
    told = {country_of(other[0]) for other in set(spelled) if other != rows}
    return home not in told and home not in {table.row(code) for code in context}


def _best(
    table: Gazetteer,
    rows: tuple[int, ...],
    support: dict[int, float],
    named_rows: set[int],
    certain: bool,
) -> int | None:
    if table.level(rows[0]) == "people":
        return rows[0]

    def score(row: int) -> float:
        home = country_of(row)
        known = min(support.get(home, 0.0), 4.0) if home is not None else 0.0
        inside = not named_rows.isdisjoint(above(row))
        return min(table.priors[row], SURE) / 10 + 2.5 * known + (2.0 if inside else 0.0)

    # The first of equals: the likeliest by itself.
    best = max(rows, key=score) if len(rows) > 1 else rows[0]
    own = 1.0 if len(rows) == 1 else 0.2  # what its own name has added to the support
    home = country_of(best)
    alone = home is not None and support.get(home, 0.0) <= own
    small = table.priors[best] < UNSUPPORTED.get(table.level(best), 0)
    return None if small and alone and not certain and len(support) > 1 else best
