"""The slot that what else a sentence tells turns a figure's into: evacuated five *to hospital*."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.claim.lexicon import Mark
from transforms.claim.marks import SentenceMarks, end_of_noun, start_of
from transforms.claim.slots import Slot, slots
from transforms.extract.quantities import QuantitySpan

# Slots whose verbs also tell of those of another.
WHO = {"crowd": ("voted", "refugees"), "refugees": ("displaced",)}
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
    slot = _killed_if_died(slot, span, word, found)
    slot = _as_who(slot, span, found)
    slot = _by_what_follows(slot, span, found)
    return _injured_if_hurt(slot, span, spans, found)


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


def _killed_if_died(slot: Slot, span: QuantitySpan, word: Mark, found: SentenceMarks) -> Slot:
    """The injured right after a verb of dying are dead: توفي 5 جرحى."""
    died = (
        slot.name == "injured"
        and word.role == "noun"
        and any(
            mark.name == "killed" and mark.role == "before" and mark.last == start_of(span) - 1
            for mark in found.slot_words
        )
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
    for name, into, turned in TURNS:
        if slot.name in turned and any(
            0 < cue.first - end <= TURN_GAP for cue in found.named(name)
        ):
            return slots()[into]
    return slot


def _injured_if_hurt(
    slot: Slot, span: QuantitySpan, spans: Sequence[QuantitySpan], found: SentenceMarks
) -> Slot:
    """Those taken to hospital of whom the sentence then says that they were hurt are the injured:
    ferried 54 people to hospital, hurt by falling concrete; not: and 12 were hurt."""
    hurt = slot.name == "hospitalised" and any(
        mark.name == "injured"
        and mark.role in ("after", "participle")
        and mark.first > span.last
        and not any(span.last < other.first < mark.last for other in spans)
        for mark in found.slot_words
    )
    return slots()["injured"] if hurt else slot
