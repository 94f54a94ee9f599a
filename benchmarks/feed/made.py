"""The articles that the feed is measured with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from benchmarks.growth import copied, same_calendars

FA_KES = Path(__file__).parent.parent / "trust" / "fa_kes_articles.jsonl"
# Towns that are each in a country of its own, so that no two events share one within a month.
TOWNS = (
    "Aleppo", "Baghdad", "Kabul", "Tripoli", "Mogadishu", "Nairobi", "Lagos", "Karachi", "Mumbai",
    "Dhaka", "Kathmandu", "Manila", "Jakarta", "Bangkok", "Hanoi", "Seoul", "Tokyo", "Cairo",
    "Tunis", "Algiers", "Casablanca", "Khartoum", "Addis Ababa", "Kampala", "Kinshasa", "Bamako",
    "Ouagadougou", "Niamey", "Dakar", "Bogota", "Lima", "Quito", "Caracas", "Santiago", "Ankara",
    "Athens", "Madrid", "Paris", "Berlin", "Kyiv",
)  # fmt: skip
FIRST = date(1990, 1, 1)
APART = timedelta(days=40)  # between two events of one town
MOST_ROUNDS = 16  # so many shifts of years keep the weekdays
FIGURES = ((41, 35), (62, 48), (27, 21), (85, 70), (33, 19))


def day_and_town(number: int) -> tuple[date, str]:
    """Where and when an event is: no other one is near it in both."""
    return FIRST + number // len(TOWNS) % 300 * APART, TOWNS[number % len(TOWNS)]


def alert(number: int) -> bytes:
    """An article in which two speakers differ on the event of this number: one alert."""
    day, town = day_and_town(number)
    high, low = FIGURES[number % len(FIGURES)]
    return _article(
        f"urn:bench:alert:{number}",
        f"outlet{number}.example",
        day,
        20,
        f"A car bomb exploded at a market in {town} on {_told(day)}. The Red Crescent said {high} "
        f"people were killed in the blast, while state media said {low} people were killed.",
    )


def of_event(number: int, which: int) -> bytes:
    """The article so numbered of an event: each an outlet, its figure one of two."""
    day, town = day_and_town(number)
    figure = FIGURES[number % len(FIGURES)][which % 2]
    return _article(
        f"urn:bench:event:{number}:{which}",
        f"outlet{which}.example",
        day,
        10 + which % 12,
        f"A car bomb killed {figure} people in {town} on {_told(day)}, officials said. "
        f"The bomb hit the market at noon, witness {which} said.",
    )


def _told(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B} {day.year}"


def _article(uri: str, source: str, day: date, hour: int, body: str) -> bytes:
    return msgspec.json.encode(
        {
            "uri": uri,
            "versioncreated": f"{day}T{hour:02}:00:00Z",
            "source": source,
            "language": "en",
            "headline": "Car bomb hits market",
            "body_text": body,
        }
    )


@cache
def fa_kes() -> list[dict[str, Any]]:
    """The articles of FA-KES."""
    return [msgspec.json.decode(line) for line in FA_KES.read_bytes().splitlines()]


@cache
def _shifts() -> list[int]:
    years = [int(one["versioncreated"][:4]) for one in fa_kes()]
    return same_calendars(range(min(years), max(years) + 1), MOST_ROUNDS)


def filler(rounds: int, first: int = 0) -> Iterator[dict[str, Any]]:
    """FA-KES so many times, as the rounds numbered from `first`, each under uris of its own.

    Rounds speak of years of their own, up to MOST_ROUNDS. The same days again would be events that
    ever more outlets tell of in one hour, on few keys: `one_event` measures that.
    """
    for number in range(first, first + rounds):
        for one in fa_kes():
            yield copied(one, f"round:{number}", _shifts()[number % MOST_ROUNDS])


def encoded(articles: Iterable[dict[str, Any]]) -> Iterator[bytes]:
    """Articles as they are published."""
    return map(msgspec.json.encode, articles)


def uris(discrepancy: dict[str, Any]) -> set[str]:
    """The articles whose claims are in a discrepancy."""
    claims = [claim for position in discrepancy["positions"] for claim in position["claims"]]
    return {claim["article"]["uri"] for claim in claims}
