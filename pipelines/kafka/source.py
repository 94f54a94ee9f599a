"""The feed's source: Kafka topics as Beam's KafkaIO reads them, expanded by a Java service.

On Flink it becomes Flink's own source (experiment `use_deprecated_read`). A Python splittable DoFn
or UnboundedSource there stalls until the next checkpoint and leaks state (apache/beam #27648).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, Optional

import apache_beam as beam
from apache_beam.transforms.external import ExternalTransform, NamedTupleBasedPayloadBuilder

from transforms.read.rejects import Origin

URN = "beam:transform:org.apache.beam:kafka_read_with_metadata:v1"
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
    """PBegin -> PCollection[(Origin, bytes)]: what the topics' records hold."""

    def __init__(
        self, topics: Sequence[str], consumer: Mapping[str, str], expansion_service: str
    ) -> None:
        super().__init__()
        self._topics = topics
        self._consumer = consumer
        self._expansion_service = expansion_service

    def expand(self, begin: Any) -> Any:
        configuration = _Configuration(
            consumer_config=dict(self._consumer),
            topics=list(self._topics),
            key_deserializer=BYTES,
            value_deserializer=BYTES,
            start_read_time=None,
            commit_offset_in_finalize=True,
            timestamp_policy="CreateTime",
            consumer_polling_timeout=2,
        )
        return (
            begin
            | "records"
            >> ExternalTransform(
                URN, NamedTupleBasedPayloadBuilder(configuration), self._expansion_service
            )
            | "payloads" >> beam.Map(_payload)
        )


def _payload(record: Any) -> tuple[Origin, bytes]:
    return Origin(record.topic, record.partition, record.offset), record.value
