"""Do the three versions of a sentence of TICO-19 tell the same, to Tally and to its peers?

The readings that every reader gives in one form are compared: the lows and highs of quantities, the
TIMEX3 values of times. `python -m benchmarks translations` says more of Tally's own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Sequence
from pathlib import Path
from typing import Any

from benchmarks.corpora import TICO19_PUBLISHED, located
from benchmarks.tables import percent
from benchmarks.translations import LANGUAGES, Triple, agreement, has_digit, misaligned

HEADS = ("kind", "reader", "sentences", "same in all", "share", "en=fr", "en=ar", "fr=ar")

Readings = dict[str, list[dict[str, Any]]]
Ask = Callable[[str, Sequence[dict[str, Any]]], list[Readings]]


def triples_of(data: Path) -> list[Triple]:
    """The sentences with digits, without documents whose lines are of other sentences."""
    path = located("tico19", str(data))
    triples: list[Triple] = [json.loads(line) for line in path.open(encoding="utf-8")]
    apart = misaligned(triples)
    return [one for one in triples if has_digit(one) and one["id"].partition(":")[0] not in apart]


def values(kind: str, read: Readings) -> Hashable:
    """What readings say, whatever the language."""
    if kind == "times":
        return frozenset(one["value"] for one in read["times"])
    return frozenset((one["low"], one["high"]) for one in read["quantities"])


def rows(data: Path, reader: str, kinds: Sequence[str], ask: Ask) -> list[list[object]]:
    """The rows of a reader: among sentences in which it reads something in some version."""
    triples = triples_of(data)
    told = {}
    for language in LANGUAGES:
        lines = [{"id": one["id"], "text": one[language], "published": TICO19_PUBLISHED}
                 for one in triples]  # fmt: skip
        told[language] = ask(language, lines)
    found = []
    for kind in kinds:
        read = [{language: values(kind, told[language][i]) for language in LANGUAGES}
                for i in range(len(triples))]  # fmt: skip
        counts = agreement(one for one in read if any(one.values()))
        same = (counts.all_three, *counts.pairs.values())  # pairs in the order of HEADS
        shares = [percent(count, counts.triples) for count in same]
        found.append([kind, reader, counts.triples, counts.all_three, *shares])
    return found
