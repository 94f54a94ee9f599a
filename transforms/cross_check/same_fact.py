"""Whether two claims speak of one fact: the same quantity of the same event.

What must be equal decides first (slot, group, scope, modality, span counted). Then evidence of one
event is added up: place, day, kind of event, other figures that agree, names and words. Each piece
alone is weak; together they must reach THRESHOLD. All weights are symmetric in the two claims.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import NamedTuple

from schemas.messages import Claim
from transforms.claim import places as gazetteer
from transforms.claim.lineage import same_text
from transforms.claim.slots import slots
from transforms.cross_check.intervals import PARTS_OF_PEOPLE, agree
from transforms.languages.load import table

THRESHOLD = 4.0
DATE_THRESHOLD = 3.5
SAME_ACT_DAYS = 7  # between dates of acts of one kind in one place
ONE_TOLL, ONE_TOLL_DAYS = 3.0, 3
SPAN_DAYS = 7
LONG_DAYS = 2  # an event time that spans more is coarse
DATE_WINDOW = 20  # days between two dates told for one happening
UNDATED_WINDOW = 3  # days between an undated claim's publication and the event
NEAR_KM = 40.0
ROUNDUP = 3  # other figures of one slot in an article
DENIAL = {"asserted", "denied"}  # what one asserts another can deny
# Speakers that are known to be different ones (languages/<lang>/claims.toml).
KINDS_OF_SPEAKER = frozenset(table("en", "claims")["speakers"])
NO_DAY = "0001-01-01"  # of claims without event time, which are not compared

# Kinds of event that are told in each other's words.
ALIKE: tuple[frozenset[str], ...] = (
    frozenset({"airstrike", "shelling", "chemical"}),
    frozenset({"bombing", "airstrike"}),
    frozenset({"bombing", "shelling"}),
    frozenset({"shooting", "clash", "massacre"}),
    frozenset({"clash", "shelling", "airstrike"}),
    frozenset({"flood", "storm", "landslide"}),
    frozenset({"earthquake", "collapse", "landslide"}),
    frozenset({"bombing", "fire"}),
    frozenset({"clash", "massacre", "bombing"}),
)
# Slots of acts that are done once; attacks, votes and deaths of one place are many.
SINGULAR = frozenset({"signed", "arrived", "departed", "opened", "deadline"})
# Kinds that are the setting of an event and not the event.
SETTING = frozenset(
    {"prison", "deal", "exodus", "evacuation", "election", "siege", "protest", "ceasefire"}
)


class View(NamedTuple):
    """What comparing needs of a claim, made once."""

    claim: Claim
    earliest: date
    latest: date
    places: tuple[str, ...]
    kinds: frozenset[str]
    names: frozenset[str]
    words: frozenset[str]
    figures: frozenset[str]


class Evidence(NamedTuple):
    """Why two claims are of one fact: the sum of the weights, and each with its name."""

    score: float
    reasons: tuple[tuple[str, float], ...]


@lru_cache(maxsize=20_000)
def _event_days(edtf: str) -> tuple[date, date]:
    first, _, last = edtf.partition("/")
    return date.fromisoformat(first), date.fromisoformat(last or first)


def view(claim: Claim) -> View:
    """Prepares a claim for comparing."""
    earliest, latest = _event_days(claim.event_time or NO_DAY)
    own = f"{claim.slot}="
    return View(
        claim,
        earliest,
        latest,
        tuple(place.id for place in claim.places),
        frozenset(claim.context.event_kinds),
        frozenset(claim.context.names),
        frozenset(claim.context.words),
        frozenset(f for f in claim.context.figures if not f.startswith(own)),
    )


def comparable(one: Claim, other: Claim) -> bool:
    """Whether slot, group, scope, modality and the span counted are the same. Symmetric.

    A denial is comparable with what it denies.
    A group among the people is comparable with all people too: it cannot be larger.
    """
    groups = {one.counted, other.counted}
    return (
        one.slot == other.slot
        and (len(groups) == 1 or ("people" in groups and bool(groups & PARTS_OF_PEOPLE)))
        and all(c.scope.kind == "whole" or c.counted != "people" for c in (one, other))
        and (one.modality == other.modality or {one.modality, other.modality} == DENIAL)
        and one.context.period == other.context.period
        and _same_unit(one, other)
    )


def _same_unit(one: Claim, other: Claim) -> bool:
    if one.quantity is None or other.quantity is None:
        return one.quantity is other.quantity
    if slots()[one.slot].unit == "money":
        return one.quantity.unit == other.quantity.unit
    return (one.quantity.change is None) == (other.quantity.change is None)


def same_fact(one: View, other: View) -> Evidence | None:
    """The evidence that two comparable claims are of one fact; None where it is not enough."""
    a, b = one.claim, other.claim
    if a.article.uri == b.article.uri and a.article.version == b.article.version:
        return _inside_one_article(one, other)
    if a.context.background != b.context.background:
        return None
    reasons: list[tuple[str, float]] = []
    for weigh in (_time, _place, _kind):
        weight = weigh(one, other)
        if weight is None:
            return None
        reasons.append((weigh.__name__.strip("_"), weight))
    reasons.append(("figures", _figures(one, other)))
    reasons.append(("words", _words(one, other)))
    told = reasons[-1][1] + reasons[-2][1]
    if (_is_roundup(a) or _is_roundup(b)) and told <= 0:
        return None  # which of several incidents a figure is of must be told
    if a.kind == "time" and not _one_happening(one, other, told):
        return None
    if a.article.uri == b.article.uri:
        reasons.append(("versions of one article", 4.0))
    elif same_text(a.article.fingerprint, b.article.fingerprint):
        reasons.append(("same text", 4.0))
    if a.speaker is not None and a.speaker == b.speaker:
        reasons.append(("speaker", 0.5))
    if a.context.period is not None:
        reasons.append(("same span", 1.0))
    score = sum(weight for _, weight in reasons)
    needed = THRESHOLD if a.kind == "quantity" else DATE_THRESHOLD
    return Evidence(score, tuple(reasons)) if score >= needed else None


def _inside_one_article(one: View, other: View) -> Evidence | None:
    """Two figures of one article are one fact when they agree or two speakers give them."""
    a, b = one.claim, other.claim
    if agree(a, b):
        return Evidence(THRESHOLD, (("one article", THRESHOLD),))
    if a.kind == "time" or not a.speaker or not b.speaker or a.speaker == b.speaker:
        return None
    if a.speaker not in KINDS_OF_SPEAKER or b.speaker not in KINDS_OF_SPEAKER:
        return None
    if a.counted != b.counted or a.event_time != b.event_time or one.places != other.places:
        return None
    if a.context.background or b.context.background:
        return None
    return Evidence(THRESHOLD, (("two speakers in one article", THRESHOLD),))


def _is_roundup(claim: Claim) -> bool:
    """Whether the article tells several figures of this slot, as of several incidents."""
    return claim.context.rivals >= ROUNDUP


def _time(one: View, other: View) -> float | None:
    if one.claim.kind == "time":
        apart = _days_between(one, other)
        return None if apart > DATE_WINDOW else 1.5 if apart <= 1 else 0.5
    if _runs_on(one) or _runs_on(other):
        return 1.0 if one.claim.event_time == other.claim.event_time else None
    gap = _days_between(one, other)
    if "none" in (one.claim.context.time_from, other.claim.context.time_from):
        return 0.5 if gap <= UNDATED_WINDOW else None
    if gap > 1:
        return None
    if max(_length(one), _length(other)) > LONG_DAYS:
        return 0.5 if gap == 0 else -1.0
    return 2.0 if gap == 0 else -0.5


def _days_between(one: View, other: View) -> int:
    """Days from the end of one event time to the start of the other; 0 when they overlap."""
    return max((one.earliest - other.latest).days, (other.earliest - one.latest).days, 0)


def _one_happening(one: View, other: View, told: float) -> bool:
    """Whether two dates are of one happening: what is done once, by its words or its kind; what is
    done often by its toll."""
    if one.claim.slot in SINGULAR:
        near = _days_between(one, other) <= SAME_ACT_DAYS
        return told >= 0.5 or (near and bool(one.kinds & other.kinds))
    return _one_toll(one, other)


def _runs_on(one: View) -> bool:
    """Whether the time is a span not yet over at publication: this month, this year."""
    return _length(one) > SPAN_DAYS and one.latest >= one.claim.article.published.date()


def _one_toll(one: View, other: View) -> bool:
    """Whether two articles tell two dates, days apart, with the same figures."""
    return _figures(one, other) >= ONE_TOLL and _days_between(one, other) <= ONE_TOLL_DAYS


def _length(one: View) -> int:
    return (one.latest - one.earliest).days


def _place(one: View, other: View) -> float | None:
    if not one.places or not other.places:
        return 0.0
    if "country" in (one.claim.scope.of, other.claim.scope.of) and one.places != other.places:
        return None  # the whole country's figure against one of its places'
    weights = [w for a in one.places for b in other.places if (w := _near(a, b)) is not None]
    return max(weights, default=None)


@lru_cache(maxsize=50_000)
def _near(one: str, other: str) -> float | None:
    """How much two places speak for one event; None where they exclude it.

    A great city, a region, a country hold many events of a day.
    """
    if one == other:
        level = gazetteer.level(one)
        if level == "city":
            return 1.5 if gazetteer.is_great_city(one) else 2.5
        return {"region": 1.5, "country": 1.0}.get(level, 0.5)
    if gazetteer.contains(one, other) or gazetteer.contains(other, one):
        outer = one if gazetteer.contains(one, other) else other
        return 1.0 if gazetteer.level(outer) == "region" else 0.25
    distance = gazetteer.distance_km(one, other)
    return 1.0 if distance is not None and distance <= NEAR_KM else None


def _kind(one: View, other: View) -> float | None:
    if one.claim.kind == "time":
        return 1.5 if one.kinds & other.kinds else 0.0
    kinds_a, kinds_b = one.kinds - SETTING, other.kinds - SETTING
    settings = 0.5 if one.kinds & other.kinds & SETTING else 0.0
    if not kinds_a or not kinds_b:
        return settings
    if kinds_a & kinds_b:
        return 1.5
    if any(kinds_a & alike and kinds_b & alike for alike in ALIKE):
        return -0.5
    return None


def _figures(one: View, other: View) -> float:
    """Other figures of the articles that agree; small and round ones agree by chance."""
    return min(4.0, sum(map(_weight, one.figures & other.figures)))


@lru_cache(maxsize=20_000)
def _weight(figure: str) -> float:
    slot, _, stated = figure.partition("=")
    if slot != "other":
        return 2.0 if float(stated) > 3 else 1.0
    digits = len(stated.replace(".", "").rstrip("0"))
    return {1: 0.5, 2: 1.0}.get(digits, 1.5)


def _words(one: View, other: View) -> float:
    """Telling words and names in common. In one language, none at all speaks against one event."""
    shared = len(one.words & other.words) + 0.75 * len(one.names & other.names)
    if shared:
        return min(3.0, shared)
    same_language = one.claim.article.language == other.claim.article.language
    told = min(len(one.words), len(other.words)) >= 3 and min(len(one.names), len(other.names)) >= 1
    return -0.5 if same_language and told else 0.0
