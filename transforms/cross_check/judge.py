"""The cross-check: from all claims under one key to the discrepancies among them.

A pure function of the set of claims and the feed's time: order, repetition and copies of claims
change nothing (design, properties 1, 3 and 4).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timezone
from math import inf
from typing import NamedTuple, cast

import msgspec

from schemas.messages import (
    Claim,
    Discrepancy,
    Interval,
    Kind,
    Position,
    PositionStatus,
    ResolvedReason,
)
from transforms.claim.scope import ALONE, KIN
from transforms.cross_check.connected import connected
from transforms.cross_check.explain import explanation
from transforms.cross_check.facts import Facts, facts, joined, newest_state, order
from transforms.cross_check.groups import comparable_groups, group, is_of_all
from transforms.cross_check.identity import identity
from transforms.cross_check.independence import independent
from transforms.cross_check.inside import inside
from transforms.cross_check.intervals import agree, is_precise, meet, range_of, size
from transforms.cross_check.keeping import Kept
from transforms.cross_check.positions import Side, sides
from transforms.cross_check.same_fact import is_sure, told_apart
from transforms.cross_check.severity import severity
from transforms.cross_check.verdicts import Verdict, judge_pair, when_caught_up
from transforms.key.keys import NAMED, countries, owner, speaks_of_fact, speaks_of_pair

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
DENIED_WITH_FIGURE = Verdict("count_conflict", "denied_with_figure")


class Difference(NamedTuple):
    """Two claims that do not meet, the verdict on them, and how surely they are of one fact."""

    one: Claim
    other: Claim
    verdict: Verdict
    evidence: float = inf


class Across(NamedTuple):
    """The discrepancies across articles, and when (by the feed's time) the verdict on a claim can
    change without another claim, by its id."""

    found: list[Discrepancy]
    due: Mapping[str, datetime]


def judge(claims: Iterable[Claim], now: datetime = END_OF_TIME) -> list[Discrepancy]:
    """All discrepancies among claims, across articles and inside them, at the feed's time `now`.

    The end of a backfill counts as time passed: that is the default. What rested on a withdrawn
    article is told as resolved. Sorted by id.
    """
    newest = newest_state(claims).values()
    kept = Kept.of(newest)
    found = across(facts(kept.claims.values()), kept, now).found
    found += (d for d in inside(newest) if d.reason != "corrected")
    return sorted(found, key=lambda d: d.id)


def across(known: Facts, kept: Kept, now: datetime = END_OF_TIME, key: str | None = None) -> Across:
    """The discrepancies across articles among known claims, at the feed's time `now`.

    What another key owns (transforms.key.keys) is left to it; without `key` all is said. `known`
    holds all or nothing of what hangs together; `kept` what was told besides.
    """
    standing = _without_withdrawn(known)
    found, due = _all(standing, kept, now, key)
    if len(standing.claims) < len(known.claims):
        ids = {discrepancy.id for discrepancy in found}
        before, all_due = _all(known, kept, now, key)
        due = {**due, **all_due}
        found += (
            resolved(discrepancy, "withdrawn")
            for discrepancy in before
            if discrepancy.id not in ids and discrepancy.status == "open"
        )
    return Across(found, due)


def _without_withdrawn(known: Facts) -> Facts:
    claims = {n: claim for n, claim in known.claims.items() if claim.replaced != "withdrawn"}
    if len(claims) == len(known.claims):
        return known
    compared = {
        (one, other): pair
        for (one, other), pair in known.compared.items()
        if one in claims and other in claims
    }
    return joined(claims, compared, known.figures)


def _all(known: Facts, kept: Kept, now: datetime, key: str | None) -> Across:
    differences, due = _differences(known, now)
    raised = [
        difference
        for difference in differences
        if difference.verdict.outcome in KINDS
        and (key is None or speaks_of_pair(key, difference.one, difference.other))
    ]
    found = []
    for differing in map(_of_one_kind, _groups(raised, known)):
        earliest = min((kept.root(c) for d in differing for c in (d.one, d.other)), key=order)
        if key is None or speaks_of_fact(key, earliest):
            found.append(_of_group(differing, earliest, known, kept, now))
    return Across(found, due)


def _differences(known: Facts, now: datetime) -> tuple[list[Difference], dict[str, datetime]]:
    """The pairs of claims of one fact that do not agree, with the verdict on each, and when that
    can change by itself."""
    found: list[Difference] = []
    due: dict[str, datetime] = {}
    for (a, b), pair in known.pairs.items():
        one, other = known.claims[a], known.claims[b]
        if one.modality == other.modality and (pair.agree or one.modality != "asserted"):
            continue
        if not (_stands(one, other, known) and _stands(other, one, known)):
            continue
        if one.modality != other.modality:
            precise = is_precise(one) and is_precise(other)  # others found no position
            if (
                one.kind == "quantity"
                and precise
                and one.article.uri != other.article.uri
                and meet(one, other)
            ):
                found.append(_denied(one, other, known, pair.score))
            continue
        if not (is_precise(one) and is_precise(other)):
            continue  # vague and open figures found no position
        later, caught_up = when_caught_up(one, other)
        if caught_up > now:
            due[later.id] = caught_up
        if not pair.bound and (  # versions and corrections of a figure are of one fact
            _told_elsewhere(one, other, known)
            or _told_again_apart(one, other, known)
            or _is_less(one, known)
            or _is_less(other, known)
        ):
            continue
        verdict = _verdict(one, other, known, now)
        if verdict.outcome == "count_conflict" and not is_sure(one, other, pair.score):
            continue  # what cannot be decided is not raised
        found.append(Difference(one, other, verdict, pair.score))
    return found, due


def _denied(one: Claim, other: Claim, known: Facts, evidence: float) -> Difference:
    """A figure and its denial; against the denier's own figure, where the article tells one."""
    asserted, denied = (other, one) if one.modality == "denied" else (one, other)
    own = [
        beside
        for beside in known.beside(denied)
        if beside.modality == "asserted"
        and beside.scope.kind == "whole"
        and not beside.context.background
        and comparable_groups(group(beside), group(asserted))
        and not meet(beside, asserted)
    ]
    if len({beside.quantity.stated for beside in own if beside.quantity}) != 1:
        return Difference(one, other, DENIED)
    return Difference(asserted, own[0], DENIED_WITH_FIGURE, evidence)


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
        for other in known.alike.get(name, ())
        if other in disputed
        and group(claim) == group(disputed[other])
        and agree(claim, disputed[other])
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


def _of_one_kind(differing: Sequence[Difference]) -> list[Difference]:
    """The differences of the kind that names the discrepancy."""
    outcomes = {difference.verdict.outcome for difference in differing}
    kind = next(kind for kind in KINDS if kind in outcomes)
    return [difference for difference in differing if difference.verdict.outcome == kind]


def _of_group(
    raised: Sequence[Difference], earliest: Claim, known: Facts, kept: Kept, now: datetime
) -> Discrepancy:
    """One discrepancy: its kind, and all claims of the fact, in their positions."""
    claims = _members(raised, known)
    denials = {c.id: c for d in raised for c in (d.one, d.other) if c.modality == "denied"}
    differences = list(raised)
    for index, one in enumerate(claims):
        for other in claims[index + 1 :]:
            if other.id in known.alike.get(one.id, ()) and not agree(one, other):
                differences.append(Difference(one, other, _verdict(one, other, known, now)))
    positions = [*sides(claims), *sides(list(denials.values()))]
    return _discrepancy(claims, earliest, positions, raised, differences, kept)


def _members(raised: Sequence[Difference], known: Facts) -> list[Claim]:
    """The claims in dispute, and those that agree with one of them."""
    members = {c.id: c for d in raised for c in (d.one, d.other)}
    for mine in list(members.values()):
        for name in known.alike.get(mine.id, frozenset()) - members.keys():
            beside = known.claims[name]
            if group(beside) == group(mine) and agree(mine, beside) and not beside.replaced:
                members[name] = beside
    return sorted((c for c in members.values() if c.modality == "asserted"), key=order)


def _told_elsewhere(one: Claim, other: Claim, known: Facts) -> bool:
    """Whether either article holds, beside this figure, one that agrees with the other's.

    Then the two figures are of two facts that one of them tells both of (a part and the whole, two
    places, yesterday and today), and nothing is known to differ. A figure that it denies is not
    its own, and one of all people is none of a group: 22 killed, 14 of them children, and 22
    children.
    """
    return any(
        meet(beside, theirs)
        and not meet(beside, mine)
        and beside.modality == mine.modality
        and not is_of_all(beside, theirs)
        for mine, theirs in ((one, other), (other, one))
        for beside in known.beside(mine)
    )


def _is_less(claim: Claim, known: Facts) -> bool:
    """Whether a headline's figure is one that its text tells only of one place, of one tribe, of
    another nation: 12 die; 12 farmers of one tribe died."""
    if claim.quote.field != "headline":
        return False
    again = [
        c
        for c in known.beside(claim)
        if size(c) == size(claim) and c.quote.field != claim.quote.field
    ]
    return bool(again) and all(
        c.scope.of in (ALONE, KIN) or c.counted.startswith("nationals") for c in again
    )


def _told_again_apart(one: Claim, other: Claim, known: Facts) -> bool:
    """Whether the two articles tell their figures again, as of two places apart."""
    if one.kind != "quantity":
        return False
    mine, theirs = (
        [c for c in known.beside(claim) if size(c) == size(claim)] for claim in (one, other)
    )
    if not (mine or theirs):
        return False
    return told_apart(one, other, [(a, b) for a in (one, *mine) for b in (other, *theirs)])


# --- The message --------------------------------------------------------------------------------


def _discrepancy(
    claims: Sequence[Claim],
    earliest: Claim,
    positions: Sequence[Side],
    raised: Sequence[Difference],
    differences: Sequence[Difference],
    kept: Kept,
) -> Discrepancy:
    kind = cast(Kind, raised[0].verdict.outcome)
    pairs = [(d.one, d.other) for d in raised]
    in_dispute = {c.id for pair in pairs for c in pair}
    disputed = [s for s in positions if in_dispute & {c.id for c in s.claims}]
    shown = [_position(side, raised, differences, kept) for side in positions]
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
    """The owner, unless it is the only country of the earliest claim: facts of two keys may start
    with that claim."""
    own = min(owner(difference.one, difference.other) or "" for difference in raised)
    homes = {name for name in countries(earliest) if not name.startswith(NAMED)}
    return () if homes == {own} else (own,)


def _position(
    side: Side, raised: Sequence[Difference], differences: Sequence[Difference], kept: Kept
) -> Position:
    holders = side.claims
    outlets = {claim.article.source for claim in holders}.union(*map(kept.others, holders))
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
        sources=tuple(sorted(outlets)),
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


def resolved(discrepancy: Discrepancy, reason: ResolvedReason) -> Discrepancy:
    """The same discrepancy, resolved."""
    return msgspec.structs.replace(discrepancy, status="resolved", reason=reason)
