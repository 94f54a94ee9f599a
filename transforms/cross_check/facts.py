"""Facts: the claims that speak of the same quantity of the same event.

Which claims are of one fact depends on the claims alone, never on the order they came in: every
pair that could be is compared, and a fact is what hangs together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import NamedTuple

from schemas.messages import Claim
from transforms.cross_check.same_fact import (
    DATE_WINDOW,
    UNDATED_WINDOW,
    Evidence,
    View,
    comparable,
    same_fact,
    view,
)

# Claims of one outlet with one content that are kept: the first and the last of them.
KEPT_EACH_END = 3

Order = tuple[object, ...]


class Fact(NamedTuple):
    """Claims in order of publication, and the evidence for each pair that was found alike."""

    claims: tuple[Claim, ...]
    pairs: Mapping[tuple[str, str], Evidence]

    def alike(self, one: Claim, other: Claim) -> bool:
        """Whether these two were found to be of one fact directly, not by way of others."""
        return (one.id, other.id) in self.pairs or (other.id, one.id) in self.pairs


def order(claim: Claim) -> Order:
    """Publication time, then uri, version and place in the text: a total order of claims."""
    position = claim.quote.position
    return (
        claim.article.published,
        claim.article.uri,
        claim.article.version,
        claim.quote.field,
        position.start,
        position.end,
        claim.id,
    )


def newest_state(claims: Iterable[Claim]) -> dict[str, Claim]:
    """One claim per id, the most replaced state of each: the same in whatever order they come."""
    rank = {None: 0, "corrected": 1, "withdrawn": 2}
    state: dict[str, Claim] = {}
    for claim in claims:
        known = state.get(claim.id)
        if known is None or rank[claim.replaced] > rank[known.replaced]:
            state[claim.id] = claim
    return state


def content(claim: Claim) -> Order:
    """What a claim says, without who says it and in which words."""
    value: object = claim.time and (claim.time.earliest, claim.time.latest)
    if claim.quantity is not None:
        quantity = claim.quantity
        value = (quantity.value.low, quantity.value.high, quantity.qualifier, quantity.unit)
    return (
        claim.slot,
        claim.counted,
        claim.scope.kind,
        claim.modality,
        claim.context.period,
        value,
        claim.event_time,
        tuple(place.id for place in claim.places),
    )


def bounded(claims: Iterable[Claim]) -> list[Claim]:
    """Of what one outlet repeats, the first and the last: bounds a fact by its positions."""
    groups: dict[Order, list[Claim]] = {}
    for claim in sorted(claims, key=order):
        key = (content(claim), claim.article.source, claim.speaker, claim.replaced)
        groups.setdefault(key, []).append(claim)
    kept = [
        claim
        for group in groups.values()
        for claim in {c.id: c for c in (*group[:KEPT_EACH_END], *group[-KEPT_EACH_END:])}.values()
    ]
    return sorted(kept, key=order)


def facts(claims: Iterable[Claim]) -> list[Fact]:
    """All facts that more than one claim speaks of. `claims` hold each id once."""
    buckets: dict[Order, list[View]] = {}
    for claim in claims:
        if claim.slot == "date":
            continue  # judged inside its article only
        key = (claim.slot, claim.counted, claim.modality, claim.context.period)
        buckets.setdefault(key, []).append(view(claim))
    return [fact for key in sorted(buckets, key=repr) for fact in _facts_of(buckets[key])]


def _facts_of(views: list[View]) -> list[Fact]:
    placed = [v for v in views if v.earliest is not None]
    placed.sort(key=lambda v: (v.earliest, order(v.claim)))
    pairs: dict[tuple[str, str], Evidence] = {}
    parent: dict[str, str] = {v.claim.id: v.claim.id for v in placed}

    def root(name: str) -> str:
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    open_views: list[View] = []
    for current in placed:
        assert current.earliest is not None
        slack = DATE_WINDOW if current.claim.kind == "time" else UNDATED_WINDOW
        horizon = current.earliest - timedelta(days=slack)
        open_views = [v for v in open_views if v.latest is not None and v.latest >= horizon]
        for other in open_views:
            if comparable(other.claim, current.claim):
                evidence = same_fact(other, current)
                if evidence is not None:
                    pairs[other.claim.id, current.claim.id] = evidence
                    parent[root(other.claim.id)] = root(current.claim.id)
        open_views.append(current)
    members: dict[str, list[Claim]] = {}
    for v in placed:
        members.setdefault(root(v.claim.id), []).append(v.claim)
    of_root: dict[str, dict[tuple[str, str], Evidence]] = {}
    for pair, found in pairs.items():
        of_root.setdefault(root(pair[0]), {})[pair] = found
    return [
        Fact(tuple(sorted(group, key=order)), of_root[name])
        for name, group in members.items()
        if len(group) > 1
    ]
