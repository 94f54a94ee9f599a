"""Articles a second through Kafka, Flink and Kafka: `python -m benchmarks.feed throughput`.

Time is from publishing them all at once to the last of their results. Beside the feed stands an
empty graph, which writes one small message for each article: what Kafka, Flink and Beam cost alone.
CPU is told of each process, since on a small machine they share cores.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import apache_beam as beam
import msgspec
from apache_beam.options.pipeline_options import PipelineOptions

from benchmarks.feed import made
from benchmarks.feed.measured import load, used
from benchmarks.tables import print_table
from pipelines.feed import flink_options
from pipelines.kafka.connection import java_properties
from pipelines.kafka.sink import WriteMessages
from pipelines.kafka.source import ReadArticles
from pipelines.settings import Feed as FeedSettings
from tests.system.feeds import Feed, Stack, wait_until
from transforms.read.rejects import Origin

COMMAND = "python -m benchmarks.feed throughput"
WARM = 2  # rounds of FA-KES read before time is taken: tables are loaded, Java has compiled
ROUNDS = 4  # rounds that are measured
ARTICLE_BYTES = 3000  # of an article of usual length
LAST = 16  # articles published last, over all keys and partitions, each an alert
USUAL = {"checkpoint_seconds": FeedSettings().checkpoint_seconds}  # not the system tests'


_numbers = itertools.count(100_000)


class Through(NamedTuple):
    """What came of a graph: articles a second, and milliseconds of CPU that one article took."""

    rate: float
    cpu: dict[str, float]


def through(stack: Stack, start: Callable[[Feed], None], **settings: Any) -> Through:
    """Articles a second of a graph that `start` starts."""
    feed = Feed(stack, **{**USUAL, **settings})
    start(feed)
    passed(stack, feed, warming())
    found = passed(stack, feed, [*made.encoded(made.filler(ROUNDS, first=WARM))])
    feed.cancel()
    return found


def warming() -> list[bytes]:
    """Articles to begin with, not those that are measured."""
    return [*made.encoded(made.filler(WARM))]


def passed(stack: Stack, feed: Feed, payloads: Sequence[bytes]) -> Through:
    """Publishes articles to a graph that runs, and waits until it has told all that it finds."""
    last = [made.alert(next(_numbers)) for _ in range(LAST)]
    with _cpu(stack) as spent:
        started = time.monotonic()
        feed.send([*payloads, *last], acks="all")
        wait_until(lambda: _told(feed, last), "what is told of the last", 600)
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


def _told(feed: Feed, payloads: Sequence[bytes]) -> bool:
    """Whether each of these articles is in a discrepancy."""
    wanted = {msgspec.json.decode(payload)["uri"] for payload in payloads}
    return wanted <= {uri for one in feed.last("discrepancies").values() for uri in made.uris(one)}


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
    written = WriteMessages(settings.topics.discrepancies.name, _key, settings.kafka)
    (pipeline | "articles" >> read) | "nothing" >> beam.Map(_nothing) | "write" >> written
    pipeline.run()
    feed.stack.flink.wait_until_running(settings.feed.name)


def _nothing(element: tuple[Origin, bytes]) -> dict[str, Any]:
    """What made.uris reads the article's uri from."""
    uri = msgspec.json.decode(element[1])["uri"]
    return {"positions": [{"claims": [{"article": {"uri": uri}}]}]}


def _key(message: dict[str, Any]) -> bytes:
    return str(next(iter(made.uris(message)))).encode()


def show_throughput(stack: Stack) -> None:
    """Measures and prints."""
    sizes = [len(payload) for payload in made.encoded(made.filler(1))]
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
