"""The command line: `tally`. The commands stand in pipelines/commands, one file a group."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.metadata import version
from typing import Annotated, Literal

import structlog
import typer

from pipelines import garbage, logs
from pipelines.commands import (  # noqa: F401 - they add their commands
    articles,
    feed,
    results,
    run,
    setting,
    topics,
)
from pipelines.commands.common import BUG, UNREADABLE, app
from pipelines.errors import TallyError

# Whatever needs Beam, Kafka or language tables is imported by the command that needs it:
# `tally --help` answers at once.

log = structlog.get_logger("cli")

Level = Literal["debug", "info", "warning", "error"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Runs the command line and exits. What a person did wrong is one line, never a traceback."""
    try:
        app(args=arguments, prog_name="tally")
    except (TallyError, OSError) as error:
        typer.echo(f"tally: {_in_words(error)}", err=True)
        sys.exit(UNREADABLE)
    except Exception:
        log.exception("a bug of Tally")
        sys.exit(BUG)


def _in_words(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror and error.filename:
        return f"{error.filename}: {error.strerror}"
    return str(error)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"tally {version('tally-news')}")
        raise typer.Exit


@app.callback()
def _set_up(
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
    log_level: Annotated[Level, typer.Option(help="Least level that is logged.")] = "info",
) -> None:
    garbage.look_at_each_once()
    logs.set_up(log_level)


if __name__ == "__main__":
    main()
