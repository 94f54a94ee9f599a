"""Phrases of a lexicon: forms of a word are taken apart when they are met."""

from __future__ import annotations

import pytest

from transforms.claim.lexicon import Grammar, build, find
from transforms.extract.tokens import tokenize

GRAMMAR = Grammar(attached=("wa", "al"), noun_endings=("un", "in"), verb_endings=("at",))
WORDS = build(
    [
        ("qatil", ("noun", "killed")),
        ("qutil", ("before", "killed")),
        ("ab", ("group", "men")),
        ("qatil sabiq", ("cue", "background")),
        ("qatil sabiq jiddan", ("cue", "background")),
    ],
    GRAMMAR,
)


def found(text: str) -> list[tuple[str, str]]:
    tokens = tokenize(text, text)
    return [(tokens.exact(m.first, m.last), m.name) for m in find(tokens, WORDS)]


@pytest.mark.parametrize(
    "word", ["qatil", "waqatil", "alqatil", "qatilun", "waqatilin", "waqutilat"]
)
def test_a_word_is_known_with_what_is_written_in_one_with_it(word: str) -> None:
    assert found(word) == [(word, "killed")]


@pytest.mark.parametrize("word", ["qatilat", "qutilun", "abun", "walqatil", "qatilunun"])
def test_endings_are_of_their_role_and_of_longer_words(word: str) -> None:
    assert found(word) == []


def test_the_first_word_of_a_phrase_takes_prefixes_only() -> None:
    assert ("waqatil sabiq", "background") in found("waqatil sabiq")
    assert found("qatilun sabiq") == [("qatilun", "killed")]


def test_every_cue_is_found_the_longest_first() -> None:
    assert found("qatil sabiq jiddan") == [
        ("qatil sabiq jiddan", "background"),
        ("qatil sabiq", "background"),
        ("qatil", "killed"),
    ]
