"""Topics: made as the settings want them, and described as they are."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import NamedTuple

import msgspec
from kafka import KafkaAdminClient, KafkaConsumer, TopicPartition
from kafka.admin import ConfigResource, ConfigResourceType

from pipelines.kafka.connection import connect, in_words
from pipelines.settings import Kafka, Settings, Topic

DAY = 24 * 3600 * 1000  # milliseconds
# A topic that is compacted closes its newest file at least once a day: only closed ones are.
SEGMENT = DAY


class Found(NamedTuple):
    """A topic as it is on the brokers. `messages` is how many offsets it spans."""

    name: str
    partitions: int
    replication: int
    configuration: dict[str, str]
    messages: int


class Made(NamedTuple):
    """What `create` did with a topic. `cannot` is what it could not do."""

    name: str
    new: bool
    changed: tuple[str, ...] = ()
    cannot: str = ""


def wanted(settings: Settings) -> list[Topic]:
    """The topics of the settings."""
    return list(msgspec.structs.astuple(settings.topics))


def configuration(topic: Topic) -> dict[str, str]:
    """A topic's settings as Kafka names them."""
    keep = topic.retention_days * DAY if topic.retention_days else -1
    compacted = {"segment.ms": str(SEGMENT)} if "compact" in topic.cleanup else {}
    return {
        "cleanup.policy": topic.cleanup,
        "retention.ms": str(keep),
        "max.message.bytes": str(topic.message_bytes),
        **compacted,
    }


def create(settings: Settings) -> list[Made]:
    """Makes the topics that are not there, and changes the others to what the settings say.

    Partitions are added, never taken away. Raises KafkaError.
    """
    with _admin(settings.kafka) as admin:
        there = {found.name: found for found in _found(admin, settings)}
        made = [_made(admin, topic, there.get(topic.name)) for topic in wanted(settings)]
        admin.wait_for_topics([topic.name for topic in wanted(settings)])
    return made


def describe(settings: Settings) -> list[Found]:
    """The topics of the settings that are there. Raises KafkaError."""
    with _admin(settings.kafka) as admin:
        return _found(admin, settings)


def differences(topic: Topic, found: Found) -> list[str]:
    """In which settings a topic is not what it should be: `retention.ms: 1, not 2`."""
    said = [
        f"{name}: {found.configuration.get(name)}, not {value}"
        for name, value in configuration(topic).items()
        if _canonical(found.configuration.get(name)) != _canonical(value)
    ]
    if found.partitions != topic.partitions:
        said.append(f"partitions: {found.partitions}, not {topic.partitions}")
    if found.replication != topic.replication:
        said.append(f"replication: {found.replication}, not {topic.replication}")
    return said


def _canonical(value: str | None) -> str:
    return ",".join(sorted((value or "").split(",")))


def _made(admin: KafkaAdminClient, topic: Topic, found: Found | None) -> Made:
    if found is None:
        admin.create_topics(
            {
                topic.name: {
                    "num_partitions": topic.partitions,
                    "replication_factor": topic.replication,
                    "configs": configuration(topic),
                }
            }
        )
        return Made(topic.name, True)
    changed = [said for said in differences(topic, found) if "." in said.partition(":")[0]]
    if changed:
        resource = ConfigResource(ConfigResourceType.TOPIC, topic.name, configuration(topic))
        admin.alter_configs([resource])
    if topic.partitions > found.partitions:
        admin.create_partitions({topic.name: topic.partitions})
        changed.append(f"partitions: {found.partitions}, now {topic.partitions}")
    cannot = []
    if topic.partitions < found.partitions:
        cannot.append(f"has {found.partitions} partitions; they cannot be fewer")
    if topic.replication != found.replication:
        cannot.append(f"is kept {found.replication} times; Tally does not move it")
    return Made(topic.name, False, tuple(changed), "; ".join(cannot))


def _found(admin: KafkaAdminClient, settings: Settings) -> list[Found]:
    names = [topic.name for topic in wanted(settings)]
    there = {
        each["name"]: each["partitions"]
        for each in admin.describe_topics(names)
        if not each["error_code"]
    }
    asked = [ConfigResource(ConfigResourceType.TOPIC, name) for name in there]
    told = admin.describe_configs(asked, config_filter="all")["topic"] if asked else {}
    with closing(connect(KafkaConsumer, settings.kafka)) as consumer:
        return [
            Found(
                name,
                len(there[name]),
                len(there[name][0]["replica_nodes"]),
                {key: each["value"] for key, each in told[name].items()},
                _messages(consumer, name, len(there[name])),
            )
            for name in names
            if name in there
        ]


def _messages(consumer: KafkaConsumer, name: str, partitions: int) -> int:
    of_it = [TopicPartition(name, number) for number in range(partitions)]
    ends, beginnings = consumer.end_offsets(of_it), consumer.beginning_offsets(of_it)
    return sum(ends[each] - beginnings[each] for each in of_it)


@contextmanager
def _admin(kafka: Kafka) -> Iterator[KafkaAdminClient]:
    with closing(connect(KafkaAdminClient, kafka)) as admin, in_words(kafka):
        yield admin
