"""When and where: the event time and the places of each sentence of an article.

A date after a verb of saying ("police said on Monday") is when it was said, not when it happened;
a date after *since* begins a span that is counted. A sentence without a date or a place of its own
takes its paragraph's, then those of the article's first figure or lead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from msgspec.structs import replace

from schemas.messages import ReadIn, Time
from transforms.claim.marks import COMMAS, SentenceMarks
from transforms.extract.times import TimeSpan
from transforms.extract.tokens import Tokens

# A date this long before publication is another event's, unless the article is about that.
BACKGROUND_DAYS = 10
SAYING = ("speech", "according", "denied")
SAID_GAP = 7  # tokens between a verb of saying and the day it was said
SAID_AFTER_GAP = 3  # the same where the day stands before the verb
WHOLE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
WEEK_OF_YEAR = re.compile(r"\d{4}-W\d{2}")
DAYS_LATER = re.compile(r"P\d{1,2}D")


class Days(NamedTuple):
    """First and last day, both included."""

    earliest: date
    latest: date

    def edtf(self) -> str:
        """As EDTF: a date, a month or year when it is exactly that, else an interval."""
        if self.earliest == self.latest:
            return self.earliest.isoformat()
        return f"{self.earliest.isoformat()}/{self.latest.isoformat()}"


class Where(NamedTuple):
    """Place ids and where in the article they were read."""

    ids: tuple[str, ...]
    read_in: ReadIn


class When(NamedTuple):
    """Days of an event and where in the article they were read."""

    days: Days
    read_in: ReadIn


class SentenceTimes(NamedTuple):
    """The times of a sentence by their part in it. `later`: three days after (what happened)."""

    events: tuple[TimeSpan, ...]
    said: tuple[TimeSpan, ...]
    later: tuple[TimeSpan, ...]
    since: TimeSpan | None
    by: TimeSpan | None


def days(time: Time) -> Days | None:
    """The days a time names (of *since* and *until* the day itself); None where it names none."""
    if time.timex3.type in ("DURATION", "SET"):
        return None
    named = time.timex3.value[:10]
    try:
        named = named if WHOLE_DATE.fullmatch(named) else time.earliest or time.latest or named
        first = date.fromisoformat(time.earliest or named)
        return Days(first, max(first, date.fromisoformat(time.latest or named)))
    except ValueError:
        return None


def times_of(tokens: Tokens, spans: Sequence[TimeSpan], found: SentenceMarks) -> SentenceTimes:
    """Sorts the times of a sentence: of events, of saying, since when, as of when."""
    events: list[TimeSpan] = []
    said: list[TimeSpan] = []
    later: list[TimeSpan] = []
    since: TimeSpan | None = None
    by: TimeSpan | None = None
    for span in spans:
        if span.time.timex3.mod == "AFTER" and _of_a_noun(span, found):
            if of_event := _of_event(span.time):  # following Sunday's flood, last week's flood
                events.append(replace(span, time=of_event))
            continue
        if _begins_a_span(span, found):
            since = span
        elif DAYS_LATER.fullmatch(span.time.timex3.value) and _is_later(found, span):
            later.append(span)
        elif days(span.time) is None:
            continue
        elif span.time.earliest is not None and _is_said(found, span, spans):
            said.append(span)  # nobody says a thing until Friday
        else:
            if span.time.timex3.type == "TIME" and _is_as_of(found, span):
                by = span
            events.append(span)
    return SentenceTimes(tuple(events), tuple(said), tuple(later), since, by)


def _of_event(time: Time) -> Time | None:
    """The day or week that a time names after which something is told; None for another."""
    value = time.timex3.value
    if WHOLE_DATE.fullmatch(value):
        return replace(time, earliest=None, latest=None)
    if not WEEK_OF_YEAR.fullmatch(value):
        return None
    first = date.fromisocalendar(int(value[:4]), int(value[6:]), 1)
    last = first + timedelta(days=6)
    return replace(time, earliest=first.isoformat(), latest=last.isoformat())


def _is_later(found: SentenceMarks, span: TimeSpan) -> bool:
    """Whether a length tells how long after what struck: three days after the storm; the word for
    it may stand before: بعد خمسة أيام من العاصفة."""
    if found.cue_at("after", span.last + 1):
        return True
    if not (found.cue_at("after", span.first - 1) and found.cue_at("genitive", span.last + 1)):
        return False
    return any(m.name == "struck" and m.first == span.last + 2 for m in found.dates)


def _is_as_of(found: SentenceMarks, span: TimeSpan) -> bool:
    """Whether a count stood so at a time: by noon; 61 were *still* held at dawn, not since dawn."""
    if _cue_before(found, "as_of", span.first):
        return True
    since = any(cue.last < span.first for cue in found.named("since"))
    return bool(found.named("still")) and not since


def _begins_a_span(span: TimeSpan, found: SentenceMarks) -> bool:
    """Whether a count begins then: since Tuesday; not the toll *from* Tuesday's accident."""
    if _cue_before(found, "since", span.first):
        return True
    mod = span.time.timex3.mod
    if span.time.latest is not None:
        return False  # just after 1 p.m. on Tuesday
    return mod == "AFTER" or (mod == "ON_OR_AFTER" and not _of_a_noun(span, found))


def _of_a_noun(span: TimeSpan, found: SentenceMarks) -> bool:
    """Whether a time tells of which event: after the April *earthquake*, which dates no figure."""
    if found.words[span.last + 1 : span.last + 2] in (("'",), ("’",)):
        return True  # Tuesday's accident
    return any(0 < m.first - span.last <= 2 for m in (*found.event_kinds, *found.dates))


def _cue_before(found: SentenceMarks, name: str, index: int) -> bool:
    return any(index - 2 <= cue.last and cue.first <= index for cue in found.named(name))


def _is_said(found: SentenceMarks, span: TimeSpan, spans: Sequence[TimeSpan]) -> bool:
    """Whether it was said or denied then: the last verb-like word before the date is one of saying,
    or the next one after it of denying: the army on Monday denied that…"""
    events = {
        i
        for m in (*found.event_kinds, *found.slot_words, *found.dates)
        for i in range(m.first, m.last + 1)  # un incendie s'est déclaré
    }
    if any(mark.name == "ceasefire" for mark in found.dates):
        events |= {cue.first for cue in found.named("begins")}  # a truce was declared on Monday
    said = [cue for name in SAYING for cue in found.named(name) if cue.first not in events]
    told = [mark.first for mark in (*found.slot_words, *found.dates)]
    told += [other.first for other in spans if other is not span]
    before = max((cue.last for cue in said if cue.last < span.first), default=None)
    if before is not None and span.first - before - 1 <= SAID_GAP:
        between = range(before + 1, span.first)
        that = any(found.cue_at("that", i) or found.cue_at("relative", i) for i in between)
        return not (that or any(before < first < span.first for first in told))
    after = min((cue for cue in found.named("denied") if cue.first > span.last), default=None)
    if after is None or after.first - span.last - 1 > SAID_AFTER_GAP:
        return False
    if any(first < after.first for first in told):
        return False
    beside = (*found.words[span.last + 1 : after.first], *found.words[after.last + 1 :][:1])
    return COMMAS.isdisjoint(beside) and after.last < found.sentence.last - 1


def is_odd(span: TimeSpan) -> bool:
    """Whether a date cannot be right: no such day, or not the weekday it is told with."""
    value = span.time.timex3.value
    if not WHOLE_DATE.match(value):
        return False
    try:
        day = date.fromisoformat(value[:10])
    except ValueError:
        return True
    return span.weekday is not None and span.weekday != day.isoweekday()


def from_publication(published: datetime) -> Days:
    """What is told without a date happened on the day before publication or on that day."""
    day = published.date()
    return Days(day - timedelta(days=1), day)


def is_past(event: Days, published: datetime) -> bool:
    """Whether an event is so old that the article only recalls it."""
    return event.latest < published.date() - timedelta(days=BACKGROUND_DAYS)
