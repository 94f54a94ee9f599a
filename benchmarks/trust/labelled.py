"""FA-KES's labelled pairs, and alerts on its articles: `python -m benchmarks.trust labelled`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from benchmarks.trust import judged, score
from benchmarks.trust.compared import facts_by_key, why_missed
from benchmarks.trust.feeds import Feed, Row, read_feed

HERE = Path(__file__).parent


def report(labels: Path) -> Iterator[str]:
    """The scores of `labels`, what is missed and falsely raised by cause, and the judged alerts."""
    pairs = score.read_lines(labels)
    articles = score.read_lines(HERE / "fa_kes_articles.jsonl")
    feed = read_feed(articles)
    opened = [row for row in feed.rows if row["status"] == "open"]
    yield labels.name
    yield from score.report(opened, pairs, articles)
    raised = score.alerted(opened, pairs)
    wrong = Counter(p["relation"] for p in score.judged(pairs, raised) if not p["alert"])
    for cause, count in wrong.most_common():
        yield f"    false alert, {cause}: {count}"
    for cause, count in Counter(missed(feed, pairs, raised)).most_common():
        yield f"    missed, {cause}: {count}"
    yield ""
    yield from judged.report(opened, pairs)


def missed(feed: Feed, pairs: Sequence[Row], raised: dict[str, list[str]]) -> Iterator[str]:
    """For each conflict that no alert holds, the step at which it is lost."""
    by_uri: dict[str, list[tuple[Row, int]]] = {}
    for index, claim in enumerate(feed.claims):
        row = msgspec.to_builtins(claim)
        by_uri.setdefault(claim.article.uri, []).append((row, index))
    known = facts_by_key(feed.claims)
    for pair in pairs:
        if not pair["alert"] or raised[pair["id"]]:
            continue
        sides = [
            [
                feed.claims[i]
                for row, i in by_uri.get(pair[s]["uri"], [])
                if score.matches(row, pair[s])
            ]
            for s in "ab"
        ]
        yield why_missed(sides[0], sides[1], known)
