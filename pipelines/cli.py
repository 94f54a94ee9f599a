"""The command line: `tally`."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import structlog
import typer
from rich.console import Console
from rich.text import Text

from pipelines import logs, show, words
from pipelines.errors import TallyError, UnreadableInputError
from pipelines.files import atomic_folder, read_lines
from schemas.messages import MESSAGES, Article, Discrepancy, Reject
from transforms.read.rejects import Origin

# Whatever needs Beam or language tables is imported by the command that needs it: `tally --help`
# answers at once.

INVALID, USAGE, UNREADABLE, BUG = 1, 2, 3, 4

EXIT_CODES = """\b
Exit codes:
  0  all went well
  1  something was found wrong: an invalid message, no such id
  2  wrong usage
  3  an input cannot be read, or a result cannot be written
  4  a bug of Tally
"""

log = structlog.get_logger("cli")

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

Level = Literal["debug", "info", "warning", "error"]
Kind = Literal["article", "mention", "claim", "discrepancy", "reject"]
Files = Annotated[
    list[str] | None,
    typer.Argument(metavar="[FILE]...", help="Files, folders or globs. [standard input]"),
]
AsText = Annotated[bool, typer.Option("--text", help="Each file is plain text, not JSON.")]
Language = Annotated[str | None, typer.Option(help="With --text: its language, as en. [found out]")]
Published = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S%z"],
        metavar="TIME",
        help="With --text: when it was published, as 2021-08-30. [now]",
    ),
]
Results = Annotated[Path, typer.Argument(metavar="DIR", help="A folder of results.")]


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
    logs.set_up(log_level)


class WithBeamOptions(typer.core.TyperCommand):
    """A command that leaves what stands after `--` to Beam."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Splits the arguments at `--`; the second half is kept in `ctx.meta`."""
        if "--" in args:
            here = args.index("--")
            ctx.meta["beam_options"] = args[here + 1 :]
            args = args[:here]
        return super().parse_args(ctx, args)


@app.command(cls=WithBeamOptions, options_metavar="[OPTIONS]", epilog=EXIT_CODES)
def backfill(
    ctx: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Articles: files, folders or globs of them."),
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder of the results.")],
) -> None:
    """Reads articles and says where they disagree.

    Inputs are JSON lines or JSON documents, plain or compressed (.gz, .zst). In DIR it writes
    claims.jsonl, discrepancies.jsonl, rejects.jsonl and report.html: all of them at the end, or
    none. Options after -- go to Apache Beam.

    \b
    Examples:
      tally backfill samples --out out/demo
      tally backfill 'archive/2021-*.jsonl.zst' --out out/2021
      tally backfill samples --out out/demo -- --direct_num_workers=2
    """
    from pipelines.backfill import backfill as run
    from pipelines.progress import progress
    from pipelines.report import write_report
    from pipelines.settings import Settings

    console = Console(stderr=True)
    started = time.monotonic()
    with atomic_folder(out) as folder:
        with progress(console) as show_counts:
            summary = run(inputs, folder, Settings(), ctx.meta.get("beam_options", []), show_counts)
        write_report(folder)
    _say(
        f"Read {words.plural(summary.articles, 'article')} in {time.monotonic() - started:.1f} s"
        f" ({summary.rejects:,} rejected): {words.plural(summary.claims, 'claim')}, "
        f"{words.plural(summary.open, 'open discrepancy', 'open discrepancies')}."
    )
    _say(f"The report: {out / 'report.html'}")


@app.command(epilog=EXIT_CODES)
def extract(
    files: Files = None,
    text: AsText = False,
    language: Language = None,
    published: Published = None,
) -> None:
    """Prints every figure and date of articles, as JSON lines (mentions).

    \b
    Examples:
      tally extract samples/kabul.json
      echo 'At least 70 people died on Friday.' | tally extract --text --published 2021-08-30
    """
    from transforms.extract.extract import extract as mentions_of
    from transforms.languages.load import LANGUAGES

    articles = _articles(files or (), text, language, published)
    _print_lines(message for each in articles for message in mentions_of(each, LANGUAGES))


@app.command(epilog=EXIT_CODES)
def claims(
    files: Files = None,
    text: AsText = False,
    language: Language = None,
    published: Published = None,
) -> None:
    """Prints what articles claim of which fact, as JSON lines (claims).

    \b
    Examples:
      tally claims samples/kabul.json
      tally claims samples | head -1
    """
    from transforms.claim.claims import claims_of

    articles = _articles(files or (), text, language, published)
    _print_lines(message for each in articles for message in claims_of(each))


@app.command(epilog=EXIT_CODES)
def validate(
    files: Files = None,
    kind: Annotated[Kind, typer.Option("--as", help="What the messages should be.")] = "article",
) -> None:
    """Says which messages are wrong, and why; exits with 1 when any is.

    An article is right when Tally reads it: nested ninjs 2 and 3 are as good as flat ones.

    \b
    Examples:
      tally validate samples
      tally validate --as discrepancy out/demo/discrepancies.jsonl
    """
    from transforms.read.reader import read

    decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder(MESSAGES[kind])
    valid = invalid = 0
    for origin, payload in _payloads(files or ()):
        wrong = ""
        if kind == "article":
            got = read(payload, origin)
            wrong = f"{got.reason}: {got.message}" if isinstance(got, Reject) else ""
        else:
            try:
                decoder.decode(payload)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                wrong = str(error)
        valid, invalid = (valid, invalid + 1) if wrong else (valid + 1, invalid)
        if wrong:
            typer.echo(words.printable(f"{_where(origin)}: {wrong}"))
    _say(f"{valid:,} valid, {invalid:,} invalid")
    raise typer.Exit(INVALID if invalid else 0)


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
        _say(f"tally: no discrepancy {id!r} in {folder}")
        if near:
            _say("Did you mean: " + ", ".join(words.printable(each) for each in near))
        raise typer.Exit(INVALID)
    _print_text(show.in_full(found))


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
    found = sorted(_discrepancies(folder), key=show.urgency)
    still_open = sum(each.status == "open" for each in found)
    for each in found if resolved else found[:still_open]:
        _print_text((*show.in_short(each), Text()))
    _print_text([Text(f"{still_open:,} open, {len(found) - still_open:,} resolved.")])
    if found:
        _print_text([Text(f"Why one of them: tally explain ID --in {folder}")])


@app.command(epilog=EXIT_CODES)
def report(folder: Results) -> None:
    """Writes report.html anew from the results in DIR.

    \b
    Example:
      tally report out/demo
    """
    from pipelines.report import write_report

    typer.echo(str(write_report(folder)))


def _discrepancies(folder: Path) -> Iterator[Discrepancy]:
    path = folder / "discrepancies.jsonl"
    if not path.exists():
        raise FileNotFoundError(f"{folder} holds no results: {path.name} is not there")
    return read_lines(path, Discrepancy)


def _articles(
    files: Sequence[str], text: bool, language: str | None, published: datetime | None
) -> Iterator[Article]:
    """The articles that can be read. The others are logged, and make the command exit with 1."""
    from transforms.read.reader import read

    if not text and (language or published):
        raise typer.BadParameter("--language and --published need --text")
    payloads = _texts(files, language, published) if text else _payloads(files)
    rejects = 0
    for origin, payload in payloads:
        got = read(payload, origin)
        if isinstance(got, Reject):
            rejects += 1
            log.error("cannot be read", at=_where(origin), reason=got.reason, why=got.message)
        else:
            yield got
    if rejects:
        raise typer.Exit(INVALID)


def _payloads(files: Sequence[str]) -> Iterator[tuple[Origin, bytes]]:
    from pipelines.inputs import STANDARD_INPUT, expand, messages

    for path in expand(files or [STANDARD_INPUT]):
        yield from messages(path)


def _texts(
    files: Sequence[str], language: str | None, published: datetime | None
) -> Iterator[tuple[Origin, bytes]]:
    """Each file of plain text as an article."""
    moment = published or datetime.now(timezone.utc)
    for path in files or ["-"]:
        data = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise UnreadableInputError(f"{path}: not UTF-8 at byte {error.start}") from error
        article = Article(
            uri=path,
            versioncreated=moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc),
            source=path,
            body_text=text,
            language=language,
        )
        yield Origin(path), msgspec.json.encode(article)


def _where(origin: Origin) -> str:
    """FILE:LINE."""
    name = origin.topic or "standard input"
    return name if origin.offset is None else f"{name}:{origin.offset}"


def _print_lines(messages: Iterable[msgspec.Struct]) -> None:
    encoder = msgspec.json.Encoder()
    for message in messages:
        sys.stdout.buffer.write(encoder.encode(message) + b"\n")
    sys.stdout.flush()


def _print_text(lines: Iterable[Text]) -> None:
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in lines:
        console.print(line)


def _say(text: str) -> None:
    """To a person, beside what is printed as a result."""
    typer.echo(text, err=True)


if __name__ == "__main__":
    main()
