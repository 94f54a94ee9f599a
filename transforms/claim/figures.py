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

DESTRUCTIBLE = frozenset({"houses", "shops", "bridges", "vehicles", "aircraft", "hospitals"})
THINGS = DESTRUCTIBLE | {"things"}

# How far a slot word may stand from its figure, in tokens.
NOUN_GAP, BEFORE_GAP, AFTER_GAP, TOTAL_GAP = 3, 10, 14, 24
PART_GAP = 4  # between "including" and its figure
TOTAL_NOUN_GAP = 4  # between "number of" and the slot word
INHERIT_GAP = 14  # between a figure and a part of it
SPEAKER_GAP = 3  # between a speaker and the figure
VERB_FIRST = 1.5  # score of an object far behind its verb
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
    verb_first: bool

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

    named = {i for m in by_role.get("speaker", ()) for i in range(m.first, m.last + 1)}

    def of(role: str) -> tuple[Mark, ...]:
        if role == "event_kind":  # no fire in a fire brigade
            return tuple(m for m in by_role.get(role, ()) if m.first not in named)
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
        verb_first=lexicon.verb_first,
    )


def figures(tokens: Tokens, spans: Sequence[QuantitySpan], found: SentenceMarks) -> list[Figure]:
    """The figures of one sentence that fill a slot. `spans` are the sentence's quantities."""
    found = found._replace(slot_words=_with_totals(_without_negated(found)))
    result: list[Figure] = []
    taken: dict[Mark, QuantitySpan] = {}
    for span in spans:
        best = _best(tokens, span, spans, found, taken)
        if best is None:
            inherited = _inherited(tokens, span, spans, found, result)
            if inherited is not None:
                result.append(inherited)
            continue
        taken.setdefault(best, span)
        scope = scope_of(tokens, span, spans, found, best)
        result.append(Figure(span, slots()[best.name], best, group_of(span, found), scope))
    return result


def _without_negated(found: SentenceMarks) -> SentenceMarks:
    """Without the slot words that a negation stands before: nobody was killed."""
    ends = {cue.last for cue in found.cues if cue.name == "negated"}
    if not ends:
        return found

    def negated(mark: Mark) -> bool:
        at = mark.first - 1
        while at not in ends and found.cue_at("auxiliary", at):
            at -= 1
        return at in ends

    kept = tuple(mark for mark in found.slot_words if not negated(mark))
    return found._replace(slot_words=kept)


def _with_totals(found: SentenceMarks) -> tuple[Mark, ...]:
    """The slot words, where "number of (people) killed" is one word that announces a total.

    Of "the number of prisoners killed" the last word tells the slot.
    """
    words = list(found.slot_words)
    for cue in found.cues:
        if cue.name == "number_of":
            near = [
                index
                for index, mark in enumerate(words)
                if 0 < mark.first - cue.last <= TOTAL_NOUN_GAP
            ]
            telling = [index for index in near if words[index].role != "who"] or near
            if telling:
                mark = words[telling[0]]
                words[telling[0]] = Mark(cue.first, mark.last, "total", mark.name)
    return tuple(words)


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
    if not before or not fits(before[-1].slot, span, found):
        return None
    last = before[-1]
    scope = scope_of(tokens, span, spans, found, None)
    if scope.kind == "part":
        if span.first - end_of_noun(last.span) > INHERIT_GAP:
            return None
        return Figure(span, last.slot, last.mark, group_of(span, found), scope)
    if span.quantity.unit not in (None, "person") or span.quantity.stated is None:
        return None
    if not _of_another_speaker(span, last.span, found):
        return None
    return Figure(span, last.slot, last.mark, last.group, last.scope)


def _of_another_speaker(span: QuantitySpan, before: QuantitySpan, found: SentenceMarks) -> bool:
    """Whether the words right beside a figure say that somebody else gives it."""
    said = [c for c in found.cues if c.name in ("same_again", "speech", "according")]
    beside = [
        mark
        for mark in (*said, *found.speakers)
        if mark.first > before.last and 0 < span.first - mark.last <= SPEAKER_GAP
    ]
    after = [c for c in said if c.name == "according" and 0 < c.first - end_of_noun(span) <= 2]
    return bool(beside) or bool(after)


def end_of_noun(span: QuantitySpan) -> int:
    """The last token of the figure with what it counts."""
    return span.last if span.noun_last is None else max(span.last, span.noun_last)


def group_of(span: QuantitySpan, found: SentenceMarks) -> str:
    """Who or what is counted, by the noun after the figure.

    'people' where nothing is told, 'other' for a noun that no table knows.
    """
    end = end_of_noun(span)
    for cue in found.cues:
        if cue.name == "part_after" and cue.first == span.last + 1:
            end = cue.last + 1  # seven of them children
        if cue.name == "mostly" and span.last < cue.first <= end:
            end = cue.first - 1  # 18, most of them children
    mostly = found.cue_at("mostly", span.last + 1)
    until = end if mostly else max(end, span.last + 1)
    named = [m.name for m in found.groups if span.first <= m.first <= until]
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
    if slot.of:
        return group in slot.of
    return group not in THINGS


# UCUM codes of what is measured and so never killed or destroyed.
MEASURES = frozenset((
    "a", "mo", "wk", "d", "h", "min", "s", "ms", "m", "km", "cm", "mm", "[mi_i]", "[ft_i]",
    "[in_i]", "[yd_i]", "[nmi_i]", "g", "kg", "t", "mg", "[lb_av]", "L", "mL", "hL", "ha", "har",
    "ar", "m2", "km2", "m3", "[acr_us]", "Cel", "[degF]", "K", "kW", "MW", "GW", "W", "kWh",
    "MWh", "V", "A", "Hz", "Pa", "bar", "km/h", "m/s", "[mi_i]/h", "kn", "J", "kJ", "cal",
    "kcal", "GB", "MB", "TB", "%", "[pp]", "deg", "bbl", "[bbl_us]", "dB",
))  # fmt: skip


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
    if _stops(tokens, between):
        return 0
    if mark.role == "total":
        return 6 if 0 <= gap <= 1 else 0
    if mark.role in ("noun", "who"):
        crossed = any(end < other.first < mark.first for other in spans)
        signs = any(_joins(tokens.words[i]) for i in between)
        if gap > NOUN_GAP or crossed or signs or _takes_next(mark, spans, found):
            return 0
        return 12 - max(gap, 0) if mark.role == "noun" else 1 - max(gap, 0) / 8
    if mark.role in ("after", "participle"):
        return _subject(tokens, span, spans, mark, found, gap)
    return 0


def _stops(tokens: Tokens, between: Sequence[int]) -> bool:
    """Whether a sign ends what belongs together; what stands in brackets is passed over."""
    depth = 0
    for i in between:
        word = tokens.words[i]
        if word in "([":
            depth += 1
        elif word in ")]":
            depth -= 1
            if depth < 0:
                return True
        elif not depth and word in STOPS:
            return True
    return depth > 0


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
        and 0 < other.first - following.last <= NOUN_GAP
        for other in found.slot_words
        if other.first > mark.last
    )
    return not own and end >= following.last


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
    """Killed 12; killed 12 soldiers and 3 civilians; killed along with 3 civilians."""
    gap = start_of(span) - mark.last - 1
    if gap > BEFORE_GAP:
        return 0
    crossed = [other for other in spans if mark.last < other.first < span.first]
    if crossed:
        if not _coordinated(tokens, crossed[-1], span, spans):
            return 0
        gap = 3 + crossed[0].first - mark.last - 1  # the nearest figure has first call
    between = range(mark.last + 1, start_of(crossed[0]) if crossed else start_of(span))
    if _stops(tokens, between):
        return 0
    blocked = [
        i for i in between if found.cue_at("blocking", i) and not found.cue_at("part_before", i)
    ]
    if not blocked:
        return 10 - max(gap, 0)
    return (
        VERB_FIRST
        if found.verb_first and not crossed and _passed(span, mark, blocked, found)
        else 0
    )


def _passed(span: QuantitySpan, mark: Mark, blocked: Sequence[int], found: SentenceMarks) -> bool:
    """Whether what stands between a verb and its object tells of the subject: killed the strike
    that hit the market 12 people. Not what governs the figure itself, nor another verb."""
    if blocked[-1] >= start_of(span) - 1 or mark.role != "before":
        return False
    return not any(mark.last < other.first < span.first for other in found.slot_words)


def start_of(span: QuantitySpan) -> int:
    """The first token of a figure with its hedge: *more than* 12."""
    return min(span.context_first or span.first, span.first)


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
    tokens: Tokens,
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    found: SentenceMarks,
    slot_word: Mark | None,
) -> Scope:
    """Part where the words say so: including 5 women, 5 of them, another 5; else the whole.

    Of those another slot counts, all who fill this one are its whole: 12 of the captives were
    freed. A whole "across the country" is marked as the country's.
    """
    for mark in found.cues:
        if _makes_a_part(tokens, span, spans, found, mark, slot_word):
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
    slot_word: Mark | None,
) -> bool:
    if cue.name == "part_before":
        return cue.last < span.first and not _left(tokens, cue, span, found)
    if cue.name == "part_of_toll":
        return _follows(tokens, span, spans, cue)
    if cue.name == "part_after":
        return not _fills_it(span, spans, found, cue, slot_word) and _follows(
            tokens, span, spans, cue
        )
    if cue.name == "more_before":
        return 0 < start_of(span) - cue.last <= 2
    if cue.name == "more_after":
        return cue.first == span.last + 1 and not found.cue_at("comparison", cue.last + 1)
    return False


def _fills_it(
    span: QuantitySpan,
    spans: Sequence[QuantitySpan],
    found: SentenceMarks,
    cue: Mark,
    slot_word: Mark | None,
) -> bool:
    """Whether 'of them' stands between a figure and its own slot word: 12 of them were freed."""
    if slot_word is None:
        return False
    if slot_word.first > cue.last:
        return True
    crossed = any(slot_word.last < other.first < span.first for other in spans)
    return found.verb_first and slot_word.role == "before" and not crossed


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
