"""Scores alerts on planted articles: per kind and language, the naive matcher beside Tally."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from benchmarks.trust import naive, score

Row = dict[str, Any]


def naive_discrepancies(articles: Iterable[Row], truth: Iterable[Row]) -> Iterator[Row]:
    """What the naive matcher would raise, as discrepancies: each differing pair of one scenario."""
    by_uri = {article["uri"]: article for article in articles}
    for row in truth:
        own = [{**by_uri[uri], "place": row["id"]} for uri in row["articles"]]
        for i, (a, b) in enumerate(p for p in naive.pairs(own) if naive.differ(*p)):
            positions = [
                {
                    "status": "current",
                    "claims": [
                        {
                            "article": {"uri": f.uri},
                            "quote": {
                                "field": f.field,
                                "position": {"start": f.start, "end": f.end},
                            },
                        }
                    ],
                }
                for f in (a, b)
            ]
            yield {
                "id": f"{row['id']}-{i}",
                "status": "open",
                "kind": "count_conflict",
                "positions": positions,
            }


def outcome(row: Row, touching: list[Row]) -> tuple[bool, int, int]:
    """Found (or quiet, as expected), alerts that are right, all alerts of one scenario."""
    right = [d for d in touching if row["expect"] and any(score.holds(d, p) for p in row["pairs"])]
    return (bool(right) if row["expect"] else not touching), len(right), len(touching)


def outcomes(discrepancies: Iterable[Row], truth: list[Row]) -> list[tuple[bool, int, int]]:
    by_uri: dict[str, list[Row]] = defaultdict(list)
    for found in score.open_discrepancies(discrepancies):
        claims = [claim for position in found["positions"] for claim in position["claims"]]
        for uri in {claim["article"]["uri"] for claim in claims}:
            by_uri[uri].append(found)
    results = []
    for row in truth:
        touching = {d["id"]: d for uri in row["articles"] for d in by_uri[uri]}
        results.append(outcome(row, list(touching.values())))
    return results


def report(discrepancies: Iterable[Row], truth: list[Row], articles: list[Row]) -> Iterator[str]:
    """Per kind, language and in all: scenarios as expected (found, or quiet), with the interval,
    alerts that are right of all alerts there, and the same of the naive matcher.
    """
    ours = outcomes(discrepancies, truth)
    plain = outcomes(naive_discrepancies(articles, truth), truth)
    yield f"{'':18}{'as expected':28}{'right alerts':14}{'naive':10}{'right':10}"
    for key in ("kind", "language", "expect"):
        for name in dict.fromkeys(row[key] for row in truth):
            chosen = [i for i, row in enumerate(truth) if row[key] == name]
            label = {True: "all to be raised", False: "all to be quiet"}.get(name, name)
            tally, naive_ = ([results[i] for i in chosen] for results in (ours, plain))
            expected = [{"event": str(i), "ok": ok} for i, (ok, _, _) in enumerate(tally)]
            share = score.shown(score.interval(expected, as_expected))
            good = f"{sum(ok for ok, _, _ in naive_)}/{len(naive_)}"
            yield f"{label:18}{share:28}{right_of(tally):14}{good:10}{right_of(naive_):10}"


def as_expected(rows: list[Row]) -> score.Share:
    return sum(row["ok"] for row in rows), len(rows)


def right_of(results: list[tuple[bool, int, int]]) -> str:
    return f"{sum(right for _, right, _ in results)}/{sum(alerts for _, _, alerts in results)}"
