"""Stable ids: the same on every run, in every order."""

from __future__ import annotations

import hashlib

from schemas.messages import Claim


def identity(kind: str, earliest: Claim, *more: str) -> str:
    """The id of a discrepancy: its kind, slot, what is counted, and the fact's earliest claim.

    `more` tells apart what begins with one claim: the owning key of a claim of several countries.
    """
    text = "|".join((kind, earliest.slot, earliest.counted, earliest.id, *more))
    return hashlib.sha256(text.encode()).hexdigest()[:20]
