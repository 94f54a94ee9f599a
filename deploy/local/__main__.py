"""`make up` and `make down`: a Kafka, and a Flink with what Beam needs, on this machine.

    python -m deploy.local up        starts what does not run yet
    python -m deploy.local down      ends all of it, whatever state it is in
    python -m deploy.local status    says what runs
    python -m deploy.local jars      only fetches what is started (by Maven, once)
    python -m deploy.local tools     only looks whether Java and Maven are there

Addresses and ports are settings (kafka.bootstrap_servers, feed.job_endpoint,
feed.expansion_service, feed.worker_pool, feed.flink, and those of the table local), from
tally.toml, the environment (TALLY_LOCAL_METRICS_PORT=9300 make up) and --set.

Exit codes: 0 all went well, 2 wrong usage, 3 something cannot be started.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from deploy.local import services
from deploy.local.jars import ROOT, MissingToolError, class_path, java, maven
from deploy.local.processes import LOOPBACK, Process, ServiceError, known, running
from pipelines.errors import SettingsError
from pipelines.settings import Settings
from pipelines.settings_file import load

FOLDER = ROOT / ".local" / "run"
CANNOT_START = 3


class Service(NamedTuple):
    """One of the stack: its name, what is said when it is ready, and what starts it."""

    name: str
    where: str
    start: Callable[[], Process]


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m deploy.local", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("command", choices=["up", "down", "status", "jars", "tools"])
    parser.add_argument("--folder", type=Path, default=FOLDER, help="data and logs [.local/run]")
    parser.add_argument("--settings", type=Path, help="the file of settings [tally.toml]")
    parser.add_argument("--set", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--data", action="store_true", help="with down: remove the topics too")
    told = parser.parse_args(arguments)
    folder = told.folder.absolute()
    try:
        if told.command == "up":
            up(folder, load(told.settings, told.set))
        elif told.command == "down":
            down(folder, told.data)
        elif told.command == "status":
            status(folder)
        else:
            java()
            maven()
            if told.command == "jars":
                class_path("kafka")
    except (ServiceError, MissingToolError, SettingsError) as error:
        say(f"tally: {error}")
        return CANNOT_START
    return 0


def up(folder: Path, settings: Settings) -> None:
    """Starts what does not run yet. Raises ServiceError and MissingToolError."""
    wanted = stack(folder, settings)
    java()
    say("== Jars of Kafka and Flink (the first time: a minute or two)")
    class_path("kafka")
    runs = {process.name for process in running(folder)}
    for name, where, begin in wanted:
        if name in runs:
            say(f"{name} runs already: {where}")
        else:
            begin()
            say(f"{name} is ready: {where}")
    say(f"Logs: {folder}. End it: make down")


def stack(folder: Path, settings: Settings) -> list[Service]:
    """What `up` starts, at the addresses of the settings. Raises ServiceError for one elsewhere."""
    kafka, feed, local = settings.kafka, settings.feed, settings.local
    if kafka.security_protocol != "PLAINTEXT":
        raise ServiceError("kafka.security_protocol: the local stack is PLAINTEXT only")
    broker = _port("kafka.bootstrap_servers", kafka.bootstrap_servers[0])
    expansion = _port("feed.expansion_service", feed.expansion_service)
    workers = _port("feed.worker_pool", feed.worker_pool)
    flink = _port("feed.flink", feed.flink)
    jobs = services.JobServerPorts(
        _port("feed.job_endpoint", feed.job_endpoint), local.artifacts_port
    )
    return [
        Service("kafka", kafka.bootstrap_servers[0],
                lambda: services.kafka(folder, services.KafkaPorts(broker, local.controller_port))),
        Service("expansion", feed.expansion_service,
                lambda: services.expansion_service(folder, expansion)),
        Service("job-manager", f"Flink, its page: http://{feed.flink}",
                lambda: services.job_manager(folder, local.manager_port, flink,
                                             local.manager_metrics_port)),
        Service("task-manager", f"Flink, its metrics: http://127.0.0.1:{local.metrics_port}/metrics",
                lambda: services.task_manager(folder, "task-manager", local.manager_port, flink,
                                              local.metrics_port, slots=2)),
        Service("job-server", feed.job_endpoint,
                lambda: services.job_server(folder, jobs, feed.flink)),
        Service("workers", feed.worker_pool, lambda: services.worker_pool(folder, workers)),
    ]  # fmt: skip


def _port(setting: str, address: str) -> int:
    host, _, port = address.rpartition(":")
    if host not in (LOOPBACK, "localhost"):
        raise ServiceError(
            f"{setting} is {address}, not on this machine ({LOOPBACK}): nothing to start here"
        )
    return int(port)


def down(folder: Path, data: bool = False) -> None:
    """Ends all that runs, the newest first; with `data` what it has stored goes too."""
    for process in known(folder):
        was_alive = process.alive()
        process.stop()
        say(f"{process.name} {'ended' if was_alive else 'had ended'}")
    if data:
        shutil.rmtree(folder, ignore_errors=True)


def status(folder: Path) -> None:
    """Says what was started and whether it runs."""
    for process in known(folder):
        state = f"runs, process {process.number}" if process.alive() else "has ended by itself"
        say(f"{process.name}: {state}, log {process.log}")


def say(text: str) -> None:
    """To a person."""
    sys.stderr.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
