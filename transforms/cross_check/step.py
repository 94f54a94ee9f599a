"""Cross-checking as a Beam step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import apache_beam as beam
import msgspec
from apache_beam.metrics import Metrics

from schemas.messages import Claim, Discrepancy
from transforms.cross_check.judge import judge


class CrossCheck(beam.PTransform):
    """PCollection[(key, Claim)] -> PCollection[Discrepancy], judged when all of a key has come.

    Groups instead of keeping state: of two stateful steps in a row with timers, Beam's FnApiRunner
    (2.77) lost those of the second in two runs of three, by the hash seed of the process.
    Counts `cross_check/open`.
    """

    def expand(self, keyed: Any) -> Any:
        encoded = beam.MapTuple(_encoded).with_output_types(tuple[str, bytes])
        return (
            keyed
            | "encode" >> encoded
            | "by key" >> beam.GroupByKey()
            | "judge" >> beam.ParDo(_Judge())
        )


def _encoded(key: str, claim: Claim) -> tuple[str, bytes]:
    return key, msgspec.msgpack.encode(claim)


class _Judge(beam.DoFn):
    def setup(self) -> None:
        self._decode = msgspec.msgpack.Decoder(Claim).decode

    def process(self, element: tuple[str, Iterable[bytes]]) -> Iterator[Discrepancy]:
        key, claims = element
        for discrepancy in judge(map(self._decode, claims), key=key):
            if discrepancy.status == "open":
                Metrics.counter("cross_check", "open").inc()
            yield discrepancy
