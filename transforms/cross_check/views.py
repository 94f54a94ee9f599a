"""What comparing needs of a claim, made once."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import msgspec

from schemas.messages import Claim
from transforms.claim.concepts import CONCEPT
from transforms.claim.local_names import LOCAL
from transforms.claim.slots import slots
from transforms.cross_check.groups import group
from transforms.cross_check.intervals import is_precise, size
from transforms.key.keys import CASES, OUTBREAK_DAYS, days_of_event

SPAN_DAYS = 7  # a longer time that is not over at publication runs on: this month, this year
PLANNED_DAYS = 3  # what is told of days so near may be planned
OF_ONE_INCIDENT = 2  # figures of one slot that an article on one incident tells at most
ROUNDUP = 3  # other figures of one slot in an article
MOVING = frozenset({"rises", "falls"})  # counts that no two parties estimate
# Days since which an outbreak has gone on at least; since a nearer day its new cases are counted.
SHORTEST_OUTBREAK = 7
SINCE = re.compile(r"since:(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?(?!\d)")
NO_DAY = date.min  # of claims without event time, which are not compared


class View(msgspec.Struct, frozen=True, gc=False):
    """What comparing needs of a claim, made once.

    `counts`: what must be equal of two claims. `whole`: no part of people, which is compared with
    nothing. Days are ordinals; `told_on`, `told_there`: by the claim's own sentence.
    """

    claim: Claim
    counts: Counts
    whole: bool
    earliest: int
    latest: int
    dated: bool
    told_on: bool
    places: tuple[str, ...]
    told_there: bool
    nationwide: bool
    kinds: frozenset[str]
    concepts: frozenset[str]
    stems: frozenset[str]
    names: frozenset[str]
    local: frozenset[str]  # names of places that no table holds
    group: str
    size: float | None  # None of what is not precise
    runs_on: bool
    moving: bool  # a count that no two parties estimate
    roundup: bool
    shingles: frozenset[int]
    figures: frozenset[str]
    as_other: frozenset[str]  # of dates: figures of slots as another tells them that fills none
    several: bool  # its article tells several incidents, by its figures


class Counts(NamedTuple):
    """The slot, the span that is counted (since when, a day), and in what."""

    slot: str
    period: str | None
    unit: str | bool | None


def view(claim: Claim) -> View:
    """Prepares a claim for comparing."""
    first, last = days_of_event(claim) if claim.event_time else (NO_DAY, NO_DAY)
    earliest, latest = first.toordinal(), last.toordinal()
    context, slot = claim.context, slots()[claim.slot]
    dated = context.time_from != "none" and claim.slot != CASES
    published = claim.article.published.toordinal()
    ahead = earliest - published
    if claim.kind == "quantity" and claim.modality == "asserted" and ahead > PLANNED_DAYS:
        # What has been counted has happened: the day was misread, of the week before.
        earliest, latest, dated = published - 1, published, False
    own = f"{claim.slot}="
    concepts = frozenset([word for word in context.words if word.startswith(CONCEPT)])
    local = frozenset([name for name in context.names if name.startswith(LOCAL)])
    return View(
        claim,
        Counts(claim.slot, None if _is_since_it_began(claim) else context.period, _unit(claim)),
        claim.scope.kind == "whole" or (claim.counted != "people" and claim.scope.of != "alone"),
        earliest,
        latest,
        dated,
        context.time_from == "sentence",
        tuple([place.id for place in claim.places]),
        context.place_from == "sentence",
        claim.scope.of == "country",
        frozenset(context.event_kinds),
        concepts,
        frozenset(context.words) - concepts,
        frozenset(context.names) - local,
        local,
        group(claim),
        size(claim) if is_precise(claim) else None,
        latest - earliest > SPAN_DAYS and latest >= published,
        slot.course in MOVING,
        context.rivals >= ROUNDUP,
        frozenset(claim.article.fingerprint),
        frozenset([figure for figure in context.figures if not figure.startswith(own)]),
        _as_other(context.figures) if claim.kind == "time" else frozenset(),
        _several(context.figures),
    )


@lru_cache(maxsize=20_000)
def _as_other(figures: tuple[str, ...]) -> frozenset[str]:
    """The figures of slots as other=stated: 97 votes, a figure of 97."""
    told = (figure.partition("=") for figure in figures)
    return frozenset([f"other={stated}" for slot, _, stated in told if slot != "other"])


@lru_cache(maxsize=20_000)
def _several(figures: tuple[str, ...]) -> bool:
    """Whether an article tells more figures of one slot than one incident has."""
    told = Counter(figure.partition("=")[0] for figure in figures)
    del told["other"]
    return max(told.values(), default=0) > OF_ONE_INCIDENT


def _is_since_it_began(claim: Claim) -> bool:
    """Whether cases are counted since an outbreak began: 340 since October. Since January is of the
    year."""
    since = SINCE.match(claim.context.period or "")
    if claim.slot != CASES or since is None:
        return False
    year, month, day = since.groups("01")
    began = date(int(year), int(month), int(day))
    of_the_year = began.month == began.day == 1
    days = (claim.article.published.date() - began).days
    return SHORTEST_OUTBREAK <= days <= OUTBREAK_DAYS and not of_the_year


def _unit(claim: Claim) -> str | bool | None:
    """In what a claim counts: a currency; else whether it tells how much more or less."""
    if claim.quantity is None:
        return None
    if slots()[claim.slot].unit == "money":
        return claim.quantity.unit
    return claim.quantity.change is not None
