"""Editions: which version of an article stands, and what becomes of the others' claims."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

import msgspec

from schemas.messages import Claim
from transforms.claim.edition import Edition

__all__ = ["Edition", "canceled_before_seen", "changed", "newest", "standing"]

Replaced = Literal["corrected", "withdrawn"]


def newest(editions: Iterable[Edition]) -> dict[int, Edition]:
    """One edition per version: of two with one version the later published. Order-free."""
    of_version: dict[int, Edition] = {}
    for edition in editions:
        known = of_version.get(edition.version)
        if known is None or _rank(edition) > _rank(known):
            of_version[edition.version] = edition
    return of_version


def _rank(edition: Edition) -> tuple[datetime, bool, bytes]:
    return (
        edition.published,
        edition.pubstatus != "usable",
        msgspec.msgpack.encode(edition.claims),
    )


def standing(editions: Iterable[Edition]) -> list[Claim]:
    """All claims of an article's editions, those of replaced versions marked.

    Claims of the newest version stand. Those of older ones are `corrected`, or, when the newest is
    canceled or withheld, `withdrawn`.
    """
    of_version = newest(editions)
    if not of_version:
        return []
    last = max(of_version)
    mark: Replaced = "corrected" if of_version[last].pubstatus == "usable" else "withdrawn"
    return [
        claim
        if version == last and mark == "corrected"
        else msgspec.structs.replace(claim, replaced=mark)
        for version in sorted(of_version)
        for claim in of_version[version].claims
    ]


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
