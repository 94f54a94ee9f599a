"""Figures, days, places and names in the words of one language (explanations.toml)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timezone
from functools import cache
from importlib.resources import files
from typing import Any

from babel.core import Locale
from babel.dates import format_date, format_datetime, format_interval
from babel.lists import format_list
from babel.numbers import format_decimal

from schemas.messages import Claim, Place, Position, Quantity, Time
from transforms.languages.load import table

# Digits as they are read everywhere in the feed: 0-9 in all three.
LOCALES = {"en": "en_GB", "fr": "fr", "ar": "ar_EG"}
MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
YEAR = re.compile(r"\d{4}")


@cache
def locale(language: str) -> Locale:
    return Locale.parse(LOCALES[language])


def words(language: str) -> dict[str, Any]:
    return table(language, "explanations")


def number(value: float, language: str) -> str:
    return str(format_decimal(value, locale=locale(language)))


def plural(forms: Mapping[str, str], value: float, language: str) -> str:
    """The form of the CLDR plural class of a number, the number filled in for {n}.

    >>> plural({"one": "{n} person", "other": "{n} people"}, 1, "en")
    '1 person'
    """
    form = forms.get(locale(language).plural_form(value)) or forms["other"]
    return form.format(n=number(value, language))


def listed(names: Sequence[str], language: str) -> str:
    """`a, b and c` in the language."""
    return str(format_list(list(names), locale=locale(language)))


# --- places and times -----------------------------------------------------------------------------


@cache
def _place_names(language: str) -> dict[str, str]:
    """By id, what is called otherwise than in English (transforms/claim/make_place_names.py)."""
    if language == "en":
        return {}
    path = files("transforms.languages") / language / "place_names.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if not line.startswith("#"))


def place_name(place: Place, language: str) -> str:
    """What the place is called in the language, where that is known, else in English."""
    return _place_names(language).get(place.id, place.name)


def country_name(id: str, language: str) -> str:
    """A country by its ISO code; a people by the name it has."""
    if id.startswith("people:"):
        return id.removeprefix("people:").replace("_", " ").capitalize()
    return str(locale(language).territories.get(id, id))


def moment(time: datetime, language: str) -> str:
    """A moment in UTC, which it says: those of two outlets must compare."""
    text = format_datetime(
        time.astimezone(timezone.utc), words(language)["moment"], locale=locale(language)
    )
    return _first(str(text), language)


def day(of: date, language: str) -> str:
    return _first(str(format_date(of, words(language)["date"], locale=locale(language))), language)


def _first(text: str, language: str) -> str:
    """In French the first of a month is an ordinal: 1er mars."""
    return re.sub(r"^1(?=[ –])", "1er", text) if language == "fr" else text


def month(of: date, language: str) -> str:
    return str(format_date(of, "MMMM y", locale=locale(language)))


def event_days(edtf: str, language: str) -> str:
    """The day of an event, or the first and the last of several."""
    first, _, last = edtf.partition("/")
    start, end = date.fromisoformat(first), date.fromisoformat(last or first)
    if start == end:
        return day(start, language)
    return _first(str(format_interval(start, end, "yMMMMd", locale=locale(language))), language)


def when(time: Time, language: str) -> str | None:
    """On 3 May 2021; in May 2021; in 2021; between two days. None where no day is named."""
    if time.earliest is None or time.latest is None:
        return None
    said = words(language)["when"]
    first, last = date.fromisoformat(time.earliest), date.fromisoformat(time.latest)
    if time.edtf and MONTH.fullmatch(time.edtf):
        return str(said["in"].format(t=month(first, language)))
    if time.edtf and YEAR.fullmatch(time.edtf):
        return str(said["in"].format(t=first.year))
    if first == last:
        return str(said["on"].format(t=day(first, language)))
    return str(said["between"].format(first=day(first, language), last=day(last, language)))


# --- figures --------------------------------------------------------------------------------------


def what(position: Position, language: str) -> str:
    """What a position holds: 22 people killed; signed on 20 August 2021."""
    claim = position.claims[0]
    slot = words(language)["slots"][claim.slot]
    if position.time is not None:
        told = when(position.time, language)
        return str(slot["when"].format(when=told)) if told else quoted(claim, language)
    if claim.quantity is None or position.value is None:
        return quoted(claim, language)
    return _counted(position, claim, claim.quantity, slot, language)


def is_sum_of_parts(position: Position) -> bool:
    """Whether a position is what the parts of its claim add up to, and not its total."""
    parts = position.claims[0].context.parts
    return position.value is not None and bool(parts) and position.value.low == sum(parts)


def quoted(claim: Claim, language: str) -> str:
    """The words of the article, in the quotation marks of the language."""
    return str(words(language)["quoted"].format(text=claim.quote.quote.exact))


def _counted(
    position: Position, claim: Claim, quantity: Quantity, slot: Mapping[str, str], language: str
) -> str:
    said = words(language)
    group, _, detail = claim.counted.partition(":")
    value = _size(position, quantity)
    if value is None:
        return quoted(claim, language)
    if group not in (*said["groups"], "nationals") or "who" not in slot:
        unit = _unit(claim, quantity, language)
        figure = _hedged(position, quantity, f"{number(value, language)}{unit}", language)
        return str(said["other"].format(who=figure, label=slot["label"]))
    forms = said["groups"][_group(group, claim.slot)]
    who = _hedged(position, quantity, plural(forms, value, language), language)
    one = locale(language).plural_form(value) == "one"
    text = slot["who"].format(
        who=who, e="e" if forms.get("gender") == "f" else "", s="" if one else "s"
    )
    if group == "nationals":
        text += said["nationals"].format(country=country_name(detail, language))
    return text


def _unit(claim: Claim, quantity: Quantity, language: str) -> str:
    """A currency, or the noun as written in an article of this language; with a space before it."""
    group, _, noun = claim.counted.partition(":")
    if group == "money":
        return f" {quantity.unit}" if quantity.unit else ""
    same = group == "other" and claim.article.language.startswith(language)
    return f" {noun}" if same else ""


def _group(group: str, slot: str) -> str:
    if group == "nationals":
        return "people"
    return "refugees" if (slot, group) == ("refugees", "people") else group


def _size(position: Position, quantity: Quantity) -> float | None:
    """The number that is named: the one written where the position holds it, else the upper end."""
    if position.value is None:
        return None
    low, high, stated = position.value.low, position.value.high, quantity.stated
    if stated is None or quantity.qualifier in ("range", "vague"):
        return high
    held = (low is None or low <= stated) and (high is None or stated <= high)
    return stated if held else high


def _hedged(position: Position, quantity: Quantity, phrase: str, language: str) -> str:
    """The phrase with its hedge ("about", "at least"); a range with its lower end."""
    said = words(language)["hedges"]
    low = None if position.value is None else position.value.low
    size = _size(position, quantity)
    if size == quantity.stated and quantity.qualifier not in ("range", "vague"):
        return str(said.get(quantity.qualifier, "{phrase}").format(phrase=phrase))
    if low is None or low == size:
        return phrase
    return str(said["range"].format(low=number(low, language), phrase=phrase))
