"""Whether two dates are told of one happening, and two deaths of one person."""

from __future__ import annotations

from typing import NamedTuple

from schemas.messages import Claim
from transforms.claim.concepts import CASELESS
from transforms.claim.place_words import is_given_name
from transforms.claim.slots import slots
from transforms.cross_check.views import View
from transforms.cross_check.weights import (
    CONCEPT_SHARED,
    ELSEWHERE,
    FIGURE_OF_ONE,
    GREAT_CITY,
    IN_REGION,
    PHASES,
    SAME_CITY,
    SAME_REGION,
    SKELETON,
    SLOTTED,
    STEM_SHARED,
    agreeing,
    days_between,
    heard,
    of_figures,
    of_place,
    of_scene,
    of_words,
    shared_figures,
    town_names,
    weight,
)

SAME_ACT_DAYS = 7  # between dates of acts of one kind in one place
ONE_TOLL_DAYS, SMALL_TOLL = 3, 10
MEETING_TOLD = 2.0  # the same of a meeting or a vote, where no town is told
INCIDENT_TOLD = 2.5  # the same of an attack or a disaster, days apart
ONE_INCIDENT_DAYS = 7  # between two days told for one of a place whose name both tell
SCENE_TOLD = 1.25  # words and scene of one attack, told of two days
ACT_TOLD = 1.25  # words, scene and figures that two articles share of an act of one day
WHOLE_SCENE = 3.0  # place, words and scene of an attack that no figure is told of
WAR_TIMES = 100  # as many dead in a war as in one of its attacks, at least
AGE = 1.0  # an age in common, beside which a short name is enough
AGE_AND_MORE = 1.5  # figures of two articles on one person that agree
# Slots of acts that are done once; attacks, votes and deaths of one place are many.
SINGULAR = frozenset({"signed", "arrived", "departed", "opened", "deadline", "died", "ceasefire"})
# Of things that have names: schools, bridges, ships.
NAMED_THINGS = frozenset({"opened", "arrived", "departed"})
DONE_ONCE = frozenset({"deal", "ceasefire"})


class _Shared(NamedTuple):
    """What two dates share: the weight of their places, of words and scene, of other figures."""

    place: float
    scene: float
    figures: float

    @property
    def told(self) -> float:
        return self.scene + self.figures


def one_happening(one: View, other: View) -> bool:
    """Whether two dates are of one happening: what is done once, by its words or its kind; a vote,
    a summit by its figures; what is done often by its toll."""
    shared = _Shared(
        of_place(one, other) or 0.0,
        of_words(one, other) + max(of_scene(one, other), 0.0),
        of_figures(one, other),
    )
    gap = days_between(one, other)
    if one.claim.slot == "died" and not _one_person(one, other, shared.place):
        return False
    if _two_phases(one, other):
        return False
    two = one.claim.slot in NAMED_THINGS and _name_two(one, other)
    if two and shared.scene < ACT_TOLD:
        return False
    if one.claim.slot in SINGULAR:
        if one.kinds & other.kinds & DONE_ONCE:
            return shared.told >= STEM_SHARED or gap <= SAME_ACT_DAYS
        near = gap <= SAME_ACT_DAYS and shared.place >= SAME_REGION
        return shared.told >= (CONCEPT_SHARED if near else ACT_TOLD)
    if one.claim.slot == "held" and gap <= SAME_ACT_DAYS:
        vote = one.kinds & other.kinds and shared.place >= IN_REGION
        if (vote or shared.place >= GREAT_CITY) and shared.figures >= FIGURE_OF_ONE:
            return True
        more = shared.told > shared.figures > 0
        return shared.place > ELSEWHERE and shared.told >= MEETING_TOLD and more
    if gap <= ONE_INCIDENT_DAYS and _one_scene(one, other, shared):
        return True
    if gap > ONE_TOLL_DAYS:
        near = gap <= ONE_INCIDENT_DAYS and shared.place >= SAME_CITY
        return near and shared.scene >= SCENE_TOLD and _one_incident(one, other, shared)
    of_town = _one_toll(one, other) and _place_is_told(one, other, shared.place)
    return of_town or _one_incident(one, other, shared)


def _two_phases(one: View, other: View) -> bool:
    """Whether two dates are told of other ones of several: the first convoy left, then the last."""
    phases = one.concepts & PHASES, other.concepts & PHASES
    return all(phases) and phases[0].isdisjoint(phases[1])


def _name_two(one: View, other: View) -> bool:
    """Whether two sentences of one language name only different things: the Catholic school and
    the Islamic one, the *Ocean Pearl* and the *Golden Star*."""
    if one.claim.article.language != other.claim.article.language:
        return False
    names, others = one.names - town_names(other.places), other.names - town_names(one.places)
    cased = one.claim.article.language not in CASELESS
    return cased and bool(names and others) and names.isdisjoint(others)


def _one_incident(one: View, other: View, shared: _Shared) -> bool:
    """Whether two articles that tell one incident each tell the same one: a figure of a slot, and
    more that is told of it."""
    if one.several or other.several or shared.place <= ELSEWHERE:
        return False
    figures = shared_figures(one, other)
    apart = days_between(one, other) > 1  # not the night of Friday and early on Saturday
    of_town = shared.scene >= SCENE_TOLD and apart and shared.place >= SAME_CITY
    alike = any(weight(f) == SLOTTED or (of_town and not f.startswith("other=")) for f in figures)
    tolls = _of_one_order(_killed(one.claim), _killed(other.claim))
    untold = of_town and not all(tolls)
    if alike and (len(tolls[0] | tolls[1]) > 1 or (tolls[0] != tolls[1] and not untold)):
        return False  # the five dead of another town, of the day before, agree
    return alike and shared.told >= INCIDENT_TOLD and shared.told > shared.figures


def _one_scene(one: View, other: View, shared: _Shared) -> bool:
    """Whether two articles tell of one attack by who and where it befell: the village and the
    catechist of its chapel, and no other number of dead."""
    if one.several or other.several or shared.place < SAME_REGION:
        return False
    if shared.place + shared.scene < WHOLE_SCENE:
        return False
    return len(set().union(*_of_one_order(_killed(one.claim), _killed(other.claim)))) <= 1


def _of_one_order(*tolls: set[float]) -> list[set[float]]:
    """Numbers of dead without a war's, which is of another order than any attack's."""
    least = min((min(toll) for toll in tolls if toll), default=0.0)
    return [{dead for dead in toll if dead < WAR_TIMES * max(least, 1)} for toll in tolls]


def most_killed(claim: Claim) -> float | None:
    """The highest number of dead that a claim's article tells."""
    return max(_killed(claim), default=None)


def _killed(claim: Claim) -> set[float]:
    """The numbers of dead that a claim's article tells."""
    told = [figure.partition("=") for figure in claim.context.figures]
    return {float(stated) for slot, _, stated in told if slot == "killed"}


def _one_person(one: View, other: View, place: float) -> bool:
    """Whether two sentences name somebody in common, in their spelling or by sound, not only by a
    given name; or tell the same age and other figures of a poet, a singer, or of somebody of one
    town."""
    shared = one.names & other.names
    language = one.claim.article.language
    if len(shared) > 1 or not all(is_given_name(name, language) for name in shared):
        return True
    near = place >= SAME_REGION
    figures = agreeing(one, other) if near or one.concepts & other.concepts else 0.0
    if figures >= AGE_AND_MORE:
        return True
    least = SKELETON - 1 if figures >= AGE else SKELETON
    return bool(heard(one.names, least) & heard(other.names, least))


def _one_toll(one: View, other: View) -> bool:
    """Whether two articles tell one toll: two figures of slots that agree, not both small. Those on
    the move are a war's, not an attack's."""
    told = (f.partition("=") for f in one.figures & other.figures if weight(f) == SLOTTED)
    shared = [stated for slot, _, stated in told if slots()[slot].family != "movement"]
    return len(shared) >= 2 and any(float(stated) > SMALL_TOLL for stated in shared)


def _place_is_told(one: View, other: View, place: float) -> bool:
    """Whether two dates are told of one town, each in its own sentence or paragraph."""
    told = all(v.claim.context.place_from in ("sentence", "paragraph") for v in (one, other))
    return told and place >= GREAT_CITY
