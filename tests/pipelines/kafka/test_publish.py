"""At which pace articles are sent."""

from __future__ import annotations

import msgspec
import pytest

from pipelines.kafka import publish


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A clock that moves only when somebody sleeps; its one value is the time."""
    now = [100.0]
    monkeypatch.setattr(publish.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(publish.time, "sleep", lambda seconds: now.__setitem__(0, now[0] + seconds))
    return now


def article(name: str, published: str | None) -> bytes:
    head = {"uri": name} | ({"versioncreated": published} if published else {})
    return msgspec.json.encode(head)


def test_so_many_a_second(clock: list[float]) -> None:
    came = [clock[0] for _ in publish.at_rate([b"a", b"b", b"c"], 2)]
    assert came == [100.0, 100.5, 101.0]


def test_as_they_were_published_in_order_so_many_times_as_quick(clock: list[float]) -> None:
    payloads = [
        article("c", "2021-08-30T12:02:00Z"),
        b"no json",
        article("a", "2021-08-30T14:00:00+02:00"),
        article("b", "2021-08-30T12:01:00Z"),
    ]
    came = [(payload, clock[0]) for payload in publish.at_pace(payloads, 60)]
    assert came == [
        (b"no json", 100.0),
        (payloads[2], 100.0),
        (payloads[3], 101.0),
        (payloads[0], 102.0),
    ]


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"null",
        b"{",
        b"\xff",
        b'{"uri": 1}',
        b"[" * 100_000,
        b'{"uri":"a","versioncreated":"1"}',
    ],
)
def test_what_has_no_time_has_none(payload: bytes) -> None:
    assert publish.published(payload) is None
