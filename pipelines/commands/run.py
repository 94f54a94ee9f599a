"""Commands that start and stop the feed."""

from __future__ import annotations

import signal
import time
from types import FrameType
from typing import Annotated

import typer

from pipelines.commands.common import EXIT_CODES, Set, SettingsFile, WithBeamOptions, app, say
from pipelines.errors import FlinkError
from pipelines.flink import Flink

LOOK = 1.0  # seconds between two looks at a job


@app.command(cls=WithBeamOptions, options_metavar="[OPTIONS]", epilog=EXIT_CODES)
def run(
    ctx: typer.Context,
    savepoint: Annotated[
        str | None,
        typer.Option(metavar="PATH", help="Go on from what `tally stop` has kept."),
    ] = None,
    divide_anew: Annotated[
        bool,
        typer.Option(
            "--divide-anew",
            help="With --savepoint: after partitions were added or feed.parallelism was changed.",
        ),
    ] = False,
    detach: Annotated[
        bool, typer.Option("--detach", help="Return when the feed runs; it goes on by itself.")
    ] = False,
    runner: Annotated[
        str, typer.Option(metavar="NAME", help="Beam's name of another runner.")
    ] = "PortableRunner",
    file: SettingsFile = None,
    flags: Set = None,
) -> None:
    """Starts the feed: reads articles from Kafka and publishes where they disagree.

    The feed is a job of Flink (feed.job_endpoint is Beam's job server before it; `make up` starts
    both). Ctrl-C stops it and keeps its state in a savepoint, from which --savepoint goes on, also
    with a newer release. Without one it reads again from feed.start, and comes to the same
    discrepancies. A savepoint holds which partitions each worker reads: where these have changed,
    --divide-anew leaves that out and reads from the committed offsets on. Options after -- go to
    Apache Beam.

    \b
    Examples:
      tally run
      tally run --detach --set feed.parallelism=4
      tally stop
      tally run --savepoint file:/var/tally/savepoints/savepoint-70c50b-129dc4b5526d
      tally run --divide-anew --savepoint "$(tally stop)" --set feed.parallelism=4
      tally run --runner DataflowRunner -- --project=news --region=europe-west1
    """
    from pipelines.feed import submit, wait_until_running
    from pipelines.settings_file import load

    settings = load(file, flags or ())
    flink = Flink(settings.feed.flink)
    beam_options = ctx.meta.get("beam_options", [])
    try:
        result = submit(settings, savepoint, runner, beam_options, divide_anew)
        if runner != "PortableRunner":
            if not detach:
                result.wait_until_finish()
            return
        job = wait_until_running(result, settings)
    except KeyboardInterrupt:
        say("The feed may start all the same; tally stop ends it")
        raise
    say(f"The feed runs: http://{flink.address}/#/job/{job.id}/overview")
    if detach:
        say("End it: tally stop")
        return
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        _follow(flink, job.id)
    except KeyboardInterrupt:
        say("Stopping")
        _say_stopped(flink.stop(job.id))


@app.command(epilog=EXIT_CODES)
def stop(file: SettingsFile = None, flags: Set = None) -> None:
    """Stops the feed and keeps its state in a savepoint; prints where that lies.

    \b
    Examples:
      tally stop
      tally run --savepoint "$(tally stop)"
    """
    from pipelines.settings_file import load

    feed = load(file, flags or ()).feed
    flink = Flink(feed.flink)
    job = next((job for job in flink.jobs() if job.name == feed.name and not job.ended), None)
    if job is None:
        raise FlinkError(f"no feed {feed.name!r} runs in the Flink at {feed.flink}")
    _say_stopped(flink.stop(job.id))


def _follow(flink: Flink, job: str) -> None:
    """Waits until the job ends; says when it had to start again."""
    restarts = 0.0
    while True:
        time.sleep(LOOK)
        try:
            state, now = flink.state(job), flink.restarts(job)
        except FlinkError as error:
            say(f"{error}; waiting for it")
            continue
        if now > restarts:
            say(f"Something failed; the feed has started again from its last checkpoint ({now:g})")
            restarts = now
        if state in ("FINISHED", "CANCELED"):
            say("The feed was ended")
            return
        if state == "FAILED":
            raise FlinkError(f"the feed failed: http://{flink.address}/#/job/{job}/exceptions")


def _say_stopped(savepoint: str) -> None:
    typer.echo(savepoint)
    say(f"Stopped. Go on: tally run --savepoint {savepoint}")


def _interrupt(signal: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
