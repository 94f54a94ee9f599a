"""Does the feed's memory grow? `python -m benchmarks.feed --soak 60` runs it for so many minutes.

Events come, are told by some outlets within a minute, and are forgotten a few minutes later; so
state of a steady size comes and goes. Every half minute the resident memory of each process is
read, and what is alive on the Java heap of Flink's workers a few times (after a collection). What
is told is the slope over the second half, by least squares, when caches have filled.
"""

from __future__ import annotations

import tempfile
import threading
import time
from collections import defaultdict
from contextlib import ExitStack
from pathlib import Path

from kafka import KafkaProducer

from benchmarks.feed import made
from benchmarks.feed.measured import live_heap_mib, load, resident_mib
from benchmarks.tables import print_table
from pipelines.kafka.connection import connect
from tests.system.feeds import Feed, Stack, running

RATE = 8  # articles a second
TOLD_BY = 8  # articles of an event
HORIZON = 4 * 60 / 86_400  # days: four minutes after the last claim of its days a key is forgotten
EVERY = 30.0  # seconds between two samples
COLLECTED = 300.0  # seconds between two collections of garbage

Samples = dict[str, list[tuple[float, float]]]  # of each name: minutes, and MiB


def soak(minutes: float) -> tuple[Samples, int]:
    """Samples by process and by what is measured; and how many articles were published."""
    samples: Samples = defaultdict(list)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as exit_stack:
        stack = Stack(Path(folder), exit_stack)
        with running(stack, horizon_days=HORIZON, checkpoint_seconds=10) as feed:
            sampling = threading.Thread(target=_sample, args=(stack, feed, minutes, samples))
            sampling.start()
            sent = _publish(feed, minutes)
            sampling.join()
    return samples, sent


def _publish(feed: Feed, minutes: float) -> int:
    topic = feed.settings.topics.articles.name
    producer = connect(KafkaProducer, feed.settings.kafka, acks="all", linger_ms=5)
    started = time.monotonic()
    number = 0
    while (now := time.monotonic()) < started + 60 * minutes:
        while started + number / RATE < now:
            # Each event's articles stand among those of as many others: one round of the towns.
            around, place = divmod(number, TOLD_BY * len(made.TOWNS))
            event = around * len(made.TOWNS) + place % len(made.TOWNS)
            producer.send(topic, made.of_event(event, place // len(made.TOWNS)), b"%d" % event)
            number += 1
        time.sleep(0.05)
    producer.close()
    return number


def _sample(stack: Stack, feed: Feed, minutes: float, samples: Samples) -> None:
    started = time.monotonic()
    collected = started
    while (now := time.monotonic()) < started + 60 * minutes:
        at = (now - started) / 60
        for name, manager in stack.task_managers.items():
            samples[f"Flink worker {name}"].append((at, resident_mib(manager.number)))
        for index, number in enumerate(stack.pool.children()):
            samples[f"Python worker {index + 1}"].append((at, resident_mib(number)))
        samples["Kafka"].append((at, resident_mib(stack.kafka.number)))
        job = stack.flink.running(feed.settings.feed.name)
        if job is not None:
            samples["state, as checkpointed"].append((at, stack.flink.state_mib(job.id)))
        if now >= collected:
            collected += COLLECTED
            for name, manager in stack.task_managers.items():
                samples[f"live heap of {name}"].append((at, live_heap_mib(manager)))
        time.sleep(max(0.0, now + EVERY - time.monotonic()))


def slope(points: list[tuple[float, float]]) -> float:
    """MiB an hour, by least squares."""
    count = len(points)
    if count < 2:
        return 0.0
    mean_x, mean_y = (sum(axis) / count for axis in zip(*points, strict=True))
    spread = sum((x - mean_x) ** 2 for x, _ in points)
    return 60 * sum((x - mean_x) * (y - mean_y) for x, y in points) / spread


def show_soak(minutes: float) -> None:
    """Runs it and prints the slopes."""
    samples, sent = soak(minutes)
    rows: list[list[object]] = []
    for name, points in sorted(samples.items()):
        steady = [point for point in points if point[0] >= minutes / 2]
        if steady:
            last = [mib for _, mib in steady]
            rows.append([name, points[0][1], min(last), max(last), last[-1], slope(steady)])
    print_table(
        f"Memory over {minutes:g} minutes, {sent:,} articles: MiB, and the slope of the second "
        f"half ({load()})",
        f"python -m benchmarks.feed --soak {minutes:g}",
        ["process", "first", "least", "most", "last", "MiB/hour"],
        rows,
    )
