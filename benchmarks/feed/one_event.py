"""The feed: what one more claim costs its state as one event grows: `python -m benchmarks.feed`."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from typing import NamedTuple

from benchmarks.tables import print_table
from schemas.messages import Article, Claim
from transforms.claim.claims import claims_of
from transforms.cross_check.state import State, encode
from transforms.key.editions import Told
from transforms.key.keys import keys_of

SIZES = (10, 100, 1_000, 10_000)
WINDOW = 100  # the last claims of a size that are timed
FIGURES = (12, 12, 12, 15, 15, 20)
DAY = datetime(2021, 8, 30, 6, tzinfo=timezone.utc)


class Cost(NamedTuple):
    """Of one more claim: CPU milliseconds, and bytes added to the log; claims and bytes kept."""

    milliseconds: float
    added: float
    claims: int
    kept: int


def event(count: int) -> Iterator[Article]:
    """Articles of as many outlets on one event, each with one of a few figures."""
    rng = random.Random(1)
    for number in range(count):
        figure = rng.choice(FIGURES)
        yield Article(
            uri=f"urn:event:{number}",
            versioncreated=DAY + timedelta(seconds=10 * number),
            source=f"outlet{number}.example",
            language="en",
            headline=f"Car bomb kills {figure} in Aleppo",
            body_text=f"A car bomb killed {figure} people in Aleppo on Monday 30 August 2021, "
            f"officials said. The bomb hit the market at noon, witness {number} said.",
        )


def growth(count: int = SIZES[-1]) -> dict[int, Cost]:
    """What one more claim costs when an event has so many articles."""
    claims = [claim for article in event(count) for claim in claims_of(article)]
    killed = [claim for claim in claims if claim.slot == "killed"]
    key = keys_of(killed[0])[0]
    state, found, log, kept = State(key), {}, [], 0
    started, added, since = time.process_time(), 0, 0
    for number, claim in enumerate(killed, 1):
        entries = [encode(entry) for entry in state.tell(_told(claim)).log]
        log += entries
        added += sum(map(len, entries))
        if len(log) > 2 * state.needs() + 32:
            log = [encode(entry) for entry in state.rewritten()]
        if number in SIZES:
            kept = sum(map(len, log))
            spent = 1000 * (time.process_time() - started)
            each = number - since
            found[number] = Cost(spent / each, added / each, len(state.kept.heard), kept)
        if number in SIZES or number in {size - WINDOW for size in SIZES}:
            started, added, since = time.process_time(), 0, number
    return found


def _told(claim: Claim) -> Told:
    return Told(claim.article.uri, (1, claim.article.published.timestamp(), False, b""), (claim,))


def show_growth() -> None:
    """Prints it."""
    rows = [
        [f"{size:,}", f"{c.milliseconds:.2f}", f"{c.added:,.0f}", str(c.claims), f"{c.kept:,}"]
        for size, c in growth().items()
    ]
    print_table(
        "What one more claim costs the feed as one event grows (the last 100 of each size)",
        "python -m benchmarks.feed",
        ["articles of the event", "CPU ms a claim", "bytes added", "claims kept", "bytes kept"],
        rows,
    )


if __name__ == "__main__":
    show_growth()
