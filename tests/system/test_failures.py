"""The feed when what it stands on dies, and when what it reads is broken: nothing is lost.

Design, properties 8 and 9.
"""

from __future__ import annotations

import base64
import random
import time
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.system.feeds import Expected, Feed, Stack, running, wait_until
from tests.system.test_feed import FA_KES, lines

pytestmark = pytest.mark.xdist_group("flink")

AWAY = 15  # seconds without a broker
HUGE = 50_000_000  # bytes of one message


def claims_come(feed: Feed, than: int = 0) -> None:
    wait_until(lambda: feed.written("claims") > than, "claims come")


def test_a_worker_of_flink_and_the_broker_are_killed_in_mid_load(
    stack: Stack, tmp_path: Path
) -> None:
    articles = lines(FA_KES)[400:640]
    expected = Expected.of(articles, tmp_path)
    with running(stack) as feed:
        feed.publish(articles[:80])
        claims_come(feed)
        busy = stack.busy_task_manager()
        stack.task_managers[busy].kill()
        feed.publish(articles[80:160])
        wait_until(lambda: feed.restarts() > 0, "Flink starts the feed again")
        stack.task_managers[busy] = stack.start_task_manager(busy)
        claims_come(feed, feed.written("claims"))
        stack.kafka.kill()
        time.sleep(AWAY)  # what is tested is that the broker is away
        stack.start_kafka()
        feed.publish(articles[160:])
        feed.becomes(expected)


def broken(articles: list[bytes]) -> dict[str, list[bytes]]:
    """What the reader knows to be wrong, by the reason it gives."""
    whole: dict[str, Any] = msgspec.json.decode(articles[0])

    def changed(number: int, **changes: Any) -> bytes:
        return msgspec.json.encode({**whole, "uri": f"urn:broken:{number}", **changes})

    return {
        "not_utf8": [b"\xff\xfe" + articles[0], articles[0][:-20] + b"\xc3\x28" + b'"}'],
        "not_json": [b"", b"{", articles[0][:-1], b"null and void", b"[" * 100_000],
        "not_by_schema": [b"[]", b"null", b"{}", changed(1, version="two"), changed(2, uri=7)],
        "bad_date": [
            changed(3, versioncreated="yesterday"),
            changed(4, versioncreated="2020-13-01"),
        ],
        "no_text": [changed(5, headline=" ", body_text="")],
        "unsupported_language": [changed(6, language="it")],
        "too_large": [
            changed(
                7, body_text=base64.b64encode(random.Random(7).randbytes(HUGE * 3 // 4)).decode()
            )
        ],
    }


def test_one_message_in_five_is_broken(stack: Stack, tmp_path: Path) -> None:
    articles = lines(FA_KES)[640:708]
    slow = [
        msgspec.json.encode(
            {**msgspec.json.decode(articles[0]), "uri": f"urn:slow:{n}", "body_text": text}
        )
        for n, text in enumerate(["<a " * 60_000, "12 " * 60_000, "1,2" * 60_000, "(" * 60_000])
    ]
    bad = [payload for payloads in broken(articles).values() for payload in payloads]
    good = [*articles, *slow]
    stream = []
    for number, payload in enumerate(good):
        stream.append(payload)
        if number % 4 == 3 and bad:
            stream.append(bad.pop())
    stream += bad
    with running(stack, message_bytes=2 * HUGE) as feed:
        feed.publish(stream)
        expected = Expected.of(good, tmp_path)
        expected.rejects = [
            ("read", reason) for reason, payloads in broken(articles).items() for _ in payloads
        ]
        feed.becomes(expected)
        topic = feed.settings.topics.articles.name
        origins = {(r["topic"], r["partition"], r["offset"]) for r in feed.last("rejects").values()}
        assert len(origins) == len(expected.rejects)
        assert {origin[0] for origin in origins} == {topic}
