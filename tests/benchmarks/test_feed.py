"""The articles that the feed is measured with raise what they are made for."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
import pytest

from benchmarks.feed import made
from benchmarks.feed.delay import percentiles
from benchmarks.feed.one_event import growth
from benchmarks.feed.soak import slope
from schemas.messages import Article, Discrepancy
from transforms.claim.claims import claims_of
from transforms.cross_check.state import State
from transforms.key.editions import Told
from transforms.key.step import keyed
from transforms.read.reader import read


def fed(payloads: Iterable[bytes]) -> list[Discrepancy]:
    """What is told last of each id, article by article and under each key."""
    states: dict[str, State] = {}
    last: dict[str, Discrepancy] = {}
    for payload in payloads:
        article = read(payload)
        assert isinstance(article, Article)
        clock = (1, article.versioncreated.timestamp(), False, b"")
        for key, tells in keyed(Told(article.uri, clock, tuple(claims_of(article)))):
            messages = states.setdefault(key, State(key)).tell(tells).messages
            last.update((message.id, message) for message in messages)
    return [message for message in last.values() if message.status == "open"]


def uris(discrepancy: Discrepancy) -> set[str]:
    return made.uris(msgspec.to_builtins(discrepancy))


def test_each_alert_is_one_discrepancy_of_its_own() -> None:
    numbers = range(2 * len(made.TOWNS))
    found = [uris(one) for one in fed(map(made.alert, numbers))]
    expected = [{f"urn:bench:alert:{number}"} for number in numbers]
    assert sorted(found, key=min) == sorted(expected, key=min)


def test_the_articles_of_an_event_differ_on_it() -> None:
    [found] = fed(made.of_event(3, which) for which in range(8))
    assert found.slot == "killed"
    assert len(found.positions) == 2


def test_one_more_article_costs_no_more_when_an_event_has_many() -> None:
    few, many = growth((120, 240)).values()
    assert many.claims == few.claims
    assert many.added < 2 * few.added


def test_a_slope_is_told_by_the_hour() -> None:
    assert slope([(0.0, 100.0), (30.0, 101.0), (60.0, 102.0)]) == pytest.approx(2.0)
    assert slope([(0.0, 100.0)]) == 0.0


def test_percentiles_are_told_in_milliseconds() -> None:
    assert percentiles([n / 1000 for n in range(1, 101)]) == [51, 96, 100]
    assert percentiles([]) == ["-", "-", "-"]
