"""An alert in plain words, in three languages, from the alert alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from babel.core import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

from schemas.messages import Claim, Explanation, Position, Quantity, Severity
from transforms.languages.load import table

SOURCES_NAMED = 3
# Digits as they are read everywhere in the feed: 0-9 in all three.
LOCALES = {"en": "en_GB", "fr": "fr", "ar": "ar_EG"}


def explanation(
    kind: str, rule: str, earliest: Claim, positions: Sequence[Position], level: Severity
) -> Explanation:
    """Who says what of which fact, the rule that raised it, and what would settle it."""
    texts = (_told(language, rule, earliest, positions, level) for language in ("en", "fr", "ar"))
    return Explanation(*texts)


def _told(
    language: str, rule: str, earliest: Claim, positions: Sequence[Position], level: Severity
) -> str:
    words = table(language, "explanations")
    place = earliest.places[0].name if earliest.places else None
    day = _days(earliest.event_time, language) if earliest.kind == "quantity" else None
    intro = words["intro"].format(
        what=_what(earliest, words),
        where=words["where"].format(place=place) if place else "",
        when=words["when"].format(day=day) if day else "",
        positions=words["join"].join(_position(p, words, language) for p in positions),
    )
    reason = "one_day_apart" if "one_day_apart" in level.reasons else rule
    parts = [intro, words["rules"].get(reason, ""), words["settle"].get(rule, "")]
    return " ".join(part for part in parts if part)


def _what(claim: Claim, words: dict[str, Any]) -> str:
    slot = str(words["slots"].get(claim.slot, claim.slot))
    group, _, nation = claim.counted.partition(":")
    named = nation if group == "other" else words["groups"].get(group)
    return slot if named is None else f"{slot} ({named.format(country=nation)})"


def _position(position: Position, words: dict[str, Any], language: str) -> str:
    sources = list(position.sources[:SOURCES_NAMED])
    if len(position.sources) > SOURCES_NAMED:
        sources.append(words["and_more"].format(count=len(position.sources) - SOURCES_NAMED))
    named = words["listing"].join(sources)
    return str(
        words["position"].format(
            value=_value(position, words, language),
            sources=named,
            time=format_datetime(position.as_of, "d MMM y, HH:mm", locale=_locale(language)),
        )
    )


def _value(position: Position, words: dict[str, Any], language: str) -> str:
    first = next(iter(position.claims), None)
    if position.time is not None:
        time = position.time
        if time.earliest and time.latest and first is not None and first.slot != "date":
            return _days(f"{time.earliest}/{time.latest}", language) or time.timex3.value
        return first.quote.quote.exact if first is not None else time.timex3.value
    if first is None or first.quantity is None or position.value is None:
        return ""
    return _quantity(first.quantity, position, words, language)


def _quantity(quantity: Quantity, position: Position, words: dict[str, Any], language: str) -> str:
    def number(value: float) -> str:
        return str(format_decimal(value, locale=_locale(language)))

    interval = position.value
    unit = f" {quantity.unit}" if quantity.unit and quantity.unit.isupper() else ""
    inside = (
        quantity.stated is not None
        and interval is not None
        and (
            (interval.low is None or interval.low <= quantity.stated)
            and (interval.high is None or quantity.stated <= interval.high)
        )
    )
    if quantity.stated is not None and inside and quantity.qualifier not in ("range", "vague"):
        text = number(quantity.stated)
        pattern = words.get(quantity.qualifier)
        return (pattern.format(n=text) if pattern else text) + unit
    if interval is not None and interval.low is not None and interval.high is not None:
        if interval.low == interval.high:
            return number(interval.low) + unit
        return (
            str(words["range"].format(low=number(interval.low), high=number(interval.high))) + unit
        )
    return position.claims[0].quote.quote.exact


def _days(edtf: str | None, language: str) -> str | None:
    if edtf is None:
        return None
    first, _, last = edtf.partition("/")
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    text = format_date(start, "d MMMM y", locale=_locale(language))
    if end == start:
        return str(text)
    return f"{text} – {format_date(end, 'd MMMM y', locale=_locale(language))}"


def _locale(language: str) -> Locale:
    return Locale.parse(LOCALES[language])
