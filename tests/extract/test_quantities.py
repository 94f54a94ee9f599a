"""Quantities: the examples of each language, and what holds for any text."""

from __future__ import annotations

import time
from importlib.resources import files
from typing import Any

import pytest
import tomli
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from transforms.extract.quantities import QuantitySpan, read_quantities
from transforms.extract.quantity_table import quantity_table
from transforms.extract.tokens import Tokens, tokenize
from transforms.languages.load import LANGUAGES
from transforms.read.normal import fold, normal


def quantities(language: str, text: str) -> tuple[Tokens, list[QuantitySpan]]:
    clean = normal(text).text
    tokens = tokenize(clean, fold(clean))
    return tokens, read_quantities(tokens, quantity_table(language))


def examples(language: str) -> dict[str, Any]:
    folder = files("transforms.languages").joinpath(language).joinpath("examples")
    return tomli.loads(folder.joinpath("quantities.toml").read_text(encoding="utf-8"))


def to_read() -> list[Any]:
    return [
        pytest.param(language, case, id=f"{language}: {case['text'][:40]}")
        for language in LANGUAGES
        for case in examples(language)["read"]
    ]


def not_to_read() -> list[tuple[str, str]]:
    return [
        (language, text)
        for language in LANGUAGES
        for text in examples(language)["not_read"]["texts"]
    ]


def told(
    span: QuantitySpan, tokens: Tokens, original: str, example: dict[str, Any]
) -> dict[str, Any]:
    """What was read, with the keys that the example has."""
    start, end = normal(original).original(tokens.starts[span.first], tokens.ends[span.last])
    quantity = span.quantity
    noun = span.noun_first
    full = {
        "exact": original[start:end],
        "stated": quantity.stated,
        "low": quantity.value.low,
        "high": "open" if quantity.value.high is None else quantity.value.high,
        "qualifier": quantity.qualifier,
        "change": quantity.change,
        "unit": quantity.unit,
        "noun": None if noun is None else tokens.exact(noun, span.noun_last or noun),
        "base": quantity.base.value if quantity.base else None,
    }
    needed = {"exact", "stated", "low", "high", "qualifier", "unit", "change"}
    return {
        key: value
        for key, value in full.items()
        if key in example or (key in needed and value not in (None, "exact"))
    }


@pytest.mark.parametrize(("language", "case"), to_read())
def test_what_must_be_read(language: str, case: dict[str, Any]) -> None:
    tokens, spans = quantities(language, case["text"])
    found = [
        told(span, tokens, case["text"], example)
        for span, example in zip(spans, case["found"], strict=False)
    ]
    assert (found, len(spans)) == (case["found"], len(case["found"]))


@pytest.mark.parametrize(("language", "text"), not_to_read())
def test_what_must_not_be_read(language: str, text: str) -> None:
    tokens, spans = quantities(language, text)
    assert [tokens.exact(span.first, span.last) for span in spans] == []


def test_a_number_in_a_date_is_no_quantity() -> None:
    tokens, spans = quantities("en", "On 5 people day 12 soldiers came")
    taken = read_quantities(tokens, quantity_table("en"), [(1, 1)])
    assert [tokens.exact(span.first, span.last) for span in taken] == ["12"]
    assert len(spans) == 2


AROUND = "and or between from to 5 7 1,5 2012 % $ - – / . , ( ) people km of the at least"
WORDS = [*sorted(quantity_table("en").triggers)[:80], *AROUND.split()]
words = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)


@given(
    st.lists(
        st.sampled_from(
            (*sorted(quantity_table("en").after_article)[::9], *["an", "a", "x", "of", ",", "-"])
        )
    )
)
def test_an_article_is_passed_over_only_where_it_opens_nothing(cut: list[str]) -> None:
    table = quantity_table("en")
    tokens = tokenize(" ".join(cut), " ".join(cut))
    asked = replace(table, articles=frozenset())
    assert read_quantities(tokens, table) == read_quantities(tokens, asked)


@given(st.one_of(st.text(max_size=200), words), st.sampled_from(LANGUAGES))
def test_any_text_is_read_in_order_and_means_what_it_states(text: str, language: str) -> None:
    tokens, spans = quantities(language, text)
    past = -1
    for span in spans:
        assert past < span.last < len(tokens.words)
        assert span.first <= span.last
        past = span.last
        quantity = span.quantity
        low, high, stated = quantity.value.low, quantity.value.high, quantity.stated
        if low is not None and high is not None:
            assert low <= high
        if stated is not None and quantity.qualifier not in ("more_than", "less_than"):
            assert low is None or low <= stated
            assert high is None or stated <= high


HOSTILE = {
    "one digit": "7",
    "one letter": "a",
    "numbers": "five ",
    "digits": "12 ",
    "scales": "thousand million ",
    "groups": "123,",
    "spaced": "123 ",
    "hyphens": "1-",
    "and": "hundred and ",
    "joined": "وخمسة ",
    "percent": "5% to ",
    "between": "between five and ",
    "of": "half of the ",
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_time_grows_no_faster_than_the_text(name: str, language: str) -> None:
    def cost(size: int) -> float:
        text = (HOSTILE[name] * size)[:size]
        tokens = tokenize(text, fold(text))
        table = quantity_table(language)
        best = 1.0
        for _ in range(3):
            begun = time.process_time()
            read_quantities(tokens, table)
            best = min(best, time.process_time() - begun)
        return best

    # Quadratic would be 64 times; the constant keeps short times from being compared.
    assert cost(40_000) <= 24 * cost(5_000) + 0.05
