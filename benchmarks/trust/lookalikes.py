"""Look-alike events of ECB+: are claims of two events compared?

    TALLY_DATA=DIR python -m benchmarks.trust lookalikes

ECB+ (Cybulska and Vossen, LREC 2014; CC BY 3.0) holds in each topic two events that are told in the
same words: `3a` and `3b`. Every article is an outlet of its own, published on one day. Measured is
the share of compared pairs of claims, of two articles, that belong to one event. For Tally a pair
is compared when it is held to be of one fact; for the naive matcher when its key brings it together
(one slot, a shared place, three days). Intervals are bootstrapped by topic.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from benchmarks.corpora import ecbplus
from benchmarks.trust import naive, score
from benchmarks.trust.compared import compared
from benchmarks.trust.feeds import Feed, Row, read_feed

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
    yield f"alerts between two articles: {_alerts(feed, events)}"


def of_one_event(pairs: Iterable[Pair], events: dict[str, Pair]) -> str:
    rows: list[Row] = []
    kinds: Counter[str] = Counter()
    for one, other in pairs:
        a, b = events[one], events[other]
        kinds["same" if a == b else "look-alike" if a[0] == b[0] else "other"] += 1
        rows.append({"event": min(a, b)[0], "ok": a == b})
    share = score.shown(score.interval(rows, lambda r: (sum(x["ok"] for x in r), len(r))))
    return f"{share}{kinds['look-alike']:>12}{kinds['other']:>12}"


def _alerts(feed: Feed, events: dict[str, Pair]) -> str:
    """How many alerts stand on one event, and how many hold two."""
    held = Counter(
        len({events[c.article.uri] for p in found.positions for c in p.claims})
        for found in feed.opened
        if len({c.article.uri for p in found.positions for c in p.claims}) > 1
    )
    return f"{held[1]} on one event, {sum(held.values()) - held[1]} on two or more"
