"""Who says so: the speaker of a sentence, by name and, where it is known, by kind."""

from __future__ import annotations

from typing import NamedTuple

from transforms.claim.figures import SentenceMarks
from transforms.extract.tokens import Tokens

LONGEST = 12  # tokens of a speaker's name
STOP_WORDS = frozenset(
    [
        "said",
        "says",
        "that",
        "qui",
        "que",
        "who",
        "which",
        "on",
        "in",
        "at",
        "adding",
        "dont",
        "avec",
        "while",
        "but",
        "and",
        "et",
        "mais",
    ]
)
PUNCTUATION = frozenset(',;:!?()[]"«»،؛–—…')


class Speaker(NamedTuple):
    """`name` as written, `kind` of languages/<lang>/claims.toml (red_cross, police) or None."""

    name: str
    kind: str | None


def speaker_of(tokens: Tokens, found: SentenceMarks, index: int) -> Speaker | None:
    """The speaker nearest to the figure at token `index` in its sentence.

    After "according to", after or before a verb of saying; the words up to the next sign.
    """
    candidates: list[tuple[int, Speaker]] = []
    for mark in found.cues:
        if mark.name == "according":
            speaker = _named(tokens, found, mark.last + 1, found.sentence.last)
        elif mark.name == "speech":
            speaker = _subject(tokens, found, mark.first, mark.last)
        else:
            continue
        if speaker is not None and _is_name(speaker):
            # What is said after the figure is its attribution; before it, often too.
            distance = mark.first - index if mark.first > index else 2 * (index - mark.last)
            candidates.append((distance, speaker))
    if (
        not candidates
        and len(found.speakers) == 1
        and any(mark.name == "same_again" for mark in found.cues)
    ):  # the Red Cross, for its part, puts it at 900
        mark = found.speakers[0]
        return Speaker(tokens.exact(mark.first, mark.last), mark.name)
    return min(candidates, default=(0, None), key=lambda found_at: found_at[0])[1]


def _named(tokens: Tokens, found: SentenceMarks, start: int, last: int) -> Speaker | None:
    end = start
    while end <= last and end - start < LONGEST and not _stops(tokens.words[end]):
        end += 1
    if end == start:
        return None
    return Speaker(tokens.exact(start, end - 1), _kind(found, start, end - 1))


def _subject(tokens: Tokens, found: SentenceMarks, first: int, last: int) -> Speaker | None:
    """The words before "said" up to a sign; in Arabic and in inversions, those after it."""
    start = first
    while (
        start > found.sentence.first
        and first - start < LONGEST
        and not _stops(tokens.words[start - 1])
    ):
        start -= 1
    before = (
        Speaker(tokens.exact(start, first - 1), _kind(found, start, first - 1))
        if start < first
        else None
    )
    after = _named(tokens, found, last + 1, found.sentence.last)
    for speaker in (before, after):
        if speaker is not None and speaker.kind is not None:
            return speaker
    return before if before is not None and before.name[:1].isupper() else after or before


def _is_name(speaker: Speaker) -> bool:
    """Whether the words can be somebody's name: known, or with a capital where there are any."""
    return speaker.kind is not None or any(
        word[0].isupper() or not word[0].isascii() for word in speaker.name.split()
    )


def _kind(found: SentenceMarks, first: int, last: int) -> str | None:
    inside = [mark for mark in found.speakers if first <= mark.first and mark.last <= last]
    return max(inside, key=lambda mark: mark.last - mark.first).name if inside else None


def _stops(word: str) -> bool:
    return word in PUNCTUATION or word in STOP_WORDS
