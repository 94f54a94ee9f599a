"""Processes that are started in the background, known to be ready, and ended for certain."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

LOOPBACK = "127.0.0.1"
PAUSE = 0.1  # seconds between two looks


class ServiceError(Exception):
    """A service that cannot be started; the message says why and where its log is."""


class Process(msgspec.Struct, frozen=True):
    """A process that was started here, in this run or an earlier one.

    `born` is when it was started, as the system tells it: a number that was given to another
    process since is not mistaken for this one. It is empty of what ended before it was asked for.
    """

    name: str
    number: int
    born: str
    log: str

    def __enter__(self) -> Process:
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def alive(self) -> bool:
        """Whether it runs."""
        with contextlib.suppress(ChildProcessError):  # of another run of ours
            os.waitpid(self.number, os.WNOHANG)
        return bool(self.born) and _born(self.number) == self.born

    def children(self) -> list[int]:
        """The numbers of the processes that it has started, and of theirs."""
        listed = subprocess.run(
            ["ps", "-A", "-o", "ppid=,pid="], capture_output=True, text=True, check=True
        ).stdout
        pairs = [(int(parent), int(child)) for parent, child in map(str.split, listed.splitlines())]
        found = [self.number]
        for each in found:
            found += [child for parent, child in pairs if parent == each]
        return found[1:]

    def kill(self) -> None:
        """Ends it and all that it has started, at once (kill -9)."""
        if self.alive():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.number, signal.SIGKILL)
        self._wait(10)

    def stop(self, patience: float = 10) -> None:
        """Ends it in order, or at once after `patience` seconds. Its number is forgotten."""
        if self.alive():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.number, signal.SIGTERM)
            self._wait(patience)
        self.kill()
        _file(Path(self.log).parent, self.name).unlink(missing_ok=True)

    def said(self, start: int = 0) -> str:
        """What stands in its log from byte `start`."""
        with open(self.log, "rb") as log:
            log.seek(start)
            return log.read().decode("utf-8", "replace")

    def _wait(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while self.alive() and time.monotonic() < end:
            time.sleep(PAUSE)


Ready = Callable[[str], bool]


def start(
    name: str,
    command: Sequence[str],
    folder: Path,
    ready: Ready,
    environment: Mapping[str, str] | None = None,
    patience: float = 90,
) -> Process:
    """Starts a process in a session of its own and waits until it is ready.

    `ready` is asked with what it has written to its log so far. Log and number stand in `folder`,
    as NAME.log and NAME.json. Raises ServiceError, having ended it, when it ends or is not ready
    after `patience` seconds.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.log"
    with path.open("ab") as log:
        from_here = log.tell()
        popen = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT,
            start_new_session=True, env={**os.environ, **(environment or {})}, cwd=folder,
        )  # fmt: skip
    process = Process(name, popen.pid, _born(popen.pid), str(path.absolute()))
    popen.returncode = 0  # it is waited for by Process
    _file(folder, name).write_bytes(msgspec.json.encode(process))
    end = time.monotonic() + patience
    try:
        while not ready(process.said(from_here)):
            if not process.alive():
                raise ServiceError(_failed(process, from_here, "ended"))
            if time.monotonic() > end:
                raise ServiceError(_failed(process, from_here, f"not ready after {patience:.0f} s"))
            time.sleep(PAUSE)
    except BaseException:
        process.stop(0)
        raise
    return process


def running(folder: Path) -> list[Process]:
    """The processes that were started with this folder and run still, the newest first."""
    return [process for process in known(folder) if process.alive()]


def known(folder: Path) -> list[Process]:
    """The processes that were started with this folder and not stopped, the newest first."""
    files = sorted(folder.glob("*.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    return list(_read(files))


def _read(files: Sequence[Path]) -> Iterator[Process]:
    for file in files:
        with contextlib.suppress(msgspec.DecodeError):
            yield msgspec.json.decode(file.read_bytes(), type=Process)


def listens(port: int) -> Ready:
    """Ready when something on this machine answers at `port`."""
    return lambda said: is_taken(port)


def is_taken(port: int) -> bool:
    """Whether something listens at `port` on loopback."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((LOOPBACK, port)) == 0


def free_ports(count: int) -> list[int]:
    """Ports that nothing listens at, each another."""
    with contextlib.ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind((LOOPBACK, 0))
        return [probe.getsockname()[1] for probe in probes]


def _file(folder: Path, name: str) -> Path:
    return folder / f"{name}.json"


def _born(number: int) -> str:
    """When a process was started; empty when it runs no longer."""
    said = subprocess.run(
        ["ps", "-o", "stat=,lstart=", "-p", str(number)],
        capture_output=True, text=True, check=False, env={**os.environ, "LC_ALL": "C"},
    ).stdout.split(maxsplit=1)  # fmt: skip
    if len(said) < 2:
        return ""
    state, born = said
    # "Z" has ended and was not asked for yet; "Zl" has threads that hold its ports still.
    return "" if state.startswith("Z") and "l" not in state else born.strip()


def _failed(process: Process, from_here: int, how: str) -> str:
    last = "\n".join(process.said(from_here).strip().splitlines()[-8:])
    return f"{process.name}: {how}. The end of {process.log}:\n{last}"
