"""The one key under which a claim is compared.

A fact lives under one key, so no two keys publish one id: the slot's family and the country of the
event. A claim without a place is keyed by the words of its story.
"""

from __future__ import annotations

from schemas.messages import Claim
from transforms.claim.slots import slots

STORY_WORDS = 3


def key_of(claim: Claim) -> str:
    """`family|country`, or `family|story:words` for a claim whose country nobody told."""
    family = slots()[claim.slot].family
    for place in claim.places:
        country = place.parents[-1].id if place.parents else place.id
        return f"{family}|{country}"
    words = sorted(claim.context.words, key=lambda word: (-len(word), word))[:STORY_WORDS]
    return f"{family}|story:{' '.join(sorted(words))}"
