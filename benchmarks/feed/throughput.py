"""Articles a second through Kafka, Flink and Kafka: `python -m benchmarks.feed throughput`.

Time is from publishing them all at once to the last of their results. Beside the feed stands an
empty graph, which writes one small message for each article: what Kafka, Flink and Beam cost alone.
CPU is told of each process, since on a small machine they share cores.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import apache_beam as beam
from apache_beam.options.pipeline_options import PipelineOptions
from kafka import KafkaProducer

from benchmarks.feed import made
from benchmarks.feed.measured import load, used
from benchmarks.tables import print_table
from pipelines.feed import flink_options
from pipelines.kafka.connection import connect, java_properties
from pipelines.kafka.sink import WriteMessages
from pipelines.kafka.source import ReadArticles
from schemas.messages import Reject
from tests.system.feeds import Feed, Stack, wait_until
from transforms.read.rejects import Origin, reject

COMMAND = "python -m benchmarks.feed throughput"
ROUNDS = 4  # how often FA-KES is published, each time under other uris
ARTICLE_BYTES = 3000  # of an article of usual length
END = b"the end"  # no article: rejected when all before it is read
WARM = 400  # articles that are read before time is taken: modules, tables and compilers are loaded


class Through(NamedTuple):
    """What came of a graph: articles a second, and milliseconds of CPU that one article took."""

    rate: float
    cpu: dict[str, float]


def through(stack: Stack, start: Callable[[Feed], None], **settings: Any) -> Through:
    """Articles a second of a graph that `start` starts."""
    feed = Feed(stack, **settings)
    start(feed)
    passed(stack, feed, [*made.filler(1)][:WARM])
    found = passed(stack, feed, [*made.filler(ROUNDS)])
    cancel(stack, feed)
    return found


def passed(stack: Stack, feed: Feed, payloads: Sequence[bytes]) -> Through:
    """Publishes articles to a graph that runs, and waits until it has read them all."""
    before, partitions = _ends(feed), feed.settings.topics.articles.partitions
    with _cpu(stack) as spent:
        started = time.monotonic()
        _publish(feed, payloads)
        wait_until(lambda: _ends(feed) >= before + partitions, "the end", 600)
        took = time.monotonic() - started
    each = {name: 1000 * seconds / len(payloads) for name, seconds in spent.items()}
    return Through(len(payloads) / took, each)


@contextmanager
def _cpu(stack: Stack) -> Iterator[dict[str, float]]:
    processes = {
        "Python": stack.pool.children(),
        "Flink": [manager.number for manager in stack.task_managers.values()],
        "Kafka": [stack.kafka.number],
    }
    with used(processes) as spent:
        yield spent


def _publish(feed: Feed, payloads: Sequence[bytes]) -> None:
    """Articles to each partition in turn, and to each the end."""
    topic = feed.settings.topics.articles
    producer = connect(KafkaProducer, feed.settings.kafka, acks="all", linger_ms=20)
    for number, payload in enumerate(payloads):
        producer.send(topic.name, value=payload, partition=number % topic.partitions)
    for partition in range(topic.partitions):
        producer.send(topic.name, value=END, partition=partition)
    producer.flush()
    producer.close()


def _ends(feed: Feed) -> int:
    """How many ends were read."""
    return sum(reject["reason"] == "not_json" for reject in feed.last("rejects").values())


def start_feed(feed: Feed) -> None:
    """The feed itself."""
    feed.start()


def start_empty(feed: Feed) -> None:
    """A graph that does nothing with an article but write a small message."""
    settings = feed.settings
    options = PipelineOptions(flink_options(settings, None), save_main_session=False)
    pipeline = beam.Pipeline(runner="PortableRunner", options=options)
    consumer = {**java_properties(settings.kafka), "group.id": settings.feed.name}
    read = ReadArticles(settings.topics.articles.name, consumer, settings.feed.expansion_service)
    written = WriteMessages(settings.topics.rejects.name, _key, settings.kafka)
    (pipeline | "articles" >> read) | "nothing" >> beam.Map(_nothing) | "write" >> written
    pipeline.run()


def _nothing(element: tuple[Origin, bytes]) -> Reject:
    origin, payload = element
    return reject("read", "not_json" if payload == END else "failed", "", b"", origin)


def _key(rejected: Reject) -> bytes:
    return f"{rejected.topic}:{rejected.partition}:{rejected.offset}".encode()


def cancel(stack: Stack, feed: Feed) -> None:
    """Ends a feed's job."""
    job = stack.flink.running(feed.settings.feed.name)
    if job is not None:
        stack.flink.cancel(job.id)
        wait_until(lambda: stack.flink.running(feed.settings.feed.name) is None, "the end")


def show_throughput(stack: Stack) -> None:
    """Measures and prints."""
    sizes = [len(payload) for payload in made.filler(1)]
    mean = sum(sizes) / len(sizes)
    rows: list[list[object]] = []
    for name, start, parallelism in (
        ("the feed, 1 worker", start_feed, 1),
        ("the feed, 2 workers", start_feed, 2),
        ("empty, 1 worker", start_empty, 1),
    ):
        found = through(stack, start, parallelism=parallelism)
        rows.append([name, found.rate, found.rate * mean / ARTICLE_BYTES, *found.cpu.values()])
    print_table(
        f"Kafka to Flink to Kafka, {ROUNDS * len(sizes):,} articles of {mean:,.0f} bytes, and CPU "
        f"ms an article ({load()})",
        COMMAND,
        ["graph", "articles/s", "of 3 kB/s", "Python", "Flink", "Kafka"],
        rows,
    )
