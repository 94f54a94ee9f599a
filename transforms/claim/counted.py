"""Who or what a figure counts, and which figures of a sentence count at all."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from schemas.messages import Base, Interval
from transforms.claim.lexicon import Mark
from transforms.claim.marks import (
    COMMAS,
    SentenceMarks,
    end_of_noun,
    is_bare,
    is_defined,
    joins,
    start_of,
)
from transforms.claim.slots import Slot, slots
from transforms.extract.quantities import QuantitySpan
from transforms.extract.tokens import Tokens

DESTRUCTIBLE = frozenset({"houses", "shops", "bridges", "vehicles", "aircraft", "hospitals"})
THINGS = DESTRUCTIBLE | {"things"}
EVERYBODY = frozenset({"people", "civilians"})  # desks write either of who dies in an attack
NOT_AMONG = THINGS | {"families", "other"}  # twelve of one family are people
ARTICLE = (("ال",), ("الـ",))  # written apart before a number in digits
TO_FROM_GAP = 4  # from the new figure to the one before: to 29 people killed from 62
BASE_GAP = 3  # tokens between a figure and the number it is of
RELATIVE_GAP = 7  # tokens of a clause that tells of a figure
AGE_ENDS = COMMAS | frozenset(".;)")
OLDEST = 110  # years
OLDEST_GAP = 5  # tokens between the oldest of some and the age
CENTURIES = ("19", "20")

# UCUM codes of what is measured and so never killed or destroyed.
MEASURES = frozenset((
    "a", "mo", "wk", "d", "h", "min", "s", "ms", "m", "km", "cm", "mm", "[mi_i]", "[ft_i]",
    "[in_i]", "[yd_i]", "[nmi_i]", "g", "kg", "t", "mg", "[lb_av]", "L", "mL", "hL", "ha", "har",
    "ar", "m2", "km2", "m3", "[acr_us]", "Cel", "[degF]", "K", "kW", "MW", "GW", "W", "kWh",
    "MWh", "V", "A", "Hz", "Pa", "bar", "km/h", "m/s", "[mi_i]/h", "kn", "J", "kJ", "cal",
    "kcal", "GB", "MB", "TB", "%", "[pp]", "deg", "bbl", "[bbl_us]", "dB",
))  # fmt: skip


def group_of(span: QuantitySpan, found: SentenceMarks) -> str:
    """Who or what is counted, by the noun after the figure.

    'people' where nothing is told, 'other' for a noun that no table knows.
    """
    end = end_of_noun(span)
    for cue in found.named("part_after"):
        if cue.first == span.last + 1:
            end = max(end, cue.last + 1)  # seven of them children
    for cue in found.named("mostly"):
        if span.last < cue.first <= end:
            end = cue.first - 1  # 18, most of them children
    mostly = found.cue_at("mostly", span.last + 1)
    until = end if mostly or _goes_on_after_dual(span, found) else max(end, span.last + 1)
    joined = found.words[span.first].startswith("و")  # of them and two
    begins = span.first - (found.cue_at("two_after", span.first) and not joined)  # إرهابيين اثنين
    named = _heads([m for m in found.groups if begins <= m.first <= until], end)
    if set(named) <= {"people"}:
        named += _among(end, found)
    if named:
        return next((name for name in reversed(named) if name != "people"), "people")
    before = _defined(span, found)
    if before is not None:
        return before
    unit = span.quantity.unit
    if unit is not None and len(unit) == 3 and unit.isupper():
        return "money"
    return "people" if unit in (None, "person") else "other"


def _heads(groups: Sequence[Mark], end: int) -> list[str]:
    """The names of groups without things that only say of what those counted are (lorry drivers)
    and what stands inside another (tower *blocks*). `end`: the last token of the noun."""
    groups = [m for m in groups if not any(o.first < m.first <= o.last for o in groups)]
    persons = {m.first for m in groups if m.name not in THINGS and m.last <= end}
    return [m.name for m in groups if m.name not in THINGS or m.last + 1 not in persons]


def _goes_on_after_dual(span: QuantitySpan, found: SentenceMarks) -> bool:
    """Whether after a noun that holds its number another is added in one word: طفلان وامرأة."""
    following = found.words[span.last + 1 : span.last + 2]
    return span.noun_last == span.last and bool(following) and following[0].startswith("و")


def _defined(span: QuantitySpan, found: SentenceMarks) -> str | None:
    """The group right before a figure that is told of it as an adjective: جنودها الـ800."""
    if not found.verb_first or not is_bare(span):
        return None
    first = span.first - (found.words[span.first - 1 : span.first] in ARTICLE)
    if first == span.first and not is_defined(span, found):
        return None
    before = next((m for m in found.groups if m.last == first - 1), None)
    if before is None or before.name not in THINGS:
        return None if before is None else before.name
    whose = (m for m in found.groups if m.last == before.first - 1 and m.name not in THINGS)
    return next((m.name for m in whose), before.name)  # ركاب الحافلة الـ28: the bus's 28 passengers


def _among(end: int, found: SentenceMarks) -> list[str]:
    """The group that figures tell of after their noun: 22 dead among the soldiers of a camp."""
    for cue in found.named("among"):
        if cue.first == end + 1:
            near = [m.name for m in found.groups if m.first in (cue.last + 1, cue.last + 2)]
            return [name for name in near if name not in NOT_AMONG][:1]
    return []


def fits(slot: Slot, span: QuantitySpan, group: str, goes_on: bool = False) -> bool:
    """Whether what is counted, of a `group_of`, can fill the slot: persons are killed, money is
    pledged.

    `goes_on`: the figure has no noun and comes after one of things: 450 houses, of which 60…
    """
    unit = span.quantity.unit
    money = unit is not None and len(unit) == 3 and unit.isupper()
    if slot.unit == "money":
        return money
    if money or unit == "%" or (unit is not None and unit in MEASURES):
        return False
    if slot.unit == "thing":
        return group in DESTRUCTIBLE or group == "other" or (group == "people" and goes_on)
    if slot.of:
        return group in slot.of
    return group not in THINGS


def things_before(
    span: QuantitySpan, spans: Sequence[QuantitySpan], found: SentenceMarks
) -> str | None:
    """The group of the things counted right before a figure that has no noun of its own, or only
    *others*: destroyed 25 shops and damaged 130 others."""
    others = span.noun_last is not None and found.cue_at("others", span.noun_last)
    if not others and not is_bare(span):
        return None
    before = next((other for other in reversed(spans) if other.first < span.first), None)
    group = None if before is None else group_of(before, found)
    return group if group in DESTRUCTIBLE else None


def shares_counted(spans: Sequence[QuantitySpan]) -> list[QuantitySpan]:
    """The figures, where a share of a number that is told is one: half of the 60 passengers, 30."""
    counted: list[QuantitySpan] = []
    for span in spans:
        share = counted[-1].quantity if counted else None
        base = share.base if share is not None and share.unit == "%" else None
        if share is None or base is None or base.value != span.quantity.stated:
            counted.append(span)
            continue
        part, whole = (share.stated or 0) / 100, span.quantity
        low, high = whole.value.low, whole.value.high
        value = Interval(None if low is None else low * part, None if high is None else high * part)
        stated = None if whole.stated is None else whole.stated * part
        quantity = replace(whole, value=value, stated=stated, base=Base(whole.stated))
        first = counted.pop()
        counted.append(
            replace(span, first=first.first, context_first=first.context_first, quantity=quantity)
        )
    return counted


def without_bases(spans: Sequence[QuantitySpan], found: SentenceMarks) -> list[QuantitySpan]:
    """The figures without those another is of: of "17 of the 42 captives" 17 are counted.

    Of "five of the 12 killed" both are: 12 first, of whom five are a part.
    """
    kept: list[QuantitySpan] = []
    for span in spans:
        before = kept[-1] if kept else None
        between = range(before.last + 1, span.first) if before is not None else range(0)
        joined = 0 < len(between) <= BASE_GAP and all(
            found.cue_at("genitive", i) or found.cue_at("article_words", i) for i in between
        )
        unit, text = span.quantity.unit, span.quantity.unit_text
        if before is None or not joined or before.quantity.unit not in (None, "person", unit):
            kept.append(span)
            continue
        base = Base(span.quantity.stated)
        quantity = replace(before.quantity, unit=unit, unit_text=text, base=base)
        if is_told(span, found):
            kept[-1:] = [span, replace(before, quantity=quantity)]
            continue
        kept[-1] = replace(
            before, quantity=quantity, noun_first=span.noun_first, noun_last=span.noun_last
        )
    return kept


def is_told(span: QuantitySpan, found: SentenceMarks) -> bool:
    """Whether what befell them stands right after a number, and no verb that befell a part of them
    follows: of the 12 killed, of the 12 people killed; not of the 40 trapped were rescued."""
    own = told_beside(span, found)
    if own is not None and found.named("the_rest"):
        return True  # of the 48 injured 21 are in hospital, and the other 27 were sent home
    return own is not None and not any(
        mark.first > own.last and mark.role in ("after", "participle") for mark in found.slot_words
    )


def told_beside(span: QuantitySpan, found: SentenceMarks) -> Mark | None:
    """The word right after a number and what it counts that tells what befell them."""
    return next(
        (
            mark
            for mark in found.slot_words
            if mark.first == span.last + 1
            or (mark.role == "participle" and mark.first == span.last + 2)
        ),
        None,
    )


def is_a_base_ahead(
    tokens: Tokens, span: QuantitySpan, later: Sequence[QuantitySpan], found: SentenceMarks
) -> bool:
    """Whether a figure is the number another is of: of the 96 passengers, 71 survived."""
    end, start = end_of_noun(span), start_of(span)
    end = next((m.last for m in found.slot_words if m.first == end + 1), end)  # the 40 trapped
    end = _end_of_relative(tokens, end, found)
    if not later or tokens.words[end + 1 : end + 2] not in ((",",), ("،",)):
        return False
    return any(
        cue.last == start - 1
        and (cue.first == found.sentence.first or joins(tokens.words[cue.first - 1]))
        and 0 < later[0].first - end <= BASE_GAP + 1
        for cue in found.named("out_of")
    )


def _end_of_relative(tokens: Tokens, end: int, found: SentenceMarks) -> int:
    """The last token of what tells of a figure's state before a comma: of the 37 people *who were
    treated*, 21; of the 60 *on board*, 38. What befell them for good is told of all: of the 12
    people who died, five."""
    inside = range(end + 1, min(end + RELATIVE_GAP, len(tokens.words)))
    comma = next((i for i in inside if tokens.words[i] in COMMAS), None)
    if comma is None:
        return end
    told = [slots().get(m.name) for m in found.slot_words if end < m.first < comma]
    if told and not found.cue_at("relative", end + 1):
        return end
    return comma - 1 if all(slot is None or slot.course == "falls" for slot in told) else end


def is_an_age(tokens: Tokens, span: QuantitySpan, found: SentenceMarks) -> bool:
    """Whether a bare figure stands between commas after a word: a woman, 28, was wounded; two
    brothers, 17 and 22, were held; or after *younger than*."""
    bare = is_bare(span) and span.first == span.last
    if not bare or not 0 < (span.quantity.stated or 0) <= OLDEST:
        return False
    if found.cue_at("age_before", span.first - 1) or _is_of_the_oldest(span, found):
        return True
    words, before, after = tokens.words, span.first - 1, span.last + 1
    if any(m.last == before - 1 and words[m.first - 1] in ";؛" for m in found.speakers):
        return False  # the police speak of 11 dead; hospital sources, 29
    if before > 1 and joins(words[before]) and words[before - 1].isdecimal():
        before -= 2  # the second of two
    elif after + 1 < len(words) and joins(words[after]) and words[after + 1].isdecimal():
        after += 2  # the first
    if before < 1 or words[before] not in COMMAS or not words[before - 1].isalpha():
        return False
    return after >= len(words) or words[after] in AGE_ENDS


def _is_of_the_oldest(span: QuantitySpan, found: SentenceMarks) -> bool:
    """Whether a bare figure is told of one by age: the youngest of the dead was nine and the oldest
    14; not: the oldest of the 14."""
    if not any(0 < span.first - cue.last <= OLDEST_GAP for cue in found.named("by_age")):
        return False
    before = span.first - 1
    return not (found.cue_at("article_words", before) or found.cue_at("genitive", before))


def without_listed_ages(
    tokens: Tokens, spans: Sequence[QuantitySpan], found: SentenceMarks
) -> list[QuantitySpan]:
    """The figures without the ages that follow another one: three brothers aged 12, 15 and 17."""
    ages = {cue.last + 1 for cue in found.named("aged")}
    if not ages:
        return list(spans)
    kept: list[QuantitySpan] = []
    last = -1  # the token at which the list of ages has come
    for span in spans:
        if last >= 0 and is_bare(span) and all(map(joins, tokens.words[last + 1 : span.first])):
            last = span.last
            continue
        kept.append(span)
        last = span.last if span.first in ages else -1
    return kept


def is_a_year(tokens: Tokens, span: QuantitySpan) -> bool:
    """Whether a bare figure looks like a year: since at least 1999."""
    bare = is_bare(span) and span.first == span.last
    word = tokens.words[span.first]
    return bare and len(word) == 4 and word.isdecimal() and word[:2] in CENTURIES


def _is_right_behind(index: int, span: QuantitySpan, found: SentenceMarks) -> bool:
    """Whether at most a comma stands between a figure and a token: a tué 12 personnes, pas 37."""
    after = end_of_noun(span) + 1
    return index == after or (index == after + 1 and found.words[after] in COMMAS)


def is_old(
    span: QuantitySpan,
    previous: Sequence[QuantitySpan],
    following: Sequence[QuantitySpan],
    found: SentenceMarks,
) -> bool:
    """Whether a figure is the one before: rose *from 12* to 14, was cut to 14 *from 20*, 38 dead
    *instead of 43*.

    Not where another speaker gives it: against 5,000 according to the organisers.
    """
    start, end = start_of(span), end_of_noun(span)
    if previous and any(
        c.last == start - 1 and _is_right_behind(c.first, previous[-1], found)
        for c in found.named("and_not")
    ):
        return True  # 29 لا 33
    if any(
        0 < c.first - end <= 2 and not found.cue_at("speech", c.last)
        for c in found.named("according")
    ):
        return False  # but one who speaks of both: 17 dead and not nine, said the police
    if any(
        0 < start - c.last <= 2
        and not found.cue_at("same_again", c.first)
        and not any(m.first < c.first and m.last == c.last for m in found.slot_words)
        for c in found.named("old")
    ):
        return True  # not: spoke instead of 12; a warrant against (contre) 12
    if any(0 < c.first - end <= 2 for c in found.named("old_after")):
        return True  # 48 dead before revising it to 39
    changed = (
        found.named("running")
        or found.named("revised")
        or any(mark.role == "total" for mark in found.slot_words)
    )
    if not changed or not found.cue_at("from_word", start - 1):
        return False
    return any(
        start_of(other) - end <= 2 and found.cue_at("to_word", start_of(other) - 1)
        for other in following
    ) or any(
        start - end_of_noun(other) <= TO_FROM_GAP and found.cue_at("to_word", start_of(other) - 1)
        for other in previous
    )
