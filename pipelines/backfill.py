"""The backfill: the graph over files, on Beam's local runner, in one process."""

from __future__ import annotations

import heapq
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import apache_beam as beam
import msgspec
from apache_beam.options.pipeline_options import PipelineOptions
from apache_beam.runners.portability.fn_api_runner import FnApiRunner

from pipelines.graph import build
from pipelines.inputs import expand, messages
from pipelines.settings import Kafka, Settings
from schemas.messages import Claim, Discrepancy, Reject
from transforms.read.rejects import Origin

OUTPUTS: dict[str, type[Claim] | type[Discrepancy] | type[Reject]] = {
    "claims": Claim,
    "discrepancies": Discrepancy,
    "rejects": Reject,
}
TOPIC = "kafka://"  # before the name of a topic that is read
TICK = 0.2  # seconds between two looks at how far the run is


class Counts(NamedTuple):
    """How far a run is."""

    articles: int = 0
    claims: int = 0
    discrepancies: int = 0
    rejects: int = 0


class Summary(NamedTuple):
    """What a run did. Every message that came in is an article or a reject."""

    articles: int
    rejects: int
    claims: int
    discrepancies: int
    open: int
    seconds: float
    characters: int


# Written by the steps below, read by the progress: the local runner works in this process.
_counted: dict[str, int] = {}


def backfill(
    inputs: Sequence[str],
    out: Path,
    settings: Settings,
    beam_options: Sequence[str] = (),
    progress: Callable[[Counts], None] = lambda counts: None,
    span: tuple[str, str] = ("earliest", "latest"),
) -> Summary:
    """Runs the graph over `inputs` and writes claims, discrepancies and rejects as JSON lines.

    `inputs` are files, folders, patterns, and topics as kafka://TOPIC; of a topic `span` is read
    (pipelines.kafka.reading.ranges). `out` is a folder that is there. The lines of each file stand
    in an order that does not depend on the run. Raises pipelines.errors.InputError and KafkaError
    for inputs that cannot be read.
    """
    sources = _sources(inputs, settings, span)
    started = time.monotonic()
    _counted.clear()
    with tempfile.TemporaryDirectory(dir=out) as shards, _reported(progress):
        pipeline = beam.Pipeline(
            runner=FnApiRunner(), options=PipelineOptions([*beam_options], save_main_session=False)
        )
        outcome = build(
            pipeline
            | "inputs" >> beam.Create(sources)
            | "messages" >> beam.ParDo(_Messages(settings.kafka)),
            settings,
        )
        for name, messages_out in outcome._asdict().items():
            messages_out | f"write {name}" >> beam.ParDo(_Shard(shards, name))
        pipeline.run().wait_until_finish()
        for name in OUTPUTS:
            _merge(sorted(Path(shards).glob(f"{name}-*")), out / f"{name}.jsonl")
    return _summary(out, time.monotonic() - started)


def _summary(out: Path, seconds: float) -> Summary:
    rejects = _counted.get("rejects", 0)
    with (out / "claims.jsonl").open("rb") as lines:
        claims = sum(1 for _ in lines)
    return Summary(
        articles=_counted.get("messages", 0) - rejects,
        rejects=rejects,
        claims=claims,
        discrepancies=_counted.get("discrepancies", 0),
        open=_counted.get("open", 0),
        seconds=seconds,
        characters=_counted.get("bytes", 0),
    )


def _sources(
    inputs: Sequence[str], settings: Settings, span: tuple[str, str]
) -> list[str | tuple[Any, ...]]:
    """The files, and the ranges of topics, that are read."""
    files = [each for each in inputs if not each.startswith(TOPIC)]
    found: list[str | tuple[Any, ...]] = list(expand(files)) if files else []
    for topic in (each.removeprefix(TOPIC) for each in inputs if each.startswith(TOPIC)):
        from pipelines.kafka.reading import ranges

        found += [tuple(each) for each in ranges(settings.kafka, topic, *span)]
    return found


class _Messages(beam.DoFn):
    """A file or a range of a topic -> the messages in it, with where each stands."""

    def __init__(self, kafka: Kafka) -> None:
        self._kafka = kafka

    def process(self, source: str | tuple[Any, ...]) -> Iterator[tuple[Origin, bytes]]:
        found = messages(source) if isinstance(source, str) else self._records(source)
        for origin, payload in found:
            _count("messages", 1)
            _count("bytes", len(payload))
            yield origin, payload

    def _records(self, source: tuple[Any, ...]) -> Iterator[tuple[Origin, bytes]]:
        from pipelines.kafka.reading import Range, records

        for record in records(self._kafka, Range(*source)):
            if record.value is not None:  # else its key is deleted: no article
                yield record.origin, record.value


class _Shard(beam.DoFn):
    """Writes the messages of a bundle to a file of their own, sorted."""

    def __init__(self, folder: str, name: str) -> None:
        self._folder = folder
        self._name = name

    def start_bundle(self) -> None:
        self._lines: list[bytes] = []

    def process(self, message: Any) -> None:
        _count(self._name, 1)
        if isinstance(message, Discrepancy) and message.status == "open":
            _count("open", 1)
        self._lines.append(_sort_key(message) + b"\t" + msgspec.json.encode(message) + b"\n")

    def finish_bundle(self) -> None:
        if self._lines:
            descriptor, _ = tempfile.mkstemp(prefix=f"{self._name}-", dir=self._folder)
            with os.fdopen(descriptor, "wb") as file:
                file.writelines(sorted(self._lines))


def _sort_key(message: Any) -> bytes:
    """What the lines of a file are sorted by; the last state of an id stands last."""
    if isinstance(message, Claim):
        state = {None: "0", "corrected": "1", "withdrawn": "2"}[message.replaced]
        position = message.quote.position
        key = f"{message.article.published.timestamp():020.3f} {message.article.uri} "
        key += f"{message.article.version:06} {message.quote.field} {position.start:09} "
        return (key + f"{message.id} {state}").encode()
    if isinstance(message, Discrepancy):
        return f"{message.first_seen.timestamp():020.3f} {message.id}".encode()
    return f"{message.topic} {message.partition} {message.offset or 0:012}".encode()


def _merge(shards: Sequence[Path], out: Path) -> None:
    """Merges sorted shards; of claims with one id only the last state is kept."""
    files = [shard.open("rb") for shard in shards]
    try:
        with out.open("wb") as target:
            last_id, last_line = None, b""
            for line in heapq.merge(*files):
                key, _, message = line.partition(b"\t")
                identity = key.rpartition(b" ")[0] if out.name == "claims.jsonl" else None
                if last_line and (identity is None or identity != last_id):
                    target.write(last_line)
                last_id, last_line = identity, message
            target.write(last_line)
    finally:
        for file in files:
            file.close()


def _count(name: str, by: int) -> None:
    _counted[name] = _counted.get(name, 0) + by


class _reported:  # noqa: N801
    """Tells the progress how far the run is, until the block ends."""

    def __init__(self, progress: Callable[[Counts], None]) -> None:
        self._progress = progress
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._report, daemon=True)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *exc: object) -> None:
        self._done.set()
        self._thread.join()

    def _report(self) -> None:
        while not self._done.wait(TICK):
            known = dict(_counted)
            self._progress(
                Counts(
                    known.get("messages", 0),
                    known.get("claims", 0),
                    known.get("discrepancies", 0),
                    known.get("rejects", 0),
                )
            )
