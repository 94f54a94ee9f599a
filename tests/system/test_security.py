"""A broker with TLS and passwords: who is right gets in, who is not is told why.

Python's clients and Java's, which the feed's source is; and no password ever stands in a log.
"""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from kafka import KafkaAdminClient

from deploy.local import services
from deploy.local.processes import LOOPBACK, free_ports
from pipelines.errors import FlinkError, KafkaError
from pipelines.feed import submit
from pipelines.flink import Flink, Job
from pipelines.kafka import topics
from pipelines.kafka.connection import connect
from pipelines.kafka.publish import publish
from pipelines.kafka.reading import ranges
from pipelines.settings import Feed, Kafka, Secret, Settings, Topics
from tests.system.feeds import wait_until
from tests.system.secure import PASSWORD, USER, Secure, secure_kafka
from tests.system.tokens import HOUR, new_key, token

WAYS_IN = ["plain", "tls", "mutual", "scram", "sasl_plain", "oauth"]


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


def wrong(broker: Secure, what: str, folder: Path) -> Kafka:
    if what == "name":
        port = broker.tls.bootstrap_servers[0].rpartition(":")[2]
        return but(broker.tls, bootstrap_servers=(f"localhost:{port}",))
    if what.endswith("token"):
        key = new_key() if what == "forged token" else broker.issuer.key
        file = folder / "token"
        file.write_text(token(key, USER, -HOUR if what == "old token" else HOUR))
        return but(broker.oauth, oauth_token_url=file.as_uri())
    return {
        "client's secret": but(broker.oauth, password=Secret("wrong horse")),
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
        ("forged token", "refuses the token of 'tally': forged, old, or for another audience"),
        ("old token", "refuses the token of 'tally': forged, old, or for another audience"),
        ("client's secret", "/token gives no token to 'tally': .*401"),
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
def test_who_is_not_is_told_why(broker: Secure, what: str, says: str, tmp_path: Path) -> None:
    kafka = wrong(broker, what, tmp_path)
    with pytest.raises(KafkaError, match=says) as raised:
        connect(KafkaAdminClient, kafka)
    assert str(raised.value).startswith(kafka.bootstrap_servers[0])
    assert "horse" not in str(raised.value)


def tally(kafka: Kafka, password: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Runs a command, telling it how the broker is reached."""
    return subprocess.run(
        [
            sys.executable, "-m", "pipelines.cli", "--log-level", "debug", *arguments,
            "--set", f"kafka.bootstrap_servers={kafka.bootstrap_servers[0]}",
            "--set", f"kafka.security_protocol={kafka.security_protocol}",
            "--set", f"kafka.ca_file={kafka.ca_file}",
            "--set", f"kafka.sasl_mechanism={kafka.sasl_mechanism}",
            "--set", f"kafka.username={USER}", "--set", "kafka.timeout_seconds=4",
        ],
        capture_output=True, text=True, check=False,
        env={**os.environ, "TALLY_KAFKA_PASSWORD": password},
    )  # fmt: skip


def test_a_command_says_it_in_one_line_and_never_the_password(broker: Secure) -> None:
    right = tally(broker.scram, PASSWORD, "topics", "create")
    assert right.returncode == 0
    wrong_one = tally(broker.scram, "wrong horse", "topics", "describe")
    assert wrong_one.returncode == 3
    assert "tally: 127.0.0.1:" in wrong_one.stderr
    assert "wrong user, password or mechanism" in wrong_one.stderr
    for ran in (right, wrong_one):
        assert "Traceback" not in ran.stderr
        assert "horse" not in ran.stdout + ran.stderr


@pytest.fixture(scope="module")
def flink(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Feed, Path]]:
    """What runs the feed, and the folder of its logs."""
    folder = tmp_path_factory.mktemp("flink")
    expansion, jobs, artifacts, page, metrics, workers = free_ports(6)
    ports = services.JobServerPorts(jobs, artifacts, page, metrics)
    with (
        services.expansion_service(folder, expansion),
        services.job_server(folder, ports),
        services.worker_pool(folder, workers),
    ):
        addresses = [f"{LOOPBACK}:{port}" for port in (jobs, expansion, workers, page)]
        yield Feed(*addresses), folder


def runs(feed: Feed) -> Job | None:
    """The feed that runs; the Flink in the job server is there as long as a job is."""
    try:
        return Flink(feed.flink).running(feed.name)
    except FlinkError:
        return None


@pytest.mark.parametrize("way", ["scram", "oauth"])
def test_the_feed_reads_and_writes_what_is_guarded(
    broker: Secure, flink: tuple[Feed, Path], way: str
) -> None:
    feed, folder = flink
    default = Topics()
    named = {
        name: msgspec.structs.replace(getattr(default, name), name=f"{way}-{name}")
        for name in default.__struct_fields__
    }
    settings = Settings(kafka=getattr(broker, way), feed=feed, topics=Topics(**named))
    topics.create(settings)
    articles = Path(__file__).parents[2] / "samples" / "articles.jsonl"
    publish(settings.kafka, settings.topics.articles, articles.read_bytes().splitlines())
    submit(settings)
    try:
        claims = settings.topics.claims.name
        wait_until(lambda: ranges(broker.plain, claims, "earliest", "latest"), "claims come", 180)
    finally:
        if job := runs(feed):
            Flink(feed.flink).cancel(job.id)
            wait_until(lambda: not runs(feed), "the feed ends")
    for log in [*folder.glob("*.log"), broker.log]:
        assert "horse" not in log.read_text(encoding="utf-8", errors="replace"), log
