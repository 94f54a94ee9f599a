"""Kafka, Flink and what Beam needs beside them, each a process on loopback.

All take a folder for their data, logs and numbers, and ports; each returns when it is ready, and
is a context manager that ends it:

    with kafka(folder, KafkaPorts(9092, 9093)) as broker:
        ...
        broker.kill()                                   # kill -9
    with kafka(folder, KafkaPorts(9092, 9093)):         # the same topics again

Memory is bounded for a small machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from deploy.local.jars import HERE, class_path, java
from deploy.local.processes import LOOPBACK, Process, ServiceError, is_taken, listens, start

# Not on the class path: a job server sends all of that to Flink, jars only.
LOG = f"-Dlog4j2.configurationFile={HERE / 'log4j2.properties'}"
CLUSTER = "dGFsbHkgbG9jYWwgbm9kZQ"  # a UUID as Kafka writes it
# Java's second compiler takes half a core for a minute, on a small machine from all others; what it
# gives back is less than that: Flink's CPU an article fell from 2.6 to 1.7 ms in the first minutes.
QUICK = "-XX:TieredStopAtLevel=1"
KAFKA_MEMORY = [QUICK, "-Xms128m", "-Xmx384m", "-XX:+UseSerialGC"]
EXPANSION_MEMORY = [QUICK, "-Xmx192m", "-XX:+UseSerialGC"]
MANAGER_MEMORY = [QUICK, "-Xmx384m", "-XX:+UseSerialGC"]
# Runs the whole of Flink in `[local]`.
JOB_SERVER_MEMORY = [QUICK, "-Xms256m", "-Xmx1g", "-XX:MaxDirectMemorySize=512m"]
WORKER_MEMORY = [QUICK, "-Xms128m", "-Xmx1280m", "-XX:MaxDirectMemorySize=320m"]

# What Flink 1.19 opens of Java 17 (its own conf/config.yaml).
OPENED = [
    f"--add-{kind}={module}/{package}=ALL-UNNAMED"
    for kind, module, packages in [
        ("exports", "java.base", "sun.net.util"),
        ("exports", "java.rmi", "sun.rmi.registry"),
        ("opens", "java.base", "java.lang java.net java.io java.nio sun.nio.ch java.lang.reflect"),
        ("opens", "java.base", "java.text java.time java.util java.util.concurrent"),
        ("opens", "java.base", "java.util.concurrent.atomic java.util.concurrent.locks"),
    ]
    for package in packages.split()
]


class KafkaPorts(NamedTuple):
    """Where a broker listens: for clients, and for itself."""

    clients: int = 9092
    controller: int = 9093


class JobServerPorts(NamedTuple):
    """Where Beam's job server listens, and the web page of the Flink in it."""

    jobs: int = 8099
    artifacts: int = 8098
    flink: int = 8081
    metrics: int = 9249


def kafka(
    folder: Path,
    ports: KafkaPorts,
    settings: Mapping[str, str] | None = None,
    users: Mapping[str, str] | None = None,
    java_options: Sequence[str] = (),
) -> Process:
    """A broker of one node (KRaft). What it held before in `folder` is there again.

    `settings` are added to its server.properties, or replace what stands there; `users` are names
    and passwords for SCRAM-SHA-512, made when the folder is new; `java_options` as -Dname=value.
    """
    _free("kafka", *ports)
    home = folder / "kafka"
    home.mkdir(parents=True, exist_ok=True)
    properties = home / "server.properties"
    wanted = {**_broker_settings(home, ports), **(settings or {})}
    properties.write_text("".join(f"{key}={value}\n" for key, value in wanted.items()))
    program = [java(), LOG, *KAFKA_MEMORY, *java_options, "-cp", class_path("kafka")]
    if not (home / "data" / "meta.properties").exists():
        made = [f"SCRAM-SHA-512=[name={n},password={p}]" for n, p in (users or {}).items()]
        _run(
            [*program, "kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c", str(properties)]
            + [argument for user in made for argument in ("--add-scram", user)]
        )
    return start(
        "kafka",
        [*program, "kafka.Kafka", str(properties)],
        folder,
        lambda said: "Kafka Server started" in said,
    )


def _broker_settings(home: Path, ports: KafkaPorts) -> dict[str, str]:
    return {
        "process.roles": "broker,controller",
        "node.id": "1",
        "controller.quorum.voters": f"1@{LOOPBACK}:{ports.controller}",
        "controller.listener.names": "CONTROLLER",
        "listeners": f"PLAINTEXT://{LOOPBACK}:{ports.clients},"
        f"CONTROLLER://{LOOPBACK}:{ports.controller}",
        "advertised.listeners": f"PLAINTEXT://{LOOPBACK}:{ports.clients}",
        "log.dirs": str(home / "data"),
        "auto.create.topics.enable": "false",
        # A broker that was killed is let in again after this time.
        "broker.session.timeout.ms": "4000",
        "broker.heartbeat.interval.ms": "1000",
        "group.initial.rebalance.delay.ms": "0",
        "offsets.topic.replication.factor": "1",
        "offsets.topic.num.partitions": "4",
        "transaction.state.log.replication.factor": "1",
        "transaction.state.log.min.isr": "1",
        "transaction.state.log.num.partitions": "4",
        "share.coordinator.state.topic.replication.factor": "1",
        "share.coordinator.state.topic.min.isr": "1",
        "log.cleaner.dedupe.buffer.size": str(16 << 20),
        "num.network.threads": "2",
        "num.io.threads": "4",
    }


def expansion_service(folder: Path, port: int = 8097) -> Process:
    """The service that tells Beam's Python what KafkaIO is made of."""
    _free("expansion", port)
    return start(
        "expansion",
        [
            java(), LOG, *EXPANSION_MEMORY, "-cp", class_path("flink"),
            "org.apache.beam.sdk.expansion.service.ExpansionService", str(port),
            "--javaClassLookupAllowlistFile=*", "--defaultEnvironmentType=EMBEDDED",
            "--experiments=use_deprecated_read",
        ],
        folder,
        listens(port),
    )  # fmt: skip


def job_server(
    folder: Path, ports: JobServerPorts, master: str = "[local]", slots: int = 2
) -> Process:
    """Beam's job server; with the master `[local]` Flink runs in it, else at that address."""
    local = master == "[local]"
    _free("job-server", *(ports if local else ports[:2]))
    conf = _flink_conf(folder, "job-server", ports.flink, ports.metrics, slots)
    return start(
        "job-server",
        [
            java(), LOG, *JOB_SERVER_MEMORY, *OPENED, "-cp", class_path("flink"),
            "org.apache.beam.runners.flink.FlinkJobServerDriver",
            f"--job-host={LOOPBACK}", f"--job-port={ports.jobs}",
            f"--artifact-port={ports.artifacts}", "--expansion-port=-1",
            f"--artifacts-dir={folder / 'artifacts'}", "--clean-artifacts-per-job",
            f"--flink-master={master}", f"--flink-conf-dir={conf}",
        ],
        folder,
        lambda said: "JobService started on" in said and is_taken(ports.jobs),
    )  # fmt: skip


def job_manager(
    folder: Path, rpc_port: int = 6123, port: int = 8081, metrics_port: int = 0
) -> Process:
    """The manager of a Flink cluster of real processes; its address for a job server is `port`."""
    _free("job-manager", rpc_port, port)
    conf = _flink_conf(
        folder, "job-manager", port, metrics_port, 1, {"jobmanager.rpc.port": rpc_port}
    )
    return start(
        "job-manager",
        [
            java(), LOG, *MANAGER_MEMORY, *OPENED, "-cp", class_path("flink"),
            "org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint",
            "--configDir", str(conf),
        ],
        folder,
        lambda said: _asked(port, "overview") is not None,
    )  # fmt: skip


def task_manager(
    folder: Path,
    name: str,
    rpc_port: int = 6123,
    manager_port: int = 8081,
    metrics_port: int = 0,
    slots: int = 1,
) -> Process:
    """A worker of a Flink cluster, known to its manager as `name`."""
    settings: dict[str, object] = {
        "jobmanager.rpc.port": rpc_port,
        "taskmanager.resource-id": name,
        "taskmanager.cpu.cores": 1.0,
        "taskmanager.memory.task.heap.size": "1024m",
        "taskmanager.memory.task.off-heap.size": "128m",
        "taskmanager.memory.framework.heap.size": "128m",
        "taskmanager.memory.framework.off-heap.size": "128m",
        "taskmanager.memory.network.min": "64m",
        "taskmanager.memory.network.max": "64m",
        "taskmanager.memory.managed.size": "64m",
        "taskmanager.memory.jvm-metaspace.size": "192m",
        "taskmanager.memory.jvm-overhead.min": "64m",
        "taskmanager.memory.jvm-overhead.max": "64m",
    }
    conf = _flink_conf(folder, name, manager_port, metrics_port, slots, settings)
    return start(
        name,
        [
            java(), LOG, *WORKER_MEMORY, *OPENED, "-cp", class_path("flink"),
            "org.apache.flink.runtime.taskexecutor.TaskManagerRunner", "--configDir", str(conf),
        ],
        folder,
        lambda said: name in (_asked(manager_port, "taskmanagers") or ""),
    )  # fmt: skip


def worker_pool(folder: Path, port: int = 50000, name: str = "workers") -> Process:
    """Starts Python workers when Flink asks for them, from this Python's packages.

    The workers are its children: `os.kill(pool.children()[0], 9)` kills one.
    """
    _free(name, port)
    return start(
        name,
        [sys.executable, "-m", "pipelines.workers", f"--port={port}"],
        folder,
        listens(port),
    )


def _flink_conf(
    folder: Path,
    name: str,
    port: int,
    metrics_port: int,
    slots: int,
    more: Mapping[str, object] | None = None,
) -> Path:
    """A folder with the config.yaml of one process."""
    home = folder / name
    home.mkdir(parents=True, exist_ok=True)
    settings: dict[str, object] = {
        "rest.address": LOOPBACK,
        "rest.bind-address": LOOPBACK,
        "rest.port": port,
        "jobmanager.rpc.address": LOOPBACK,
        "jobmanager.bind-host": LOOPBACK,
        "taskmanager.host": LOOPBACK,
        "taskmanager.bind-host": LOOPBACK,
        "taskmanager.numberOfTaskSlots": slots,
        "heartbeat.interval": 2000,
        "heartbeat.timeout": 10000,
        "io.tmp.dirs": str(home),
        "state.checkpoints.dir": (folder / "checkpoints").absolute().as_uri(),
        "state.savepoints.dir": (folder / "savepoints").absolute().as_uri(),
        "state.checkpoints.num-retained": 2,
        # What a job server sends is what Flink has here already.
        "classloader.resolve-order": "parent-first",
        "restart-strategy.type": "exponential-delay",
        "restart-strategy.exponential-delay.initial-backoff": "1 s",
        "restart-strategy.exponential-delay.max-backoff": "10 s",
        **({} if not metrics_port else _prometheus(metrics_port)),
        **(more or {}),
    }
    lines = [f"{key}: {json.dumps(value)}\n" for key, value in settings.items()]
    (home / "config.yaml").write_text("".join(lines))
    return home


def _prometheus(port: int) -> dict[str, object]:
    factory = "org.apache.flink.metrics.prometheus.PrometheusReporterFactory"
    return {
        "metrics.reporters": "prometheus",
        "metrics.reporter.prometheus.factory.class": factory,
        "metrics.reporter.prometheus.port": str(port),  # a number is not read
    }


def _asked(port: int, what: str) -> str | None:
    """What Flink's REST interface answers; None when it does not."""
    try:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{port}/{what}", timeout=2) as answer:
            return str(answer.read().decode())
    except (urllib.error.URLError, OSError):
        return None


def _free(name: str, *ports: int) -> None:
    for port in ports:
        if is_taken(port):
            raise ServiceError(
                f"{name}: port {port} is taken by another program. End it (lsof -i :{port} tells "
                "which it is), or set another port: `python -m deploy.local --help`."
            )


def _run(command: list[str]) -> None:
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    if ran.returncode:
        raise ServiceError(f"{command[-1]}: {ran.stdout.strip()} {ran.stderr.strip()}")
