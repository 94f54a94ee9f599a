"""Whether a figure is all of what it counts or a part."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.messages import Scope
from transforms.claim.counted import group_of
from transforms.claim.lexicon import Mark
from transforms.claim.marks import (
    COMMAS,
    STOPS,
    SentenceMarks,
    end_of_noun,
    is_defined,
    joins,
    start_of,
)
from transforms.claim.slots import slots
from transforms.extract.quantities import QuantitySpan
from transforms.extract.tokens import Tokens

ALONE_GAP = 6  # tokens between "this province alone" and its figure
OF_TOLL_GAP = 3  # between "of the dead" and the figure
OPENING = 2  # tokens of a sentence before what opens it: in Kisumu alone
WHO_GAP = 7  # tokens from "of the" to what tells who they are
ALONE = "alone"  # of one place, set off from the others
KIN = "kin"  # of one family, of one village's sons
NAMES = frozenset({"who", "noun", "total"})  # roles of a slot word that names those it befell
ADDING = frozenset({"more_before", "more_after", "part_before"})


def scope_of(
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    found: SentenceMarks,
    slot_word: Mark | None,
    beside: bool = False,
) -> Scope:
    """Part where the words say so: including 5 women, 5 of them, another 5; else the whole.

    Of those another slot counts, all who fill this one are its whole: 12 of the captives were
    freed. `slot_word`: None of a figure that goes on with another, of which it is a part where it
    is *of* that: five of the 12. `beside`: the sentence has told figures of other slots only, and
    what is added to those is a whole: killed 16 people and wounded another 40. A whole "across the
    country" is marked as the country's.
    """
    if span.quantity.base is not None and (slot_word is None or _is_of_base(span, slot_word)):
        return Scope("part", "of")
    if slot_word is not None and _is_of_those_who(tokens, span, found, slot_word):
        return Scope("part", "of")
    for mark in found.cues:
        if beside and mark.name in ADDING:
            continue
        if mark.name == "condition" and slot_word is not None and mark.last == slot_word.last:
            return Scope("part", tokens.exact(mark.first, mark.last).lower())
        if slot_word and mark.name != "part_before" and _is_word_of(mark, slot_word):
            continue  # 3,000 people were driven out of their homes; not among the dead
        if mark.name == "kin" and span.last < mark.first <= end_of_noun(span) + 2:
            return Scope("part", KIN)
        if mark.name == "alone" and _is_of_one_place(tokens, span, spans, found, mark):
            return Scope("part", ALONE)
        if _makes_a_part(tokens, span, spans, found, mark, slot_word):
            return Scope("part", tokens.exact(mark.first, mark.last).lower())
    if any(_is_one_of_several(other, found) for other in spans if other is not span):
        return Scope("part", ALONE)
    if found.named("nationwide"):
        return Scope("whole", "country")
    return Scope("whole")


def _is_word_of(cue: Mark, slot_word: Mark) -> bool:
    """Whether a cue is of the words of the slot word, not of what stands between a pair of these:
    driven *out of the* homes; pulled 90 men *out of the* country; not let *another* 30 go."""
    first = slot_word.first if slot_word.tail is None else slot_word.tail
    return first <= cue.first <= slot_word.last


def _is_of_base(span: QuantitySpan, slot_word: Mark) -> bool:
    """Whether the word tells what befell all of whom a figure is a part: two of the 12 injured, 37%
    of 2,494 confirmed cases."""
    if slot_word.role not in ("noun", "who", "participle"):
        return False
    noun = span.noun_first
    told = noun is not None and slot_word.first <= noun <= slot_word.last
    return told or slot_word.first == (span.noun_last or span.last) + 1


def _makes_a_part(
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    found: SentenceMarks,
    cue: Mark,
    slot_word: Mark | None,
) -> bool:
    if cue.name == "part_before":
        until = found.cue_at("as_of", cue.first)  # up to and including Saturday
        if until or cue.last >= span.first:
            return False
        if found.cue_at("in_all", cue.first):
            return False  # counting both sides, 96 were freed
        if found.cue_at("one_of", cue.first):
            return False  # after one of them ended with 12 dead
        if any(cue.last < c.first and 0 < span.first - c.last <= 2 for c in found.named("adds_up")):
            return False  # seven women as well as five men, which adds up to 12
        if any(cue.last < c.first and c.last < span.first for c in found.named("speech")):
            return False  # the union, whose (dont) president says that 4,100…
        return not _left(tokens, cue, span, found) and not _closed(tokens, cue, span)
    if cue.name == "part_of_toll":
        return _follows(tokens, span, spans, found, cue) or _opens(tokens, span, found, cue)
    if cue.name == "part_after" and span.quantity.base is not None:
        return False  # three of the 12 passengers
    if cue.name == "part_after":
        filled = _fills_it(span, spans, found, cue, slot_word)
        if filled and slot_word is not None and _is_aside(tokens, span, spans, cue, slot_word):
            filled = False
        return not filled and _follows(tokens, span, spans, found, cue)
    if cue.name == "more_before":
        if _is_still(cue, found):
            return False
        return 0 < start_of(span) - cue.last <= 2
    if cue.name == "more_after":
        beside = cue.first in (span.last + 1, end_of_noun(span) + 1)
        return beside and not found.cue_at("comparison", cue.last + 1)
    return False


def _is_still(cue: Mark, found: SentenceMarks) -> bool:
    """Whether a word that can be *another* is *still*: la boue retient encore six habitants."""
    return found.cue_at("still", cue.first) and any(
        mark.last == cue.first - 1
        and mark.role == "before"
        and slots()[mark.name].course == "falls"
        for mark in found.slot_words
        if mark.name in slots()
    )


def _opens(tokens: Tokens, span: QuantitySpan, found: SentenceMarks, cue: Mark) -> bool:
    """Whether a sentence begins with those of whom a figure is a part: of the dead, five were
    soldiers."""
    between = range(cue.last + 1, start_of(span))
    return (
        cue.first <= found.sentence.first + 1
        and 0 < len(between) <= OF_TOLL_GAP
        and tokens.words[between[0]] in COMMAS
    )


def _is_of_one_place(
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    found: SentenceMarks,
    cue: Mark,
) -> bool:
    """Whether a figure is the nearest to words that set its place off from the others, or these
    open the sentence: this province alone saw 310 houses collapse; in Kisumu alone, 24 people…

    A bare *alone* is of a place only behind a name: he was not alone.
    """
    bare = cue.first == cue.last and tokens.text[tokens.starts[cue.first]].islower()
    if bare and not tokens.text[tokens.starts[cue.first - 1]].isupper():
        return False
    if cue.first - found.sentence.first <= OPENING:
        return True
    gap = start_of(span) - cue.last if cue.last < span.first else cue.first - end_of_noun(span)
    first, last = sorted((cue.first, span.first))
    return 0 < gap <= ALONE_GAP and not any(first < other.first < last for other in spans)


def _is_one_of_several(places: QuantitySpan, found: SentenceMarks) -> bool:
    """Whether a sentence is of *one of three* districts, attacks."""
    one_of = found.cue_at("one_of", start_of(places) - 1)
    return one_of and group_of(places, found) == "things"


def _fills_it(
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    found: SentenceMarks,
    cue: Mark,
    slot_word: Mark | None,
) -> bool:
    """Whether those of another slot fill this one: 12 of them were freed, seized 23 of the raiders.

    Not how they fare: injured 12 seriously.
    """
    if slot_word is None or (slot_word.first == cue.last + 1 and slot_word.role in NAMES):
        return False  # three of the survivors
    if slot_word.first > cue.last and _is_of_those(cue, slot_word, found):
        return False  # three of those rescued
    if found.cue_at("intensive", slot_word.first):
        return False  # two of them on ventilators
    if slot_word.first > cue.last:
        return True
    crossed = any(slot_word.last < other.first < span.first for other in spans)
    if crossed or slot_word.role not in ("before", "around"):
        return False  # but flew 240 of its nationals home
    return not found.cue_at("condition", cue.first)


def _is_of_those_who(
    tokens: Tokens, span: QuantitySpan, found: SentenceMarks, slot_word: Mark
) -> bool:
    """Whether a figure is of those of whom a clause tells that the same befell them: the bodies of
    four *of the pilgrims who died*; not: twelve of the pilgrims who were aboard drowned."""
    behind = span.last + 1
    if not (found.cue_at("genitive", behind) or found.cue_at("among", behind)):
        return False
    near = range(behind + 1, behind + WHO_GAP)
    opens = next((i for i in near if found.cue_at("relative", i)), None)
    if opens is None or any(tokens.words[i] in COMMAS for i in range(behind, opens)):
        return False
    return any(mark.name == slot_word.name and mark.first == opens + 1 for mark in found.slot_words)


def _is_of_those(cue: Mark, slot_word: Mark, found: SentenceMarks) -> bool:
    """Whether a slot word only tells who they are of whom a figure is a part: three *of those* who
    were *rescued* were children."""
    if not found.cue_at("some_of_those", cue.first):
        return False
    between = range(cue.last + 1, slot_word.first)
    return not between or found.cue_at("relative", between[0])


def _is_aside(
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    cue: Mark,
    slot_word: Mark,
) -> bool:
    """Whether two commas enclose a figure between another and the word that takes both: four
    people, three of them of one family, died."""
    begins = start_of(span) - 1
    if begins < 0 or tokens.words[begins] not in COMMAS:
        return False
    before = any(end_of_noun(other) == begins - 1 for other in spans)
    return before and any(tokens.words[i] in COMMAS for i in range(cue.last + 1, slot_word.first))


def _follows(
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    found: SentenceMarks,
    cue: Mark,
) -> bool:
    """Whether the cue tells of this figure (five of them), not of the next (of them five), nor of
    no figure (12 people, most of them children)."""
    if not span.last < cue.first <= end_of_noun(span) + 2:
        return False
    between = range(span.last + 1, cue.first)
    if any(tokens.words[i] in COMMAS or found.cue_at("most", i) for i in between):
        return False
    return not any(
        0 < other.first - cue.last <= 3 and not is_defined(other, found) for other in spans
    )


def _closed(tokens: Tokens, cue: Mark, span: QuantitySpan) -> bool:
    """Whether a comma has closed what is included before *and* goes on with others: eight
    passengers, including the driver, and two pedestrians."""
    join, comma = start_of(span) - 1, start_of(span) - 2
    if comma <= cue.last or tokens.words[join] in COMMAS or not joins(tokens.words[join]):
        return False
    return (
        tokens.words[comma] in COMMAS
        and tokens.words[cue.first - 1] in COMMAS
        and not any(joins(tokens.words[i]) for i in range(cue.last + 1, comma))
    )


def _left(tokens: Tokens, cue: Mark, span: QuantitySpan, found: SentenceMarks) -> bool:
    """Whether the sentence has gone on to something else between 'including' and the figure."""
    if span.first - cue.last > 12:
        return True
    if any(tokens.words[i] in STOPS for i in range(cue.last + 1, span.first)):
        return True
    if any(found.cue_at("that", i) for i in range(cue.last + 1, span.first)):
        return True  # la Croix-Rouge, dont les ingénieurs sont venus, affirme que 75 maisons…
    return any(
        cue.last < mark.first and mark.last < span.first and mark.role != "noun"
        for mark in found.slot_words
    )
