"""Scores alerts on planted articles: per kind and language, the naive matcher beside Tally.

An alert is an open discrepancy, or a correction (which is published as resolved). It is right when
its scenario expects its kind and it sets the two figures of an expected pair against each other;
inside an article, when it is on that article alone.
"""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from benchmarks.trust import naive, score

Row = dict[str, Any]
LANGUAGES = ("en", "fr", "ar", "mixed")


class Outcome(NamedTuple):
    """A scenario: whether an alert says what it expects (or none is raised, as expected), and all
    alerts on its articles, each with whether it is right."""

    row: Row
    ok: bool
    alerts: list[tuple[Row, bool]]


def naive_discrepancies(articles: Iterable[Row], truth: Iterable[Row]) -> Iterator[Row]:
    """What the naive matcher would raise, as discrepancies: each differing pair of one scenario."""
    by_uri = {article["uri"]: article for article in articles}
    for row in truth:
        own = [{**by_uri[uri], "place": row["id"]} for uri in row["articles"]]
        for i, pair in enumerate(p for p in naive.pairs(own) if naive.differ(*p)):
            yield {
                "id": f"{row['id']}-{i}",
                "status": "open",
                "kind": (row["expect"] or ["count_conflict"])[0],
                "positions": [_position(figure) for figure in pair],
            }


def _position(figure: naive.Figure) -> Row:
    place = {"start": figure.start, "end": figure.end}
    quote = {"field": figure.field, "position": place}
    return {"status": "current", "claims": [{"article": {"uri": figure.uri}, "quote": quote}]}


# --- what is right --------------------------------------------------------------------------------


def alerts_of(discrepancies: Iterable[Row]) -> list[Row]:
    last = {message["id"]: message for message in discrepancies}
    return [d for d in last.values() if d["status"] == "open" or d["kind"] == "correction"]


def uris_of(found: Row) -> set[str]:
    return {claim["article"]["uri"] for p in found["positions"] for claim in p["claims"]}


def is_right(found: Row, row: Row) -> bool:
    if found["kind"] not in row["expect"]:
        return False
    if found["kind"] == "correction":  # what was taken back no longer stands
        standing = [{**p, "status": "current"} for p in found["positions"]]
        found = {**found, "positions": standing}
    return any(
        uris_of(found) == {pair["a"]["uri"]}
        if pair["a"] == pair["b"]
        else score.holds(found, pair) or score.holds(found, {"a": pair["b"], "b": pair["a"]})
        for pair in row["pairs"]
    )


def outcomes(discrepancies: Iterable[Row], truth: list[Row]) -> list[Outcome]:
    by_uri: dict[str, list[Row]] = defaultdict(list)
    for found in alerts_of(discrepancies):
        for uri in uris_of(found):
            by_uri[uri].append(found)
    results = []
    for row in truth:
        touching = {d["id"]: d for uri in row["articles"] for d in by_uri[uri]}
        alerts = [(found, is_right(found, row)) for found in touching.values()]
        ok = any(right for _, right in alerts) if row["expect"] else not alerts
        results.append(Outcome(row, ok, alerts))
    return results


# --- report ---------------------------------------------------------------------------------------


def report(discrepancies: Iterable[Row], truth: list[Row], articles: list[Row]) -> Iterator[str]:
    """Precision and recall by kind of alert and language, scenarios as expected by kind, and the
    wrong ones by cause."""
    ours = outcomes(discrepancies, truth)
    plain = outcomes(naive_discrepancies(articles, truth), truth)
    yield from by_alert(ours)
    yield ""
    yield from by_scenario(ours, plain)
    causes = Counter(
        f"{found['kind']} on {outcome.row['kind']}"
        for outcome in ours
        for found, right in outcome.alerts
        if not right
    )
    for cause, count in causes.most_common():
        yield f"    wrong alert, {cause}: {count}"
    if os.environ.get("SHOW"):
        yield from shown(ours, {a["uri"]: a for a in articles})


def by_alert(results: Sequence[Outcome]) -> Iterator[str]:
    """For each kind of alert its precision and recall, in all and by language."""
    heads = "".join(f"{name:>18}" for name in LANGUAGES)
    yield f"{'':18}{'precision':28}{'recall':28}{'right/alerts, found/all by language':<}"
    yield f"{'':74}{heads}"
    kinds = sorted({kind for outcome in results for kind in outcome.row["expect"]})
    for kind in [*kinds, "all"]:
        alerts = [
            {"event": o.row["id"], "language": o.row["language"], "ok": right}
            for o in results
            for found, right in o.alerts
            if kind in ("all", found["kind"])
        ]
        wanted = [
            {"event": o.row["id"], "language": o.row["language"], "ok": o.ok}
            for o in results
            if o.row["expect"] and kind in ("all", o.row["expect"][0])
        ]
        cells = "".join(
            f"{_cell(alerts, lang)}, {_cell(wanted, lang)}".rjust(18) for lang in LANGUAGES
        )
        yield f"{kind:18}{_share(alerts):28}{_share(wanted):28}{cells}"


def _cell(rows: list[Row], language: str) -> str:
    own = [row["ok"] for row in rows if row["language"] == language]
    return f"{sum(own)}/{len(own)}"


def _share(rows: list[Row]) -> str:
    return score.shown(score.interval(rows, as_expected))


def as_expected(rows: list[Row]) -> score.Share:
    return sum(row["ok"] for row in rows), len(rows)


def by_scenario(ours: Sequence[Outcome], plain: Sequence[Outcome]) -> Iterator[str]:
    """Scenarios as expected (found, or quiet), by kind, and the naive matcher's."""
    heads = "".join(f"{name:>8}" for name in LANGUAGES)
    yield f"{'':20}{'as expected':28}{heads}   {'naive':10}{'naive: right alerts'}"
    kinds = list(dict.fromkeys(o.row["kind"] for o in ours))
    loud = {o.row["kind"] for o in ours if o.row["expect"]}
    groups = {kind: {kind} for kind in kinds}
    groups |= {"all to be raised": loud, "all to be quiet": set(kinds) - loud}
    for name, group in groups.items():
        chosen = [i for i, o in enumerate(ours) if o.row["kind"] in group]
        rows = [
            {"event": ours[i].row["id"], "language": ours[i].row["language"], "ok": ours[i].ok}
            for i in chosen
        ]
        cells = "".join(_cell(rows, language).rjust(8) for language in LANGUAGES)
        beside = [plain[i] for i in chosen]
        good = f"{sum(o.ok for o in beside)}/{len(beside)}"
        right = [right for o in beside for _, right in o.alerts]
        yield f"{name:20}{_share(rows):28}{cells}   {good:10}{sum(right)}/{len(right)}"


def shown(results: Iterable[Outcome], by_uri: dict[str, Row]) -> Iterator[str]:
    """Scenarios not as expected, with their articles."""
    for outcome in results:
        if outcome.ok and all(right for _, right in outcome.alerts):
            continue
        raised = [
            f"{found['kind']}{'' if right else ' (wrong)'}" for found, right in outcome.alerts
        ]
        yield f"{outcome.row['id']} {outcome.row['kind']}: raised {', '.join(raised) or 'nothing'}"
        for uri in outcome.row["articles"]:
            article = by_uri[uri]
            title = article.get("headline", "")
            yield f"    {article['source']} {article['versioncreated']} {title}"
            for pair in outcome.row["pairs"]:
                for side in (s for s in (pair["a"], pair["b"]) if s["uri"] == uri):
                    text = article[side["field"]]
                    start = max(0, side["start"] - 120)
                    yield f"        {' '.join(text[start : side['end'] + 120].split())}"
