"""The feed when what it stands on dies, and when what it reads is broken: nothing is lost.

Design, properties 8 and 9.
"""

from __future__ import annotations

import base64
import os
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from tests.system.feeds import Expected, Feed, Stack, running, wait_until
from tests.system.test_feed import FA_KES, lines

pytestmark = pytest.mark.xdist_group("flink")

AWAY = 60  # seconds without a broker, once; the other times it is back at once
KILLS = int(os.environ.get("RANDOM_KILLS", "3"))
SEED = int(os.environ.get("RANDOM_SEED") or random.SystemRandom().randrange(1_000_000))
HUGE = 50_000_000  # bytes of one message


class Kills:
    """Kills parts of a stack, with -9, and starts again what does not start by itself."""

    def __init__(self, stack: Stack, rng: random.Random, expected: Callable[[], None]) -> None:
        self._stack = stack
        self._rng = rng
        self._in_the_meantime: Callable[[], None] | None = expected

    def worker(self) -> None:
        """What runs our code."""
        self._stack.kill_python_worker()

    def task_manager(self) -> None:
        """A worker of Flink: the one that has work, where one has any."""
        busy = [name for name, free in self._stack.flink.task_managers().items() if not free]
        name = self._rng.choice(
            sorted(set(busy) & set(self._stack.task_managers)) or ["one", "two"]
        )
        self._stack.task_managers[name].kill()
        self._stack.task_managers[name] = self._stack.start_task_manager(name)

    def broker(self) -> None:
        """The broker; the first time it is away for a minute."""
        self._stack.kafka.kill()
        if self._in_the_meantime:
            back = time.monotonic() + AWAY
            self._in_the_meantime()
            self._in_the_meantime = None
            time.sleep(max(0.0, back - time.monotonic()))  # what is tested is that it is away
        self._stack.start_kafka()


def planned(rng: random.Random) -> list[str]:
    """What is killed, one after the other: each kind as long as there is room, then any."""
    kinds = rng.sample(["worker", "task_manager", "broker"], 3)
    plan = [*kinds, *rng.choices(kinds, k=max(0, KILLS - 3))][:KILLS]
    rng.shuffle(plan)
    return plan


def test_nothing_is_lost_when_all_it_stands_on_is_killed_at_random(
    stack: Stack, tmp_path: Path
) -> None:
    """RANDOM_KILLS=20 is the long way; RANDOM_SEED= of a run that failed tries it again."""
    rng = random.Random(SEED)
    plan = planned(rng)
    sys.stderr.write(f"RANDOM_SEED={SEED} RANDOM_KILLS={KILLS}: {' '.join(plan)}\n")
    articles = lines(FA_KES)[-60 * (len(plan) + 1) :]
    for number in range(len(plan)):
        articles.insert(rng.randrange(len(articles)), b'{"no article": %d' % number)
    parts = [articles[number :: len(plan) + 1] for number in range(len(plan) + 1)]
    expected: list[Expected] = []
    with running(stack) as feed:
        kills = Kills(stack, rng, lambda: expected.append(Expected.of(articles, tmp_path)))
        for part, kind in zip(parts, plan, strict=False):
            feed.publish(part)
            time.sleep(rng.uniform(0, 5))  # what is tested is that the moment is any
            getattr(kills, kind)()
        feed.publish(parts[-1])
        if not expected:
            expected.append(Expected.of(articles, tmp_path))
        feed.becomes(expected[0], patience=600)
        assert len(expected[0].rejects) == len(plan)
        wait_until(lambda: feed.unread() == 0, "all that came in is read")


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
    feed = Feed(stack, message_bytes=2 * HUGE, start="latest")
    feed.send([b"too early"] * 2)
    with feed.running():
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
