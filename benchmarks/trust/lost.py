"""Where a conflict that should be found is lost: `python -m benchmarks.trust.lost LABELS|STORIES`.

For each labelled conflict (fa_kes_work.jsonl) or expected report (scenarios_work.jsonl) the claims
read at its two sides, the stage at which the best pair of them stops, and what each was read as.
ONLY=text in the environment keeps the ids that contain it; ALL=1 shows those that are found too.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from benchmarks.trust import score
from schemas.messages import Article, Claim
from transforms.claim.claims import claims_of
from transforms.cross_check import same_fact as same
from transforms.cross_check.facts import facts
from transforms.cross_check.intervals import agree, is_precise
from transforms.cross_check.judge import END_OF_TIME, _told_elsewhere
from transforms.cross_check.verdicts import judge_pair
from transforms.key.keys import owner
from transforms.read.reader import read

Row = dict[str, Any]
STAGES = (
    "no figure of this value",
    "other slot",
    "other group",
    "part",
    "other modality",
    "other period",
    "other unit",
    "no shared key",
    "background",
    "time",
    "place",
    "kind",
    "evidence",
    "agree",
    "open or vague",
    "told elsewhere",
    "verdict",
    "raised",
)


class Wanted(NamedTuple):
    """A conflict: its id, why, slot, and for each side the article and the values it may have."""

    id: str
    why: str
    slot: str
    sides: tuple[Row, Row]


def wanted_of(rows: Iterable[Row]) -> Iterator[Wanted]:
    for row in rows:
        if row.get("alert"):
            yield Wanted(row["id"], row["reason"], row["a"]["slot"], (row["a"], row["b"]))
        for expected in row.get("expect", ()):
            if expected.get("allow_low"):
                continue
            values = expected.get("values") or expected.get("dates")
            one, other = (
                {"uri": uri, "span": value}
                for uri, value in zip(expected["between"], values or (None, None), strict=True)
            )
            yield Wanted(row["id"], row["why"], expected["slot"], (one, other))


def at_side(claims: Iterable[Claim], side: Row) -> list[Claim]:
    """The claims that state the figure of a side, whatever they say of it."""
    found = []
    for claim in claims:
        if claim.article.uri != side["uri"]:
            continue
        if "span" not in side:
            if score.matches(msgspec.to_builtins(claim), side):
                found.append(claim)
        elif isinstance(side["span"], str):
            if claim.kind == "time" and (claim.event_time or "").startswith(side["span"]):
                found.append(claim)
        elif (
            side["span"] is not None
            and claim.quantity
            and claim.quantity.stated is not None
            and side["span"][0] <= claim.quantity.stated <= side["span"][1]
        ):
            found.append(claim)
    return found


def stage(one: Claim, other: Claim, slot: str, claims: list[Claim]) -> str:
    """Where two claims stop on the way to a report."""
    a, b = same.view(one), same.view(other)
    checks: list[tuple[bool, str]] = [
        (one.slot != other.slot or slot not in (one.slot, "date"), "other slot"),
        (
            one.counted != other.counted and "people" not in (one.counted, other.counted),
            "other group",
        ),
        (any(c.scope.kind == "part" and c.counted == "people" for c in (one, other)), "part"),
        (one.modality != other.modality or one.modality != "asserted", "other modality"),
        (one.context.period != other.context.period, "other period"),
        (not same.comparable(one, other), "other group"),
        (owner(one, other) is None, "no shared key"),
    ]
    if one.article.uri != other.article.uri:
        checks += [
            (one.context.background != other.context.background, "background"),
            (same._time(a, b) is None, "time"),
            (same._place(a, b) is None, "place"),
            (same._kind(a, b) is None, "kind"),
        ]
    for lost, name in checks:
        if lost:
            return name
    if same.same_fact(a, b) is None:
        return "evidence"
    if agree(one, other):
        return "agree"
    if not (is_precise(one) and is_precise(other)):
        return "open or vague"
    figures: dict[tuple[str, int, str], list[Claim]] = {}
    for claim in claims:
        if is_precise(claim):
            key = (claim.article.uri, claim.article.version, claim.slot)
            figures.setdefault(key, []).append(claim)
    if _told_elsewhere(one, other, figures):
        return "told elsewhere"
    verdict = judge_pair(one, other, facts(claims).around(one, other), END_OF_TIME)
    return "raised" if verdict.outcome.endswith(("conflict", "source", "correction")) else "verdict"


def shown(claim: Claim) -> str:
    context = claim.context
    places = "/".join(p.name for p in claim.places)
    stated = claim.quantity.stated if claim.quantity else claim.time and claim.time.edtf
    flags = [
        f"part({claim.scope.of})" if claim.scope.kind == "part" else "",
        claim.modality if claim.modality != "asserted" else "",
        "background" if context.background else "",
        f"period={context.period}" if context.period else "",
        f"rivals={context.rivals}" if context.rivals else "",
        (
            claim.quantity.qualifier
            if claim.quantity and claim.quantity.qualifier != "exact"
            else ""
        ),
    ]
    where = f"@{places}({context.place_from}) {claim.event_time}({context.time_from})"
    kinds = ",".join(context.event_kinds)
    return " ".join(
        filter(
            None,
            (
                f"{stated} {claim.slot} {claim.counted} {where}",
                f"by={claim.speaker}",
                *flags,
                kinds,
            ),
        )
    )


def weights(one: Claim, other: Claim) -> str:
    a, b = same.view(one), same.view(other)
    return (
        f"time {same._time(a, b)} place {same._place(a, b)} kind {same._kind(a, b)} "
        f"figures {same._figures(a, b)} words {same._words(a, b)}"
    )


@cache
def articles(folder: Path) -> dict[str, Article]:
    found = {}
    names = [folder / "fa_kes_articles.jsonl"]
    for path in names:
        for line in path.read_bytes().splitlines():
            article = read(line)
            if isinstance(article, Article):
                found[article.uri] = article
    return found


def main(path: Path) -> None:
    rows = score.read_lines(path)
    if "articles" in rows[0]:
        read_in = [read(json.dumps(a).encode()) for row in rows for a in row["articles"]]
        known = {a.uri: a for a in read_in if isinstance(a, Article)}
    else:
        known = articles(path.parent)
    count: Counter[str] = Counter()
    for want in wanted_of(rows):
        if os.environ.get("ONLY", "") not in want.id:
            continue
        uris = {side["uri"] for side in want.sides}
        claims = [c for uri in uris for c in claims_of(known[uri])]
        one, other = (at_side(claims, side) for side in want.sides)
        best, pair = "no figure of this value", None
        for a in one:
            for b in other:
                name = stage(a, b, want.slot, claims)
                if pair is None or STAGES.index(name) > STAGES.index(best):
                    best, pair = name, (a, b)
        count[best] += 1
        if best == "raised" and not os.environ.get("ALL"):
            continue
        print(f"{want.id} [{best}] {want.slot}: {want.why}")
        for name, side, found in (("a", want.sides[0], one), ("b", want.sides[1], other)):
            chosen = [c for c in found if pair and c in pair] or found
            for claim in chosen[:3]:
                quote = claim.quote.quote
                print(f"   {name} {shown(claim)}")
                words = f"{quote.prefix[-150:]}<{quote.exact}>{quote.suffix[:150]}"
                print(f"       {claim.article.published:%m-%d %H:%M} {words}".replace("\n", " "))
            if not found:
                print(f"   {name} NOTHING {side.get('span')} {side.get('sentence', '')[:400]}")
        if pair and best in STAGES[7:-1]:
            print(f"   {weights(*pair)}")
    print(*(f"{n} {name}" for name, n in count.most_common()), sep="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
