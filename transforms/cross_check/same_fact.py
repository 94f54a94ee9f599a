"""Whether two claims speak of one fact: the same quantity of the same event.

What must be equal decides first (slot, group, scope, modality, span counted). Then evidence of one
event is added up: day, place, kind of event, what the scene was, names, words and other figures.
The weights are log odds of a logistic regression over labelled pairs of claims (docs/rules.md says
which), rounded to quarters; each is symmetric in the two claims.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

import msgspec

from schemas.messages import Claim
from transforms.claim import places as gazetteer
from transforms.claim.concepts import CASELESS, CONCEPT, skeleton
from transforms.claim.counted import EVERYBODY
from transforms.claim.lineage import same_text
from transforms.claim.local_names import LOCAL, joined
from transforms.claim.place_keys import plain
from transforms.claim.place_keys import skeleton as place_skeleton
from transforms.claim.scope import KIN
from transforms.claim.slots import slots
from transforms.cross_check.groups import comparable_groups, group
from transforms.cross_check.intervals import agree, is_precise, size
from transforms.languages.load import table

THRESHOLD = 0.75  # one fact: its claims stand together
# So surely one fact that a difference is a discrepancy; below, nothing is known. By the lower of
# the two figures: the more an event befell, the fewer others of its days are like it. Where a war
# is on many are killed on every day.
RAISED = ((10, THRESHOLD), (0, 1.5))
RAISED_OF_CASUALTIES = ((30, 1.0), (0, 1.5))
# More of children, women and those who fight: an article tells some of each incident.
RAISED_OF_SOME = 0.75
RAISED_OF_MONEY = 2.0  # an article tells many a sum
RAISED_OF_CROWDS = 1.75  # a city sees many crowds on one day; not where two speakers count them
DATE_THRESHOLD = 0.75

# Days between two event times, both told to the day.
SAME_DAY, NEXT_DAY, DAYS_APART = 1.0, -1.0, -2.0
BOTH_DAYS_TOLD = -0.25  # two days, each told in the sentence of the figure
UNDATED = 0.75  # one of them is not told at all: that day and the day before are meant
COARSE = -0.75  # one of them spans more than LONG_DAYS
ONE_SPAN = 0.75  # both are the same span: last week
SAME_SPAN = 0.0
LONG_DAYS = 2
SPAN_DAYS = 7  # a longer time that is not over at publication runs on: this month, this year
NEAR_DAYS = 3  # what is farther apart is of two events
DATE_WINDOW = 20  # days between two dates told for one happening
PLANNED_DAYS = 3  # what is told of days so near may be planned
UNDATED_NEXT = 0.25  # the same, a day apart
UNDATED_APART = -0.25  # the same, two or three days apart
UNDATED_WINDOW = 3  # days between an undated claim's publication and the event
SAME_ACT_DAYS = 7  # between dates of acts of one kind in one place
ONE_TOLL_DAYS, SMALL_TOLL = 3, 10
MEETING_TOLD = 2.25  # the same of a meeting or a vote, where no town is told
INCIDENT_TOLD = 2.5  # the same of an attack or a disaster, days apart
ONE_INCIDENT_DAYS = 7  # between two days told for one of a place whose name both tell
ACT_TOLD = 1.25  # words, scene and figures that two articles share of an act of one day

SAME_CITY, GREAT_CITY, SAME_REGION, SAME_COUNTRY = 0.75, 0.5, 0.5, 0.25
IN_REGION, IN_COUNTRY, NEAR, NO_PLACE = 0.0, -0.25, -0.25, -0.25
ELSEWHERE = -1.5  # neither contains the other, and one of them is not the sentence's own
LOCAL_PLACE_HERE, LOCAL_PLACE_APART = 0.75, -0.25
NEAR_KM = 40.0

KINDS_ALIKE, KINDS_DIFFER = -1.0, -1.25
RARE_KIND = 0.5  # both tell of a kind that a place does not see daily: an earthquake
SAME_ACT = 0.75  # what is dated is of one kind: a deal
MOST_OF_KIND = max(RARE_KIND, SAME_ACT)
CONCEPT_SHARED, STEM_SHARED, NAME_SHARED, MOST_SHARED = 0.75, 0.5, 0.5, 3
# What more than a tenth of the articles on a war tell of.
COMMON_CONCEPTS = frozenset(
    ("@children", "@women", "@soldiers", "@hospital", "@rocket", "@coalition", "@islamic_state",
     "@al_qaeda", "@kurds")
)  # fmt: skip
COMMON_SHARED = 0.25
# Of these none is common as what was opened, agreed on or voted in.
OF_WAR = COMMON_CONCEPTS - {"@hospital"}
ACTS = frozenset({"opened", "signed", "held"})
SCENES_DIFFER = -0.25
# Other figures in common; more where both articles tell one incident.
FIGURE, MOST_FIGURES = 0.4, 2.0
FIGURE_OF_ONE, MOST_OF_ONE = 1.0, 3.0
TWO_DIGITS = 0.5  # how telling a figure below 100 of no slot is there
OF_ONE_INCIDENT = 2  # figures of one slot that an article on one incident tells at most
AGE_AND_MORE = 1.5  # figures of two articles on one person that agree
SLOTTED = 2.0  # how telling a figure of a slot is
ROUNDUP_WEIGHT = -0.75
GROUPS_DIFFER = -1.0
CIVILIANS_AND_PEOPLE = -0.5  # of those who die in an attack desks write either
# The larger figure over the smaller, of counts that no two parties estimate: an attack's and a
# war's. Of the labelled pairs of one fact none is three times the other. Half as much between
# articles that tell one figure of the slot.
TIMES_APART = ((10.0, -5.0), (6.0, -2.0), (3.0, -1.25))
ADDED_UP = 3  # a region's over its village's
ADDING_UP = frozenset({"movement", "damage"})  # families of slots
MOST_TIMES = 4  # two speakers' figures of one thing, the larger over the smaller
ANSWERED = 1.5  # one article denies or takes back the other's figure
ONE_ARTICLE = 2.25  # two speakers' figures of one passage
ONE_TEXT = 3.0  # versions of one article, or one text in two outlets

# Groups of which one article counts one: not fighters, of whom there are two sides.
INSIDE_GROUPS = EVERYBODY | {
    "children", "women", "students", "migrants", "refugees", "teachers", "journalists", "rescuers",
    "families", "houses", "shops",
}  # fmt: skip
CLOSE_BY = 400  # code points between two claims of one passage
FEW = 3  # other figures of one slot in an article that tells one incident
ROUNDUP = 3  # other figures of one slot in an article
SKELETON = 4  # consonants of a name that two scripts share; of two Latin spellings one less
MOVING = frozenset({"rises", "falls"})  # counts that no two parties estimate
# Counts that are taken again and again while the event goes on.
STANDING = frozenset({"displaced", "refugees", "infected", "deployed"})
SOME_PEOPLE = frozenset({"children", "women", "fighters", "soldiers"})
DENIAL = {"asserted", "denied"}  # what one asserts another can deny
# Speakers that are known to be different ones (languages/<lang>/claims.toml).
KINDS_OF_SPEAKER = frozenset(table("en", "claims")["speakers"])
# What may name one speaker: a monitoring group said, and later: the Observatory.
VOICES = {"monitors": "observatory"}
NO_DAY = "0001-01-01"  # of claims without event time, which are not compared

# Kinds of event that are told in each other's words.
ALIKE: tuple[frozenset[str], ...] = (
    frozenset({"airstrike", "shelling", "chemical"}),
    frozenset({"bombing", "airstrike"}),
    frozenset({"bombing", "shelling"}),
    frozenset({"shooting", "clash", "massacre"}),
    frozenset({"clash", "shelling", "airstrike"}),
    frozenset({"flood", "storm", "landslide"}),
    frozenset({"flood", "storm", "collapse"}),  # of houses, in the rain
    frozenset({"earthquake", "collapse", "landslide"}),
    frozenset({"bombing", "fire"}),
    frozenset({"chemical", "poisoning", "leak"}),
    frozenset({"clash", "massacre", "bombing"}),
    frozenset({"massacre", "stabbing", "shooting"}),
    frozenset({"mine_accident", "bombing", "fire"}),
    frozenset({"mine_accident", "collapse", "landslide"}),
)
# Slots of acts that are done once; attacks, votes and deaths of one place are many.
SINGULAR = frozenset({"signed", "arrived", "departed", "opened", "deadline", "died", "ceasefire"})
# Of things that have names: schools, bridges, ships.
NAMED_THINGS = frozenset({"opened", "arrived", "departed"})
DONE_ONCE = frozenset({"deal", "ceasefire"})
# Kinds of which one place rarely has two in a week; in a war strikes, shelling and bombs are daily.
RARE = frozenset(
    ("earthquake", "flood", "storm", "landslide", "avalanche", "fire", "train", "road", "air",
     "ship", "collapse", "mine_accident", "chemical", "stabbing")
)  # fmt: skip
# Kinds that are the setting of an event and not the event.
SETTING = frozenset(
    {"prison", "deal", "exodus", "evacuation", "election", "siege", "protest", "ceasefire"}
)


# The names of the weights that same_fact adds up, in its order.
WEIGHED = (
    "time", "place", "kind", "scene", "words", "figures", "roundup", "group", "size", "text",
    "answer",
)  # fmt: skip


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
    several: bool  # its article tells several incidents, by its figures


class Counts(NamedTuple):
    """The slot, the span that is counted (since when, a day), and in what."""

    slot: str
    period: str | None
    unit: str | bool | None


class Evidence(msgspec.Struct, frozen=True, gc=False):
    """Why two claims are of one fact: the sum of the weights, and each with its name."""

    score: float
    reasons: tuple[tuple[str, float], ...]


@lru_cache(maxsize=20_000)
def _event_days(edtf: str) -> tuple[int, int]:
    first, _, last = edtf.partition("/")
    return date.fromisoformat(first).toordinal(), date.fromisoformat(last or first).toordinal()


def view(claim: Claim) -> View:
    """Prepares a claim for comparing."""
    earliest, latest = _event_days(claim.event_time or NO_DAY)
    context, slot = claim.context, slots()[claim.slot]
    dated = context.time_from != "none"
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
        Counts(claim.slot, context.period, _unit(claim)),
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
        _several(context.figures),
    )


@lru_cache(maxsize=20_000)
def _several(figures: tuple[str, ...]) -> bool:
    """Whether an article tells more figures of one slot than one incident has."""
    told = Counter(figure.partition("=")[0] for figure in figures)
    del told["other"]
    return max(told.values(), default=0) > OF_ONE_INCIDENT


def is_sure(one: Claim, other: Claim, score: float) -> bool:
    """Whether a difference of two counts of one fact of this score is a discrepancy. Symmetric."""
    slot, lower = slots()[one.slot], min(size(one), size(other))
    if slot.unit == "money":
        return score >= RAISED_OF_MONEY
    if slot.name == "crowd" and not other_speakers(one, other):
        return score >= RAISED_OF_CROWDS
    by_size = RAISED_OF_CASUALTIES if slot.family == "casualties" else RAISED
    needed = next(enough for least, enough in by_size if lower >= least)
    some = not SOME_PEOPLE.isdisjoint((one.counted, other.counted))
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


def _unit(claim: Claim) -> str | bool | None:
    """In what a claim counts: a currency; else whether it tells how much more or less."""
    if claim.quantity is None:
        return None
    if slots()[claim.slot].unit == "money":
        return claim.quantity.unit
    return claim.quantity.change is not None


def same_fact(one: View, other: View) -> Evidence | None:
    """The evidence that two comparable claims are of one fact; None where it is not enough."""
    a, b = one.claim, other.claim
    if a.article.uri == b.article.uri and a.article.version == b.article.version:
        return _inside_one_article(one, other)
    if a.context.background != b.context.background and not _of_one_day(one, other):
        return None
    if _is_of_a_village(one, other) or _is_of_a_village(other, one):
        return None
    time = _time(one, other)
    place = None if time is None else _place(one, other)
    if time is None or place is None:
        return None
    least = THRESHOLD if a.kind == "quantity" else DATE_THRESHOLD
    if time + place + MOST_OF_KIND < least and not _share_something(one, other):
        return None  # nothing else can speak for one event
    kind, scene, words = _kind(one, other), _scene(one, other), _words(one, other)
    figures, roundup = _figures(one, other), _roundup(one, other)
    group, size = _group(one, other), _size(one, other, place)
    # Else it is a form filled in anew.
    text = _text(one, other) if time >= 0 or place >= 0 else 0.0
    answer = _answer(one, other)
    weights = (
        time, place, kind, scene, words, figures, roundup, group, size, text, answer
    )  # fmt: skip
    score = sum(weights)
    if score < least:
        return None
    if a.kind == "time" and not _one_happening(one, other):
        return None
    named = zip(WEIGHED, weights, strict=True)
    return Evidence(score, tuple((name, weight) for name, weight in named if weight))


def _share_something(one: View, other: View) -> bool:
    """Whether words, figures or texts may speak for one event; else no weight of theirs does."""
    a, b = one.claim, other.claim
    return (
        not one.stems.isdisjoint(other.stems)
        or not one.concepts.isdisjoint(other.concepts)
        or not one.figures.isdisjoint(other.figures)
        or not one.shingles.isdisjoint(other.shingles)
        or a.article.language != b.article.language  # names by their sound
        or a.article.uri == b.article.uri
        or _answer(one, other) > 0
    )


def _inside_one_article(one: View, other: View) -> Evidence | None:
    """Two figures of one article are one fact when they agree or two speakers give them.

    An article tells incidents one after the other: the same day and kind, and a place that is the
    same or not told again.
    """
    a, b = one.claim, other.claim
    if a.kind == "time":
        return Evidence(THRESHOLD, (("one article", THRESHOLD),)) if agree(a, b) else None
    place = _place(one, other)
    if place is None or _days_between(one, other):
        return None
    rivals = max(a.context.rivals, b.context.rivals)
    if place <= ELSEWHERE and rivals > 1:
        return None  # a roundup of two towns; of two figures alone one place is the speaker's
    close = _close_by(a, b)
    if _kind(one, other) < 0 and not close:
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


def _time(one: View, other: View) -> float | None:
    gap = _days_between(one, other)
    if one.claim.kind == "time":
        return None if gap > DATE_WINDOW else 0.0
    if one.runs_on or other.runs_on:
        if one.claim.event_time == other.claim.event_time:
            return SAME_SPAN
        told = (one.runs_on and one.told_on) or (other.runs_on and other.told_on)
        return None if told or gap else COARSE
    if not (one.dated and other.dated):
        if gap > UNDATED_WINDOW:
            return None
        if gap == 0 or one.kinds & other.kinds & RARE:
            return UNDATED
        return UNDATED_NEXT if gap == 1 else UNDATED_APART
    if gap > NEAR_DAYS:
        return None
    if one.latest - one.earliest > LONG_DAYS or other.latest - other.earliest > LONG_DAYS:
        if one.claim.event_time == other.claim.event_time:
            return ONE_SPAN
        return COARSE if gap == 0 else None
    if gap == 0:
        return SAME_DAY
    if _is_status(one) or _is_status(other):
        return UNDATED_NEXT if gap == 1 else UNDATED_APART
    apart = NEXT_DAY if gap == 1 else DAYS_APART
    return apart + BOTH_DAYS_TOLD if one.told_on and other.told_on else apart


def _of_one_day(one: View, other: View) -> bool:
    """Whether two claims are of one day, each told in its own sentence: what is background in one
    article may be the news of another."""
    days = (one.earliest, one.latest), (other.earliest, other.latest)
    return one.told_on and other.told_on and days[0] == days[1]


def _is_status(view: View) -> bool:
    """Whether the day of a figure is rather that on which it stands: those still missing, those in
    shelters, a toll that rose to it on Tuesday."""
    slot, running = slots()[view.claim.slot], view.claim.context.running and view.told_on
    return slot.course == "falls" or slot.name in STANDING or running


def _days_between(one: View, other: View) -> int:
    """Days from the end of one event time to the start of the other; 0 when they overlap."""
    if one.earliest > other.latest:
        return one.earliest - other.latest
    return max(other.earliest - one.latest, 0)


def _place(one: View, other: View) -> float | None:
    local = (one.local or other.local) and _name_one_place(one, other)
    if local and _names_another(one, other) and _names_another(other, one):
        return None  # two districts of one province that no table holds
    if not one.places or not other.places:
        return SAME_CITY if local or _names_its_town(one, other) else NO_PLACE
    if (one.nationwide or other.nationwide) and one.places != other.places:
        return None  # the whole country's figure against one of its places'
    nearest = _nearest(one.places, other.places)
    if local:
        return LOCAL_PLACE_HERE if nearest is not None else LOCAL_PLACE_APART
    if nearest is not None:
        return nearest
    if one.claim.kind == "time" and (_names_town(one, other) or _names_town(other, one)):
        return NEAR  # Gabon's peacekeepers, who left Bambari
    return None if one.told_there and other.told_there else ELSEWHERE


def told_apart(one: Claim, other: Claim, again: Sequence[tuple[Claim, Claim]]) -> bool:
    """Whether of two claims one is of a place that holds the other's, and elsewhere their articles
    tell the same figures (`again`) of two places apart: a headline names the province, the text the
    town."""
    if _place(view(one), view(other)) not in (IN_REGION, IN_COUNTRY):
        return False
    return any(_place(view(a), view(b)) is None for a, b in again)


def _name_one_place(one: View, other: View) -> bool:
    """Whether two claims name a place alike that is in no table, for one of them at least: in one
    language by its letters, in two by its sound."""
    named_a, named_b = one.local | _joined(one.names), other.local | _joined(other.names)
    if not (one.local.isdisjoint(named_b) and other.local.isdisjoint(named_a)):
        return True
    mine, theirs = one.claim.article.language, other.claim.article.language
    if mine == theirs:
        return False
    least = SKELETON if mine in CASELESS or theirs in CASELESS else SKELETON - 1
    return not (
        _heard(one.local, least).isdisjoint(_heard(named_b | _towns(other.places), least))
        and _heard(other.local, least).isdisjoint(_heard(named_a | _towns(one.places), least))
    )


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
    return bool(one.local - other.local - _joined(other.names))


def _names_another(one: View, other: View) -> bool:
    """Whether a claim names a place that the other does not: one that no table holds, or in its own
    sentence a town."""
    local = one.local - other.local - _joined(other.names)
    mine, theirs = one.claim.article.language, other.claim.article.language
    if local and (mine == theirs or not _sounds_known(local, other)):
        return True
    towns = [place for place in one.places if gazetteer.level(place) == "city"]
    return one.told_there and any(
        _nearest((town,), other.places) in (None, IN_REGION, IN_COUNTRY) for town in towns
    )


def _sounds_known(names: frozenset[str], other: View) -> bool:
    known = _heard(other.local | _joined(other.names) | _towns(other.places), SKELETON - 1)
    return not known.isdisjoint(_heard(names, SKELETON - 1))


def _names_its_town(one: View, other: View) -> bool:
    """Whether of two claims, one without a place, that one names a town of the other by its sound:
    the police of تشاندبور, where no country is told."""
    unplaced, placed = (other, one) if one.places else (one, other)
    towns = _heard(_towns(placed.places), SKELETON)
    return not towns.isdisjoint(_heard(unplaced.names, SKELETON))


def _names_town(one: View, other: View) -> bool:
    """Whether a claim that is told of a country names in its sentence a town of the other."""
    if any(gazetteer.level(place) == "city" for place in one.places):
        return False
    towns, named = _towns(other.places), one.local | _joined(one.names)
    return not named.isdisjoint({LOCAL + town for town in towns})


@lru_cache(maxsize=20_000)
def _joined(names: frozenset[str]) -> frozenset[str]:
    return frozenset([LOCAL + joined(name) for name in names])


@lru_cache(maxsize=20_000)
def _towns(places: tuple[str, ...]) -> frozenset[str]:
    """The names of the cities among places, as names in texts are kept."""
    cities = [place for place in places if gazetteer.level(place) == "city"]
    return frozenset([joined(gazetteer.place(city).name) for city in cities])


@lru_cache(maxsize=50_000)
def _nearest(one: tuple[str, ...], other: tuple[str, ...]) -> float | None:
    weights = [w for a in one for b in other if (w := _near(a, b)) is not None]
    return max(weights, default=None)


def _near(one: str, other: str) -> float | None:
    """How much two places speak for one event; None where neither contains the other.

    A great city, a region, a country hold many events of a day.
    """
    if one == other:
        level = gazetteer.level(one)
        if level == "city":
            return GREAT_CITY if gazetteer.is_great_city(one) else SAME_CITY
        return SAME_REGION if level == "region" else SAME_COUNTRY
    if gazetteer.contains(one, other) or gazetteer.contains(other, one):
        outer = one if gazetteer.contains(one, other) else other
        if _bare_name(one) == _bare_name(other) and not _is_great(one, other):
            return SAME_REGION  # a town and the district of its name
        return IN_REGION if gazetteer.level(outer) == "region" else IN_COUNTRY
    distance = gazetteer.distance_km(one, other)
    if distance is None or distance > NEAR_KM:
        return None
    return SAME_REGION if _bare_name(one) == _bare_name(other) else NEAR  # listed twice


@lru_cache(maxsize=20_000)
def _bare_name(id: str) -> str:
    """The name of a place as it sounds, without the word for its kind: Asyut is Assiut."""
    words = gazetteer.without_kind(gazetteer.place(id).name)
    bare = "".join(place_skeleton(plain(word)) for word in words)
    return bare.lstrip("aeiu")


def _is_great(*places: str) -> bool:
    return any(gazetteer.is_great_city(place) for place in places)


def _kind(one: View, other: View) -> float:
    if one.claim.kind == "time":
        return SAME_ACT if one.kinds & other.kinds else 0.0
    return _alike(one.kinds, other.kinds)


@lru_cache(maxsize=20_000)
def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    kinds_a, kinds_b = one - SETTING, other - SETTING
    if kinds_a & kinds_b:
        return RARE_KIND if kinds_a & kinds_b & RARE else 0.0
    if not kinds_a or not kinds_b:
        return 0.0
    alike = any(kinds_a & kinds and kinds_b & kinds for kinds in ALIKE)
    return KINDS_ALIKE if alike else KINDS_DIFFER


def _scene(one: View, other: View) -> float:
    """What the event befell: schools, miners, a car bomb; the same in any language."""
    shared = one.concepts & other.concepts
    if shared:
        common = len(shared & (OF_WAR if one.claim.slot in ACTS else COMMON_CONCEPTS))
        return min(
            CONCEPT_SHARED * (len(shared) - common) + COMMON_SHARED * common,
            CONCEPT_SHARED * MOST_SHARED,
        )
    return SCENES_DIFFER if one.concepts and other.concepts else 0.0


def _words(one: View, other: View) -> float:
    """Telling words in common, and names that sound alike in two languages."""
    stems = STEM_SHARED * min(len(one.stems & other.stems), MOST_SHARED)
    mine, theirs = one.claim.article.language, other.claim.article.language
    if mine == theirs:
        return stems
    least = SKELETON if mine in CASELESS or theirs in CASELESS else SKELETON - 1
    names = len(_heard(one.names, least) & _heard(other.names, least))
    return stems + NAME_SHARED * min(names, MOST_SHARED)


@lru_cache(maxsize=20_000)
def _heard(names: frozenset[str], least: int) -> frozenset[str]:
    return frozenset(heard for name in names if (heard := skeleton(name)) and len(heard) >= least)


def _figures(one: View, other: View) -> float:
    """Other figures of the articles that agree."""
    if one.figures.isdisjoint(other.figures):
        return 0.0
    if one.several or other.several:
        return FIGURE * min(MOST_FIGURES, _agreeing(one, other))
    return FIGURE_OF_ONE * min(MOST_OF_ONE, _agreeing(one, other, TWO_DIGITS))


def _agreeing(one: View, other: View, two_digits: float = 1.0) -> float:
    return sum(_weight(figure, two_digits) for figure in one.figures & other.figures)


@lru_cache(maxsize=20_000)
def _weight(figure: str, two_digits: float = 1.0) -> float:
    """How telling an equal figure is: small and round ones agree by chance."""
    slot, _, told = figure.partition("=")
    stated = float(told)
    if slot != "other":
        return SLOTTED if stated > 3 else SLOTTED / 2
    digits = len(f"{stated:.5e}".partition("e")[0].replace(".", "").rstrip("0"))
    weight = {1: 0.5, 2: 1.0}.get(digits, 1.5)
    return min(weight, two_digits) if stated < 100 else weight


def _roundup(one: View, other: View) -> float:
    """Which of several incidents a figure is of is hard to tell."""
    return ROUNDUP_WEIGHT if one.roundup or other.roundup else 0.0


def _group(one: View, other: View) -> float:
    if one.group == other.group:
        return 0.0 if one.claim.counted == other.claim.counted else CIVILIANS_AND_PEOPLE
    return CIVILIANS_AND_PEOPLE if {one.group, other.group} == EVERYBODY else GROUPS_DIFFER


def _size(one: View, other: View, place: float) -> float:
    """Figures far apart are rather of two facts than of one: a town's dead, the whole quake's."""
    if one.size is None or other.size is None or not one.moving:
        return 0.0
    low, high = (one.size, other.size) if one.size < other.size else (other.size, one.size)
    for times, against in TIMES_APART:
        if high >= times * max(low, 1):
            several = one.claim.context.rivals or other.claim.context.rivals
            whole = several or place in (IN_REGION, IN_COUNTRY)
            return against if whole else against / 2
    return 0.0


def _text(one: View, other: View) -> float:
    """Versions of one article, or one text in two outlets."""
    a, b = one.claim.article, other.claim.article
    if a.uri == b.uri:
        return ONE_TEXT
    if one.shingles.isdisjoint(other.shingles):
        return 0.0
    return ONE_TEXT if _same_text(a.fingerprint, b.fingerprint) else 0.0


def _answer(one: View, other: View) -> float:
    """One article denies or takes back the very figure that the other tells."""
    if one.size is None or other.size is None:
        return 0.0
    if one.claim.modality != other.claim.modality:
        return ANSWERED if one.size == other.size else 0.0
    revised = one.claim.context.revised_from, other.claim.context.revised_from
    return ANSWERED if revised[0] == other.size or revised[1] == one.size else 0.0


_same_text = lru_cache(maxsize=20_000)(same_text)


def _one_happening(one: View, other: View) -> bool:
    """Whether two dates are of one happening: what is done once, by its words or its kind; a vote,
    a summit by its figures; what is done often by its toll."""
    told = _words(one, other) + max(_scene(one, other), 0.0) + _figures(one, other)
    gap = _days_between(one, other)
    if one.claim.slot == "died" and not _one_person(one, other):
        return False
    two = one.claim.slot in NAMED_THINGS and _name_two(one, other)
    if two and told - _figures(one, other) < ACT_TOLD:
        return False
    if one.claim.slot in SINGULAR:
        if one.kinds & other.kinds & DONE_ONCE:
            return told >= STEM_SHARED or gap <= SAME_ACT_DAYS
        near = gap <= SAME_ACT_DAYS and (_place(one, other) or 0.0) >= SAME_REGION
        return told >= (CONCEPT_SHARED if near else ACT_TOLD)
    if one.claim.slot == "held" and gap <= SAME_ACT_DAYS:
        place, figures = _place(one, other) or 0.0, _figures(one, other)
        if place >= GREAT_CITY and figures >= FIGURE_OF_ONE:
            return True
        return place > ELSEWHERE and told >= MEETING_TOLD and told > figures > 0
    if gap > ONE_TOLL_DAYS:
        near = gap <= ONE_INCIDENT_DAYS and (_place(one, other) or 0.0) >= SAME_CITY
        scene = told - _figures(one, other) >= 2 * CONCEPT_SHARED
        return near and scene and _one_incident(one, other, told)
    of_town = _one_toll(one, other) and _place_is_told(one, other)
    return of_town or _one_incident(one, other, told)


def _name_two(one: View, other: View) -> bool:
    """Whether two sentences of one language name only different things: the Catholic school and
    the Islamic one, the *Ocean Pearl* and the *Golden Star*."""
    if one.claim.article.language != other.claim.article.language:
        return False
    names, others = one.names - _towns(other.places), other.names - _towns(one.places)
    cased = one.claim.article.language not in CASELESS
    return cased and bool(names and others) and names.isdisjoint(others)


def _one_incident(one: View, other: View, told: float) -> bool:
    """Whether two articles that tell one incident each tell the same one: a figure of a slot, and
    more that is told of it."""
    if one.several or other.several or (_place(one, other) or 0.0) <= ELSEWHERE:
        return False
    figures = one.figures & other.figures
    of_scene = told - _figures(one, other) >= 2 * CONCEPT_SHARED
    apart = _days_between(one, other) > 1  # not the night of Friday and early on Saturday
    of_town = of_scene and apart and (_place(one, other) or 0.0) >= SAME_CITY
    shared = any(_weight(f) == SLOTTED or (of_town and not f.startswith("other=")) for f in figures)
    tolls = [_killed(view.claim) for view in (one, other)]
    untold = of_town and not all(tolls)
    if shared and (len(tolls[0] | tolls[1]) > 1 or (tolls[0] != tolls[1] and not untold)):
        return False  # the five dead of another town, of the day before, agree
    return shared and told >= INCIDENT_TOLD and told > _figures(one, other)


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
    if len(shared) > 1 or not all(gazetteer.is_given_name(name, language) for name in shared):
        return True
    near = (_place(one, other) or 0.0) >= SAME_REGION
    if (near or one.concepts & other.concepts) and _agreeing(one, other) >= AGE_AND_MORE:
        return True
    return bool(_heard(one.names, SKELETON) & _heard(other.names, SKELETON))


def _one_toll(one: View, other: View) -> bool:
    """Whether two articles tell one toll: two figures of slots that agree, not both small. Those on
    the move are a war's, not an attack's."""
    told = (f.partition("=") for f in one.figures & other.figures if _weight(f) == SLOTTED)
    shared = [stated for slot, _, stated in told if slots()[slot].family != "movement"]
    return len(shared) >= 2 and any(float(stated) > SMALL_TOLL for stated in shared)


def _place_is_told(one: View, other: View) -> bool:
    """Whether two dates are told of one town, each in its own sentence or paragraph."""
    told = all(v.claim.context.place_from in ("sentence", "paragraph") for v in (one, other))
    return told and (_place(one, other) or 0.0) >= GREAT_CITY
