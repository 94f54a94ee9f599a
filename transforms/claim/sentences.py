"""Sentences and paragraphs of a passage, as ranges of tokens."""

from __future__ import annotations

from collections.abc import Container

import msgspec

from transforms.extract.tokens import Tokens

LONGEST = 200  # tokens; a longer one is cut, so that the work in a sentence is bounded
ENDS = frozenset(".!?؟…。！？")
CLOSING = frozenset("\"'»)]")


class Sentence(msgspec.Struct, frozen=True, gc=False):
    """A sentence: its first and last token (included) and the number of its paragraph."""

    first: int
    last: int
    paragraph: int


def sentences(
    tokens: Tokens, held: Container[int] = (), abbreviations: Container[str] = ()
) -> list[Sentence]:
    """Cuts a text at line breaks, at full stops that end a sentence, and after LONGEST tokens.

    No sentence ends with one of the tokens `held`: the point of 5. September. After one of the
    `abbreviations` (folded: mr, mme) a full stop ends nothing; after one letter (U.S., J. Smith)
    it never does.
    """
    if not tokens.words:
        return []
    last = len(tokens.words) - 1
    signs = [i for i, word in enumerate(tokens.words[:last]) if word in ENDS or word in CLOSING]
    ends = {i for i in signs if i not in held and _ends(tokens, i, abbreviations)}
    broken = tokens.line_ends()
    found: list[Sentence] = []
    first = paragraph = 0
    for index in sorted(ends | broken | {last}):
        while index - first >= LONGEST:
            found.append(Sentence(first, first + LONGEST - 1, paragraph))
            first += LONGEST
        found.append(Sentence(first, index, paragraph))
        first = index + 1
        paragraph += index in broken
    return found


def _ends(tokens: Tokens, index: int, abbreviations: Container[str]) -> bool:
    """Whether a sentence ends with token `index`, which is not the last."""
    word, following = tokens.words[index], tokens.words[index + 1]
    if word in CLOSING:
        return index > 0 and tokens.words[index - 1] in ENDS and _begins(tokens, index + 1)
    if word not in ENDS or following in CLOSING or following in ENDS:
        return False
    if tokens.touching(index + 1) and tokens.text[tokens.starts[index + 1]].isascii():
        return False
    if word == "." and index > 0:
        before = tokens.words[index - 1]
        if (len(before) == 1 and before.isalpha()) or before in abbreviations:
            return False
    return _begins(tokens, index + 1)


def _begins(tokens: Tokens, index: int) -> bool:
    """Whether a sentence may begin with token `index`: no small letter of a cased script."""
    return not tokens.text[tokens.starts[index]].islower()
