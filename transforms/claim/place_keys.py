"""How names of places are spelled alike, for the gazetteer and for texts: one set of rules.

`plain` drops accents, so that "Raqqâ" meets "Raqqa". `skeleton` also drops what transliterations
of one Arabic name differ in. Both take one folded word of transforms.extract.tokens.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ə": "a", "ǝ": "a", "ß": "ss", "æ": "ae", "œ": "oe"}
)

# Longest spellings first. Classes of sounds that are written in many ways in Latin letters.
_SOUNDS = (
    ("tch", "c"), ("dsch", "j"), ("sch", "s"), ("ch", "s"), ("sh", "s"), ("kh", "k"), ("gh", "g"),
    ("dj", "j"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("x", "ks"),
    ("ou", "u"), ("oo", "u"), ("aw", "u"), ("au", "u"), ("ow", "u"), ("w", "u"), ("o", "u"),
    ("ay", "i"), ("ey", "i"), ("ai", "i"), ("ei", "i"), ("ee", "i"), ("y", "i"), ("e", "i"),
    ("c", "k"),
)  # fmt: skip
_DOUBLED = re.compile(r"(.)\1+")
_ARTICLES = frozenset(
    [
        "al",
        "el",
        "ul",
        "il",
        "l",
        "ad",
        "ed",
        "ud",
        "an",
        "en",
        "as",
        "es",
        "us",
        "ash",
        "esh",
        "ar",
        "er",
        "ur",
        "at",
        "et",
        "az",
        "ez",
        "uz",
    ]
)
_FUSED_ARTICLE = re.compile(r"^[aeu]([dnrstz])\1(?=.{2})|^[ae]l(?=[bcfghjkmqw].{2})")


@lru_cache(maxsize=1 << 16)
def plain(word: str) -> str:
    """A folded word without accents; Arabic stays as it is."""
    if word.isascii():
        return word
    word = word.translate(_LETTERS)
    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


@lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> str:
    """What is left of a plain Latin word when transliterations are made one.

    "" for an Arabic article (al, ez…). "zor", "zour" and "ezzor" give "zur"; "shmoun" and
    "chmoun" give "smun".
    """
    if word in _ARTICLES:
        return ""
    word = _FUSED_ARTICLE.sub(lambda match: match.group(1) or "", word)
    for written, sound in _SOUNDS:
        if written in word:
            word = word.replace(written, sound)
    word = _DOUBLED.sub(r"\1", word)
    head = word[:2]
    return head + word[2:].rstrip("h").rstrip("ai")
