"""The continuous feed: the graph between Kafka topics, as a job of Flink that goes on by itself."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import apache_beam as beam
import structlog
from apache_beam.options.pipeline_options import PipelineOptions

from pipelines.errors import FlinkError, KafkaError, RunsAlreadyError
from pipelines.flink import Flink, Job
from pipelines.graph import Outcome, build
from pipelines.kafka.connection import java_properties
from pipelines.kafka.offsets import start_at, wake
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
    divide_anew: bool = False,
) -> Any:
    """Starts the feed; returns Beam's PipelineResult at once.

    With a savepoint it goes on from there, else where `feed.start` says. A savepoint holds which
    partitions each worker reads, and how far; with `divide_anew` that is left out: the partitions
    there are now are read by the workers there are now, from the offsets that were committed, or
    from the earliest where none were. `runner` is Beam's name of one; another than RUNNER takes all
    its options from `beam_options`. Raises pipelines.errors.KafkaError when there is no such topic,
    FlinkError when a feed of this name runs already and for a service that does not answer.
    """
    partitions = _check(settings, runner)
    if savepoint is None or divide_anew:
        feed, topic = settings.feed, settings.topics.articles.name
        start = "committed" if savepoint else feed.start
        offsets = start_at(settings.kafka, topic, feed.name, start)
        log.info("starting", topic=topic, start=start, offsets=offsets, savepoint=savepoint)
        wake(settings.kafka, topic, offsets)
    else:
        log.info("starting", savepoint=savepoint)
    options = flink_options(settings, savepoint) if runner == RUNNER else ["--streaming"]
    options += ["--allow_non_restored_state"] if savepoint and divide_anew else []
    options += beam_options
    pipeline = beam.Pipeline(
        runner=runner, options=PipelineOptions(options, save_main_session=False)
    )
    connect_topics(pipeline, settings, partitions)
    return pipeline.run()


def wait_until_running(result: Any, settings: Settings) -> Job:
    """The job of a feed that was submitted, when it runs. Raises FlinkError when it does not."""
    flink = Flink(settings.feed.flink)
    return flink.wait_until_running(settings.feed.name, lambda: _failure(result))


def _failure(result: Any) -> str:
    """Why Flink does not take a job; empty while it may."""
    if result.state != "FAILED":
        return ""
    said = ""
    logging.disable()  # it is said here
    try:
        result.wait_until_finish()
    except RuntimeError as error:
        said = str(error)
    finally:
        logging.disable(logging.NOTSET)
    for sign, words in REFUSALS.items():
        if sign in said:
            return words
    return f"Flink does not take the job: {said.strip()[-500:]}"


# What Flink says of a job that it does not take, and what it means.
REFUSALS = {
    "Cannot map checkpoint/savepoint state": "the savepoint holds state that this feed has no step "
    "for. Were partitions added since, or feed.parallelism changed? Then: tally run --savepoint "
    "PATH --divide-anew. Or was it made by another release? Its changelog says what to do",
    "Cannot find checkpoint or savepoint": "there is no such savepoint",
}


def _check(settings: Settings, runner: str) -> int:
    """Whether all that is needed is there and answers; how many partitions are read."""
    found = {each.name: each for each in describe(settings)}
    missing = [topic.name for topic in wanted(settings) if topic.name not in found]
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
    return found[settings.topics.articles.name].partitions


def connect_topics(pipeline: Any, settings: Settings, partitions: int) -> Outcome:
    """The graph, reading from its topic and writing to the others."""
    kafka, topics, feed = settings.kafka, settings.topics, settings.feed
    consumer = {
        **java_properties(kafka),
        "group.id": feed.name,
        "fetch.max.wait.ms": str(feed.fetch_milliseconds),
    }
    articles = pipeline | "articles" >> ReadArticles(
        topics.articles.name,
        consumer,
        feed.expansion_service,
        split=f"{partitions} partitions by {feed.parallelism}",
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
        f"--sdk_worker_parallelism={feed.processes}",
        f"--checkpointing_interval={feed.checkpoint_seconds * 1000}",
        "--externalized_checkpoints_enabled",
        "--retain_externalized_checkpoints_on_cancellation",
        # Else a checkpoint holds what a bundle had yet to give, by a name --divide-anew changes.
        "--finish_bundle_before_checkpointing",
        f"--max_bundle_time_mills={feed.bundle_milliseconds}",
        f"--max_bundle_size={feed.bundle_size}",
        *([f"--savepoint_path={savepoint}"] if savepoint else []),
    ]


def _id(message: Any) -> bytes:
    return str(message.id).encode()


def _origin(rejected: Reject) -> bytes:
    """The same for a dead letter that is written twice."""
    return f"{rejected.topic}:{rejected.partition}:{rejected.offset}".encode()
