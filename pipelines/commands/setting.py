"""The command that tells the settings in force."""

from __future__ import annotations

import typer

from pipelines.commands.common import EXIT_CODES, Set, SettingsFile, app


@app.command(epilog=EXIT_CODES)
def settings(file: SettingsFile = None, flags: Set = None) -> None:
    """Prints every setting with its value and what it is for, as a tally.toml.

    Values come from tally.toml (or --settings FILE, or the file that TALLY_SETTINGS names), then
    from the environment, then from --set. Passwords are not printed.

    \b
    Examples:
      tally settings > tally.toml
      TALLY_KAFKA_BOOTSTRAP_SERVERS=broker:9092 tally settings | grep bootstrap
      tally settings --set topics.articles.partitions=12
    """
    from pipelines.settings_file import in_toml, load

    typer.echo(in_toml(load(file, flags or ())), nl=False)
