"""Where sentences end, and paragraphs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.claim.lexicon import grammar
from transforms.claim.sentences import sentences
from transforms.extract.tokens import tokenize
from transforms.read.normal import fold

SHORT = frozenset(w for lang in ("en", "fr") for w in grammar(lang).abbreviations)


def cut(text: str) -> list[str]:
    tokens = tokenize(text, fold(text))
    return [tokens.exact(s.first, s.last) for s in sentences(tokens, abbreviations=SHORT)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Ten died. Five live.", ["Ten died.", "Five live."]),
        ('"Ten died." Five live.', ['"Ten died."', "Five live."]),
        ("قتل عشرة؟ نجا خمسة.", ["قتل عشرة؟", "نجا خمسة."]),
        ("Ten died… Five live!", ["Ten died…", "Five live!"]),
        ("A headline\nThe body.", ["A headline", "The body."]),
        ("Nine died... 5 live.", ["Nine died...", "5 live."]),
    ],
)
def test_a_sentence_ends(text: str, parts: list[str]) -> None:
    assert cut(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Smith saw 3.5 million people.",
        "The U.S. Army lost 3 men.",
        "Gen. J. Smith said so on Aug. 30 in Paris.",
        "M. Dupont et Mme. Durand parlent.",
        "It fell to 1.200.000 there.",
        "He asked why? and left.",
    ],
)
def test_a_sentence_goes_on(text: str) -> None:
    assert cut(text) == [text]


def test_paragraphs_are_numbered() -> None:
    text = "One. Two.\nThree.\n\nFour."
    tokens = tokenize(text, fold(text))
    assert [s.paragraph for s in sentences(tokens)] == [0, 0, 1, 2]


@given(st.text(alphabet='aA1.!?"») \n؟,ب', max_size=60))
def test_each_token_stands_in_one_sentence(text: str) -> None:
    tokens = tokenize(text, fold(text))
    covered = [i for s in sentences(tokens) for i in range(s.first, s.last + 1)]
    assert covered == list(range(len(tokens.words)))
