"""The verdict on two claims of one fact whose values do not meet: what explains it, if anything.

Each function of VERDICTS is one row of the design's tables. They are asked in order; the first
that answers decides. A verdict names the rule, so that an alert can say why it was raised.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from schemas.messages import Claim
from transforms.claim.lineage import publisher, same_text
from transforms.claim.slots import Slot, slots
from transforms.cross_check.facts import order
from transforms.cross_check.groups import group
from transforms.cross_check.happening import most_killed
from transforms.cross_check.independence import independent, same_lineage
from transforms.cross_check.intervals import agree, days_of, size, told_from_publication
from transforms.cross_check.same_fact import KINDS_OF_SPEAKER, other_speakers, voice
from transforms.key.keys import CASES

# Speakers of which there is one; officials, doctors and residents are many.
MANY = frozenset(
    ("government", "governor", "hospital", "police", "rebels", "activists", "witnesses", "company",
     "local_media", "security_source", "aid_group", "church", "organisers")
)  # fmt: skip
ONE_BODY = KINDS_OF_SPEAKER - MANY
SETTLED_DAYS = 7  # after an event its count no longer runs
EDITIONS = timedelta(hours=6)  # two editions of one story are published this close together
ANOTHER_ORDER = 25  # the larger figure over the smaller
ATTACKERS = "@attackers"  # languages/<lang>/concepts.toml: including the gunman
MOST_ATTACKERS = 5
OF_THE_LIVING = frozenset({"injured", "hospitalised"})
TWO_CROWDS = 5  # the larger crowd over the smaller
MOST_ADDENDS = 12  # figures of an article that are tried as the rest of a sum
ONE_DAY = timedelta(hours=24)
FIGHTING = frozenset({"fighters", "soldiers"})  # desks tell of one fight after another
FREE = timedelta(hours=24)  # a count that moves either way is compared this long

Outcome = Literal[
    "count_conflict", "date_conflict", "stale_source", "edition_conflict", "correction", "denial",
    "update", "waiting", "nothing",
]  # fmt: skip


class Verdict(NamedTuple):
    """What becomes of two claims that do not meet, and the name of the rule that says so."""

    outcome: Outcome
    rule: str


class Case(NamedTuple):
    """Two claims, the earlier first, the claims of their fact, and the feed's time.

    `beside`: the other figures of the slot that their two articles tell.
    """

    earlier: Claim
    later: Claim
    fact: Sequence[Claim]
    slot: Slot
    now: datetime
    beside: Sequence[Claim] = ()


def judge_pair(
    one: Claim,
    other: Claim,
    fact: Sequence[Claim],
    now: datetime,
    beside: Sequence[Claim] = (),
) -> Verdict:
    """The verdict on two claims of one fact that do not meet. Symmetric in the two claims."""
    earlier, later = sorted((one, other), key=lambda c: (c.as_of, order(c)))
    case = Case(earlier, later, fact, slots()[one.slot], now, beside)
    for rule in VERDICTS:
        outcome = rule(case)
        if outcome is not None:
            return Verdict(outcome, rule.__name__.strip("_"))
    return Verdict("nothing", "undecided")


def _taken_back_by_text(case: Case) -> Outcome | None:
    """The text itself says that the figure was revised: from 43 to 38."""
    for new, old in ((case.later, case.earlier), (case.earlier, case.later)):
        if new.context.revised_from is not None and new.context.revised_from == size(old):
            return "correction" if size(new) < size(old) or _settled(case) else "update"
    return None


def _taken_back_by_version(case: Case) -> Outcome | None:
    """A new version of the article gives another figure."""
    one, other = case.earlier.article, case.later.article
    if one.uri != other.uri or one.version == other.version:
        return None
    old, new = sorted((case.earlier, case.later), key=lambda c: c.article.version)
    runs = case.slot.kind == "count" and case.slot.course != "fixed"
    if runs and _moves(case.slot, old, new) and not _settled(case):
        return "update"
    return "correction"


def _one_voice(case: Case) -> Outcome | None:
    """One source with one speaker does not disagree with itself; it moves on.

    A text in another outlet that gives another figure is no copy of it.
    """
    one, other = case.earlier, case.later
    if one.article.lineage != other.article.lineage:
        return None
    if publisher(one.article.source) == publisher(other.article.source) and (
        one.article.language != other.article.language
    ):
        return None  # editions in two languages: the next rule
    if one.article.uri == other.article.uri and one.speaker != other.speaker:
        return None  # two speakers in one article
    if other_speakers(one, other):
        return None  # another speaker, in the same outlet
    return "update"


def _two_editions(case: Case) -> Outcome | None:
    """One publisher's editions in two languages, made of one story, differ."""
    one, other = case.earlier.article, case.later.article
    if one.language == other.language or publisher(one.source) != publisher(other.source):
        return None
    apart = abs(one.published - other.published)
    if apart > timedelta(hours=case.slot.catch_up) and _running_count(case):
        return "update"
    return "edition_conflict" if apart <= EDITIONS else None


def _two_dates(case: Case) -> Outcome | None:
    """Two dates of one happening.

    Today and yesterday are told from the day of publication, which is another for an article that
    is printed again, or across a time zone: they prove nothing.
    """
    if case.slot.kind != "date":
        return None
    deictic = any(map(told_from_publication, (case.earlier, case.later)))
    return "nothing" if deictic else "date_conflict"


def _of_another_order(case: Case) -> Outcome | None:
    """Figures this far apart are of two things: an attack's and the war's."""
    low, high = sorted((size(case.earlier), size(case.later)))
    return "nothing" if case.slot.kind == "count" and high > ANOTHER_ORDER * max(low, 1) else None


def _two_speakers_in_one_article(case: Case) -> Outcome | None:
    """One article sets two speakers' figures against each other."""
    one, other = case.earlier, case.later
    same = one.article.uri == other.article.uri and one.article.version == other.article.version
    if not same or one.speaker == other.speaker:
        return None
    return _sum_of_parts(case) or "count_conflict"


def _running_count(case: Case) -> Outcome | None:
    """Later and higher (or, of a count that falls, lower) is an update while the count runs."""
    if case.slot.course not in ("rises", "falls") or _settled(case):
        return None
    if case.earlier.as_of == case.later.as_of:
        return None
    return "update" if _moves(case.slot, case.earlier, case.later) else None


def _count_moved(case: Case) -> Outcome | None:
    """The higher figure is told as one the count rose to. Or which is newer is not known, and one
    speaker gave both, or the lower is told as one that moves and not by another speaker."""
    if case.slot.course != "rises" or _settled(case):
        return None
    if abs(case.earlier.as_of - case.later.as_of) > ONE_DAY:
        return None
    low, high = sorted((case.earlier, case.later), key=size)
    if low.as_of - high.as_of > timedelta(hours=case.slot.patience):
        return None  # whoever tells the lower had time to hear of the higher
    below, above = _told_again(low, case), _told_again(high, case)
    if any(claim.context.running for claim in above):
        return "update"
    if low.as_of != high.as_of:
        return None
    if low.speaker is not None and high.speaker is not None:
        return "update" if voice(low) == voice(high) else None
    speakers = set(map(voice, below)) & set(map(voice, above)) & ONE_BODY
    return "update" if speakers or any(claim.context.running for claim in below) else None


def _told_again(claim: Claim, case: Case) -> list[Claim]:
    """A claim and those of the fact by which its article tells the same figure."""
    again = (
        c
        for c in case.fact
        if c.article.uri == claim.article.uri
        and c.article.version == claim.article.version
        and _same_value(c, claim)
    )
    return [claim, *again]


def when_caught_up(one: Claim, other: Claim) -> tuple[Claim, datetime]:
    """The later of two claims, and until when it is too early to judge them."""
    later = max((one, other), key=lambda c: (c.as_of, order(c)))
    return later, later.article.published + timedelta(hours=slots()[later.slot].catch_up)


def _has_caught_up(case: Case) -> Outcome | None:
    """Who told the figure that goes back tells the other soon after: he had not heard of it."""
    if case.slot.course not in ("rises", "falls"):
        return None
    if not _moves(case.slot, case.later, case.earlier):
        return None
    soon = case.later.as_of + timedelta(hours=case.slot.patience)
    since = (c for c in case.fact if case.later.as_of < c.as_of <= soon and agree(c, case.earlier))
    own = case.later.article.lineage
    return "update" if any(c.article.lineage == own for c in since) else None


def _too_early(case: Case) -> Outcome | None:
    """Desks need time to catch up before a figure that goes back counts against them."""
    if case.slot.course not in ("rises", "falls"):
        return None
    _, caught_up = when_caught_up(case.earlier, case.later)
    return "waiting" if case.now < caught_up else None


def _older_figure_again(case: Case) -> Outcome | None:
    """The later claim repeats a figure that was given before the others moved on."""
    if case.slot.course not in ("rises", "falls") or case.earlier.as_of == case.later.as_of:
        return None
    if case.later.counted in FIGHTING:
        return None
    before = [c for c in _told_before(case) if not _is_copy(c, case.later)]
    if not before:
        return None
    if any(same_lineage(c, case.later) for c in before):
        return "stale_source"
    waited = case.later.article.published - timedelta(hours=case.slot.patience)
    moved_on = [
        c
        for c in case.fact
        if c.article.published <= waited
        and not agree(c, case.later)
        and _moves(case.slot, case.later, c)
    ]
    if independent(moved_on) >= 2:
        return "stale_source"
    return "nothing" if case.earlier.article.published > waited else None


def _sum_of_parts(case: Case) -> Outcome | None:
    """One is a part of the other: with others told beside them the lower makes up the higher; or
    both are parts, and their sum is told beside them.

    A toll that was told before is no part of the one it rose to: 12 more found, 17 in all.
    """
    if case.slot.kind != "count" or not case.beside or _told_before(case):
        return None
    low, high = sorted((size(case.earlier), size(case.later)))
    rest = high - low
    others = sorted({size(c) for c in case.beside} - {low, high})[:MOST_ADDENDS]
    sums = {*others, *(a + b for a in others for b in others if a < b)}
    return "nothing" if rest in sums or low + high in others else None


def _told_before(case: Case) -> list[Claim]:
    """The claims of the fact that gave the later figure before the earlier of the two."""
    return [c for c in case.fact if c.as_of < case.earlier.as_of and _same_value(c, case.later)]


def _died_of_wounds(case: Case) -> Outcome | None:
    """Fewer are wounded where more have died since, by as many at least."""
    if case.slot.name not in OF_THE_LIVING:
        return None
    fewer = size(case.earlier) - size(case.later)
    before, since = (most_killed(claim) for claim in (case.earlier, case.later))
    if before is None or since is None:
        return None
    return "update" if 0 < fewer <= since - before else None


def _crowds_apart(case: Case) -> Outcome | None:
    """Crowds of another order are two crowds of one day, unless two sides count one."""
    if case.slot.family != "crowd" or case.slot.course != "fixed":
        return None
    low, high = sorted((size(case.earlier), size(case.later)))
    told = other_speakers(case.earlier, case.later)
    return "nothing" if high >= TWO_CROWDS * low and not told else None


def _attackers_counted(case: Case) -> Outcome | None:
    """One figure counts those who attacked, the other does not, by what the text says."""
    told = ATTACKERS in case.earlier.context.words or ATTACKERS in case.later.context.words
    apart = abs(size(case.earlier) - size(case.later))
    return "nothing" if told and case.slot.unit == "person" and apart <= MOST_ATTACKERS else None


def _moves_freely(case: Case) -> Outcome | None:
    """A count that moves either way is only compared within a day."""
    if case.slot.course != "free":
        return None
    return None if abs(case.later.as_of - case.earlier.as_of) <= FREE else "nothing"


def _two_figures(case: Case) -> Outcome | None:
    """Nothing explains the difference."""
    return "count_conflict"


VERDICTS: Sequence[Callable[[Case], Outcome | None]] = (
    _taken_back_by_text,
    _taken_back_by_version,
    _two_editions,
    _one_voice,
    _two_dates,
    _of_another_order,
    _two_speakers_in_one_article,
    _running_count,
    _died_of_wounds,
    _crowds_apart,
    _count_moved,
    _has_caught_up,
    _too_early,
    _older_figure_again,
    _sum_of_parts,
    _attackers_counted,
    _moves_freely,
    _two_figures,
)


def _is_copy(one: Claim, other: Claim) -> bool:
    """Whether two claims stand in one article, or in the same text under two names."""
    return one.article.uri == other.article.uri or same_text(
        one.article.fingerprint, other.article.fingerprint
    )


def _same_value(one: Claim, other: Claim) -> bool:
    return group(one) == group(other) and agree(one, other)


def _moves(slot: Slot, earlier: Claim, later: Claim) -> bool:
    """Whether the later figure lies where the count goes."""
    return size(later) > size(earlier) if slot.course == "rises" else size(later) < size(earlier)


def _settled(case: Case) -> bool:
    """Whether the earlier figure was final, or the event a week past, as no outbreak is."""
    if case.earlier.context.final:
        return True
    if case.earlier.event_time is None or case.slot.name == CASES:
        return False
    last = date.fromisoformat(case.earlier.event_time.split("/")[-1])
    return (case.earlier.as_of.date() - last).days > SETTLED_DAYS


def one_day_apart(one: Claim, other: Claim) -> bool:
    """Whether two dates touch: what a time zone or midnight can join."""
    first = days_of(one.time) if one.time else None
    second = days_of(other.time) if other.time else None
    if first is None or second is None:
        return False
    return max((first[0] - second[1]).days, (second[0] - first[1]).days) == 1
