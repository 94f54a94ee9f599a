"""The continuous feed: the graph between Kafka topics, as a job of Flink that goes on by itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import apache_beam as beam
import structlog
from apache_beam.options.pipeline_options import PipelineOptions

from pipelines.graph import Outcome, build
from pipelines.kafka.connection import java_properties
from pipelines.kafka.offsets import start_at
from pipelines.kafka.sink import WriteMessages
from pipelines.kafka.source import ReadArticles
from pipelines.settings import Settings
from schemas.messages import Reject

RUNNER = "PortableRunner"

log = structlog.get_logger("feed")


def submit(
    settings: Settings,
    savepoint: str | None = None,
    runner: str = RUNNER,
    beam_options: Sequence[str] = (),
) -> Any:
    """Starts the feed; returns Beam's PipelineResult at once.

    With a savepoint it goes on from there, else where `feed.start` says. Raises
    pipelines.errors.KafkaError when there is no such topic.
    """
    if savepoint is None:
        feed, topic = settings.feed, settings.topics.articles.name
        offsets = start_at(settings.kafka, topic, feed.name, feed.start)
        log.info("starting", topic=topic, start=feed.start, offsets=offsets)
    else:
        log.info("starting", savepoint=savepoint)
    options = [*flink_options(settings, savepoint), *beam_options]
    pipeline = beam.Pipeline(
        runner=runner, options=PipelineOptions(options, save_main_session=False)
    )
    connect_topics(pipeline, settings)
    return pipeline.run()


def connect_topics(pipeline: Any, settings: Settings) -> Outcome:
    """The graph, reading from its topic and writing to the others."""
    kafka, topics, feed = settings.kafka, settings.topics, settings.feed
    consumer = {
        **java_properties(kafka),
        "group.id": feed.name,
        "fetch.max.wait.ms": str(feed.fetch_milliseconds),
    }
    articles = pipeline | "articles" >> ReadArticles(
        topics.articles.name, consumer, feed.expansion_service
    )
    outcome = build(articles, settings)
    keys: dict[str, Callable[[Any], bytes | None]] = {
        "claims": _id,
        "discrepancies": _id,
        "rejects": _origin,
    }
    for name, key in keys.items():
        topic = getattr(topics, name).name
        getattr(outcome, name) | f"write {name}" >> WriteMessages(topic, key, kafka)
    return outcome


def flink_options(settings: Settings, savepoint: str | None) -> list[str]:
    """What Beam and Flink are told of how to run."""
    feed = settings.feed
    return [
        "--streaming",
        f"--job_name={feed.name}",
        f"--job_endpoint={feed.job_endpoint}",
        "--environment_type=EXTERNAL",
        f"--environment_config={feed.worker_pool}",
        "--experiments=use_deprecated_read",
        f"--parallelism={feed.parallelism}",
        f"--checkpointing_interval={feed.checkpoint_seconds * 1000}",
        "--externalized_checkpoints_enabled",
        "--retain_externalized_checkpoints_on_cancellation",
        f"--max_bundle_time_mills={feed.bundle_milliseconds}",
        f"--max_bundle_size={feed.bundle_size}",
        *([f"--savepoint_path={savepoint}"] if savepoint else []),
    ]


def _id(message: Any) -> bytes:
    return str(message.id).encode()


def _origin(rejected: Reject) -> bytes:
    """The same for a dead letter that is written twice."""
    return f"{rejected.topic}:{rejected.partition}:{rejected.offset}".encode()
