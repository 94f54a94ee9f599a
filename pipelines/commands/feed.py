"""Commands around the feed: publish articles, watch what comes out, send dead letters again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import typer
from rich.console import Console
from rich.text import Text

from pipelines import show, words
from pipelines.commands.common import (
    EXIT_CODES,
    INVALID,
    Set,
    SettingsFile,
    a_place,
    app,
    print_text,
    say,
)
from schemas.messages import Discrepancy, Reject

Stream = Literal["discrepancies", "rejects"]


@app.command(epilog=EXIT_CODES)
def publish(
    inputs: Annotated[
        list[str],
        typer.Argument(metavar="INPUT...", help="Articles: files, folders or globs of them."),
    ],
    topic: Annotated[str, typer.Option(help="The topic. [topics.articles.name]")] = "",
    speedup: Annotated[
        float,
        typer.Option(min=0.0, help="At the pace of publication, so many times as quick. [no wait]"),
    ] = 0.0,
    rate: Annotated[
        float, typer.Option(min=0.0, help="So many articles a second instead. [no wait]")
    ] = 0.0,
    file: SettingsFile = None,
    flags: Set = None,
) -> None:
    """Sends articles in files to the topic that the feed reads.

    A message is the article's JSON as it stands, its key the uri, its timestamp the time of
    publication, or now for what is older than a day. What is no article is sent too: the feed
    rejects it. With --speedup the articles
    are held in memory, sorted by that time. Ctrl-C ends it after what was sent; exits with 1 when
    the broker refused any.

    \b
    Examples:
      tally publish samples
      tally publish samples --rate 2
      tally publish 'archive/2021-08-*.jsonl.zst' --speedup 60
    """
    from pipelines.inputs import expand, messages
    from pipelines.kafka import publish as to
    from pipelines.progress import progress
    from pipelines.settings_file import load

    if speedup and rate:
        raise typer.BadParameter("--speedup and --rate exclude each other")
    settings = load(file, flags or ())
    articles = settings.topics.articles
    if topic:
        articles = msgspec.structs.replace(articles, name=topic)
    paths = expand(inputs)
    payloads: Iterator[bytes] = (payload for path in paths for _, payload in messages(path))
    if speedup:
        payloads = to.at_pace(payloads, speedup)
    elif rate:
        payloads = to.at_rate(payloads, rate)
    last = to.Sent()
    with progress(Console(stderr=True)) as show_counts:

        def told(sent: to.Sent) -> None:
            nonlocal last
            last = sent
            show_counts(sent)

        with suppress(KeyboardInterrupt):
            last = to.publish(settings.kafka, articles, payloads, told)
    _say_sent(last, articles.name)
    raise typer.Exit(INVALID if last.refused else 0)


def _say_sent(sent: tuple[int, int, int], topic: str) -> None:
    articles, refused, keyless = sent
    said = f"Sent {words.plural(articles, 'message')} to {topic}"
    said += f", {keyless:,} of them no article" if keyless else ""
    say(said + (f"; {refused:,} were too large or refused by the broker." if refused else "."))


@app.command(epilog=EXIT_CODES)
def watch(
    stream: Annotated[Stream, typer.Argument(metavar="discrepancies|rejects")] = "discrepancies",
    start: Annotated[
        str,
        typer.Option("--from", metavar="WHERE", callback=a_place, help="Where in it to begin."),
    ] = "latest",
    limit: Annotated[int, typer.Option(min=0, help="End after so many. [never]")] = 0,
    file: SettingsFile = None,
    flags: Set = None,
) -> None:
    """Shows discrepancies or rejects in the terminal as they come, until Ctrl-C.

    WHERE is earliest, latest, an offset or a time. A discrepancy is shown again each time that it
    changes; the last of an id is the truth.

    \b
    Examples:
      tally watch discrepancies
      tally watch discrepancies --from earliest
      tally watch rejects --from 2021-08-30T12:00:00Z --limit 10
    """
    from pipelines.kafka.reading import follow
    from pipelines.settings_file import load

    settings = load(file, flags or ())
    topic = getattr(settings.topics, stream).name
    say(f"Watching {topic} from {start}; Ctrl-C ends it.")
    seen: set[str] = set()
    shown = 0
    with suppress(KeyboardInterrupt):
        for record in follow(settings.kafka, topic, start):
            if record.value is None:
                continue
            decode = _discrepancy if stream == "discrepancies" else _reject
            print_text([*decode(record.value, seen), Text()])
            shown += 1
            if shown == limit:
                break
    say(f"{shown:,} shown.")


def _discrepancy(value: bytes, seen: set[str]) -> Iterator[Text]:
    try:
        found = msgspec.json.decode(value, type=Discrepancy)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        yield Text(f"cannot be shown: {words.printable(str(error))}", "red")
        return
    now = datetime.now(timezone.utc)
    state = "resolved" if found.status == "resolved" else "changed" if found.id in seen else "new"
    seen.add(found.id)
    yield Text(f"{now:%H:%M:%S} {state}", "dim")
    yield from show.in_short(found)


def _reject(value: bytes, seen: set[str]) -> Iterator[Text]:
    try:
        found = msgspec.json.decode(value, type=Reject)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        yield Text(f"cannot be shown: {words.printable(str(error))}", "red")
        return
    where = f"{found.topic}" + ("" if found.partition is None else f"/{found.partition}")
    yield Text.assemble(
        (f"{found.step}: {found.reason}", "bold yellow"), f"  {where} offset {found.offset}"
    )
    yield Text(f"  {words.printable(found.message)}")
    if payload := words.printable(_beginning(found.payload)):
        yield Text(f"  {payload}", "dim")


def _beginning(payload: str, length: int = 120) -> str:
    import base64

    data = base64.b64decode(payload)
    text = data[:length].decode("utf-8", "replace").replace("\n", " ")
    return text + ("…" if len(data) > length else "")


@app.command("replay-rejects", epilog=EXIT_CODES)
def replay_rejects(
    reason: Annotated[
        list[str] | None, typer.Option(help="Only those of this reason, as not_json. Repeatable.")
    ] = None,
    start: Annotated[
        str,
        typer.Option(
            "--from", metavar="WHERE", callback=a_place, help="Where in rejects to begin."
        ),
    ] = "earliest",
    save: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write those that are wrong still, to be repaired."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be sent.")] = False,
    file: SettingsFile = None,
    flags: Set = None,
) -> None:
    """Sends dead letters again that can be read by now, such as after a new release of Tally.

    The message is taken from where it first came in, or from the dead letter when it is gone from
    there. What is wrong still stays: --save FILE writes it as lines, to be repaired by hand and
    sent with `tally publish FILE`. Sending an article twice changes nothing. Exits with 1 when
    any is wrong still.

    \b
    Examples:
      tally replay-rejects --dry-run
      tally replay-rejects --reason unsupported_language
      tally replay-rejects --save wrong.jsonl
    """
    from pipelines.kafka.publish import publish as send
    from pipelines.kafka.replay import sorted_out
    from pipelines.settings_file import load

    settings = load(file, flags or ())
    found = sorted_out(settings, start, frozenset(reason or ()))
    if found.mended and not dry_run:
        send(settings.kafka, settings.topics.articles, found.mended)
    if save and found.wrong:
        save.write_bytes(b"".join(b"%s\n" % each.replace(b"\n", b" ") for each in found.wrong))
    would, written = "would be " if dry_run else "", f", written to {save}" if save else ""
    say(
        f"{words.plural(len(found.mended), 'message')} {would}sent again, "
        f"{len(found.wrong):,} wrong still{written if found.wrong else ''}, "
        f"{found.gone:,} cut and gone from their topic."
    )
    raise typer.Exit(INVALID if found.wrong or found.gone else 0)


@app.command(epilog=EXIT_CODES)
def doctor(file: SettingsFile = None, flags: Set = None) -> None:
    """Looks whether all is there that the feed needs; says what is wrong and what to do.

    It looks at versions, brokers, topics, Beam's job server, expansion service and worker pool,
    and Flink. Exits with 1 when anything is wrong.

    \b
    Examples:
      tally doctor --settings production.toml
      TALLY_KAFKA_BOOTSTRAP_SERVERS=broker:9092 tally doctor
    """
    from pipelines.doctor import looks
    from pipelines.settings_file import load

    wrong = 0
    for look in looks(load(file, flags or ())):
        wrong += not look.well
        mark = ("ok   ", "green") if look.well else ("wrong", "bold red")
        print_text([Text.assemble(mark, f" {look.what}: {look.found}")])
        if not look.well:
            print_text([Text(f"      {look.remedy}")])
    say("All is there." if not wrong else f"{words.plural(wrong, 'thing')} to mend.")
    raise typer.Exit(INVALID if wrong else 0)
