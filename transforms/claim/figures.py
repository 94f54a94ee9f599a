"""The figures of a sentence that fill a slot, each with what it counts."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from schemas.messages import Scope
from transforms.claim.counted import (
    BASE_GAP,
    fits,
    group_of,
    is_a_base_ahead,
    is_a_year,
    is_an_age,
    is_old,
    is_told,
    shares_counted,
    things_before,
    told_beside,
    without_bases,
    without_listed_ages,
)
from transforms.claim.lexicon import Mark
from transforms.claim.marks import COMMAS, SentenceMarks, end_of_noun, is_bare, joins, start_of
from transforms.claim.pairs import NOTHING
from transforms.claim.parts import is_sum
from transforms.claim.scope import scope_of
from transforms.claim.slot_words import (
    TOTAL_NOUN_GAP,
    best_word,
    counted_in_total,
    parted,
    with_totals,
)
from transforms.claim.slots import Slot, slots
from transforms.claim.turned import turned
from transforms.extract.quantities import QuantitySpan
from transforms.extract.tokens import Tokens

INHERIT_GAP = 14  # between a figure and a part of it
# How far words reach that tell of persons, not how many: a mother of 12; ages 47 and 48.
UNCOUNTED = {"parent_of": 1, "aged": 3, "survived_by": 16, "capacity": 3}
HARM = frozenset({"killed", "injured"})  # together: the casualties
APART = frozenset(";؛；")  # signs between a figure and a total to which it is not added
LIVING = frozenset({"injured", "rescued", "hospitalised"})  # until they are told to have died
DIED_GAP = 8  # tokens between these and what says so
NONE_GAP = 2  # tokens from none of to its figure
BEYOND_GAP = 3  # from "besides" to the figure it leads to
SPEAKER_GAP = 3  # between a speaker and the figure


class Figure(msgspec.Struct, frozen=True, gc=False):
    """A figure and what it counts."""

    span: QuantitySpan
    slot: Slot
    mark: Mark
    group: str
    scope: Scope


def figures(tokens: Tokens, spans: Sequence[QuantitySpan], found: SentenceMarks) -> list[Figure]:
    """The figures of one sentence that fill a slot. `spans` are the sentence's quantities."""
    if not spans or not found.slot_words:
        return []
    found, denied = parted(found)
    found = replace(found, slot_words=with_totals(found, spans))
    result: list[Figure] = []
    taken: dict[Mark, QuantitySpan] = {}
    bases: list[QuantitySpan] = []
    spans = without_bases(shares_counted(without_listed_ages(tokens, spans, found)), found)
    sums = {span.first for span in spans if is_sum(tokens, span, spans, found)}
    old: list[QuantitySpan] = []
    for index, span in enumerate(spans):
        if is_old(span, spans[max(index - 1, 0) : index], spans[index + 1 : index + 2], found):
            old.append(span)
            continue
        if _is_uncounted(span, found):
            continue
        negated = _is_negated(span, found)
        own = told_beside(span, found) if negated else None
        if negated and (own is None or own.role == "who") and not _is_around(span, found):
            continue  # none of the 64 people survived; but none of the 12 injured is in danger
        if is_an_age(tokens, span, found) or is_a_year(tokens, span):
            continue
        if is_a_base_ahead(tokens, span, spans[index + 1 :], found):
            if not is_told(span, found):
                continue
            bases.append(span)
        words = found if own is None else _up_to(own, found)
        best = best_word(tokens, span, spans, words, taken)
        summed = _summed(span, found, result) if span.first in sums else None
        if summed and (best is None or (best.name in HARM and summed.slot.name not in HARM)):
            result.append(summed)
            continue
        if best is None:
            before = result or [f for o in old if (f := _old_figure(tokens, o, spans, found))]
            inherited = _inherited(tokens, span, spans, found, before)
            if inherited is None and bases and result and result[-1].span is bases[-1]:
                inherited = _of_base(span, found, result[-1])
            if inherited is not None:
                result.append(inherited)
                continue
            best = best_word(tokens, span, spans, denied, taken) if denied.slot_words else None
        if best is None:
            continue
        if best.name == NOTHING:
            continue
        taken.setdefault(best, span)
        slot = turned(slots()[best.name], span, best, spans, found)
        beside = bool(result) and all(before.slot != slot for before in result)
        scope = scope_of(tokens, span, spans, found, best, beside)
        if found.cue_at("intensive", best.first) and _goes_on(slot, span, result):
            scope = Scope("part", tokens.exact(best.first, best.last).lower())
        if any(later.first < span.first for later in spans[index + 1 :]):
            scope = Scope("whole")  # that of which the next is a part: two of the eight injured
        if _have_died(slot, span, best, spans, found, tokens):
            slot, scope = slots()["killed"], Scope("part", "added")
        things = things_before(span, spans, found) if slot.unit == "thing" else None
        named = counted_in_total(best, span, found) or things
        result.append(Figure(span, slot, best, named or group_of(span, found), scope))
    result.sort(key=lambda figure: figure.span.first)
    totals = [figure for figure in result if figure.span.first in sums]
    result = [_added(tokens, figure, result, totals, found) for figure in result]
    return [_beside_another(figure, result, found) for figure in result]


def _have_died(
    slot: Slot,
    span: QuantitySpan,
    word: Mark,
    spans: Sequence[QuantitySpan],
    found: SentenceMarks,
    tokens: Tokens,
) -> bool:
    """Whether some of those who lived until then have died, and so add to a toll: two injured
    passengers died in hospital, two of those rescued succumbed; وفاة جريحين."""
    those = [cue for cue in found.named("some_of_those") if cue.first == span.last + 1]
    if slot.name == "killed":
        alive = [m for m in found.slot_words if m.name in LIVING]
        survivors = range(start_of(span), end_of_noun(span) + 1)
        if word.role == "after" and any(m.first in survivors for m in alive):
            return True  # three survivors died
        return word.name in LIVING or any(0 < m.first - c.last <= 4 for c in those for m in alive)
    if slot.name not in LIVING:
        return False
    beside = start_of(span) <= word.first <= end_of_noun(span) + 1
    if not those and (not beside or found.cue_at("auxiliary", word.first - 1)):
        return False
    end = max(word.last, end_of_noun(span))
    died = next((m for m in found.slot_words if m.name == "killed" and m.first > end), None)
    if died is None or died.role != "after" or died.first - end > DIED_GAP:
        return False
    between = range(end + 1, died.first)
    return not any(other.first in between for other in spans) and not any(
        tokens.words[i] in COMMAS or joins(tokens.words[i]) or found.cue_at("relative", i)
        for i in between
    )


def _old_figure(
    tokens: Tokens, span: QuantitySpan, spans: Sequence[QuantitySpan], found: SentenceMarks
) -> Figure | None:
    """The figure before, of which one that goes on is: had reported 30 dead, but *put it at* 21."""
    word = best_word(tokens, span, spans, found, {})
    if word is None or word.name not in slots():
        return None
    return Figure(span, slots()[word.name], word, group_of(span, found), Scope())


def _up_to(own: Mark, found: SentenceMarks) -> SentenceMarks:
    """Without the slot words behind one: none of the 37 abducted was freed."""
    return replace(found, slot_words=tuple(m for m in found.slot_words if m.last <= own.last))


def _is_negated(span: QuantitySpan, found: SentenceMarks) -> bool:
    """Whether what is told befell none of a figure: none of the 64, aucun des 64."""
    return any(
        0 < span.first - cue.last <= NONE_GAP
        and any(found.cue_at("genitive", i) for i in range(cue.first, span.first))
        for cue in found.named("negated")
    )


def _is_around(span: QuantitySpan, found: SentenceMarks) -> bool:
    """Whether the words of a pair stand around a figure: *none of the* 64 on board *survived*."""
    return any(m.role == "around" and m.first < span.first < m.last for m in found.slot_words)


def _goes_on(slot: Slot, span: QuantitySpan, before: Sequence[Figure]) -> bool:
    """Whether the figure before is of the same slot and greater: 17 in hospital, four of them in
    intensive care."""
    last = before[-1] if before else None
    if last is None or last.slot != slot:
        return False
    return (span.quantity.stated or 0) < (last.span.quantity.stated or 0)


def _is_uncounted(span: QuantitySpan, found: SentenceMarks) -> bool:
    """Whether a figure tells of the persons of an event, not how many it befell: a mother of 12,
    ages 47 and 48, four prior arrests, survived by a son and two grandchildren."""
    if any(cue.first == span.last + 1 for cue in found.named("prior")):
        return True
    if any(
        cue.first == span.last + 1 and found.cue_at("comparison", cue.last + 1)
        for cue in found.named("more_after")
    ):
        return True  # five more than the day before
    changed = found.named("running") or found.named("revised")
    if changed and any(cue.last == start_of(span) - 1 for cue in found.named("by_so_many")):
        return True  # reduced its count by six
    return any(
        0 < span.first - cue.last <= reach
        for name, reach in UNCOUNTED.items()
        for cue in found.named(name)
    )


def _summed(span: QuantitySpan, found: SentenceMarks, before: Sequence[Figure]) -> Figure | None:
    """A figure that is the sum of those before it: five died in Homs and eight in Hama, for a total
    of 13; of the dead and the injured, the casualties. It counts what they count, or, of several
    groups, people."""
    if not before:
        return None
    last, group = before[-1], group_of(span, found)
    names = {figure.slot.name for figure in before}
    slot = last.slot if len(names) == 1 else slots()["casualties"]
    if (len(names) > 1 and names != HARM) or not fits(slot, span, group, goes_on=True):
        return None
    if is_bare(span):
        groups = {figure.group for figure in before}
        group = groups.pop() if len(groups) == 1 else "people"
    return Figure(span, slot, last.mark, group, Scope("whole"))


def _added(
    tokens: Tokens,
    figure: Figure,
    beside: Sequence[Figure],
    sums: Sequence[Figure],
    found: SentenceMarks,
) -> Figure:
    """A figure that is added to a total is a part of it: seven bodies, bringing the toll to 23. Not
    to one that somebody else gives: police said two had died; a doctor put the toll at five; nor to
    one of a longer time. `sums`: those that are told as sums of what stands before."""
    if any(
        figure.slot == total.slot
        and figure.group == total.group
        and figure.span.first < total.span.first
        for total in sums
    ):
        return replace(figure, scope=Scope("part", "added"))
    if figure.mark.role == "total" or figure.scope.kind == "part":
        return figure
    total = next((o for o in beside if o.slot == figure.slot and _is_total(o, found)), None)
    if total is None or total is figure or _is_total(figure, found):
        return figure
    again = found.cue_at("same_again", total.mark.first)
    if _has_its_speaker(figure, found):
        return figure  # the toll differs: 16 dead for the police, 23 for the hospital
    between = range(figure.span.last + 1, total.span.first)
    own = range(total.mark.first, total.mark.last + 1)  # the overall toll
    if any(found.cue_at("cumulative", i) for i in between if i not in own):
        return figure  # nine died, and 60 on this road so far this year
    if again and any(tokens.words[i] in APART for i in between):
        return figure
    if all(any(found.cue_at(name, i) for i in between) for name in ("new_clause", "speech")):
        return figure  # two died, police said, while a doctor put the toll at five
    if found.verb_first and _is_said_anew(between, found):
        return figure
    smaller = (figure.span.quantity.stated or 0) < (total.span.quantity.stated or 0)
    return replace(figure, scope=Scope("part", "added")) if smaller else figure


def _beside_another(figure: Figure, beside: Sequence[Figure], found: SentenceMarks) -> Figure:
    """A figure to which only one of another slot is added is all there is of its own: *besides the
    12 dead*, 35 were injured."""
    if figure.scope.kind == "whole" or figure.span is not beside[0].span or len(beside) == 1:
        return figure
    start = start_of(figure.span)
    leads = any(
        cue.first == found.sentence.first and 0 < start - cue.last <= BEYOND_GAP
        for cue in found.named("beyond")
    )
    same = any(other.slot == figure.slot for other in beside[1:])
    return replace(figure, scope=Scope()) if leads and not same else figure


def _has_its_speaker(figure: Figure, found: SentenceMarks) -> bool:
    """Whether right behind a figure it is told whose it is: 16 dead for the police."""
    end = end_of_noun(figure.span)
    if any(cue.first == end + 1 for cue in found.named("according")):
        return True
    return any(
        cue.first == end + 1 and any(0 < m.first - cue.last <= SPEAKER_GAP for m in found.speakers)
        for cue in found.named("view")
    )


def _is_said_anew(between: Sequence[int], found: SentenceMarks) -> bool:
    """Whether a clause of its own says the second figure: تحدثت الشرطة عن 12 قتيلا، أكد مدير
    المستشفى أن الحصيلة 30; not that the toll rose to it."""
    if any(found.cue_at("running", i) for i in between):
        return False
    said = next((i for i in between if found.cue_at("speech", i)), None)
    return said is not None and any(found.cue_at("that", i) for i in between if i > said)


def _is_total(figure: Figure, found: SentenceMarks) -> bool:
    """Whether a figure is announced as a total: a toll of 23, le bilan à 23 morts."""
    if figure.mark.role == "total":
        return True
    return any(
        mark.role == "total" and 0 < start_of(figure.span) - mark.last <= TOTAL_NOUN_GAP
        for mark in found.slot_words
    )


def _inherited(
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    found: SentenceMarks,
    before: Sequence[Figure],
) -> Figure | None:
    """A figure without a word of its own that goes on with the one before it.

    A part of it: 12 people died, five of them children. Or another speaker's figure of the same:
    the Observatory said 40 people were killed, state media 12.
    """
    if not before or not fits(before[-1].slot, span, group_of(span, found), is_bare(span)):
        return None
    last = before[-1]
    elided = is_bare(span) and last.slot.unit == "thing"
    scope = scope_of(tokens, span, spans, found, None)
    if scope.kind == "part":
        if span.first - end_of_noun(last.span) > INHERIT_GAP:
            return None
        group = last.group if elided else group_of(span, found)
        return Figure(span, last.slot, last.mark, group, scope)
    if span.quantity.unit not in (None, "person") or span.quantity.stated is None:
        return None
    if not _of_another_speaker(span, last.span, found) or _is_an_hour(span, found):
        return None
    if any(last.span.first < cue.first < span.first for cue in found.named("namely")):
        return None  # one of the parts that are listed
    return Figure(span, last.slot, last.mark, last.group, last.scope)


def _of_base(span: QuantitySpan, found: SentenceMarks, whole: Figure) -> Figure | None:
    """A part of those who were told ahead: of the 23 dead, 11 were schoolchildren."""
    near = 0 < span.first - end_of_noun(whole.span) <= BASE_GAP + 1
    group = group_of(span, found)
    if not near or not fits(whole.slot, span, group):
        return None
    return Figure(span, whole.slot, whole.mark, group, Scope("part", "of"))


def _is_an_hour(span: QuantitySpan, found: SentenceMarks) -> bool:
    """Whether a bare figure is when something was said: an official said at three."""
    before = start_of(span) - 1
    told = found.cue_at("same_again", before) or found.cue_at("running", before)
    told = told or any(mark.last == before - 1 for mark in found.speakers)
    return span.noun_last is None and found.cue_at("hour_before", before) and not told


def _of_another_speaker(span: QuantitySpan, before: QuantitySpan, found: SentenceMarks) -> bool:
    """Whether the words right beside a figure say that somebody else gives it."""
    according = found.named("according")
    said = (*found.named("same_again"), *found.named("speech"), *according, *found.speakers)
    return any(
        mark.first > before.last and 0 < span.first - mark.last <= SPEAKER_GAP for mark in said
    ) or any(0 < cue.first - end_of_noun(span) <= 2 for cue in according)
