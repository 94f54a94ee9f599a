"""Keying as two Beam steps: which claims stand, and the keys they are compared under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import apache_beam as beam
import msgspec
from apache_beam.coders import BytesCoder
from apache_beam.metrics import Metrics
from apache_beam.transforms.timeutil import TimeDomain
from apache_beam.transforms.userstate import BagStateSpec, TimerSpec, on_timer
from apache_beam.utils.timestamp import Timestamp

from schemas.messages import Reject
from transforms.key.editions import (
    REMEMBERED,
    Edition,
    Told,
    canceled_before_seen,
    changed,
    newest,
    told,
)
from transforms.key.keys import HORIZON, keys_of
from transforms.read.rejects import reject
from transforms.timing import timed


class Standing(beam.PTransform):
    """PCollection[Edition] -> outputs TOLD (Told), CLAIMS (Claim) and REJECTS (Reject).

    An article is told whole when it is new, and again when a later version or a withdrawal changes
    what its claims stand for; the claims that this changes come out one by one. In a bounded run
    each article is told once, at the end. What was withdrawn and never came is rejected: at the
    end, or `horizon` days after its publication, when the feed forgets its editions.
    Counts `key/canceled_before_seen`; of the feed `key/microseconds`, what that takes.
    """

    TOLD = "told"
    CLAIMS = "claims"
    REJECTS = "rejects"

    def __init__(self, horizon: float = HORIZON) -> None:
        super().__init__()
        self._horizon = horizon

    def expand(self, editions: Any) -> Any:
        by_uri = editions | "by uri" >> beam.Map(_by_uri).with_output_types(tuple[str, bytes])
        if editions.is_bounded:
            standing = by_uri | beam.GroupByKey() | "editions" >> _with_outputs(_AllEditions())
        else:
            standing = by_uri | "editions" >> _with_outputs(_Editions(self._horizon))
        return standing


def _with_outputs(editions: beam.DoFn) -> Any:
    outputs = (Standing.CLAIMS, Standing.REJECTS)
    return beam.ParDo(editions).with_outputs(*outputs, main=Standing.TOLD)


def _by_uri(edition: Edition) -> tuple[str, bytes]:
    return edition.uri, msgspec.msgpack.encode(edition)


_decode = msgspec.msgpack.Decoder(Edition).decode


class _AllEditions(beam.DoFn):
    """What an article's editions tell, when all have come."""

    def process(self, element: tuple[str, Iterable[bytes]]) -> Iterator[Any]:
        editions = [_decode(encoded) for encoded in element[1]]
        tells = told(editions)
        for claim in tells.claims:
            yield beam.pvalue.TaggedOutput(Standing.CLAIMS, claim)
        if tells.claims:
            yield tells
        yield from _never_seen(editions)


class _Editions(beam.DoFn):
    """What an article's editions tell, as they come."""

    EDITIONS = BagStateSpec("editions", BytesCoder())
    FORGET = TimerSpec("forget", TimeDomain.WATERMARK)

    def __init__(self, horizon: float) -> None:
        self._kept = timedelta(days=horizon).total_seconds()

    def process(
        self,
        element: tuple[str, bytes],
        editions: Any = beam.DoFn.StateParam(EDITIONS),
        forget: Any = beam.DoFn.TimerParam(FORGET),
    ) -> Iterator[Any]:
        with timed(Metrics.counter("key", "microseconds")):
            news = list(self._take(element[1], editions, forget))
        return iter(news)

    def _take(self, encoded: bytes, editions: Any, forget: Any) -> Iterator[Any]:
        encoded_before = list(editions.read())
        if encoded in encoded_before:
            return iter(())  # a replay
        before = [_decode(known) for known in encoded_before]
        edition = _decode(encoded)
        if len(before) < REMEMBERED:
            editions.add(encoded)
        else:
            editions.clear()
            for kept in newest([*before, edition]):
                editions.add(msgspec.msgpack.encode(kept))
        last = max(e.published for e in (*before, edition))
        # An archive that is fed today is forgotten as late as news of today: a source that has
        # nothing to read says that it is today.
        forget.set(max(Timestamp(last.timestamp()), Timestamp.now()) + self._kept)
        return _news(before, edition)

    @on_timer(FORGET)
    def forget(self, editions: Any = beam.DoFn.StateParam(EDITIONS)) -> Iterable[Any]:
        yield from _never_seen([_decode(known) for known in editions.read()])
        editions.clear()


def _news(before: list[Edition], edition: Edition) -> Iterator[Any]:
    differing = changed(before, edition)
    for claim in differing:
        yield beam.pvalue.TaggedOutput(Standing.CLAIMS, claim)
    if differing:
        yield told([*before, edition])


def _never_seen(editions: list[Edition]) -> Iterator[Any]:
    withdrawal = canceled_before_seen(editions)
    if withdrawal is not None:
        Metrics.counter("key", "canceled_before_seen").inc()
        yield beam.pvalue.TaggedOutput(Standing.REJECTS, _rejected(withdrawal))


def _rejected(withdrawal: Edition) -> Reject:
    return reject(
        "key",
        "canceled_before_seen",
        f"{withdrawal.uri} was {withdrawal.pubstatus}, but no version of it ever came",
        msgspec.json.encode(withdrawal),
        time=withdrawal.published,
    )


class Keyed(beam.PTransform):
    """PCollection[Told] -> PCollection[(key, Told)], for each key with the claims under it."""

    def __init__(self, horizon: float = HORIZON) -> None:
        super().__init__()
        self._horizon = horizon

    def expand(self, tells: Any) -> Any:
        return tells | beam.FlatMap(keyed, self._horizon)


def keyed(tells: Told, horizon: float = HORIZON) -> Iterator[tuple[str, Told]]:
    """What an article tells, divided by key. A claim of several keys is told under each."""
    under: dict[str, list[Any]] = {}
    for claim in tells.claims:
        for key in keys_of(claim, horizon):
            under.setdefault(key, []).append(claim)
    for key, claims in under.items():
        yield key, Told(tells.uri, tells.clock, tuple(claims))
