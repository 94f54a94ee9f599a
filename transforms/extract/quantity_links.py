"""What the quantities of a text say of each other: bases, rates, shared nouns."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from schemas.messages import Base, Interval, Quantity
from transforms.extract.quantity_table import QuantityTable
from transforms.extract.tokens import Tokens

RATE_BASES = frozenset((100, 1_000, 10_000, 100_000, 1_000_000))


class QuantitySpan(msgspec.Struct, frozen=True, gc=False):
    """A quantity and the tokens it stands in, both ends included.

    The span holds the number with its currency, unit or per cent, not its hedge nor what it
    counts: that is `noun_first` to `noun_last`, None where nothing counted is written.
    `context_first` is where its hedge begins.
    """

    first: int
    last: int
    quantity: Quantity
    noun_first: int | None = None
    noun_last: int | None = None
    context_first: int = 0


def linked(tokens: Tokens, found: list[QuantitySpan], table: QuantityTable) -> list[QuantitySpan]:
    """Bases (half of the 124,000) and nouns that two numbers share (12 and 30 wounded)."""
    result = list(found)
    sharing = -1  # the quantity that took the noun of the next: 5, 6 and 7 people
    for k in range(len(result) - 1, -1, -1):
        span = result[k]
        following = result[k + 1] if k + 1 < len(result) else None
        if following is not None and _base_between(tokens, span, following, table):
            base = Base(following.quantity.stated, following.quantity.unit_text)
            result[k] = replace(span, quantity=_with_base(span.quantity, base, following.quantity))
        elif following is not None and _per(tokens, span, following, table):
            result[k] = replace(span, quantity=_rate(span.quantity, following.quantity))
            del result[k + 1]
        elif following is not None and (
            _coordinated(tokens, span, following, table)
            or (sharing == k + 1 and _listed(tokens, span, following))
        ):
            sharing = k
            shared = following.quantity
            quantity = replace(span.quantity, unit=shared.unit, unit_text=shared.unit_text)
            result[k] = replace(span, quantity=quantity)
        elif span.quantity.unit == "%" and span.quantity.base is None:
            text = _base_text(tokens, span.last + 1, table)
            if text is not None:
                result[k] = replace(span, quantity=replace(span.quantity, base=Base(None, text)))
    return result


def _with_base(quantity: Quantity, base: Base, of: Quantity) -> Quantity:
    if quantity.unit is not None:
        return replace(quantity, base=base)
    return replace(quantity, base=base, unit=of.unit, unit_text=of.unit_text)


def _base_between(
    tokens: Tokens, span: QuantitySpan, following: QuantitySpan, table: QuantityTable
) -> bool:
    first, end = span.last + 1, following.context_first
    if span.noun_first is not None or end - first > 4 or following.quantity.unit == "%":
        return False
    between, lists = tokens.words[first:end], table.words
    linked = any(word in lists["share_of"] or word in lists["of"] for word in between)
    allowed = all(
        word in lists["share_of"] or word in lists["of"] or word in lists["determiners"]
        or word in table.digit_prefixes or word == "'"
        for word in between
    )  # fmt: skip
    if span.quantity.unit == "%":
        return allowed and (linked or bool(table.digit_prefixes))
    return allowed and linked and span.quantity.unit is None and span.quantity.stated is not None


def _per(tokens: Tokens, span: QuantitySpan, following: QuantitySpan, table: QuantityTable) -> bool:
    """12 per 100,000; 12 deaths per 1,000."""
    if following.quantity.stated not in RATE_BASES or following.quantity.unit == "%":
        return False
    end = span.last if span.noun_last is None else span.noun_last
    return " ".join(tokens.words[end + 1 : following.first]) in table.words["per"]


def _rate(quantity: Quantity, per: Quantity) -> Quantity:
    unit = f"{quantity.unit or ''}/{int(per.stated or 1)}"
    return replace(quantity, unit=unit, value=Interval(quantity.stated, quantity.stated))


def with_rate(
    tokens: Tokens, quantity: Quantity, last: int, measured: bool, table: QuantityTable
) -> Quantity:
    """$85 a barrel, 40 litres per person: the unit by another, after the unit that ends at `last`.

    What is counted takes a unit of measure only (5 people a day), money and measures a noun too.
    """
    hyphen = last + 1 < len(tokens.words) and tokens.words[last + 1] == "-"  # $15-an-hour
    link = table.rates.at(tokens, last + 1 + hyphen)
    if link is None or quantity.unit in (None, "%", "pp"):
        return quantity
    at = link[1] + 1 + hyphen
    unit = table.units.at(tokens, at) or table.symbols.at(tokens, at)
    if unit is not None and unit[0] != "%":
        following = tokens.words[unit[1] + 1] if unit[1] + 1 < len(tokens.words) else ""
        if following in table.words["rate_unless"]:
            return quantity  # $5 a year earlier
        return replace(quantity, unit=f"{quantity.unit}/{unit[0]}")
    if measured and at < len(tokens.words) and tokens.words[at] in table.words["rate_nouns"]:
        return replace(quantity, unit=f"{quantity.unit}/{tokens.words[at]}")
    return quantity


def _listed(tokens: Tokens, span: QuantitySpan, following: QuantitySpan) -> bool:
    """Whether only a comma stands between two bare numbers."""
    between = tokens.words[span.last + 1 : following.first]
    return span.quantity.unit is None and between in ((",",), ("،",))


def _coordinated(
    tokens: Tokens, span: QuantitySpan, following: QuantitySpan, table: QuantityTable
) -> bool:
    if span.quantity.unit is not None or following.quantity.unit is None:
        return False
    between = following.first - span.last - 1
    if between == 1:
        link = tokens.words[span.last + 1]
        return link in table.numbers.join or link in table.words["range_or"]
    word = table.numbers.words.get(tokens.words[following.first])
    return not between and word is not None and word.joined


def _base_text(tokens: Tokens, i: int, table: QuantityTable) -> str | None:
    """The words after "of": 20 per cent of the population."""
    words, lists = tokens.words, table.words
    if i >= len(words):
        return None
    first = i
    while first < len(words) and first < i + 3 and (
        words[first] in lists["of"] or words[first] in lists["share_of"] or words[first] == "'"
    ):  # fmt: skip
        first += 1
    if first == i and not (table.digit_prefixes and words[i].startswith(table.article)):
        return None
    last = first
    while last < len(words) and last < first + 4:
        if not words[last].isalpha() or words[last] in lists["stop"]:
            break
        last += 1
    return tokens.exact(first, last - 1) if last > first else None
