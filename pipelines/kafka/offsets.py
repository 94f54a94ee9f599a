"""Where the feed starts to read: the offsets of its consumer group, set before it starts."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime

from kafka import KafkaConsumer, TopicPartition
from kafka.structs import OffsetAndMetadata

from pipelines.errors import KafkaError
from pipelines.kafka.connection import connect, in_words
from pipelines.settings import Kafka


def start_at(kafka: Kafka, topic: str, group: str, start: str) -> dict[int, int]:
    """Sets the group's offsets; returns them by partition.

    `start` is earliest, latest, committed (where there is none: earliest) or a time (RFC 3339).
    Raises KafkaError for a broker that is not reached and a topic that is not there.
    """
    consumer = connect(KafkaConsumer, kafka, group_id=group, enable_auto_commit=False)
    with closing(consumer), in_words(kafka):
        numbers = consumer.partitions_for_topic(topic)
        if not numbers:
            raise KafkaError(f"no topic {topic!r}; `tally topics create` makes it")
        partitions = [TopicPartition(topic, number) for number in sorted(numbers)]
        consumer.assign(partitions)
        offsets = _offsets(consumer, partitions, start)
        consumer.commit({p: OffsetAndMetadata(offset, "", -1) for p, offset in offsets.items()})
        return {partition.partition: offset for partition, offset in offsets.items()}


def _offsets(
    consumer: KafkaConsumer, partitions: list[TopicPartition], start: str
) -> dict[TopicPartition, int]:
    earliest: dict[TopicPartition, int] = consumer.beginning_offsets(partitions)
    if start == "earliest":
        return earliest
    if start == "committed":
        return {p: earliest[p] if (at := consumer.committed(p)) is None else at for p in partitions}
    latest: dict[TopicPartition, int] = consumer.end_offsets(partitions)
    if start == "latest":
        return latest
    moment = int(datetime.fromisoformat(start.replace("Z", "+00:00")).timestamp() * 1000)
    found = consumer.offsets_for_times(dict.fromkeys(partitions, moment))
    return {p: latest[p] if found[p] is None else found[p].offset for p in partitions}


def lag(kafka: Kafka, topic: str, group: str) -> dict[int, int]:
    """How many records of each partition the group has not committed yet."""
    consumer = connect(KafkaConsumer, kafka, group_id=group, enable_auto_commit=False)
    with closing(consumer), in_words(kafka):
        numbers = consumer.partitions_for_topic(topic) or ()
        partitions = [TopicPartition(topic, number) for number in sorted(numbers)]
        ends = consumer.end_offsets(partitions)
        return {p.partition: ends[p] - (consumer.committed(p) or 0) for p in partitions}
