"""Who waits is told how far it is, on a terminal and in a log."""

from __future__ import annotations

import io
import re
import sys
from typing import NamedTuple

import pytest
import structlog
from rich.console import Console
from structlog.testing import capture_logs

from pipelines import logs, progress


class Counts(NamedTuple):
    articles: int
    rejects: int


def test_a_terminal_shows_the_counts() -> None:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=100)
    with progress.progress(console) as show:
        show(Counts(1200, 3))
        console.print("so far")  # draws the line anew
    assert "1,200 articles, 3 rejects" in stream.getvalue()


def test_a_log_entry_stands_above_the_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    logs.set_up()
    console = Console(stderr=True, force_terminal=True, width=100)
    with progress.progress(console) as show:
        show(Counts(1, 0))
        structlog.get_logger().warning("look here")
    assert re.search(r"(^|\n|\x1b\[2K)\{\"event\": \"look here\"", stream.getvalue())


def test_elsewhere_there_is_an_entry_every_few_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    structlog.reset_defaults()
    now = 100.0
    monkeypatch.setattr(progress.time, "monotonic", lambda: now)
    stream = io.StringIO()
    with capture_logs() as entries, progress.progress(Console(file=stream)) as show:
        for second in range(12):
            now = 100.0 + second
            show(Counts(second, 0))
    assert [entry["articles"] for entry in entries] == [5, 10]
    assert stream.getvalue() == ""
