"""What the words around a time tell of it: the tense, a quotation, an occasion of speaking."""

from __future__ import annotations

from bisect import bisect_right

from transforms.extract.time_tables import Cues
from transforms.extract.tokens import Tokens

# How far a cue of the tense may stand from its time, in tokens.
REACH = 12
UNTIL = 4  # the same of what leads to it: jusqu'à samedi, up to Friday
SENTENCE_ENDS = frozenset(".!?؟…;。！？；")
OPENING, CLOSING, EITHER = frozenset("«"), frozenset("»"), frozenset('"')
QUOTES = OPENING | CLOSING | EITHER


def tense(
    tokens: Tokens, cues: Cues, first: int, last: int, known: dict[int, str | None]
) -> str | None:
    """Past, future or None: by the nearest cue before the time, else after it in its sentence.

    `known` keeps what each token of the text told, for the next time that is asked of it.
    """
    words = tokens.words
    if _is_granted(tokens, first, cues):
        return "future"
    for i in range(first - 1, max(first - REACH, 0) - 1, -1):
        if ends_sentence(tokens, i) or _begins_clause(words, i, cues):
            break
        told = known[i] if i in known else known.setdefault(i, _tense_of(words, i, cues))
        if told is not None:
            return told
        if words[i] in cues.future_first and (i == 0 or ends_sentence(tokens, i - 1)):
            return "future"
    for i in range(last + 1, min(last + REACH, len(words))):
        if ends_sentence(tokens, i):
            break
        told = known[i] if i in known else known.setdefault(i, _tense_of(words, i, cues))
        if told is not None:
            return told
    return None


def _is_granted(tokens: Tokens, first: int, cues: Cues) -> bool:
    """Whether someone is given time until then: gave the union *until* Friday."""
    words = tokens.words
    until = next(
        (i for i in range(first - 1, max(first - UNTIL, -1), -1) if words[i] in cues.until), 0
    )
    for i in range(until - 1, max(until - REACH, 0) - 1, -1):
        if ends_sentence(tokens, i):
            return False
        if words[i] in cues.granting:
            return True
    return False


def _begins_clause(words: tuple[str, ...], i: int, cues: Cues) -> bool:
    """Whether a sign and an attached "and" part token `i` from what follows: ، واجتمع."""
    if words[i] in "؛;":
        return True
    return words[i] in "،," and i + 1 < len(words) and words[i + 1].startswith(cues.conjunctions)


def ends_sentence(tokens: Tokens, i: int) -> bool:
    """Whether token `i` ends a sentence, or a line ends after it."""
    if tokens.words[i] in SENTENCE_ENDS:
        return i + 1 >= len(tokens.words) or not tokens.touching(i + 1)
    after = i + 1 < len(tokens.words) and tokens.starts[i + 1]
    return bool(after) and "\n" in tokens.text[tokens.ends[i] : after]


def _tense_of(words: tuple[str, ...], i: int, cues: Cues) -> str | None:
    word = words[i]
    pair = f"{word} {words[i + 1]}" if i + 1 < len(words) else word
    if word in cues.future or pair in cues.future:
        return "future"
    if i and words[i - 1] in cues.passive:
        return None  # to be held: what stands before it tells
    if word in cues.past:
        return "past"
    if len(word) < 4:
        return None
    if word.startswith(cues.future_prefixes) and not word.startswith(cues.not_future):
        return "future"
    if word.endswith(cues.future_suffixes) and not word.endswith(cues.not_future):
        return "future"
    return "past" if word.endswith(cues.past_suffixes) else None


def speaks(tokens: Tokens, cues: Cues, first: int, last: int) -> bool:
    """Whether someone speaks near the time: said, conference, interview."""
    near = range(max(first - REACH, 0), min(last + REACH, len(tokens.words)))
    return any(tokens.words[i] in cues.speaking for i in near)


def quotations(tokens: Tokens) -> list[int]:
    """The tokens at which a quotation begins or ends, in turn; a new line ends one too."""
    changes: list[int] = []
    words = tokens.words
    lines = {last + 1 for last in tokens.line_ends()} - {len(words)}
    for i in sorted({*lines, *[i for i, word in enumerate(words) if word in QUOTES]}):
        word, open_now = words[i], len(changes) % 2 == 1
        if open_now and i in lines:
            changes.append(i)
            open_now = False
        if (word in EITHER) or (word in CLOSING and open_now) or (word in OPENING and not open_now):
            changes.append(i)
    return changes


def is_quoted(changes: list[int], i: int) -> bool:
    """Whether token `i` stands inside a quotation."""
    return bisect_right(changes, i) % 2 == 1
