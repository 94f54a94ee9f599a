"""Whom an article's figures come from, and whether two texts are one."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.messages import Article
from transforms.claim.lineage import fingerprint, lineage, publisher, same_text, sources

NOON = datetime(2021, 8, 30, 12, tzinfo=timezone.utc)
WORDS = tuple(f"word{index}" for index in range(200))


def article(source: str = "paper.example", **fields: str) -> Article:
    return Article("urn:x", NOON, source, **fields)


def test_the_agency_credited_comes_before_the_outlet() -> None:
    assert lineage(article(credit="AFP")) == lineage(article("other.example", credit="AFP"))
    assert lineage(article(credit="AFP")) != lineage(article())


@pytest.mark.parametrize(
    "fields",
    [
        {"credit": "afp"},
        {"byline": "Par Le Monde avec AFP"},
        {"body_text": "PARIS, 3 mars (AFP) - Douze personnes sont mortes."},
        {"body_text": "AFP\n\nTwelve people died in Paris."},
        {"body_text": "Twelve people died in Paris, officials said. (AFP)"},
        {"body_text": "قتل 12 شخصا في باريس.\nالمصدر: أ ف ب"},
    ],
)
def test_an_agency_is_known_wherever_it_is_credited(fields: dict[str, str]) -> None:
    assert lineage(article(**fields)) == sources().agencies["afp"]


@pytest.mark.parametrize(
    "fields",
    [
        {"byline": "Ani Petrosyan"},
        {"byline": "By Ina Berger"},
        {"body_text": "A witness told AFP that twelve people died.\nPolice confirmed it."},
        {"body_text": "Twelve people died, a witness (a nurse)"},
    ],
)
def test_what_is_no_credit(fields: dict[str, str]) -> None:
    assert lineage(article(**fields)) == "paper.example"


def test_outlets_of_one_newsroom_are_one_publisher() -> None:
    for one, other in [
        ("www.bbc.com", "bbc.co.uk"), ("aljazeera.net", "https://www.aljazeera.com/news"),
        ("الأهرام", "english.ahram.org.eg"), ("france24.com", "www.mc-doualiya.com"),
    ]:  # fmt: skip
        assert publisher(one) == publisher(other)


def test_an_agency_that_no_table_knows_is_one_source_for_all_who_credit_it() -> None:
    one = article(body_text="IQUITOS, Peru (Andes Wire) - Twelve died.")
    other = article("other.example", credit="Andes Wire")
    assert lineage(one) == lineage(other)


def test_a_byline_without_an_agency_is_the_outlet() -> None:
    assert lineage(article(byline="Jane Smith")) == "paper.example"


@pytest.mark.parametrize(
    ("outlet", "domain"),
    [
        ("paper.example", "paper.example"),
        ("ar.paper.example", "paper.example"),
        ("www.paper.co.uk", "paper.co.uk"),
        ("News.Paper.com.eg", "paper.com.eg"),
        ("https://www.paper.example/world", "paper.example"),
        ("The Daily Paper", "the daily paper"),
    ],
)
def test_the_publisher_of_an_outlet(outlet: str, domain: str) -> None:
    assert publisher(outlet) == domain


def test_a_text_is_the_same_with_a_few_words_changed() -> None:
    changed = (*WORDS[:100], "another", *WORDS[101:], "read", "more")
    assert same_text(fingerprint(WORDS), fingerprint(changed))
    assert not same_text(fingerprint(WORDS), fingerprint(tuple(reversed(WORDS))))


def test_a_text_too_short_to_tell_is_the_same_as_none() -> None:
    assert fingerprint(WORDS[:10]) == ()
    assert not same_text((), ())


@given(*[st.lists(st.sampled_from(WORDS), max_size=80).map(tuple)] * 2)
def test_same_text_is_symmetric_and_holds_of_a_text_and_itself(
    one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    first, second = fingerprint(one), fingerprint(other)
    assert same_text(first, second) == same_text(second, first)
    assert same_text(first, first) == bool(first)
