"""Draws the pairs of FA-KES to label: `python -m benchmarks.trust.draw FA_KES.jsonl > pairs.jsonl`.

Pairs come from the recall-first key of `naive.py`, not from alerts: 90 with differing figures, 60
with equal or vague ones. Article pairs are shuffled and visited in turn, one pair of claims a
round, so that many events are met; at most 5 pairs of one article pair and 8 of one day and place.
"""

from __future__ import annotations

import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.trust.naive import Figure, differ, pairs

SEED = 5
WANTED = {True: 90, False: 60}  # by: do the figures differ
PER_ARTICLES, PER_DAY_AND_PLACE = 5, 8

MONTHS = {m: i + 1 for i, m in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split())}  # noqa: SIM905
MONTH = "(?P<m>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
DATE_FORMS = (
    re.compile(rf"(?<!On )\b{MONTH}\.? (?P<d>\d\d?) ?(?P<y>20\d\d)(?!\d)"),
    re.compile(rf"\b(?P<d>\d\d?) {MONTH} (?P<y>20\d\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<d>\d\d)[-.](?P<m>\d\d)[-.](?P<y>20\d\d)"),
)


def printed_date(row: dict[str, Any]) -> str:
    """The day printed at the head of the article, else FA-KES's own, which is often another day."""
    head = row["body"][: 700 if row["source"] == "ahram" else 160]  # Ahram repeats the title first
    found = [match for form in DATE_FORMS for match in form.finditer(head)]
    if not found:
        return str(row["published"])
    first = min(found, key=lambda match: match.start())
    month = first["m"] if first["m"].isdigit() else MONTHS[first["m"][:3].lower()]
    return f"{first['y']}-{int(month):02}-{int(first['d']):02}"


def articles_of(path: Path) -> Iterator[dict[str, Any]]:
    """FA-KES as Tally reads it, in the order of publication, exact copies of a row left out.

    Noon stands for the hour, which FA-KES does not have. An id used for two texts gets a number.
    """
    bodies: dict[str, list[str]] = defaultdict(list)
    found = []
    for row in map(json.loads, path.read_text("utf-8").splitlines()):
        same_id = bodies[row["id"]]
        if row["body"] in same_id:
            continue
        same_id.append(row["body"])
        number = f"-{len(same_id)}" if len(same_id) > 1 else ""
        found.append(
            {
                "uri": f"urn:tally:fa_kes:{row['id']}{number}",
                "source": row["source"],
                "versioncreated": f"{printed_date(row)}T12:00:00+00:00",
                "headline": row["title"],
                "body_text": row["body"],
                "language": row["language"],
                "place": row["place"],
            }
        )
    yield from sorted(found, key=lambda a: (a["versioncreated"], a["uri"]))


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
    for a, b in draw(list(pairs(articles_of(Path(path))))):
        sys.stdout.write(json.dumps({"a": side(a), "b": side(b)}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
