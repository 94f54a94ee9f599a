"""The slot that what else a sentence tells turns a figure's into: evacuated five *to hospital*."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.claim.lexicon import Mark
from transforms.claim.marks import SentenceMarks, end_of_noun, start_of
from transforms.claim.slots import Slot, slots
from transforms.extract.quantities import QuantitySpan

# Slots whose verbs also tell of those of another.
WHO = {"crowd": ("voted", "refugees"), "refugees": ("displaced",), "detained": ("abducted",)}
# What a verb right before those who are hurt says of them: توفي 5 جرحى; admitted 24 wounded.
HURT = {"killed": ("injured",), "hospitalised": ("injured", "casualties")}
DEATH_GAP = 6  # between some of the wounded and what says that they died
ILL_GAP = 2  # between those who are hit and the illness
TURN_GAP = 2  # between those who are told of and what turns the slot
# What behind the figure says that those of some slots are of another: evacuated five *to hospital*,
# forced 2,400 *to evacuate*. The cue, the slot it tells, the slots it turns.
TURNS = (
    ("to_hospital", "hospitalised", frozenset({"evacuated", "casualties", "rescued"})),
    ("to_evacuate", "evacuated", frozenset({"displaced"})),
)


def turned(
    slot: Slot,
    span: QuantitySpan,
    word: Mark,
    spans: Sequence[QuantitySpan],
    found: SentenceMarks,
) -> Slot:
    """The slot of a figure whose slot word is `word`, after all that its sentence tells."""
    slot = _rescued_if_trapped(slot, found)
    slot = _infected_if_ill(slot, span, found)
    slot = _killed_if_buried(slot, word, found)
    slot = _hurt_and_more(slot, span, word, found)
    slot = _killed_of_the_hurt(slot, span, word, spans, found)
    slot = _as_who(slot, span, found)
    slot = _by_what_follows(slot, span, found)
    slot = _injured_if_hurt(slot, span, spans, found)
    return _still_in_hospital(slot, span, word, spans, found)


def _rescued_if_trapped(slot: Slot, found: SentenceMarks) -> Slot:
    """Those freed of whom a sentence says that they were trapped are not let go by anybody."""
    trapped = slot.name == "released" and any(m.name == "trapped" for m in found.slot_words)
    return slots()["rescued"] if trapped else slot


def _as_who(slot: Slot, span: QuantitySpan, found: SentenceMarks) -> Slot:
    """What those are who are counted, where the verb says less: voters who take part are no crowd,
    the displaced who reach a border no refugees yet."""
    said = WHO.get(slot.name, ())
    named = [
        mark.name
        for mark in found.slot_words
        if mark.role == "who" and mark.first == span.noun_last and mark.name in said
    ]
    return slots()[named[0]] if named else slot


def _killed_if_buried(slot: Slot, word: Mark, found: SentenceMarks) -> Slot:
    """Those under the rubble of whom the sentence then says that they died are dead."""
    dead = slot.name == "trapped" and any(
        mark.name == "killed" and mark.role == "after" and mark.first > word.last
        for mark in found.slot_words
    )
    return slots()["killed"] if dead else slot


def _hurt_and_more(slot: Slot, span: QuantitySpan, word: Mark, found: SentenceMarks) -> Slot:
    """What a verb right before those who are hurt, or a pair around them (*flew* 14 wounded *to a
    hospital*), makes of them, by HURT."""
    if word.role != "noun":
        return slot
    told = (
        mark.name
        for mark in found.slot_words
        if (mark.role == "before" and mark.last == start_of(span) - 1)
        or (mark.role == "around" and mark.first < span.first and span.last < mark.last)
    )
    name = next((name for name in told if slot.name in HURT.get(name, ())), None)
    return slot if name is None else slots()[name]


def _killed_of_the_hurt(
    slot: Slot,
    span: QuantitySpan,
    word: Mark,
    spans: Sequence[QuantitySpan],
    found: SentenceMarks,
) -> Slot:
    """Some of the wounded of whom it is then told that they died: six of the wounded succumbed."""
    if slot.name != "injured" or not found.cue_at("part_of_toll", span.last + 1):
        return slot
    died = any(
        mark.name == "killed"
        and mark.role == "after"
        and 0 < mark.first - word.last <= DEATH_GAP
        and not any(word.last < other.first < mark.first for other in spans)
        for mark in found.slot_words
    )
    return slots()["killed"] if died else slot


def _infected_if_ill(slot: Slot, span: QuantitySpan, found: SentenceMarks) -> Slot:
    """Whom an illness hit is not injured, where one verb says both: أصيب 870 شخصا بالكوليرا; عدد
    الإصابات بالكوليرا."""
    if slot.name != "injured":
        return slot
    end = end_of_noun(span)
    hurt = {mark.last + 1 for mark in found.slot_words if mark.name == "injured"}
    ill = any(
        mark.name == "infected"
        and mark.role == "after"
        and (0 < mark.first - end <= ILL_GAP or mark.first in hurt)
        for mark in found.slot_words
    )
    return slots()["infected"] if ill else slot


def _by_what_follows(slot: Slot, span: QuantitySpan, found: SentenceMarks) -> Slot:
    """The slot that what follows those who are told of turns this one into."""
    end = end_of_noun(span)
    for name, into, others in TURNS:
        if slot.name in others and any(
            0 < cue.first - end <= TURN_GAP for cue in found.named(name)
        ):
            return slots()[into]
    return slot


def _injured_if_hurt(
    slot: Slot, span: QuantitySpan, spans: Sequence[QuantitySpan], found: SentenceMarks
) -> Slot:
    """Those taken to hospital of whom the sentence then says that they were hurt are the injured:
    ferried 54 people to hospital, hurt by falling concrete; not: and 12 were hurt."""
    if any(cue.first > span.last for cue in found.named("still")):
        return slot  # three workers, burned in the face, are still in hospital
    hurt = slot.name == "hospitalised" and any(
        mark.name == "injured"
        and mark.role in ("after", "participle")
        and mark.first > span.last
        and not any(span.last < other.first < mark.last for other in spans)
        for mark in found.slot_words
    )
    return slots()["injured"] if hurt else slot


def _still_in_hospital(
    slot: Slot,
    span: QuantitySpan,
    word: Mark,
    spans: Sequence[QuantitySpan],
    found: SentenceMarks,
) -> Slot:
    """The injured of whom it is told that they are still in hospital are those who are there: nine
    wounded people remain in hospital."""
    beside = start_of(span) <= word.first <= end_of_noun(span) + 1
    if slot.name != "injured" or not beside or found.cue_at("auxiliary", word.first - 1):
        return slot
    still = [c.first for c in found.named("still") if start_of(span) - c.last <= TURN_GAP]
    there = any(
        mark.name == "hospitalised"
        and mark.first > span.last
        and any(first <= mark.last for first in still)
        and not any(span.last < other.first < mark.first for other in spans)
        for mark in found.slot_words
    )
    return slots()["hospitalised"] if there else slot
