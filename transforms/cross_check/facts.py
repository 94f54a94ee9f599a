"""Facts: the claims that speak of the same quantity of the same event.

Which claims are of one fact depends on the claims alone, never on the order they came in: every
pair that could be is compared, and a fact is what hangs together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import NamedTuple

import msgspec

from schemas.messages import Claim
from transforms.claim.slots import slots
from transforms.cross_check.groups import group
from transforms.cross_check.intervals import agree, is_precise, meet, size
from transforms.cross_check.same_fact import comparable, same_fact
from transforms.cross_check.views import Counts, View, view
from transforms.cross_check.weights import (
    ADDING_UP,
    DATE_WINDOW,
    SURVEY_WINDOW,
    UNDATED_WINDOW,
)

AGREEING = 1.5  # how much two equal figures speak for one fact
MARGIN = 0.5

Order = tuple[object, ...]
ArticleSlot = tuple[str, int, str]  # uri, version, slot


class Pair(msgspec.Struct, frozen=True, gc=False):
    """Two claims that may be of one fact: how surely, and what their values say of each other.

    `fit`: the score, and more where they say the same. `bound`: they are of one fact whatever else
    fits, as versions of one article, and where one takes back the other's figure.
    """

    score: float
    fit: float
    agree: bool
    bound: bool


class Facts(NamedTuple):
    """The pairs of claims that were found to be of one fact.

    `alike` tells for each claim (by id) the others it is of one fact with, directly; `figures` all
    precise figures of a slot in one version of an article.
    """

    claims: Mapping[str, Claim]
    compared: Mapping[tuple[str, str], Pair]
    pairs: Mapping[tuple[str, str], Pair]
    alike: Mapping[str, frozenset[str]]
    figures: Mapping[ArticleSlot, Sequence[Claim]]

    def beside(self, claim: Claim) -> list[Claim]:
        """The other precise figures of its slot that a claim's article tells."""
        told = self.figures.get(article_slot(claim), ())
        return [other for other in told if other.id != claim.id]

    def around(self, *claims: Claim) -> list[Claim]:
        """The claims alike to any of these, and these, in no order."""
        ids = {c.id for c in claims}.union(*(self.alike.get(c.id, ()) for c in claims))
        return [self.claims[i] for i in ids]


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


def facts(claims: Iterable[Claim]) -> Facts:
    """Which claims are of one fact with which. `claims` hold each id once."""
    known = {claim.id: claim for claim in claims}
    buckets: dict[Counts, list[View]] = {}
    for claim in known.values():
        if claim.slot == "date" or claim.event_time is None:
            continue  # a date that cannot be right is judged inside its article only
        seen = view(claim)
        if seen.whole:
            buckets.setdefault(seen.counts, []).append(seen)
    pairs: dict[tuple[str, str], Pair] = {}
    for views in buckets.values():
        pairs.update(_pairs(views))
    return joined(known, pairs, figures_by_article(known.values()))


def joined(
    known: Mapping[str, Claim],
    compared: Mapping[tuple[str, str], Pair],
    figures: Mapping[ArticleSlot, Sequence[Claim]],
) -> Facts:
    """The facts that pairs of known claims make: of those compared, the ones that fit best."""
    pairs = _best(compared, known)
    alike: dict[str, set[str]] = {}
    for one, other in pairs:
        alike.setdefault(one, set()).add(other)
        alike.setdefault(other, set()).add(one)
    return Facts(
        known,
        compared,
        pairs,
        {name: frozenset(others) for name, others in alike.items()},
        figures,
    )


def figures_by_article(claims: Iterable[Claim]) -> dict[ArticleSlot, list[Claim]]:
    """All precise figures of each slot in each version of an article."""
    found: dict[ArticleSlot, list[Claim]] = {}
    for claim in claims:
        if is_precise(claim):
            found.setdefault(article_slot(claim), []).append(claim)
    return found


def article_slot(claim: Claim) -> ArticleSlot:
    """The version of an article that a claim stands in, and its slot."""
    return claim.article.uri, claim.article.version, claim.slot


def _best(
    pairs: Mapping[tuple[str, str], Pair], known: Mapping[str, Claim]
) -> dict[tuple[str, str], Pair]:
    """Of the figures of one article that could be another's, those that fit it best.

    An article that tells several incidents tells one figure of each: a figure that agrees, or that
    shares more of the scene, leaves the others to other incidents. What it denies is no figure of
    its own.
    """
    told_by = {
        name: (claim.article.uri, claim.article.version, claim.modality)
        for name, claim in known.items()
    }
    best: dict[tuple[str, tuple[str, int, str]], float] = {}
    for (one, other), pair in pairs.items():
        for mine in ((one, told_by[other]), (other, told_by[one])):
            if pair.fit > best.get(mine, -inf):
                best[mine] = pair.fit
    return {
        (one, other): pair
        for (one, other), pair in pairs.items()
        if pair.bound
        or pair.fit >= max(best[one, told_by[other]], best[other, told_by[one]]) - MARGIN
    }


def paired(one: Claim, other: Claim, score: float) -> Pair:
    """Two claims that same_fact gave this score. Symmetric."""
    same = is_precise(one) and is_precise(other) and group(one) == group(other) and meet(one, other)
    return Pair(
        score,
        score + AGREEING if same else score,
        agree(one, other),
        one.article.uri == other.article.uri or takes_back(one, other),
    )


def takes_back(one: Claim, other: Claim) -> bool:
    """Whether the text of one says that it replaces the other's figure: revised from 43 to 38."""
    new, old = one.context.revised_from, other.context.revised_from
    return (new is not None and new == size(other)) or (old is not None and old == size(one))


def slack(claim: Claim) -> int:
    """How many days apart the event times of two claims of this kind may lie."""
    if claim.kind == "time":
        return DATE_WINDOW
    return SURVEY_WINDOW if slots()[claim.slot].family in ADDING_UP else UNDATED_WINDOW


def _pairs(views: list[View]) -> dict[tuple[str, str], Pair]:
    """Compares claims whose event times are near, in order of event time."""
    views.sort(key=lambda v: (v.earliest, order(v.claim)))
    found: dict[tuple[str, str], Pair] = {}
    near: list[View] = []
    for current in views:
        horizon = current.earliest - slack(current.claim)
        near = [v for v in near if v.latest >= horizon]
        for other in near:
            if comparable(other, current):
                evidence = same_fact(other, current)
                if evidence is not None:
                    pair = paired(other.claim, current.claim, evidence.score)
                    found[other.claim.id, current.claim.id] = pair
        near.append(current)
    return found
