"""Articles sent to a topic: keyed by uri, with the time of their publication."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from typing import NamedTuple

import kafka.errors as refused
import msgspec
from kafka import KafkaProducer

from pipelines.errors import KafkaError
from pipelines.kafka.connection import connect, in_words
from pipelines.settings import Kafka, Topic

PATIENCE = 60  # seconds that the last messages may take
RECENT = 24 * 60 * 60  # seconds
MARGIN = 1024  # bytes of a request beside its messages


class Sent(NamedTuple):
    """How far publishing is. `refused` were not taken by the broker, `keyless` have no uri."""

    articles: int = 0
    refused: int = 0
    keyless: int = 0


class _Head(msgspec.Struct):
    uri: str
    versioncreated: datetime | None = None


_HEAD = msgspec.json.Decoder(_Head)


def at_rate(payloads: Iterable[bytes], each_second: float) -> Iterator[bytes]:
    """The payloads, so many a second."""
    started = time.monotonic()
    for number, payload in enumerate(payloads):
        _sleep_until(started + number / each_second)
        yield payload


def at_pace(payloads: Iterable[bytes], speedup: float) -> Iterator[bytes]:
    """The payloads in the order and at the pace of their publication, so many times as quick.

    All are held in memory first. Those without a time come at once.
    """
    timed = sorted(((published(each) or 0.0), each) for each in payloads)
    first = next((moment for moment, _ in timed if moment), 0.0)
    started = time.monotonic()
    for moment, payload in timed:
        if moment:
            _sleep_until(started + (moment - first) / speedup)
        yield payload


def published(payload: bytes) -> float | None:
    """The time of publication of an article's JSON, in seconds since 1970."""
    head = _head(payload)
    moment = head.versioncreated if head else None
    return moment.timestamp() if moment and moment.tzinfo else None


def publish(
    kafka: Kafka,
    topic: Topic,
    payloads: Iterable[bytes],
    show: Callable[[Sent], None] = lambda sent: None,
) -> Sent:
    """Sends each payload as it is; what is no article will be rejected by the feed, not here.

    A message's key is the article's uri, so that its editions stay in order, and its timestamp
    the time of publication; or now where that is not told, lies ahead (brokers refuse these) or is
    not of the last day: a topic would not keep an archive for long, nor the feed remember it.
    All that was taken is on the brokers at the end, also when the payloads end by an exception.
    Raises KafkaError when no broker is reached or the topic is not there.
    """
    counted = {"articles": 0, "refused": 0, "keyless": 0}

    def failed(error: BaseException) -> None:
        counted["articles"] -= 1
        counted["refused"] += 1

    producer = connect(
        KafkaProducer, kafka, acks="all", enable_idempotence=True, compression_type="lz4",
        linger_ms=5, max_block_ms=kafka.timeout_seconds * 1000,
        max_request_size=topic.message_bytes + MARGIN,
    )  # fmt: skip
    with closing(producer), in_words(kafka):
        if not _exists(producer, topic.name):
            raise KafkaError(
                f"{topic.name}: there is no such topic; `tally topics create` makes those of the "
                "settings"
            )
        try:
            for payload in payloads:
                _send(producer, topic, payload, counted, failed)
                show(Sent(**counted))
        finally:
            producer.flush(timeout=PATIENCE)
    return Sent(**counted)


def _exists(producer: KafkaProducer, topic: str) -> bool:
    try:
        return bool(producer.partitions_for(topic))
    except refused.KafkaTimeoutError:
        return False


def _send(
    producer: KafkaProducer,
    topic: Topic,
    payload: bytes,
    counted: dict[str, int],
    failed: Callable[[BaseException], None],
) -> None:
    head = _head(payload)
    counted["articles"] += 1
    counted["keyless"] += head is None
    try:
        producer.send(
            topic.name,
            key=head.uri.encode() if head else None,
            value=payload,
            timestamp_ms=int(1000 * _timestamp(published(payload), time.time())),
        ).add_errback(failed)
    except refused.MessageSizeTooLargeError as error:
        failed(error)


def _timestamp(moment: float | None, now: float) -> float:
    return now if moment is None or moment < now - RECENT else min(moment, now)


def _head(payload: bytes) -> _Head | None:
    try:
        return _HEAD.decode(payload)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def _sleep_until(moment: float) -> None:
    if (left := moment - time.monotonic()) > 0:
        time.sleep(left)
