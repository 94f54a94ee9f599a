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
from benchmarks.feed.throughput import USUAL, WARM, passed, warming
from benchmarks.tables import print_table
from pipelines.kafka.connection import connect
from tests.system.feeds import Feed, Stack, running

COMMAND = "python -m benchmarks.feed delay"
RATES = ((10, 30), (100, 40))  # articles a second, for so many seconds
EVERY = 5  # of so many articles one holds an alert
PATIENCE = 30  # seconds that the last alerts are waited for
POLL = 0.02  # seconds that the consumer waits at most, so that articles are sent on time


def delays(feed: Feed, rate: int, seconds: int, first: int) -> list[float]:
    """Seconds from publishing to the alert's arrival, sorted; those that never came are left out.

    `first` is the first round of FA-KES (made.filler) that the feed has not read.
    """
    payloads = _payloads(rate * seconds, first)
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
        # Without waiting, this loop alone would take half a core from the feed.
        pause = min(POLL, max(0.001, started + number / rate - time.monotonic()))
        for records in consumer.poll(timeout_ms=1000 * pause, max_records=500).values():
            now = time.monotonic()
            for record in records:
                for uri in made.uris(msgspec.json.decode(record.value)) & sent.keys():
                    came.setdefault(uri, now)
    producer.close()
    consumer.close()
    return sorted(at - sent[uri] for uri, at in came.items())


def _payloads(count: int, first: int) -> list[tuple[str, bytes]]:
    """Uris and articles."""
    others = made.filler(1 + count // len(made.fa_kes()), first)
    found = []
    for number in range(count):
        if number % EVERY == 0:
            payload = made.alert(number // EVERY + first * 1000)
            found.append((str(msgspec.json.decode(payload)["uri"]), payload))
        else:
            one = next(others)
            found.append((one["uri"], msgspec.json.encode(one)))
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
            for round_, (rate, seconds) in enumerate(RATES, WARM):
                found = delays(feed, rate, seconds, round_)
                told = f"{len(found)}/{rate * seconds // EVERY}"
                rows.append([f"{rate} articles/s", workers, told, *percentiles(found)])
    print_table(
        f"From publish to alert, ms ({load()})",
        COMMAND,
        ["rate", "workers", "alerts", "p50", "p95", "p99"],
        rows,
    )
