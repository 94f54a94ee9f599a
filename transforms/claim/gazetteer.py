"""The places of the world, as make_gazetteer.py compiles them.

Two files that are mapped into memory, so that all worker processes share them: `gazetteer.marisa`
(a trie of the spellings) and `gazetteer.bin` (a header as JSON, then columns).
Places stand in one table: continents, countries, regions, peoples, cities.
"""

from __future__ import annotations

import math
import mmap
from bisect import bisect_left, bisect_right
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import marisa_trie
import msgspec

from schemas.messages import Place, PlaceName

NAMES_FILE = Path(__file__).with_suffix(".marisa")
PLACES_FILE = Path(__file__).with_suffix(".bin")
NO_PARENT = 0xFFFF
MANY = 1 << 31  # marks an entry of `first` that points into `lists`, not at a place
EARTH_RADIUS_KM = 6371.0

Level = Literal["continent", "country", "region", "people", "city"]
LEVELS: tuple[Level, ...] = ("continent", "country", "region", "people", "city")

SKELETON = "~"  # before a key of skeletons (place_keys.skeleton)
DIVISION = "^"  # before the key of a division that is read as its region
PEOPLE = "|"  # between language and key of a people's name


class Header(msgspec.Struct):
    """What stands before the columns of gazetteer.bin."""

    ids: list[str]  # of all but the cities, in the order of the table
    level_ends: list[int]  # where each of LEVELS ends in the table
    members: dict[str, list[int]]  # regions across countries: the places they are made of
    columns: dict[str, tuple[str, int, int]]  # name: type code, offset after the header, items


PLACES_KEPT = 50_000  # answers remembered: a feed names the same places again and again
MOST_SHARED = 7  # countries around a sea of which each keys what happened there
# Priors of cities of a million and half a million inhabitants: ten times the decimal logarithm.
MILLION, HALF_A_MILLION = 60, 57


class Gazetteer(NamedTuple):
    """The compiled tables; a place is its row number here and its id outside."""

    trie: Any
    header: Header
    rows: dict[str, int]
    first: memoryview
    lists: memoryview
    geonames_ids: memoryview
    parents: memoryview
    latitudes: memoryview
    longitudes: memoryview
    priors: memoryview
    name_ends: memoryview
    names: memoryview

    def candidates(self, key: str) -> tuple[int, ...]:
        """Rows of all places of that spelling, the likeliest first; empty when there is none."""
        index = self.trie.get(key)
        if index is None:
            return ()
        entry = self.first[index]
        if entry < MANY:
            return (entry,)
        start = entry - MANY
        return tuple(self.lists[start + 1 : start + 1 + self.lists[start]])

    def starts_longer(self, key: str) -> bool:
        """Whether a spelling of more words starts with these."""
        return self.has_prefix(key + " ")

    def has_prefix(self, prefix: str) -> bool:
        """Whether any spelling starts with these letters."""
        return next(self.trie.iterkeys(prefix), None) is not None

    def id(self, row: int) -> str:
        """The id of a row."""
        ids = self.header.ids
        return ids[row] if row < len(ids) else str(self.geonames_ids[row - len(ids)])

    def row(self, id: str) -> int:
        """The row of an id. Raises KeyError for an unknown one."""
        row = self.rows.get(id)
        if row is not None:
            return row
        if not (id.isascii() and id.isdigit()):
            raise KeyError(id)
        wanted = int(id)
        at = bisect_left(self.geonames_ids, wanted)
        if at == len(self.geonames_ids) or self.geonames_ids[at] != wanted:
            raise KeyError(id)
        return at + len(self.header.ids)

    def level(self, row: int) -> Level:
        """What a row is. Raises IndexError for one after the last."""
        return LEVELS[bisect_right(self.header.level_ends, row)]

    def name(self, row: int) -> str:
        """The English name of a row."""
        start = self.name_ends[row - 1] if row else 0
        return bytes(self.names[start : self.name_ends[row]]).decode()

    def chain(self, row: int) -> list[int]:
        """The row and all that contain it, nearest first, up to the continent."""
        chain = [row]
        while (row := self.parents[row]) != NO_PARENT:
            chain.append(row)
        return chain

    def country(self, row: int) -> int | None:
        """The row of the country that a row is or lies in."""
        start, end = self.header.level_ends[0], self.header.level_ends[1]
        return next((above for above in self.chain(row) if start <= above < end), None)

    def contains(self, outer: int, inner: int) -> bool:
        """Whether `outer` is `inner` or contains it."""
        chain = self.chain(inner)
        members = self.header.members.get(self.id(outer), ())
        return outer in chain or any(member in chain for member in members)


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer, loaded once a process; its pages are shared between processes."""
    trie = marisa_trie.Trie()
    trie.mmap(str(NAMES_FILE))
    with PLACES_FILE.open("rb") as file:
        data: Any = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    size = int.from_bytes(data[:4], "little")
    header = msgspec.json.decode(data[4 : 4 + size], type=Header)
    columns = {}
    for name, (code, offset, items) in header.columns.items():
        start = 4 + size + offset
        width = {"B": 1, "h": 2, "H": 2, "I": 4}[code]
        columns[name] = data[start : start + items * width].cast("B").cast(code)
    rows = {id: row for row, id in enumerate(header.ids)}
    return Gazetteer(trie, header, rows, **columns)


@lru_cache(maxsize=PLACES_KEPT)
def country_of(row: int) -> int | None:
    """The row of the country that a row is or lies in."""
    return gazetteer().country(row)


@lru_cache(maxsize=PLACES_KEPT)
def above(row: int) -> frozenset[int]:
    """The rows of all that contain a row."""
    return frozenset(gazetteer().chain(row)[1:])


@lru_cache(maxsize=PLACES_KEPT)
def place(id: str) -> Place:
    """The place of an id, with what contains it up to the country. KeyError for an unknown id."""
    table = gazetteer()
    row = table.row(id)
    continents = table.header.level_ends[0]
    parents = tuple(
        PlaceName(table.id(above), table.name(above))
        for above in table.chain(row)[1:]
        if above >= continents
    )
    where = _where(table, row)
    return Place(
        id,
        table.name(row),
        parents,
        where[0] if where else None,
        where[1] if where else None,
    )


@lru_cache(maxsize=PLACES_KEPT)
def contains(a: str, b: str) -> bool:
    """Whether the place `a` is `b` or contains it."""
    table = gazetteer()
    return a == b or table.contains(table.row(a), table.row(b))


@lru_cache(maxsize=PLACES_KEPT)
def country(id: str) -> str | None:
    """ISO 3166-1 alpha-2 of the country that a place is or lies in; None for what lies in many."""
    table = gazetteer()
    row = table.country(table.row(id))
    return None if row is None else table.id(row)


@lru_cache(maxsize=PLACES_KEPT)
def is_division(key: str) -> bool:
    """Whether a key is of a division that is read as its region: Mayo-Sava."""
    return DIVISION + key in gazetteer().trie


@lru_cache(maxsize=PLACES_KEPT)
def shared_by(id: str) -> tuple[str, ...]:
    """The countries that have a part of a sea or a lake; none of a place with more than a few."""
    table = gazetteer()
    members = table.header.members.get(id, ())
    if len(members) > MOST_SHARED:
        return ()
    homes = dict.fromkeys(map(table.country, members))
    return tuple(table.id(home) for home in homes if home is not None)


@lru_cache(maxsize=PLACES_KEPT)
def level(id: str) -> Level:
    """What the place is: 'country', 'region', 'city', 'people' or 'continent'."""
    table = gazetteer()
    return table.level(table.row(id))


def is_great_city(id: str) -> bool:
    """Whether a city has a million inhabitants or more."""
    table = gazetteer()
    row = table.row(id)
    return table.level(row) == "city" and table.priors[row] >= MILLION


@lru_cache(maxsize=PLACES_KEPT)
def is_small(id: str) -> bool:
    """Whether a place is a town of under half a million inhabitants; not one that is unknown."""
    table = gazetteer()
    try:
        row = table.row(id)
    except KeyError:
        return False
    return table.level(row) == "city" and table.priors[row] < HALF_A_MILLION


def distance_km(a: str, b: str) -> float | None:
    """Kilometres between the middles of two places, on a sphere; None where one has no middle."""
    table = gazetteer()
    one, other = _where(table, table.row(a)), _where(table, table.row(b))
    return None if one is None or other is None else _kilometres(one, other)


def _where(table: Gazetteer, row: int) -> tuple[float, float] | None:
    latitude, longitude = table.latitudes[row], table.longitudes[row]
    if latitude == 0 and longitude == 0:
        return None  # a point in the ocean: for what has no middle
    return latitude / 100, longitude / 100


def _kilometres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """The haversine formula."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*one, *other))
    half = (
        math.sin((lat2 - lat1) / 2) ** 2
        + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(math.sqrt(half))
