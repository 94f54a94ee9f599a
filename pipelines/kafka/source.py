"""The feed's source: Kafka topics as Beam's KafkaIO reads them, expanded by a Java service.

On Flink it becomes Flink's own source (experiment `use_deprecated_read`). A Python splittable DoFn
or UnboundedSource there stalls until the next checkpoint and leaks state (apache/beam #27648).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, Optional

import apache_beam as beam
from apache_beam.metrics import Metrics
from apache_beam.transforms.external import ExternalTransform, NamedTupleBasedPayloadBuilder

from transforms.read.rejects import Origin

URN = "beam:transform:org.apache.beam:kafka_read_with_metadata:v1"
POLL = 2  # seconds that one poll waits for records
CERTAIN: Mapping[str, str] = {
    "enable.auto.commit": "false",  # KafkaIO commits what a checkpoint holds
    "auto.offset.reset": "earliest",
    "isolation.level": "read_committed",
}
BYTES = "org.apache.kafka.common.serialization.ByteArrayDeserializer"


# What KafkaIO is told: the fields that both Beam 2.62 and 2.77 know. Written so that the types are
# types, not strings: the payload's schema is made from them.
_Configuration = NamedTuple(  # noqa: UP014
    "_Configuration",
    [
        ("consumer_config", Mapping[str, str]),
        ("topics", list[str]),
        ("key_deserializer", str),
        ("value_deserializer", str),
        ("start_read_time", Optional[int]),  # noqa: UP045
        ("commit_offset_in_finalize", bool),
        ("timestamp_policy", str),
        ("consumer_polling_timeout", Optional[int]),  # noqa: UP045
    ],
)


class ReadArticles(beam.PTransform):
    """PBegin -> PCollection[(Origin, bytes)]: what the records of a topic hold.

    `consumer` are properties of Java's Kafka consumer; its group must have the offsets to start
    from (pipelines.kafka.offsets). Event time is that of the records; a partition without records
    does not hold it back. A savepoint holds where its partitions were read, under the step's name:
    `split` says how they are divided among workers, so that another division is another step. A
    record without a value, which deletes its key, holds no article: it is counted, as
    `kafka/deletions`, and left out. Also counts `kafka/read` and tells, as the gauge
    `kafka/behind_ms`, how old records are when they are read.
    """

    def __init__(
        self,
        topic: str,
        consumer: Mapping[str, str],
        expansion_service: str,
        split: str = "records",
    ) -> None:
        super().__init__()
        self._split = split
        self._topic = topic
        self._consumer = consumer
        self._expansion_service = expansion_service

    def expand(self, begin: Any) -> Any:
        configuration = _Configuration(
            consumer_config={**self._consumer, **CERTAIN},
            topics=[self._topic],
            key_deserializer=BYTES,
            value_deserializer=BYTES,
            start_read_time=None,
            commit_offset_in_finalize=True,
            timestamp_policy="CreateTime",
            consumer_polling_timeout=POLL,
        )
        read = ExternalTransform(
            URN, NamedTupleBasedPayloadBuilder(configuration), self._expansion_service
        )
        return begin | self._split >> read | "payloads" >> beam.ParDo(_Payloads())


class _Payloads(beam.DoFn):
    def process(self, record: Any) -> Iterator[tuple[Origin, bytes]]:
        Metrics.counter("kafka", "read").inc()
        behind = int(time.time() * 1000) - record.timestamp
        # A gauge: Flink tells Prometheus nothing of Beam's distributions.
        Metrics.gauge("kafka", "behind_ms").set(max(0, behind))
        if record.value is None:
            Metrics.counter("kafka", "deletions").inc()
        else:
            yield Origin(record.topic, record.partition, record.offset), record.value
