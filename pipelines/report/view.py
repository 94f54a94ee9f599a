"""What the report shows of a discrepancy: plain values, ready for the template."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

from markupsafe import Markup

from pipelines import words
from pipelines.report.plot import MOST_POSITIONS, SHAPES, plot
from schemas.messages import Claim, Discrepancy, Explanation, Position

MOST_QUOTES = 4  # shown of one position; the others are counted
MOST_SOURCES = 12
MOST_LETTERS = 240  # of the sentence on each side of the figure


class QuoteView(NamedTuple):
    """A sentence with its figure."""

    language: str
    direction: str
    prefix: str
    exact: str
    suffix: str
    source: str
    published: str
    uri: str
    is_link: bool
    speaker: str


class PositionView(NamedTuple):
    """A position, with at most MOST_QUOTES of its quotes."""

    letter: str
    shape: int
    held: str
    meant: str
    status: str
    as_of: str
    independent: str
    sources: tuple[str, ...]
    more_sources: int
    speakers: tuple[str, ...]
    quotes: tuple[QuoteView, ...]
    more_quotes: int
    supported_by: tuple[QuoteView, ...]
    more_support: int


class Card(NamedTuple):
    """A discrepancy."""

    id: str
    anchor: str
    status: str
    level: str
    kind: str
    kind_words: str
    slot: str
    fact: str
    places: str
    event_time: str
    reasons: tuple[str, ...]
    rule: str
    explanation: Explanation
    positions: tuple[PositionView, ...]
    more_positions: tuple[PositionView, ...]
    plot: Markup
    first_seen: str
    as_of: str
    reason: str
    superseded_by: str


def card(found: Discrepancy) -> Card:
    """A discrepancy as the report shows it."""
    positions = tuple(_position(*each) for each in enumerate(found.positions))
    return Card(
        id=found.id,
        anchor=anchor(found.id),
        status=found.status,
        level=found.severity.level,
        kind=found.kind,
        kind_words=words.KINDS[found.kind],
        slot=found.slot,
        fact=words.fact(found.slot, found.counted),
        places=" · ".join(words.where(place) for place in found.places[:3]),
        event_time=found.event_time or "",
        reasons=tuple(words.REASONS[reason] for reason in found.severity.reasons),
        rule=found.rule,
        explanation=found.explanation,
        positions=positions[:MOST_POSITIONS],
        more_positions=positions[MOST_POSITIONS:],
        plot=plot(found),
        first_seen=words.moment(found.first_seen),
        as_of=words.moment(found.as_of),
        reason=found.reason or "",
        superseded_by=found.superseded_by or "",
    )


def anchor(id: str) -> str:
    """The id as an HTML id: those hold no white space."""
    return re.sub(r"\s", "_", id)


def _position(index: int, position: Position) -> PositionView:
    held = words.held(position)
    meant = words.interval(position.value) if position.value is not None else ""
    return PositionView(
        letter=words.letter(index),
        shape=index % SHAPES,
        held=held,
        meant="" if meant in held else meant,
        status=position.status,
        as_of=words.moment(position.as_of),
        independent=words.plural(position.independent_sources, "independent source"),
        sources=position.sources[:MOST_SOURCES],
        more_sources=max(0, len(position.sources) - MOST_SOURCES),
        speakers=position.speakers[:MOST_SOURCES],
        quotes=_quotes(position.claims, MOST_QUOTES),
        more_quotes=max(0, len(position.claims) - MOST_QUOTES),
        supported_by=_quotes(position.supported_by, MOST_QUOTES // 2),
        more_support=max(0, len(position.supported_by) - MOST_QUOTES // 2),
    )


def _quotes(claims: Sequence[Claim], most: int) -> tuple[QuoteView, ...]:
    return tuple(_quote(claim) for claim in claims[:most])


def _quote(claim: Claim) -> QuoteView:
    article, quote = claim.article, claim.quote.quote
    return QuoteView(
        language=article.language,
        direction=words.direction(article.language),
        prefix=_tail(quote.prefix),
        exact=quote.exact,
        suffix=_head(quote.suffix),
        source=article.source,
        published=words.moment(article.published),
        uri=article.uri,
        is_link=is_link(article.uri),
        speaker=words.speaker(claim.speaker),
    )


def is_link(uri: str) -> bool:
    """Whether a browser may follow `uri`: the web, and nothing that could run (javascript:)."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)


def _tail(text: str) -> str:
    if len(text) <= MOST_LETTERS:
        return text
    return "… " + text[-MOST_LETTERS:].partition(" ")[2]


def _head(text: str) -> str:
    if len(text) <= MOST_LETTERS:
        return text
    return text[:MOST_LETTERS].rpartition(" ")[0] + " …"
