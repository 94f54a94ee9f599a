"""Is all there that the feed needs? Each look says what it found, and what to do about it."""

from __future__ import annotations

import importlib.util
import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import NamedTuple

import msgspec

from pipelines.errors import KafkaError, SettingsError
from pipelines.settings import Settings

PATIENCE = 5  # seconds that a service may take to answer
START = "make up starts it on this machine"


class Look(NamedTuple):
    """What was looked at, whether it is well, what was found, and what to do where it is not."""

    what: str
    well: bool
    found: str
    remedy: str = ""


def looks(settings: Settings) -> Iterator[Look]:
    """All that is looked at, one after the other."""
    yield from _packages()
    yield from _brokers(settings)
    feed = settings.feed
    yield _service("job server", "feed.job_endpoint", feed.job_endpoint, _jobs)
    yield _service("expansion service", "feed.expansion_service", feed.expansion_service, _kafka_io)
    yield _service("worker pool", "feed.worker_pool", feed.worker_pool, _answers)
    yield _flink(feed.flink)


def _packages() -> Iterator[Look]:
    names = ("tally-news", "apache-beam", "kafka-python")
    yield Look("versions", True, ", ".join(f"{name} {version(name)}" for name in names))
    if importlib.util.find_spec("crc32c") is None:
        slow = "missing: kafka-python checks sums 14 times as slowly without it"
        yield Look("crc32c", False, slow, "pip install crc32c")


def _brokers(settings: Settings) -> Iterator[Look]:
    from pipelines.kafka import topics

    try:
        there = {found.name: found for found in topics.describe(settings)}
    except (KafkaError, SettingsError) as error:
        yield Look("Kafka", False, str(error), "see the settings of the table kafka")
        return
    yield Look("Kafka", True, ", ".join(settings.kafka.bootstrap_servers))
    for topic in topics.wanted(settings):
        found = there.get(topic.name)
        if found is None:
            yield Look(f"topic {topic.name}", False, "not there", "tally topics create")
        elif said := topics.differences(topic, found):
            yield Look(f"topic {topic.name}", False, "; ".join(said), "tally topics create")
        else:
            yield Look(f"topic {topic.name}", True, f"{found.messages:,} messages")


def _service(what: str, setting: str, address: str, ask: Callable[[str], str]) -> Look:
    try:
        return Look(what, True, f"{address}: {ask(address)}")
    except (OSError, RuntimeError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        return Look(what, False, f"{address}: {why}", f"{START}; {setting} says where it is")


def _answers(address: str) -> str:
    host, _, port = address.rpartition(":")
    with socket.create_connection((host.strip("[]"), int(port)), PATIENCE):
        return "answers"


def _jobs(address: str) -> str:
    """What Beam's job server says of its jobs."""
    _answers(address)
    import grpc
    from apache_beam.portability.api import beam_job_api_pb2 as api
    from apache_beam.portability.api import beam_job_api_pb2_grpc as services

    with grpc.insecure_channel(address) as channel:
        try:
            answer = services.JobServiceStub(channel).GetJobs(
                api.GetJobsRequest(), timeout=PATIENCE
            )
        except grpc.RpcError as error:
            raise RuntimeError(
                f"no job server of Beam answers there ({error.code().name})"
            ) from error
    running = [job.job_name for job in answer.job_info if job.state == api.JobState.RUNNING]
    return f"runs {', '.join(running)}" if running else "no job runs"


def _kafka_io(address: str) -> str:
    """What an expansion service knows of KafkaIO."""
    _answers(address)
    import grpc
    from apache_beam.portability.api import beam_expansion_api_pb2 as api
    from apache_beam.portability.api import beam_expansion_api_pb2_grpc as services

    with grpc.insecure_channel(address) as channel:
        try:
            answer = services.ExpansionServiceStub(channel).DiscoverSchemaTransform(
                api.DiscoverSchemaTransformRequest(), timeout=PATIENCE
            )
        except grpc.RpcError as error:
            raise RuntimeError(
                f"no expansion service answers there ({error.code().name})"
            ) from error
    if not any("kafka" in name for name in answer.schema_transform_configs):
        raise RuntimeError("it does not know KafkaIO: beam-sdks-java-io-kafka is not beside it")
    return "knows KafkaIO"


class _Overview(msgspec.Struct, rename="kebab"):
    flink_version: str
    taskmanagers: int
    jobs_running: int


def _flink(address: str) -> Look:
    try:
        with urllib.request.urlopen(f"http://{address}/overview", timeout=PATIENCE) as answer:
            told = msgspec.json.decode(answer.read(), type=_Overview)
    except (urllib.error.URLError, OSError, msgspec.DecodeError) as error:
        why = getattr(error, "reason", error)
        # In the local stack it is there while a job runs only, so this is not wrong.
        return Look("Flink", True, f"{address}: no page ({why}); there while a job runs")
    found = f"{address}: version {told.flink_version}, {told.taskmanagers} task managers"
    return Look("Flink", True, f"{found}, {told.jobs_running} running jobs")
