"""How often each source stood with the most others where sources disagreed: an aid, no verdict.

Of a dispute the side that most independent sources hold, two at least and more than any other, is
the settled one. A source's share is the mean of the posterior Beta(1 + near, 1 + far), its interval
the middle 95 % of that; so a source of which little is known has half, and a wide interval.
Order of the disputes changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import exp, lgamma, log, log1p
from typing import NamedTuple

import msgspec

from schemas.messages import Discrepancy

Sides = Sequence[frozenset[str]]  # of a dispute: the sources of each side

SETTLED_BY = 2  # sources
WRONG_FIGURES = 10
STEPS = 50  # halvings, when a bound is looked for


class Reliability(NamedTuple):
    """`near` of `disputes` in which the source told the settled figure; the share expected of it,
    with its 95 % interval."""

    near: int
    disputes: int
    share: float
    low: float
    high: float


def sides_of(found: Discrepancy) -> Sides:
    """The sources on each side: agencies where they are credited, else outlets. Not those that
    gave several figures."""
    held = [{claim.article.lineage for claim in p.claims} for p in found.positions]
    count = Counter(source for sources in held for source in sources)
    return [frozenset(s for s in sources if count[s] == 1) for sources in held]


def settled(sides: Sides) -> frozenset[str] | None:
    """The side that most sources hold; None where none has more than the others, or two."""
    first, *others = sorted(sides, key=len, reverse=True)
    if len(first) < SETTLED_BY or (others and len(others[0]) == len(first)):
        return None
    return first


def reliabilities(disputes: Iterable[Sides]) -> dict[str, Reliability]:
    """The reliability of every source of the disputes that are settled, by name."""
    near: Counter[str] = Counter()
    told: Counter[str] = Counter()
    for sides in disputes:
        held = settled(sides)
        if held is not None:
            near.update(held)
            told.update(source for side in sides for source in side)
    return {source: reliability(near[source], told[source]) for source in sorted(told)}


def reliability(near: int, disputes: int) -> Reliability:
    """Of a source that was near in so many of its disputes."""
    a, b = 1 + near, 1 + disputes - near
    return Reliability(near, disputes, a / (a + b), _quantile(0.025, a, b), _quantile(0.975, a, b))


def in_order(found: Discrepancy, known: Mapping[str, Reliability]) -> Discrepancy:
    """The discrepancy with its positions in the order of their support: by independent sources,
    then by what these weigh; those alike stay as they are."""
    positions = sorted(
        found.positions,
        key=lambda p: (
            -p.independent_sources,
            -weight({c.article.lineage for c in p.claims}, known),
        ),
    )
    return msgspec.structs.replace(found, positions=tuple(positions))


def weight(sources: Iterable[str], known: Mapping[str, Reliability]) -> float:
    """The log odds that sources who agree are right, of WRONG_FIGURES that could be told (ACCU:
    Dong, Berti-Equille and Srivastava, VLDB 2009)."""
    shares = [known[source].share if source in known else 0.5 for source in sorted(sources)]
    return sum(log(WRONG_FIGURES * share / (1 - share)) for share in shares)


def _quantile(wanted: float, a: int, b: int) -> float:
    """The quantile of Beta(a, b), by halving."""
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        middle = (low + high) / 2
        if _cumulated(middle, a, b) < wanted:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _cumulated(x: float, a: int, b: int) -> float:
    """The regularised incomplete beta function for whole a and b: the chance of a or more
    successes in a + b - 1 trials (DLMF 8.17.5)."""
    n = a + b - 1
    return sum(
        exp(lgamma(n + 1) - lgamma(j + 1) - lgamma(n - j + 1) + j * log(x) + (n - j) * log1p(-x))
        for j in range(a, n + 1)
    )
