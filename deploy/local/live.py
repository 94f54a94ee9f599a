"""`make live`: the whole way on this machine, until Ctrl-C.

Starts the local stack where it does not run, makes topics of this run's own, starts the feed,
publishes the samples one a second, and shows discrepancies in this terminal as they come.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from deploy.local.__main__ import FOLDER, down, say, up
from deploy.local.jars import ROOT, MissingToolError
from deploy.local.processes import Process, ServiceError, running, start
from pipelines.errors import SettingsError
from pipelines.settings import Topics
from pipelines.settings_file import load

RATE = 1  # articles a second: a person can follow
PATIENCE = 240  # seconds until the feed runs, on a slow machine
SAMPLES = [str(ROOT / "samples" / name) for name in ("fa_kes.jsonl", "articles.jsonl")]  # by time
TALLY = [sys.executable, "-m", "pipelines.cli"]
CANNOT_START = 3


def main() -> int:
    """Runs until Ctrl-C, then ends all that it has started; the exit code."""
    parser = argparse.ArgumentParser(prog="python -m deploy.local.live", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="data and logs [.local/run]")
    folder = parser.parse_args().folder.absolute()
    _name_topics(datetime.now().strftime("live-%H%M%S"))
    try:
        with _stack(folder), _feed(folder), _publisher(folder):
            say("== Discrepancies, as they come (Ctrl-C ends it)")
            _watch()
    except KeyboardInterrupt:
        say("== Ending")
    except (ServiceError, MissingToolError, SettingsError) as error:
        say(f"tally: {error}")
        return CANNOT_START
    except subprocess.CalledProcessError as error:
        return error.returncode  # it has said why
    return 0


def _watch() -> None:
    watching = subprocess.Popen([*TALLY, "watch", "discrepancies", "--from=earliest"], cwd=ROOT)
    try:
        watching.wait()
    except KeyboardInterrupt:  # it was told too
        watching.wait(timeout=10)


def _name_topics(prefix: str) -> None:
    """Tells this process and those it starts topics and a job of their own."""
    for name in Topics.__struct_fields__:
        os.environ[f"TALLY_TOPICS_{name.upper()}_NAME"] = f"{prefix}-{name}"
    os.environ["TALLY_FEED_NAME"] = f"tally-{prefix}"


@contextmanager
def _stack(folder: Path) -> Iterator[None]:
    """The local stack; what ran before is left running."""
    ran_before = bool(running(folder))
    try:
        up(folder, load())
        yield
    finally:
        if not ran_before:
            down(folder)


@contextmanager
def _feed(folder: Path) -> Iterator[None]:
    subprocess.run([*TALLY, "topics", "create"], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    say("== Starting the feed")
    with _started("feed", folder, "The feed runs", "run"):
        say("feed is ready")
        yield


@contextmanager
def _publisher(folder: Path) -> Iterator[None]:
    say("== Publishing the articles of samples/")
    with _started("publisher", folder, "", "publish", *SAMPLES, f"--rate={RATE}"):
        yield


@contextmanager
def _started(name: str, folder: Path, ready: str, *arguments: str) -> Iterator[Process]:
    """A command in the background; it is given time to end in order."""
    command = [*TALLY, *arguments]
    process = start(name, command, folder, lambda said: ready in said, patience=PATIENCE)
    try:
        yield process
    finally:
        process.stop(patience=60)


if __name__ == "__main__":
    sys.exit(main())
