"""The continuous feed: the graph between Kafka topics, as a job of Flink that goes on by itself."""

from __future__ import annotations

import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import apache_beam as beam
import structlog
from apache_beam.options.pipeline_options import PipelineOptions

from pipelines.errors import FlinkError, KafkaError, RunsAlreadyError
from pipelines.flink import Flink
from pipelines.graph import Outcome, build
from pipelines.kafka.connection import java_properties
from pipelines.kafka.offsets import start_at
from pipelines.kafka.sink import WriteMessages
from pipelines.kafka.source import ReadArticles
from pipelines.kafka.topics import describe, wanted
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

    With a savepoint it goes on from there, else where `feed.start` says. `runner` is Beam's name
    of one; another than RUNNER takes all its options from `beam_options`. Raises
    pipelines.errors.KafkaError when there is no such topic, FlinkError when a feed of this name
    runs already and for a service that does not answer.
    """
    _check(settings, runner)
    if savepoint is None:
        feed, topic = settings.feed, settings.topics.articles.name
        offsets = start_at(settings.kafka, topic, feed.name, feed.start)
        log.info("starting", topic=topic, start=feed.start, offsets=offsets)
    else:
        log.info("starting", savepoint=savepoint)
    options = flink_options(settings, savepoint) if runner == RUNNER else ["--streaming"]
    options += beam_options
    pipeline = beam.Pipeline(
        runner=runner, options=PipelineOptions(options, save_main_session=False)
    )
    connect_topics(pipeline, settings)
    return pipeline.run()


def _check(settings: Settings, runner: str) -> None:
    """Whether all that is needed is there and answers."""
    known = {found.name for found in describe(settings)}
    missing = [topic.name for topic in wanted(settings) if topic.name not in known]
    if missing:
        raise KafkaError(f"no topic {', '.join(missing)}; `tally topics create` makes it")
    feed = settings.feed
    needed = {"expansion_service": feed.expansion_service}
    if runner == RUNNER:
        needed["job_endpoint"] = feed.job_endpoint
    for name, address in needed.items():
        host, _, port = address.rpartition(":")
        try:
            socket.create_connection((host, int(port)), timeout=5).close()
        except OSError as error:
            raise FlinkError(
                f"feed.{name}: nothing answers at {address} ({error.strerror or error}); "
                "`make up` starts what a feed on this machine needs"
            ) from error
    if runner == RUNNER:
        with suppress(FlinkError):  # a Flink in the job server answers when it has a job
            if runs := Flink(feed.flink).running(feed.name):
                raise RunsAlreadyError(
                    f"a feed {feed.name!r} runs already (job {runs.id}); `tally stop` ends it"
                )


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
