"""Scores alerts against pairs of claims labelled by reading.

    python -m benchmarks.trust.score DISCREPANCIES.jsonl LABELS.jsonl [ARTICLES.jsonl]

A labelled pair counts as alerted when one open discrepancy (the last message of an id is the
truth) holds its two sides on two different positions that stand against each other: a stale
position does so in a `stale_source` only, a corrected or withdrawn one never.

Not judged: pairs labelled `alert: null`; and an older figure of the same fact (an update, or one
that agrees) inside a discrepancy that also holds a true conflict, for its positions keep the
fact's history. Intervals are bootstrapped by event: pairs of one event stand or fall together.
SHOW=1 in the environment lists the wrong ones by relation and reason, and the alerts that no
labelled pair speaks of, to be labelled by reading.
"""

from __future__ import annotations

import json
import os
import random
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.trust import naive

TOLERANCE = 80  # code points that a quote may begin or end away from the labelled figure
TIGHT = 40  # a quote up to this long is the figure itself, a longer one its sentence
RESAMPLES = 2000
STANDING = {"stale_source": {"current", "denied", "stale"}}  # status of positions, by kind

Row = dict[str, Any]
Share = tuple[int, int]  # hits, of how many


class Interval(NamedTuple):
    """A share with its 95 % bootstrap interval; all None when there is nothing to divide by."""

    share: float | None
    low: float | None
    high: float | None
    hits: int
    total: int


def read_lines(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def open_discrepancies(messages: Iterable[Row]) -> list[Row]:
    """Those that are open after the last message of each id."""
    last = {message["id"]: message for message in messages}
    return [message for message in last.values() if message["status"] == "open"]


# --- does a discrepancy hold a pair? ------------------------------------------------------------


def matches(claim: Row, side: Row) -> bool:
    """Whether a claim is the labelled one: article, field, place, and the value where it is known.

    The value is compared unless the quote is the figure itself: two figures of one sentence
    stand closer than the tolerance.
    """
    if claim["article"]["uri"] != side["uri"]:
        return False
    quote = claim["quote"]
    start, end = quote["position"]["start"], quote["position"]["end"]
    stated = (claim.get("quantity") or {}).get("stated")
    for place in [side, *side.get("also", [])]:
        if place["field"] != quote["field"]:
            continue
        if end - start <= TIGHT and start < place["end"] and place["start"] < end:
            return True
        near = start - TOLERANCE <= place["start"] and place["end"] <= end + TOLERANCE
        if near and (stated is None or side["value"] is None or stated == side["value"]):
            return True
    return False


def holds(discrepancy: Row, pair: Row) -> bool:
    """Whether two different positions hold the two sides as claims of their own."""
    held = [
        {name for name in "ab" if any(matches(c, pair[name]) for c in position["claims"])}
        for position in discrepancy["positions"]
        if position["status"] in STANDING.get(discrepancy["kind"], {"current", "denied"})
    ]
    return any(
        "a" in one and "b" in other
        for i, one in enumerate(held)
        for j, other in enumerate(held)
        if i != j
    )


def alerted(discrepancies: Iterable[Row], pairs: Iterable[Row]) -> dict[str, list[str]]:
    """Pair id -> ids of the discrepancies that hold it."""
    by_article: dict[str, list[Row]] = defaultdict(list)
    for discrepancy in discrepancies:
        claims = [c for position in discrepancy["positions"] for c in position["claims"]]
        for uri in {claim["article"]["uri"] for claim in claims}:
            by_article[uri].append(discrepancy)
    return {
        pair["id"]: [d["id"] for d in by_article[pair["a"]["uri"]] if holds(d, pair)]
        for pair in pairs
    }


def naive_alerted(articles: Iterable[Row], pairs: Iterable[Row]) -> dict[str, list[str]]:
    """The same for the naive matcher: two articles of its key, two different figures."""
    by_uri = {a["uri"]: list(naive.figures(a)) for a in articles}

    def at(side: Row) -> Iterator[naive.Figure]:
        for place in [side, *side.get("also", [])]:
            for figure in by_uri.get(side["uri"], []):
                here = figure.field == place["field"] and figure.slot == side["slot"]
                if here and figure.start < place["end"] and place["start"] < figure.end:
                    yield figure

    return {
        pair["id"]: [pair["id"]]
        if any(
            naive.meet(a, b) and naive.differ(a, b) for a in at(pair["a"]) for b in at(pair["b"])
        )
        else []
        for pair in pairs
    }


# --- figures ------------------------------------------------------------------------------------


def judged(pairs: Iterable[Row], raised: dict[str, list[str]]) -> list[Row]:
    """The alerted pairs that are right or wrong, each with `alert` true or false."""
    pairs = list(pairs)
    right = {d for p in pairs if p["alert"] for d in raised[p["id"]]}

    def history(pair: Row) -> bool:
        same = pair["same_event"] == pair["same_quantity"] == "yes"
        return same and not pair["alert"] and right.issuperset(raised[pair["id"]])

    return [p for p in pairs if raised[p["id"]] and p["alert"] is not None and not history(p)]


def precision(pairs: Iterable[Row], raised: dict[str, list[str]]) -> Share:
    counted = judged(pairs, raised)
    return sum(p["alert"] for p in counted), len(counted)


def recall(pairs: Iterable[Row], raised: dict[str, list[str]]) -> Share:
    wanted = [p for p in pairs if p["alert"]]
    return sum(bool(raised[p["id"]]) for p in wanted), len(wanted)


def interval(pairs: list[Row], count: Callable[[list[Row]], Share], seed: int = 0) -> Interval:
    """The share of `count` over the pairs, with the percentile bootstrap over their events."""
    hits, total = count(pairs)
    if not total:
        return Interval(None, None, None, 0, 0)
    events: dict[str, list[Row]] = defaultdict(list)
    for pair in pairs:
        events[pair["event"]].append(pair)
    per_event = [count(events[name]) for name in sorted(events)]
    dice, shares = random.Random(seed), []
    for _ in range(RESAMPLES):
        drawn = dice.choices(per_event, k=len(per_event))
        below = sum(n for _, n in drawn)
        if below:
            shares.append(sum(n for n, _ in drawn) / below)
    shares.sort()
    low, high = (shares[round(q * (len(shares) - 1))] for q in (0.025, 0.975))
    return Interval(hits / total, low, high, hits, total)


def figures_of(pairs: list[Row], raised: dict[str, list[str]]) -> dict[str, Interval]:
    return {
        "precision": interval(pairs, lambda p: precision(p, raised)),
        "recall": interval(pairs, lambda p: recall(p, raised)),
    }


# --- report -------------------------------------------------------------------------------------


def shown(value: Interval) -> str:
    if value.share is None or value.low is None or value.high is None:
        return "none".ljust(26)
    text = f"{value.share:6.1%} [{value.low:.0%}, {value.high:.0%}] {value.hits}/{value.total}"
    return text.ljust(26)


def wrong(pairs: Iterable[Row], raised: dict[str, list[str]]) -> Iterator[str]:
    """False alerts by relation, then conflicts missed, each with its reason."""
    groups: dict[str, list[str]] = defaultdict(list)
    pairs = list(pairs)
    false = {p["id"] for p in judged(pairs, raised) if not p["alert"]}
    for pair in pairs:
        line = (
            f"{pair['id']} {pair['event']}: {pair['reason']}\n"
            f"      {pair['a']['exact']} ({pair['read_a']})\n"
            f"      {pair['b']['exact']} ({pair['read_b']})"
        )
        if pair["id"] in false:
            groups[f"false alert, {pair['relation']}"].append(line)
        elif not raised[pair["id"]] and pair["alert"]:
            groups["conflict missed"].append(line)
    for name, lines in sorted(groups.items()):
        yield f"{name}: {len(lines)}"
        yield from ("    " + line for line in lines)


def unlabelled(discrepancies: Iterable[Row]) -> Iterator[str]:
    """Alerts that no labelled pair speaks of, with their quotes: to be labelled by reading."""
    for discrepancy in discrepancies:
        yield f"unlabelled {discrepancy['id']}: {discrepancy['kind']} {discrepancy.get('slot')}"
        for position in discrepancy["positions"]:
            for claim in position["claims"]:
                quote = claim["quote"]
                text = quote.get("quote", {})
                words = "".join(text.get(part, "") for part in ("prefix", "exact", "suffix"))
                place = f"{claim['article']['uri']} {quote['position']['start']}"
                yield f"    {position['status']:9} {place}: {words}"


def report(discrepancies: list[Row], pairs: list[Row], articles: list[Row]) -> Iterator[str]:
    opened = open_discrepancies(discrepancies)
    ours, plain = alerted(opened, pairs), naive_alerted(articles, pairs)
    yield f"{len(pairs)} pairs, {len({p['event'] for p in pairs})} events, {len(opened)} open"
    yield f"{'':22}{'precision':26}{'recall':26}"
    for kind in ("all", "found", "close", "drawn"):
        chosen = [p for p in pairs if kind in ("all", p["set"])]
        for name, raised in (("tally", ours), ("naive", plain)):
            by_name = figures_of(chosen, raised)
            yield f"{kind + ' ' + name:22}{shown(by_name['precision'])}{shown(by_name['recall'])}"
    neutral = [p for p in pairs if p["alert"] is None]
    yield f"neutral pairs raised: {sum(bool(ours[p['id']]) for p in neutral)}/{len(neutral)}"
    spoken = {d for found in ours.values() for d in found}
    yield f"open discrepancies that no labelled pair speaks of: {len(opened) - len(spoken)}"
    if os.environ.get("SHOW"):
        yield from wrong(pairs, ours)
        yield from unlabelled(d for d in opened if d["id"] not in spoken)


def main(arguments: list[str]) -> None:
    paths = [Path(argument) for argument in arguments]
    articles = paths[2] if len(paths) > 2 else paths[1].with_name("fa_kes_articles.jsonl")
    for line in report(read_lines(paths[0]), read_lines(paths[1]), read_lines(articles)):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
