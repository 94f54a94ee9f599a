"""Dead letters looked at again: which can be read by now?"""

from __future__ import annotations

from base64 import b64decode
from typing import NamedTuple

import msgspec

from pipelines.kafka.reading import Range, ranges, records
from pipelines.settings import Settings
from schemas.messages import Article, Reject
from transforms.read.reader import read
from transforms.read.rejects import PAYLOAD_KEPT


class SortedOut(NamedTuple):
    """Messages that can be read by now, those that cannot, and how many are not there any more."""

    mended: list[bytes]
    wrong: list[bytes]
    gone: int


def sorted_out(settings: Settings, start: str, reasons: frozenset[str]) -> SortedOut:
    """Reads the topic of rejects from `start` to its end as it is now; each message once.

    Only those of `reasons`, or all when it is empty. Those of a step that failed are taken as
    mended: only the step can tell. Raises KafkaError.
    """
    mended: list[bytes] = []
    wrong: list[bytes] = []
    gone = 0
    for reject in _rejects(settings, start):
        if reasons and reject.reason not in reasons:
            continue
        payload = _original(settings, reject)
        if payload is None:
            gone += 1
        elif _is_readable(payload, settings):
            mended.append(payload)
        else:
            wrong.append(payload)
    return SortedOut(mended, wrong, gone)


def _rejects(settings: Settings, start: str) -> list[Reject]:
    """The last dead letter of each message that came in."""
    found: dict[object, Reject] = {}
    for range_ in ranges(settings.kafka, settings.topics.rejects.name, start, "latest"):
        for record in records(settings.kafka, range_):
            if record.value is not None:
                reject = msgspec.json.decode(record.value, type=Reject)
                found[reject.topic, reject.partition, reject.offset, reject.payload[:64]] = reject
    return list(found.values())


def _original(settings: Settings, reject: Reject) -> bytes | None:
    """The message as it came in; None when the dead letter has only its beginning."""
    kept = b64decode(reject.payload)
    if len(kept) < PAYLOAD_KEPT:
        return kept
    if reject.topic is None or reject.partition is None or reject.offset is None:
        return None
    here = Range(reject.topic, reject.partition, reject.offset, reject.offset + 1)
    for record in records(settings.kafka, here):
        if record.origin.offset == reject.offset and record.value is not None:
            return record.value
    return None


def _is_readable(payload: bytes, settings: Settings) -> bool:
    return isinstance(read(payload, limit=settings.limit, languages=settings.languages), Article)
