"""Commands that read a folder of results: show, explain, report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from pipelines import show, words
from pipelines.commands.common import EXIT_CODES, INVALID, app, print_text, say
from pipelines.files import read_lines
from schemas.messages import Discrepancy
from transforms.cross_check.reliability import Reliability, in_order, reliabilities, sides_of

Results = Annotated[Path, typer.Argument(metavar="DIR", help="A folder of results.")]


@app.command("show", epilog=EXIT_CODES)
def show_all(
    folder: Results,
    resolved: Annotated[bool, typer.Option(help="Also those that are resolved.")] = False,
) -> None:
    """Prints where sources disagree, most severe first.

    \b
    Example:
      tally show out/demo
    """
    known = _sources_of(folder)
    found = sorted((in_order(each, known) for each in _discrepancies(folder)), key=show.urgency)
    still_open = sum(each.status == "open" for each in found)
    for each in found if resolved else found[:still_open]:
        print_text((*show.in_short(each), Text()))
    print_text([Text(f"{still_open:,} open, {len(found) - still_open:,} resolved.")])
    if found:
        print_text([Text(f"Why one of them: tally explain ID --in {folder}")])


@app.command("explain", epilog=EXIT_CODES)
def explain(
    id: Annotated[str, typer.Argument(metavar="ID", help="A discrepancy's id, or its beginning.")],
    folder: Annotated[Path, typer.Option("--in", metavar="DIR", help="A folder of results.")],
) -> None:
    """Says why a discrepancy was raised: rule, positions, claims, quotes, offsets.

    \b
    Example:
      tally explain 3f9c --in out/demo
    """
    found, near = show.find(_discrepancies(folder), id)
    if found is None:
        say(f"tally: no discrepancy {id!r} in {folder}")
        if near:
            say("Did you mean: " + ", ".join(words.printable(each) for each in near))
        raise typer.Exit(INVALID)
    known = _sources_of(folder)
    print_text((*show.in_full(in_order(found, known)), *show.sources_told(found, known)))


@app.command(epilog=EXIT_CODES)
def report(folder: Results) -> None:
    """Writes report.html anew from the results in DIR.

    \b
    Example:
      tally report out/demo
    """
    from pipelines.report import write_report

    typer.echo(str(write_report(folder)))


def _sources_of(folder: Path) -> dict[str, Reliability]:
    """What the open discrepancies of a folder tell of their sources."""
    found = (each for each in _discrepancies(folder) if each.status == "open")
    return reliabilities(map(sides_of, found))


def _discrepancies(folder: Path) -> Iterator[Discrepancy]:
    path = folder / "discrepancies.jsonl"
    if not path.exists():
        raise FileNotFoundError(f"{folder} holds no results: {path.name} is not there")
    return read_lines(path, Discrepancy)
