"""Cross-checking as a Beam step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import apache_beam as beam
import msgspec
from apache_beam.coders import BytesCoder
from apache_beam.metrics import Metrics
from apache_beam.transforms.timeutil import TimeDomain
from apache_beam.transforms.userstate import BagStateSpec, TimerSpec, on_timer
from apache_beam.transforms.window import GlobalWindow

from schemas.messages import Claim, Discrepancy
from transforms.cross_check.judge import judge


class CrossCheck(beam.PTransform):
    """PCollection[(key, Claim)] -> PCollection[Discrepancy], judged when all of a key has come.

    Counts `cross_check/open`.
    """

    def expand(self, keyed: Any) -> Any:
        encoded = beam.MapTuple(_encoded).with_output_types(tuple[str, bytes])
        return keyed | "encode" >> encoded | "judge" >> beam.ParDo(_Judge())


def _encoded(key: str, claim: Claim) -> tuple[str, bytes]:
    return key, msgspec.msgpack.encode(claim)


class _Judge(beam.DoFn):
    CLAIMS = BagStateSpec("claims", BytesCoder())
    END = TimerSpec("end", TimeDomain.WATERMARK)

    def setup(self) -> None:
        self._decode = msgspec.msgpack.Decoder(Claim).decode

    def process(
        self,
        element: tuple[str, bytes],
        claims: Any = beam.DoFn.StateParam(CLAIMS),
        end: Any = beam.DoFn.TimerParam(END),
    ) -> None:
        claims.add(element[1])
        end.set(GlobalWindow().max_timestamp())

    @on_timer(END)
    def at_end(self, claims: Any = beam.DoFn.StateParam(CLAIMS)) -> Iterator[Discrepancy]:
        for discrepancy in judge(map(self._decode, claims.read())):
            if discrepancy.status == "open":
                Metrics.counter("cross_check", "open").inc()
            yield discrepancy
