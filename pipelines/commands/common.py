"""What the groups of commands share: the application, exit codes, and how results are printed."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.console import Console
from rich.text import Text

from transforms.read.rejects import Origin

INVALID, USAGE, UNREADABLE, BUG = 1, 2, 3, 4

EXIT_CODES = """\b
Exit codes:
  0  all went well
  1  something was found wrong: an invalid message, no such id
  2  wrong usage
  3  an input cannot be read, a result cannot be written, a service cannot be reached
  4  a bug of Tally
"""

app = typer.Typer(
    name="tally",
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Reads news, takes out every figure and date, and says where sources disagree.",
    epilog=EXIT_CODES,
)

SettingsFile = Annotated[
    Path | None,
    typer.Option("--settings", metavar="FILE", help="The file of settings. [tally.toml]"),
]
Set = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="NAME=VALUE", help="A setting, as kafka.username=tally. Can be repeated."
    ),
]


def a_place(text: str) -> str:
    """Checks where in a topic to begin or end: earliest, latest, an offset or a time."""
    if text in ("earliest", "latest") or text.isdigit():
        return text
    try:
        datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        raise typer.BadParameter(
            f"{text!r} is neither earliest nor latest, nor an offset, nor a time as "
            "2021-08-30T12:00:00Z"
        ) from None
    return text


class WithBeamOptions(typer.core.TyperCommand):
    """A command that leaves what stands after `--` to Beam."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Splits the arguments at `--`; the second half is kept in `ctx.meta`."""
        if "--" in args:
            here = args.index("--")
            ctx.meta["beam_options"] = args[here + 1 :]
            args = args[:here]
        return super().parse_args(ctx, args)


def where(origin: Origin) -> str:
    """FILE:LINE."""
    name = origin.topic or "standard input"
    return name if origin.offset is None else f"{name}:{origin.offset}"


def print_lines(messages: Iterable[msgspec.Struct]) -> None:
    """Each message as a line of JSON."""
    encoder = msgspec.json.Encoder()
    for message in messages:
        sys.stdout.buffer.write(encoder.encode(message) + b"\n")
    sys.stdout.flush()


def print_text(lines: Iterable[Text]) -> None:
    """Lines for a person; without colours where there is no terminal."""
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in lines:
        console.print(line)


def say(text: str) -> None:
    """To a person, beside what is printed as a result."""
    typer.echo(text, err=True)
