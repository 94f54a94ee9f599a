"""`make up` and `make down`: the local stack as a whole.

    python -m deploy.local up        starts what does not run yet
    python -m deploy.local down      ends all of it, whatever state it is in
    python -m deploy.local status    says what runs

Exit codes: 0 all went well, 2 wrong usage, 3 something cannot be started.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from deploy.local import services
from deploy.local.jars import ROOT, MissingToolError, class_path, java
from deploy.local.processes import Process, ServiceError, known, running

FOLDER = ROOT / ".local" / "run"
CANNOT_START = 3


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; the exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m deploy.local", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("command", choices=["up", "down", "status"])
    parser.add_argument("--folder", type=Path, default=FOLDER, help="data and logs [.local/run]")
    for name, default in PORTS.items():
        parser.add_argument(f"--{name}-port", type=int, default=default, help=f"[{default}]")
    parser.add_argument("--data", action="store_true", help="with down: remove the topics too")
    told = parser.parse_args(arguments)
    try:
        if told.command == "up":
            up(
                told.folder,
                {name: getattr(told, f"{name.replace('-', '_')}_port") for name in PORTS},
            )
        elif told.command == "down":
            down(told.folder, told.data)
        else:
            status(told.folder)
    except (ServiceError, MissingToolError) as error:
        say(f"tally: {error}")
        return CANNOT_START
    return 0


PORTS = {
    "kafka": 9092,
    "controller": 9093,
    "expansion": 8097,
    "artifacts": 8098,
    "jobs": 8099,
    "flink": 8081,
    "metrics": 9249,
    "workers": 50000,
}


def up(folder: Path, ports: dict[str, int]) -> None:
    """Starts what does not run yet. Raises ServiceError and MissingToolError."""
    java()
    say("== Jars of Kafka and Flink (the first time: a minute or two)")
    class_path("kafka")
    runs = {process.name for process in running(folder)}
    job_ports = services.JobServerPorts(
        ports["jobs"], ports["artifacts"], ports["flink"], ports["metrics"]
    )
    kafka_ports = services.KafkaPorts(ports["kafka"], ports["controller"])
    wanted: dict[str, tuple[str, Callable[[], Process]]] = {
        "kafka": (
            f"127.0.0.1:{ports['kafka']}",
            lambda: services.kafka(folder, kafka_ports),
        ),
        "expansion": (
            f"127.0.0.1:{ports['expansion']}",
            lambda: services.expansion_service(folder, ports["expansion"]),
        ),
        "job-server": (
            f"127.0.0.1:{ports['jobs']}, page http://127.0.0.1:{ports['flink']} while a job runs",
            lambda: services.job_server(folder, job_ports),
        ),
        "workers": (
            f"127.0.0.1:{ports['workers']}",
            lambda: services.worker_pool(folder, ports["workers"]),
        ),
    }
    for name, (where, begin) in wanted.items():
        if name in runs:
            say(f"{name} runs already")
        else:
            begin()
            say(f"{name} is ready: {where}")
    say(f"Logs: {folder}. End it: make down")


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
