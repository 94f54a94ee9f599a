"""The feed's sink: messages to Kafka topics, each under its id.

A bundle is done when the broker has all its messages: what was sent is awaited as the bundle ends,
and a message that the broker does not take fails the bundle, which Flink then runs again. So
nothing is lost; some may come twice, and the last of an id is the truth.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import apache_beam as beam
import msgspec
from apache_beam.metrics import Metrics
from kafka import KafkaProducer

from pipelines.kafka.connection import connect
from pipelines.settings import Kafka
from schemas.messages import Message
from transforms.timing import timed

# For nothing to be lost or overtaken.
CERTAIN: Mapping[str, Any] = {"acks": "all", "enable_idempotence": True}
EFFICIENT: Mapping[str, Any] = {
    "compression_type": "lz4",
    "linger_ms": 2,
    "batch_size": 256 << 10,
    "max_request_size": 8 << 20,
}
PATIENCE = 120.0  # seconds that a bundle waits for the broker before it fails


class WriteMessages(beam.PTransform):
    """PCollection[Message] -> a topic; `key` gives a message's key. Counts `kafka/written_<topic>`,
    and `kafka/microseconds`, what bundles wait for the broker.

    A producer that is full makes its step wait, and so the whole feed.
    """

    def __init__(self, topic: str, key: Callable[[Any], bytes | None], kafka: Kafka) -> None:
        super().__init__()
        self._write = _Write(topic, key, kafka)

    def expand(self, messages: Any) -> Any:
        return messages | beam.ParDo(self._write)


class _Write(beam.DoFn):
    def __init__(self, topic: str, key: Callable[[Any], bytes | None], kafka: Kafka) -> None:
        self._topic = topic
        self._key = key
        self._kafka = kafka
        self._written = Metrics.counter("kafka", f"written_{topic}")
        self._waited = Metrics.counter("kafka", "microseconds")

    def start_bundle(self) -> None:
        self._sent: list[Any] = []

    def process(self, message: Message) -> None:
        value = msgspec.json.encode(message)
        self._sent.append(
            _producer(self._kafka).send(self._topic, key=self._key(message), value=value)
        )
        self._written.inc()

    def finish_bundle(self) -> None:
        if self._sent:
            with timed(self._waited):
                _producer(self._kafka).flush(timeout=PATIENCE)
        for sent in self._sent:
            sent.get(timeout=0)  # raises what the broker said


@cache
def _producer(kafka: Kafka) -> KafkaProducer:
    """One producer a process: all threads that write share it."""
    return connect(KafkaProducer, kafka, **CERTAIN, **EFFICIENT)
