"""What happened at a time that a sentence tells: signed on Friday, open since Monday."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from transforms.claim.event_times import (
    BEFALLS,
    DAYS_AFTER,
    DEALS,
    EVENTS,
    OWN_DATES,
    attached_purposes,
    dated,
    hour_words,
    is_no_deal,
    is_of_court,
    of_the_day,
    part_words,
)
from transforms.claim.lexicon import Mark
from transforms.claim.marks import COMMAS, joins
from transforms.claim.setting import WHOLE_DATE, days
from transforms.claim.story import Story
from transforms.claim.told import Told
from transforms.extract.times import TimeSpan

LONGEST_DATE = 31  # days; a coarser time dates nothing
AFTER_GAP = 3  # between "in the aftermath of" and the event it names
PLACE_GAP = 3  # between a verb of leaving and the place that is left
DATE_GAP = 12  # tokens between a date and the word that says what happened
ONLY_GAP = 20  # the same where the sentence tells no other time
COMMA = 3  # tokens by which a comma makes it farther
BEGINS_GAP = 2  # tokens between a verb of beginning and its date
BEGINS_OF = 8  # tokens between what happens and such a verb
GRANTING_GAP = 14  # tokens between "gave" and until when
DUE_GAP = 14  # tokens between "must" and until when
REFUSED_GAP = 2  # tokens between "accepted" and after when not
BESIDE = frozenset({"deadline", "ceasefire"})
HEADS = frozenset({"opened", "signed"})  # what is opened or signed is no event of its own date
LONG_PAST = 180  # days after which no deadline of this year is told
HEAD_GAP = 3  # tokens between a noun and what it is of
BEGUN = frozenset({"opened", "ceasefire"})  # what goes on since its date
BEGUN_GAP = 4  # tokens between it and the date
BEGUN_ALONE_GAP = 8  # the same in a sentence that tells no other time and no figure
FOLLOWED_GAP = 8  # tokens between a verb of what people did after an event and its date
RATIFIED_GAP = 5  # tokens between a word of ratifying and its date
UNTIL = "ON_OR_BEFORE"
OPENS = ("relative", "after", "when")  # what begins another clause
OF_DAY_GAP = 5  # tokens from a day to what it is of: Monday's deadly train crash


def dating(told: Told) -> Sequence[TimeSpan]:
    """The times of a sentence that can date what a word beside them tells."""
    if not (told.marks.dates or told.marks.named("granting") or told.marks.named("due")):
        return ()
    since = told.times.since
    events = _events(told)
    return dated(told, events if since is None else (*events, since))


def _events(told: Told) -> Sequence[TimeSpan]:
    """The times of events of a sentence, without the day of a noun that nothing dates: by
    Wednesday's *ruling* the nets must be handed in."""
    firsts = [mark.first for mark in told.marks.dates]
    return [
        span
        for span in told.times.events
        if not _is_possessive(told, span)
        or any(0 < first - span.last <= OF_DAY_GAP for first in firsts)
    ]


def _is_possessive(told: Told, span: TimeSpan) -> bool:
    """Whether a time is written as that of the noun behind it: Wednesday's ruling."""
    behind = told.passage.tokens.words[span.last + 1 : span.last + 3]
    return behind in (("'", "s"), ("’", "s"))


def date_words(told: Told, story: Story, span: TimeSpan) -> list[Mark]:
    """What happened at a time of the sentence: the nearest word that dates something.

    A deadline is often told beside what was done by it, a ceasefire beside its signing: then both
    are dated. A time *until* which something is so dates only a deadline.
    """
    event = days(span.time)
    if event is None or (event.latest - event.earliest).days > LONGEST_DATE:
        return []
    published = story.ref.published
    exact = told.passage.tokens.exact(span.first, span.last)
    if event.latest == published.date() and str(published.year) in exact:
        return []  # the day the article was printed
    if not dated(told, [span], strictly=True):
        return []
    if is_of_court(told, span) or _is_in_hours(told, span):
        return []
    until = _is_until(span)
    granted = (_granted(told, span) or _due(told, span)) if until else None
    if granted is not None:
        return [granted]
    near = (
        (told.marks.cue_at("takes_place", mark.first), distance, mark.first, -mark.last, mark)
        for mark in told.marks.dates
        if (distance := _distance_of(told, mark, span)) is not None
        and (mark.name == "deadline" or not until)
        and _dates(told, mark, story)
        and not _has_another(told, mark, span)
        and not _is_of_another_noun(told, mark, span)
        and not _is_of_a_verb(told, mark, span)
        and not _is_of_what_followed(told, mark, span)
        and not _is_of_a_ratification(told, mark, span)
        and not _came_before(told, mark, span)
    )
    marks = [mark for *_, mark in sorted(near, key=lambda found: found[:4])]
    kept = marks[:1]
    if kept and kept[0].name in BESIDE and not _ends_then(told, kept[0], span):
        kept += [mark for mark in marks if mark.name not in BESIDE][:1]
    return kept


def _is_of_another_noun(told: Told, mark: Mark, span: TimeSpan) -> bool:
    """Whether a time is that of the noun right behind it: by Wednesday's *ruling* the deadline…"""
    return _is_possessive(told, span) and mark.first - span.last > OF_DAY_GAP


def _distance_of(told: Told, mark: Mark, span: TimeSpan) -> int | None:
    """How far a word stands from a time; None where too far. What a verb of beginning puts to a
    time is near, wherever it stands: the truce between the two villages, in force since Sunday."""
    if span.first <= mark.first <= span.last:
        return None
    if of_the_day(told, mark.first, span):
        return 0
    begun = _begins(told, mark, span)
    if span is told.times.since:
        if mark.name == "deadline" and _is_refused_after(mark, span):
            return 0
        if mark.name not in BEGUN or mark.last > span.first:
            return None
        alone = len(told.all_times) == 1 and not told.quantities and mark.name == "ceasefire"
        reach = BEGUN_ALONE_GAP if alone else BEGUN_GAP
        return 0 if begun else (None if _gap(mark, span) > reach else _far(told, mark, span))
    if begun or _ends_then(told, mark, span):
        return 0
    far = len(told.all_times) == 1 or (mark.name == "deadline" and _is_until(span))
    reach = ONLY_GAP if far and mark.last < span.first else DATE_GAP
    return _far(told, mark, span) if _gap(mark, span) <= reach else None


def _ends_then(told: Told, mark: Mark, span: TimeSpan) -> bool:
    """Whether a verb right before a time tells that a term ends then, however far its word stands:
    the time given to those who must leave the country *ends* on Monday."""
    return mark.name == "deadline" and any(
        mark.last < cue.first and 0 <= span.first - cue.last - 1 <= BEGINS_GAP
        for cue in told.marks.named("ends")
    )


def _begins(told: Told, mark: Mark, span: TimeSpan) -> bool:
    """Whether a verb right before a time tells that the thing itself began: the assault on the camp
    was launched on Monday, the truce that took effect on Sunday."""
    found, words = told.marks, told.passage.tokens.words
    for cue in found.named("begins"):
        between = range(mark.last + 1, cue.first)
        if not 0 <= span.first - cue.last - 1 <= BEGINS_GAP or mark.last >= cue.last:
            continue
        if mark.name == "ceasefire":
            return True
        if mark.name in EVENTS and len(between) <= BEGINS_OF:
            return not any(words[i] in COMMAS or found.cue_at("relative", i) for i in between)
    return False


def begins_later(told: Told, mark: Mark, span: TimeSpan) -> bool:
    """Whether a truce is told to begin at a time: a deal *due to* take effect on Monday."""
    if mark.name != "ceasefire" or not _begins(told, mark, span):
        return False
    return any(mark.last < cue.first < span.first for cue in told.marks.named("planned"))


def _is_until(span: TimeSpan) -> bool:
    time = span.time
    by_a_part = time.timex3.type == "TIME" and time.timex3.mod == UNTIL  # by Tuesday morning
    return time.latest is not None and (time.earliest is None or by_a_part)


def _is_refused_after(mark: Mark, span: TimeSpan) -> bool:
    """Whether nothing is taken any more after a day: no list will be *accepted* after 5 June."""
    return span.time.timex3.mod == "AFTER" and 0 <= span.first - mark.last <= REFUSED_GAP


def _due(told: Told, span: TimeSpan) -> Mark | None:
    """The word that tells what must be done until a time: diggers *must* be off the plateau by
    Monday; none where the sentence names the deadline itself."""
    if any(mark.name == "deadline" for mark in told.marks.dates):
        return None
    words = told.passage.tokens.words
    near = (
        cue
        for cue in told.marks.named("due")
        if 0 < span.first - cue.last <= DUE_GAP and COMMAS.isdisjoint(words[cue.last : span.first])
    )
    cue = next(near, None)
    return None if cue is None else replace(cue, role="date", name="deadline")


def _granted(told: Told, span: TimeSpan) -> Mark | None:
    """The word that grants a time for something: *gave* the strikers until Friday to leave."""
    words, end = told.passage.tokens.words, span.last + 1
    attached = attached_purposes(told.passage.language)
    is_for = told.marks.cue_at("purpose", end) or (
        bool(attached) and end < len(words) and words[end].startswith(attached)
    )
    near = (
        cue
        for cue in told.marks.named("granting")
        if 0 < span.first - cue.last <= GRANTING_GAP
        and COMMAS.isdisjoint(words[cue.last : span.first])
    )
    cue = next(near, None) if is_for else None
    return None if cue is None else replace(cue, role="date", name="deadline")


def _is_in_hours(told: Told, span: TimeSpan) -> bool:
    """Whether a time is told by hours from another: three hours earlier."""
    language = told.passage.language
    hours, words = hour_words(language), told.passage.tokens.words[span.first : span.last + 1]
    if hours.isdisjoint(words) or span.weekday is not None:
        return False
    if not (part_words(language) - hours).isdisjoint(words):
        return False  # in the early hours
    _, _, clock = span.time.timex3.value.partition("T")
    return clock[:2].lstrip("0") not in {word.lstrip("0") for word in words}


def _has_another(told: Told, mark: Mark, span: TimeSpan) -> bool:
    """Whether another day is rather that of the word: opened in 1967, will close on Sunday; went
    down on Saturday, and came up on Sunday. Of a deadline it is the one until which, or ahead."""
    if mark.name == "deadline":
        if span is told.times.since:
            return False
        events = _events(told)
        latest = max(event.latest for s in events if (event := days(s.time)))
        event = days(span.time)
        ahead = event is not None and event.latest >= latest
        return not (_is_until(span) or (ahead and not any(map(_is_until, events))))
    begun = _begins(told, mark, span)
    if not begun and span.last < mark.first and _is_told_after(told, mark, span):
        return True
    return any(
        not begun
        and _far(told, mark, other) < _far(told, mark, span)
        and days(other.time) != days(span.time)
        and not _holds(other, span)
        and not (other.last < mark.first and _is_told_after(told, mark, other))
        for other in dated(told, _events(told), strictly=True)
        if other.time.timex3.type == "DATE" or not _is_in_hours(told, other)
    )


def _holds(long: TimeSpan, span: TimeSpan) -> bool:
    """Whether a time too long to date anything holds another: the only attack *this year*, that of
    12 August."""
    outer, inner = days(long.time), days(span.time)
    if outer is None or inner is None or (outer.latest - outer.earliest).days <= LONGEST_DATE:
        return False
    return outer.earliest <= inner.earliest and inner.latest <= outer.latest


def _is_told_after(told: Told, mark: Mark, span: TimeSpan) -> bool:
    """Whether a word that stands after a time has one of its own behind it: buried on Tuesday the
    first victims of the landslide that hit the camp on Monday."""
    found, words = told.marks, told.passage.tokens.words
    marks = [other.first for other in found.dates if other.first > mark.last]

    def is_its(other: TimeSpan) -> bool:
        between = range(mark.last + 1, other.first)
        relative = any(found.cue_at("relative", i) or found.cue_at("that", i) for i in between)
        return relative and not any(words[i] in COMMAS or i in marks for i in between)

    return any(
        0 < _gap(mark, other) <= DATE_GAP and days(other.time) != days(span.time) and is_its(other)
        for other in dated(told, told.times.events, strictly=True)
        if other.first > mark.last and other.time.timex3.type != "DURATION"
    )


def _is_of_a_verb(told: Told, mark: Mark, span: TimeSpan) -> bool:
    """Whether another verb stands right before the time, and not as that of the word itself: the
    ultimatum, voted on Wednesday; not a truce was decreed on Wednesday."""
    found = told.marks
    verb = next(
        (
            cue
            for cue in found.named("other_verbs")
            if mark.last < cue.first and _is_beside(told, cue, span)
        ),
        None,
    )
    after = any(cue.first == span.last + 1 < mark.first for cue in found.named("other_verbs"))
    after = after or _is_of_the_verb_before(told, mark, span)
    if verb is None or _begins(told, mark, span):
        return after  # police on Thursday questioned a man
    if mark.name == "deadline" and not found.cue_at("planned", verb.first):
        return True
    return not all(found.cue_at("auxiliary", i) for i in range(mark.last + 1, verb.first))


def _is_beside(told: Told, verb: Mark, span: TimeSpan) -> bool:
    """Whether a time stands right behind a verb, or behind *on*: was closed on Monday."""
    gap = span.first - verb.last
    return 0 <= gap <= 1 or (gap == 2 and told.marks.cue_at("on_day", verb.last + 1))


def _is_of_the_verb_before(told: Told, mark: Mark, span: TimeSpan) -> bool:
    """Whether a time is that of a verb before it and not of what its object is told of: hailed on
    Monday the deal that was signed; not: met on Monday and signed the deal."""
    words = told.passage.tokens.words
    if mark.name in EVENTS or any(joins(words[i]) for i in range(span.last + 1, mark.first)):
        return False
    verbs = (cue.last for cue in told.marks.named("other_verbs") if cue.last < span.first)
    return span.last + 1 < mark.first and any(span.first - last <= 1 for last in verbs)


def _is_of_what_followed(told: Told, mark: Mark, span: TimeSpan) -> bool:
    """Whether a time is that of what people did after an event, and the word for the event stands
    elsewhere: arrested a man on Saturday in the shooting; the search for a ferry that capsized was
    called off on Monday; not: questioned the owner of a ferry that sank on Saturday."""
    if mark.name not in EVENTS or _begins(told, mark, span):
        return False
    behind = mark.first - span.last
    if behind == 1 or (behind > 0 and _is_possessive(told, span)):
        return False  # pleaded guilty in Monday's blaze
    events = [m.first for m in told.marks.dates if m.name in EVENTS]
    events += [m.first for m in told.marks.slot_words if m.name in BEFALLS]
    verbs = [
        cue
        for name in ("follows", "other_verbs")
        for cue in told.marks.named(name)
        if cue.first not in events and not _is_verb_of(told, mark, cue)
    ]
    near = [c for c in verbs if span.last < c.first < min(span.last + FOLLOWED_GAP, mark.first)]
    if near and not _parts(told, span.last, near[0].first, events):
        return True  # on Tuesday police arrested a man in the shooting
    words, between = told.passage.tokens.words, range(span.last + 1, mark.first)
    if any(joins(words[i]) or told.marks.cue_at("when", i) for i in between):
        return False  # gathered on Friday when a bomb went off
    return any(
        0 < span.first - verb.last <= FOLLOWED_GAP
        and not _parts(told, verb.last, span.first, events)
        for verb in verbs
    )


def _is_of_a_ratification(told: Told, mark: Mark, span: TimeSpan) -> bool:
    """Whether a time stands nearer to what was done with a deal than to its signing: ratified on
    Thursday the deal signed with Kampala."""
    if mark.name != "signed":
        return False
    return any(
        _gap(cue, span) <= RATIFIED_GAP and _gap(cue, span) <= _gap(mark, span)
        for cue in told.marks.named("ratifies")
    )


def _is_verb_of(told: Told, mark: Mark, verb: Mark) -> bool:
    """Whether a verb tells of the event itself: the fire *began*; the slide that *buried* them."""
    between = range(mark.last + 1, verb.first)
    relative = not between or told.marks.cue_at("relative", between[-1])
    inside = mark.first <= verb.first <= mark.last
    return inside or (verb.first > mark.last and len(between) <= 2 and relative)


def _parts(told: Told, last: int, first: int, events: Sequence[int]) -> bool:
    """Whether another clause begins between two tokens, or an event is told there."""
    return any(
        i in events or any(told.marks.cue_at(name, i) for name in OPENS)
        for i in range(last + 1, first)
    )


def _came_before(told: Told, mark: Mark, span: TimeSpan) -> bool:
    """Whether a time is told of what came after: on Tuesday, in the aftermath of the attack; called
    off on Friday after a barrier collapsed; not 12 died on Friday after it collapsed."""
    found = told.marks
    if _is_what_days_followed(told, mark, span):
        return True
    harmed = any(w.last < span.first and w.name not in OWN_DATES for w in found.slot_words)
    if not harmed and any(found.cue_at("after", i) for i in range(span.last + 1, mark.first)):
        return True
    return any(
        span.last < cue.first and cue.last < mark.first <= cue.last + AFTER_GAP
        for cue in found.named("aftermath")
    )


def _is_what_days_followed(told: Told, mark: Mark, span: TimeSpan) -> bool:
    """Whether a time is so many days after what a word tells: the day after an attack that killed
    14, troops came on Wednesday."""
    words = told.passage.tokens.words
    cues = (cue for name, _ in DAYS_AFTER for cue in told.marks.named(name))
    return any(
        0 < mark.first - cue.last <= AFTER_GAP
        and (
            span.first <= cue.first <= span.last  # le surlendemain de
            or not COMMAS.isdisjoint(words[mark.last + 1 : span.first])
        )
        for cue in cues
    )


def _gap(mark: Mark, span: TimeSpan) -> int:
    return min(abs(mark.first - span.last), abs(span.first - mark.last))


def _far(told: Told, mark: Mark, span: TimeSpan) -> int:
    """Tokens between a word and a time, and more for each comma."""
    begin, end = min(mark.last, span.last) + 1, max(mark.first, span.first)
    words = told.passage.tokens.words[begin:end]
    return _gap(mark, span) + COMMA * sum(word in COMMAS for word in words)


def of_one_end(span: TimeSpan) -> TimeSpan:
    """A time without a beginning or an end as its one end: a deadline *until* Friday is Friday,
    open *since* Monday was opened on Monday. What must be in *before* the 5th, or is not taken
    *after* it, is due on it."""
    time = span.time
    named = WHOLE_DATE.fullmatch(time.timex3.value)
    end = time.timex3.value if named else (time.earliest or time.latest)
    if end is None or (time.earliest and time.latest):
        return span
    return replace(span, time=replace(time, earliest=end, latest=end, edtf=end))


def next_year(span: TimeSpan, published: date, exact: str) -> TimeSpan:
    """A day without a year until which something must be done, if it is read as long past: that of
    next year."""
    day = days(span.time)
    if day is None or (published - day.latest).days < LONG_PAST or str(day.latest.year) in exact:
        return span
    try:
        later = day.latest.replace(year=day.latest.year + 1).isoformat()
    except ValueError:
        return span  # 29 February
    if day.earliest != day.latest:
        return span
    timex3 = replace(span.time.timex3, value=later)
    time = replace(span.time, timex3=timex3, earliest=later, latest=later, edtf=later)
    return replace(span, time=time)


def _dates(told: Told, mark: Mark, story: Story) -> bool:
    """Whether a word can date something here: not the verb of a figure, signed only of a deal."""
    if any(m.name != mark.name and _is_inside(mark, m) for m in told.marks.dates):
        return False  # stopped *shooting*
    if any(figure.span.first == mark.last + 1 for figure in told.figures):
        return False
    if mark.name == "died" and any(
        figure.mark.first <= mark.last
        and mark.first <= figure.mark.last
        and figure.span.quantity.unit in (None, "person")
        for figure in told.figures
    ):
        return False  # 28 deaths since May; not he taught three generations, and died in May
    if mark.first > 0 and told.passage.tokens.words[mark.first - 1] == "-":
        return False  # rebel-held
    idle = told.marks.named("not_dated")
    if any(
        cue.first <= mark.last
        and mark.first <= cue.last
        and not _is_inside(cue, mark)  # le congrès du parti s'ouvre, la goélette partie du port
        and not _begins_a_leaving(told, cue)
        for cue in idle
    ):
        return False  # in power, in the lead: arrivé en tête, quitté la chaussée
    if _is_of_another(told, mark):
        return False
    if mark.name in EVENTS and told.marks.cue_at("other_verbs", mark.first):
        return False  # claimed the attack
    leaving = told.marks.named("leaves")
    alone = any((cue.first, cue.last) == (mark.first, mark.last) for cue in leaving)
    if alone and not _names_a_place(told, mark.last + 1):
        return False  # left 12 dead; not left the country
    return _is_of_a_told_deal(told, mark, story) or not is_no_deal(told, mark)


def _is_inside(mark: Mark, other: Mark) -> bool:
    longer = other.last - other.first > mark.last - mark.first
    return longer and other.first <= mark.first and mark.last <= other.last


def _is_of_a_told_deal(told: Told, mark: Mark, story: Story) -> bool:
    """Whether a word of signing, and of nothing else, is of the deal that the lead tells of: the
    *document* was signed on Monday."""
    if mark.name != "signed" or told.marks.cue_at("begins", mark.first):
        return False
    return not DEALS.isdisjoint(story.event_kinds)


def _is_of_another(told: Told, mark: Mark) -> bool:
    """Whether a word only tells of what another dates: the opening *of the summit*, the signing *of
    the truce*."""
    if mark.name in HEADS or mark.name in BESIDE:
        return False
    found, before = told.marks, mark.first - 1
    while found.cue_at("genitive", before) or found.cue_at("article_words", before):
        before -= 1
    heads = (other for other in found.dates if other.name in HEADS)
    return 0 < mark.first - 1 - before <= HEAD_GAP and any(h.last == before for h in heads)


def _begins_a_leaving(told: Told, idle: Mark) -> bool:
    """Whether what is no act elsewhere begins the sentence and a place follows: partie de Goma."""
    begins = idle.first == told.marks.sentence.first
    return begins and _names_a_place(told, idle.last + 1)


def _names_a_place(told: Told, index: int) -> bool:
    """Whether a place's name begins at a token or shortly after it: left the port of Walvis Bay; or
    any name at it: left Camp Lemonnier."""
    tokens = told.passage.tokens
    if index < len(tokens.starts) and tokens.text[tokens.starts[index]].isupper():
        return True
    return any(0 <= mention.first - index <= PLACE_GAP for mention, _ in told.places)
