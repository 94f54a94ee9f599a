"""Reading a range of a topic, as a backfill does: `python -m benchmarks.feed clients`.

Tally's own reader (kafka-python, with the C extension for checksums) stands beside confluent-kafka,
which wraps librdkafka; that one is no dependency and is left out where it is not installed.
Times are of the CPU: of the process alone, all its threads.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from benchmarks.feed import made
from benchmarks.feed.measured import load
from benchmarks.tables import print_table
from pipelines.kafka.publish import publish
from pipelines.kafka.reading import Range, ranges, records
from pipelines.settings import Settings
from tests.system.feeds import Feed, Stack

COMMAND = "python -m benchmarks.feed clients"
PEER = "confluent_kafka"
INSTALL = ".venv/bin/pip install --require-hashes -r requirements/bench-kafka.txt"
ROUNDS = 25  # FA-KES so many times: 20,000 articles of 2.1 kB
BATCH = 5000  # messages that one call takes at most
TIMES = 3

Read = Callable[[Settings, list[Range]], Iterator[bytes | None]]


def with_kafka_python(settings: Settings, wanted: list[Range]) -> Iterator[bytes | None]:
    """The values of ranges, as `tally backfill` reads them."""
    for range_ in wanted:
        for record in records(settings.kafka, range_):
            yield record.value


def with_confluent_kafka(settings: Settings, wanted: list[Range]) -> Iterator[bytes | None]:
    """The same by librdkafka."""
    peer: Any = import_module(PEER)
    consumer = peer.Consumer(
        {
            "bootstrap.servers": ",".join(settings.kafka.bootstrap_servers),
            "group.id": "bench",
            "enable.auto.commit": False,
            "isolation.level": "read_committed",
            "fetch.message.max.bytes": 8 << 20,
        }
    )
    for range_ in wanted:
        consumer.assign([peer.TopicPartition(range_.topic, range_.partition, range_.start)])
        at = range_.start
        while at < range_.stop:
            for message in consumer.consume(BATCH, 0.5):
                at = message.offset() + 1
                if at <= range_.stop:
                    yield message.value()
    consumer.close()


def show_clients(stack: Stack) -> None:
    """Measures and prints."""
    readers: dict[str, Read] = {"kafka-python": with_kafka_python}
    if find_spec(PEER):
        readers["confluent-kafka"] = with_confluent_kafka
    settings = Feed(stack).settings
    topic = settings.topics.articles
    publish(settings.kafka, topic, made.encoded(made.filler(ROUNDS)))
    wanted = ranges(settings.kafka, topic.name, "earliest", "latest")
    rows: list[list[object]] = []
    for name, read in readers.items():
        best = min((_timed(read, settings, wanted) for _ in range(TIMES)), key=lambda one: one[1])
        count, cpu, wall = best
        rows.append([name, count, count / cpu, count / wall])
    print_table(
        f"Reading a range of a topic, best of {TIMES} ({load()})",
        COMMAND,
        ["client", "articles", "by CPU/s", "by wall/s"],
        rows,
    )
    if not find_spec(PEER):
        print(f"  confluent-kafka is not installed, and left out: {INSTALL}")


def _timed(read: Read, settings: Settings, wanted: list[Range]) -> tuple[int, float, float]:
    """Messages read, CPU seconds, seconds."""
    cpu, wall = time.process_time(), time.perf_counter()
    count = sum(1 for _ in read(settings, wanted))
    return count, time.process_time() - cpu, time.perf_counter() - wall
