"""How many sources are independent: one text or one agency counts once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations

from schemas.messages import Claim
from transforms.claim.lineage import same_text
from transforms.cross_check.connected import connected


def lineages(claims: Iterable[Claim]) -> list[frozenset[str]]:
    """Groups of lineages that are one source: equal, or outlets that carry one text."""
    by_lineage: dict[str, set[tuple[int, ...]]] = {}
    for claim in claims:
        by_lineage.setdefault(claim.article.lineage, set()).add(claim.article.fingerprint)
    copies = [
        (one, other)
        for one, other in combinations(by_lineage, 2)
        if any(same_text(a, b) for a in by_lineage[one] for b in by_lineage[other])
    ]
    return [frozenset(group) for group in connected(by_lineage, copies)]


def independent(claims: Sequence[Claim]) -> int:
    """The number of independent sources among the claims."""
    return len(lineages(claims))


def same_lineage(one: Claim, other: Claim) -> bool:
    """Whether two claims come from one source."""
    return one.article.lineage == other.article.lineage or same_text(
        one.article.fingerprint, other.article.fingerprint
    )
