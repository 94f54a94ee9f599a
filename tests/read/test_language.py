"""The language of articles and of paragraphs."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.read.language import detect, paragraphs, supported

SEEDS = Path(__file__).parents[1] / "data" / "seeds"
PUBLICATION = json.loads((SEEDS / "publication.json").read_text(encoding="utf-8"))


def seed(number: str) -> str:
    return (SEEDS / PUBLICATION[number]["file"]).read_bytes().decode("utf-8")


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"),
        ("fr-CA", "fr"),
        ("ar_SA", "ar"),
        ("AR", "ar"),
        ("eng", "en"),
        ("fra", "fr"),
        ("arb", "ar"),
        ("arz", "ar"),
        ("de", "de"),
        ("sv", None),
        ("zh-Hant-TW", "zh"),
        ("", None),
        ("english, mostly", None),
    ],
)
def test_tags_are_read_by_their_language(tag: str, language: str | None) -> None:
    assert supported(tag) == language


@pytest.mark.parametrize("number", sorted(PUBLICATION))
def test_sample_articles_are_told(number: str) -> None:
    assert detect(seed(number)) == PUBLICATION[number]["language"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kabul blast kills 12", "en"),
        ("Qatar - Etats-Unis : accord signé", "fr"),
        ("مقتل 12 شخصا", "ar"),
        ("President Bashar al-Assad leaves the capital", "en"),
        ("Terremoto en Marruecos: 45 muertos", "es"),
        ("Terremoto em Marrocos mata 45", "pt"),
        ("Erdbeben in Marokko: 45 Tote", "de"),
        ("Fas depreminde 45 ölü", "tr"),
        ("摩洛哥地震致45人死亡", "zh"),
        ("12", "und"),
        ("", "und"),
        (
            "Der Bundeskanzler hat am Montag in Berlin erklärt, dass 12 Menschen verletzt wurden "
            "und das Haus zerstört wurde.",
            "de",
        ),
        (
            "در این حمله ۱۲ نفر کشته شدند و ده‌ها نفر زخمی شدند، به گفته مقامات افغانستان در کابل",
            "fa",
        ),
        ("Двенадцать человек погибли в Москве в понедельник, сообщили власти и полиция.", "ru"),
    ],
)
def test_languages_are_told_by_script_and_words(text: str, language: str) -> None:
    assert detect(text) == language


def test_only_configured_languages_are_candidates() -> None:
    assert detect("Twelve dead", ("fr", "ar")) == "fr"
    assert detect("مقتل 12 شخصا في كابول", ("en", "fr")) == "ar"


def test_a_caption_in_another_script_is_told_apart() -> None:
    text = seed("003")
    cuts = paragraphs(text, "ar")
    english = [text[start:end] for start, end, language in cuts if language == "en"]
    assert english[0].startswith("US Secretary of State Mike Pompeo (L) meets")
    assert english[0].rstrip().endswith("AFP)")
    assert {language for _, _, language in cuts} == {"ar", "en"}


@pytest.mark.parametrize("number", ["000", "001", "002", "004"])
def test_an_article_in_one_language_is_one_piece(number: str) -> None:
    text, language = seed(number), PUBLICATION[number]["language"]
    assert paragraphs(text, language) == [(0, len(text), language)]


def test_a_foreign_name_in_a_line_leaves_its_language() -> None:
    text = "أقلعت طائرة C-17 من مطار كابول\n\nاليوم"
    assert paragraphs(text, "ar") == [(0, len(text), "ar")]


def test_an_arabic_quote_in_a_french_article_is_arabic() -> None:
    text = "Il a dit :\nقتل 12 شخصا\nà Kaboul."
    assert [language for _, _, language in paragraphs(text, "fr")] == ["fr", "ar", "fr"]


@given(st.text(alphabet="ab éقت1\n\r\u2028 .", max_size=60), st.sampled_from(["ar", "en", "fr"]))
def test_paragraphs_cover_the_text_and_neighbours_differ(text: str, language: str) -> None:
    cuts = paragraphs(text, language)
    assert "".join(text[start:end] for start, end, _ in cuts) == text
    assert all(one[2] != other[2] for one, other in pairwise(cuts))
