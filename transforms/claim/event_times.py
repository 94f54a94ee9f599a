"""When what a figure counts happened, by the times of its own sentence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

from msgspec.structs import replace

from transforms.claim.figures import Figure
from transforms.claim.lexicon import Mark, split
from transforms.claim.marks import COMMAS, joins
from transforms.claim.setting import Days, days
from transforms.claim.slots import Slot
from transforms.claim.told import Told
from transforms.extract.times import TimeSpan
from transforms.languages.load import table

LONGEST_PAIR = 3  # days that two joined dates can span
COURT_GAP = 2  # tokens between a verb of a court and its date
EVENT_GAP = 2  # tokens from the word for an event to its time
RELATIVE_GAP = 5  # tokens from a time to the verb of what is told of its event
LEADS = 3  # tokens of a sentence that a day begins
OWN_GAP = 3  # tokens between a verb and its date
STATE_DAYS = 10  # those missing since a day so near are of that day's event
WEEK = timedelta(days=7)
# What has a date of its own beside that of the event a sentence tells of.
OWN_DATES = frozenset(
    ("arrived", "departed", "opened", "signed", "held", "deadline", "ceasefire",
     "detained", "hospitalised", "released", "sentenced", "deployed")
)  # fmt: skip
# What dates the same as what a slot counts: 8,100 refugees who arrived on Sunday.
SAME = {"refugees": "arrived", "withdrawn": "departed"}
DEALS = frozenset({"deal", "ceasefire"})  # what is signed
EVENTS = frozenset({"attacked", "struck"})  # of slots that date an event
# What an event does to people and things, on its day.
BEFALLS = frozenset(
    ("killed", "injured", "casualties", "missing", "trapped", "destroyed", "damaged",
     "homeless", "displaced", "rescued", "abducted")
)  # fmt: skip
# What lasts since its day: they had to leave, stand there, are on strike.
LASTING = frozenset(
    ("displaced", "homeless", "evacuated", "refugees", "hosted", "deployed", "crowd")
)  # fmt: skip
COUNTED = frozenset({"noun", "total"})  # a slot word that is no verb
# Cues of so many days after what is told of: the day after the blast.
DAYS_AFTER = (("week_after", 7), ("two_days_after", 2), ("day_after", 1))
DAY_REACH = 16  # tokens from "the day" to the verbs that say what happened then
DAY_AFTER_REACH = 18  # tokens between "the day after the blast" and a figure
EVENT_REACH = 12  # tokens between the word for an event and its date
SHARED_GAP = 4  # tokens between two verbs that share an auxiliary
AFTER_REACH = 4  # tokens from "three days" to the event after which it was so long
CLAUSE = 5  # tokens by which a word that begins another clause is farther
OF_EVENT = 6  # tokens by which a date at the word for an event is nearer
AHEAD = frozenset({"planned", "possible", "imagined"})


def event_of(
    told: Told, figure: Figure, published: date, happened: Days | None = None
) -> Days | None:
    """The days of what a figure counts; None where its sentence does not tell them.

    `happened`: the only day of an event that the article tells.

    Those still missing on a day are so after an event before it: its day is told by *since*, by
    *two days after*, or elsewhere.
    """
    state = figure.slot.course == "falls"
    since = told.times.since
    if since is not None and begins_a_state(since, figure.slot, Days(published, published)):
        return days(since.time)
    if since is not None and _is_told_of(told, since, figure):
        return days(replace(since.time, earliest=None, latest=None)) or _year(since)
    for span in told.times.later:
        if state or span.first < figure.mark.first:
            count = int(span.time.timex3.value[1:-1])
            return _days_before(told, span.first, span.last, count, published)
    for name, count in DAYS_AFTER:
        for cue in told.marks.named(name):
            if not 0 < figure.span.first - cue.last <= DAY_AFTER_REACH:
                continue
            read = (s for s in told.all_times if s.first <= cue.first <= cue.last < s.last)
            day = next((days(s.time) for s in read), None)  # two days after Saturday
            if day is not None:
                itself = day.earliest - timedelta(days=count)
                return Days(itself, itself)
            return _days_before(told, cue.first, cue.last, count, published)
    event = _nearest(told, figure, published, happened)
    today = event is not None and event.latest >= published - timedelta(days=1)
    if state and today and told.marks.named("still"):
        return None
    return event


def _days_before(told: Told, begin: int, last: int, count: int, published: date) -> Days:
    """The day so many days before what a sentence tells, by the tokens that say so.

    On Thursday, the day *after* the march. Where it tells that day itself, that one: two days after
    Saturday's blast, on Monday; two days after the blast on Saturday, read on Monday.
    """
    words = told.passage.tokens.words
    free = (s for s in told.times.events if s.last < begin or s.first > last)  # le surlendemain
    named = [(s.first, d.earliest) for s in free if (d := days(s.time))]
    # what a comma sets off is another day: a day after the blast, troops came on Wednesday
    beside = [d for first, d in named if COMMAS.isdisjoint(words[last + 1 : max(first, last)])]
    ahead = [day for first, day in named if first < last]
    from_days = [day for _, day in named] + ([] if ahead else [published])
    before = [day - timedelta(days=count) for day in from_days]
    itself = next((day for day in before if day in beside), None)
    day = itself or (ahead[-1] - timedelta(days=count) if ahead else min(before[:-1] or before))
    return Days(day, day)


def event_before(told: Told, published: date) -> Days | None:
    """The day of an event some days after which a sentence tells of something else: on Wednesday
    the bishop spoke, three days after the ambush."""
    events = [mark.first for mark in (*told.marks.event_kinds, *told.marks.dates)]
    for span in told.times.later:
        if any(0 < first - span.last <= AFTER_REACH for first in events):
            count = int(span.time.timex3.value[1:-1])
            return _days_before(told, span.first, span.last, count, published)
    return None


def _year(span: TimeSpan) -> Days | None:
    """The year that a time names."""
    named = span.time.timex3.value[:4]
    return Days(date(int(named), 1, 1), date(int(named), 12, 31)) if named.isdecimal() else None


def _is_told_of(told: Told, since: TimeSpan, figure: Figure) -> bool:
    """Whether a figure is of the event since which something is so: since the 1988 quake that
    killed 25,000."""
    if of_the_day(told, figure.mark.first, since):
        return True
    between = range(since.last + 1, min(figure.span.first, figure.mark.first))
    event = (*told.marks.event_kinds, *told.marks.dates)
    of_event = any(since.first - EVENT_GAP <= mark.first < between.stop for mark in event)
    relative = any(told.marks.cue_at("relative", i) for i in between)
    return of_event and relative and len(between) <= RELATIVE_GAP


def of_the_day(told: Told, verb: int, span: TimeSpan) -> bool:
    """Whether a verb behind a time says what happened that day: shut since 11 October, *the day*
    rebels attacked the post and killed six."""
    words, behind = told.passage.tokens.words, (span.last + 1, span.last + 2)
    for cue in told.marks.named("day_on_which"):
        if cue.first in behind and cue.last < verb <= cue.last + DAY_REACH:
            return COMMAS.isdisjoint(words[cue.last : verb])
    return False


def begins_a_state(since: TimeSpan, slot: Slot, near: Days) -> bool:
    """Whether *since* tells when those missing, trapped or displaced became so, not a span that is
    counted."""
    start = days(since.time)
    if start is None or (slot.course != "falls" and slot.name not in LASTING):
        return False
    return (near.latest - start.earliest).days <= STATE_DAYS


def _nearest(told: Told, figure: Figure, published: date, happened: Days | None) -> Days | None:
    """The days of the time nearest to a figure's slot word; two that are joined are one span."""
    free = [s for s in told.times.events if not _owned(told, s, figure)]
    told_by = max(figure.mark.last, figure.span.last)
    read = [(span, happened_on(told, span, published, told_by)) for span in dated(told, free)]
    found = [(span, event) for span, event in read if event]
    if not found:
        return None
    nearest, event = min(found, key=lambda s: (_distance(told, s[0], figure), s[0].first))
    if _is_of_a_count(told, nearest, figure):
        earlier = [e for s, e in found if tells_an_event(told, s)] + [happened]
        before = [e for e in earlier if e and WEEK > event.earliest - e.latest > timedelta(0)]
        if before:
            return before[0]
    for other, beside in found:
        gap = max(other.first - nearest.last, nearest.first - other.last)
        if gap == 1 or (gap == 2 and _joined(told, nearest, other)):  # on Sunday and Monday
            both = Days(min(event.earliest, beside.earliest), max(event.latest, beside.latest))
            if (both.latest - both.earliest).days <= LONGEST_PAIR:
                event = both
    return event


def _is_of_a_count(told: Told, span: TimeSpan, figure: Figure) -> bool:
    """Whether a figure was only counted, found or told on a day: divers brought up seven bodies on
    Monday, for what capsized on Sunday. A verb (shot dead on Monday) tells what happened then."""
    if figure.slot.name not in BEFALLS or tells_an_event(told, span):
        return False
    if span is told.times.by or not _is_a_verb(told, figure.mark):
        return True
    mark = figure.mark
    between = range(min(mark.last, span.last) + 1, max(mark.first, span.first))
    words = told.passage.tokens.words
    return any(words[i] in COMMAS for i in between) and any(
        cue.first in between for cue in told.marks.named("speech")
    )


def _is_a_verb(told: Told, mark: Mark) -> bool:
    """Whether a slot word is a verb here: were injured, not 12 injured."""
    if mark.role not in COUNTED:
        return True
    same = {m.role for m in told.marks.slot_words if m.first == mark.first}
    before = (mark.first - 1, mark.first - 2)
    if same <= COUNTED:
        return False
    if any(told.marks.cue_at("auxiliary", i) for i in before):
        return True
    return any(
        _goes_on(told, verb, mark) and _is_a_verb(told, verb) for verb in told.marks.slot_words
    )


def _goes_on(told: Told, verb: Mark, mark: Mark) -> bool:
    """Whether a verb is followed by another that shares its auxiliary: two were killed *and six
    wounded*."""
    words, between = told.passage.tokens.words, range(verb.last + 1, mark.first)
    joined = 2 <= len(between) <= SHARED_GAP and joins(words[verb.last + 1])
    return (
        verb.role == mark.role
        and joined
        and any(f.span.last == mark.first - 1 for f in told.figures)
    )


def tells_an_event(told: Told, span: TimeSpan) -> bool:
    """Whether a date is that of a word for an event: the strike on the market on Friday."""
    found, words = told.marks, told.passage.tokens.words
    if is_of_event(told, span):
        return True
    times = [other.first for other in told.all_times if other is not span]
    stops = [*times, *(figure.span.first for figure in told.figures)]
    stops += [cue.first for name in ("speech", "other_verbs") for cue in found.named(name)]
    return any(
        0 < span.first - mark.last <= EVENT_REACH
        and not any(mark.last < stop < span.first for stop in stops)
        and COMMAS.isdisjoint(words[mark.last + 1 : span.first])
        for mark in found.dates
        if mark.name in EVENTS and not found.cue_at("other_verbs", mark.first)
    )


def _joined(told: Told, one: TimeSpan, other: TimeSpan) -> bool:
    between = told.passage.tokens.words[min(one.last, other.last) + 1]
    return joins(between) or between in "-–/"


def dated(told: Told, spans: Sequence[TimeSpan], strictly: bool = False) -> Sequence[TimeSpan]:
    """Without times of the clock, which tell no day; nor mere parts of the day (at night) where
    another time says which. `strictly`: nor where none does."""
    words = told.passage.tokens.words
    clock, parts = clock_words(told.passage.language), part_words(told.passage.language)
    days = [
        s
        for s in spans
        if s.time.timex3.type != "TIME"
        or not all(w in clock or w.isdecimal() for w in words[s.first : s.last + 1])
    ]
    whole = [s for s in days if not parts.issuperset(words[s.first : s.last + 1])]
    return whole if strictly else whole or days


@cache
def part_words(language: str) -> frozenset[str]:
    """The words of times.toml that name a part of the day, and what stands before them."""
    tables = table(language, "times")
    lead = tables["lead"]
    return _words(lead["part"], lead["the"], lead["in"], *tables["parts"].values())


@cache
def clock_words(language: str) -> frozenset[str]:
    """The words of times.toml that tell the hour: 9 p.m., 21 heures."""
    lists = [words for words in table(language, "times")["clock"].values() if words]
    return _words(*(words for words in lists if isinstance(words, list))) | set(".:h")


@cache
def hour_words(language: str) -> frozenset[str]:
    """The words of times.toml for an hour as a length of time."""
    return _words(table(language, "times")["units"]["hour"])


@cache
def attached_purposes(language: str) -> tuple[str, ...]:
    """What a word that tells what for begins with, where it is attached: لتسليم, to hand over."""
    purposes = table(language, "claims")["cues"].get("purpose", ())
    return tuple(word[:-1] for word in purposes if word.endswith("-"))


@cache
def feasts(language: str) -> frozenset[tuple[str, ...]]:
    """The names of feasts in times.toml, as tokens."""
    named = table(language, "times")["holidays"].values()
    return frozenset(tuple(split(phrase)) for phrases in named for phrase in phrases)


def _words(*lists: list[str]) -> frozenset[str]:
    phrases = (phrase for words in lists for phrase in words)
    return frozenset(word for phrase in phrases for word in split(phrase))


def happened_on(told: Told, span: TimeSpan, published: date, told_by: int) -> Days | None:
    """The days of a time; what is told as having happened did not happen on a day to come.

    A weekday read as the next one is the last one; another day to come dates nothing. `told_by`:
    the token by which all is told that may say that it is planned, in its own clause: the boat is
    to help the families of a town *where Sunday's rains killed seven*.
    """
    event = days(span.time)
    if event is None or event.earliest <= published:
        return event
    begins = min(span.first, told_by)
    clause = max((c.last for c in told.marks.named("relative") if c.last < begins), default=-1)
    if any(clause < cue.first <= told_by for name in AHEAD for cue in told.marks.named(name)):
        return event
    words = tuple(told.passage.tokens.words[span.first : span.last + 1])
    feast = words in feasts(told.passage.language)
    if event.earliest == event.latest and event.earliest - published < WEEK and not feast:
        return Days(event.earliest - WEEK, event.latest - WEEK)
    return None


def _distance(told: Told, span: TimeSpan, figure: Figure) -> int:
    """Tokens between a date and a figure's slot word; a comma counts as four, a colon as ten (the
    damage was counted on Thursday: 150 houses), a semicolon as twenty, and a word that begins
    another clause as six: sought on Monday three men who killed 14 at the weekend."""
    words, index = told.passage.tokens.words, _told_at(told, figure.mark)
    between = range(span.last + 1, index) if span.last < index else range(index + 1, span.first)
    cost = {",": 3, "،": 3, ":": 9, ";": 19, "؛": 19}
    own = OF_EVENT if figure.slot.name not in OWN_DATES and is_of_event(told, span) else 0
    opens = [told.marks.cue_at("after", i) or told.marks.cue_at("relative", i) for i in between]
    clauses = sum(opens) if span.last < index else 0
    return sum(1 + cost.get(words[i], 0) for i in between) + CLAUSE * clauses - own


def _told_at(told: Told, mark: Mark) -> int:
    """The token of what happened: of a pair that begins with what came after, its end (*buried* on
    Wednesday seven *killed* on Monday)."""
    after = mark.tail is not None and told.marks.cue_at("other_verbs", mark.first)
    return mark.tail if after and mark.tail is not None else mark.first


def is_of_event(told: Told, span: TimeSpan) -> bool:
    """Whether a date stands at the word for an event: Monday's crash, the attack on Monday."""
    words, last = told.passage.tokens.words, span.last
    if words[last + 1 : last + 2] in (("'",), ("’",)):
        last += 2  # Monday's
    return any(
        0 < mark.first - last <= 2 or 0 < span.first - mark.last <= 2
        for mark in told.marks.dates
        if mark.name in EVENTS and not told.marks.cue_at("other_verbs", mark.first)
    )


def _in_an_aside(told: Told, span: TimeSpan, figure: int) -> bool:
    """Whether a date stands between commas in what tells of somebody else: the Red Cross, whose
    engineers came on Tuesday, says that 75 houses…; not where a bomb went off on Tuesday."""
    words, whole = told.passage.tokens.words, told.marks.sentence
    opens = next((i for i in range(span.first - 1, whole.first, -1) if words[i] in COMMAS), None)
    closes = next((i for i in range(span.last + 1, whole.last) if words[i] in COMMAS), None)
    if opens is None or closes is None or opens < figure < closes:
        return False
    event = any(m.name in EVENTS and opens < m.first < closes for m in told.marks.dates)
    return told.marks.cue_at("relative", opens + 1) and not event


def _was_told_of(told: Told, span: TimeSpan, figure: Figure) -> bool:
    """Whether on a day that begins a sentence somebody was told of what a figure counts: on Tuesday
    the court *heard how* 12 were killed."""
    begins = span.first - told.marks.sentence.first < LEADS
    until = min(figure.span.first, figure.mark.first)
    return begins and any(span.last < cue.first < until for cue in told.marks.named("told_of"))


def is_no_deal(told: Told, mark: Mark) -> bool:
    """Whether a word of signing stands in a sentence that tells of nothing to sign (وقع: it took
    place)."""
    return mark.name == "signed" and not any(m.name in DEALS for m in told.marks.event_kinds)


def is_of_court(told: Told, span: TimeSpan) -> bool:
    """Whether a court's verb stands right beside the time: on Wednesday convicted three men of the
    attack."""
    return any(
        0 < cue.first - span.last <= 1 or 0 < span.first - cue.last <= COURT_GAP
        for cue in told.marks.named("of_court")
    )


def _owned(told: Told, span: TimeSpan, figure: Figure) -> bool:
    """Whether the date is that of another verb right before it: *arrived on Tuesday*; ont pris
    *fin mercredi*, where the verb's last word is read with the date."""
    found, mark = told.marks, figure.mark
    if figure.slot.name != "sentenced" and is_of_court(told, span):
        return True
    if any(mark.first < c.first < span.first for c in found.named("old")):
        return True  # up from 12 on Monday
    if _in_an_aside(told, span, figure.span.first) or _was_told_of(told, span, figure):
        return True
    if figure.slot.name == "infected" and is_of_event(told, span):
        return True  # the January floods, after which 214 fell ill
    own = (mark.name, SAME.get(figure.slot.name))
    others = [*found.named("other_verbs")]
    others += [m for m in found.dates if m.name in OWN_DATES and not is_no_deal(told, m)]
    others += [m for m in found.slot_words if m.name in OWN_DATES]
    at = _told_at(told, mark)
    return any(
        0 <= span.first - m.last <= OWN_GAP and not (m.first <= mark.last and at <= m.last)
        for m in others
        if m.name not in own
    )
