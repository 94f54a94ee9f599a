"""What one more article costs as one event grows: `python -m benchmarks.feed event`.

The state of the event's key alone, in this process, as the cross-check keeps it: without Flink.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from benchmarks.feed.measured import load
from benchmarks.tables import print_table
from schemas.messages import Article
from transforms.claim.claims import claims_of
from transforms.cross_check.state import State, encode
from transforms.cross_check.step import FEW
from transforms.key.editions import Told
from transforms.key.keys import keys_of, speaks_of_fact

SIZES = (10, 100, 1_000, 10_000)
WINDOW = 100  # the last articles of a size that are timed
OUTLETS = 500  # that take turns
FIGURES = (12, 12, 12, 15, 15, 20)
DAY = datetime(2021, 8, 30, 6, tzinfo=timezone.utc)


class Cost(NamedTuple):
    """Of one more article: CPU milliseconds, bytes added to the log, messages published; claims and
    bytes kept."""

    milliseconds: float
    added: float
    messages: float
    claims: int
    kept: int


def event(count: int) -> Iterator[Article]:
    """Articles of many outlets on one event, each with one of a few figures."""
    rng = random.Random(1)
    for number in range(count):
        figure = rng.choice(FIGURES)
        yield Article(
            uri=f"urn:event:{number}",
            versioncreated=DAY + timedelta(seconds=10 * number),
            source=f"outlet{number % OUTLETS}.example",
            language="en",
            headline=f"Car bomb kills {figure} in Aleppo",
            body_text=f"A car bomb killed {figure} people in Aleppo on Monday 30 August 2021, "
            f"officials said. The bomb hit the market at noon, witness {number} said.",
        )


def growth(sizes: Sequence[int] = SIZES) -> dict[int, Cost]:
    """What one more article costs when an event has so many."""
    told = [_told(article) for article in event(max(sizes))]
    first = told[0].claims[0]
    state = State(next(key for key in keys_of(first) if speaks_of_fact(key, first)))
    windows = {size - min(WINDOW, size) for size in sizes}
    found, log, spent = {}, [], _Spent()
    for number, tells in enumerate(told, 1):
        if number - 1 in windows:
            spent = _Spent()
        started = time.process_time()
        outcome = state.tell(tells)
        entries = [encode(entry) for entry in outcome.log]
        log += entries
        if len(log) > 2 * state.needs() + FEW:
            log = [encode(entry) for entry in state.rewritten()]
        spent.articles += 1
        spent.seconds += time.process_time() - started
        spent.added += sum(map(len, entries))
        spent.messages += len(outcome.messages)
        if number in sizes:
            kept = len(state.kept.heard), sum(map(len, log))
            found[number] = Cost(
                1000 * spent.seconds / spent.articles,
                spent.added / spent.articles,
                spent.messages / spent.articles,
                *kept,
            )
    return found


@dataclass
class _Spent:
    articles: int = 0
    seconds: float = 0.0
    added: int = 0
    messages: int = 0


def _told(article: Article) -> Told:
    """What it tells of the killed."""
    claims = tuple(claim for claim in claims_of(article) if claim.slot == "killed")
    return Told(article.uri, (1, article.versioncreated.timestamp(), False, b""), claims)


def show_growth() -> None:
    """Prints it."""
    rows: list[list[object]] = [
        [f"{size:,}", cost.milliseconds, cost.messages, cost.added, cost.claims, cost.kept]
        for size, cost in growth().items()
    ]
    print_table(
        f"What one more article costs the feed's cross-check as one event grows, mean of the last "
        f"{WINDOW} of each size ({load()})",
        "python -m benchmarks.feed event",
        ["articles of the event", "CPU ms", "messages", "bytes added", "claims kept", "bytes kept"],
        rows,
    )
