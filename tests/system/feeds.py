"""What the system tests of the feed are made of: a stack of real processes, and feeds in it."""

from __future__ import annotations

import itertools
import os
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Any

import msgspec
from kafka import KafkaConsumer, KafkaProducer, TopicPartition

from deploy.local import services
from deploy.local.processes import LOOPBACK, Process, free_ports
from pipelines import feed
from pipelines.backfill import backfill
from pipelines.flink import Flink, Job
from pipelines.kafka import topics
from pipelines.kafka.connection import connect
from pipelines.kafka.offsets import lag
from pipelines.kafka.publish import publish
from pipelines.settings import Feed as FeedSettings
from pipelines.settings import Kafka, Settings, Topics

PATIENCE = 120.0
LOOK = 0.1
_numbers = itertools.count(1)


def wait_until(true: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    """The first answer that is true. Fails the test when there is none in time."""
    end = time.monotonic() + patience
    while not (answer := true()):
        assert time.monotonic() < end, f"not within {patience:g} s: {what}"
        time.sleep(LOOK)
    return answer


class Stack:
    """Kafka, a Flink of one manager and two workers, and what Beam needs beside them."""

    def __init__(self, folder: Path, exit_stack: ExitStack) -> None:
        self.folder = folder
        self._exit = exit_stack
        broker, controller, rpc, flink, expansion, jobs, artifacts, workers = free_ports(8)
        self._kafka_ports = services.KafkaPorts(broker, controller)
        self._rpc, self._flink = rpc, flink
        self.kafka = self._start(services.kafka(folder, self._kafka_ports))
        self._start(services.expansion_service(folder, expansion))
        self._start(services.job_manager(folder, rpc, flink))
        self.task_managers = {name: self.start_task_manager(name) for name in ("one", "two")}
        ports = services.JobServerPorts(jobs, artifacts)
        self._start(services.job_server(folder, ports, f"{LOOPBACK}:{flink}"))
        self.pool = self._start(services.worker_pool(folder, workers))
        self.feed = FeedSettings(
            job_endpoint=f"{LOOPBACK}:{jobs}",
            expansion_service=f"{LOOPBACK}:{expansion}",
            worker_pool=f"{LOOPBACK}:{workers}",
            flink=f"{LOOPBACK}:{flink}",
            checkpoint_seconds=2,
        )
        self.flink = Flink(self.feed.flink)

    def _start(self, process: Process) -> Process:
        self._exit.enter_context(process)
        return process

    def start_task_manager(self, name: str) -> Process:
        """A worker of Flink."""
        return self._start(services.task_manager(self.folder, name, self._rpc, self._flink))

    def start_kafka(self) -> None:
        """The broker again, with what it had."""
        self.kafka = self._start(services.kafka(self.folder, self._kafka_ports))

    def kill_python_worker(self) -> None:
        """Kills what runs our code, with -9."""
        for number in self.pool.children():
            os.kill(number, signal.SIGKILL)

    def busy_task_manager(self) -> str:
        """The name of the worker of Flink that has work."""
        found = self.flink.task_managers()
        return next(name for name, free in found.items() if not free)

    @property
    def broker(self) -> str:
        """HOST:PORT of the broker."""
        return f"{LOOPBACK}:{self._kafka_ports.clients}"


class Feed:
    """A feed with topics of its own, and all that it has published."""

    def __init__(
        self, stack: Stack, message_bytes: int = 8 << 20, partitions: int = 2, **settings: Any
    ) -> None:
        number = next(_numbers)
        default = Topics()
        named = {
            name: msgspec.structs.replace(
                getattr(default, name),
                name=f"{name}-{number}",
                partitions=partitions if name == "articles" else 1,
                message_bytes=message_bytes,
            )
            for name in default.__struct_fields__
        }
        self.stack = stack
        self.settings = Settings(
            kafka=Kafka((stack.broker,), timeout_seconds=10),
            topics=Topics(**named),
            feed=msgspec.structs.replace(stack.feed, name=f"feed-{number}", **settings),
        )
        topics.create(self.settings)
        self._out = {
            name: _Reader(self.settings, named[name].name)
            for name in ("claims", "discrepancies", "rejects")
        }

    def start(self, savepoint: str | None = None, divide_anew: bool = False) -> Job:
        """Starts it; returns when it runs."""
        result = feed.submit(self.settings, savepoint, divide_anew=divide_anew)
        return feed.wait_until_running(result, self.settings)

    @contextmanager
    def running(self) -> Iterator[None]:
        """It runs in the block."""
        self.start()
        try:
            yield
        finally:
            self.cancel()
            for reader in self._out.values():
                reader.close()

    def cancel(self) -> None:
        """Ends its job, without a savepoint, if it runs."""
        flink, name = self.stack.flink, self.settings.feed.name
        job = flink.running(name)
        if job is not None:
            flink.cancel(job.id)
            wait_until(lambda: flink.running(name) is None, "the feed ends")

    def add_partitions(self, count: int) -> None:
        """Its topic of articles has this many from now on."""
        articles = msgspec.structs.replace(self.settings.topics.articles, partitions=count)
        named = msgspec.structs.replace(self.settings.topics, articles=articles)
        self.settings = msgspec.structs.replace(self.settings, topics=named)
        topics.create(self.settings)

    def send(
        self, payloads: Sequence[bytes], timestamp_ms: int | None = None, **producer: Any
    ) -> None:
        """Sends messages as others than Tally do, to its first two partitions in turn."""
        with closing(connect(KafkaProducer, self.settings.kafka, linger_ms=50, **producer)) as to:
            for number, payload in enumerate(payloads):
                to.send(
                    self.settings.topics.articles.name, value=payload, partition=number % 2,
                    timestamp_ms=timestamp_ms,
                )  # fmt: skip
            to.flush()

    def stop(self) -> str:
        """Stops it; the savepoint."""
        job = self.stack.flink.running(self.settings.feed.name)
        assert job is not None
        return self.stack.flink.stop(job.id)

    def publish(self, payloads: Iterable[bytes]) -> None:
        """Sends articles in this order."""
        sent = publish(self.settings.kafka, self.settings.topics.articles, payloads)
        assert sent.refused == 0

    def last(self, name: str) -> dict[str, dict[str, Any]]:
        """The last message of each key of a topic."""
        return self._out[name].read()

    def written(self, name: str) -> int:
        """How many messages were written to a topic."""
        self._out[name].read()
        return self._out[name].count

    def restarts(self) -> float:
        """How often Flink has started it again."""
        job = self.stack.flink.running(self.settings.feed.name)
        return 0 if job is None else self.stack.flink.restarts(job.id)

    def unread(self) -> int:
        """How many messages of the articles no checkpoint has as read."""
        return sum(lag(self.settings.kafka, self.settings.topics.articles.name,
                       self.settings.feed.name).values())  # fmt: skip

    def becomes(self, expected: Expected, patience: float = PATIENCE) -> None:
        """Waits until what was published is what is expected; else fails with what differs."""
        end = time.monotonic() + patience
        while wrong := self.differs(expected):
            assert time.monotonic() < end, "\n".join(wrong[:20])
            time.sleep(LOOK)

    def differs(self, expected: Expected) -> list[str]:
        """What differs from what is expected, in words."""
        wrong = []
        for name, truth in (
            ("claims", expected.claims),
            ("discrepancies", expected.discrepancies),
        ):
            last = self.last(name)
            wrong += [f"{name} {key} is missing" for key in truth.keys() - last.keys()]
            wrong += [f"{name} {key} differs" for key in truth if last.get(key) != truth[key]]
            wrong += [
                f"{name} {key} is told, and should not be"
                for key in last.keys() - truth.keys()
                if last[key].get("status") != "resolved"
            ]
        rejected = [(r["step"], r["reason"]) for r in self.last("rejects").values()]
        if sorted(rejected) != sorted(expected.rejects):
            wrong.append(f"rejects: {len(rejected)}, not {len(expected.rejects)}")
        return wrong


class Expected(msgspec.Struct):
    """What a backfill gives: messages by id, and step and reason of each reject."""

    claims: dict[str, dict[str, Any]]
    discrepancies: dict[str, dict[str, Any]]
    rejects: list[tuple[str, str]]

    @classmethod
    def of(cls, payloads: Sequence[bytes], folder: Path) -> Expected:
        """The backfill of these payloads, each a line of a file."""
        folder.mkdir(parents=True, exist_ok=True)
        articles, out = folder / "articles.jsonl", folder / "out"
        articles.write_bytes(b"".join(payload + b"\n" for payload in payloads))
        out.mkdir(exist_ok=True)
        backfill([str(articles)], out, Settings())

        def read(name: str) -> list[dict[str, Any]]:
            lines = (out / f"{name}.jsonl").read_bytes().splitlines()
            return [msgspec.json.decode(line) for line in lines]

        return cls(
            {claim["id"]: claim for claim in read("claims")},
            {each["id"]: each for each in read("discrepancies")},
            [(each["step"], each["reason"]) for each in read("rejects")],
        )


class _Reader:
    """The last message of each key of a topic with one partition."""

    def __init__(self, settings: Settings, topic: str) -> None:
        self._consumer = connect(KafkaConsumer, settings.kafka, group_id=None)
        partition = TopicPartition(topic, 0)
        self._consumer.assign([partition])
        self._consumer.seek_to_beginning(partition)
        self._last: dict[str, dict[str, Any]] = {}
        self.count = 0

    def read(self) -> dict[str, dict[str, Any]]:
        while found := self._consumer.poll(timeout_ms=50, max_records=5000):
            for records in found.values():
                self.count += len(records)
                for record in records:
                    self._last[record.key.decode()] = msgspec.json.decode(record.value)
        return self._last

    def close(self) -> None:
        self._consumer.close()


@contextmanager
def running(stack: Stack, **settings: Any) -> Iterator[Feed]:
    """A feed that runs in the block."""
    feed = Feed(stack, **settings)
    with feed.running():
        yield feed
