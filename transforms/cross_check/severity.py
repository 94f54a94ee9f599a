"""How much a discrepancy matters: distance, sources, slot."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import inf

from schemas.messages import Claim, Level, Severity, SeverityReason
from transforms.claim.slots import slots
from transforms.cross_check.independence import independent
from transforms.cross_check.intervals import size
from transforms.cross_check.positions import Side
from transforms.cross_check.verdicts import one_day_apart

FAR, CLOSE = 1.5, 1.15  # the larger figure over the smaller
SURE = 2.0  # evidence of one fact (transforms.cross_check.same_fact) that leaves little doubt
OLD_DAYS = 7  # between an event and the last article on it
FAR_DAYS = 3
LEVELS: tuple[Level, ...] = ("low", "medium", "high")
ORGANISERS = "organisers"
AUTHORITIES = frozenset({"police", "interior_ministry", "government", "governor"})


def severity(
    kind: str,
    slot: str,
    sides: Sequence[Side],
    pairs: Sequence[tuple[Claim, Claim]],
    evidence: float = inf,
) -> Severity:
    """The severity of a discrepancy, from its sides and the pairs of claims that differ.

    `evidence`: how surely they are of one fact, in log odds; not sure matters less.
    """
    if kind == "correction":
        return Severity("info", ("taken_back",))
    if kind == "denial":
        return Severity("low", ("denial_without_figure",))
    if kind in ("headline_body", "parts_total", "weekday_date", "impossible_date"):
        return Severity("low", ("inside_article",))
    if kind == "date_conflict" and all(one_day_apart(a, b) for a, b in pairs):
        return Severity("low", ("one_day_apart",))
    if pairs and all(_expected_parties(slot, a, b) for a, b in pairs):
        return Severity("info", ("expected_parties",))
    points = 0
    reasons: list[SeverityReason] = []
    if kind == "stale_source":
        points, reasons = -1, ["stale"]
    elif kind == "edition_conflict":
        reasons.append("same_publisher")
    apart = max((_distance(a, b) for a, b in pairs), default=0)
    if apart > 0:
        points, reasons = points + 1, [*reasons, "far_apart"]
    elif apart < 0:
        points, reasons = points - 1, [*reasons, "close"]
    if slots()[slot].grave:
        points, reasons = points + 1, [*reasons, "grave_slot"]
    fewest = min((independent(side.claims) for side in sides), default=0)
    if fewest >= 2:
        points, reasons = points + 1, [*reasons, "many_sources"]
    elif fewest <= 1:
        reasons.append("few_sources")
    if evidence < SURE:
        points, reasons = points - 1, [*reasons, "event_not_sure"]
    if pairs and all(_is_old(a) and _is_old(b) for a, b in pairs):
        points, reasons = points - 1, [*reasons, "old"]
    return Severity(LEVELS[max(0, min(points, 2))], tuple(reasons))


def _distance(one: Claim, other: Claim) -> int:
    """1 far apart, -1 close, 0 between."""
    a, b = size(one), size(other)
    if one.kind == "time":
        return 1 if abs(a - b) >= FAR_DAYS else 0
    low, high = min(a, b), max(a, b)
    if low <= 0 or high / low >= FAR:
        return 1
    return -1 if high / low <= CLOSE else 0


def _is_old(claim: Claim) -> bool:
    """Whether a count is told long after its event."""
    if claim.kind == "time" or claim.event_time is None:
        return False
    last = date.fromisoformat(claim.event_time.split("/")[-1])
    return (claim.article.published.date() - last).days > OLD_DAYS


def _expected_parties(slot: str, one: Claim, other: Claim) -> bool:
    """Organisers and police, or the prefect, never count a crowd alike."""
    speakers = {one.speaker, other.speaker}
    return slot == "crowd" and ORGANISERS in speakers and bool(speakers & AUTHORITIES)
