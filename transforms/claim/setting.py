"""When and where: the event time and the places of each sentence of an article.

A date after a verb of saying ("police said on Monday") is when it was said, not when it happened;
a date after *since* begins a span that is counted. A sentence without a date or a place of its own
takes its paragraph's, then those of the article's first figure or lead.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple, Protocol

from schemas.messages import Time
from transforms.claim.figures import SentenceMarks
from transforms.extract.tokens import Tokens

# A date this long before publication is another event's, unless the article is about that.
BACKGROUND_DAYS = 10
SAID_GAP = 7  # tokens between a verb of saying and the day it was said
WithinOf = Literal["sentence", "paragraph", "article", "none"]


class TimeAt(Protocol):
    """A time expression where it stands: transforms.extract.times.TimeSpan."""

    @property
    def first(self) -> int: ...
    @property
    def last(self) -> int: ...
    @property
    def time(self) -> Time: ...


class Days(NamedTuple):
    """First and last day, both included."""

    earliest: date
    latest: date

    def edtf(self) -> str:
        """As EDTF: a date, a month or year when it is exactly that, else an interval."""
        if self.earliest == self.latest:
            return self.earliest.isoformat()
        return f"{self.earliest.isoformat()}/{self.latest.isoformat()}"


class SentenceTimes(NamedTuple):
    """The times of a sentence by their part in it."""

    events: tuple[TimeAt, ...]
    said: tuple[TimeAt, ...]
    since: TimeAt | None
    by: TimeAt | None


def days(time: Time) -> Days | None:
    """The days a time can mean; None for durations and references."""
    if time.earliest is None or time.latest is None:
        return None
    try:
        return Days(date.fromisoformat(time.earliest), date.fromisoformat(time.latest))
    except ValueError:
        return None


def times_of(tokens: Tokens, spans: Sequence[TimeAt], found: SentenceMarks) -> SentenceTimes:
    """Sorts the times of a sentence: of events, of saying, since when, as of when."""
    events: list[TimeAt] = []
    said: list[TimeAt] = []
    since: TimeAt | None = None
    by: TimeAt | None = None
    for span in spans:
        if span.time.timex3.type in ("DURATION", "SET") or days(span.time) is None:
            continue
        if _cue_before(found, "since", span.first):
            since = span
        elif _is_said(found, span, spans):
            said.append(span)
        else:
            if _cue_before(found, "as_of", span.first) and span.time.timex3.type == "TIME":
                by = span
            events.append(span)
    return SentenceTimes(tuple(events), tuple(said), since, by)


def _cue_before(found: SentenceMarks, name: str, index: int) -> bool:
    return any(found.cue_at(name, i) for i in (index - 1, index - 2, index))


def _is_said(found: SentenceMarks, span: TimeAt, spans: Sequence[TimeAt]) -> bool:
    """Whether the last verb-like word before the date is one of saying."""
    last_speech = max(
        (m.last for m in found.cues if m.name in ("speech", "according") and m.last < span.first),
        default=None,
    )
    if last_speech is None or span.first - last_speech - 1 > SAID_GAP:
        return False
    if any(last_speech < other.first < span.first for other in spans):
        return False
    return not any(last_speech < m.first < span.first for m in (*found.slot_words, *found.dates))


def nearest(spans: Sequence[TimeAt], index: int) -> TimeAt | None:
    """The span nearest to a token; of two as near, the one after it."""
    return min(
        spans,
        key=lambda s: (s.first - index if s.first > index else 2 * (index - s.last), s.first),
        default=None,
    )


def from_publication(published: datetime) -> Days:
    """What is told without a date happened on the day before publication or on that day."""
    day = published.date()
    return Days(day - timedelta(days=1), day)


def is_past(event: Days, published: datetime) -> bool:
    """Whether an event is so old that the article only recalls it."""
    return event.latest < published.date() - timedelta(days=BACKGROUND_DAYS)
