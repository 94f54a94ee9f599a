"""Sentences and paragraphs of a passage, as ranges of tokens."""

from __future__ import annotations

from collections.abc import Container
from typing import NamedTuple

from transforms.extract.tokens import Tokens

LONGEST = 200  # tokens; a longer one is cut, so that the work in a sentence is bounded
ENDS = frozenset(".!?؟…。！？")
CLOSING = frozenset("\"'»)]")


class Sentence(NamedTuple):
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
    found: list[Sentence] = []
    first, paragraph, count = 0, 0, len(tokens.words)
    for index in range(count):
        if index + 1 == count:
            found.append(Sentence(first, index, paragraph))
            break
        broken = "\n" in tokens.text[tokens.ends[index] : tokens.starts[index + 1]]
        ends = index not in held and _ends(tokens, index, abbreviations)
        if broken or index - first + 1 >= LONGEST or ends:
            found.append(Sentence(first, index, paragraph))
            first = index + 1
            paragraph += broken
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
