"""Whether two dates are told of one happening, and two deaths of one person."""

from __future__ import annotations

from schemas.messages import Claim
from transforms.claim.place_words import is_given_name
from transforms.claim.slots import slots
from transforms.cross_check.views import View
from transforms.cross_check.weights import (
    CONCEPT_SHARED,
    ELSEWHERE,
    FIGURE_OF_ONE,
    GREAT_CITY,
    SAME_CITY,
    SAME_REGION,
    SKELETON,
    SLOTTED,
    STEM_SHARED,
    agreeing,
    days_between,
    heard,
    name_two,
    of_figures,
    of_place,
    of_scene,
    of_words,
    weight,
)

SAME_ACT_DAYS = 7  # between dates of acts of one kind in one place
ONE_TOLL_DAYS, SMALL_TOLL = 3, 10
MEETING_TOLD = 2.25  # the same of a meeting or a vote, where no town is told
INCIDENT_TOLD = 2.5  # the same of an attack or a disaster, days apart
ONE_INCIDENT_DAYS = 7  # between two days told for one of a place whose name both tell
ACT_TOLD = 1.25  # words, scene and figures that two articles share of an act of one day
AGE_AND_MORE = 1.5  # figures of two articles on one person that agree
# Slots of acts that are done once; attacks, votes and deaths of one place are many.
SINGULAR = frozenset({"signed", "arrived", "departed", "opened", "deadline", "died", "ceasefire"})
# Of things that have names: schools, bridges, ships.
NAMED_THINGS = frozenset({"opened", "arrived", "departed"})
DONE_ONCE = frozenset({"deal", "ceasefire"})


def one_happening(one: View, other: View) -> bool:
    """Whether two dates are of one happening: what is done once, by its words or its kind; a vote,
    a summit by its figures; what is done often by its toll."""
    told = of_words(one, other) + max(of_scene(one, other), 0.0) + of_figures(one, other)
    gap = days_between(one, other)
    if one.claim.slot == "died" and not _one_person(one, other):
        return False
    two = one.claim.slot in NAMED_THINGS and name_two(one, other)
    if two and told - of_figures(one, other) < ACT_TOLD:
        return False
    if one.claim.slot in SINGULAR:
        if one.kinds & other.kinds & DONE_ONCE:
            return told >= STEM_SHARED or gap <= SAME_ACT_DAYS
        near = gap <= SAME_ACT_DAYS and (of_place(one, other) or 0.0) >= SAME_REGION
        return told >= (CONCEPT_SHARED if near else ACT_TOLD)
    if one.claim.slot == "held" and gap <= SAME_ACT_DAYS:
        place, figures = of_place(one, other) or 0.0, of_figures(one, other)
        if place >= GREAT_CITY and figures >= FIGURE_OF_ONE:
            return True
        return place > ELSEWHERE and told >= MEETING_TOLD and told > figures > 0
    if gap > ONE_TOLL_DAYS:
        near = gap <= ONE_INCIDENT_DAYS and (of_place(one, other) or 0.0) >= SAME_CITY
        scene = told - of_figures(one, other) >= 2 * CONCEPT_SHARED
        return near and scene and _one_incident(one, other, told)
    of_town = _one_toll(one, other) and _place_is_told(one, other)
    return of_town or _one_incident(one, other, told)


def _one_incident(one: View, other: View, told: float) -> bool:
    """Whether two articles that tell one incident each tell the same one: a figure of a slot, and
    more that is told of it."""
    if one.several or other.several or (of_place(one, other) or 0.0) <= ELSEWHERE:
        return False
    figures = one.figures & other.figures
    of_scene = told - of_figures(one, other) >= 2 * CONCEPT_SHARED
    apart = days_between(one, other) > 1  # not the night of Friday and early on Saturday
    of_town = of_scene and apart and (of_place(one, other) or 0.0) >= SAME_CITY
    shared = any(weight(f) == SLOTTED or (of_town and not f.startswith("other=")) for f in figures)
    tolls = [_killed(view.claim) for view in (one, other)]
    untold = of_town and not all(tolls)
    if shared and (len(tolls[0] | tolls[1]) > 1 or (tolls[0] != tolls[1] and not untold)):
        return False  # the five dead of another town, of the day before, agree
    return shared and told >= INCIDENT_TOLD and told > of_figures(one, other)


def most_killed(claim: Claim) -> float | None:
    """The highest number of dead that a claim's article tells."""
    return max(_killed(claim), default=None)


def _killed(claim: Claim) -> set[float]:
    """The numbers of dead that a claim's article tells."""
    told = [figure.partition("=") for figure in claim.context.figures]
    return {float(stated) for slot, _, stated in told if slot == "killed"}


def _one_person(one: View, other: View) -> bool:
    """Whether two sentences name somebody in common, in their spelling or by sound, not only by a
    given name; or tell the same age and other figures of a poet, a singer, or of somebody of one
    town."""
    shared = one.names & other.names
    language = one.claim.article.language
    if len(shared) > 1 or not all(is_given_name(name, language) for name in shared):
        return True
    near = (of_place(one, other) or 0.0) >= SAME_REGION
    if (near or one.concepts & other.concepts) and agreeing(one, other) >= AGE_AND_MORE:
        return True
    return bool(heard(one.names, SKELETON) & heard(other.names, SKELETON))


def _one_toll(one: View, other: View) -> bool:
    """Whether two articles tell one toll: two figures of slots that agree, not both small. Those on
    the move are a war's, not an attack's."""
    told = (f.partition("=") for f in one.figures & other.figures if weight(f) == SLOTTED)
    shared = [stated for slot, _, stated in told if slots()[slot].family != "movement"]
    return len(shared) >= 2 and any(float(stated) > SMALL_TOLL for stated in shared)


def _place_is_told(one: View, other: View) -> bool:
    """Whether two dates are told of one town, each in its own sentence or paragraph."""
    told = all(v.claim.context.place_from in ("sentence", "paragraph") for v in (one, other))
    return told and (of_place(one, other) or 0.0) >= GREAT_CITY
