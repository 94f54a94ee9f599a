"""Whether two claims speak of one fact: the same quantity of the same event.

What must be equal decides first (slot, group, scope, modality, span counted). Then evidence of one
event is added up (transforms.cross_check.weights): day, place, kind of event, what the scene was,
names, words and other figures.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from schemas.messages import Claim
from transforms.claim import places as gazetteer
from transforms.claim.counted import EVERYBODY
from transforms.claim.scope import KIN
from transforms.claim.slots import slots
from transforms.cross_check.groups import comparable_groups
from transforms.cross_check.happening import one_happening
from transforms.cross_check.intervals import agree, size
from transforms.cross_check.views import MOVING, View, view
from transforms.cross_check.weights import (
    ADDING_UP,
    ELSEWHERE,
    IN_COUNTRY,
    IN_REGION,
    NO_PLACE,
    RARE_KIND,
    SAME_ACT,
    SAME_CITY,
    days_between,
    joined_names,
    of_answer,
    of_figures,
    of_group,
    of_kind,
    of_place,
    of_roundup,
    of_scene,
    of_size,
    of_text,
    of_time,
    of_words,
    shared_figures,
)
from transforms.languages.load import table

THRESHOLD = 0.75  # one fact: its claims stand together
# So surely one fact that a difference is a discrepancy; below, nothing is known. By the lower of
# the two figures: the more an event befell, the fewer others of its days are like it. Where a war
# is on many are killed on every day.
RAISED = ((10, THRESHOLD), (0, 1.5))
RAISED_OF_CASUALTIES = ((30, 1.0), (0, 1.5))
# More of casualties among children, women and those who fight: an article tells some of each
# incident.
RAISED_OF_SOME = 0.75
RAISED_OF_MONEY = 2.0  # an article tells many a sum
RAISED_OF_CROWDS = 1.75  # a city sees many crowds on one day; not where two speakers count them
DATE_THRESHOLD = 0.75
MOST_OF_KIND = max(RARE_KIND, SAME_ACT)
ADDED_UP = 3  # a region's over its village's
MOST_TIMES = 4  # two speakers' figures of one thing, the larger over the smaller
ONE_ARTICLE = 2.25  # two speakers' figures of one passage

# Groups of which one article counts one: not fighters, of whom there are two sides, as of soldiers
# only where two armies are at war.
INSIDE_GROUPS = EVERYBODY | {
    "children", "women", "students", "migrants", "refugees", "teachers", "journalists", "rescuers",
    "families", "houses", "shops", "soldiers",
}  # fmt: skip
CLOSE_BY = 400  # code points between two claims of one passage
FEW = 3  # other figures of one slot in an article that tells one incident
SOME_PEOPLE = frozenset({"children", "women", "fighters", "soldiers"})
DENIAL = {"asserted", "denied"}  # what one asserts another can deny
# Speakers that are known to be different ones (languages/<lang>/claims.toml).
KINDS_OF_SPEAKER = frozenset(table("en", "claims")["speakers"])
# What may name one speaker: a monitoring group said, and later: the Observatory.
VOICES = {"monitors": "observatory"}


# The names of the weights that same_fact adds up, in its order.
WEIGHED = (
    "time", "place", "kind", "scene", "words", "figures", "roundup", "group", "size", "text",
    "answer",
)  # fmt: skip


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """Why two claims are of one fact: the sum of the weights, and each with its name."""

    score: float
    reasons: tuple[tuple[str, float], ...]


def is_sure(one: Claim, other: Claim, score: float) -> bool:
    """Whether a difference of two counts of one fact of this score is a discrepancy. Symmetric."""
    slot, lower = slots()[one.slot], min(size(one), size(other))
    if slot.unit == "money":
        return score >= RAISED_OF_MONEY
    if slot.name == "crowd" and not other_speakers(one, other):
        return score >= RAISED_OF_CROWDS
    casualties = slot.family == "casualties"
    by_size = RAISED_OF_CASUALTIES if casualties else RAISED
    needed = next(enough for least, enough in by_size if lower >= least)
    some = casualties and not SOME_PEOPLE.isdisjoint((one.counted, other.counted))
    return score >= needed + RAISED_OF_SOME * some


def comparable(one: View, other: View) -> bool:
    """Whether slot, group, scope, modality and the span counted are the same. Symmetric.

    A denial is comparable with what it denies.
    A group among the people is comparable with all people too: it cannot be larger.
    """
    a, b = one.claim.modality, other.claim.modality
    return (
        one.counts == other.counts
        and (one.group == other.group or comparable_groups(one.group, other.group))
        and ((one.whole and other.whole) or one.claim.scope.of == other.claim.scope.of == KIN)
        and (a == b or {a, b} == DENIAL)
    )


def same_fact(one: View, other: View) -> Evidence | None:
    """The evidence that two comparable claims are of one fact; None where it is not enough."""
    a, b = one.claim, other.claim
    if a.article.uri == b.article.uri and a.article.version == b.article.version:
        return _inside_one_article(one, other)
    if a.context.background != b.context.background and not _of_one_day(one, other):
        return None
    if _is_of_a_village(one, other) or _is_of_a_village(other, one):
        return None
    time = of_time(one, other)
    place = None if time is None else of_place(one, other)
    if time is None or place is None:
        return None
    least = THRESHOLD if a.kind == "quantity" else DATE_THRESHOLD
    if time + place + MOST_OF_KIND < least and not _share_something(one, other):
        return None  # nothing else can speak for one event
    kind, scene, words = of_kind(one, other), of_scene(one, other), of_words(one, other)
    figures, roundup = of_figures(one, other), of_roundup(one, other)
    group, size = of_group(one, other), of_size(one, other, place)
    # Else it is a form filled in anew.
    text = of_text(one, other) if time >= 0 or place >= 0 else 0.0
    answer = of_answer(one, other)
    weights = (
        time, place, kind, scene, words, figures, roundup, group, size, text, answer
    )  # fmt: skip
    score = sum(weights)
    if score < least:
        return None
    if a.kind == "time" and not one_happening(one, other):
        return None
    named = zip(WEIGHED, weights, strict=True)
    return Evidence(score, tuple((name, weight) for name, weight in named if weight))


def _of_one_day(one: View, other: View) -> bool:
    """Whether two claims are of one day, each told in its own sentence: what is background in one
    article may be the news of another."""
    return one.told_on and other.told_on and one.claim.event_time == other.claim.event_time


def _is_of_a_village(one: View, other: View) -> bool:
    """Whether a claim counts what adds up over places and names a village that the other does not,
    which tells of a region many times as many: 280 of the 1,400 evacuated."""
    if one.size is None or other.size is None or other.size < ADDED_UP * one.size:
        return False
    if slots()[one.claim.slot].family not in ADDING_UP or not (one.places and other.places):
        return False
    towns = (*one.places, *other.places)
    if any(gazetteer.level(place) == "city" for place in towns):
        return False
    return bool(one.local - other.local - joined_names(other.names))


def _share_something(one: View, other: View) -> bool:
    """Whether words, figures or texts may speak for one event; else no weight of theirs does."""
    a, b = one.claim, other.claim
    return (
        not one.stems.isdisjoint(other.stems)
        or not one.concepts.isdisjoint(other.concepts)
        or bool(shared_figures(one, other))
        or not one.shingles.isdisjoint(other.shingles)
        or a.article.language != b.article.language  # names by their sound
        or a.article.uri == b.article.uri
        or of_answer(one, other) > 0
    )


def _inside_one_article(one: View, other: View) -> Evidence | None:
    """Two figures of one article are one fact when they agree or two speakers give them.

    An article tells incidents one after the other: the same day and kind, and a place that is the
    same or not told again.
    """
    a, b = one.claim, other.claim
    if a.kind == "time":
        return Evidence(THRESHOLD, (("one article", THRESHOLD),)) if agree(a, b) else None
    place = of_place(one, other)
    if place is None or days_between(one, other):
        return None
    rivals = max(a.context.rivals, b.context.rivals)
    if place <= ELSEWHERE and rivals > 1:
        return None  # a roundup of two towns; of two figures alone one place is the speaker's
    close = _close_by(a, b)
    if of_kind(one, other) < 0 and not close:
        return None
    groups = {one.group, other.group}
    if len(groups) == 1 and agree(a, b):
        return Evidence(THRESHOLD, (("one article", THRESHOLD),))
    if a.context.background or b.context.background or groups - INSIDE_GROUPS:
        return None
    if len(groups) > 1 and groups != EVERYBODY:
        return None
    if not other_speakers(a, b):
        return None
    if groups & EVERYBODY and "part" in (a.scope.kind, b.scope.kind):
        return None
    low, high = sorted((size(a), size(b)))
    if slots()[a.slot].course in MOVING and high > MOST_TIMES * max(low, 1):
        return None
    told_again = "paragraph" in (a.context.place_from, b.context.place_from)
    few = rivals <= FEW
    passage = told_again and close
    if not (few and passage) and place < (NO_PLACE if few or passage else SAME_CITY):
        return None
    return Evidence(ONE_ARTICLE, (("two speakers in one article", ONE_ARTICLE),))


def told_apart(one: Claim, other: Claim, again: Sequence[tuple[Claim, Claim]]) -> bool:
    """Whether of two claims one is of a place that holds the other's, and elsewhere their articles
    tell the same figures (`again`) of two places apart: a headline names the province, the text the
    town."""
    if of_place(view(one), view(other)) not in (IN_REGION, IN_COUNTRY):
        return False
    return any(of_place(view(a), view(b)) is None for a, b in again)


def voice(claim: Claim) -> str | None:
    """Who speaks, under one name for what may be one speaker."""
    return VOICES.get(claim.speaker or "", claim.speaker)


def other_speakers(one: Claim, other: Claim) -> bool:
    """Whether two claims are told by two speakers that are known to be different ones."""
    return voice(one) != voice(other) and {one.speaker, other.speaker} <= KINDS_OF_SPEAKER


def _close_by(one: Claim, other: Claim) -> bool:
    """Whether two claims stand next to each other in one text."""
    if one.quote.field != other.quote.field:
        return False
    return abs(one.quote.position.start - other.quote.position.start) <= CLOSE_BY
