"""Places that stand aside: where the wounded were taken, where it was said, what is far from it.

The words are in languages/<lang>/places.toml, table `aside`; a language without it has none.
"""

from __future__ import annotations

from functools import cache

import msgspec

from transforms.claim import places
from transforms.claim.lexicon import folded
from transforms.claim.marks import COMMAS
from transforms.claim.places import PlaceMention
from transforms.claim.told import Told, dateline_end
from transforms.languages.load import table

BROUGHT_GAP = 7  # tokens between a verb of bringing or fleeing and the word for where to
SAID_BY_GAP = 8  # tokens between a verb of saying and the place of who said it
MOST_GAP = 8  # tokens between "most of them" and a place where these are
BORDER_GAP = 2  # tokens between a border and whose: with, the
LEFT_GAP = 3  # tokens between a bus, or who set out, and from, to
LINKING_GAP = 5  # tokens between a road that links two places and the second
HEADED_GAP = 3  # tokens from "for" to a place: for the port of
MEASURED_GAP = 4  # tokens between a distance and where from


class Asides(msgspec.Struct, frozen=True, gc=False):
    """The table `aside` of a language, as folded words.

    `here`: after a place that is none: where. `brought`: verbs of bringing and fleeing. `to`: where
    to. `left`: verbs of setting out, and what goes from one place to another; `start`: from.
    `bound`: Oshakati-bound. `linking`: what a road does with two places. `house`: what receives:
    hospitals in. `border`: near that of Niger. `felt`: an earthquake is, far off. `measured` and
    `direction`: 60 km, north; `of`: of, from. `headed`: where to of what leaves; `came`: where
    from of what arrives.
    """

    here: frozenset[str] = frozenset()
    brought: frozenset[str] = frozenset()
    to: frozenset[str] = frozenset()
    left: frozenset[str] = frozenset()
    start: frozenset[str] = frozenset()
    bound: frozenset[str] = frozenset()
    linking: frozenset[str] = frozenset()
    house: frozenset[str] = frozenset()
    border: frozenset[str] = frozenset()
    felt: frozenset[str] = frozenset()
    measured: frozenset[str] = frozenset()
    direction: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    where: frozenset[str] = frozenset()
    headed: frozenset[str] = frozenset()
    came: frozenset[str] = frozenset()
    that: frozenset[str] = frozenset()
    subject_after: bool = False


@cache
def _asides(language: str) -> Asides:
    told = dict(table(language, "places").get("aside", {}))
    subject_after = told.pop("subject_after", False)
    return Asides(**folded(told), subject_after=subject_after)


def is_aside(mention: PlaceMention, sentence: Told) -> bool:
    """Whether a place is rather not where that happened of which the sentence tells."""
    if is_dateline(mention, sentence):
        return True
    asides = _asides(sentence.passage.language)
    words, first = sentence.passage.tokens.words, sentence.marks.sentence.first
    before = words[max(first, mention.first - BROUGHT_GAP - 3) : mention.first]
    if not asides.to or not before:
        return False
    after = words[mention.last + 1 : mention.last + 3]
    if not asides.here.isdisjoint(after):
        return False
    return (
        _is_brought(before, asides)
        or not asides.bound.isdisjoint(after[1:])
        or _is_left(before, asides)
        or _is_at_border(before, after[:1], asides)
        or is_measured(mention, sentence)
        or is_of_speaker(mention, sentence)
        or _is_of_most(mention, sentence)
    )


def is_bound_for(mention: PlaceMention, sentence: Told) -> bool:
    """Whether a place is where something is bound that leaves: left Benin *for Lomé*."""
    return _is_led_to_by(_asides(sentence.passage.language).headed, mention, sentence)


def is_come_from(mention: PlaceMention, sentence: Told) -> bool:
    """Whether a place is where something comes from that arrives: reached Lomé *from Benin*."""
    return _is_led_to_by(_asides(sentence.passage.language).came, mention, sentence)


def is_left_from(mention: PlaceMention, verb: int, sentence: Told) -> bool:
    """Whether a place stands behind a verb of leaving with *from*: set sail from the port of Sur.

    `verb`: the last token of the verb.
    """
    start = _asides(sentence.passage.language).start
    words = sentence.passage.tokens.words[verb : mention.first]
    near = 0 < len(words) <= LEFT_GAP + 2 and not start.isdisjoint(words[:3])
    return mention.kind == "place" and near


def _is_led_to_by(words: frozenset[str], mention: PlaceMention, sentence: Told) -> bool:
    """Whether one of some words stands shortly before a place, and no other place between."""
    begin = max(
        (other.last + 1 for other, _ in sentence.places if other.last < mention.first), default=0
    )
    before = range(max(mention.first - HEADED_GAP, begin), mention.first)
    return any(sentence.passage.tokens.words[i] in words for i in before)


def names_a_house(mention: PlaceMention, sentence: Told) -> bool:
    """Whether a hospital is called after a place: Al-Quds hospital in Aleppo, مستشفى القدس."""
    words, house = sentence.passage.tokens.words, _asides(sentence.passage.language).house
    beside = (
        *words[max(mention.first - 1, 0) : mention.first],
        *words[mention.last + 1 : mention.last + 2],
    )
    return not house.isdisjoint(beside)


def is_dateline(mention: PlaceMention, sentence: Told) -> bool:
    """Whether a place is that of the dateline: BUNIA (Reuters) -"""
    whole = sentence.marks.sentence
    return mention.last < dateline_end(sentence.passage, whole)


def _is_brought(before: tuple[str, ...], asides: Asides) -> bool:
    """Taken to Maiduguri; fled from Kibumba to Goma; hospitals in Khan Younis; felt in Delhi."""
    near, at = before[-4:], len(before)
    if any(word in asides.house for word in near) and asides.where.intersection(near[-2:]):
        return True
    if any(word in asides.felt for word in near):
        return True
    to = next((i for i in range(at - 1, max(at - 5, -1), -1) if before[i] in asides.to), None)
    if to is None or before[to - 1] in COMMAS:
        return False  # left the camp, *à* Libreville
    return any(word in asides.brought for word in before[:to])


def _is_left(before: tuple[str, ...], asides: Asides) -> bool:
    """A train from Paris to Lyon; sailed from Didim; à destination de Ferrol; a road between."""
    if not asides.linking.isdisjoint(before[-LINKING_GAP:]):
        return True
    at = len(before)
    ends = (i for i in (at - 1, at - 2) if i >= 0 and before[i] in asides.start | asides.to)
    end = next(ends, None)
    return end is not None and not asides.left.isdisjoint(before[max(end - LEFT_GAP, 0) : end])


def _is_at_border(before: tuple[str, ...], after: tuple[str, ...], asides: Asides) -> bool:
    """Near the border with Niger; the Mali border; قرب حدود النيجر."""
    near = before[-1 - BORDER_GAP :]
    return not asides.border.isdisjoint((*near, *after))


def is_measured(mention: PlaceMention, sentence: Told) -> bool:
    """Whether a town only tells where another place is: 60 km from Niamey, north of Rio; the east
    of a country is in it."""
    if all(places.level(id) != "city" for id in mention.candidates):
        return False
    asides = _asides(sentence.passage.language)
    least = max(sentence.marks.sentence.first, mention.first - MEASURED_GAP)
    near = sentence.passage.tokens.words[least : mention.first]
    if not asides.of.intersection(near[-2:]):
        return False
    return not asides.measured.isdisjoint(near) or not asides.direction.isdisjoint(near[-3:])


def _is_of_most(mention: PlaceMention, sentence: Told) -> bool:
    """Most of them in Guelma, Souk Ahras and Constantine: not where all are."""
    found = sentence.marks
    between = [mark.first for mark in found.slot_words]
    between += [span.first for span in sentence.quantities]
    return any(
        0 < mention.first - cue.last <= MOST_GAP
        and not any(cue.last < first < mention.first for first in between)
        for name in ("most", "mostly")
        for cue in found.named(name)
    )


def is_of_speaker(mention: PlaceMention, sentence: Told) -> bool:
    """Whether a place is where those are who say so: officials in Manila said; a déclaré le
    ministère à Dakar; according to elders in Marsabit: nothing of the event between."""
    asides = _asides(sentence.passage.language)
    found, words = sentence.marks, sentence.passage.tokens.words
    if not asides.where.intersection(words[max(mention.first - 2, 0) : mention.first]):
        return False
    speech = found.named("speech")
    if any(0 < cue.first - mention.last <= 1 for cue in speech):
        return True
    verbs = found.named("according")
    if asides.subject_after:
        seat = asides.where - asides.of  # à Dakar, not de Dakar
        told_at = seat.intersection(words[max(mention.first - 2, 0) : mention.first])
        verbs = [*speech, *verbs] if told_at else speech
    said = max((c.last for c in verbs if 0 < mention.first - c.last <= SAID_BY_GAP), default=None)
    if said is None:
        return False
    between = range(said + 1, mention.first)
    told = [m.first for m in (*found.slot_words, *found.event_kinds, *found.dates)]
    told += [span.first for span in sentence.quantities]
    return not any(first in between for first in told) and asides.that.isdisjoint(
        words[said + 1 : mention.first]
    )
