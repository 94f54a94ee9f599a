"""What the lexicon found in a sentence, and how figures stand beside each other in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import NamedTuple

from transforms.claim.lexicon import SLOT_ROLES, Lexicon, Mark
from transforms.claim.sentences import Sentence
from transforms.extract.number_table import number_table
from transforms.extract.quantities import QuantitySpan
from transforms.extract.tokens import Tokens
from transforms.languages.load import LANGUAGES

STOPS = frozenset(";:()[]；：（）")
COMMAS = frozenset(",،，、")


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


def end_of_noun(span: QuantitySpan) -> int:
    """The last token of the figure with what it counts."""
    return span.last if span.noun_last is None else max(span.last, span.noun_last)


def start_of(span: QuantitySpan) -> int:
    """The first token of a figure with its hedge: *more than* 12."""
    return min(span.context_first or span.first, span.first)


def stops(tokens: Tokens, between: Sequence[int]) -> bool:
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


def joins(word: str) -> bool:
    return word == "&" or word in COMMAS or word in joining_words()


@cache
def joining_words() -> frozenset[str]:
    """What joins two numbers of one kind, in any language: and, et, и."""
    return frozenset().union(*(number_table(language).join for language in LANGUAGES))


def coordinated(
    tokens: Tokens, one: QuantitySpan, other: QuantitySpan, spans: Sequence[QuantitySpan]
) -> bool:
    """Whether two figures are joined by a comma or a single 'and': 12 soldiers and 3 civilians."""
    first, second = (one, other) if one.first < other.first else (other, one)
    between = [s for s in spans if first.first < s.first < second.first]
    for left, right in zip([first, *between], [*between, second], strict=True):
        gap = range(end_of_noun(left) + 1, right.first)
        if len(gap) > 3 or (not gap and not tokens.words[right.first].startswith("و")):
            return False
        if not any(joins(tokens.words[i]) for i in gap) and not tokens.words[
            right.first
        ].startswith("و"):
            return False
    return True
