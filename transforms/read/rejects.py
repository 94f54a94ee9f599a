"""Dead letters: what came in and could not be used."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime
from typing import NamedTuple

from schemas.messages import Reject, RejectReason, Step

# Bytes of the payload that a dead letter keeps, and characters of its message.
PAYLOAD_KEPT = 64 * 1024
MESSAGE_KEPT = 500


class Origin(NamedTuple):
    """Where something came from: a Kafka record, or a file and the number of its line from 1."""

    topic: str | None = None
    partition: int | None = None
    offset: int | None = None


NOWHERE = Origin()


def reject(
    step: Step,
    reason: RejectReason,
    message: str,
    payload: bytes,
    origin: Origin = NOWHERE,
    time: datetime | None = None,
) -> Reject:
    """The one constructor of rejects.

    The payload is kept in base64, cut at PAYLOAD_KEPT bytes. `time` is event time where it is
    known (the article's `versioncreated`), never the clock's. The message must be fit for JSON
    whatever it quotes: what is no character is replaced.
    """
    return Reject(
        step=step,
        reason=reason,
        message=message[:MESSAGE_KEPT].encode("utf-8", "replace").decode(),
        time=time,
        topic=origin.topic,
        partition=origin.partition,
        offset=origin.offset,
        payload=b64encode(payload[:PAYLOAD_KEPT]).decode("ascii"),
    )
