"""What is read as a place or a people, and which one it is."""

from __future__ import annotations

import hashlib
from importlib.resources import files
from time import process_time
from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.claim.gazetteer import LEVELS, NAMES_FILE, PLACES_FILE
from transforms.claim.places import (
    PlaceMention,
    contains,
    country,
    distance_km,
    find_places,
    gazetteer,
    level,
    place,
)
from transforms.claim.resolve import countries_named, named, resolve
from transforms.extract.tokens import Tokens, tokenize
from transforms.languages.load import EXPLAINED, LANGUAGES, table
from transforms.read.normal import fold, normal

ALEPPO, ALEPPO_REGION, EL_FASHER = "170063", "170062", "379555"
HYDERABAD_INDIA, HYDERABAD_SINDH, LEER_GERMANY, LEER = "1269843", "1176734", "2879697", "371466"


def tokens_of(text: str) -> Tokens:
    clean = normal(text).text
    return tokenize(clean, fold(clean))


def read(text: str, language: str, kind: str) -> list[list[str | None]]:
    tokens = tokens_of(text)
    mentions = find_places(tokens, language)
    return [
        [tokens.exact(mention.first, mention.last), id]
        for mention, id in zip(mentions, resolve(mentions, ()), strict=True)
        if mention.kind == kind and id is not None
    ]


def examples(name: str) -> list[Any]:
    found = []
    for language in LANGUAGES:
        file = files("transforms.languages") / language / "examples" / "places.toml"
        of_language = tomli.loads(file.read_text(encoding="utf-8"))[name]
        found += [
            pytest.param(language, example, id=example["text"][:40]) for example in of_language
        ]
    return found


@pytest.mark.parametrize(("language", "example"), examples("must_read"))
def test_example_is_read(language: str, example: dict[str, Any]) -> None:
    assert read(example["text"], language, "place") == example.get("places", [])
    assert read(example["text"], language, "people") == example.get("peoples", [])


@pytest.mark.parametrize(("language", "example"), examples("must_not_read"))
def test_example_is_not_read(language: str, example: dict[str, Any]) -> None:
    assert find_places(tokens_of(example["text"]), language) == []


# --- Peoples ------------------------------------------------------------------------------------


def test_every_language_names_the_same_peoples() -> None:
    ids = [set(table(language, "places")["peoples"]) for language in EXPLAINED]
    assert ids[0] == ids[1] == ids[2]
    for language in LANGUAGES:
        assert set(table(language, "places")["peoples"]) <= ids[0]


def test_every_people_is_a_place_of_the_gazetteer() -> None:
    assert all(
        level(id) == ("people" if id.startswith("people:") else "country")
        for id in table("en", "places")["peoples"]
    )


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Afghan Afghans Frenchman Frenchmen Dutch"),
        ("fr", "afghan afghans afghane afghanes syrienne syriennes grecque français"),
        ("ar", "أفغاني أفغانية الأفغان والأفغانيين سوريون السوريات بالأمريكية للأميركيين"),
    ],
)
def test_forms_of_a_people(language: str, words: str) -> None:
    for word in words.split():
        mentions = find_places(tokens_of(word), language)
        assert [mention.kind for mention in mentions] == ["people"], word


# --- What places are ----------------------------------------------------------------------------


def test_place_has_its_parents_up_to_the_country() -> None:
    found = place(EL_FASHER)
    assert found.name == "El Fasher"
    assert [parent.id for parent in found.parents] == ["408666", "SD-DARFUR", "SD"]
    assert found.latitude == pytest.approx(13.63, abs=0.01)
    assert found.longitude == pytest.approx(25.35, abs=0.01)


def test_country_has_no_parents() -> None:
    assert place("SY").parents == ()


def test_unknown_id_is_refused() -> None:
    for id in ("", "XX-NOTHING", "1", "²"):
        with pytest.raises(KeyError):
            place(id)


def test_contains() -> None:
    assert contains("SY", ALEPPO)
    assert contains(ALEPPO_REGION, ALEPPO)
    assert contains(ALEPPO, ALEPPO)
    assert contains("SD-DARFUR", EL_FASHER)
    assert contains("SAHEL", "ML")
    assert contains("JM-KASHMIR", "1162015") is False  # Islamabad
    assert not contains(ALEPPO, "SY")
    assert not contains("IQ", ALEPPO)


def test_level_and_country() -> None:
    assert [level(id) for id in ("SY", ALEPPO_REGION, ALEPPO, "6255147", "people:kurds")] == [
        "country", "region", "city", "continent", "people",
    ]  # fmt: skip
    assert country(ALEPPO) == "SY"
    assert country("SY") == "SY"
    assert country("SAHEL") is None
    assert country("people:kurds") is None


def test_distance() -> None:
    # Aleppo to Damascus: 310 km as the crow flies.
    kilometres = distance_km(ALEPPO, "170654")
    assert kilometres == pytest.approx(310, abs=10)
    assert distance_km("170654", ALEPPO) == kilometres
    assert distance_km(ALEPPO, ALEPPO) == 0
    assert distance_km(ALEPPO, "people:kurds") is None


def test_every_row_leads_to_a_country_or_lies_in_none() -> None:
    all_places = gazetteer()
    end = all_places.header.level_ends[-1]
    for row in range(0, end, 97):
        chain = all_places.chain(row)
        assert len(chain) <= len(LEVELS)
        assert all_places.row(all_places.id(row)) == row
        if all_places.level(row) == "city":
            assert all_places.country(row) is not None


# --- Fields -------------------------------------------------------------------------------------


def test_named_takes_small_letters() -> None:
    assert named("idlib") == ("169387",)
    assert named("homs, syria")[-1] == "SY"
    assert named("") == ()
    assert named("nowhere at all") == ()


def test_countries_named() -> None:
    assert countries_named("aleppo") == ("SY",)
    assert countries_named("KISORO, Uganda") == ("UG",)


# --- Which place --------------------------------------------------------------------------------


def mention(*candidates: str, at: int = 0) -> PlaceMention:
    return PlaceMention(at, at, "place", candidates)


HYDERABADS = (HYDERABAD_INDIA, HYDERABAD_SINDH)


def test_alone_the_likelier_is_meant() -> None:
    assert resolve([mention(*HYDERABADS)], ()) == [HYDERABAD_INDIA]


def test_the_fields_of_the_article_decide() -> None:
    assert resolve([mention(*HYDERABADS)], ["PK"]) == [HYDERABAD_SINDH]


def test_a_country_anywhere_in_the_article_decides() -> None:
    mentions = [mention(LEER_GERMANY, LEER), mention("SS", at=90)]
    assert resolve(mentions, ()) == [LEER, "SS"]


def test_a_name_means_one_place_in_an_article() -> None:
    mentions = [
        mention(*HYDERABADS),
        mention(*HYDERABADS, at=50),
        mention("1164807", at=52),  # Hyderabad, Sindh
        mention("IN", at=90),
        mention("1275339", at=95),  # Mumbai
    ]
    assert resolve(mentions, ())[:2] == [HYDERABAD_SINDH] * 2


def test_a_small_place_that_nothing_supports_is_not_told() -> None:
    small = "2879697"  # Leer in Germany
    assert resolve([mention(small), mention("SY", at=50), mention(ALEPPO, at=60)], ())[0] is None


def test_nothing_gives_nothing() -> None:
    assert resolve([], ["SY"]) == []


# --- The compiled files -------------------------------------------------------------------------


def test_files_are_small() -> None:
    assert NAMES_FILE.stat().st_size + PLACES_FILE.stat().st_size < 6_300_000


def test_compiling_again_gives_the_same_files() -> None:
    from transforms.claim.make_gazetteer import compile_gazetteer

    names, places = compile_gazetteer()
    for made, file in ((names, NAMES_FILE), (places, PLACES_FILE)):
        assert hashlib.sha256(made).digest() == hashlib.sha256(file.read_bytes()).digest(), (
            f"{file.name} is not of these sources: run python -m transforms.claim.make_gazetteer"
        )


# --- Any text -----------------------------------------------------------------------------------

WORDS = st.sampled_from(
    [
        "Deir",
        "ez",
        "-",
        "Zor",
        "'",
        ".",
        ",",
        "the",
        "Al",
        "al",
        "New",
        "York",
        "US",
        "Paris",
        "Texas",
        "Hyderabad",
        "Sindh",
        "république",
        "Nord",
        "de",
        "la",
        "bande",
        "Gaza",
        "الولايات",
        "المتحدة",
        "و",
        "ب",
        "ال",
        "لل",
        "ودير",
        "الزور",
        "بالفاشر",
        "محافظة",
        "IgA",
        "\n",
        "é",
        "12",
    ]
)


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=40).map(" ".join)),
    st.sampled_from(LANGUAGES),
)
def test_any_text_gives_mentions_inside_it_in_order(text: str, language: str) -> None:
    tokens = tokens_of(text)
    mentions = find_places(tokens, language)
    past = -1
    for found in mentions:
        assert past < found.first <= found.last < len(tokens.words)
        assert found.candidates
        past = found.last
    chosen = resolve(mentions, ())
    assert all(
        id is None or id in found.candidates for id, found in zip(chosen, mentions, strict=True)
    )


@pytest.mark.parametrize("unit", ["Deir ", "New York ", "al-", "Aa", "و", "الولايات ", "Al Al "])
@pytest.mark.parametrize("language", LANGUAGES)
def test_time_is_linear(unit: str, language: str) -> None:
    def seconds(length: int) -> float:
        tokens = tokens_of((unit * length)[:length])
        best = 9.0
        for _ in range(3):
            start = process_time()
            resolve(find_places(tokens, language), ())
            best = min(best, process_time() - start)
        return best

    # Ten times the text may take at most forty times as long: a quadratic one takes a hundred.
    assert seconds(30_000) < 40 * max(seconds(3_000), 0.0005)
