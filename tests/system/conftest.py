"""Real processes for the system tests: a broker for all tests of one test process."""

from __future__ import annotations

import contextlib
import io
import itertools
from collections.abc import Callable, Iterator
from typing import NamedTuple

import msgspec
import pytest

from deploy.local.processes import LOOPBACK, free_ports
from deploy.local.services import KafkaPorts, kafka
from pipelines import cli
from pipelines.settings import Kafka, Settings, Topics
from tests.system.feeds import Stack

_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def kafka_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """HOST:PORT of a broker. Tests that kill theirs start one of their own."""
    ports = KafkaPorts(*free_ports(2))
    with kafka(tmp_path_factory.mktemp("kafka"), ports):
        yield f"{LOOPBACK}:{ports.clients}"


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Kafka and Flink, for all tests of the feed."""
    with contextlib.ExitStack() as exit_stack:
        yield Stack(tmp_path_factory.mktemp("stack"), exit_stack)


@pytest.fixture
def settings(kafka_address: str) -> Settings:
    """Settings with that broker, and topics that no other test has."""
    number = next(_numbers)
    default = Topics()
    topics = {
        name: msgspec.structs.replace(getattr(default, name), name=f"{name}-{number}")
        for name in default.__struct_fields__
    }
    return Settings(kafka=Kafka((kafka_address,), timeout_seconds=10), topics=Topics(**topics))


class Ran(NamedTuple):
    """What a command said, and its exit code."""

    code: int
    out: str
    err: str


Tally = Callable[..., Ran]


@pytest.fixture
def tally(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Tally:
    """Runs a command in this process, with the settings."""
    monkeypatch.setenv("TALLY_KAFKA_BOOTSTRAP_SERVERS", settings.kafka.bootstrap_servers[0])
    monkeypatch.setenv("TALLY_KAFKA_TIMEOUT_SECONDS", "10")
    for name in settings.topics.__struct_fields__:
        topic = getattr(settings.topics, name)
        monkeypatch.setenv(f"TALLY_TOPICS_{name.upper()}_NAME", topic.name)

    def run(*arguments: object) -> Ran:
        out, err = io.StringIO(), io.StringIO()
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            pytest.raises(SystemExit) as ended,
        ):
            cli.main([str(argument) for argument in arguments])
        return Ran(int(ended.value.code or 0), out.getvalue(), err.getvalue())

    return run
