"""Commands that read articles: backfill, extract, claims, validate."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
import structlog
import typer
from rich.console import Console

from pipelines import words
from pipelines.commands.common import (
    EXIT_CODES,
    INVALID,
    Set,
    SettingsFile,
    WithBeamOptions,
    a_place,
    app,
    print_lines,
    say,
    where,
)
from pipelines.errors import UnreadableInputError
from pipelines.files import atomic_folder
from schemas.messages import MESSAGES, Article, Reject
from transforms.read.rejects import Origin

log = structlog.get_logger("cli")

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


@app.command(cls=WithBeamOptions, options_metavar="[OPTIONS]", epilog=EXIT_CODES)
def backfill(
    ctx: typer.Context,
    inputs: Annotated[
        list[str],
        typer.Argument(
            metavar="INPUT...", help="Articles: files, folders, globs, or kafka://TOPIC."
        ),
    ],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder of the results.")],
    start: Annotated[
        str,
        typer.Option(
            "--from", metavar="WHERE", callback=a_place, help="Of a topic: where to begin."
        ),
    ] = "earliest",
    stop: Annotated[
        str,
        typer.Option(
            "--to", metavar="WHERE", callback=a_place, help="Of a topic: where to end, exclusive."
        ),
    ] = "latest",
    file: SettingsFile = None,
    flags: Set = None,
) -> None:
    """Reads articles and says where they disagree.

    Inputs are JSON lines or JSON documents, plain or compressed (.gz, .zst), or Kafka topics; these
    are read on this machine, without Flink. WHERE is earliest, latest, an offset or a time. In DIR
    it writes claims.jsonl, discrepancies.jsonl, rejects.jsonl and report.html: all of them at the
    end, or none. Options after -- go to Apache Beam.

    \b
    Examples:
      tally backfill samples --out out/demo
      tally backfill 'archive/2021-*.jsonl.zst' --out out/2021
      tally backfill kafka://articles --out out/topic
      tally backfill kafka://articles --from 2021-08-30T00:00:00Z --to latest --out out/since
      tally backfill samples --out out/demo -- --direct_num_workers=2
    """
    from pipelines.backfill import TOPIC
    from pipelines.backfill import backfill as run
    from pipelines.progress import progress
    from pipelines.report import write_report
    from pipelines.settings_file import load

    if (start, stop) != ("earliest", "latest") and not any(
        each.startswith(TOPIC) for each in inputs
    ):
        raise typer.BadParameter(f"--from and --to need an input {TOPIC}TOPIC")
    settings = load(file, flags or ())
    console = Console(stderr=True)
    started = time.monotonic()
    with atomic_folder(out) as folder:
        with progress(console) as show_counts:
            summary = run(
                inputs, folder, settings, ctx.meta.get("beam_options", []), show_counts,
                (start, stop),
            )  # fmt: skip
        write_report(folder)
    say(
        f"Read {words.plural(summary.articles, 'article')} in {time.monotonic() - started:.1f} s"
        f" ({summary.rejects:,} rejected): {words.plural(summary.claims, 'claim')}, "
        f"{words.plural(summary.open, 'open discrepancy', 'open discrepancies')}."
    )
    say(f"The report: {out / 'report.html'}")


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
    print_lines(message for each in articles for message in mentions_of(each, LANGUAGES))


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
    print_lines(message for each in articles for message in claims_of(each))


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
            typer.echo(words.printable(f"{where(origin)}: {wrong}"))
    say(f"{valid:,} valid, {invalid:,} invalid")
    raise typer.Exit(INVALID if invalid else 0)


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
            log.error("cannot be read", at=where(origin), reason=got.reason, why=got.message)
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
