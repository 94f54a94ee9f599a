"""Time from publishing an article to its alert: `python -m benchmarks.feed delay`.

Of the articles published at an even pace each fifth holds an alert of its own (made.py), the others
are FA-KES. Time is taken when an article is handed to the producer, and when its alert is in the
hands of a consumer.
"""

from __future__ import annotations

import time
from typing import Any

import msgspec
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from benchmarks.feed import made
from benchmarks.feed.measured import load
from benchmarks.feed.throughput import USUAL, passed, warming
from benchmarks.tables import print_table
from pipelines.kafka.connection import connect
from tests.system.feeds import Feed, Stack, running

COMMAND = "python -m benchmarks.feed delay"
RATES = ((10, 30), (100, 20))  # articles a second, for so many seconds
EVERY = 5  # of so many articles one holds an alert
PATIENCE = 30  # seconds that the last alerts are waited for
ROUND = 100_000  # numbers of articles in a round


def delays(feed: Feed, rate: int, seconds: int, round_: int) -> list[float]:
    """Seconds from publishing to the alert's arrival, sorted; those that never came are left out.

    Rounds with other numbers publish other articles.
    """
    payloads = _payloads(rate * seconds, round_)
    producer = connect(KafkaProducer, feed.settings.kafka, acks="all", linger_ms=0)
    consumer = _at_the_end(feed)
    sent: dict[str, float] = {}
    came: dict[str, float] = {}
    number, started = 0, time.monotonic()
    while number < len(payloads) or (
        len(came) < len(sent) and time.monotonic() < started + seconds + PATIENCE
    ):
        while number < len(payloads) and time.monotonic() >= started + number / rate:
            uri, payload = payloads[number]
            if number % EVERY == 0:
                sent[uri] = time.monotonic()
            producer.send(feed.settings.topics.articles.name, payload, key=uri.encode())
            number += 1
        for records in consumer.poll(timeout_ms=2, max_records=500).values():
            now = time.monotonic()
            for record in records:
                for uri in made.uris(msgspec.json.decode(record.value)) & sent.keys():
                    came.setdefault(uri, now)
    producer.close()
    consumer.close()
    return sorted(at - sent[uri] for uri, at in came.items())


def _payloads(count: int, round_: int) -> list[tuple[str, bytes]]:
    """Uris and articles of a round."""
    others = made.fa_kes()
    found = []
    for number in range(count):
        if number % EVERY == 0:
            # An event for each: rounds have their own too.
            payload = made.alert(number // EVERY + round_ * 1000)
            found.append((msgspec.json.decode(payload)["uri"], payload))
        else:
            one = others[number % len(others)]
            uri = f"{one['uri']}:{round_ * ROUND + number}"
            found.append((uri, msgspec.json.encode({**one, "uri": uri})))
    return found


def _at_the_end(feed: Feed) -> Any:
    """A consumer of the discrepancies that come from now on."""
    partition = TopicPartition(feed.settings.topics.discrepancies.name, 0)
    consumer = connect(KafkaConsumer, feed.settings.kafka, group_id=None)
    consumer.assign([partition])
    consumer.seek_to_end(partition)
    consumer.position(partition)
    return consumer


def percentiles(found: list[float]) -> list[object]:
    """p50, p95 and p99 in milliseconds; `-` where nothing came."""
    return [1000 * found[int(len(found) * p)] if found else "-" for p in (0.5, 0.95, 0.99)]


def show_delay(stack: Stack) -> None:
    """Measures and prints."""
    rows: list[list[object]] = []
    for workers in (1, 2):
        with running(stack, **USUAL, parallelism=workers) as feed:
            passed(stack, feed, warming())
            for round_, (rate, seconds) in enumerate(RATES, 1):
                found = delays(feed, rate, seconds, round_)
                told = f"{len(found)}/{rate * seconds // EVERY}"
                rows.append([f"{rate} articles/s", workers, told, *percentiles(found)])
    print_table(
        f"From publish to alert, ms ({load()})",
        COMMAND,
        ["rate", "workers", "alerts", "p50", "p95", "p99"],
        rows,
    )
