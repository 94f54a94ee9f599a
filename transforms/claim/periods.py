"""The span of time that a figure counts, where that is more than one event."""

from __future__ import annotations

import re

from transforms.claim.event_times import begins_a_state
from transforms.claim.figures import Figure
from transforms.claim.lexicon import Mark
from transforms.claim.marks import COMMAS, end_of_noun, joins
from transforms.claim.setting import When
from transforms.claim.slots import slots
from transforms.claim.told import Told
from transforms.claim.word_order import FREEING, HELD
from transforms.extract.times import TimeSpan

STATE_GAP = 2  # between trapped and since
LEADING = 2  # tokens of a sentence that a time begins
YEARS = re.compile(r"P\d+[YM]")  # a length of time that no event has
RATE_GAP = 3  # between a figure and "a day", "per year"
COMPARED_GAP = 12  # tokens from a superlative to the span it is compared in


def period_of(told: Told, figure: Figure, when: When) -> str | None:
    """The span that a figure counts, where it is not of one event: `since:` with an EDTF, or
    "cumulative": this year, a day.

    Those missing or trapped since Wednesday are of Wednesday's event; and what is told of one day
    is not of the whole war that the sentence names.
    """
    since = told.times.since
    if since is not None and not (
        _is_set_off(told, figure, since.first)
        or _is_of_a_clause_before(told, figure, since.last)
        or _ends_a_clause(told, figure, since)
        or _of_a_state(told, since, when)
        or _is_compared(told, figure, since.first)
        or _of_those_freed(told, figure, since)
    ):
        return f"since:{since.time.edtf}"
    named = told.marks.named
    if named("war") and when.read_in != "sentence" and figure.slot.course != "fixed":
        return "cumulative"
    if any(
        not (
            _is_set_off(told, figure, cue.first)
            or _is_of_a_clause_before(told, figure, cue.last)
            or _is_compared(told, figure, cue.first)
        )
        for cue in named("cumulative")
    ):
        return "cumulative"
    end = end_of_noun(figure.span)
    if any(_is_near(told, figure, cue) for cue in named("within")):
        return "cumulative"
    if _is_of_years(told, figure):
        return "cumulative"
    one_day = {cue.first for cue in named("that_time")}
    rates = [cue for cue in named("rate") if cue.first not in one_day]
    if any(0 < cue.first - end <= RATE_GAP for cue in rates):
        return "cumulative"
    return None


def _is_of_years(told: Told, figure: Figure) -> bool:
    """Whether what a figure counts came about in months or years: 34 deaths *in five years*. Not
    how long it is for: sentenced to three years, held in the ninth year."""
    end = max(end_of_noun(figure.span), figure.mark.last)
    return any(
        span.time.timex3.type == "DURATION"
        and YEARS.fullmatch(span.time.timex3.value)
        and 0 < span.first - end <= 2
        and told.marks.cue_at("spanning", span.first - 1)
        for span in told.all_times
    )


def _is_compared(told: Told, figure: Figure, first: int) -> bool:
    """Whether words for a span only say among what something is the largest: 12,000 marched in *the
    biggest* rally seen this year. Not: the deadliest attack since 2015, when 147 died."""
    return figure.span.last < first and any(
        0 < first - cue.last <= COMPARED_GAP
        and not any(cue.last < figure.span.first < first for figure in told.figures)
        for cue in told.marks.named("superlative")
    )


def _is_set_off(told: Told, figure: Figure, first: int) -> bool:
    """Whether a comma sets off what follows a figure, so that it tells of something else: seized
    26 pirates, in the fifth such operation since September. Two commas enclose an aside."""
    between = range(max(figure.span.last, figure.mark.last) + 1, first)
    return sum(told.passage.tokens.words[i] in COMMAS for i in between) % 2 == 1


def _is_of_a_clause_before(told: Told, figure: Figure, last: int) -> bool:
    """Whether another clause begins between the words for a span and a figure: the lake has risen
    since October, *and* 5,600 people fled; trees will be planted this year in the village *where*
    four died. Not: since October, which was dry, 20 died."""
    words, found = told.passage.tokens.words, told.marks
    for i in range(last + 1, min(figure.span.first, figure.mark.first)):
        if joins(words[i]) and words[i] not in COMMAS and words[i - 1] in COMMAS:
            return True
        if i > last + 2 and found.cue_at("relative", i):
            return True
    return False


def _ends_a_clause(told: Told, figure: Figure, since: TimeSpan) -> bool:
    """Whether a comma sets off a clause that a vague *since* ends from a figure: a quarrel that has
    run for weeks, until 1,312 workers voted; not: since 2014, when 53 were arrested."""
    words = told.passage.tokens.words
    between = range(since.last + 1, min(figure.span.first, figure.mark.first))
    commas = sum(words[i] in COMMAS for i in between)
    leads = since.first - told.marks.sentence.first <= LEADING
    return since.time.edtf is None and not leads and commas % 2 == 1


def _is_near(told: Told, figure: Figure, cue: Mark) -> bool:
    """Whether no comma stands between a cue and a figure with its slot word."""
    first = min(figure.span.first, figure.mark.first)
    last = max(figure.span.last, figure.mark.last)
    between = range(last + 1, cue.first) if cue.first > last else range(cue.last + 1, first)
    return not any(told.passage.tokens.words[i] in ",،;" for i in between)


def _of_a_state(told: Told, since: TimeSpan, when: When) -> bool:
    """Whether *since* tells when those missing or trapped became so: trapped since Monday."""
    found = [figure.slot for figure in told.figures]
    beside = (m for m in told.marks.slot_words if 0 < since.first - m.last <= STATE_GAP)
    found += [slots()[mark.name] for mark in beside if mark.name in slots()]
    return any(begins_a_state(since, slot, when.days) for slot in found)


def _of_those_freed(told: Told, figure: Figure, since: TimeSpan) -> bool:
    """Whether *since* tells how long those were held who are freed: freed 40 jailed since May."""
    return figure.slot.name in FREEING and any(
        mark.name in HELD
        and mark.first > figure.span.last
        and since.first - mark.last <= STATE_GAP
        and mark.first < since.first
        for mark in told.marks.slot_words
    )
