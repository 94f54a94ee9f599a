"""What the system tells of processes: CPU used, memory resident; and of the machine: its load."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local.jars import MissingToolError, class_path, java
from deploy.local.processes import Process

TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(numbers: Iterable[int]) -> float:
    """CPU that these processes have used so far, all threads; those that have ended count 0."""
    total = 0
    for number in numbers:
        try:
            stat = Path(f"/proc/{number}/stat").read_text()
        except OSError:
            continue
        fields = stat.rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])  # utime, stime: proc(5)
    return total / TICKS


def resident_mib(number: int) -> float:
    """Resident memory of a process; 0 when it has ended."""
    try:
        pages = int(Path(f"/proc/{number}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def live_heap_mib(java: Process) -> float:
    """What is alive on a Java process's heap: it collects its garbage first. 0 without `jcmd`."""
    try:
        told = subprocess.run(
            ["jcmd", str(java.number), "GC.class_histogram"],
            capture_output=True, text=True, check=True, timeout=60,
        ).stdout  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return 0.0
    total = next(line for line in told.splitlines()[::-1] if line.startswith("Total"))
    return int(total.split()[2]) / 2**20


@contextmanager
def used(processes: dict[str, list[int]]) -> Iterator[dict[str, float]]:
    """CPU seconds that named processes use in the block; told when it ends."""
    before = {name: cpu_seconds(numbers) for name, numbers in processes.items()}
    found: dict[str, float] = {}
    yield found
    for name, numbers in processes.items():
        found[name] = cpu_seconds(numbers) - before[name]


def load() -> str:
    """The machine's load, as it stands in a title."""
    return f"load average {os.getloadavg()[0]:.1f} of {os.cpu_count()} cores"


def why_not() -> str:
    """Why no Kafka and Flink can be started here; empty when they can."""
    try:
        class_path("flink")
        java()
    except MissingToolError as missing:
        return str(missing)
    return ""
