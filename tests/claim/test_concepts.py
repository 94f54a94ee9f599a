"""Concepts and names that tell an event from others in any language."""

from __future__ import annotations

import pytest

from transforms.claim.concepts import concepts, skeleton
from transforms.languages.load import table
from transforms.read.normal import fold

LANGUAGES = ("en", "fr", "ar")
SCHOOL_BUS = {
    "en": "a suicide bomber struck a school bus",
    "fr": "un kamikaze a frappé un bus devant une école",
    "ar": "استهدف انتحاري حافلة قرب المدرسة",
}


def named(text: str, language: str) -> set[str]:
    return set(concepts(fold(text).split(), language))


def test_every_language_names_the_same_concepts() -> None:
    assert len({frozenset(table(language, "concepts")["concepts"]) for language in LANGUAGES}) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scene_is_the_same_in_every_language(language: str) -> None:
    assert {"@school", "@bus", "@suicide"} <= named(SCHOOL_BUS[language], language)


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "the schooling of scholars"), ("fr", "scolarité obligatoire"), ("ar", "درس وكتاب")],
)
def test_a_word_that_only_begins_alike_is_none(language: str, text: str) -> None:
    assert named(text, language) == set()


def test_a_language_without_a_table_names_nothing() -> None:
    assert named("skola", "sv") == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [("Sawahlunto", "ساواهلونتو"), ("Koutaïssi", "Kutaisi"), ("Barazi", "البرازي")],
)
def test_spellings_of_one_name_sound_alike(one: str, other: str) -> None:
    assert skeleton(fold(one)) == skeleton(fold(other)) is not None


@pytest.mark.parametrize(("one", "other"), [("Barazi", "Gharbi"), ("Kutaisi", "Batumi")])
def test_two_names_do_not(one: str, other: str) -> None:
    assert skeleton(fold(one)) != skeleton(fold(other))


def test_a_short_name_says_nothing() -> None:
    assert skeleton("ali") is None
