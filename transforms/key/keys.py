"""The keys under which a claim is compared, and which of them speaks of what is found.

Finding needs generous keys: the slot's family, each country that the claim's places lie in (a claim
without a place: the most telling words of its story), and the block of days its event lies in. A
claim near the edge of a block is compared in the next one too.

Publishing needs one place. Of the countries that two claims share the first in the alphabet speaks
of the two; of the blocks the one in which the fact's earliest claim lies. Every key can tell both
alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from schemas.messages import Claim
from transforms.claim.concepts import skeleton
from transforms.claim.gazetteer import is_small, shared_by
from transforms.claim.local_names import LOCAL
from transforms.claim.slots import slots

HORIZON = 90  # days


class Block(NamedTuple):
    """How event days are cut: days in a block, and days around it that are compared in it too."""

    days: int
    around: int


# Figures of one fact are a day or three apart, dates told for one happening up to twenty.
BLOCKS = {"quantity": Block(32, 4), "time": Block(128, 24)}
LOCAL_NAMES = 2  # of a claim that key it
NAMED = "local:"  # before the sound of a name, in a key
SOUNDS = 4  # consonants from which on a name is told by its sound
CASES = "infected"  # those of an outbreak, which goes on for weeks
OUTBREAK_DAYS = 183  # that it goes on at most
LONGEST = 400  # days; what spans more is compared in the block it begins in


def keys_of(claim: Claim, horizon: float = HORIZON) -> tuple[str, ...]:
    """`family|country|block` of each country and block, sorted.

    None for a claim without a time, and for one whose event is more than `horizon` days away from
    its publication: what is known of an event is forgotten then.
    """
    if claim.slot == "date" or claim.event_time is None:
        return ()  # a date that cannot be right is judged inside its article only
    first, last = days_of_event(claim)
    published = claim.article.published.date()
    if max((published - last).days, (first - published).days) > horizon:
        return ()
    family = slots()[claim.slot].family
    return tuple(
        sorted(
            f"{family}|{country}|{block}"
            for country in countries(claim)
            for block in _blocks(claim, first, last)
        )
    )


def countries(claim: Claim) -> frozenset[str]:
    """The countries of a claim's places and around its lakes, a town that few texts name by its
    sound, the first name of a place that no table holds; without any, its story in their place.

    Where no place below a country is known, more of these names and all others, by their sound: so
    it meets the claims that do know the place.
    """
    found = frozenset((p.parents[-1].id if p.parents else p.id) for p in claim.places)
    found = found.union(*(shared_by(p.id) for p in claim.places if not p.parents))
    local = [name for name in claim.context.names if name.startswith(LOCAL)][:LOCAL_NAMES]
    if any(place.parents for place in claim.places):
        small = [place.name for place in claim.places[:1] if is_small(place.id)]
        return found | _by_sound(small) | _local(local[:1])
    named = _local(local) | _by_sound(claim.context.names)
    return found | named if found else named | {f"story:{' '.join(claim.context.story)}"}


def _local(names: Iterable[str]) -> frozenset[str]:
    """Names of places that no table holds as keys, by their sound where they have one."""
    return frozenset(f"{NAMED}{skeleton(name.removeprefix(LOCAL)) or name}" for name in names)


def _by_sound(names: Iterable[str]) -> frozenset[str]:
    """Names as keys, by the consonants that are heard of them; without short ones."""
    heard = (skeleton(name.lower()) for name in names)
    return frozenset(f"{NAMED}{sound}" for sound in heard if sound and len(sound) >= SOUNDS)


def owner(*claims: Claim) -> str | None:
    """The country that speaks of these claims together; None when they share none."""
    shared = countries(claims[0]).intersection(*map(countries, claims[1:]))
    return min(shared, default=None)


def speaks_of_pair(key: str, *claims: Claim) -> bool:
    """Whether `key` owns what is said of these claims, as far as countries go."""
    country = key.partition("|")[2].rpartition("|")[0]
    return owner(*claims) == country


def speaks_of_fact(key: str, earliest: Claim) -> bool:
    """Whether `key` owns the fact that begins with this claim, as far as days go."""
    return _home(earliest) == int(key.rpartition("|")[2])


def forgotten(key: str, horizon: float = HORIZON) -> date:
    """The day after which no claim comes under a key, but for those of very long events."""
    family, _, block = key.rpartition("|")
    size, around = BLOCKS["time" if family.startswith("dates|") else "quantity"]
    last = date.fromordinal((int(block) + 1) * size + around + 1)
    return last + timedelta(days=horizon)


def days_of_event(claim: Claim) -> tuple[date, date]:
    """First and last day of a claim's event, which must have a time; of an outbreak's cases the day
    of publication and the one before."""
    first, last = _days(claim.event_time or "")
    if _is_of_an_outbreak(claim, first, last):
        published = claim.article.published.date()
        return published - timedelta(days=1), published
    return first, last


@lru_cache(maxsize=20_000)
def _days(edtf: str) -> tuple[date, date]:
    first, _, last = edtf.partition("/")
    return date.fromisoformat(first), date.fromisoformat(last or first)


def _is_of_an_outbreak(claim: Claim, first: date, last: date) -> bool:
    """Whether a claim counts the cases of an outbreak that goes on: one tells the day on which it
    began, another that of the count."""
    if claim.slot != CASES or claim.context.background:
        return False
    ago = (claim.article.published.date() - last).days
    return ago <= OUTBREAK_DAYS and (last - first).days <= OUTBREAK_DAYS // 2


def _home(claim: Claim) -> int:
    return days_of_event(claim)[0].toordinal() // BLOCKS[claim.kind].days


def _blocks(claim: Claim, first: date, last: date) -> Iterator[int]:
    if (last - first).days > LONGEST:
        yield _home(claim)
        return
    size, around = BLOCKS[claim.kind]
    yield from range((first.toordinal() - around) // size, (last.toordinal() + around) // size + 1)
