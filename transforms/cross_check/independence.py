"""How many sources are independent: one text or one agency counts once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from schemas.messages import Claim
from transforms.claim.lineage import same_text


def lineages(claims: Iterable[Claim]) -> list[frozenset[str]]:
    """Groups of lineages that are one source: equal, or outlets that carry one text."""
    by_lineage: dict[str, set[tuple[int, ...]]] = {}
    for claim in claims:
        by_lineage.setdefault(claim.article.lineage, set()).add(claim.article.fingerprint)
    names = sorted(by_lineage)
    group = {name: name for name in names}

    def root(name: str) -> str:
        while group[name] != name:
            name = group[name]
        return name

    for index, one in enumerate(names):
        for other in names[index + 1 :]:
            if any(same_text(a, b) for a in by_lineage[one] for b in by_lineage[other]):
                group[root(other)] = root(one)
    merged: dict[str, set[str]] = {}
    for name in names:
        merged.setdefault(root(name), set()).add(name)
    return [frozenset(members) for members in merged.values()]


def independent(claims: Sequence[Claim]) -> int:
    """The number of independent sources among the claims."""
    return len(lineages(claims))


def same_lineage(one: Claim, other: Claim) -> bool:
    """Whether two claims come from one source."""
    return one.article.lineage == other.article.lineage or same_text(
        one.article.fingerprint, other.article.fingerprint
    )
