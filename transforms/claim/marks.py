"""What the lexicon found in a sentence, and how figures stand beside each other in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from functools import cache

import msgspec

from transforms.claim.lexicon import SLOT_ROLES, Lexicon, Mark
from transforms.claim.sentences import Sentence
from transforms.extract.number_table import number_table
from transforms.extract.quantities import QuantitySpan
from transforms.extract.tokens import Tokens
from transforms.languages.load import LANGUAGES

STOPS = frozenset(";:()[]；：（）")
COMMAS = frozenset(",،，、")
AROUND_GAP = 8  # tokens between two figures that are joined over what tells of the first
ASIDE = ("part_before", "relative", "from_word")  # what opens an aside between two commas
OF_THEM = ("from_word", "among")  # what goes on telling of a noun without one
DASHES = frozenset("-–—")


class SentenceMarks(msgspec.Struct, frozen=True, gc=False):
    """A sentence and what the lexicon found in it. `all`: every mark, in the order of the text.

    `timed`: the tokens of its times, which stand between a verb and its object as if they were not
    there: released on Tuesday at dawn 36 pupils.
    """

    sentence: Sentence
    all: Sequence[Mark]
    slot_words: tuple[Mark, ...]
    groups: tuple[Mark, ...]
    cues: tuple[Mark, ...]
    event_kinds: tuple[Mark, ...]
    speakers: tuple[Mark, ...]
    dates: tuple[Mark, ...]
    cues_by_name: Mapping[str, Sequence[Mark]]
    words: tuple[str, ...]
    small: Mapping[str, frozenset[str]]
    verb_first: bool
    timed: Set[int]

    def named(self, name: str) -> Sequence[Mark]:
        """The cues of that name, in the order of the text."""
        return self.cues_by_name.get(name, ())

    def cue_at(self, name: str, index: int) -> bool:
        """Whether token `index` belongs to a cue of that name."""
        if cues := self.cues_by_name.get(name):
            return any(cue.first <= index <= cue.last for cue in cues)
        small = self.small.get(name)
        return small is not None and 0 <= index < len(self.words) and self.words[index] in small


def marks_of(
    sentence: Sentence,
    marks: Sequence[Mark],
    tokens: Tokens,
    lexicon: Lexicon,
    timed: Set[int] = frozenset(),
) -> SentenceMarks:
    """The marks of a sentence, by what they are good for. `timed`: the tokens of its times."""
    cues: list[Mark] = []
    by_role: dict[str, list[Mark]] = {}
    cues_by_name: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.role == "cue":  # most of them
            cues.append(mark)
            cues_by_name.setdefault(mark.name, []).append(mark)
        else:
            role = "slot" if mark.role in SLOT_ROLES else mark.role
            by_role.setdefault(role, []).append(mark)
    speakers, kinds = by_role.get("speaker", []), by_role.get("event_kind", [])
    speakers = [m for m in speakers if not _held(tokens, m)]
    if speakers and kinds:  # no fire in a fire brigade
        kinds = [m for m in kinds if not any(s.first <= m.first <= s.last for s in speakers)]
    slot_words = by_role.get("slot", [])
    if speakers and slot_words:  # nobody is rescued by the name of the rescue service
        slot_words = [w for w in slot_words if not is_inside(w, speakers)]
    if len(kinds) > 1:  # nor in rocket fire
        kinds = [m for m in kinds if not any(k.first < m.first <= k.last for k in kinds)]
    return SentenceMarks(
        sentence,
        marks,
        slot_words=tuple(slot_words),
        groups=tuple(by_role.get("group", ())),
        cues=tuple(cues),
        event_kinds=tuple(kinds),
        speakers=tuple(speakers),
        dates=tuple(by_role.get("date", ())),
        cues_by_name=cues_by_name,
        words=tokens.words,
        small=lexicon.small,
        verb_first=lexicon.verb_first,
        timed=timed,
    )


def is_inside(mark: Mark, others: Sequence[Mark]) -> bool:
    """Whether a mark goes on inside a longer one: had *to be* evacuated is no plan."""
    return any(other.first < mark.first and mark.last <= other.last for other in others)


def _held(tokens: Tokens, mark: Mark) -> bool:
    """Whether a word is only the first of one with a hyphen: government-held."""
    after = mark.last + 1
    return after < len(tokens.words) and tokens.words[after] == "-" and tokens.touching(after)


def end_of_noun(span: QuantitySpan) -> int:
    """The last token of the figure with what it counts."""
    return span.last if span.noun_last is None else max(span.last, span.noun_last)


def is_bare(span: QuantitySpan) -> bool:
    """Whether a figure has no noun and no unit of its own."""
    return span.noun_last is None and span.quantity.unit is None


def is_defined(span: QuantitySpan, found: SentenceMarks) -> bool:
    """Whether a number has the Arabic article, and so is of the noun before it: المصابين الخمسة
    عشر, the fifteen injured."""
    return found.verb_first and found.words[span.first].startswith("ال")


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


def _parts(tokens: Tokens, index: int) -> bool:
    """Whether a sign or word sets two figures beside each other: 18 people (eight men and ten
    women) died."""
    word = tokens.words[index]
    return joins(word) or word == "(" or (word in DASHES and not tokens.touching(index))


@cache
def joining_words() -> frozenset[str]:
    """What joins two numbers of one kind, in any language: and, et, и."""
    return frozenset().union(*(number_table(language).join for language in LANGUAGES))


def _around(tokens: Tokens, gap: Sequence[int], found: SentenceMarks) -> bool:
    """Whether between two figures stand only words that tell of the first and one that joins: 19
    fighters from the group and four civilians; eight passengers, including the driver, and two."""
    words = [tokens.words[i] for i in gap]
    if len(gap) > AROUND_GAP or not joins(words[-1]) or words[-1] in COMMAS:
        return False
    aside = words[0] in COMMAS and words[-2] in COMMAS
    inner = gap[1:-2] if aside else gap[:-1]
    opens = ASIDE if aside else OF_THEM
    if not inner or any(joins(tokens.words[i]) for i in inner) or stops(tokens, inner):
        return False
    if not any(found.cue_at(name, inner[0]) for name in opens):
        return False
    return not any(mark.first in inner or mark.last in inner for mark in found.slot_words)


def coordinated(
    tokens: Tokens,
    one: QuantitySpan,
    other: QuantitySpan,
    spans: Sequence[QuantitySpan],
    found: SentenceMarks,
) -> bool:
    """Whether two figures are joined by a comma or a single 'and': 12 soldiers and 3 civilians."""
    first, second = (one, other) if one.first < other.first else (other, one)
    between = [s for s in spans if first.first < s.first < second.first]
    for left, right in zip([first, *between], [*between, second], strict=True):
        gap = range(end_of_noun(left) + 1, right.first)
        if any(found.cue_at("speech", i) or found.cue_at("leaves", i) for i in gap):
            return False  # put the toll at 46 and said 120 were hurt; 120 sank, leaving 30 dead
        if (
            len(gap) > 3
            and not _around(tokens, gap[: start_of(right) - right.first or None], found)
        ) or (not gap and not tokens.words[right.first].startswith("و")):
            return False
        if not any(_parts(tokens, i) for i in gap) and not tokens.words[right.first].startswith(
            "و"
        ):
            return False
    return True
