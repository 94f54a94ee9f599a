"""Real articles of FA-KES told again with another toll: the `real_*` kinds of the planted set."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.trust import naive, score

HERE = Path(__file__).parent
Row = dict[str, Any]

TOLL = re.compile(r"\b(\d{1,3}) (?:\w+ ){0,2}?(?:people|civilians|persons|militants|fighters)\b")
AGENCY = re.compile(r"\b(?:AFP|AP|Reuters|REUTERS)\b[ )-]*")
MOVED = re.compile(r"\b(?:ris(?:e|es|en|ing)|rose|rais\w+|updat\w+)\b", re.I)
HEDGE = re.compile(r"(?:at least|more than|over|nearly|about|around|some|up to|almost) $", re.I)


def rewritten(seed: int, count: int, outlets: Sequence[str]) -> Iterator[tuple[list[Row], Row]]:
    """FA-KES articles with one exact toll, told again by another outlet with another figure.

    One base article of a place and month, so that none speaks of another's event. The second
    article keeps the sentences with the toll and every other one, and credits no agency.
    """
    dice = random.Random(seed)
    bases: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for article in score.read_lines(HERE / "fa_kes_articles.jsonl"):
        if toll(article):
            bases[article["versioncreated"][:7], article["place"]].append(article)
    chosen = sorted(bases)
    dice.shuffle(chosen)
    for i, key in enumerate(chosen[:count]):
        base = dice.choice(bases[key])
        kind = ("real_conflict", "real_update", "real_copy")[i % 3]
        old = toll(base)
        new = {"real_conflict": max(2, old * 3 // 5), "real_update": old * 2 - 1, "real_copy": old}
        when = datetime.fromisoformat(base["versioncreated"]) + timedelta(hours=20)
        first = {k: base[k] for k in ("source", "versioncreated", "headline", "language", "place")}
        first |= {"uri": f"urn:tally:planted:real-{seed}-{i}-0", "body_text": base["body_text"]}
        sentences = [m.group() for m in naive.SENTENCE.finditer(base["body_text"])]
        kept = [s for k, s in enumerate(sentences) if k % 2 == 0 or str(old) in s]
        change = re.compile(rf"(?<![\d,]){old}(?![\d,])")
        second = first | {
            "uri": f"urn:tally:planted:real-{seed}-{i}-1",
            "source": dice.choice(outlets),
            "versioncreated": when.isoformat(),
            "headline": change.sub(str(new[kind]), base["headline"]),
            "body_text": AGENCY.sub("", change.sub(str(new[kind]), "".join(kept))),
        }
        yield [first, second], {
            "id": f"real-{seed}-{i}", "kind": kind, "expect": kind == "real_conflict",
            "slot": "killed", "language": "en", "articles": [first["uri"], second["uri"]],
            "pairs": [{"a": place_of(first, old), "b": place_of(second, new[kind])}],
        }  # fmt: skip


def toll(article: Row) -> int:
    """The one exact toll an article tells of its event, and twice; else 0."""
    found = {f.value for f in naive.figures(article) if f.slot == "killed" and f.value}
    small = {v for v in found if v < 1000}
    body = article["body_text"]
    match = TOLL.search(body)
    if (
        MOVED.search(article["headline"] + body)
        or len(small) != 1
        or not match
        or int(match.group(1)) not in small
    ):
        return 0
    value = int(match.group(1))
    hedged = any(
        HEDGE.search(text[: m.start()])
        for text in (body, article["headline"])
        for m in re.finditer(rf"\b{value}\b", text)
    )
    dated = value <= 31 and len(re.findall(rf"\b{value}\b", body[:60])) > 1
    return value if value >= 8 and not hedged and not dated else 0


def place_of(article: Row, value: int) -> Row:
    """Where the toll stands in the body, with its other places."""
    where = [
        {"field": field, "start": m.start(), "end": m.end()}
        for field in ("body_text", "headline")
        for m in re.finditer(rf"(?<![\d,]){value}(?![\d,])", article[field])
    ]
    return {
        "uri": article["uri"],
        **where[0],
        "exact": str(value),
        "value": None,
        "also": where[1:],
    }
