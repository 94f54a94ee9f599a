"""Look-alike events of ECB+: are claims of two events compared?

    TALLY_DATA=DIR python -m benchmarks.trust lookalikes

ECB+ (Cybulska and Vossen, LREC 2014; CC BY 3.0) holds in each topic two events that are told in the
same words: `3a` and `3b`. Every article is an outlet of its own, published on one day. Measured is
the share of compared pairs of claims, of two articles, that belong to one event. For Tally a pair
is compared when it is held to be of one fact; for the naive matcher when its key brings it together
(one slot, a shared place, three days). Intervals are bootstrapped by topic.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.corpora import ecbplus
from benchmarks.trust import naive, score
from benchmarks.trust.compared import compared
from benchmarks.trust.feeds import Feed, Row, read_feed
from schemas.messages import Discrepancy

Pair = tuple[str, str]  # the uris of the two articles


def report(path: Path) -> Iterator[str]:
    """`path`: articles.jsonl of ECB+."""
    articles = list(ecbplus(path))
    events = {a["uri"]: (a["extensions"]["topic"], a["extensions"]["event"]) for a in articles}
    feed = read_feed(articles)
    ours = [(a.article.uri, b.article.uri) for a, b in compared(feed.claims)]
    plain = [(a.uri, b.uri) for a, b in naive.pairs(articles)]
    yield f"{len(articles)} articles, {len(set(events.values()))} events, {len(feed.claims)} claims"
    yield f"{'compared pairs':22}{'of one event':26}{'look-alike':>12}{'other topic':>12}"
    for name, pairs in (("tally", ours), ("naive", plain)):
        yield f"{name:22}{of_one_event(pairs, events)}"
    one, two = _alerts(feed, events)
    rows: list[Row] = [{"event": t, "ok": ok} for ok, group in ((True, one), (False, two))
                       for t in (_topic(found, events) for found in group)]  # fmt: skip
    share = score.interval(rows, lambda r: (sum(x["ok"] for x in r), len(r)))
    yield f"alerts between articles on one event: {score.shown(share)}"
    if os.environ.get("SHOW"):
        for found in two:
            yield f"    on two events: {found.kind} {found.slot} {found.explanation.en}"
            for claim in (c for p in found.positions for c in p.claims):
                quote = claim.quote.quote
                text = " ".join(f"{quote.prefix[-90:]}[[{quote.exact}]]{quote.suffix[:90]}".split())
                yield f"        {events[claim.article.uri][1]:5} {text}"


def of_one_event(pairs: Iterable[Pair], events: dict[str, Pair]) -> str:
    rows: list[Row] = []
    kinds: Counter[str] = Counter()
    for one, other in pairs:
        a, b = events[one], events[other]
        kinds["same" if a == b else "look-alike" if a[0] == b[0] else "other"] += 1
        rows.append({"event": min(a, b)[0], "ok": a == b})
    share = score.shown(score.interval(rows, lambda r: (sum(x["ok"] for x in r), len(r))))
    return f"{share}{kinds['look-alike']:>12}{kinds['other']:>12}"


def _alerts(feed: Feed, events: dict[str, Pair]) -> tuple[list[Discrepancy], list[Discrepancy]]:
    """The open alerts between articles that stand on one event, and those that hold several."""
    held: tuple[list[Discrepancy], list[Discrepancy]] = ([], [])
    for found in feed.opened:
        uris = {c.article.uri for p in found.positions for c in p.claims}
        if len(uris) > 1:
            held[len({events[uri] for uri in uris}) > 1].append(found)
    return held


def _topic(found: Discrepancy, events: dict[str, Pair]) -> str:
    return min(events[c.article.uri] for p in found.positions for c in p.claims)[0]
