"""What it means that three versions of a sentence tell the same."""

from __future__ import annotations

import pytest

from benchmarks.translations import (
    agreement,
    causes,
    digits,
    has_digit,
    misaligned,
    runs_of_digits,
    values,
)


def test_units_are_words_of_a_language_but_per_cent_is_a_value() -> None:
    assert values("30 people", "en") == values("30 personnes", "fr") == {("number", 30, 30)}
    assert values("30%", "en") == values("30 %", "fr") == {("%", 30, 30)}


@pytest.mark.parametrize(
    ("text", "language"), [("on 15 March 2020", "en"), ("le 15 mars 2020", "fr"),
                           ("في 15 مارس 2020", "ar")],
)  # fmt: skip
def test_a_day_is_its_first_and_last_day(text: str, language: str) -> None:
    assert values(text, language) == {("days", "2020-03-15", "2020-03-15")}


def test_a_time_that_names_no_day_is_no_value() -> None:
    assert not any(kind == "days" for kind, _, _ in values("for two weeks", "en"))


def test_digits_are_compared_as_often_as_they_stand() -> None:
    assert digits("12 and 1") == digits("١٢ ثم ١") != digits("12")
    assert digits("39,768") == digits("39 768")
    assert runs_of_digits("39,768") != runs_of_digits("39768")


def test_triples_and_pairs_are_counted() -> None:
    counts = agreement([{"en": 1, "fr": 1, "ar": 1}, {"en": 1, "fr": 2, "ar": 1}])
    assert (counts.triples, counts.all_three) == (2, 1)
    assert counts.pairs == {("en", "fr"): 1, ("en", "ar"): 2, ("fr", "ar"): 1}


def test_the_english_says_whether_a_sentence_holds_digits() -> None:
    assert has_digit({"en": "9 dead", "fr": "neuf", "ar": "تسعة"})
    assert not has_digit({"en": "nine", "fr": "9", "ar": "9"})


def test_a_document_whose_lines_are_of_other_sentences_is_told_by_its_digits() -> None:
    right = {"en": "9 dead", "fr": "9 morts", "ar": "9 قتلى"}
    wrong = right | {"fr": "et je tousse aussi"}
    without = {"en": "dead", "fr": "et 7", "ar": "قتلى"}
    ids = [("a:1", right), ("a:2", wrong), ("b:3", right), ("b:4", wrong), ("b:5", wrong)]
    triples = [{"id": at, **triple} for at, triple in [*ids, ("a:6", without), ("c:7", without)]]
    assert misaligned(triples) == {"b": 3}


@pytest.mark.parametrize(
    ("english", "french", "arabic", "cause"),
    [
        ({5}, {5}, {5}, []),
        ({5}, {5}, set(), ["quantity: missing in ar"]),
        ({5, 6}, {5}, {5}, ["quantity: only in en"]),
        ({5}, {6}, {5}, ["quantity: other value in fr", "quantity: other value in fr"]),
    ],
)
def test_why_versions_differ(
    english: set[int], french: set[int], arabic: set[int], cause: list[str]
) -> None:
    read = {
        language: frozenset(("number", n, n) for n in numbers)
        for language, numbers in (("en", english), ("fr", french), ("ar", arabic))
    }
    assert causes(read) == cause


def test_days_are_told_from_quantities_in_the_causes() -> None:
    day = ("days", "2020-03-15", "2020-03-15")
    some = frozenset({day, ("number", 3, 3)})
    read = {"en": some, "fr": some, "ar": some - {day}}
    assert causes(read) == ["time: missing in ar"]
