"""Topics read without Flink: a range of offsets to its end, or what comes for as long as it comes.

Batches may be packed in any way that Kafka knows (gzip, snappy, lz4, zstd).
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime, timezone
from typing import Any, NamedTuple

from kafka import KafkaConsumer, TopicPartition

from pipelines.errors import KafkaError
from pipelines.kafka.connection import connect, in_words
from pipelines.settings import Kafka
from transforms.read.rejects import Origin

WAIT = 500  # milliseconds between two looks, when nothing comes
FETCH = 8 << 20  # bytes of a partition that are asked for at once


class Range(NamedTuple):
    """Offsets of one partition, half-open."""

    topic: str
    partition: int
    start: int
    stop: int


class Record(NamedTuple):
    """A message with where it stands; `value` is None where its key is deleted."""

    origin: Origin
    key: bytes | None
    value: bytes | None


def ranges(kafka: Kafka, topic: str, start: str, stop: str) -> list[Range]:
    """The offsets from `start` up to `stop` in each partition that holds any.

    Each is `earliest`, `latest`, an offset, or a time (ISO 8601; UTC when it has no offset): that
    of the first message published then or later. `latest` is the end as it is now. Raises
    KafkaError for a topic that is not there, ValueError for what is none of these.
    """
    with closing(_consumer(kafka)) as consumer, in_words(kafka):
        partitions = partitions_of(consumer, topic)
        first = offsets_at(consumer, partitions, start)
        last = offsets_at(consumer, partitions, stop)
    found = [Range(topic, each.partition, first[each], last[each]) for each in partitions]
    return [each for each in found if each.start < each.stop]


def records(kafka: Kafka, range_: Range) -> Iterator[Record]:
    """The messages of a range, in order. Raises KafkaError when the broker stays silent."""
    partition = TopicPartition(range_.topic, range_.partition)
    with closing(_consumer(kafka)) as consumer, in_words(kafka):
        consumer.assign([partition])
        consumer.seek(partition, range_.start)
        stop = min(range_.stop, consumer.end_offsets([partition])[partition])
        heard = time.monotonic()
        while (before := consumer.position(partition)) < stop:
            for message in consumer.poll(timeout_ms=WAIT).get(partition, ()):
                if message.offset >= stop:
                    return
                yield _record(message)
            if consumer.position(partition) > before:
                heard = time.monotonic()
            elif time.monotonic() - heard > kafka.timeout_seconds:
                raise KafkaError(f"{range_.topic}: no answer at offset {before}")


def follow(kafka: Kafka, topic: str, start: str) -> Iterator[Record]:
    """The messages of a topic from `start` on, without end. Raises KafkaError."""
    with closing(_consumer(kafka)) as consumer, in_words(kafka):
        partitions = partitions_of(consumer, topic)
        consumer.assign(partitions)
        for partition, offset in offsets_at(consumer, partitions, start).items():
            consumer.seek(partition, offset)
        while True:
            for messages in consumer.poll(timeout_ms=WAIT).values():
                yield from map(_record, messages)


def _consumer(kafka: Kafka) -> KafkaConsumer:
    return connect(
        KafkaConsumer, kafka, group_id=None, enable_auto_commit=False,
        auto_offset_reset="earliest",  # what was removed meanwhile is passed over
        isolation_level="read_committed",
        max_partition_fetch_bytes=FETCH, fetch_max_wait_ms=WAIT,
    )  # fmt: skip


def partitions_of(consumer: KafkaConsumer, topic: str) -> list[TopicPartition]:
    """The partitions of a topic. Raises KafkaError when there is no such topic."""
    numbers = consumer.partitions_for_topic(topic)
    if not numbers:
        raise KafkaError(
            f"{topic}: there is no such topic; `tally topics create` makes those of the settings"
        )
    return [TopicPartition(topic, number) for number in sorted(numbers)]


def offsets_at(
    consumer: KafkaConsumer, partitions: list[TopicPartition], where: str
) -> Mapping[TopicPartition, int]:
    """The offset in each partition that `where` means, as in `ranges`."""
    ends: dict[TopicPartition, int] = consumer.end_offsets(partitions)
    if where == "latest":
        return ends
    beginnings: dict[TopicPartition, int] = consumer.beginning_offsets(partitions)
    if where == "earliest":
        return beginnings
    if where.isdigit():
        return {each: min(max(int(where), beginnings[each]), ends[each]) for each in partitions}
    moment = _milliseconds(where)
    found = consumer.offsets_for_times(dict.fromkeys(partitions, moment))
    return {each: found[each].offset if found.get(each) else ends[each] for each in partitions}


def _milliseconds(time_: str) -> int:
    moment = datetime.fromisoformat(time_.replace("Z", "+00:00"))
    moment = moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)
    return int(1000 * moment.timestamp())


def _record(message: Any) -> Record:
    origin = Origin(message.topic, message.partition, message.offset)
    return Record(origin, message.key, message.value)
