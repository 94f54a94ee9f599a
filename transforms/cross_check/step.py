"""Cross-checking as Beam steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

import apache_beam as beam
import msgspec
from apache_beam.coders import BytesCoder
from apache_beam.metrics import Metrics
from apache_beam.transforms.timeutil import TimeDomain
from apache_beam.transforms.userstate import BagStateSpec, TimerSpec, on_timer
from apache_beam.transforms.window import GlobalWindow
from apache_beam.utils.timestamp import MAX_TIMESTAMP, Timestamp
from apache_beam.utils.windowed_value import WindowedValue

from schemas.messages import Discrepancy
from transforms.cross_check.facts import facts
from transforms.cross_check.inside import inside
from transforms.cross_check.judge import across
from transforms.cross_check.keeping import Kept
from transforms.cross_check.state import Outcome, State, States, encode
from transforms.key.editions import Told
from transforms.key.keys import HORIZON, forgotten
from transforms.timing import timed

DAY = 24 * 60 * 60  # seconds
EPOCH = date(1970, 1, 1)
FEW = 32  # entries out of date that a log may hold before it is written anew

_decode = msgspec.msgpack.Decoder(list[Told]).decode


class CrossCheck(beam.PTransform):
    """PCollection[(key, Told)] -> PCollection[Discrepancy] across articles.

    The feed keeps state (transforms.cross_check.state) and tells what changes. A bounded run groups
    instead, and judges a key when all of it has come: of two stateful steps in a row with timers,
    Beam's FnApiRunner (2.77) lost those of the second in two runs of three, by the hash seed of the
    process. Both give the same discrepancies at the end.
    Counts `cross_check/opened` and `cross_check/resolved`, what was told as such; of the feed, how
    often a key was worked on, `keys`, and what that took: `microseconds`, with the state it has,
    `claims` and `bytes`. `open` is how many more discrepancies are open since the feed's start.
    """

    def __init__(self, horizon: float = HORIZON) -> None:
        super().__init__()
        self._horizon = horizon

    def expand(self, keyed: Any) -> Any:
        together = beam.ParDo(_Together()).with_output_types(tuple[str, bytes])
        encoded = keyed | "encode" >> together
        if keyed.is_bounded:
            return encoded | beam.GroupByKey() | "judge" >> beam.ParDo(_JudgeAll())
        return encoded | "judge" >> beam.ParDo(_Judge(self._horizon))


class Inside(beam.PTransform):
    """PCollection[Told] -> PCollection[Discrepancy] inside articles."""

    def expand(self, tells: Any) -> Any:
        return tells | beam.FlatMap(_inside, tells.is_bounded)


def _inside(tells: Told, at_end: bool) -> Iterator[Discrepancy]:
    for discrepancy in inside(tells.claims):
        if not (at_end and discrepancy.reason == "corrected"):
            yield discrepancy  # the feed has told it before, and takes it back


class _Together(beam.DoFn):
    """(key, Told) -> (key, encoded list of Told), one for each key of a bundle.

    The more comes at once the more of it is judged at once: on a feed that hurries, a hot key is
    read, judged and written once for many articles.
    """

    def start_bundle(self) -> None:
        self._tells: dict[str, list[Told]] = {}
        self._at = MAX_TIMESTAMP

    def process(self, element: tuple[str, Told], timestamp: Any = beam.DoFn.TimestampParam) -> None:
        key, tells = element
        self._tells.setdefault(key, []).append(tells)
        self._at = min(self._at, timestamp)

    def finish_bundle(self) -> Iterator[WindowedValue]:
        for key, tells in self._tells.items():
            encoded = msgspec.msgpack.encode(tells)
            yield WindowedValue((key, encoded), self._at, (GlobalWindow(),))


class _JudgeAll(beam.DoFn):
    """The discrepancies of a key, when all of it has come."""

    def process(self, element: tuple[str, Iterable[bytes]]) -> Iterator[Discrepancy]:
        key, tells = element
        kept = Kept()
        for encoded in tells:
            for told in _decode(encoded):
                kept.tell(told)
        yield from _counted(across(facts(kept.claims.values()), kept, key=key).found)


class _Judge(beam.DoFn):
    """The discrepancies of a key, as articles come and time passes."""

    LOG = BagStateSpec("log", BytesCoder())
    DUE = TimerSpec("due", TimeDomain.WATERMARK)
    FORGET = TimerSpec("forget", TimeDomain.WATERMARK)

    def __init__(self, horizon: float) -> None:
        self._horizon = horizon

    def setup(self) -> None:
        self._states = States()
        # Sums and counts: Flink tells Prometheus nothing of Beam's distributions.
        self._keys = Metrics.counter("cross_check", "keys")
        self._microseconds = Metrics.counter("cross_check", "microseconds")
        self._claims = Metrics.counter("cross_check", "claims")
        self._bytes = Metrics.counter("cross_check", "bytes")
        self._open = Metrics.counter("cross_check", "open")

    def process(
        self,
        element: tuple[str, bytes],
        log: Any = beam.DoFn.StateParam(LOG),
        due: Any = beam.DoFn.TimerParam(DUE),
        forget: Any = beam.DoFn.TimerParam(FORGET),
    ) -> Iterator[Discrepancy]:
        key, encoded = element
        # An archive that is fed today is forgotten as late as news of today: a source that has
        # nothing to read says that it is today.
        at = max(_midnight(forgotten(key, self._horizon)), Timestamp.now() + self._horizon * DAY)
        forget.set(at)
        yield from self._work(key, log, due, lambda state: state.tell(*_decode(encoded)))

    @on_timer(DUE)
    def look_again(
        self,
        key: Any = beam.DoFn.KeyParam,
        log: Any = beam.DoFn.StateParam(LOG),
        due: Any = beam.DoFn.TimerParam(DUE),
    ) -> Iterator[Discrepancy]:
        yield from self._work(key, log, due, State.pass_time)

    @on_timer(FORGET)
    def forget(
        self, key: Any = beam.DoFn.KeyParam, log: Any = beam.DoFn.StateParam(LOG)
    ) -> Iterator[Discrepancy]:
        log.clear()
        self._states.drop(key)
        return iter(())

    def _work(
        self, key: str, log: Any, due: Any, work: Callable[[State], Outcome]
    ) -> Iterator[Discrepancy]:
        with timed(self._microseconds):
            entries = list(log.read())
            state = self._states.take(key, entries)
            open_before = state.open
            outcome = work(state)
            added = [encode(entry) for entry in outcome.log]
            if len(entries) + len(added) > 2 * state.needs() + FEW:
                log.clear()
                added, entries = [encode(entry) for entry in state.rewritten()], []
            for entry in added:
                log.add(entry)
            entries += added
            self._states.keep(key, entries, state)
            if outcome.due is not None:
                due.set(Timestamp(outcome.due.timestamp()))
        self._keys.inc()
        self._claims.inc(len(state.kept.heard))
        self._bytes.inc(sum(map(len, entries)))
        self._open.inc(state.open - open_before)
        yield from _counted(outcome.messages)


def _midnight(day: date) -> Timestamp:
    return Timestamp((day - EPOCH).days * DAY)


def _counted(discrepancies: Iterable[Discrepancy]) -> Iterator[Discrepancy]:
    for discrepancy in discrepancies:
        name = "opened" if discrepancy.status == "open" else "resolved"
        Metrics.counter("cross_check", name).inc()
        yield discrepancy
