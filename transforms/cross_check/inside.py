"""What an article says against itself: headline and body, parts and total, dates that cannot be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

import msgspec

from schemas.messages import Claim, Discrepancy, Interval, Kind, Position
from transforms.claim.counted import EVERYBODY
from transforms.cross_check.explain import explanation
from transforms.cross_check.facts import order
from transforms.cross_check.identity import identity
from transforms.cross_check.intervals import (
    is_precise,
    meet,
    range_of,
    size,
    told_from_publication,
)
from transforms.cross_check.positions import Side
from transforms.cross_check.severity import severity
from transforms.read.normal import normal

YEAR_IS_CLEAR = 45  # days between publication and a date that is told without its year


def inside(claims: Iterable[Claim]) -> list[Discrepancy]:
    """The discrepancies inside each version of an article; those of versions that were replaced or
    withdrawn are told as resolved."""
    articles: dict[tuple[str, int], list[Claim]] = {}
    for claim in claims:
        articles.setdefault((claim.article.uri, claim.article.version), []).append(claim)
    found: list[Discrepancy] = []
    for of_article in articles.values():
        for discrepancy in _of_article(of_article):
            reason = discrepancy.positions[0].claims[0].replaced
            if reason is None:
                found.append(discrepancy)
            else:
                found.append(msgspec.structs.replace(discrepancy, status="resolved", reason=reason))
    return found


def _of_article(claims: Sequence[Claim]) -> list[Discrepancy]:
    return [*_headline_body(claims), *_parts_total(claims), *_odd_dates(claims)]


def _headline_body(claims: Sequence[Claim]) -> list[Discrepancy]:
    """The headline's figure meets none of its slot in the body, which has one of the main event."""
    found: list[Discrepancy] = []
    for head in claims:
        if head.quote.field != "headline" or not _whole(head):
            continue
        of_slot = [
            c
            for c in claims
            if c.quote.field == "body_text" and _is_alike(head, c) and c.context.period is None
        ]
        main = [c for c in of_slot if _whole(c) and not c.context.background]
        if len({size(c) for c in main}) != 1 or any(meet(head, c) for c in of_slot):
            continue
        if any(not is_precise(c) for c in of_slot) or not is_precise(head):
            continue
        if head.context.background or _of_two_days(head, main[0]):
            continue  # each tells of its own event
        if _is_of_another_slot(head):
            continue  # two dead of a fever, read as two cases
        found.append(_between("headline_body", "headline_against_body", head, main[0]))
    return found


def _is_of_another_slot(head: Claim) -> bool:
    """Whether the article tells a headline's figure of another slot."""
    told = (figure.partition("=") for figure in head.context.figures)
    return any(slot not in (head.slot, "other") and float(n) == size(head) for slot, _, n in told)


def _is_alike(one: Claim, other: Claim) -> bool:
    """Whether two claims fill one slot with people; not with fighters, of whom many are told."""
    return one.slot == other.slot and {one.counted, other.counted} <= EVERYBODY


def _of_two_days(one: Claim, other: Claim) -> bool:
    """Whether two claims tell two days; what tells none is of the article's."""
    dated = all(claim.context.time_from != "none" for claim in (one, other))
    return dated and one.event_time != other.event_time


def _whole(claim: Claim) -> bool:
    return (
        claim.kind == "quantity"
        and claim.scope.kind == "whole"
        and claim.modality == "asserted"
        and claim.context.period is None
    )


def _parts_total(claims: Sequence[Claim]) -> list[Discrepancy]:
    """Parts that are told as exhaustive do not add up to their total."""
    found: list[Discrepancy] = []
    for total in claims:
        parts = total.context.parts
        if len(parts) < 2 or total.quantity is None or not is_precise(total):
            continue
        bounds = range_of(total.quantity)
        if bounds.low <= sum(parts) <= bounds.high:
            continue
        position = Position(
            status="current",
            as_of=total.as_of,
            value=Interval(sum(parts), sum(parts)),
            sources=(total.article.source,),
            independent_sources=1,
            claims=(total,),
        )
        found.append(
            _message("parts_total", "parts_against_total", total, (_alone(total), position))
        )
    return found


def _odd_dates(claims: Sequence[Claim]) -> list[Discrepancy]:
    """Dates the calendar does not have, and weekdays that are not the date's."""
    found: list[Discrepancy] = []
    for claim in claims:
        if claim.slot != "date" or claim.time is None or claim.kind != "time":
            continue
        position = _alone(claim)
        kind: Kind = "weekday_date" if _is_date(claim.time.timex3.value) else "impossible_date"
        if kind == "weekday_date" and not _is_decidable(claim):
            continue
        rule = "weekday_against_date" if kind == "weekday_date" else "date_not_in_calendar"
        found.append(_message(kind, rule, claim, (position,)))
    return found


def _is_decidable(claim: Claim) -> bool:
    """Whether a weekday is told beside one day, in a year that is written or can only be one.

    Not: overnight on Friday; yesterday, on Friday; Thursday, 10 November, in an
    article of the next June.
    """
    time = claim.time
    if time is None or time.earliest != time.latest or told_from_publication(claim):
        return False
    day = time.timex3.value[:10]
    apart = abs((claim.article.published.date() - date.fromisoformat(day)).days)
    return apart <= YEAR_IS_CLEAR or day[:4] in normal(claim.quote.quote.exact).text


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat(value[:10])
    except ValueError:
        return False
    return True


def _between(kind: Kind, rule: str, one: Claim, other: Claim) -> Discrepancy:
    return _message(kind, rule, min(one, other, key=order), (_alone(one), _alone(other)))


def _alone(claim: Claim) -> Position:
    interval = None
    if claim.quantity is not None:
        interval = claim.quantity.value
    return Position(
        status="current",
        as_of=claim.as_of,
        value=interval,
        time=claim.time,
        speakers=(claim.speaker,) if claim.speaker else (),
        sources=(claim.article.source,),
        independent_sources=1,
        claims=(claim,),
    )


def _message(
    kind: Kind, rule: str, earliest: Claim, positions: tuple[Position, ...]
) -> Discrepancy:
    level = severity(kind, earliest.slot, [Side(earliest, (earliest,), ())], [])
    return Discrepancy(
        id=identity(kind, earliest),
        status="open",
        kind=kind,
        rule=rule,
        severity=level,
        slot=earliest.slot,
        counted=earliest.counted,
        positions=positions,
        explanation=explanation(kind, rule, earliest, positions, level),
        first_seen=earliest.article.published,
        as_of=max(position.as_of for position in positions),
        places=earliest.places,
        event_time=earliest.event_time,
    )
