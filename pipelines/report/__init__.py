"""The report: one HTML file that needs no network, made from a folder of results."""

from __future__ import annotations

import base64
import hashlib
import os
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from pipelines import words
from pipelines.files import read_lines
from pipelines.report.view import Card, anchor, card
from pipelines.show import urgency
from schemas.messages import Discrepancy, Level, Reject
from transforms.cross_check.reliability import Reliability, in_order, reliabilities, sides_of

MOST_CARDS = 2000  # on one page, most severe first; a browser opens that many at once
MOST_REJECTS = 20


class ArticleLine(msgspec.Struct, frozen=True):
    """What the report needs of a claim's article."""

    uri: str
    published: datetime


class ClaimLine(msgspec.Struct, frozen=True):
    """What the report needs of a claim: an archive has millions."""

    article: ArticleLine


class Overview(NamedTuple):
    """The head of the report."""

    articles: int
    claims: int
    rejects: int
    open: int
    resolved: int
    first: str
    last: str
    levels: tuple[tuple[str, int, str], ...]  # of the open ones: level, how many, first anchor
    table: tuple[tuple[str, tuple[int, ...]], ...]  # kind in words, open ones by level


class Report(NamedTuple):
    """All that the template shows."""

    overview: Overview
    open: tuple[Card, ...]
    resolved: tuple[Card, ...]
    left_out: int
    kinds: tuple[tuple[str, str], ...]
    slots: tuple[str, ...]
    reject_reasons: tuple[tuple[str, int], ...]
    rejects: tuple[Reject, ...]
    sources: tuple[tuple[str, Reliability], ...]  # those of most disputes first


def write_report(folder: Path) -> Path:
    """Writes `report.html` beside the results in `folder` and returns its path.

    Raises FileNotFoundError when there are no results, files.LineError for a broken line.
    """
    page = render(read_report(folder))
    path = folder / "report.html"
    temporary = folder / ".report.html.tmp"
    temporary.write_text(page, encoding="utf-8")
    os.replace(temporary, path)
    return path


def read_report(folder: Path) -> Report:
    """Reads the results of a folder. Raises as `write_report` does."""
    read = list(read_lines(folder / "discrepancies.jsonl", Discrepancy))
    known = reliabilities(sides_of(each) for each in read if each.status == "open")
    found = sorted((in_order(each, known) for each in read), key=urgency)
    still_open = [each for each in found if each.status == "open"]
    resolved = [each for each in found if each.status == "resolved"]
    rejects = _rejects(folder)
    return Report(
        overview=_overview(folder, still_open, len(resolved), sum(rejects[0].values())),
        open=tuple(card(each) for each in still_open[:MOST_CARDS]),
        resolved=tuple(card(each) for each in resolved[:MOST_CARDS]),
        left_out=max(0, len(still_open) - MOST_CARDS) + max(0, len(resolved) - MOST_CARDS),
        kinds=tuple((kind, said) for kind, said in words.KINDS.items() if _has(found, kind)),
        slots=tuple(sorted({each.slot for each in found})),
        reject_reasons=tuple(rejects[0].most_common()),
        rejects=rejects[1],
        sources=tuple(sorted(known.items(), key=lambda item: (-item[1].disputes, item[0]))),
    )


def render(report: Report) -> str:
    """The page. All that stands in it is escaped, and no script but its own runs."""
    loader = PackageLoader("pipelines.report", "")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    environment.filters["plural"] = words.plural
    environment.filters["anchor"] = anchor
    environment.filters["reliability"] = words.reliability
    script = loader.get_source(environment, "filter.js")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return environment.get_template("template.html").render(
        **report._asdict(),
        script=Markup(script),
        digest=digest,
        style=Markup(loader.get_source(environment, "style.css")[0]),
        all_levels=words.LEVELS,
    )


def _has(found: Iterable[Discrepancy], kind: str) -> bool:
    return any(each.kind == kind for each in found)


def _overview(folder: Path, found: list[Discrepancy], resolved: int, rejects: int) -> Overview:
    articles: set[str] = set()
    claims = 0
    first: datetime | None = None
    last: datetime | None = None
    for claim in read_lines(folder / "claims.jsonl", ClaimLine):
        published = claim.article.published
        claims += 1
        articles.add(claim.article.uri)
        first = published if first is None or published < first else first
        last = published if last is None or published > last else last
    return Overview(
        articles=len(articles),
        claims=claims,
        rejects=rejects,
        open=len(found),
        resolved=resolved,
        first=words.moment(first) if first else "",
        last=words.moment(last) if last else "",
        levels=tuple(_levels(found)),
        table=tuple(_table(found)),
    )


def _levels(found: list[Discrepancy]) -> Iterable[tuple[Level, int, str]]:
    for level in words.LEVELS:
        places = [place for place, each in enumerate(found) if each.severity.level == level]
        on_page = bool(places) and places[0] < MOST_CARDS
        yield level, len(places), anchor(found[places[0]].id) if on_page else ""


def _table(found: list[Discrepancy]) -> Iterable[tuple[str, tuple[int, ...]]]:
    counts = Counter((each.kind, each.severity.level) for each in found)
    for kind, said in words.KINDS.items():
        row = tuple(counts[kind, level] for level in words.LEVELS)
        if any(row):
            yield said, row


def _rejects(folder: Path) -> tuple[Counter[str], tuple[Reject, ...]]:
    """How many of each reason, and the first few."""
    reasons: Counter[str] = Counter()
    first: list[Reject] = []
    path = folder / "rejects.jsonl"
    if path.exists():
        for reject in read_lines(path, Reject):
            reasons[reject.reason] += 1
            if len(first) < MOST_REJECTS:
                first.append(reject)
    return reasons, tuple(first)
