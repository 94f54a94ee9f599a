"""A feed that a changed release goes on with, from the savepoint of this one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from deploy.local.processes import LOOPBACK, free_ports, listens, start
from tests.system.feeds import Feed, Stack, running, wait_until

pytestmark = pytest.mark.xdist_group("flink")

ROOT = Path(__file__).parents[2]
STATE, SEVERITY = "transforms/cross_check/state.py", "transforms/cross_check/severity.py"
CHANGES = [
    # The format of the state: one more field, under a new version; the old one is read still.
    (STATE, 'VERSION = b"\\x01"', 'VERSION = b"\\x02"'),
    (STATE, "alike: dict[str, float] = {}\n", "alike: dict[str, float] = {}\n    seen: int = 7\n"),
    (STATE, "_decoders = {VERSION:", '_decoders = dict.fromkeys((b"\\x01", VERSION),'),
    (STATE, "msgspec.msgpack.Decoder(Entry).decode}", "msgspec.msgpack.Decoder(Entry).decode)"),
    # A rule.
    (SEVERITY, '("low", "medium", "high")', '("high", "high", "high")'),
    # The graph: one more step, without state.
    (
        "pipelines/graph.py",
        "        claims=standing[Standing.CLAIMS],",
        '        claims=standing[Standing.CLAIMS] | "looked at" >> beam.Filter(bool),',
    ),
]  # fmt: skip


def later_release(folder: Path) -> Path:
    """A copy of Tally that is changed."""
    for package in ("pipelines", "schemas", "transforms"):
        shutil.copytree(ROOT / package, folder / package)
    for name, old, new in CHANGES:
        text = (folder / name).read_text(encoding="utf-8")
        assert text.count(old) == 1, (name, old)
        (folder / name).write_text(text.replace(old, new), encoding="utf-8")
    return folder


def article(outlet: str, killed: int, **other: object) -> bytes:
    text = f"A car bomb killed {killed} people at a market in Aleppo on Monday 30 August 2021."
    return msgspec.json.encode(
        {
            "uri": f"urn:{outlet}",
            "versioncreated": "2021-08-31T10:00:00Z",
            "source": f"{outlet}.example",
            "language": "en",
            "headline": f"Car bomb hits market in Aleppo, {killed} killed",
            "body_text": f"{text[:-1]}, officials said.",
            **other,
        }
    )


def told(feed: Feed, status: str = "open", articles: int = 0) -> dict[str, Any] | None:
    """The discrepancy, when it is in this state and rests on so many articles."""
    for each in feed.last("discrepancies").values():
        claims = [claim for position in each["positions"] for claim in position["claims"]]
        if each["status"] == status and len({c["article"]["uri"] for c in claims}) >= articles:
            return each
    return None


def run(release: Path, feed: Feed, savepoint: str, pool: int) -> None:
    """`tally run` of another release, from a savepoint."""
    settings = feed.settings
    given = {f"topics.{name}.name": getattr(settings.topics, name).name
             for name in settings.topics.__struct_fields__}  # fmt: skip
    given |= {f"feed.{name}": getattr(settings.feed, name)
              for name in ("job_endpoint", "expansion_service", "flink", "name")}  # fmt: skip
    given["feed.worker_pool"] = f"{LOOPBACK}:{pool}"
    given["feed.checkpoint_seconds"] = "2"
    given["kafka.bootstrap_servers"] = settings.kafka.bootstrap_servers[0]
    ran = subprocess.run(
        [sys.executable, "-m", "pipelines.cli", "run", "--detach", "--savepoint", savepoint]
        + [part for name, value in given.items() for part in ("--set", f"{name}={value}")],
        capture_output=True, text=True, check=False, cwd=release,
        env={**os.environ, "PYTHONPATH": str(release)},
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr


def test_a_changed_release_reads_the_state_and_goes_on(stack: Stack, tmp_path: Path) -> None:
    release = later_release(tmp_path / "later")
    [port] = free_ports(1)
    with running(stack) as feed:
        feed.publish([article("one", 41), article("two", 41), article("three", 35)])
        before = wait_until(lambda: told(feed, articles=3), "the conflict is told")
        assert before["severity"]["level"] == "medium"
        savepoint = feed.stop()
        with start(
            "later-workers",
            [sys.executable, "-m", "pipelines.workers", f"--port={port}"],
            tmp_path, listens(port), {"PYTHONPATH": str(release)},
        ):  # fmt: skip
            run(release, feed, savepoint, port)
            feed.publish([article("four", 35, versioncreated="2021-08-31T11:00:00Z")])
            after = wait_until(lambda: told(feed, articles=4), "it is told anew, with the fourth")
            assert after["id"] == before["id"]
            assert after["severity"]["level"] == "high"
            feed.publish(
                [article(o, 35, version=2, pubstatus="canceled") for o in ("three", "four")]
            )
            resolved = wait_until(lambda: told(feed, "resolved"), "it is resolved")
            assert (resolved["id"], resolved["reason"]) == (before["id"], "withdrawn")
