"""Logs: one set-up for all that Tally starts."""

from __future__ import annotations

import logging
import os
import sys
from typing import TextIO

import structlog
from structlog.typing import Processor

LEVELS = ("debug", "info", "warning", "error")

# What every entry carries, whether it comes from us or, through `logging`, from a library.
SHARED: tuple[Processor, ...] = (
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
)


class _ToStandardError(logging.StreamHandler[TextIO]):
    """Writes to what standard error is then: while a progress bar stands there, above it."""

    @property
    def stream(self) -> TextIO:
        return sys.stderr

    @stream.setter
    def stream(self, stream: TextIO) -> None:
        pass


def set_up(level: str = "info", stream: TextIO | None = None) -> None:
    """Sends all logs of `level` (one of LEVELS) and above to `stream`, standard error by default.

    On a terminal an entry is a readable line in colours; elsewhere it is one line of JSON.
    Beam and other libraries log through `logging`: they take the same way, from warnings on.
    Calling it again replaces what was set up before. Raises ValueError for an unknown level.
    """
    if level not in LEVELS:
        raise ValueError(f"unknown level {level!r}; one of: {', '.join(LEVELS)}")
    handler = logging.StreamHandler(stream) if stream else _ToStandardError()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=SHARED,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *_renderers((stream or sys.stderr).isatty()),
            ],
        )
    )
    handler.addFilter(_is_telling)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    # It warns of each tenth of a second that its own loop is busy, as on a slow machine.
    logging.getLogger("kafka.net.selector").setLevel(logging.ERROR)
    logging.getLogger("tally").setLevel(level.upper())
    logging.captureWarnings(True)
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=lambda *names: logging.getLogger(".".join(("tally", *names))),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _is_telling(record: logging.LogRecord) -> bool:
    """Leaves out what Beam 2.77 says on import of Google's clients, which Tally does not use, and
    of options that are the job server's to know."""
    beside = ("apitools not found", "Unparseable argument")
    return not (isinstance(record.msg, str) and record.msg.startswith(beside))


def _renderers(terminal: bool) -> list[Processor]:
    # Tracebacks without the values of variables: those hold whole articles.
    if terminal:
        return [
            structlog.dev.ConsoleRenderer(
                colors="NO_COLOR" not in os.environ,
                pad_event_to=0,
                exception_formatter=structlog.dev.plain_traceback,
            )
        ]
    frames = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    return [
        structlog.processors.ExceptionRenderer(frames),
        structlog.processors.JSONRenderer(ensure_ascii=False),
    ]
