"""The feed on real Kafka and real Flink: what it publishes is what a backfill gives, whatever dies.

Design, properties 1, 2, 3 and 8.
"""

from __future__ import annotations

import random
import re
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipelines.errors import FlinkError
from tests.system.feeds import Expected, Feed, Stack, running, wait_until

pytestmark = pytest.mark.xdist_group("flink")

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"
FA_KES = ROOT / "benchmarks" / "trust" / "fa_kes_articles.jsonl"
NUMBER = re.compile(r"\b\d\d?\b")


def lines(*files: Path) -> list[bytes]:
    return [line for file in files for line in file.read_bytes().splitlines()]


def later(payload: bytes, **changes: Any) -> bytes:
    """The article's next version, an hour later, its first figure another."""
    article = msgspec.json.decode(payload)
    hour = int(article["versioncreated"][11:13])
    text = NUMBER.sub(lambda figure: str(int(figure[0]) + 7), article.get("body_text", ""), count=1)
    moment = article["versioncreated"]
    told = {
        "version": 2,
        "versioncreated": f"{moment[:11]}{min(hour + 1, 23):02}{moment[13:]}",
        "body_text": text,
    }
    return msgspec.json.encode({**article, **told, **changes})


def troubled(articles: list[bytes]) -> list[bytes]:
    """A feed out of order: duplicates, editions before the first, withdrawals before their article,
    withdrawals of what never comes, and what is no article."""
    rng = random.Random(7)
    feed = [*articles, *rng.sample(articles, len(articles) // 4)]
    feed += [later(article) for article in articles[::9]]
    feed += [later(article, version=3, pubstatus="canceled") for article in articles[4::18]]
    feed += [later(articles[0], uri="urn:never", pubstatus="withheld")]
    feed += [b"{", b"\xff\xfe", b'{"uri": ""}', b"[]", b"null"]
    rng.shuffle(feed)
    return feed


PACKINGS = (None, "gzip", "snappy", "lz4", "zstd")


def test_the_samples_give_what_a_backfill_gives(stack: Stack, tmp_path: Path) -> None:
    """In batches packed in every way, of partitions of which one stays empty; what had come before
    the time to start at is not read."""
    articles = lines(SAMPLES / "articles.jsonl", SAMPLES / "fa_kes.jsonl")
    start = datetime.now(timezone.utc).replace(microsecond=0) - timedelta(hours=1)
    feed = Feed(stack, partitions=3, start=start.isoformat())
    feed.send([b"too early"] * 2, timestamp_ms=int(1000 * start.timestamp()) - 1)
    for number, packing in enumerate(PACKINGS):
        feed.send(articles[number :: len(PACKINGS)], compression_type=packing)
    with feed.running():
        feed.becomes(Expected.of(articles, tmp_path))
        assert any(d["status"] == "open" for d in feed.last("discrepancies").values())
        wait_until(lambda: feed.unread() == 0, "all that came in is read")


def test_out_of_order_killed_stopped_and_replayed(stack: Stack, tmp_path: Path) -> None:
    """Stopped in mid-load, with partitions added to the topic before it goes on.

    Bundles are long, so that each has begun and given nothing yet when the savepoint is made.
    """
    feed_of = troubled(lines(FA_KES)[:400])
    expected = Expected.of(feed_of, tmp_path)
    # What was withdrawn and never came is rejected when the feed forgets it.
    expected.rejects.remove(("key", "canceled_before_seen"))
    half = len(feed_of) // 2
    with running(stack, bundle_milliseconds=2000) as feed:
        feed.publish(feed_of[:half])
        wait_until(lambda: feed.written("claims"), "first claims")
        stack.kill_python_worker()
        feed.publish(feed_of[half:])
        wait_until(lambda: feed.restarts() > 0, "Flink starts the feed again")
        savepoint = feed.stop()
        feed.add_partitions(4)
        with pytest.raises(FlinkError, match="--divide-anew"):
            feed.start(savepoint)
        feed.start(savepoint, divide_anew=True)
        feed.becomes(expected)
        written = feed.written("discrepancies")
        feed.publish(feed_of)
        broken = [("read", reason) for step, reason in expected.rejects if step == "read"]
        expected.rejects += broken
        feed.becomes(expected)
        assert feed.written("discrepancies") == written
