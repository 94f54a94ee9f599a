"""The parts of a total: what a text tells as all there is of a figure."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from transforms.claim.counted import group_of
from transforms.claim.marks import COMMAS, SentenceMarks, end_of_noun, joins, start_of
from transforms.claim.slots import slots
from transforms.extract.quantities import QuantitySpan
from transforms.extract.tokens import Tokens

LIST_GAP = 5  # tokens from a total to its list, and between what is listed
COLON_GAP = 8  # the same after a colon, which announces a list
SUM_GAP = 2  # between a figure and what tells that it is a sum
REST_GAP = 10  # between parts of which the last is the rest
NO_PARTS = frozenset({"people", "things", "other"})  # of which no list is known to be all there is
PARTING = ("part_before", "part_after", "part_of_toll")  # what tells a part of a part
MOST = 0.65  # of a total that a list behind a comma must make up
# Groups of which both together leave nobody out.
ALL_THERE_ARE = (
    frozenset({"men", "women"}),
    frozenset({"civilians", "soldiers"}),
    frozenset({"civilians", "police"}),
    frozenset({"civilians", "fighters"}),
)
LIST_SIGNS = frozenset(":(–—-")


def parts_of(
    tokens: Tokens, total: QuantitySpan, spans: Sequence[QuantitySpan], found: SentenceMarks
) -> tuple[float, ...]:
    """The parts that a sentence tells with a total as all there is: 12 people: 7 men, 5 women.

    A colon, dash, bracket, *namely* or *in all* opens the list; its figures are joined by commas or
    'and', and count groups that exclude each other, or stand alone after a colon (7 in Homs, 5 in
    Hama). Or a comma opens it, and its groups leave nobody out (12 died, 7 men and 5 women). Or the
    list stands before its total (7 men and 5 women, 12 in all), or the last is the rest (7 were
    freed and the other five died). Never after *including*.
    """
    later = [span for span in spans if span.first > total.last]
    earlier = [span for span in spans if span.last < total.first]
    parts = (
        _listed_after(tokens, total, later, found)
        or _apposed(tokens, total, later, found)
        or _listed_after(tokens, total, later[1:], found)  # killed 25 in two blasts: 14 in Homs…
        or _up_to_the_rest(total, spans, found)
        or _listed_before(tokens, total, earlier, found)
        or _added_up(tokens, total, earlier, spans, found)
    )
    return parts if max(parts, default=0) < (total.quantity.stated or 0) else ()


def is_sum(
    tokens: Tokens, span: QuantitySpan, spans: Sequence[QuantitySpan], found: SentenceMarks
) -> bool:
    """Whether a figure is told as the sum of those before it: five in Homs and eight in Hama, *for
    a total of* 13; 13 *in all*, where it is. Not: a bus with 40 passengers in all."""
    earlier = [other for other in spans if other.last < span.first]
    size = span.quantity.stated or 0
    if not earlier or size <= max(other.quantity.stated or 0 for other in earlier):
        return False
    start, end = start_of(span), end_of_noun(span)
    if any(found.cue_at("speech", i) for i in range(end_of_noun(earlier[-1]) + 1, start)):
        return False  # 44 were hurt, said the army; a doctor said that it was 71
    if any(0 < start - cue.last <= SUM_GAP for cue in found.named("adds_to")):
        return True
    behind = max((c.last for c in found.named("in_all") if 0 < c.first - end <= SUM_GAP), default=0)
    leads = any(0 < start - cue.last <= SUM_GAP for cue in found.named("adds_up"))
    if not leads and not behind:
        return False
    if _amount(earlier) == size:
        return True
    anybody = span.noun_last is None or found.cue_at("anybody", span.noun_last)
    apart = tokens.words[start - 1] in COMMAS or leads
    return anybody and apart and _closes(tokens, max(end, behind) + 1, found)


def _closes(tokens: Tokens, index: int, found: SentenceMarks) -> bool:
    """Whether a clause ends before a token: at a sign, or with who says so."""
    if index > found.sentence.last or not tokens.words[index].isalnum():
        return True
    return found.cue_at("according", index) or found.cue_at("speech", index)


def _amount(listed: Sequence[QuantitySpan]) -> float:
    return sum(span.quantity.stated or 0 for span in listed) if len(listed) > 1 else 0


def listed_alone(
    tokens: Tokens, spans: Sequence[QuantitySpan], found: SentenceMarks
) -> tuple[float, ...]:
    """The parts that a sentence tells as all those told of before: they were 7 men and 5 women."""
    if len(spans) < 2 or spans[0].first - found.sentence.first > COLON_GAP:
        return ()
    if any(span.quantity.unit not in (None, "person", _name(tokens, span)) for span in spans):
        return ()  # the dead are an 18-year-old and a 20-year-old
    opening = [
        c.last
        for c in found.named("they_were")
        if c.last < spans[0].first and not _of_some(c.first, found)
    ]
    if not opening:
        return ()
    return _list_from(opening[-1], spans, found, announced=True) or _with_the_rest(spans, found)


def _of_some(first: int, found: SentenceMarks) -> bool:
    """Whether a word only tells some of those told of: *among* the dead were four staff."""
    return any(
        cue.first < first <= cue.last + 1
        for name in ("among", "part_before")
        for cue in found.named(name)
    )


def _name(tokens: Tokens, span: QuantitySpan) -> str | None:
    """What is counted, where it has a name of its own: 12 Italians."""
    noun = span.noun_last
    named = noun is not None and tokens.text[tokens.starts[noun]].isupper()
    return span.quantity.unit if named else None


def _listed_after(
    tokens: Tokens, total: QuantitySpan, later: Sequence[QuantitySpan], found: SentenceMarks
) -> tuple[float, ...]:
    if len(later) < 2:
        return ()
    signs = range(end_of_noun(total) + 1, later[0].first)
    opening = max(
        (
            i
            for i in signs
            if tokens.words[i] in LIST_SIGNS
            or found.cue_at("namely", i)
            or found.cue_at("in_all", i)
        ),
        default=None,
    )
    if opening is None and _is_equated(signs, found):
        opening = signs[-1]
    if opening is None:
        return ()
    return _list_from(opening, later, found, tokens.words[opening] == ":")


def _is_equated(between: Sequence[int], found: SentenceMarks) -> bool:
    """Whether all of whom a total tells are said to be those behind it: the 26 dead *were* 14 men,
    nine women and five children. Not: among the 26 dead were nine women and five children."""
    if not between or not found.cue_at("auxiliary", between[-1]):
        return False
    if any(found.named(name) for name in ("among", "most", *PARTING)):
        return False
    told = [m for m in found.slot_words if m.role == "noun" and m.last == between[-1] - 1]
    return len(between) == 1 or any(m.first <= between[0] for m in told)


def _apposed(
    tokens: Tokens, total: QuantitySpan, later: Sequence[QuantitySpan], found: SentenceMarks
) -> tuple[float, ...]:
    """The parts behind a comma, where their groups leave nobody out and make up most of the total:
    14 people, eight men and six women, died; of the 20 killed, 12 were men and eight were women."""
    if len(later) < 2:
        return ()
    opening = start_of(later[0]) - 1
    between = range(end_of_noun(total) + 1, opening)
    verb = found.cue_at("auxiliary", opening) and not any(joins(tokens.words[i]) for i in between)
    if tokens.words[opening] not in COMMAS and not verb:
        return ()  # the 12 dead were seven men and five women; not: and part of those are
    listed = _list_from(opening, later, found, announced=False)
    size = total.quantity.stated or 0
    if not MOST * size <= sum(listed) < size * 2:
        return ()
    last = later[len(listed) - 1]
    groups = {_listed_as(span, found, announced=False) for span in later[: len(listed)]}
    behind = end_of_noun(last) + 1
    if any(found.cue_at(name, behind) for name in PARTING):
        return ()  # 14 people, three of them women and 11 men among them
    return listed if any(pair <= groups for pair in ALL_THERE_ARE) else ()


def _list_from(
    opening: int, later: Sequence[QuantitySpan], found: SentenceMarks, announced: bool
) -> tuple[float, ...]:
    """The figures that follow each other from a token on, if they are parts."""
    gap = COLON_GAP if announced else LIST_GAP
    listed: list[QuantitySpan] = []
    for span in later:
        start = end_of_noun(listed[-1]) if listed else opening
        including = any(
            start < m.first < span.first and not (announced and found.cue_at("beyond", m.first))
            for m in found.named("part_before")
        )
        if span.first - start - 1 > gap or including:
            break
        listed.append(span)
    if announced and all(_is_somewhere(span, found) for span in listed):
        return _exact(listed)
    return _exact(listed) if _exclude(listed, found, announced) else ()


def _is_somewhere(span: QuantitySpan, found: SentenceMarks) -> bool:
    """Whether a bare figure is of a place: 14 at the station; not an age: Anna, 14, and Tom, 12."""
    return span.noun_last is None and found.cue_at("blocking", span.last + 1)


def _listed_before(
    tokens: Tokens, total: QuantitySpan, earlier: Sequence[QuantitySpan], found: SentenceMarks
) -> tuple[float, ...]:
    """The parts right before a total that is told as such: 7 men and 5 women, 12 in all."""
    beside = (start_of(total) - 1, end_of_noun(total) + 1)
    if not any(found.cue_at("in_all", i) for i in beside):
        return ()
    listed: list[QuantitySpan] = []
    for span in reversed(earlier):
        start = listed[0].first if listed else start_of(total)
        between = tokens.words[end_of_noun(span) + 1 : start]
        if len(between) > 2 or not (
            any(map(joins, between)) or tokens.words[start].startswith("و")
        ):
            break
        listed.insert(0, span)
    return _exact(listed) if _exclude(listed, found, announced=False) else ()


def _added_up(
    tokens: Tokens,
    total: QuantitySpan,
    earlier: Sequence[QuantitySpan],
    spans: Sequence[QuantitySpan],
    found: SentenceMarks,
) -> tuple[float, ...]:
    """The parts before a total that *adds up*, wherever they are: five in Homs and eight in Hama,
    for a total of 13. Not where another slot is told between, nor a part of a part."""
    leads = any(0 < start_of(total) - cue.last <= SUM_GAP for cue in found.named("adds_up"))
    if len(earlier) < 2 or not leads or not is_sum(tokens, total, spans, found):
        return ()
    ahead = [m for m in found.slot_words if m.first < total.first and _is_of_persons(m.name)]
    told = {m.name for m in ahead if m.role != "total"} or {m.name for m in ahead}
    units = {span.quantity.unit for span in earlier} - {None, "person", total.quantity.unit}
    parts = any(
        c.first < total.first and not found.cue_at("beyond", c.first)
        for n in PARTING
        for c in found.named(n)
    )
    return () if len(told) != 1 or units or parts else _exact(earlier)


def _is_of_persons(name: str) -> bool:
    """Whether a slot tells what befell persons, not the hall that burned down."""
    slot = slots().get(name)
    return slot is not None and slot.unit == "person"


def _up_to_the_rest(
    total: QuantitySpan, spans: Sequence[QuantitySpan], found: SentenceMarks
) -> tuple[float, ...]:
    """The parts up to one that is told as the rest: 21 are in hospital, the other nine at home."""
    whole = total.quantity.stated or 0
    if any((s.quantity.stated or 0) >= whole for s in spans if s is not total):
        return ()  # itself a part
    return _with_the_rest([span for span in spans if span.first > total.last], found)


def _with_the_rest(later: Sequence[QuantitySpan], found: SentenceMarks) -> tuple[float, ...]:
    last = next((i for i, span in enumerate(later) if _is_the_rest(span, found)), None)
    if not last:
        return ()
    listed = later[: last + 1]
    persons = all(span.quantity.unit in (None, "person") for span in listed)
    gaps = (b.first - end_of_noun(a) for a, b in pairwise(listed))
    including = any(
        listed[0].first < m.first < listed[-1].first for m in found.named("part_before")
    )
    near = all(gap <= REST_GAP for gap in gaps)
    return _exact(listed) if persons and near and not including else ()


def _is_the_rest(span: QuantitySpan, found: SentenceMarks) -> bool:
    """Whether a figure is of all who are left: the remaining nine, les neuf autres."""
    before, after = start_of(span) - 1, span.last + 1
    if found.cue_at("the_rest", before) or found.cue_at("the_rest", after):
        return True
    return found.cue_at("others", after) and found.cue_at("article_words", before)


def _exclude(listed: Sequence[QuantitySpan], found: SentenceMarks, announced: bool) -> bool:
    groups = [_listed_as(span, found, announced) for span in listed]
    return len(set(groups)) == len(groups) and None not in groups


def _exact(listed: Sequence[QuantitySpan]) -> tuple[float, ...]:
    """What is stated of two parts or more, if all are exact."""
    stated = [span.quantity.stated for span in listed if span.quantity.qualifier == "exact"]
    exact = len(listed) > 1 and len(stated) == len(listed)
    return tuple(value for value in stated if value) if exact else ()


def _listed_as(span: QuantitySpan, found: SentenceMarks, announced: bool) -> str | None:
    """As what a figure of a list counts: its group, or of people, after a colon, what they are
    (workers); None where it tells neither: people, others."""
    group = group_of(span, found)
    if span.noun_last is None and found.cue_at("auxiliary", span.last + 1):  # 12 were men
        group = next((m.name for m in found.groups if m.first == span.last + 2), group)
    if group not in NO_PARTS:
        return group
    if group == "things" or span.noun_last is None or not announced:
        return None  # 12 Italians and nine Germans are no group of a table
    if found.cue_at("anybody", span.noun_last):
        return None
    return found.words[span.noun_last]
