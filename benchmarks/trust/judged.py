"""Alerts judged by reading: how many alerts of a whole feed are right.

Pairs drawn for labels say little of the alerts in a feed. So the alerts of runs over FA-KES were
read, with their articles, and judged (`judged_alerts.jsonl`). A verdict is kept by what an alert
says, not by its id: the figures of its standing positions, each with its article. An alert of a
later run is the same when kind and slot are the same and at least SAME of all these figures are in
both. What no verdict fits is judged by a labelled pair that the alert holds, else not at all.

    python -m benchmarks.trust --unjudged      lists the others, the articles side by side

Only alerts are listed that hold an article of the work half's pairs: the other half stays unread.
"""

from __future__ import annotations

import json
import textwrap
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import Any, Literal

from benchmarks.trust import score
from benchmarks.trust.feeds import read_feed

Row = dict[str, Any]
Verdict = Literal["right", "debatable", "wrong"]

HERE = Path(__file__).parent
JUDGED = HERE / "judged_alerts.jsonl"
SAME = 2 / 3  # of all figures of two alerts, those in both
COLUMN = 76  # characters of one of two columns


def said(found: Row) -> list[list[Row]]:
    """The standing positions of an alert: for each its figures, and the articles they stand in."""
    standing = score.STANDING.get(found["kind"], {"current", "denied"})
    return [
        [{"uri": c["article"]["uri"], "figure": c["quote"]["quote"]["exact"]} for c in p["claims"]]
        for p in found["positions"]
        if p["status"] in standing
    ]


def figures(positions: Iterable[Iterable[Row]]) -> frozenset[tuple[str, str]]:
    return frozenset((c["uri"], c["figure"]) for position in positions for c in position)


def same_alert(found: Row, record: Row) -> bool:
    """Whether a judged alert says what this one says."""
    if (found["kind"], found["slot"]) != (record["kind"], record["slot"]):
        return False
    mine, theirs = figures(said(found)), figures(record["positions"])
    return len(mine & theirs) >= SAME * len(mine | theirs) > 0


def verdict_of(
    found: Row, records: Sequence[Row], pairs: Sequence[Row], raised: Mapping[str, Sequence[str]]
) -> Row | None:
    """The record that judges an alert: read as a whole, else from the labelled pairs it holds."""
    for record in records:
        if same_alert(found, record):
            return record
    held = {p["id"]: p for p in pairs if found["id"] in raised[p["id"]] and p["alert"] is not None}
    if not held:
        return None
    right = any(pair["alert"] for pair in held.values())
    cause = "" if right else next(iter(held.values()))["relation"]
    return {"verdict": "right" if right else "wrong", "cause": cause, "by": "pair"}


def of_half(found: Row, uris: frozenset[str]) -> bool:
    return any(c["uri"] in uris for position in said(found) for c in position)


def articles_of(pairs: Iterable[Row]) -> frozenset[str]:
    return frozenset(pair[side]["uri"] for pair in pairs for side in "ab")


def report(opened: Sequence[Row], pairs: Sequence[Row]) -> Iterator[str]:
    """The share of right alerts among those on the half's articles, the others by cause."""
    uris = articles_of(pairs)
    alerts = [found for found in opened if of_half(found, uris)]
    records = score.read_lines(JUDGED)
    raised = score.alerted(opened, pairs)
    verdicts = [(found, verdict_of(found, records, pairs, raised)) for found in alerts]
    known = [(found, record) for found, record in verdicts if record is not None]
    rows: list[Row] = [{"event": found["id"], "verdict": r["verdict"]} for found, r in known]
    count = Counter(row["verdict"] for row in rows)
    open_ones = len(alerts) - len(known)
    yield f"{len(alerts)} open alerts on articles of these pairs, {open_ones} not judged"
    yield f"{count['right']} right, {count['debatable']} debatable, {count['wrong']} wrong"
    yield f"right of all judged            {_share(rows)}"
    clear = [row for row in rows if row["verdict"] != "debatable"]
    yield f"right, without the debatable   {_share(clear)}"
    for kind in sorted({found["kind"] for found, _ in known}):
        of_kind = [record["verdict"] for found, record in known if found["kind"] == kind]
        yield f"    {kind}: {of_kind.count('right')} of {len(of_kind)} right"
    causes = Counter(
        f"{record['verdict']}: {record.get('cause') or 'no cause given'}"
        for _, record in known
        if record["verdict"] != "right"
    )
    for cause, n in sorted(causes.items(), key=lambda item: (-item[1], item[0])):
        yield f"    {cause}: {n}"


def _share(rows: list[Row]) -> str:
    right = score.interval(rows, lambda r: (sum(x["verdict"] == "right" for x in r), len(r)))
    return score.shown(right)


# --- to be read -----------------------------------------------------------------------------------


def unjudged(labels: Path) -> Iterator[str]:
    """The alerts nobody judged, their articles side by side, and a record to be filled in."""
    pairs = score.read_lines(labels)
    articles = score.read_lines(HERE / "fa_kes_articles.jsonl")
    by_uri = {article["uri"]: article for article in articles}
    opened = [row for row in read_feed(articles).rows if row["status"] == "open"]
    records, raised = score.read_lines(JUDGED), score.alerted(opened, pairs)
    for found in opened:
        if not of_half(found, articles_of(pairs)):
            continue
        if verdict_of(found, records, pairs, raised) is None:
            yield from to_be_read(found, by_uri)


def to_be_read(found: Row, by_uri: Mapping[str, Row]) -> Iterator[str]:
    yield "=" * (2 * COLUMN + 3)
    yield f"{found['id']} {found['kind']} {found['slot']} {found['counted']} rule {found['rule']}"
    yield found["explanation"]["en"]
    marks: dict[str, list[Row]] = {}
    for position in found["positions"]:
        for claim in position["claims"]:
            quote = claim["quote"]
            marks.setdefault(claim["article"]["uri"], []).append(quote)
            words = "".join(quote["quote"][part] for part in ("prefix", "exact", "suffix"))
            exact = quote["quote"]["exact"]
            yield f"  {position['status']:9} {exact:>8}  {' '.join(words.split())}"
    columns = [list(column(by_uri[uri], quotes)) for uri, quotes in marks.items()]
    for left, right in zip_longest(columns[::2], columns[1::2], fillvalue=[]):
        yield "-" * (2 * COLUMN + 3)
        for a, b in zip_longest(left, right, fillvalue=""):
            yield f"{a:{COLUMN}} | {b}"
    record = {
        "verdict": "", "cause": "", "reason": "", "kind": found["kind"], "slot": found["slot"],
        "positions": said(found),
    }  # fmt: skip
    yield json.dumps(record, ensure_ascii=False)


def column(article: Row, quotes: Iterable[Row]) -> Iterator[str]:
    """An article in lines of a column, the figures between [[ and ]]."""
    yield from textwrap.wrap(
        f"{article['source']} {article['versioncreated']} {article['uri']}", COLUMN
    )
    for field in ("headline", "body_text"):
        text = article.get(field) or ""
        spans = {
            (q["position"]["start"], q["position"]["end"]) for q in quotes if q["field"] == field
        }
        for start, end in sorted(spans, reverse=True):
            text = f"{text[:start]}[[{text[start:end]}]]{text[end:]}"
        for paragraph in text.split("\n"):
            yield from textwrap.wrap(paragraph, COLUMN)
