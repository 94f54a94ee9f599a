"""Scores Tally's verdicts on hand-written stories: `python -m benchmarks.trust.scenarios FILE`.

All stories of FILE go through one backfill, as one feed; each has a country and month of its own.
`scenarios_work.jsonl` is for work; `scenarios_final.jsonl` is opened only for the final figure.
SHOW=1 in the environment lists what was missed and what was wrong.

A line is a story: articles; `expect`: slot, two values [low, high] or two dates (EDTF), `between`
two articles (`or_between`: others as good), `kind_any_of` or null, `allow_low` where a report is
allowed but not asked for; `forbid`: articles that must not stand apart; `forbid_all`: nothing may
be raised beyond what is allowed. An expectation is met by a report that holds the two articles on
two positions of these values. A report is right when it meets a required expectation, neutral when
it meets an allowed one, else wrong; wrong too when it mixes stories. A trap is a story that
requires nothing; it is clean when no report on it is wrong. Precision is over open reports with
two positions or more; a report of one position is a correction or an error inside an article.
"""

from __future__ import annotations

import calendar
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import msgspec

from benchmarks.trust import naive, score
from benchmarks.trust.compared import facts_by_key, why_missed
from benchmarks.trust.feeds import Feed, read_feed
from schemas.messages import (
    ArticleRef,
    Claim,
    Discrepancy,
    Explanation,
    Interval,
    Position,
    Quote,
    Severity,
    TextPositionSelector,
    TextQuoteSelector,
)

FAMILIES = {  # of kinds, by a word in their names; what has none of these is a conflict
    "conflict": ("conflict", "lower"),
    "update": ("update",),
    "stale": ("stale",),
    "correction": ("correct",),
    "edition": ("translat", "edition"),
    "denial": ("denial",),
    "inside": ("headline", "part", "sum", "weekday", "impossible", "invalid", "inside", "calendar"),
}

Verdict = Literal["right", "neutral", "wrong"]
Span = tuple[Any, Any]  # two numbers or two days (YYYY-MM-DD), ends included


class Expected(msgspec.Struct, frozen=True):
    """A disagreement that the story holds."""

    slot: str
    between: tuple[str, str]
    values: tuple[tuple[float, float], tuple[float, float]] | None = None
    dates: tuple[str, str] | None = None
    or_between: tuple[tuple[str, str], ...] = ()
    kind_any_of: tuple[str, ...] | None = None
    allow_low: bool = False


class Forbidden(msgspec.Struct, frozen=True):
    """Two articles that must not stand on two positions of one report (of that slot)."""

    between: tuple[str, str]
    slot: str | None = None
    allow_low: bool = False


class Scenario(msgspec.Struct, frozen=True):
    """A story: what is read, and what should be said of it."""

    id: str
    phenomenon: str
    articles: tuple[dict[str, Any], ...]
    why: str
    expect: tuple[Expected, ...] = ()
    forbid: tuple[Forbidden, ...] = ()
    forbid_all: bool = False


class Judged(NamedTuple):
    """A report: the stories it speaks of, and what it is."""

    report: Discrepancy
    stories: frozenset[str]
    verdict: Verdict


class Row(NamedTuple):
    """What is counted of a phenomenon."""

    stories: int
    expected: int
    found: int
    right: int
    wrong: int
    traps: int
    clean: int


# --- does a report meet an expectation? ----------------------------------------------------------


def sides(report: Discrepancy) -> list[set[str]]:
    """The articles on each position."""
    return [{c.article.uri for c in (*p.claims, *p.supported_by)} for p in report.positions]


def apart(report: Discrepancy, pair: tuple[str, str]) -> list[tuple[Position, Position]]:
    """Pairs of two positions of which the first holds one article, the second the other."""
    held = list(zip(report.positions, sides(report), strict=True))
    return [
        (a, b)
        for i, (a, of_a) in enumerate(held)
        for j, (b, of_b) in enumerate(held)
        if i != j and pair[0] in of_a and pair[1] in of_b
    ]


def days(edtf: str) -> Span | None:
    """First and last day of a year, month or day; None for a day no calendar has."""
    if not re.fullmatch(r"\d{4}(-\d\d){0,2}", edtf):
        return None
    year, month, day = [int(n) for n in edtf.split("-")] + [0] * (2 - edtf.count("-"))
    if day:
        known = 1 <= month <= 12 and day <= calendar.monthrange(year, month)[1]
        return (edtf, edtf) if known else None
    if month:
        return f"{edtf}-01", f"{edtf}-{calendar.monthrange(year, month)[1]}"
    return f"{year}-01-01", f"{year}-12-31"


def meet(a: Span, b: Span) -> bool:
    return bool(a[0] <= b[1] and b[0] <= a[1])


def span_of(position: Position, dated: bool) -> Span | None:
    if dated:
        time = position.time
        return (time.earliest, time.latest) if time and time.earliest and time.latest else None
    value = position.value
    if value is None:
        return None
    low = float("-inf") if value.low is None else value.low
    return low, float("inf") if value.high is None else value.high


def wanted_spans(expected: Expected) -> Sequence[Span | None]:
    if expected.dates is not None:
        return [days(date) for date in expected.dates]
    return expected.values or (None, None)


def values_fit(a: Position, b: Position, expected: Expected) -> bool:
    """Whether the positions hold the expected values. What has no value to compare fits."""
    wanted = wanted_spans(expected)
    if None in wanted:
        return True
    found = [span_of(p, expected.dates is not None) for p in (a, b)]
    return all(
        f is not None and w is not None and meet(f, w) for f, w in zip(found, wanted, strict=True)
    )


def family(kind: str) -> str:
    return next((f for f, words in FAMILIES.items() if any(w in kind for w in words)), "conflict")


def kind_fits(kind: str, allowed: Sequence[str] | None) -> bool:
    if not allowed:
        return True
    return any(a in kind for a in allowed) or family(kind) in {family(a) for a in allowed}


def slot_fits(slot: str, wanted: str) -> bool:
    return wanted in slot


def is_low(report: Discrepancy) -> bool:
    return report.severity.level in ("info", "low")


def meets(report: Discrepancy, expected: Expected) -> bool:
    """Whether the report says what was expected."""
    if not kind_fits(report.kind, expected.kind_any_of) and not (
        expected.allow_low and is_low(report)
    ):
        return False
    for pair in (expected.between, *expected.or_between):
        inside = pair[0] == pair[1]
        for a, b in apart(report, pair):
            if values_fit(a, b, expected) or (inside and values_fit(b, a, expected)):
                return True
        # An error inside an article may be told without two positions.
        alone = inside and set().union(*sides(report)) == {pair[0]}
        if alone and (expected.dates or slot_fits(report.slot, expected.slot)):
            return True
    return False


# --- judging -------------------------------------------------------------------------------------


def counts_as_found(report: Discrepancy) -> bool:
    """A correction is published as resolved; everything else counts only while it is open."""
    return report.status == "open" or report.kind == "correction"


def is_forbidden(report: Discrepancy, forbidden: Forbidden) -> bool:
    named = forbidden.slot is None or slot_fits(report.slot, forbidden.slot)
    return named and bool(apart(report, forbidden.between))


def verdict_of(report: Discrepancy, story: Scenario) -> Verdict:
    met = [expected for expected in story.expect if meets(report, expected)]
    forbidden = [f for f in story.forbid if is_forbidden(report, f)]
    if forbidden and not (is_low(report) and all(f.allow_low for f in forbidden)):
        return "wrong"
    if any(not expected.allow_low for expected in met):
        return "right"
    allowed = bool(forbidden) or any(is_low(report) or e.kind_any_of for e in met)
    return "neutral" if allowed else "wrong"


def judge(reports: Iterable[Discrepancy], stories: Iterable[Scenario]) -> list[Judged]:
    """The open reports with two positions or more, each with its verdict."""
    by_id = {story.id: story for story in stories}
    home = {article["uri"]: story.id for story in by_id.values() for article in story.articles}
    judged = []
    for report in reports:
        of = frozenset(home[uri] for uri in set().union(*sides(report)) if uri in home)
        if report.status != "open" or len(report.positions) < 2 or not of:
            continue
        one = by_id[next(iter(of))] if len(of) == 1 else None
        judged.append(Judged(report, of, verdict_of(report, one) if one else "wrong"))
    return judged


def required(stories: Iterable[Scenario]) -> list[tuple[Scenario, Expected]]:
    return [(s, expected) for s in stories for expected in s.expect if not expected.allow_low]


def missed(
    reports: Sequence[Discrepancy], stories: Iterable[Scenario]
) -> list[tuple[Scenario, Expected]]:
    """What was required and is said by no report."""
    said = [report for report in reports if counts_as_found(report)]
    return [
        (story, expected)
        for story, expected in required(stories)
        if not any(meets(report, expected) for report in said)
    ]


def row(
    stories: Sequence[Scenario], judged: Iterable[Judged], lost: Iterable[tuple[Scenario, Expected]]
) -> Row:
    """The counts of some stories."""
    ids = {story.id for story in stories}
    own = [j for j in judged if j.stories & ids]
    struck = {story for j in own if j.verdict == "wrong" for story in j.stories}
    wanted = required(stories)
    traps = ids - {story.id for story, _ in wanted}
    return Row(
        stories=len(ids),
        expected=len(wanted),
        found=len(wanted) - sum(story.id in ids for story, _ in lost),
        right=sum(j.verdict == "right" for j in own),
        wrong=sum(j.verdict == "wrong" for j in own),
        traps=len(traps),
        clean=len(traps - struck),
    )


# --- running -------------------------------------------------------------------------------------


def read(path: Path) -> list[Scenario]:
    return [msgspec.json.decode(line, type=Scenario) for line in path.read_bytes().splitlines()]


def run(stories: Iterable[Scenario]) -> Feed:
    """What Tally says in the end of the stories, read as one feed."""
    return read_feed(article for story in stories for article in story.articles)


def causes(feed: Feed, lost: Iterable[tuple[Scenario, Expected]]) -> Iterator[str]:
    """For each expectation that is missed, the step at which it is lost."""
    known = facts_by_key(feed.claims)
    for _, expected in lost:
        wanted = wanted_spans(expected)
        yield why_missed(*(
            [c for c in feed.claims if c.article.uri == uri and states(c, span)]
            for uri, span in zip(expected.between, wanted, strict=True)
        ), known)  # fmt: skip


def states(claim: Claim, span: Span | None) -> bool:
    """Whether a claim states a value or a day of the span; None stands for any."""
    if span is None:
        return True
    if isinstance(span[0], str):
        time = claim.time
        return bool(time and time.earliest and time.latest) and meet(
            (time.earliest, time.latest), span
        )
    stated = claim.quantity.stated if claim.quantity else None
    return stated is not None and meet((stated, stated), span)


def naive_reports(stories: Iterable[Scenario]) -> Iterator[Discrepancy]:
    """What the naive matcher would raise: each pair of figures of one story that differ."""
    for story in stories:
        own = [{**article, "place": story.id} for article in story.articles]
        for i, (a, b) in enumerate(p for p in naive.pairs(own) if naive.differ(*p)):
            yield Discrepancy(
                id=f"{story.id}-{i}",
                status="open",
                kind="count_conflict",
                rule="naive",
                severity=Severity("medium"),
                slot=a.slot,
                counted="people",
                positions=(_naive_position(a), _naive_position(b)),
                explanation=Explanation("", "", ""),
                first_seen=b.published,
                as_of=b.published,
            )


def _naive_position(figure: naive.Figure) -> Position:
    claim = Claim(
        id=f"{figure.uri}:{figure.start}",
        article=ArticleRef(figure.uri, 1, figure.uri, figure.uri, "en", figure.published),
        kind="quantity",
        slot=figure.slot,
        counted="people",
        quote=Quote("body_text", TextQuoteSelector(figure.exact), TextPositionSelector(0, 1)),
        as_of=figure.published,
    )
    value = Interval(figure.value, figure.value)
    return Position("current", figure.published, value=value, claims=(claim,))


Counted = Sequence[tuple[str, int, int]]  # of a story: hits, of how many


def share(counted: Counted) -> str:
    """A share with its interval, resampled by story."""
    rows: list[dict[str, Any]] = [{"event": e, "of": (n, total)} for e, n, total in counted]
    return score.shown(score.interval(rows, _sum)).strip()


def _sum(rows: list[dict[str, Any]]) -> tuple[int, int]:
    return sum(row["of"][0] for row in rows), sum(row["of"][1] for row in rows)


def table(stories: Sequence[Scenario], feed: Feed) -> Iterator[str]:
    """A line for each phenomenon, the wrong ones where SHOW is set, the shares, and why what is
    missed is missed."""
    reports = feed.discrepancies
    judged, lost = judge(reports, stories), missed(reports, stories)
    groups: dict[str, list[Scenario]] = defaultdict(list)
    for story in stories:
        groups[story.phenomenon].append(story)
    yield " " * 24 + "".join(f"{name:>9}" for name in Row._fields)
    for name, group in sorted(groups.items()):
        yield f"{name:24}" + "".join(f"{n:9}" for n in row(group, judged, lost))
    if os.environ.get("SHOW"):
        yield from show(judged, lost)
    yield from totals("tally", stories, judged, lost)
    for cause, count in Counter(causes(feed, lost)).most_common():
        yield f"    missed, {cause}: {count}"


def totals(
    name: str,
    stories: Sequence[Scenario],
    judged: Sequence[Judged],
    lost: Sequence[tuple[Scenario, Expected]],
) -> Iterator[str]:
    """Precision, recall and clean traps, each with its interval."""
    rows = [(story.id, row([story], judged, lost)) for story in stories]
    yield f"{name:8}precision      {share([(e, r.right, r.right + r.wrong) for e, r in rows])}"
    yield f"{name:8}expected found {share([(e, r.found, r.expected) for e, r in rows])}"
    yield f"{name:8}traps clean    {share([(e, r.clean, r.traps) for e, r in rows])}"


def report(path: Path) -> Iterator[str]:
    """Tally's scores on the stories of a file, and the naive matcher's."""
    stories = read(path)
    yield from table(stories, run(stories))
    plain = list(naive_reports(stories))
    yield from totals("naive", stories, judge(plain, stories), missed(plain, stories))


def show(judged: Iterable[Judged], lost: Iterable[tuple[Scenario, Expected]]) -> Iterator[str]:
    for story, expected in lost:
        yield f"missed {story.id} {expected.slot} {expected.values or expected.dates}: {story.why}"
    for report, ids, verdict in judged:
        if verdict == "wrong":
            spans = [span_of(p, p.value is None) for p in report.positions]
            yield f"wrong {' '.join(sorted(ids))} {report.kind} {report.slot} {spans}"


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for line in report(Path(sys.argv[1])):
        print(line)
