"""The cross-check: from all claims under one key to the discrepancies among them.

A pure function of the set of claims and the feed's time: order, repetition and copies of claims
change nothing (design, properties 1, 3 and 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timezone
from math import inf
from typing import NamedTuple

import msgspec

from schemas.messages import Claim, Discrepancy, Interval, Kind, Position, PositionStatus
from transforms.cross_check.connected import connected
from transforms.cross_check.explain import explanation
from transforms.cross_check.facts import Facts, bounded, facts, newest_state, order, takes_back
from transforms.cross_check.groups import group
from transforms.cross_check.identity import identity
from transforms.cross_check.independence import independent
from transforms.cross_check.inside import inside_articles
from transforms.cross_check.intervals import agree, is_precise, meet, range_of, size
from transforms.cross_check.positions import Side, sides
from transforms.cross_check.same_fact import RAISED
from transforms.cross_check.severity import severity
from transforms.cross_check.verdicts import Verdict, judge_pair
from transforms.key.keys import keys_of, owner

END_OF_TIME = datetime(9999, 1, 1, tzinfo=timezone.utc)
CLAIMS_SHOWN = 12  # claims of one position that an alert carries; all its outlets are listed

# Of several verdicts on one fact the first in this order names the discrepancy.
KINDS: tuple[Kind, ...] = (
    "edition_conflict",
    "count_conflict",
    "date_conflict",
    "stale_source",
    "correction",
    "denial",
)
DENIED = Verdict("denial", "denied_by_another")


class Difference(NamedTuple):
    """Two claims that do not meet, the verdict on them, and how surely they are of one fact."""

    one: Claim
    other: Claim
    verdict: Verdict
    evidence: float = inf


def judge(
    claims: Iterable[Claim], now: datetime = END_OF_TIME, key: str | None = None
) -> list[Discrepancy]:
    """The discrepancies among the claims of one key, at the feed's time `now`.

    What another key owns (transforms.key.keys) is left to it; without `key` all is said.

    The end of a backfill counts as time passed: that is the default. What rested on a withdrawn
    article is told as resolved. Sorted by id.
    """
    known = bounded(newest_state(claims).values())
    standing = [claim for claim in known if claim.replaced != "withdrawn"]
    found = {d.id: d for d in _all(standing, now, key)}
    if len(standing) < len(known):
        for discrepancy in _all(known, now, key):
            if discrepancy.id not in found and discrepancy.status == "open":
                found[discrepancy.id] = _withdrawn(discrepancy)
    return [found[name] for name in sorted(found)]


def _all(claims: Sequence[Claim], now: datetime, key: str | None) -> list[Discrepancy]:
    known = facts(claims)
    raised = [
        difference
        for difference in _differences(known, now)
        if difference.verdict.outcome in KINDS
        and key in (None, owner(difference.one, difference.other))
    ]
    of_facts = [_of_group(group, known, now) for group in _groups(raised, known)]
    inside = inside_articles(claim for claim in claims if key in (None, owner(claim)))
    return [*of_facts, *inside]


def _differences(known: Facts, now: datetime) -> list[Difference]:
    """The pairs of claims of one fact that do not agree, with the verdict on each."""
    found: list[Difference] = []
    for (a, b), evidence in known.pairs.items():
        one, other = known.claims[a], known.claims[b]
        if not (_stands(one, other, known) and _stands(other, one, known)):
            continue
        if one.modality != other.modality:
            precise = is_precise(one) and is_precise(other)  # others found no position
            if precise and one.article.uri != other.article.uri and meet(one, other):
                found.append(Difference(one, other, DENIED))
            continue
        if one.modality != "asserted" or agree(one, other):
            continue
        if not (is_precise(one) and is_precise(other)):
            continue  # vague and open figures found no position
        if _told_elsewhere(one, other, known):
            continue
        verdict = _verdict(one, other, known, now)
        if verdict.outcome == "count_conflict" and evidence.score < RAISED:
            continue  # what cannot be decided is not raised
        found.append(Difference(one, other, verdict, evidence.score))
    return found


def _verdict(one: Claim, other: Claim, known: Facts, now: datetime) -> Verdict:
    beside = [*known.beside(one), *known.beside(other)]
    return judge_pair(one, other, known.around(one, other), now, beside)


def _stands(claim: Claim, other: Claim, known: Facts) -> bool:
    """Whether a claim still speaks: a replaced version does, but only against its own uri."""
    if claim.replaced != "corrected":
        return True
    return claim.article.uri == other.article.uri and any(
        c.article.uri == claim.article.uri and c.article.version > claim.article.version
        for c in known.around(claim)
    )


def _groups(raised: Sequence[Difference], known: Facts) -> list[list[Difference]]:
    """Differences of one fact: they share a claim, or claims that agree."""
    disputed = {claim.id: claim for d in raised for claim in (d.one, d.other)}
    differing = [(d.one.id, d.other.id) for d in raised]
    agreeing = [
        (name, other)
        for name, claim in disputed.items()
        for other in known.alike[name]
        if other in disputed and agree(claim, disputed[other])
    ]
    group_of = {
        name: index
        for index, names in enumerate(connected(disputed, [*differing, *agreeing]))
        for name in names
    }
    groups: dict[int, list[Difference]] = {}
    for difference in raised:
        groups.setdefault(group_of[difference.one.id], []).append(difference)
    return list(groups.values())


def _of_group(group: Sequence[Difference], known: Facts, now: datetime) -> Discrepancy:
    """One discrepancy: its kind, and all claims of the fact, in their positions."""
    outcomes = {difference.verdict.outcome for difference in group}
    kind = next(kind for kind in KINDS if kind in outcomes)
    raised = [difference for difference in group if difference.verdict.outcome == kind]
    claims = _members(raised, known)
    denials = {c.id: c for d in raised for c in (d.one, d.other) if c.modality == "denied"}
    differences = list(raised)
    for index, one in enumerate(claims):
        for other in claims[index + 1 :]:
            if other.id in known.alike[one.id] and not agree(one, other):
                differences.append(Difference(one, other, _verdict(one, other, known, now)))
    positions = [*sides(claims), *sides(list(denials.values()))]
    return _discrepancy(claims, kind, positions, raised, differences)


def _members(raised: Sequence[Difference], known: Facts) -> list[Claim]:
    """The claims in dispute, and those that agree with one of them."""
    disputed = {c.id for d in raised for c in (d.one, d.other)}
    members = set(disputed)
    for name in disputed:
        for other in known.alike[name] - disputed:
            beside = known.claims[other]
            mine = known.claims[name]
            if group(beside) == group(mine) and agree(mine, beside) and not beside.replaced:
                members.add(other)
    asserted = (known.claims[i] for i in members if known.claims[i].modality == "asserted")
    return sorted(asserted, key=order)


def _told_elsewhere(one: Claim, other: Claim, known: Facts) -> bool:
    """Whether either article holds, beside this figure, one that agrees with the other's.

    Then the two figures are of two facts that one of them tells both of (a part and the whole, two
    places, yesterday and today), and nothing is known to differ.
    """
    if one.article.uri == other.article.uri or takes_back(one, other):
        return False
    return any(
        meet(beside, theirs) and not meet(beside, mine)
        for mine, theirs in ((one, other), (other, one))
        for beside in known.beside(mine)
    )


# --- The message --------------------------------------------------------------------------------


def _discrepancy(
    claims: Sequence[Claim],
    kind: Kind,
    positions: Sequence[Side],
    raised: Sequence[Difference],
    differences: Sequence[Difference],
) -> Discrepancy:
    pairs = [(d.one, d.other) for d in raised]
    earliest = min((claim for pair in pairs for claim in pair), key=order)
    in_dispute = {c.id for pair in pairs for c in pair}
    disputed = [s for s in positions if in_dispute & {c.id for c in s.claims}]
    shown = [_position(side, raised, differences) for side in positions]
    rule = min(d.verdict.rule for d in raised)
    level = severity(kind, earliest.slot, disputed, pairs, max(d.evidence for d in raised))
    both = min(max(a.article.published, b.article.published) for a, b in pairs)
    return Discrepancy(
        id=identity(kind, earliest, *_country(raised, earliest)),
        status="resolved" if kind == "correction" else "open",
        kind=kind,
        rule=rule,
        severity=level,
        slot=earliest.slot,
        counted=earliest.counted,
        positions=tuple(shown),
        explanation=explanation(kind, rule, earliest, shown, level),
        first_seen=both,
        as_of=max(position.as_of for position in shown),
        places=min((c for c in claims if c.places), key=order, default=earliest).places,
        event_time=earliest.event_time,
        reason="corrected" if kind == "correction" else None,
    )


def _country(raised: Sequence[Difference], earliest: Claim) -> tuple[str, ...]:
    """The owner, where the earliest claim has several keys: two of them may start with it."""
    first = raised[0]
    return (owner(first.one, first.other) or "",) if len(keys_of(earliest)) > 1 else ()


def _position(
    side: Side, raised: Sequence[Difference], differences: Sequence[Difference]
) -> Position:
    holders = side.claims
    claims = _shown(holders)
    anchor = side.anchor
    interval = None
    if anchor.quantity is not None:
        bounds = range_of(anchor.quantity)
        interval = Interval(
            None if bounds.low == float("-inf") else bounds.low,
            None if bounds.high == float("inf") else bounds.high,
        )
    return Position(
        status=_status(side, raised, differences),
        as_of=max(claim.as_of for claim in holders),
        value=interval,
        time=anchor.time,
        speakers=tuple(dict.fromkeys(c.speaker for c in holders if c.speaker)),
        sources=tuple(sorted({claim.article.source for claim in holders})),
        independent_sources=independent(holders),
        claims=claims,
        supported_by=_shown(side.supporters),
    )


def _shown(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The first and the last claims, in order of publication."""
    ordered = sorted(claims, key=order)
    if len(ordered) <= CLAIMS_SHOWN:
        return tuple(ordered)
    half = CLAIMS_SHOWN // 2
    return (*ordered[:half], *ordered[-half:])


def _status(
    side: Side, raised: Sequence[Difference], differences: Sequence[Difference]
) -> PositionStatus:
    """Corrected or stale where all its disputes say so, else current."""
    mine = {claim.id for claim in side.claims}
    if all(claim.replaced == "withdrawn" for claim in side.claims):
        return "withdrawn"
    if all(claim.modality == "denied" for claim in side.claims):
        return "denied"
    outcomes: set[str] = set()
    for difference in differences:
        earlier, later = sorted(
            (difference.one, difference.other), key=lambda c: (c.as_of, order(c))
        )
        outcome = difference.verdict.outcome
        if outcome == "correction" and _gives_way(earlier, later) in mine:
            return "corrected"
        if (outcome == "update" and earlier.id in mine) or (
            outcome == "stale_source" and later.id in mine
        ):
            outcomes.add("stale")
        elif {earlier.id, later.id} & mine and outcome not in ("update", "stale_source"):
            outcomes.add("current")
    return "stale" if outcomes == {"stale"} else "current"


def _gives_way(earlier: Claim, later: Claim) -> str:
    """The id of the claim that a correction takes back."""
    if earlier.article.uri == later.article.uri:
        return min((earlier, later), key=lambda c: c.article.version).id
    if earlier.context.revised_from is not None and earlier.context.revised_from == size(later):
        return later.id
    return earlier.id


def _withdrawn(discrepancy: Discrepancy) -> Discrepancy:
    return msgspec.structs.replace(discrepancy, status="resolved", reason="withdrawn")
