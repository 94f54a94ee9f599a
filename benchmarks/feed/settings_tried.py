"""The feed's settings tried one by one: `python -m benchmarks.feed settings`, some 15 minutes.

Each row is a feed of its own with the default settings but for one: how many articles pass a
second, what CPU each takes of all processes together, and how long alerts take.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from benchmarks.feed import made
from benchmarks.feed.delay import EVERY, delays, percentiles
from benchmarks.feed.measured import load
from benchmarks.feed.throughput import USUAL, WARM, passed, warming
from benchmarks.tables import print_table
from tests.system.feeds import Stack, running

COMMAND = "python -m benchmarks.feed settings"
ROUNDS = 2  # how often FA-KES is published
SECONDS = 12  # at each rate
RATES = (10, 100)
TRIED: Mapping[str, Sequence[int]] = {
    "bundle_milliseconds": (20, 50, 100, 200, 400),
    "bundle_size": (100, 1000, 10_000),
    "checkpoint_seconds": (2, 10, 60),
    "fetch_milliseconds": (5, 20, 200),
    "parallelism": (1, 2),
    "processes": (1, 2, 3),
}


def tried(stack: Stack, **settings: int) -> list[object]:
    """A row: articles a second, CPU ms an article, and for each rate alerts, p50 and p99 in ms."""
    with running(stack, **{**USUAL, **settings}) as feed:
        passed(stack, feed, warming())
        found = passed(stack, feed, [*made.encoded(made.filler(ROUNDS, first=WARM))])
        row: list[object] = [found.rate, sum(found.cpu.values())]
        for round_, rate in enumerate(RATES, WARM + ROUNDS):
            took = delays(feed, rate, SECONDS, round_)
            middle, _, last = percentiles(took)
            row += [f"{len(took)}/{len(range(0, rate * SECONDS, EVERY))}", middle, last]
    return row


def show_settings(stack: Stack, settings: Mapping[str, Sequence[int]] = TRIED) -> None:
    """Measures and prints."""
    rows: list[list[object]] = [
        [f"{name} = {value}", *tried(stack, **{name: value}), load().split(" of")[0]]
        for name, values in settings.items()
        for value in values
    ]
    told = [head for rate in RATES for head in (f"alerts at {rate}/s", "p50", "p99")]
    print_table(
        f"Settings of the feed: articles a second, CPU ms an article, ms to an alert ({load()})",
        COMMAND,
        ["setting", "articles/s", "CPU ms", *told, ""],
        rows,
    )
