"""Money told without its country: in a story of Algeria dinars are Algerian."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from babel import Locale
from babel.numbers import get_currency_name, get_territory_currencies
from msgspec.structs import replace

from transforms.claim.places import find_places
from transforms.extract.quantities import QuantitySpan
from transforms.extract.tokens import tokenize
from transforms.languages.load import table
from transforms.read.normal import fold, normal

COUNTS = (1, 2, 5, 20, 100)  # one of each form that a language has
# What desks tell sums in wherever they write.
EVERYWHERE = frozenset({"USD", "EUR"})


def in_local_money(
    spans: Iterable[QuantitySpan], language: str, country: str | None
) -> list[QuantitySpan]:
    """The figures, those in a currency's bare name (dinars, pounds) in the one of that name that
    `country` (an ISO 3166 code) has, by CLDR."""
    return [_local(span, language, country) if country else span for span in spans]


def _local(span: QuantitySpan, language: str, country: str) -> QuantitySpan:
    quantity = span.quantity
    if quantity.unit_text is None or quantity.unit in EVERYWHERE:
        return span
    code = _currency(quantity.unit_text, language, country)
    if code is None or code == quantity.unit:
        return span
    return replace(
        span,
        last=span.last if span.noun_last is None else span.noun_last,
        noun_first=None,
        noun_last=None,
        quantity=replace(quantity, unit=code),
    )


@lru_cache(maxsize=10_000)
def _currency(noun: str, language: str, country: str) -> str | None:
    """The currency of a country whose name holds the noun; None where it has none."""
    word = fold(noun)
    for code in reversed(get_territory_currencies(country)):
        if code not in EVERYWHERE and word in _words(code, language):
            return code
    return None


@lru_cache(maxsize=1_000)
def _words(code: str, language: str) -> frozenset[str]:
    locale = Locale.parse(language)
    names = {get_currency_name(code, count, locale) for count in (None, *COUNTS)}
    words = {word for name in names for word in _without_countries(name, language)}
    words |= set(table(language, "quantities").get("also_called", {}).get(code, ()))
    return frozenset(words | {word + "ا" for word in words if language == "ar"})


def _without_countries(name: str, language: str) -> list[str]:
    """The words of a currency's name, without whose it is: 300 Iraqis are no dinars."""
    clean = normal(name).text
    tokens = tokenize(clean, fold(clean))
    whose = find_places(tokens, language)
    return [
        word
        for i, word in enumerate(tokens.words)
        if not any(mention.first <= i <= mention.last for mention in whose)
    ]
