"""Flink's REST interface: which jobs run, and stopping one with a savepoint.

https://nightlies.apache.org/flink/flink-docs-stable/docs/ops/rest_api/
"""

from __future__ import annotations

import json
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from typing import Any, NamedTuple

from pipelines.errors import FlinkError

ENDED = frozenset({"FINISHED", "CANCELED", "FAILED"})
STARTS_AGAIN = "Not all required tasks are currently running"
PAUSE = 0.2


class Job(NamedTuple):
    """A job of Flink: its id there, its name and its state."""

    id: str
    name: str
    state: str

    @property
    def ended(self) -> bool:
        """Whether it will not run again."""
        return self.state in ENDED


class Flink:
    """The Flink whose REST interface listens at HOST:PORT."""

    def __init__(self, address: str, timeout: float = 10) -> None:
        self.address = address
        self._timeout = timeout

    def jobs(self) -> list[Job]:
        """All jobs that it knows. Raises FlinkError when it is not reached."""
        return [Job(j["jid"], j["name"], j["state"]) for j in self._ask("/jobs/overview")["jobs"]]

    def running(self, name: str) -> Job | None:
        """The job of a name that has not ended. Raises FlinkError."""
        return next((job for job in self.jobs() if job.name == name and not job.ended), None)

    def wait_until_running(
        self, name: str, failure: Callable[[], str] = str, patience: float = 120
    ) -> Job:
        """The job of a name, when all its tasks run.

        Raises FlinkError when that takes longer, and with what `failure` says when it says any.
        """
        end = time.monotonic() + patience
        while time.monotonic() < end:
            with suppress(FlinkError):  # a Flink in the job server answers when it has a job
                for job in self._ask("/jobs/overview")["jobs"]:
                    tasks = job["tasks"]
                    if job["name"] == name and 0 < tasks["running"] == tasks["total"]:
                        return Job(job["jid"], job["name"], job["state"])
            if said := failure():
                raise FlinkError(said)
            time.sleep(PAUSE)
        raise FlinkError(
            f"the feed does not run after {patience:g} s; the job server's log and the page of "
            f"Flink, http://{self.address}, tell why"
        )

    def state(self, job: str) -> str:
        """The state of a job."""
        return str(self._ask(f"/jobs/{job}")["state"])

    def restarts(self, job: str) -> float:
        """How often a job has started again after a failure."""
        found = self._ask(f"/jobs/{job}/metrics?get=numRestarts")
        return sum(float(metric["value"]) for metric in found)

    def state_mib(self, job: str) -> float:
        """The size of the last checkpoint of a job; 0 before the first."""
        last = self._ask(f"/jobs/{job}/checkpoints")["latest"]["completed"]
        return last["state_size"] / 2**20 if last else 0.0

    def task_managers(self) -> dict[str, int]:
        """Its workers by name, with the slots that are free."""
        found = self._ask("/taskmanagers")["taskmanagers"]
        return {manager["id"]: manager["freeSlots"] for manager in found}

    def stop(self, job: str, patience: float = 120) -> str:
        """Keeps a job's state in a savepoint and ends it; where that lies. Raises FlinkError.

        One that starts again after a failure is waited for. Not Flink's own `stop`: it ends Beam's
        source before the savepoint, and that source then tells that time has ended, at which all
        state is forgotten.
        """
        end = time.monotonic() + patience
        while True:
            trigger = self._ask(f"/jobs/{job}/savepoints", {"cancel-job": True})["request-id"]
            operation = self._ended(f"/jobs/{job}/savepoints/{trigger}", end)
            if "location" in operation:
                return str(operation["location"])
            why = operation["failure-cause"]["stack-trace"].partition("\n")[0]
            if STARTS_AGAIN not in why or time.monotonic() > end:
                raise FlinkError(f"{self.address}: the job did not stop: {why}")
            time.sleep(PAUSE)

    def _ended(self, operation: str, end: float) -> Any:
        """What came of an operation of Flink. Raises FlinkError when it does not end in time."""
        while time.monotonic() < end:
            status = self._ask(operation)
            if status["status"]["id"] == "COMPLETED":
                return status["operation"]
            time.sleep(PAUSE)
        raise FlinkError(f"{self.address}: no savepoint in time")

    def cancel(self, job: str) -> None:
        """Ends a job without a savepoint."""
        self._ask(f"/jobs/{job}?mode=cancel", method="PATCH")

    def _ask(self, path: str, body: object = None, method: str | None = None) -> Any:
        request = urllib.request.Request(
            f"http://{self.address}{path}",
            None if body is None else json.dumps(body).encode(),
            {"Content-Type": "application/json"},
            method=method,
        )
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            said = error.read().decode(errors="replace")[:300]
            raise FlinkError(f"{self.address}{path}: {error.code} {said}") from error
        except (OSError, ValueError) as error:
            raise FlinkError(f"Flink does not answer at {self.address}: {error}") from error
