"""Which place a name means, by what else an article names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from transforms.claim.gazetteer import (
    Gazetteer,
    Level,
    above,
    country,
    country_of,
    gazetteer,
    level,
)
from transforms.claim.place_words import WELL_KNOWN
from transforms.claim.places import UNSUPPORTED, PlaceMention, find_places, rows_of
from transforms.extract.tokens import tokenize
from transforms.read.normal import fold, normal

SURE = 170  # prior over which all are as likely: "عمان" is Amman in an article on Jordan
ALIKE_ADDS = 1.0  # what a name has added to its country's support itself
ALONE = 100  # prior from which on a name needs nothing beside it: capitals and countries


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
    spelled = [rows_of(mention.candidates) for mention in mentions]
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
