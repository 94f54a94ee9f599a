"""Editions: which version of an article stands, and what becomes of the others' claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from schemas.messages import Claim
from transforms.claim.edition import Edition

__all__ = ["Edition", "canceled_before_seen", "changed", "standing"]

Replaced = Literal["corrected", "withdrawn"]


def _rank(edition: Edition) -> tuple[datetime, bool, bytes]:
    return (
        edition.published,
        edition.pubstatus != "usable",
        msgspec.msgpack.encode(edition.claims),
    )


def standing(editions: Iterable[Edition]) -> list[Claim]:
    """All claims of an article's editions, those of replaced ones marked. Order-free.

    Claims of the newest edition stand: of the highest version, and of two of one version the later
    published. Those of the others are `corrected`, or, when the newest is canceled or withheld,
    `withdrawn`.
    """
    ordered = sorted(editions, key=lambda edition: (edition.version, _rank(edition)))
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
