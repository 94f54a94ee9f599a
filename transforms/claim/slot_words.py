"""Which word of a sentence says what a figure counts.

Each slot word may take figures on one side or both (languages/<lang>/claims.toml). Of all words
that can take a figure the nearest does: of "killed 12 and wounded 30", 12 are killed, 30 wounded.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from transforms.claim.counted import DESTRUCTIBLE, THINGS, fits, group_of, things_before
from transforms.claim.lexicon import Mark
from transforms.claim.marks import (
    COMMAS,
    SentenceMarks,
    coordinated,
    end_of_noun,
    is_bare,
    joins,
    start_of,
    stops,
)
from transforms.claim.pairs import NOTHING
from transforms.claim.slots import slots
from transforms.claim.word_order import (
    NOUN_GAP,
    TOTAL_GROUP_GAP,
    announced_score,
    apposed,
    given,
    is_helped,
    object_score,
    subject_score,
)
from transforms.extract.quantities import QuantitySpan
from transforms.extract.tokens import Tokens

# What can be denied of so many by a verb with *not*; who has not been freed may be tomorrow.
ACTS = frozenset(
    ("killed", "injured", "casualties", "abducted", "detained", "destroyed", "infected",
     "displaced")
)  # fmt: skip
TOTAL_NOUN_GAP = 4  # between "number of" and the slot word
AHEAD_GAP, GROUP_GAP = 6, 2  # from a figure without a noun to its verb, and back to its group
WHOM_GAP = 8  # the same where those who are counted are told of: people whom the flood displaced
NUMBERING_GAP = 10  # between those who are told and "numbering"
OBJECT_GAP = 16  # the same between a verb and the number of its object
SAYING_GAP = 8  # between "their number" and the figure that it reached, by whom it is said
INVERSION_GAP = 3  # between an auxiliary that begins a sentence and its verb
SAID_FIRST_GAP = 16  # between a figure and what says what it is: 17: that is the number of…
SAID_FIRST = 8  # score of such a word
SAID_SIGNS = COMMAS | frozenset(":-–—")
VERB_GAP = 4  # tokens between what describes persons and the verb that tells of them

# Of all words that can take a figure the one with the highest score does.
FOR_THEM = 0.25  # more for a slot of those counted alone: soldiers who arrive are no refugees
AROUND = 9.9  # score of a figure between the words of a pair: let 300 prisoners go
# Score of the figure after those who are told, as in "killed, numbering 12". A language may list
# such words: القتلى اثنا عشر (the dead are twelve).
NUMBERED = {"numbered": 5, "who numbered": 1}


def parted(found: SentenceMarks) -> tuple[SentenceMarks, SentenceMarks]:
    """The sentence with the slot words that tell what happened, and with those that a negation
    stands before: nobody was killed; but of "No, 12 people were not killed" the 12 are denied."""
    if not found.named("negated") or found.cue_at("answers_no", found.sentence.first):
        return found, replace(found, slot_words=())
    negated = {mark for mark in found.slot_words if is_negated(mark.first, found)}
    kept = tuple(mark for mark in found.slot_words if mark not in negated)
    left = tuple(mark for mark in found.slot_words if mark in negated and mark.name in ACTS)
    return replace(found, slot_words=kept), replace(found, slot_words=left)


def is_negated(first: int, found: SentenceMarks) -> bool:
    """Whether a negation stands before a word, with auxiliaries between: was not killed."""
    at = first - 1
    ends = {cue.last for cue in found.named("negated")}
    while at not in ends and found.cue_at("auxiliary", at):
        at -= 1
    return at in ends


def with_totals(found: SentenceMarks, spans: Sequence[QuantitySpan]) -> tuple[Mark, ...]:
    """The slot words, where "number of (people) killed" is one word that announces a total.

    Of "the number of prisoners killed" the last word tells the slot. In a total *of 247 cases* the
    figure is told, and cases is the word it fills.
    """
    words = _with_numbers(found.slot_words, spans, found)
    for cue in found.named("number_of"):
        if any(mark.role == "total" and mark.first == cue.first for mark in words):
            continue  # the number of displaced reached 1,400
        if any(0 < span.first - cue.last <= 2 for span in spans):
            continue
        whom = any(found.cue_at("relative", cue.last + gap) for gap in (1, 2, 3))
        reach = WHOM_GAP if whom else TOTAL_NOUN_GAP
        near = [index for index, mark in enumerate(words) if 0 < mark.first - cue.last <= reach]
        telling = [index for index in near if words[index].role != "who"] or near
        if whom:  # people whom the flooding had displaced
            telling = [i for i in telling if words[i].role != "before"] or telling
        if telling:
            mark = words[telling[0]]
            words[telling[0]] = Mark(cue.first, mark.last, "total", mark.name)
    return tuple(mark for mark in words if not _is_reached(mark, words, found, spans))


def _is_reached(
    mark: Mark, words: Sequence[Mark], found: SentenceMarks, spans: Sequence[QuantitySpan]
) -> bool:
    """Whether a verb of arriving says what a total before it came to: the number of the displaced
    *reached* (وصل إلى, came to) 17. Not: 17 came to the town."""
    if mark.role != "before" or mark.first == mark.last or not found.cue_at("reached", mark.first):
        return False
    return any(span.first == mark.last + 1 for span in spans) and any(
        word.role == "total" and word.last < mark.first for word in words
    )


def _with_numbers(
    words: Sequence[Mark], spans: Sequence[QuantitySpan], found: SentenceMarks
) -> list[Mark]:
    """The slot words, where one whose number is told is joined to that: dead, numbering 12. A noun
    that has a figure keeps it: 18 dead; the police say that they number 13."""
    counted = {span.noun_last for span in spans}
    result = list(words)
    for cue in found.named("numbering"):
        before = [
            i
            for i, m in enumerate(result)
            if 0 < cue.first - m.last <= NUMBERING_GAP
            and m.role in ("noun", "who", "after", "participle")
        ]
        if before:
            mark = result[before[-1]]
            role = "who numbered" if mark.role == "who" else "numbered"
            numbered = Mark(mark.first, cue.last, role, mark.name)
            if mark.role == "noun" and mark.first in counted:
                result.append(numbered)
            else:
                result[before[-1]] = numbered
        elif found.verb_first and (verbs := _verbs_before(cue, result)):
            result.append(Mark(verbs[-1].first, cue.last, "numbered", verbs[-1].name))
    return result


def _verbs_before(cue: Mark, words: Sequence[Mark]) -> list[Mark]:
    """The verbs of whose object the number is told: withdrew its last soldiers, numbering 370."""
    return [m for m in words if m.role == "before" and 1 < cue.first - m.last <= OBJECT_GAP]


def counted_in_total(mark: Mark, span: QuantitySpan, found: SentenceMarks) -> str | None:
    """The group that a total names before a figure without a noun: the number of destroyed *homes*
    stands at 412; or a verb, of the object that numbers so many; None where it names none."""
    if not is_bare(span):
        return None
    if mark.role in ("after", "participle"):
        return _group_ahead(mark, span, found)
    if mark.role not in ("total", "numbered"):
        return None
    until = min(mark.last + TOTAL_GROUP_GAP, span.first - 1)
    persons = (slot := slots().get(mark.name)) is not None and slot.unit == "person"
    groups = [m for m in found.groups if not (persons and m.name in THINGS)]  # in *hospital*
    inside = [m.name for m in groups if mark.first <= m.first <= mark.last]
    behind = [m.name for m in groups if mark.last < m.first and m.last <= until]
    if mark.role == "numbered" and not inside:
        inside = [m.name for m in groups if m.last == mark.first - 1]
    named = (inside or behind)[:1] if mark.role == "total" else inside[-1:]
    return named[0] if named and named[0] not in ("people", "things") else None


def _group_ahead(mark: Mark, span: QuantitySpan, found: SentenceMarks) -> str | None:
    """The group told right before a figure without a noun of which a verb tells: of the soldiers,
    800 have been deployed; les maisons, dix-sept au total, ont été détruites. Of slots of such
    groups alone."""
    slot = slots().get(mark.name)
    if slot is None or slot.kind != "count" or not (slot.unit == "thing" or slot.of):
        return None
    if not 0 < mark.first - span.last <= AHEAD_GAP:
        return None
    near = (m for m in reversed(found.groups) if 0 < span.first - m.last <= GROUP_GAP)
    group = next((m.name for m in near), None)
    known = group in slot.of if slot.of else group in DESTRUCTIBLE
    return group if known else None


def best_word(
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    found: SentenceMarks,
    taken: dict[Mark, QuantitySpan],
) -> Mark | None:
    """The word that takes a figure. That of a pair that tells nothing takes it from all others."""
    best: Mark | None = None
    best_score = 0.0
    known, group = slots(), group_of(span, found)
    goes_on = things_before(span, spans, found) is not None
    for mark in found.slot_words:
        slot = known.get(mark.name)
        if slot is None and mark.name == NOTHING:
            if (score := _score(tokens, span, spans, mark, found)) > best_score:
                best, best_score = mark, score
            continue
        if slot is None or slot.kind != "count":
            continue
        if not fits(slot, span, counted_in_total(mark, span, found) or group, goes_on):
            continue
        if found.cue_at("of_fighters", mark.first) and group != "fighters":
            continue  # eliminated 200 jobs
        if slot.name in ("infected", "injured") and _is_told_of_other(mark, found):
            continue
        score = _score(tokens, span, spans, mark, found)
        if score and slot.of and "people" not in slot.of:
            score += FOR_THEM
        if score <= best_score:
            continue
        holder = taken.get(mark)
        if holder is not None and not coordinated(tokens, holder, span, spans, found):
            score -= 2
        if score > best_score:
            best, best_score = mark, score
    return best


def _leads_to_parts(mark: Mark, found: SentenceMarks) -> bool:
    """Whether a noun leads to parts of it: parmi les victimes figurent cinq élèves."""
    return any(
        cue.first < mark.first and mark.last < cue.last for cue in found.named("part_before")
    )


def _is_told_of_other(mark: Mark, found: SentenceMarks) -> bool:
    """Whether a word that an illness shares with wounds (touché 230, 19 إصابة) tells of the other:
    an illness or its lack in the sentence decides."""
    if not any((c.first, c.last) == (mark.first, mark.last) for c in found.named("of_illness")):
        return False
    ill = any(kind.name == "epidemic" for kind in found.event_kinds)
    return ill != (mark.name == "infected")


def _score(
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    mark: Mark,
    found: SentenceMarks,
) -> float:
    """How well a slot word takes a figure; 0: not at all."""
    end = end_of_noun(span)
    if mark.role == "around":
        inside = mark.first < start_of(span) and span.last < mark.last
        return AROUND if inside else 0
    if mark.last < span.first:
        if mark.role == "total":
            return announced_score(tokens, span, spans, mark, found)
        if mark.role in ("noun", "who") and _leads_to_parts(mark, found):
            return object_score(tokens, span, spans, mark, found)
        if mark.role in NUMBERED:
            gap = start_of(span) - mark.last
            near = gap <= 2 or (gap <= SAYING_GAP and found.cue_at("to_word", start_of(span) - 1))
            return NUMBERED[mark.role] if near else 0
        takes = mark.role in ("before", "participle") or _is_inverted(span, mark, found)
        takes = takes and not _only_says(span, mark, found)
        score = object_score(tokens, span, spans, mark, found) if takes else 0
        score = score or apposed(tokens, span, spans, mark, found)
        return score or given(tokens, span, spans, mark, found)
    dual = span.noun_last == span.last  # قتيلان: two dead
    if mark.first <= span.last:
        return 12 if dual and mark.first == span.first and mark.role == "noun" else 0
    if dual and mark.first == span.last + 1 and tokens.words[mark.first].startswith("و"):
        return 0  # قتيلان وجريحان
    gap = mark.first - end - 1
    if gap <= SAID_FIRST_GAP and _is_said_first(tokens, span, spans, mark, found):
        return SAID_FIRST - gap / SAID_FIRST_GAP
    between = range(end + 1, mark.first)
    if stops(tokens, between):
        return 0
    if mark.role == "total":
        joined = any(joins(tokens.words[i]) for i in between)  # the dead at 12 and the hurt at 30
        return 6 if gap <= 1 and not joined else 0  # four of those hurt
    if mark.role in ("noun", "who"):
        crossed = any(end < other.first < mark.first for other in spans)
        signs = any(joins(tokens.words[i]) or found.cue_at("other_verbs", i) for i in between)
        if gap > NOUN_GAP or crossed or signs or _takes_next(mark, spans, found):
            return 0
        if _only_describes(span, mark, found):
            return 0
        return 12 - max(gap, 0) if mark.role == "noun" else 1 - max(gap, 0) / 8
    if mark.role in ("after", "participle"):
        return subject_score(tokens, span, spans, mark, found, gap)
    return 0


def _only_says(span: QuantitySpan, mark: Mark, found: SentenceMarks) -> bool:
    """Whether a word that is also one of saying only says what follows: the unions *claimed* 50,000
    people marched; not: the floods claimed 12 people."""
    if mark.role != "before" or not found.cue_at("speech", mark.first):
        return False
    end = end_of_noun(span)
    return any(
        m.role in ("after", "participle")
        and 0 < m.first - end <= VERB_GAP
        and not any(map(joins, found.words[end + 1 : m.first]))
        for m in found.slot_words
    )


def _is_said_first(
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    mark: Mark,
    found: SentenceMarks,
) -> bool:
    """Whether a sentence begins with a figure and then says what it is: seventeen: that is the
    number of miners who died; neuf millions, c'est ce que les bailleurs ont promis."""
    begins = end_of_noun(span) + 2
    cue = next((cue for cue in found.named("is_that") if cue.first == begins), None)
    if cue is None or start_of(span) != found.sentence.first or mark.last <= cue.last:
        return False
    crossed = any(span.first < other.first < mark.first for other in spans)
    return tokens.words[begins - 1] in SAID_SIGNS and not crossed


def _only_describes(span: QuantitySpan, mark: Mark, found: SentenceMarks) -> bool:
    """Whether a word that is noun and participle only says of which persons a verb goes on to tell:
    five fishermen reported missing were found alive."""
    if span.noun_last is None or mark.first <= span.noun_last:
        return False
    twice = any(
        m.role == "participle" and (m.first, m.last) == (mark.first, mark.last)
        for m in found.slot_words
    )
    return twice and any(
        other.role in ("after", "participle")
        and other.name != mark.name
        and mark.last < other.first <= mark.last + VERB_GAP
        and is_helped(other, mark.last, found)
        for other in found.slot_words
    )


def _is_inverted(span: QuantitySpan, mark: Mark, found: SentenceMarks) -> bool:
    """Whether a sentence begins with what is told and then names of whom: freed on bail were 16;
    sont portés disparus 12 marins."""
    first, verb = found.sentence.first, start_of(span) - 1
    if mark.role not in ("after", "participle") or mark.first > first + INVERSION_GAP:
        return False
    if any(not found.cue_at("auxiliary", i) for i in range(first + 1, mark.first)):
        return False  # ont également péri trois pompiers
    if mark.last == verb:
        return found.cue_at("auxiliary", first)
    begins = mark.role == "after" and mark.first == first and verb == mark.last + 1
    return begins and found.cue_at("auxiliary", verb)


def _takes_next(mark: Mark, spans: Sequence[QuantitySpan], found: SentenceMarks) -> bool:
    """Whether a word that is noun and verb takes the figure after it: killed 30 injured 90.

    Not where that figure has a noun of its own: 30 dead 90 injured.
    """
    following = next((span for span in spans if span.first == mark.last + 1), None)
    if following is None:
        return False
    end = end_of_noun(following)
    own = any(
        other.role in ("noun", "after", "participle")
        and other.name != mark.name  # the injury of 82 with wounds
        and 0 < other.first - following.last <= NOUN_GAP
        for other in found.slot_words
        if other.first > mark.last
    )
    return not own and end >= following.last
