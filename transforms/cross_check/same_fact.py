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

THRESHOLD = 5.0
DATE_THRESHOLD = 5.5
DATE_WINDOW = 20  # days between two dates told for one happening
UNDATED_WINDOW = 3  # days between an undated claim's publication and the event
NEAR_KM = 40.0

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
# Kinds that are the setting of an event and not the event.
SETTING = frozenset(
    {"prison", "deal", "exodus", "evacuation", "election", "siege", "protest", "ceasefire"}
)


class View(NamedTuple):
    """What comparing needs of a claim, made once."""

    claim: Claim
    earliest: date | None
    latest: date | None
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
    earliest, latest = _event_days(claim.event_time) if claim.event_time else (None, None)
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

    A group among the people is comparable with all people too: it cannot be larger.
    """
    groups = {one.counted, other.counted}
    return (
        one.slot == other.slot
        and (len(groups) == 1 or ("people" in groups and bool(groups & PARTS_OF_PEOPLE)))
        and all(c.scope.kind == "whole" or c.counted != "people" for c in (one, other))
        and one.modality == other.modality
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
    if a.article.uri == b.article.uri:
        reasons.append(("versions of one article", 4.0))
    elif same_text(a.article.fingerprint, b.article.fingerprint):
        reasons.append(("same text", 4.0))
    if a.speaker is not None and a.speaker == b.speaker:
        reasons.append(("speaker", 0.5))
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
    if a.event_time != b.event_time or one.places != other.places:
        return None
    if a.context.background or b.context.background:
        return None
    return Evidence(THRESHOLD, (("two speakers in one article", THRESHOLD),))


def _time(one: View, other: View) -> float | None:
    if one.claim.kind == "time":
        return _dates_near(one, other)
    if one.earliest is None or one.latest is None:
        return None
    if other.earliest is None or other.latest is None:
        return None
    gap = max((one.earliest - other.latest).days, (other.earliest - one.latest).days, 0)
    undated = "none" in (one.claim.context.time_from, other.claim.context.time_from)
    if undated:
        return 0.5 if gap <= UNDATED_WINDOW else None
    if gap > 1:
        return None
    long = max((v.latest - v.earliest).days for v in (one, other) if v.latest and v.earliest) > 2
    if gap == 1:
        return 0.0 if not long else -0.5
    return 0.5 if long else 2.0


def _dates_near(one: View, other: View) -> float | None:
    if one.earliest is None or other.latest is None or other.earliest is None or one.latest is None:
        return None
    gap = max((one.earliest - other.latest).days, (other.earliest - one.latest).days, 0)
    return 0.5 if gap <= DATE_WINDOW else None


def _place(one: View, other: View) -> float | None:
    if not one.places or not other.places:
        return 0.0
    if "country" in (one.claim.scope.of, other.claim.scope.of) and one.places != other.places:
        return None  # the whole country's figure against one of its places'
    return max((w for a in one.places for b in other.places if (w := _near(a, b)) is not None),
               default=None)  # fmt: skip


@lru_cache(maxsize=50_000)
def _near(one: str, other: str) -> float | None:
    """How much two places speak for one event; None where they exclude it."""
    weight = {"city": 3.0, "region": 2.0, "country": 1.0}
    if one == other:
        return weight.get(gazetteer.level(one), 0.5)
    if gazetteer.contains(one, other) or gazetteer.contains(other, one):
        outer = one if gazetteer.contains(one, other) else other
        return 1.5 if gazetteer.level(outer) == "region" else 0.75
    distance = gazetteer.distance_km(one, other)
    if distance is not None and distance <= NEAR_KM:
        return 1.5
    return None


def _kind(one: View, other: View) -> float | None:
    kinds_a, kinds_b = one.kinds - SETTING, other.kinds - SETTING
    settings = 0.5 if one.kinds & other.kinds & SETTING else 0.0
    if not kinds_a or not kinds_b:
        return settings
    if kinds_a & kinds_b:
        return 2.0
    if any(kinds_a & alike and kinds_b & alike for alike in ALIKE):
        return 0.5
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
    """Names and stems in common; only of texts in one script can any be."""
    names = one.names & other.names
    words = one.words & other.words
    return min(2.0, 0.5 * len(names)) + min(2.0, len(words) / 4)
