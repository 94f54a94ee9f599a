"""A broker with TLS and passwords: who is right gets in, who is not is told why."""

from __future__ import annotations

import gc
import warnings
from collections.abc import Iterator

import msgspec
import pytest
from kafka import KafkaAdminClient

from pipelines.errors import KafkaError
from pipelines.kafka.connection import connect
from pipelines.settings import Kafka, Secret
from tests.system.secure import Secure, secure_kafka

WAYS_IN = ["plain", "tls", "mutual", "scram", "sasl_plain"]


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secure]:
    with secure_kafka(tmp_path_factory.mktemp("secure")) as secure:
        yield secure
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()  # kafka-python 3.0 leaves a socket open whose handshake failed


@pytest.mark.parametrize("way", WAYS_IN)
def test_who_is_right_gets_in(broker: Secure, way: str) -> None:
    client = connect(KafkaAdminClient, getattr(broker, way))
    assert client.list_topics() == []
    client.close()


def but(kafka: Kafka, **other: object) -> Kafka:
    return msgspec.structs.replace(kafka, timeout_seconds=4, **other)


def wrong(broker: Secure, what: str) -> Kafka:
    if what == "name":
        port = broker.tls.bootstrap_servers[0].rpartition(":")[2]
        return but(broker.tls, bootstrap_servers=(f"localhost:{port}",))
    return {
        "password": but(broker.scram, password=Secret("wrong horse")),
        "plain password": but(broker.sasl_plain, password=Secret("wrong horse")),
        "mechanism": but(broker.scram, sasl_mechanism="PLAIN"),
        "authority": but(broker.scram, ca_file=broker.stranger),
        "no authority": but(broker.tls, ca_file=""),
        "no TLS": but(broker.plain, bootstrap_servers=broker.tls.bootstrap_servers),
        "TLS": but(broker.tls, bootstrap_servers=broker.plain.bootstrap_servers),
        "no certificate": but(broker.tls, bootstrap_servers=broker.mutual.bootstrap_servers),
        "no broker": but(broker.plain, bootstrap_servers=("127.0.0.1:1",)),
        "no host": but(broker.plain, bootstrap_servers=("no.invalid:9092",)),
    }[what]


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("password", "refuses 'tally' with SCRAM-SHA-512: wrong user, password or"),
        ("plain password", "refuses 'tally' with PLAIN: wrong user, password or mechanism"),
        (
            "mechanism",
            "does not take kafka.sasl_mechanism PLAIN|'tally' with PLAIN: .* or mechanism",
        ),
        ("authority", r"not signed by an authority of .*stranger.pem"),
        ("no authority", "not signed by an authority of the system"),
        ("name", "certificate is for another name: .*localhost"),
        ("no TLS", "Does it want TLS or a password\\? kafka.security_protocol is PLAINTEXT"),
        ("TLS", "no TLS is spoken there, but kafka.security_protocol is SSL"),
        ("no certificate", "refuses our certificate, or wants one"),
        ("no broker", "nothing listens there"),
        ("no host", "no host of this name"),
    ],
)
def test_who_is_not_is_told_why(broker: Secure, what: str, says: str) -> None:
    kafka = wrong(broker, what)
    with pytest.raises(KafkaError, match=says) as raised:
        connect(KafkaAdminClient, kafka)
    assert str(raised.value).startswith(kafka.bootstrap_servers[0])
    assert "horse" not in str(raised.value)
