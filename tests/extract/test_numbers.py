"""Numbers in digits, words and both, in each language."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.extract.numbers import Number, number_table, read_number
from transforms.extract.tokens import Tokens, tokenize
from transforms.languages.load import LANGUAGES
from transforms.read.normal import fold, normal

SPELLED = Path(__file__).parent.parent / "data" / "languages"


def tokens_of(text: str) -> Tokens:
    clean = normal(text).text
    return tokenize(clean, fold(clean))


def read(language: str, text: str) -> tuple[float, str] | None:
    """The value of the number that begins the text, and the words it takes."""
    tokens = tokens_of(text)
    number = read_number(tokens, 0, number_table(language))
    return (number.value, tokens.exact(0, number.last)) if number else None


def spelled(language: str) -> list[tuple[int, str]]:
    lines = (SPELLED / f"spelled_{language}.tsv").read_text(encoding="utf-8").splitlines()
    return [(int(value), words) for value, words in (line.split("\t") for line in lines)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_number_that_icu_spells_is_read_back(language: str) -> None:
    wrong = [
        (value, words)
        for value, words in spelled(language)
        if read(language, words) != (value, words)
    ]
    assert not wrong


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "6,000", 6000),
        ("en", "6.000", 6000),
        ("fr", "6 000", 6000),
        ("fr", "6\u202f000", 6000),
        ("ar", "٦٬٠٠٠", 6000),
        ("ar", "١٫٥", 1.5),
        ("en", "1.5", 1.5),
        ("fr", "1,5", 1.5),
        ("en", "1,5", 1.5),
        ("en", "1,234.5", 1234.5),
        ("fr", "1.234,5", 1234.5),
        ("fr", "1 234 567,89", 1234567.89),
        ("en", "12,34,567", 1234567),
        ("en", "1.3 million", 1_300_000),
        ("fr", "780 milliards", 780_000_000_000),
        ("en", "300k", 300_000),
        ("en", "1.2bn", 1_200_000_000),
        ("en", "10M", 10_000_000),
        ("en", "3 crore", 30_000_000),
        ("en", "two lakh", 200_000),
        ("en", "a hundred and twenty", 120),
        ("en", "fifteen hundred", 1500),
        ("en", "twentyone", 21),
        ("en", "half a million", 500_000),
        ("en", "three quarters of a million", 750_000),
        ("en", "two and a half million", 2_500_000),
        ("en", "two point five million", 2_500_000),
        ("en", "3½", 3.5),
        ("fr", "quatre-vingt-onze", 91),
        ("fr", "huitante-deux", 82),
        ("fr", "cent mille milliards", 10**14),
        ("fr", "un demi-million", 500_000),
        ("fr", "2 millions et demi", 2_500_000),
        ("ar", "أحد عشر", 11),
        ("ar", "إحدى عشرة", 11),
        ("ar", "اثنتا عشرة", 12),
        ("ar", "وخمسة وعشرون", 25),
        ("ar", "بثلاثمئة", 300),
        ("ar", "ثلاث مائة", 300),
        ("ar", "ألفا", 2000),
        ("ar", "خمسون ألفا", 50_000),
        ("ar", "مليون ومئتي ألف", 1_200_000),
        ("ar", "خمسة آلاف و300", 5300),
        ("ar", "مليون ونصف المليون", 1_500_000),
        ("ar", "نصف مليون", 500_000),
    ],
)
def test_a_number_is_read_to_its_end(language: str, text: str, value: float) -> None:
    assert read(language, text) == (value, normal(text).text)


@pytest.mark.parametrize(
    ("language", "text", "value", "words"),
    [
        ("en", "one hundred and two hundred", 100, "one hundred"),
        ("en", "one million and two million", 1_000_000, "one million"),
        ("en", "280 million first mortgages", 280_000_000, "280 million"),
        ("en", "12 300", 12, "12"),
        ("en", "twenty\nfive", 20, "twenty"),
        ("fr", "vingt et deux", 20, "vingt"),
        ("fr", "34 cents", 34, "34"),
        ("ar", "مئة ومئتين", 100, "مئة"),
        ("ar", "خمسة وستة", 5, "خمسة"),
    ],
)
def test_two_numbers_stay_two(language: str, text: str, value: float, words: str) -> None:
    assert read(language, text) == (value, words)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "12.05.2021"),
        ("en", "192.168.1.2"),
        ("en", "1234567890123456"),
        ("en", "hundreds"),
        ("en", "a"),
        ("ar", "أحد"),
        ("ar", "أثنى"),
    ],
)
def test_what_is_no_number_is_not_read(language: str, text: str) -> None:
    assert read(language, text) is None


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "17th", 17),
        ("en", "twenty-first", 21),
        ("fr", "12e", 12),
        ("fr", "quatre-vingtième", 80),
        ("ar", "الثالث والعشرون", 23),
    ],
)
def test_ordinals_are_flagged(language: str, text: str, value: int) -> None:
    tokens = tokens_of(text)
    number = read_number(tokens, 0, number_table(language))
    assert number == Number(
        value, len(tokens.words) - 1, "digits" if text[0].isdigit() else "words", ordinal=True
    )


def test_a_number_ends_before_the_token_it_is_told() -> None:
    tokens = tokens_of("خمسة وعشرين")
    assert read_number(tokens, 0, number_table("ar"), end=1) == Number(5, 0, "words")


@given(st.integers(0, 10**12 - 1), st.sampled_from(["en", "fr", "ar"]))
def test_digits_with_the_thousands_of_their_language_are_read_back(
    value: int, language: str
) -> None:
    sign = {"en": ",", "fr": " ", "ar": "٬"}[language]
    assert read(language, f"{value:,}".replace(",", sign)) == (
        value,
        f"{value:,}".replace(",", sign),
    )


@given(
    st.lists(st.sampled_from([*sorted(number_table("en").words), "and", "-", "5", ",", "."])),
    st.sampled_from(LANGUAGES),
)
def test_no_order_of_number_words_breaks_it(words: list[str], language: str) -> None:
    tokens = tokens_of(" ".join(words))
    for i in range(len(tokens.words)):
        number = read_number(tokens, i, number_table(language))
        assert number is None or i <= number.last < len(tokens.words)
