"""Which slot a figure fills, by the words before and after it in its sentence.

Each slot word may take figures on one side or both (languages/<lang>/claims.toml). Of all words
that can take a figure the nearest does: of "killed 12 and wounded 30", 12 are killed, 30 wounded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from schemas.messages import Scope
from transforms.claim.lexicon import SLOT_ROLES, Lexicon, Mark
from transforms.claim.sentences import Sentence
from transforms.claim.slots import Slot, slots
from transforms.extract.quantities import QuantitySpan
from transforms.extract.tokens import Tokens

DESTRUCTIBLE = frozenset({"houses", "vehicles", "aircraft", "hospitals"})
THINGS = DESTRUCTIBLE | {"things"}

# How far a slot word may stand from its figure, in tokens.
NOUN_GAP, BEFORE_GAP, AFTER_GAP, TOTAL_GAP = 3, 10, 14, 24
PART_GAP = 4  # between "including" and its figure
TOTAL_NOUN_GAP = 4  # between "number of" and the slot word
LIST_GAP = 5  # tokens from a total to its list, and between what is listed
LIST_SIGNS = frozenset(":(–—-")
STOPS = frozenset(";:()[]")
COMMAS = frozenset(",،")


class SentenceMarks(NamedTuple):
    """A sentence and what the lexicon found in it. `covered`: all tokens of its phrases."""

    sentence: Sentence
    slot_words: tuple[Mark, ...]
    groups: tuple[Mark, ...]
    cues: tuple[Mark, ...]
    event_kinds: tuple[Mark, ...]
    speakers: tuple[Mark, ...]
    dates: tuple[Mark, ...]
    places_of_cue: dict[str, frozenset[int]]
    words: tuple[str, ...]
    small: Mapping[str, frozenset[str]]
    covered: frozenset[int]

    def cue_at(self, name: str, index: int) -> bool:
        """Whether token `index` belongs to a cue of that name."""
        small = self.small.get(name)
        if small is not None:
            return 0 <= index < len(self.words) and self.words[index] in small
        return index in self.places_of_cue.get(name, ())


class Figure(NamedTuple):
    """A figure and what it counts."""

    span: QuantitySpan
    slot: Slot
    mark: Mark
    group: str
    scope: Scope


def marks_of(
    sentence: Sentence, marks: Sequence[Mark], tokens: Tokens, lexicon: Lexicon
) -> SentenceMarks:
    """The marks of a sentence, by what they are good for."""
    by_role: dict[str, list[Mark]] = {}
    at: dict[str, set[int]] = {}
    for mark in marks:
        role = "slot" if mark.role in SLOT_ROLES else mark.role
        by_role.setdefault(role, []).append(mark)
        if role == "cue":
            at.setdefault(mark.name, set()).update(range(mark.first, mark.last + 1))

    def of(role: str) -> tuple[Mark, ...]:
        return tuple(by_role.get(role, ()))

    return SentenceMarks(
        sentence,
        slot_words=of("slot"),
        groups=of("group"),
        cues=of("cue"),
        event_kinds=of("event_kind"),
        speakers=of("speaker"),
        dates=of("date"),
        places_of_cue={name: frozenset(places) for name, places in at.items()},
        words=tokens.words,
        small=lexicon.small,
        covered=frozenset(i for mark in marks for i in range(mark.first, mark.last + 1)),
    )


def figures(tokens: Tokens, spans: Sequence[QuantitySpan], found: SentenceMarks) -> list[Figure]:
    """The figures of one sentence that fill a slot. `spans` are the sentence's quantities."""
    found = found._replace(slot_words=_with_totals(found))
    result: list[Figure] = []
    taken: dict[Mark, QuantitySpan] = {}
    for span in spans:
        best = _best(tokens, span, spans, found, taken)
        if best is None:
            continue
        taken.setdefault(best, span)
        group = group_of(span, found)
        result.append(
            Figure(span, slots()[best.name], best, group, scope_of(tokens, span, spans, found))
        )
    return result


def _with_totals(found: SentenceMarks) -> tuple[Mark, ...]:
    """The slot words, where "number of (people) killed" is one word that announces a total."""
    words = list(found.slot_words)
    for cue in found.cues:
        if cue.name == "number_of":
            for index, mark in enumerate(words):
                if 0 < mark.first - cue.last <= TOTAL_NOUN_GAP:
                    words[index] = Mark(cue.first, mark.last, "total", mark.name)
                    break
    return tuple(words)


def end_of_noun(span: QuantitySpan) -> int:
    """The last token of the figure with what it counts."""
    return span.last if span.noun_last is None else max(span.last, span.noun_last)


def group_of(span: QuantitySpan, found: SentenceMarks) -> str:
    """Who or what is counted, by the noun after the figure.

    'people' where nothing is told, 'other' for a noun that no table knows.
    """
    end = end_of_noun(span)
    for cue in found.cues:  # seven of them children
        if cue.name == "part_after" and cue.first == span.last + 1:
            end = cue.last + 1
    named = [m.name for m in found.groups if span.first <= m.first <= max(end, span.last + 1)]
    if named:
        return next((name for name in reversed(named) if name != "people"), "people")
    unit = span.quantity.unit
    if unit is not None and len(unit) == 3 and unit.isupper():
        return "money"
    return "people" if unit in (None, "person") else "other"


def _best(
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    found: SentenceMarks,
    taken: dict[Mark, QuantitySpan],
) -> Mark | None:
    best: Mark | None = None
    best_score = 0.0
    for mark in found.slot_words:
        slot = slots().get(mark.name)
        if slot is None or slot.kind != "count" or not fits(slot, span, found):
            continue
        score = _score(tokens, span, spans, mark, found)
        holder = taken.get(mark)
        if holder is not None and not _coordinated(tokens, holder, span, spans):
            score -= 2
        if score > best_score:
            best, best_score = mark, score
    return best


def fits(slot: Slot, span: QuantitySpan, found: SentenceMarks) -> bool:
    """Whether what is counted can fill the slot: persons are killed, money is pledged."""
    unit = span.quantity.unit
    money = unit is not None and len(unit) == 3 and unit.isupper()
    if slot.unit == "money":
        return money
    if money or unit == "%" or (unit is not None and unit in MEASURES):
        return False
    group = group_of(span, found)
    if slot.unit == "thing":
        return group in DESTRUCTIBLE or group == "other"
    return group not in THINGS


# UCUM codes of what is measured and so never killed or destroyed.
MEASURES = frozenset(
    [
        "a",
        "mo",
        "wk",
        "d",
        "h",
        "min",
        "s",
        "ms",
        "m",
        "km",
        "cm",
        "mm",
        "[mi_i]",
        "[ft_i]",
        "[in_i]",
        "[yd_i]",
        "g",
        "kg",
        "t",
        "mg",
        "[lb_av]",
        "L",
        "mL",
        "hL",
        "ha",
        "ar",
        "m2",
        "km2",
        "m3",
        "[acr_us]",
        "Cel",
        "[degF]",
        "K",
        "kW",
        "MW",
        "GW",
        "W",
        "kWh",
        "MWh",
        "V",
        "A",
        "Hz",
        "Pa",
        "bar",
        "km/h",
        "m/s",
        "[mi_i]/h",
        "kn",
        "J",
        "kJ",
        "cal",
        "kcal",
        "GB",
        "MB",
        "TB",
        "%",
        "[pp]",
        "deg",
        "[nmi_i]",
        "bbl",
        "[bbl_us]",
        "dB",
    ]
)


def _score(
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    mark: Mark,
    found: SentenceMarks,
) -> float:
    """How well a slot word takes a figure; 0: not at all."""
    end = end_of_noun(span)
    if mark.last < span.first:
        if mark.role == "total":
            return _announced(tokens, span, spans, mark)
        if mark.role in ("before", "participle"):
            return _object(tokens, span, spans, mark, found)
        return 0
    if mark.first <= span.last:
        return 0
    gap = mark.first - end - 1
    between = range(end + 1, mark.first)
    if any(tokens.words[i] in STOPS for i in between):
        return 0
    if mark.role == "total":
        return 6 if 0 <= gap <= 1 else 0
    if mark.role == "noun":
        crossed = any(end < other.first < mark.first for other in spans)
        signs = any(_joins(tokens.words[i]) for i in between)
        return 0 if gap > NOUN_GAP or crossed or signs else 12 - max(gap, 0)
    if mark.role in ("after", "participle"):
        return _subject(tokens, span, spans, mark, found, gap)
    return 0


def _announced(
    tokens: Tokens, span: QuantitySpan, spans: Sequence[QuantitySpan], mark: Mark
) -> float:
    """The death toll rose (from 12) to 14."""
    gap = span.first - mark.last - 1
    if gap > TOTAL_GAP:
        return 0
    first = not any(mark.last < other.first < span.first for other in spans)
    return (6 if first else 5) - gap / TOTAL_GAP


def _object(
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    mark: Mark,
    found: SentenceMarks,
) -> float:
    """Killed 12; killed 12 soldiers and 3 civilians."""
    gap = span.first - mark.last - 1
    if gap > BEFORE_GAP:
        return 0
    crossed = [other for other in spans if mark.last < other.first < span.first]
    if crossed:
        if not _coordinated(tokens, crossed[-1], span, spans):
            return 0
        gap = 3 + crossed[0].first - mark.last - 1  # the nearest figure has first call
    until = crossed[0].first if crossed else span.first
    for i in range(mark.last + 1, until):
        if tokens.words[i] in STOPS or found.cue_at("blocking", i):
            return 0
    return 10 - gap


def _subject(
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    mark: Mark,
    found: SentenceMarks,
    gap: int,
) -> float:
    """12 people were killed; 12 soldiers and 3 civilians died."""
    if gap > AFTER_GAP:
        return 0
    end = end_of_noun(span)
    if any(end < m.first < mark.first and m.last != mark.first for m in found.slot_words):
        return 0
    crossed = [
        other
        for other in spans
        if end < other.first < mark.first
        and not any(
            c.name == "part_before" and 0 < other.first - c.last <= PART_GAP for c in found.cues
        )
    ]
    if crossed and not _coordinated(tokens, span, crossed[-1], spans):
        return 0
    helped = any(
        found.cue_at("auxiliary", i) for i in range(max(mark.first - 3, end + 1), mark.first)
    )
    if mark.role == "participle" and not helped and (gap > 2 or _has_object(mark, spans, found)):
        return 0
    return 9 - gap / 2


def _has_object(mark: Mark, spans: Sequence[QuantitySpan], found: SentenceMarks) -> bool:
    """Whether something stands where the object of an active verb stands: killed 12, killed the…"""
    following = mark.last + 1
    return (
        any(span.first in (following, following + 1) for span in spans)
        or any(group.first == following for group in found.groups)
        or found.cue_at("article_words", following)
    )


def _coordinated(
    tokens: Tokens, one: QuantitySpan, other: QuantitySpan, spans: Sequence[QuantitySpan]
) -> bool:
    """Whether two figures are joined by a comma or a single 'and': 12 soldiers and 3 civilians."""
    first, second = (one, other) if one.first < other.first else (other, one)
    between = [s for s in spans if first.first < s.first < second.first]
    for left, right in zip([first, *between], [*between, second], strict=True):
        gap = range(end_of_noun(left) + 1, right.first)
        if len(gap) > 3 or (not gap and not tokens.words[right.first].startswith("و")):
            return False
        if not any(_joins(tokens.words[i]) for i in gap) and not tokens.words[
            right.first
        ].startswith("و"):
            return False
    return True


def _joins(word: str) -> bool:
    return word in ("and", "et", "و", "&") or word in COMMAS


def parts_of(
    tokens: Tokens, total: QuantitySpan, spans: Sequence[QuantitySpan], found: SentenceMarks
) -> tuple[float, ...]:
    """The parts that a sentence lists after a total as all there is: 12 people: 7 men, 5 women.

    A colon, dash or bracket opens the list; its figures are joined by commas or 'and', and count
    groups that exclude each other. Never after *including*.
    """
    later = [span for span in spans if span.first > total.last]
    if len(later) < 2:
        return ()
    signs = range(end_of_noun(total) + 1, later[0].first)
    opening = max((i for i in signs if tokens.words[i] in LIST_SIGNS), default=None)
    if opening is None:
        return ()
    listed: list[QuantitySpan] = []
    for span in later:
        start = end_of_noun(listed[-1]) if listed else opening
        including = any(
            m.name == "part_before" and start < m.first < span.first for m in found.cues
        )
        if span.first - start - 1 > LIST_GAP or including:
            break
        listed.append(span)
    groups = [group_of(span, found) for span in listed]
    if len(listed) < 2 or len(set(groups)) < len(groups) or "people" in groups:
        return ()
    stated = [span.quantity.stated for span in listed if span.quantity.qualifier == "exact"]
    return tuple(value for value in stated if value) if len(stated) == len(listed) else ()


# --- Whole or part ------------------------------------------------------------------------------


def scope_of(
    tokens: Tokens, span: QuantitySpan, spans: Sequence[QuantitySpan], found: SentenceMarks
) -> Scope:
    """Part where the words say so: including 5 women, 5 of them, another 5; else the whole.

    A whole "across the country" is marked as the country's.
    """
    for mark in found.cues:
        if _makes_a_part(tokens, span, spans, found, mark):
            return Scope("part", tokens.exact(mark.first, mark.last).lower())
    if any(mark.name == "nationwide" for mark in found.cues):
        return Scope("whole", "country")
    return Scope("whole")


def _makes_a_part(
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    found: SentenceMarks,
    cue: Mark,
) -> bool:
    if cue.name == "part_before":
        return cue.last < span.first and not _left(tokens, cue, span, found)
    if cue.name == "part_after":
        return _follows(tokens, span, spans, cue)
    if cue.name == "more_before":
        return 0 < span.first - cue.last <= 2
    if cue.name == "more_after":
        return cue.first == span.last + 1 and tokens.words[cue.last + 1 :][:1] != ("than",)
    return False


def _follows(tokens: Tokens, span: QuantitySpan, spans: Sequence[QuantitySpan], cue: Mark) -> bool:
    """Whether the cue tells of this figure (five of them) and not of the next (of them five)."""
    if not span.last < cue.first <= end_of_noun(span) + 2:
        return False
    if any(tokens.words[i] in COMMAS for i in range(span.last + 1, cue.first)):
        return False
    return not any(0 < other.first - cue.last <= 3 for other in spans)


def _left(tokens: Tokens, cue: Mark, span: QuantitySpan, found: SentenceMarks) -> bool:
    """Whether the sentence has gone on to something else between 'including' and the figure."""
    if span.first - cue.last > 12:
        return True
    if any(tokens.words[i] in STOPS for i in range(cue.last + 1, span.first)):
        return True
    return any(
        cue.last < mark.first and mark.last < span.first and mark.role != "noun"
        for mark in found.slot_words
    )
