"""What Tally knows of each language: tables in TOML, one folder a language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Any

import tomli

LANGUAGES = ("ar", "de", "en", "es", "fa", "fr", "pt", "ru", "tr", "zh")
# The languages in which an alert is explained (explanations.toml).
EXPLAINED = ("ar", "en", "fr")

ENDINGS = "|"  # parts a stem and the name of its endings: солдат|m
NON_JOINER = "\u200c"  # parts the halves of a Persian word; texts have it, a space or nothing


@cache
def table(language: str, name: str) -> dict[str, Any]:
    """The table `name` (`numbers`, `times`, `claims`, `places`…) of a language (`ar`, `en`…).

    Words with endings (`stem|name`, see endings.toml) stand in all their forms. The result is
    shared: do not change it. Raises FileNotFoundError for a table or a language that is not there.
    """
    found: dict[str, Any] = _written(_toml(language, name), _toml(language, "endings"))
    return found


def _toml(language: str, name: str) -> dict[str, Any]:
    text = (files(__package__) / language / f"{name}.toml").read_text(encoding="utf-8")
    return tomli.loads(text)


def _written(value: Any, endings: Mapping[str, Sequence[str]]) -> Any:
    """A part of a table with its phrases as texts write them, lists and keys alike."""
    if isinstance(value, dict):
        return {
            form: _written(below, endings)
            for key, below in value.items()
            for form in forms(key, endings)
        }
    if isinstance(value, list) and value and isinstance(value[0], str):
        return [form for phrase in value for form in forms(phrase, endings)]
    if isinstance(value, list):
        return [_written(below, endings) for below in value]
    return value


def forms(phrase: str, endings: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """All ways to write a phrase. Raises KeyError for endings that no table names.

    >>> list(forms("dead soldier|s", {"s": ["", "s"]}))
    ['dead soldier', 'dead soldiers']
    """
    if ENDINGS in phrase:
        words = [_inflected(word, endings) for word in phrase.split(" ")]
        yield from (form for way in product(*words) for form in forms(" ".join(way), endings))
    elif NON_JOINER in phrase:
        yield phrase.replace(NON_JOINER, "")
        yield phrase.replace(NON_JOINER, " ")
    else:
        yield phrase


def _inflected(word: str, endings: Mapping[str, Sequence[str]]) -> list[str]:
    stem, sign, name = word.partition(ENDINGS)
    return [stem + ending for ending in endings[name]] if sign else [word]
