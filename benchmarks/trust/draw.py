"""Draws the pairs of FA-KES to label: `python -m benchmarks.trust.draw FA_KES.jsonl > pairs.jsonl`.

Pairs come from the recall-first key of `naive.py`, not from alerts: 90 with differing figures, 60
with equal or vague ones. Article pairs are shuffled and visited in turn, one pair of claims a
round, so that many events are met; at most 5 pairs of one article pair and 8 of one day and place.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.trust.naive import Figure, differ, pairs

SEED = 5
WANTED = {True: 90, False: 60}  # by: do the figures differ
PER_ARTICLES, PER_DAY_AND_PLACE = 5, 8


def article_of(row: dict[str, Any]) -> dict[str, Any]:
    """A row of FA-KES as Tally reads it; FA-KES has days only, so noon stands for the hour."""
    return {
        "uri": f"urn:tally:fa_kes:{row['id']}",
        "source": row["source"],
        "versioncreated": f"{row['published']}T12:00:00+00:00",
        "headline": row["title"],
        "body_text": row["body"],
        "language": row["language"],
        "place": row["place"],
    }


def draw(found: list[tuple[Figure, Figure]]) -> Iterator[tuple[Figure, Figure]]:
    """The drawn pairs: the same for the same articles."""
    by_articles: dict[tuple[str, str], list[tuple[Figure, Figure]]] = defaultdict(list)
    for a, b in found:
        by_articles[a.uri, b.uri].append((a, b))
    dice = random.Random(SEED)
    order = sorted(by_articles)
    dice.shuffle(order)
    for key in order:
        dice.shuffle(by_articles[key])
    left, days = dict(WANTED), Counter[tuple[str, str]]()
    for _ in range(PER_ARTICLES):
        for key in order:
            pair = next((p for p in by_articles[key] if left[differ(*p)]), None)
            if pair is None:
                continue
            day = (min(pair[0].places & pair[1].places), pair[0].published.date().isoformat())
            if days[day] < PER_DAY_AND_PLACE:
                by_articles[key].remove(pair)
                days[day] += 1
                left[differ(*pair)] -= 1
                yield pair


def side(figure: Figure) -> dict[str, Any]:
    """One side of a pair as it is written down."""
    kept = ("uri", "field", "start", "end", "exact", "value", "slot", "sentence")
    return {key: getattr(figure, key) for key in kept}


def main(path: str) -> None:
    rows = [json.loads(line) for line in Path(path).read_text("utf-8").splitlines()]
    for a, b in draw(list(pairs(map(article_of, rows)))):
        sys.stdout.write(json.dumps({"a": side(a), "b": side(b)}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
