"""Real processes for the system tests: a broker for all tests of one test process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from deploy.local.processes import LOOPBACK, free_ports
from deploy.local.services import KafkaPorts, kafka


@pytest.fixture(scope="session")
def kafka_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """HOST:PORT of a broker. Tests that kill theirs start one of their own."""
    ports = KafkaPorts(*free_ports(2))
    with kafka(tmp_path_factory.mktemp("kafka"), ports):
        yield f"{LOOPBACK}:{ports.clients}"
