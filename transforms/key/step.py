"""Keying as two Beam steps: which claims stand, and the keys they are compared under."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import apache_beam as beam
import msgspec
from apache_beam.coders import BytesCoder
from apache_beam.metrics import Metrics
from apache_beam.transforms.timeutil import TimeDomain
from apache_beam.transforms.userstate import BagStateSpec, TimerSpec, on_timer
from apache_beam.transforms.window import GlobalWindow

from schemas.messages import Claim
from transforms.key.editions import Edition, canceled_before_seen, changed
from transforms.key.keys import keys_of
from transforms.read.rejects import reject


class Standing(beam.PTransform):
    """PCollection[Edition] -> outputs CLAIMS (Claim) and REJECTS (canceled before seen).

    A claim comes out when it is new and again when a later version or a withdrawal of its article
    changes what it stands for. Counts `key/canceled_before_seen`.
    """

    CLAIMS = "claims"
    REJECTS = "rejects"

    def expand(self, editions: Any) -> Any:
        return (
            editions
            | "by uri" >> beam.Map(_by_uri).with_output_types(tuple[str, bytes])
            | "editions" >> beam.ParDo(_Editions()).with_outputs(self.REJECTS, main=self.CLAIMS)
        )


def _by_uri(edition: Edition) -> tuple[str, bytes]:
    return edition.uri, msgspec.msgpack.encode(edition)


class _Editions(beam.DoFn):
    EDITIONS = BagStateSpec("editions", BytesCoder())
    END = TimerSpec("end", TimeDomain.WATERMARK)

    def setup(self) -> None:
        self._decode = msgspec.msgpack.Decoder(Edition).decode

    def process(
        self,
        element: tuple[str, bytes],
        editions: Any = beam.DoFn.StateParam(EDITIONS),
        end: Any = beam.DoFn.TimerParam(END),
    ) -> Iterator[Claim]:
        _, encoded = element
        before = [self._decode(known) for known in editions.read()]
        editions.add(encoded)
        edition = self._decode(encoded)
        if edition.pubstatus != "usable" and not before:
            end.set(GlobalWindow().max_timestamp())
        yield from changed(before, edition)

    @on_timer(END)
    def at_end(self, editions: Any = beam.DoFn.StateParam(EDITIONS)) -> Iterable[Any]:
        withdrawal = canceled_before_seen(map(self._decode, editions.read()))
        if withdrawal is not None:
            Metrics.counter("key", "canceled_before_seen").inc()
            yield beam.pvalue.TaggedOutput(
                Standing.REJECTS,
                reject(
                    "key",
                    "canceled_before_seen",
                    f"{withdrawal.uri} was {withdrawal.pubstatus}, but no version of it ever came",
                    msgspec.json.encode(withdrawal),
                    time=withdrawal.published,
                ),
            )


class Keyed(beam.PTransform):
    """PCollection[Claim] -> PCollection[(key, Claim)], a pair for each key of a claim."""

    def expand(self, claims: Any) -> Any:
        return claims | beam.FlatMap(_keyed)


def _keyed(claim: Claim) -> Iterator[tuple[str, Claim]]:
    for key in keys_of(claim):
        yield key, claim
