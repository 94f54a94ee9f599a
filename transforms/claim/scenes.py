"""The places of a sentence: the scene of what it tells, not whose forces or whose ministry."""

from __future__ import annotations

from functools import cache

from transforms.claim import places as gazetteer
from transforms.claim.asides import (
    is_aside,
    is_bound_for,
    is_come_from,
    is_dateline,
    is_left_from,
    is_measured,
    names_a_house,
)
from transforms.claim.lexicon import Mark
from transforms.claim.local_names import kinds, local_names
from transforms.claim.places import PlaceMention
from transforms.claim.setting import Where
from transforms.claim.told import Placed, Told
from transforms.languages.load import table
from transforms.read.normal import fold

NOT_LOCATED = 30  # tokens by which an actor (Washington said) is farther than a scene
MOST_PLACES = 3
# What tells the other end of a journey than where it is told to leave or arrive.
JOURNEYS = {"departed": is_bound_for, "arrived": is_come_from}


def own_places(sentence: Told, focus: int | None = None) -> tuple[str, ...]:
    """The finest places of a sentence, without those that contain another; nearest first.

    Near is counted in tokens from `focus`, twice for what stands before it; a place is as near as
    the nearest that contains it ("in Bunagana, Uganda"). Without focus, in text order.
    """
    return _finest(sentence, focus, [one for one in sentence.places if one[0].kind == "place"])


def of_journey(sentence: Told, word: Mark, where: Where, story: Where) -> Where:
    """Where what leaves or arrives is told to do so, by the word for it: not where it is bound for
    or comes from."""
    if word.name not in JOURNEYS:
        return where
    if where.read_in != "sentence":
        return _port_of(sentence) or where
    if word.name == "departed":
        left = [one for one in sentence.places if is_left_from(one[0], word.last, sentence)]
        if left:
            return Where((left[0][1],), "sentence")
    is_other = JOURNEYS[word.name]
    ends = [one for one in sentence.places if is_other(one[0], sentence)]
    if not any(place in where.ids for _, place in ends):
        return where
    places = [one for one in sentence.places if one[0].kind == "place" and one not in ends]
    ids = _finest(sentence, word.first, places)
    if ids:
        return Where(ids, "sentence")
    return where if any(place in story.ids for _, place in ends) else story


def _port_of(sentence: Told) -> Where | None:
    """The country of a town that no table holds: the *Omani port* of Sur."""
    words, language = sentence.passage.tokens.words, sentence.passage.language
    for mention, place in sentence.places:
        beside = (*words[max(mention.first - 1, 0) : mention.first], *words[mention.last + 1 :][:1])
        if mention.kind == "people" and not kinds(language).isdisjoint(beside):
            return Where((place,), "sentence")
    return None


def _finest(sentence: Told, focus: int | None, places: list[Placed]) -> tuple[str, ...]:
    said = _scene(places, sentence)
    ids = dict.fromkeys(place for _, place in said)
    if len(ids) < 2:
        return tuple(ids)
    finest = [
        one for one in ids if not any(one != two and gazetteer.contains(one, two) for two in ids)
    ]
    fine = [place for place in finest if gazetteer.level(place) in ("city", "region")]

    def distance(place: str) -> int:
        return min(
            _distance(sentence, mention, focus)
            for mention, other in said
            if gazetteer.contains(other, place)
        )

    return tuple(sorted(fine or finest, key=distance)[:MOST_PLACES])


def _scene(said: list[Placed], sentence: Told) -> list[Placed]:
    """The places without those that stand aside or name a house, where another tells the scene.

    That may be a village that the gazetteer does not know: what is left of a dateline, and of what
    that is 60 km from, is then the country. Without either it is near what is told to be near.
    """
    said = [one for one in said if not names_a_house(one[0], sentence)] or said
    aside = [(m, place) for m, place in said if is_aside(m, sentence)]
    if not aside:
        return said
    scene = [one for one in said if one not in aside]
    if any(gazetteer.level(place) in ("city", "region") for _, place in scene):
        return scene
    near = [(m, place) for m, place in aside if is_measured(m, sentence)]
    if not local_names(sentence, sure=False):
        return [*scene, *near] if near else said
    countries = [
        (m, country)
        for m, place in aside
        if is_dateline(m, sentence) or (m, place) in near
        if (country := gazetteer.country(place))
    ]
    return scene or countries


def only_names(sentence: Told, own: tuple[str, ...], known: Where) -> bool:
    """Whether a sentence names countries only, and the scene that is known is finer; or only what
    stands aside (police in Port Moresby said).

    Either it lies in them (Syria's state media), or nothing happens in them (a US strike).
    A figure told of the whole country is of the country.
    """
    if any(gazetteer.level(place) in ("city", "region") for place in known.ids):
        mine = [mention for mention, place in sentence.places if place in own]
        if mine and all(_stands_aside(mention, sentence) for mention in mine):
            return True
    if not known.ids or any(gazetteer.level(place) in ("city", "region") for place in own):
        return False
    if sentence.marks.named("nationwide"):
        return False
    inside = any(gazetteer.contains(mine, scene) for mine in own for scene in known.ids)
    return inside or not any(
        _is_located(sentence, mention) for mention, place in sentence.places if place in own
    )


def _stands_aside(mention: PlaceMention, sentence: Told) -> bool:
    """Whether a place tells nothing of where the scene is: that of a speaker, a destination."""
    return is_aside(mention, sentence) and not is_measured(mention, sentence)


def focus(sentence: Told) -> int | None:
    """The token around which a sentence's claim stands: the word of its first figure or date."""
    if sentence.figures:
        return sentence.figures[0].mark.first
    return sentence.marks.dates[0].first if sentence.marks.dates else None


@cache
def locatives(language: str) -> frozenset[str]:
    """The words of places.toml that say where: in, near, à, قرب."""
    return frozenset(fold(word) for word in table(language, "places")["locative"]["words"])


def _is_located(sentence: Told, mention: PlaceMention) -> bool:
    """Whether a word that says where stands right before a place, or an adjective between."""
    words = sentence.passage.tokens.words
    before = {words[i] for i in (mention.first - 1, mention.first - 2) if i >= 0}
    return not before.isdisjoint(locatives(sentence.passage.language))


def _distance(sentence: Told, mention: PlaceMention, focus: int | None) -> int:
    """Tokens between a place and the focus; a place that nothing happens *in* stands far off."""
    located = _is_located(sentence, mention)
    apart = mention.first if focus is None else mention.first - focus
    return (apart if apart > 0 else -2 * apart) + (0 if located else NOT_LOCATED)
