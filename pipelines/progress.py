"""How far a run is: a line that moves on a terminal, a log entry every few seconds elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import structlog
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

EVERY = 5.0  # seconds between log entries

log = structlog.get_logger("progress")


@contextmanager
def progress(console: Console) -> Iterator[Callable[[NamedTuple], None]]:
    """A function that shows counts: a NamedTuple of numbers, such as articles and claims.

    It may be called as often as one likes; what it costs does not grow with the calls shown.
    """
    if not console.is_terminal:
        yield _logged()
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("starting")
        yield lambda counts: bar.update(task, description=in_words(counts))


def _logged() -> Callable[[NamedTuple], None]:
    last = time.monotonic()

    def show(counts: NamedTuple) -> None:
        nonlocal last
        if time.monotonic() - last >= EVERY:
            last = time.monotonic()
            log.info("running", **counts._asdict())

    return show


def in_words(counts: NamedTuple) -> str:
    """1,200 articles, 3 rejects."""
    return ", ".join(f"{count:,} {name}" for name, count in counts._asdict().items())
