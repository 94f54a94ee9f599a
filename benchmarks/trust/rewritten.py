"""Real articles told again with another figure, scope, place or date: kinds `real_*`.

Bases are articles of FA-KES with one exact toll, and the project's own samples (in Arabic, French
and English). An article of FA-KES is used several times, its years moved by a multiple of 28: so
weekdays stay right, and no two scenarios speak of the same days.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.growth import copied
from benchmarks.trust import naive, score

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "samples/articles.jsonl"
Row = dict[str, Any]

NOUN = r"(?:\w+ ){0,2}?(?:people|civilians|persons|militants|fighters)\b"
TOLL = re.compile(rf"\b(\d{{1,3}}) {NOUN}")
AGENCY = re.compile(r"\b(?:AFP|AP|Reuters|REUTERS)\b[ )-]*")
MOVED = re.compile(r"\b(?:ris(?:e|es|en|ing)|rose|rais\w+|updat\w+)\b", re.I)
HEDGE = re.compile(r"(?:at least|more than|over|nearly|about|around|some|up to|almost) $", re.I)
OVER_TIME = re.compile(r"\b(?:recent|so far|since|total|in all|days|weeks|months)\b", re.I)
EPOCHS = (0, 28, -28, -56, -84)  # years by which a base is moved
KINDS = {
    "real_conflict": ["count_conflict"], "real_update": [], "real_copy": [], "real_part": [],
    "real_place": [], "real_version": ["correction"], "real_headline": ["headline_body"],
}  # fmt: skip
ELSEWHERE = "Mogadishu"

# uri of the sample, what is changed into what, slot, kinds of alert
SAMPLED = (
    ("000", "124000", "98000", "evacuated", ["count_conflict"]),
    ("002", "29 février", "27 février", "signed", ["date_conflict"]),
    ("004", "6,000", "4,500", "evacuated", ["count_conflict"]),
    ("004", "September 9", "September 12", "arrived", ["date_conflict"]),
)


def rewritten(seed: int, count: int, outlets: Sequence[str]) -> Iterator[tuple[list[Row], Row]]:
    """Scenarios of FA-KES articles, `count` at most, then those of the samples.

    One base article of a place and month, so that none speaks of another's event.
    """
    dice = random.Random(seed)
    bases: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for article in score.read_lines(HERE / "fa_kes_articles.jsonl"):
        if toll(article):
            bases[article["versioncreated"][:7], article["place"]].append(article)
    used = [(key, years) for years in EPOCHS for key in sorted(bases)]
    dice.shuffle(used)
    for i, (key, years) in enumerate(used[:count]):
        base = copied(dice.choice(bases[key]), "", years)
        kind = list(KINDS)[i % len(KINDS)]
        if is_fit(base, kind):
            yield told_again(f"real-{seed}-{i}", base, kind, dice.choice(outlets))
    yield from sampled(seed, dice, outlets)


def told_again(name: str, base: Row, kind: str, outlet: str) -> tuple[list[Row], Row]:
    """The base and another article made of it: the sentences with the toll and every other one,
    by another outlet, without the agency's name; a new version, or a headline with another toll.
    """
    old = toll(base)
    fewer = unsaid(max(2, old * 3 // 5), base)
    new = {"real_copy": old, "real_update": unsaid(old * 2 - 1, base)}.get(kind, fewer)
    uri = f"urn:tally:planted:{name}"
    first = {k: base[k] for k in ("source", "versioncreated", "headline", "language", "place")}
    first |= {"uri": f"{uri}-0", "body_text": base["body_text"]}
    figure = re.compile(rf"(?<![\d,]){old}(?![\d,])")
    if kind == "real_headline":
        first["headline"] = figure.sub(str(new), base["headline"])
        side = place_of(first, old)
        return [first], truth(name, kind, [first], side, side)
    sentences = [m.group() for m in naive.SENTENCE.finditer(base["body_text"])]
    body = "".join(s for k, s in enumerate(sentences) if k % 2 == 0 or str(old) in s)
    if kind == "real_part":
        figure, text = re.compile(rf"{figure.pattern}(?: {NOUN})?"), f"{new} children"
    else:
        text = str(new)
    second = first | {
        "uri": f"{uri}-1",
        "source": outlet,
        "versioncreated": later(first, 20),
        "headline": figure.sub(text, base["headline"]),
        "body_text": AGENCY.sub("", figure.sub(text, body)),
    }
    if kind == "real_place":
        second = moved(second, base["place"])
    if kind == "real_version":
        second |= {"uri": first["uri"], "source": first["source"], "version": 2}
        second["versioncreated"] = later(first, 3)
    rows = [first, second]
    return rows, truth(name, kind, rows, place_of(first, old), place_of(second, new))


def unsaid(number: int, article: Row) -> int:
    """The number, or the next higher one that the article does not hold."""
    text = article["headline"] + article["body_text"]
    while re.search(rf"(?<!\d){number}(?!\d)", text):
        number += 1
    return number


def is_fit(article: Row, kind: str) -> bool:
    """Whether the kind can be made of it: a headline with the toll, a toll in its place."""
    if kind == "real_headline":
        return re.search(rf"(?<!\d){toll(article)}(?!\d)", article["headline"]) is not None
    return kind != "real_place" or is_placed(article)


def is_placed(article: Row) -> bool:
    """Whether the sentence with the toll names the article's place and no other."""
    value = str(toll(article))
    for match in naive.SENTENCE.finditer(article["body_text"]):
        if re.search(rf"(?<!\d){value}(?!\d)", match.group()):
            named = {place.lower() for place in naive.PLACE.findall(match.group())}
            return named - naive.NO_PLACE == {article["place"].lower()}
    return False


def later(article: Row, hours: int) -> str:
    return (datetime.fromisoformat(article["versioncreated"]) + timedelta(hours=hours)).isoformat()


def moved(article: Row, place: str) -> Row:
    """The article told of a town in another country."""
    name = re.compile(rf"\b{re.escape(place)}\b|\bSyria\b", re.I)
    texts = {field: name.sub(ELSEWHERE, article[field]) for field in ("headline", "body_text")}
    return article | texts | {"place": ELSEWHERE}


def truth(name: str, kind: str, rows: Sequence[Row], a: Row, b: Row) -> Row:
    return {
        "id": name, "kind": kind, "expect": KINDS[kind], "slot": "killed", "language": "en",
        "articles": sorted({row["uri"] for row in rows}), "pairs": [{"a": a, "b": b}],
    }  # fmt: skip


def sampled(
    seed: int, dice: random.Random, outlets: Sequence[str]
) -> Iterator[tuple[list[Row], Row]]:
    """The project's samples told again by another outlet with another figure or date."""
    by_number = {a["uri"][-3:]: a for a in score.read_lines(SAMPLES)}
    for i, (number, old, new, slot, kinds) in enumerate(SAMPLED):
        name = f"sample-{seed}-{i}"
        # Moved apart: two samples speak of one airlift.
        first = copied(by_number[number], "", EPOCHS[i]) | {"uri": f"urn:tally:planted:{name}-0"}
        sentences = [m.group() for m in naive.SENTENCE.finditer(first["body_text"])]
        body = "".join(s for k, s in enumerate(sentences) if k % 2 == 0 or old in s)
        second = first | {
            "uri": f"urn:tally:planted:{name}-1",
            "source": dice.choice(outlets),
            "versioncreated": later(first, 4),
            "body_text": body.replace(old, new),
        }
        second.pop("credit", None)
        yield [first, second], {
            "id": name, "kind": "real_sample", "expect": kinds, "slot": slot,
            "language": first["language"], "articles": [first["uri"], second["uri"]],
            "pairs": [{"a": where(first, old), "b": where(second, new)}],
        }  # fmt: skip


def where(article: Row, text: str) -> Row:
    start = article["body_text"].index(text)
    place = {"field": "body_text", "start": start, "end": start + len(text)}
    return {"uri": article["uri"], **place, "exact": text, "value": None}


def toll(article: Row) -> int:
    """The one exact toll an article tells of its event, and twice; else 0."""
    found = {f.value for f in naive.figures(article) if f.slot == "killed" and f.value}
    small = {v for v in found if v < 1000}
    body = article["body_text"]
    match = TOLL.search(body)
    if (
        (match and OVER_TIME.search(body[max(0, match.start() - 60) : match.end() + 40]))
        or MOVED.search(article["headline"] + body)
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
    found = [
        {"field": field, "start": m.start(), "end": m.end()}
        for field in ("body_text", "headline")
        for m in re.finditer(rf"(?<![\d,]){value}(?![\d,])", article[field])
    ]
    return {
        "uri": article["uri"],
        **found[0],
        "exact": str(value),
        "value": None,
        "also": found[1:],
    }
