"""Positions: the values of a fact, each with the claims that hold it.

Precise claims found positions, the narrowest first; a wider precise claim that meets a position
joins it. Vague and open claims support every position they meet, join none to another, and found
none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from schemas.messages import Claim
from transforms.cross_check.facts import order
from transforms.cross_check.intervals import is_precise, meet, size, width


class Side(NamedTuple):
    """One position: the claim whose value it is, all that hold it, and vague ones that meet it."""

    anchor: Claim
    claims: tuple[Claim, ...]
    supporters: tuple[Claim, ...]


def sides(claims: Sequence[Claim]) -> list[Side]:
    """The positions of a fact, lowest value (earliest date) first."""
    precise = sorted((c for c in claims if is_precise(c)), key=_narrow_first)
    loose = sorted((c for c in claims if not is_precise(c)), key=_narrow_first)
    anchors: list[Claim] = []
    for claim in precise:
        if not any(meet(claim, anchor) for anchor in anchors):
            anchors.append(claim)
    anchors.sort(key=lambda c: (size(c), order(c)))
    return [
        Side(
            anchor,
            tuple(sorted((c for c in _holders(precise, anchor, anchors)), key=order)),
            tuple(sorted((c for c in loose if meet(c, anchor)), key=order)),
        )
        for anchor in anchors
    ]


def _holders(precise: Sequence[Claim], anchor: Claim, anchors: Sequence[Claim]) -> list[Claim]:
    """The precise claims that meet this anchor and are nearest to it."""
    held = [
        claim
        for claim in precise
        if meet(claim, anchor)
        and anchor
        is min(
            (a for a in anchors if meet(claim, a)),
            key=lambda a: (abs(size(a) - size(claim)), size(a), order(a)),
        )
    ]
    return held if anchor in held else [anchor, *held]


def _narrow_first(claim: Claim) -> tuple[object, ...]:
    return (width(claim), size(claim), order(claim))
