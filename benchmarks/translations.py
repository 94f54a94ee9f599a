"""Property 5 on TICO-19: a sentence in English, French and Arabic tells the same values.

    python -m benchmarks translations          needs TALLY_DATA; SHOW=20 prints 20 that differ

The values of a sentence are a set: of each quantity its lowest and highest value and whether it is
in per cent, of each time that names days the first and the last. Units and nouns are left out: they
are words of a language. Beside it stands what a reader of digits alone would say: that the three
versions have the same digits, or the same runs of digits, each as often.

In some documents of TICO-19 the French or Arabic lines are of other sentences than the English. The
shares are told with them and without; a document counts as aligned by its digits alone, not by what
Tally reads (`misaligned`).
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import combinations, compress
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpora import TICO19_PUBLISHED, located
from benchmarks.tables import percent, print_table
from schemas.messages import Article, Mention
from transforms.extract.extract import extract
from transforms.read.normal import normal

LANGUAGES = ("en", "fr", "ar")
ALIGNED = 0.5  # share of a document's sentences with digits whose runs are those of the English
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


def times_of(read: Values) -> Values:
    """The values that are days."""
    return frozenset(value for value in read if value[0] == "days")


def values(text: str, language: str) -> Values:
    """The set of values that a sentence tells."""
    article = Article("urn:sentence", PUBLISHED, "tico19", body_text=text, language=language)
    return values_of(extract(article))


def digits(text: str) -> Hashable:
    """The digits of a sentence, each as often as it stands there."""
    return frozenset(Counter(re.findall(r"\d", normal(text).text)).items())


def runs_of_digits(text: str) -> Hashable:
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


def misaligned(triples: Iterable[Triple]) -> dict[str, int]:
    """The documents whose versions are not of one text, each with its sentences with digits.

    Those in which fewer than half of the sentences with digits have the runs of digits of the
    English, in French or in Arabic. Ids are `<document>:<number>`.
    """
    same: dict[str, list[tuple[bool, bool]]] = defaultdict(list)
    for triple in filter(has_digit, triples):
        english, french, arabic = (runs_of_digits(triple[language]) for language in LANGUAGES)
        same[_document(triple)].append((english == french, english == arabic))
    return {
        document: len(pairs)
        for document, pairs in same.items()
        if min(map(sum, zip(*pairs, strict=True))) < ALIGNED * len(pairs)
    }


def _document(triple: Triple) -> str:
    return triple["id"].partition(":")[0]


def causes(read: Mapping[str, Values]) -> list[str]:
    """Why versions differ: one cause for each value that is not read in all three.

    *other value in X*: X has a value of that kind that is not shared either; else *missing in X*,
    and *only in X* where one version alone has the value.
    """
    shared = frozenset.intersection(*read.values())
    found = []
    for value in frozenset.union(*read.values()) - shared:
        holders = [language for language in LANGUAGES if value in read[language]]
        others = [language for language in LANGUAGES if language not in holders]
        differs = any(other[0] == value[0] for o in others for other in read[o] - shared)
        alone = holders[0] if len(holders) == 1 else others[0]
        what = "other value in" if differs else "only in" if len(holders) == 1 else "missing in"
        found.append(f"{'time' if value[0] == 'days' else 'quantity'}: {what} {alone}")
    return sorted(found)


def show_translations(data: Path | None) -> None:
    """The share of sentences whose versions give the same values, and why the others do not."""
    path = located("tico19", None if data is None else str(data))
    triples: list[Triple] = [json.loads(line) for line in path.open(encoding="utf-8")]
    apart = misaligned(triples)
    read = [{lang: values(one[lang], lang) for lang in LANGUAGES} for one in triples]
    kinds: dict[str, Sequence[Mapping[str, Hashable]]] = {
        "values": read,
        "quantities": [{k: v - times_of(v) for k, v in of.items()} for of in read],
        "times": [{k: times_of(v) for k, v in of.items()} for of in read],
        "digits": [{k: digits(one[k]) for k in LANGUAGES} for one in triples],
        "runs of digits": [{k: runs_of_digits(one[k]) for k in LANGUAGES} for one in triples],
    }
    aligned = [has_digit(one) and _document(one) not in apart for one in triples]
    groups = {
        "English holds a digit": list(map(has_digit, triples)),
        "the same, aligned": aligned,
        "all": [True] * len(triples),
    }
    rows = [
        (f"{group}: {kind}", *_row(agreement(compress(of_kind, chosen))))
        for group, chosen in groups.items()
        for kind, of_kind in kinds.items()
    ]
    print_table(
        "Translations tell the same values (property 5, TICO-19)",
        "TALLY_DATA=DIR python -m benchmarks translations    (SHOW=N: N that differ)",
        ("read as", "sentences", "same in all", "share", *("=".join(p) for p in _PAIRS)),
        rows,
    )
    left_out = ", ".join(f"{name} ({count})" for name, count in sorted(apart.items()))
    print("  aligned: without documents whose lines are of other sentences, by their digits alone,")
    print(f"  and their sentences with digits: {left_out or 'none'}")
    _show_causes(compress(zip(triples, read, strict=True), aligned))


_PAIRS = tuple(combinations(LANGUAGES, 2))


def _row(counts: Agreement) -> list[object]:
    shares = [percent(counts.pairs[pair], counts.triples) for pair in _PAIRS]
    return [counts.triples, counts.all_three, percent(counts.all_three, counts.triples), *shares]


def _show_causes(readings: Iterable[tuple[Triple, Mapping[str, Values]]]) -> None:
    """The causes of differences, then SHOW sentences that differ, those of one cause together."""
    differing = [(found, one, read) for one, read in readings if (found := causes(read))]
    counts = Counter(cause for found, _, _ in differing for cause in found)
    print_table(
        f"Why {len(differing)} aligned sentences with digits differ",
        "TALLY_DATA=DIR python -m benchmarks translations",
        ("cause", "values"),
        counts.most_common(),
    )
    differing.sort(key=lambda entry: entry[0][0])
    for found, triple, read in differing[: int(os.environ.get("SHOW") or 0)]:
        shared = frozenset.intersection(*read.values())
        print(f"\n  {triple['id']}  {'; '.join(found)}")
        for language in LANGUAGES:
            print(f"    {language}  {triple[language]}")
            print(f"        only here or in two: {sorted(map(str, read[language] - shared))}")
