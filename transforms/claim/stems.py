"""Stems: the first letters of the longer words, which hold the forms of one word together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

SHORTEST = 5  # letters of a word that can tell something
LENGTH = 6  # letters kept


def stems(words: Iterable[str]) -> Iterator[str]:
    """The stems of folded words, in order, repeated as they are."""
    return (word[:LENGTH] for word in words if len(word) >= SHORTEST and word.isalpha())


@cache
def common_stems(language: str) -> frozenset[str]:
    """Stems that many texts of a language share (languages/<lang>/common_words.txt)."""
    path = files("transforms.languages") / language / "common_words.txt"
    return frozenset(path.read_text(encoding="utf-8").split())
