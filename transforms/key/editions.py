"""Editions: which version of an article stands, and what becomes of the others' claims."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from schemas.messages import Claim
from transforms.claim.edition import Edition

__all__ = ["Edition", "Told", "canceled_before_seen", "changed", "newest", "standing", "told"]

Replaced = Literal["corrected", "withdrawn"]
Clock = tuple[int, float, bool, bytes]

# Versions of one article that are remembered. What older ones claimed stays corrected.
REMEMBERED = 10


class Told(msgspec.Struct, frozen=True, gc=False):
    """What is known of an article's claims: each in its state, as of the newest edition.

    Of two that tell of one article, the one with the higher clock is right, whatever order they
    come in.
    """

    uri: str
    clock: Clock
    claims: tuple[Claim, ...]


def _rank(edition: Edition) -> tuple[datetime, bool, bytes]:
    claims = hashlib.blake2b(msgspec.msgpack.encode(edition.claims), digest_size=8).digest()
    return (edition.published, edition.pubstatus != "usable", claims)


def _order(edition: Edition) -> tuple[int, datetime, bool, bytes]:
    return (edition.version, *_rank(edition))


def newest(editions: Iterable[Edition]) -> list[Edition]:
    """The newest REMEMBERED of an article's editions, oldest first, each once."""
    unique = {_order(edition): edition for edition in editions}
    return [unique[order] for order in sorted(unique)][-REMEMBERED:]


def standing(editions: Iterable[Edition]) -> list[Claim]:
    """All claims of an article's editions, those of replaced ones marked. Order-free.

    Claims of the newest edition stand: of the highest version, and of two of one version the later
    published. Those of the others are `corrected`, or, when the newest is canceled or withheld,
    `withdrawn`.
    """
    ordered = sorted(editions, key=_order)
    if not ordered:
        return []
    last = ordered[-1]
    mark: Replaced = "corrected" if last.pubstatus == "usable" else "withdrawn"
    found = {
        claim.id: msgspec.structs.replace(claim, replaced=mark)
        for edition in ordered
        for claim in edition.claims
    }
    if last.pubstatus == "usable":
        found.update((claim.id, claim) for claim in last.claims)
    return list(found.values())


def told(editions: Sequence[Edition]) -> Told:
    """What an article's editions tell together. Raises ValueError for no edition."""
    last = max(editions, key=_order)
    version, published, withdrawn, claims = _order(last)
    clock = (version, published.timestamp(), withdrawn, claims)
    return Told(last.uri, clock, tuple(standing(editions)))


def changed(before: Sequence[Edition], edition: Edition) -> list[Claim]:
    """The claims whose state one more edition changes, in their new state."""
    known = {(claim.id, claim.replaced) for claim in standing(before)}
    return [c for c in standing([*before, edition]) if (c.id, c.replaced) not in known]


def canceled_before_seen(editions: Iterable[Edition]) -> Edition | None:
    """The withdrawal of an article of which no version ever came; None where one did."""
    all_editions = sorted(editions, key=_rank)
    if not all_editions or any(edition.pubstatus == "usable" for edition in all_editions):
        return None
    return all_editions[0]
