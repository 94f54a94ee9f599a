"""How a word that tells a slot stands to a figure: before its object or after its subject."""

from __future__ import annotations

from collections.abc import Sequence

from transforms.claim.counted import MEASURES, THINGS, fits, group_of
from transforms.claim.lexicon import Mark
from transforms.claim.marks import (
    COMMAS,
    DASHES,
    SentenceMarks,
    coordinated,
    end_of_noun,
    is_bare,
    joins,
    start_of,
    stops,
)
from transforms.claim.slots import slots
from transforms.extract.quantities import QuantitySpan
from transforms.extract.tokens import Tokens

FREEING = frozenset(("rescued", "released", "evacuated"))
HELD = frozenset(("trapped", "detained", "abducted", "missing"))  # from which they are freed
# How far a slot word may stand from its figure, in tokens.
NOUN_GAP, BEFORE_GAP, AFTER_GAP, TOTAL_GAP = 3, 10, 14, 24
TOTAL_GROUP_GAP = 2  # between a total and the noun it counts: the number of destroyed homes
PART_GAP = 4  # between "including" and its figure
COMPLEMENT = 6  # tokens between those told of and a participle, where they tell what they are of
LONGEST_ASIDE = 24  # tokens that commas enclose between a subject and its verb
ONE_GAP = 2  # between a verb and the one it befell: killed an off-duty policeman
APPOSED = 1.5  # score of a participle that begins the sentence
IN_RELATIVE = 0.5  # score of the verb of a clause that only says who is counted
UNHELPED = 5  # score of a participle without an auxiliary: 12 killed in a fire
PHRASE = 7  # score of a phrase behind a figure of a verb before it: evacuated 12 from their homes
ALONE = 10  # score of a figure announced by a total with nothing after it
AFTER_ONE = 3  # score of an object after one without a figure: killed a policeman and two others
OVER_PHRASE = 6  # score of an object behind a phrase: a tué dans la ville 45 personnes
GOVERNING = ("blocking", "genitive", "article_words", "governs")  # words that a figure belongs to
VERB_FIRST = 1.5  # score of an object far behind its verb
GIVEN = 2  # score of a figure that its speaker gives of those told before
GIVEN_OF = frozenset({"before", "after", "participle", "noun"})


def announced_score(
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    mark: Mark,
    found: SentenceMarks,
) -> float:
    """The death toll rose (from 12) to 14. Not what another announces: and the wounded to 90."""
    gap = span.first - mark.last - 1
    if gap > TOTAL_GAP:
        return 0
    if _has_its_participle(span, mark, found):
        return 0
    crossed = [other for other in spans if mark.last < other.first < span.first]
    first = not crossed
    if crossed and _announces_another(tokens, mark, crossed[-1], span, found):
        return 0
    after = span.last + 1
    if first and after < len(tokens.words) and tokens.words[after] in COMMAS:
        return ALONE - gap / TOTAL_GAP  # a toll of 36, with 18 still in hospital
    return (6 if first else 5) - gap / TOTAL_GAP


def _has_its_participle(span: QuantitySpan, mark: Mark, found: SentenceMarks) -> bool:
    """Whether right behind what a figure counts stands what befell them, another thing than a total
    tells: le bilan est de 17 personnes hospitalisées."""
    behind = end_of_noun(span) + 1
    return span.noun_last is not None and any(
        other.role == "participle" and other.first == behind and other.name != mark.name
        for other in found.slot_words
    )


def _announces_another(
    tokens: Tokens, mark: Mark, before: QuantitySpan, span: QuantitySpan, found: SentenceMarks
) -> bool:
    """Whether after what joins two figures a word of another slot leads to the second."""
    joined = [i for i in range(end_of_noun(before) + 1, span.first) if joins(tokens.words[i])]
    return bool(joined) and any(
        joined[0] < other.first and other.last < span.first and other.name != mark.name
        for other in found.slot_words
        if other.role in ("noun", "participle", "total")
    )


def object_score(
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    mark: Mark,
    found: SentenceMarks,
) -> float:
    """Killed 12; killed 12 soldiers and 3 civilians; killed along with 3 civilians."""
    gap = sum(i not in found.timed for i in range(mark.last + 1, start_of(span)))
    if gap > BEFORE_GAP or (gap > 0 and found.cue_at("right_before", mark.first)):
        return 0
    if found.cue_at("reached", mark.first) and any(
        total.role == "total" and total.last == mark.first - 1 for total in found.slot_words
    ):
        return 0  # عدد الجرحى وصل إلى: the number reached
    crossed = [other for other in spans if mark.last < other.first < span.first]
    if found.verb_first and mark.role == "before":
        if _is_of_total(mark, found):
            return 0
        # gunmen in four cars led 16 workers away: the subject's figure of what no verb counts
        closed = tokens.words[start_of(span) - 1] in COMMAS
        if closed and crossed and not any(_may_count(mark, other, found) for other in crossed):
            return VERB_FIRST if _passed(span, mark, [mark.last], found) else 0
    if crossed:
        if not coordinated(tokens, crossed[-1], span, spans, found):
            return 0
        if any(crossed[0].first < cue.first < span.first for cue in found.named("namely")):
            return 0  # killed nine, namely five men and three women
        gap = 3 + crossed[0].first - mark.last - 1  # the nearest figure has first call
    between = range(mark.last + 1, start_of(crossed[0]) if crossed else start_of(span))
    if stops(tokens, between):
        return 0
    untimed = [i for i in between if i not in found.timed]
    if _goes_on(tokens, untimed, found.verb_first):  # 19 drowned and 34 were rescued
        return AFTER_ONE if not crossed and _after_one(span, mark, between, found) else 0
    if any(found.cue_at("running", i) for i in between):
        return 0  # the toll of the shooting rises to 3
    if found.verb_first and any(found.cue_at("that", i) for i in between if i not in found.timed):
        return 0  # إن 12 قتلوا وإن 30 أصيبوا: said that 12 were killed and that 30 were hurt
    blocked = [
        i
        for i in between
        if found.cue_at("blocking", i) and not found.cue_at("part_before", i)
        if i not in found.timed
    ]
    if blocked and _repeats(tokens, mark, between):  # cost the lives à un moniteur et à 12 élèves
        blocked = [i for i in blocked if i != between[-1]]
    if not blocked:
        return 10 - max(gap, 0)
    if not crossed and any(
        _over_phrase(tokens, span, mark, inner, found) for inner in (between, untimed)
    ):
        return OVER_PHRASE - gap / BEFORE_GAP
    first = crossed[0] if crossed else span
    return VERB_FIRST if found.verb_first and _passed(first, mark, blocked, found) else 0


def _is_of_total(mark: Mark, found: SentenceMarks) -> bool:
    """Whether a masdar says of what a total is: عدد الناجين من غرق العبارة 140 (survivors of the
    *sinking* of the ferry are 140)."""
    return found.cue_at("genitive", mark.first - 1) and any(
        other.role == "total" and other.last == mark.first - 2 for other in found.slot_words
    )


def apposed(
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    mark: Mark,
    found: SentenceMarks,
) -> float:
    """Trapped in a cable car, 45 skiers spent the night there: a participle that begins the
    sentence tells of the subject after its comma, where no verb tells more."""
    if mark.role not in ("after", "participle") or mark.first != found.sentence.first:
        return 0
    start = start_of(span)
    between = range(mark.last + 1, start)
    if not between or len(between) > AFTER_GAP or tokens.words[start - 1] not in COMMAS:
        return 0
    single = sum(tokens.words[i] in COMMAS for i in between) == 1
    other = any(mark.last < s.first < span.first for s in spans)
    return APPOSED if single and not other and not stops(tokens, between) else 0


def given(
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    mark: Mark,
    found: SentenceMarks,
) -> float:
    """Miners were arrested, 57 according to their lawyers: the figure of those who were told
    without one."""
    sign = start_of(span) - 1
    if mark.role not in GIVEN_OF or not is_bare(span) or sign <= mark.last:
        return 0
    if tokens.words[sign] not in COMMAS | DASHES | {"("}:
        return 0
    if not any(cue.first == span.last + 1 for cue in found.named("according")):
        return 0
    between = range(mark.last + 1, sign)
    if stops(tokens, between) or any(tokens.words[i] in COMMAS for i in between):
        return 0
    inside = [other.first for other in spans] + [word.first for word in found.slot_words]
    return 0 if any(mark.last < first < span.first for first in inside) else GIVEN


def _goes_on(tokens: Tokens, between: Sequence[int], verb_first: bool) -> bool:
    """Whether what joins two figures stands before the second: not the end of what stands between
    two commas (kidnapped, on Saturday, 29 guests), after its subject where the verb is first."""
    if not between or not joins(tokens.words[between[-1]]):
        return False
    if verb_first and sum(tokens.words[i] in COMMAS for i in between) == 2:
        return tokens.words[between[-1]] not in COMMAS
    signs = [i for i in (between[0], between[-1]) if tokens.words[i] in COMMAS]
    return len(signs) < 2 or len(between) == 1


def _after_one(
    span: QuantitySpan, mark: Mark, between: Sequence[int], found: SentenceMarks
) -> bool:
    """Whether between a verb and what joins stand only one or those who are told without a figure:
    killed a policeman and two passers-by; kills mother, three children."""
    last = between[-1] - 1
    one = [m for m in found.groups if m.last == last and m.first > mark.last]
    if not one or all(m.name in THINGS for m in one) or (span.quantity.stated or 0) < 2:
        return False
    begins = min(m.first for m in one)
    if begins - mark.last - 1 > ONE_GAP:
        return False
    return not any(found.cue_at("blocking", i) for i in range(mark.last + 1, begins))


def _repeats(tokens: Tokens, mark: Mark, between: Sequence[int]) -> bool:
    """Whether what stands before a figure only repeats the last word of its verb after one that
    joins: à un moniteur et à douze élèves."""
    return (
        len(between) > 2
        and tokens.words[between[-1]] == tokens.words[mark.last]
        and joins(tokens.words[between[-2]])
    )


def _over_phrase(
    tokens: Tokens, span: QuantitySpan, mark: Mark, between: Sequence[int], found: SentenceMarks
) -> bool:
    """Whether between a verb and its object stands only a phrase of place, time or manner: a tué
    dans la ville de Sebba 45 personnes. Not one that governs the figure."""
    if mark.role != "before" or is_bare(span):
        return False
    if not between:
        return False
    closed = tokens.words[between[0]] in COMMAS and tokens.words[between[-1]] in COMMAS
    inner = between[1:-1] if closed else between
    if len(inner) < 2 or not found.cue_at("phrase_opens", inner[0]):
        return False
    if any(found.cue_at(name, inner[-1]) for name in GOVERNING):
        return False
    return not any(
        found.cue_at("blocking", i) and not found.cue_at("phrase_opens", i) for i in inner
    ) and not any(inner[0] < other.first <= inner[-1] for other in found.slot_words)


def _passed(span: QuantitySpan, mark: Mark, blocked: Sequence[int], found: SentenceMarks) -> bool:
    """Whether what stands between a verb and its object tells of the subject: killed the strike
    that hit the market 12 people. Not what governs the figure itself, nor another verb."""
    if blocked[-1] >= start_of(span) - 1 or mark.role != "before":
        return False
    return not any(
        mark.last < other.first < span.first and other.name != mark.name
        for other in found.slot_words
    )


def subject_score(
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    mark: Mark,
    found: SentenceMarks,
    gap: int,
) -> float:
    """12 people were killed; 12 soldiers and 3 civilians died."""
    end = end_of_noun(span)
    aside = _relative_aside(tokens, end, mark, found)
    relative = _of_relative(tokens, end, found)
    if aside:
        gap -= len(aside)
    elif any(mark.first == main.first for _, main in relative):
        gap = min(gap, AFTER_GAP)  # as far as its clause tells who is counted
    elif gap > AFTER_GAP:
        behind = range(end + 1, mark.first)
        gap = _without_asides(tokens, behind) - sum(i in found.timed for i in behind)
    if gap > AFTER_GAP:
        return 0
    ahead = (end_of_noun(other) for other in spans if other.first < span.first)
    if any(_is_in_aside(tokens, span, whose, mark, found) for whose in ahead):
        return 0
    begins = mark.first - (mark.role == "participle")  # 140 homes listed as destroyed
    corrected = _correction(tokens, end, mark, found)
    if any(found.cue_at("new_clause", i) for i in range(end + 1, begins) if i not in corrected):
        return 0  # 80 officers applauded as one who was shot left hospital
    if found.verb_first and any(found.cue_at("after", i) for i in range(end + 1, begins)):
        return 0  # fell to 46 after survivors were found
    if found.verb_first and _has_total(tokens, span, mark, found):
        return 0  # the detained number 17, and they have been freed
    if found.verb_first and _says_from_what(tokens, span, spans, mark, found):
        return IN_RELATIVE
    if any(end + 1 < c.first and c.last == mark.first - 1 for c in found.named("part_after")):
        return 0  # stabbed two people, one of whom died
    helped = is_helped(mark, end, found) or found.cue_at("auxiliary", mark.first)
    # the schoolgirls kidnapped in May were freed, three officers on duty died: of the two the
    # second is the verb
    told_of = {
        m.first
        for m in found.slot_words
        if (m.role in ("participle", "who") or _describes(tokens, m, spans, found))
        and not is_helped(m, end, found)  # persons fleeing Burkina have come
        and (helped or (mark.role == "after" and not _parted(tokens, m, mark)))
    }
    if any(mark.first == own.first for own, _ in relative):
        return IN_RELATIVE
    told_of |= {own.first for own, main in relative if main.first == mark.first}
    for other in found.slot_words:
        between = end < other.first < mark.first and other.last != mark.first
        if not between or other.first in told_of or other.role == "numbered":
            continue
        if (other.first not in aside or not helped) and _may_count(other, span, found):
            return 0
    crossed = [
        other
        for other in spans
        if end < other.first < mark.first
        and other.first not in corrected
        and not _is_measured(other)
        and not _is_part_aside(tokens, other, mark, found)
        and not _is_in_aside(tokens, other, end, mark, found)
    ]
    if crossed and not coordinated(tokens, span, crossed[-1], spans, found):
        return 0
    if crossed and any(span.last < word.first <= end for word in found.slot_words):
        return 0  # 51 shot, 7 fatally
    if crossed and span.noun_last is not None and mark.first == crossed[-1].last + 1:
        return 0  # 3,200 ill and 41 dead
    if crossed:
        gap = mark.first - end_of_noun(crossed[-1]) - 1
    if mark.role != "participle" or helped:
        phrase = found.verb_first and found.cue_at("blocking", mark.first)
        return (PHRASE if phrase else 9) - gap / 2
    if _has_object(tokens, mark, spans, found):
        return 0
    reach = range(end + 1, mark.first)
    if gap > 2 and not (_of_complement(tokens, reach, found) or _is_acted_on(reach, found)):
        return 0
    return UNHELPED - gap / 2


def _has_total(tokens: Tokens, span: QuantitySpan, mark: Mark, found: SentenceMarks) -> bool:
    """Whether a total announces a figure and a comma parts it from a verb: عدد الموقوفين 17 عاملا،
    وقد أخلي سبيلهم (the detained are 17 workers, and they have been freed)."""
    behind = range(end_of_noun(span) + 1, mark.first)
    return any(tokens.words[i] in COMMAS for i in behind) and any(
        other.role == "total" and 0 < start_of(span) - other.last <= TOTAL_GROUP_GAP
        for other in found.slot_words
    )


def _says_from_what(
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    mark: Mark,
    found: SentenceMarks,
) -> bool:
    """Whether a verb behind those who were saved or freed, whose own verb begins its clause, only
    says from what: أنقذت الفرق 41 متنزها حاصرتهم السيول (saved 41 hikers whom the floods trapped).
    Not where they are to be saved: a masdar does not begin a clause."""
    if mark.name not in HELD:
        return False
    return any(
        other.role == "before"
        and other.name in FREEING
        and other.last < span.first
        and _begins_clause(tokens, other, found)
        and object_score(tokens, span, spans, other, found) > 0
        for other in found.slot_words
    )


def _begins_clause(tokens: Tokens, mark: Mark, found: SentenceMarks) -> bool:
    """Whether a verb stands first in its sentence, after a comma or after a particle."""
    before = mark.first - 1
    return (
        mark.first == found.sentence.first
        or tokens.words[before] in COMMAS
        or found.cue_at("right_before", before)
        or found.cue_at("new_clause", before)
    )


def _may_count(mark: Mark, span: QuantitySpan, found: SentenceMarks) -> bool:
    """Whether a slot word can be told of what a figure counts: no sailors are withdrawn."""
    slot = slots().get(mark.name)
    return slot is None or slot.kind != "count" or fits(slot, span, group_of(span, found))


def _describes(
    tokens: Tokens, mark: Mark, spans: Sequence[QuantitySpan], found: SentenceMarks
) -> bool:
    """Whether a verb that could have an object has none, and so only describes: les 36 passagers
    du car intercepté le 2 octobre ont recouvré la liberté."""
    return mark.role == "before" and not _has_object(tokens, mark, spans, found)


def _of_relative(tokens: Tokens, end: int, found: SentenceMarks) -> list[tuple[Mark, Mark]]:
    """The verbs of the clause that tells who is counted, each with the verb of the sentence, of
    another slot: forty miners who had been *trapped* were *rescued*."""
    if found.verb_first or not found.cue_at("relative", end + 1):
        return []
    verbs = [
        m
        for m in found.slot_words
        if m.first > end and m.role in ("after", "participle") and is_helped(m, end, found)
    ]
    if not verbs:
        return []
    inner = [m for m in verbs if m.first == verbs[0].first]
    last = inner[0].last
    main = [m for m in verbs if m.first > last and m.name not in {own.name for own in inner}][:1]
    if not main or any(m.first not in (inner[0].first, main[0].first) for m in verbs):
        return []
    between = _outside_commas(tokens, range(last + 1, main[0].first))
    if len(between) > AFTER_GAP or any(
        joins(tokens.words[i]) or found.cue_at("relative", i) or found.cue_at("new_clause", i)
        for i in between
    ):
        return []
    return [(own, main[0]) for own in inner]


def _outside_commas(tokens: Tokens, between: Sequence[int]) -> list[int]:
    """The tokens beside what two commas enclose: trapped at a shaft near Orkney*, in North West
    province,* were rescued."""
    commas = [i for i in between if tokens.words[i] in COMMAS]
    if len(commas) != 2 or commas[1] - commas[0] > LONGEST_ASIDE:
        return list(between)
    return [i for i in between if not commas[0] <= i <= commas[1]]


def _is_part_aside(tokens: Tokens, part: QuantitySpan, verb: Mark, found: SentenceMarks) -> bool:
    """Whether a figure only tells a part of the one before it: 12 people, including 3 children,
    were killed. Not one that has the verb: 26 miners, dont 11 restent au fond."""
    cues = [c for c in found.named("part_before") if 0 < part.first - c.last <= PART_GAP]
    return bool(cues) and not any(
        found.cue_at("relative", cue.first)
        and tokens.words[cue.first - 1] in COMMAS
        and not any(tokens.words[i] in COMMAS for i in range(part.last + 1, verb.first))
        for cue in cues
    )


def _is_in_aside(
    tokens: Tokens, inner: QuantitySpan, end: int, verb: Mark, found: SentenceMarks
) -> bool:
    """Whether two commas enclose a figure with words before it, right before the auxiliary of a
    verb: nine fishermen, at sea in two canoes, were rescued."""
    commas = [i for i in range(end + 1, verb.first) if tokens.words[i] in COMMAS]
    if len(commas) != 2 or not commas[0] + 1 < start_of(inner) <= inner.last < commas[1]:
        return False
    if joins(tokens.words[commas[0] + 1]):
        return False
    return all(found.cue_at("auxiliary", i) for i in range(commas[1] + 1, verb.first)) and (
        verb.first > commas[1] + 1 or found.cue_at("auxiliary", verb.first)
    )


def _without_asides(tokens: Tokens, between: Sequence[int]) -> int:
    """How many tokens stand between a subject and its verb beside what commas enclose: eight guests
    of a bar in Ngangelizwe, a township of Mthatha, in the Eastern Cape, were shot."""
    commas = [i for i in between if tokens.words[i] in COMMAS]
    aside = commas[-1] - commas[0] + 1 if len(commas) > 1 else 0
    return len(between) - (aside if aside <= LONGEST_ASIDE else 0)


def _relative_aside(tokens: Tokens, end: int, mark: Mark, found: SentenceMarks) -> range:
    """The tokens of a relative clause between commas after those told of: three firemen, qui
    luttaient contre les flammes, y ont laissé la vie. Empty where there is none."""
    begins = end + 1
    if begins + 1 >= mark.first or tokens.words[begins] not in COMMAS:
        return range(0)
    if not found.cue_at("relative", begins + 1):
        return range(0)
    closes = next((i for i in range(begins + 2, mark.first) if tokens.words[i] in COMMAS), None)
    return range(begins, closes + 1) if closes is not None else range(0)


def _of_complement(tokens: Tokens, between: Sequence[int], found: SentenceMarks) -> bool:
    """Whether between those told of and a participle stands only what they are of: 63 patients of
    the region hospitalised."""
    if len(between) > COMPLEMENT or not found.cue_at("genitive", between[0]):
        return False
    return not any(
        joins(tokens.words[i]) or found.cue_at("blocking", i) or found.cue_at("relative", i)
        for i in between
    )


def _is_acted_on(between: Sequence[int], found: SentenceMarks) -> bool:
    """Whether between those told of and a verb stands only who did it to them: 29 fishermen *whom
    the court* released, the 12 hostages *that the militia* freed."""
    return found.cue_at("whom", between[0]) and not any(
        found.cue_at("blocking", i) or found.cue_at("auxiliary", i) for i in between[1:]
    )


def _is_measured(span: QuantitySpan) -> bool:
    """Whether a figure tells of those before it how old, how far: six men, aged 18 to 25, died."""
    return span.quantity.unit in MEASURES and span.quantity.unit != "%"


def _correction(tokens: Tokens, end: int, mark: Mark, found: SentenceMarks) -> range:
    """The tokens of an aside that takes another figure back: 59 fans, not 95 as first reported,
    were detained. Empty where there is none."""
    after = end + 1
    if after >= mark.first or tokens.words[after] not in COMMAS:
        return range(0)
    if not any(cue.first in (after, after + 1) for cue in found.named("old")):
        return range(0)
    closes = [i for i in range(after + 1, mark.first) if tokens.words[i] in COMMAS]
    return range(after, closes[0] + 1) if closes else range(0)


def _parted(tokens: Tokens, one: Mark, other: Mark) -> bool:
    """Whether a comma or *and* stands between two words: 12 killed, others missing."""
    return any(joins(tokens.words[i]) for i in range(one.last + 1, other.first))


def is_helped(mark: Mark, end: int, found: SentenceMarks) -> bool:
    """Whether an auxiliary stands shortly before a verb: *were* killed, *remain* trapped."""
    for i in range(max(mark.first - 3, end + 1), mark.first):
        if found.cue_at("auxiliary", i) or found.cue_at("still", i):
            return True
    return False


def _has_object(
    tokens: Tokens, mark: Mark, spans: Sequence[QuantitySpan], found: SentenceMarks
) -> bool:
    """Whether something stands where the object of an active verb stands: killed 12, killed the…
    Not after a comma or *and*: three rescued, two missing."""
    following = mark.last + 1
    if any(map(joins, tokens.words[following : following + 1])):
        return False
    return (
        any(span.first in (following, following + 1) for span in spans)
        or any(group.first == following for group in found.groups)
        or found.cue_at("article_words", following)
    )
