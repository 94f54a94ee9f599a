"""Where the feed starts to read: the offsets of its consumer group, set before it starts."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing

import kafka.errors as refused
import structlog
from kafka import KafkaConsumer, KafkaProducer, TopicPartition
from kafka.structs import OffsetAndMetadata

from pipelines.kafka.connection import connect, in_words
from pipelines.kafka.reading import offsets_at, partitions_of
from pipelines.settings import Kafka

WAKING = b"tally.start"  # the key of records without a value

log = structlog.get_logger("feed")


def start_at(kafka: Kafka, topic: str, group: str, start: str) -> dict[int, int]:
    """Sets the group's offsets; returns them by partition.

    `start` is committed (where there is none: earliest), or as in pipelines.kafka.reading.ranges.
    Raises KafkaError for a broker that is not reached and a topic that is not there.
    """
    consumer = connect(KafkaConsumer, kafka, group_id=group, enable_auto_commit=False)
    with closing(consumer), in_words(kafka):
        partitions = partitions_of(consumer, topic)
        consumer.assign(partitions)
        offsets = _offsets(consumer, partitions, start)
        consumer.commit({p: OffsetAndMetadata(offset, "", -1) for p, offset in offsets.items()})
        return {partition.partition: offset for partition, offset in offsets.items()}


def wake(kafka: Kafka, topic: str, offsets: Mapping[int, int]) -> list[int]:
    """Sends a record without a value to each partition with nothing to read from its offset on;
    returns which these are.

    Beam's KafkaIO tells no time of a partition before its first record there, and the feed's time
    is that of the partition that is last: nothing that waits for time to pass would be told. Where
    the broker does not let us write, that is logged; then a first article there does it.
    """
    producer = connect(KafkaProducer, kafka)
    with closing(producer), closing(connect(KafkaConsumer, kafka)) as consumer, in_words(kafka):
        ends = consumer.end_offsets([TopicPartition(topic, number) for number in offsets])
        empty = [p.partition for p, end in sorted(ends.items()) if end <= offsets[p.partition]]
        try:
            for sent in [
                producer.send(topic, key=WAKING, value=None, partition=number) for number in empty
            ]:
                sent.get(timeout=kafka.timeout_seconds)
        except refused.TopicAuthorizationFailedError:
            # Until each has an article, nothing that waits for time to pass is told.
            log.warning("may not write to", topic=topic, partitions_without_time=empty)
    return empty


def _offsets(
    consumer: KafkaConsumer, partitions: list[TopicPartition], start: str
) -> Mapping[TopicPartition, int]:
    if start != "committed":
        return offsets_at(consumer, partitions, start)
    earliest = offsets_at(consumer, partitions, "earliest")
    return {p: earliest[p] if (at := consumer.committed(p)) is None else at for p in partitions}


def lag(kafka: Kafka, topic: str, group: str) -> dict[int, int]:
    """How many records of each partition the group has not committed yet."""
    consumer = connect(KafkaConsumer, kafka, group_id=group, enable_auto_commit=False)
    with closing(consumer), in_words(kafka):
        numbers = consumer.partitions_for_topic(topic) or ()
        partitions = [TopicPartition(topic, number) for number in sorted(numbers)]
        ends = consumer.end_offsets(partitions)
        return {p.partition: ends[p] - (consumer.committed(p) or 0) for p in partitions}
