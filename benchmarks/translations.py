"""Property 5 on TICO-19: a sentence in English, French and Arabic tells the same values.

    python -m benchmarks translations          needs TALLY_DATA; SHOW=20 prints 20 that differ

The values of a sentence are a set: of each quantity its lowest and highest value and whether it is
in per cent, of each time that names days the first and the last. Units and nouns are left out: they
are words of a language. Beside it stands what a reader of digits alone would say: that the three
versions have the same digits, or the same runs of digits, each as often.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import datetime
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpora import TICO19_PUBLISHED, located
from benchmarks.tables import percent, print_table
from schemas.messages import Article, Mention
from transforms.extract.extract import extract
from transforms.read.normal import normal

LANGUAGES = ("en", "fr", "ar")
PUBLISHED = datetime.fromisoformat(TICO19_PUBLISHED)

Value = tuple[str, Hashable, Hashable]
Values = frozenset[Value]
Triple = Mapping[str, str]  # a sentence by language


class Agreement(NamedTuple):
    """How many triples agree in all three languages, and in each two."""

    triples: int
    all_three: int
    pairs: Mapping[tuple[str, str], int]


def value_of(mention: Mention) -> Value | None:
    """What a mention says in any language; None where a time names no days."""
    if mention.quantity is not None:
        interval = mention.quantity.value
        kind = "%" if mention.quantity.unit in ("%", "pp") else "number"
        return kind, interval.low, interval.high
    time = mention.time
    if time is None or (time.earliest is None and time.latest is None):
        return None
    return "days", time.earliest, time.latest


def values_of(mentions: Iterable[Mention]) -> Values:
    return frozenset(value for one in mentions if (value := value_of(one)) is not None)


def values(text: str, language: str) -> Values:
    """The set of values that a sentence tells."""
    article = Article("urn:sentence", PUBLISHED, "tico19", body_text=text, language=language)
    return values_of(extract(article))


def digits(text: str, language: str = "en") -> Hashable:
    """The digits of a sentence, each as often as it stands there."""
    return frozenset(Counter(re.findall(r"\d", normal(text).text)).items())


def runs_of_digits(text: str, language: str = "en") -> Hashable:
    """The runs of digits of a sentence, each as often as it stands there."""
    return frozenset(Counter(re.findall(r"\d+", normal(text).text)).items())


def agreement(read: Iterable[Mapping[str, Hashable]]) -> Agreement:
    """Counts triples whose versions are read alike."""
    triples = all_three = 0
    pairs = dict.fromkeys(combinations(LANGUAGES, 2), 0)
    for of_language in read:
        triples += 1
        same = {(a, b): of_language[a] == of_language[b] for a, b in pairs}
        all_three += all(same.values())
        for pair, agrees in same.items():
            pairs[pair] += agrees
    return Agreement(triples, all_three, pairs)


def has_digit(triple: Triple) -> bool:
    """Whether the English sentence holds a digit."""
    return re.search(r"\d", triple["en"]) is not None


def show_translations(data: Path | None) -> None:
    """The share of the sentences whose three versions give the same values."""
    path = located("tico19", None if data is None else str(data))
    triples: list[Triple] = [json.loads(line) for line in path.open(encoding="utf-8")]
    readers: dict[str, Callable[[str, str], Hashable]] = {
        "values": values,
        "digits": digits,
        "runs of digits": runs_of_digits,
    }
    rows = []
    for name, reader in readers.items():
        read = [{lang: reader(one[lang], lang) for lang in LANGUAGES} for one in triples]
        with_digit = [of for one, of in zip(triples, read, strict=True) if has_digit(one)]
        for group, chosen in (("English holds a digit", with_digit), ("all", read)):
            rows.append((f"{name}: {group}", *_row(agreement(chosen))))
    print_table(
        "Translations tell the same values (property 5, TICO-19)",
        "TALLY_DATA=DIR python -m benchmarks translations    (SHOW=N: N that differ)",
        ("read as", "sentences", "same in all", "share", *("=".join(p) for p in _PAIRS)),
        rows,
    )
    _show(triples, int(os.environ.get("SHOW") or 0))


_PAIRS = tuple(combinations(LANGUAGES, 2))


def _row(counts: Agreement) -> list[object]:
    shares = [percent(counts.pairs[pair], counts.triples) for pair in _PAIRS]
    return [counts.triples, counts.all_three, percent(counts.all_three, counts.triples), *shares]


def _show(triples: Iterable[Triple], count: int) -> None:
    """Prints so many sentences with digits whose versions tell different values."""
    for triple in filter(has_digit, triples):
        if count <= 0:
            return
        read = {language: values(triple[language], language) for language in LANGUAGES}
        shared = frozenset.intersection(*read.values())
        if all(of == shared for of in read.values()):
            continue
        count -= 1
        print(f"\n  {triple['id']}")
        for language in LANGUAGES:
            print(f"    {language}  {triple[language]}")
            print(f"        only here or in two: {sorted(map(str, read[language] - shared))}")
