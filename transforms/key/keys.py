"""The keys under which a claim is compared, and the one of them that speaks of a pair.

Finding needs generous keys: the slot's family with each country that the claim's places lie in. A
claim without a place is keyed by the most telling words of its story. Publishing needs one place:
of the keys that two claims share the first in the alphabet owns what is said of the two, which
every key can tell alone.
"""

from __future__ import annotations

from schemas.messages import Claim
from transforms.claim.slots import slots


def keys_of(claim: Claim) -> tuple[str, ...]:
    """`family|country` of each country, or `family|story:words`; sorted, at least one."""
    family = slots()[claim.slot].family
    countries = {(p.parents[-1].id if p.parents else p.id) for p in claim.places}
    if countries:
        return tuple(sorted(f"{family}|{country}" for country in countries))
    return (f"{family}|story:{' '.join(claim.context.story)}",)


def owner(*claims: Claim) -> str | None:
    """The key that speaks of these claims together; None when they share none."""
    shared = set(keys_of(claims[0])).intersection(*map(keys_of, claims[1:]))
    return min(shared, default=None)
