"""The feed on real Kafka and real Flink: articles a second, and time from publish to alert.

    python -m benchmarks.feed_live

Two Flink workers, one Python worker each, two partitions. What is published are FA-KES's articles
(with their mean length told) and, for the time, articles in which two speakers differ: each is an
alert of its own. The empty graph reads the same articles and writes one small message for each.
"""

from __future__ import annotations

import logging
import os
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import apache_beam as beam
import msgspec
from apache_beam.options.pipeline_options import PipelineOptions
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from benchmarks.tables import print_table
from pipelines.feed import flink_options
from pipelines.kafka.connection import connect, java_properties
from pipelines.kafka.sink import WriteMessages
from pipelines.kafka.source import ReadArticles
from schemas.messages import Reject
from tests.system.feeds import Feed, Stack, running, wait_until
from transforms.read.rejects import Origin, reject

COMMAND = "python -m benchmarks.feed_live"
ARTICLES = Path(__file__).parent / "trust" / "fa_kes_articles.jsonl"
ROUNDS = 4  # how often FA-KES is published, each time under other uris
RATES = ((10, 30), (100, 20))  # articles a second, for so many seconds
EVERY = 5  # of so many articles one holds an alert
TOWNS = ("Aleppo", "Homs", "Hama", "Idlib", "Latakia", "Damascus", "Raqqa", "Daraa")
END = b"the end"  # no article: rejected when all before it is read


def articles(rounds: int) -> list[bytes]:
    """FA-KES so many times, each under uris of its own."""
    told = [msgspec.json.decode(line) for line in ARTICLES.read_bytes().splitlines()]
    return [
        msgspec.json.encode({**one, "uri": f"{one['uri']}:{number}"})
        for number in range(rounds)
        for one in told
    ]


def alert(number: int) -> bytes:
    """An article in which two speakers differ on an event of its own."""
    day = date(2021, 1, 4) + timedelta(days=number // len(TOWNS))
    town = TOWNS[number % len(TOWNS)]
    when = f"{day:%A} {day.day} {day:%B} {day.year}"
    return msgspec.json.encode(
        {
            "uri": f"urn:bench:{number}",
            "versioncreated": f"{day + timedelta(days=1)}T10:00:00Z",
            "source": f"outlet{number}.example",
            "language": "en",
            "headline": f"Car bomb hits market in {town}",
            "body_text": f"A car bomb exploded at a market in {town} on {when}. The Syrian "
            "Observatory for Human Rights said 41 people were killed in the blast, while state "
            "media said 35 people were killed.",
        }
    )


def _publish_all(feed: Feed, payloads: Sequence[bytes]) -> None:
    topic = feed.settings.topics.articles
    producer = connect(KafkaProducer, feed.settings.kafka, acks="all", linger_ms=20)
    for number, payload in enumerate(payloads):
        producer.send(topic.name, value=payload, partition=number % topic.partitions)
    for partition in range(topic.partitions):
        producer.send(topic.name, value=END, partition=partition)
    producer.flush()
    producer.close()


def throughput(stack: Stack, payloads: Sequence[bytes]) -> float:
    """Articles a second, from the first claim to the end of all."""
    feed = Feed(stack)
    _publish_all(feed, payloads)
    feed.start()
    wait_until(lambda: feed.written("claims"), "claims", 300)
    started = time.monotonic()
    partitions = feed.settings.topics.articles.partitions
    wait_until(lambda: feed.written("rejects") >= partitions, "the end", 600)
    took = time.monotonic() - started
    _cancel(stack, feed)
    return len(payloads) / took


def empty(stack: Stack, payloads: Sequence[bytes]) -> float:
    """The same through a graph that does nothing with an article."""
    feed = Feed(stack)
    _publish_all(feed, payloads)
    settings = feed.settings
    options = PipelineOptions(flink_options(settings, None), save_main_session=False)
    pipeline = beam.Pipeline(runner="PortableRunner", options=options)
    consumer = {**java_properties(settings.kafka), "group.id": settings.feed.name}
    read = ReadArticles(settings.topics.articles.name, consumer, settings.feed.expansion_service)
    written = WriteMessages(settings.topics.rejects.name, _no_key, settings.kafka)
    (pipeline | "articles" >> read) | "nothing" >> beam.Map(_nothing) | "write" >> written
    pipeline.run()
    wait_until(lambda: feed.written("rejects"), "messages", 300)
    before, started = feed.written("rejects"), time.monotonic()
    wait_until(lambda: feed.written("rejects") >= len(payloads), "the end", 600)
    took = time.monotonic() - started
    _cancel(stack, feed)
    return (len(payloads) - before) / took


def _nothing(element: tuple[Origin, bytes]) -> Reject:
    return reject("read", "failed", "", b"", element[0])


def _no_key(message: Any) -> bytes:
    return b"none"


def _cancel(stack: Stack, feed: Feed) -> None:
    job = stack.flink.running(feed.settings.feed.name)
    if job is not None:
        stack.flink.cancel(job.id)
        wait_until(lambda: stack.flink.running(feed.settings.feed.name) is None, "the end")


def delays(feed: Feed, rate: int, seconds: int, first: int) -> list[float]:
    """Seconds from sending an article to its alert's arrival at a consumer."""
    settings, filler = feed.settings, articles(1)
    producer = connect(KafkaProducer, settings.kafka, acks="all", linger_ms=0)
    partition = TopicPartition(settings.topics.discrepancies.name, 0)
    consumer = connect(KafkaConsumer, settings.kafka, group_id=None)
    consumer.assign([partition])
    consumer.seek_to_end(partition)
    consumer.position(partition)
    sent: dict[str, float] = {}
    came: dict[str, float] = {}
    total = rate * seconds
    number, started = 0, time.monotonic()
    while number < total or (len(came) < len(sent) and time.monotonic() < started + seconds + 30):
        while number < total and time.monotonic() >= started + number / rate:
            if number % EVERY == 0:
                name = f"urn:bench:{first + number}"
                producer.send(
                    settings.topics.articles.name, alert(first + number), key=name.encode()
                )
                sent[name] = time.monotonic()
            else:
                one = msgspec.json.decode(filler[number % len(filler)])
                one["uri"] += f":{first}:{number}"
                payload = msgspec.json.encode(one)
                producer.send(settings.topics.articles.name, payload, key=one["uri"].encode())
            number += 1
        for records in consumer.poll(timeout_ms=2, max_records=500).values():
            now = time.monotonic()
            for record in records:
                for name in _uris(msgspec.json.decode(record.value)):
                    came.setdefault(name, now)
    producer.close()
    consumer.close()
    return sorted(came[name] - at for name, at in sent.items() if name in came)


def _uris(discrepancy: dict[str, Any]) -> set[str]:
    claims = [claim for position in discrepancy["positions"] for claim in position["claims"]]
    return {claim["article"]["uri"] for claim in claims}


def main() -> None:
    """Measures and prints."""
    logging.getLogger("kafka").setLevel(logging.CRITICAL)  # the broker ends before its clients
    with tempfile.TemporaryDirectory() as folder, ExitStack() as exit_stack:
        stack = Stack(Path(folder), exit_stack)
        payloads = articles(ROUNDS)
        mean = sum(map(len, payloads)) / len(payloads)
        through, nothing = throughput(stack, payloads), empty(stack, payloads)
        print_table(
            f"Kafka to Flink to Kafka, {len(payloads):,} articles of {mean:,.0f} bytes "
            f"(load average {os.getloadavg()[0]:.1f})",
            COMMAND,
            ["graph", "articles/s", "of 3 kB/s"],
            [
                ["the feed", through, through * mean / 3000],
                ["empty", nothing, nothing * mean / 3000],
            ],
        )
        rows: list[list[object]] = []
        with running(stack) as feed:
            first = 0
            delays(feed, 5, 10, first)  # start-up
            for rate, seconds in RATES:
                first += 10_000
                found = delays(feed, rate, seconds, first)
                expected = rate * seconds // EVERY
                rows.append(
                    [f"{rate} articles/s", f"{len(found)}/{expected}"]
                    + [1000 * found[int(len(found) * p)] for p in (0.5, 0.95, 0.99)]
                )
        print_table(
            f"From publish to alert, ms (load average {os.getloadavg()[0]:.1f})",
            COMMAND,
            ["rate", "alerts", "p50", "p95", "p99"],
            rows,
        )


if __name__ == "__main__":
    main()
