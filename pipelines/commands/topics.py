"""Commands for the topics: make them, describe them."""

from __future__ import annotations

import typer

from pipelines import words
from pipelines.commands.common import EXIT_CODES, INVALID, Set, SettingsFile, app, say

topics = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="""Makes and describes the topics: articles, claims, discrepancies, rejects.

    \b
    Examples:
      tally topics create
      tally topics describe
    """,
    epilog=EXIT_CODES,
)
app.add_typer(topics, name="topics")


@topics.command(epilog=EXIT_CODES)
def create(file: SettingsFile = None, flags: Set = None) -> None:
    """Makes the topics that are not there; changes the others to what the settings say.

    Partitions are added, never taken away; what cannot be changed is told, and makes it exit
    with 1. It can be run again at any time.

    \b
    Examples:
      tally topics create
      tally topics create --set topics.articles.partitions=12
      TALLY_KAFKA_BOOTSTRAP_SERVERS=broker:9092 tally topics create
    """
    from pipelines.kafka.topics import create as made_of
    from pipelines.settings_file import load

    settings = load(file, flags or ())
    cannot = False
    for made in made_of(settings):
        what = "made" if made.new else "; ".join(made.changed) or "there already"
        typer.echo(f"{made.name}: {what}" + (f"; but {made.cannot}" if made.cannot else ""))
        cannot = cannot or bool(made.cannot)
    raise typer.Exit(INVALID if cannot else 0)


@topics.command(epilog=EXIT_CODES)
def describe(file: SettingsFile = None, flags: Set = None) -> None:
    """Says how each topic is: partitions, copies, clean-up, messages, and what differs.

    Exits with 1 when a topic is not there or is not as the settings say.

    \b
    Example:
      tally topics describe
    """
    from pipelines.kafka import topics as on_brokers
    from pipelines.settings_file import load

    settings = load(file, flags or ())
    there = {found.name: found for found in on_brokers.describe(settings)}
    wrong = False
    for topic in on_brokers.wanted(settings):
        found = there.get(topic.name)
        if found is None:
            typer.echo(f"{topic.name}: not there; tally topics create makes it")
        else:
            typer.echo(
                f"{found.name}: {words.plural(found.partitions, 'partition')}, on "
                f"{words.plural(found.replication, 'broker')}, "
                f"{found.configuration['cleanup.policy']}, "
                f"{words.plural(found.messages, 'message')}"
            )
        differs = on_brokers.differences(topic, found) if found else []
        for said in differs:
            typer.echo(f"  {said}")
        wrong = wrong or found is None or bool(differs)
    if wrong:
        say("Not as the settings say: tally topics create changes what can be changed.")
    raise typer.Exit(INVALID if wrong else 0)
