"""What the feed keeps of a key, and what one more article changes.

The state is a log of small entries that is only added to, and written anew when more than half of
it is out of date: so one more claim costs as much to keep as it says. Read back, the order of the
entries does not matter. Only the claims that hang together with those that changed are judged
again, with the pairs found before: so one more claim costs as much to judge as its fact has
positions. What comes out is what differs from what was told last.

At every moment and in whatever order articles came, the discrepancies told last are those of
transforms.cross_check.judge.across over all that was told; others are told as resolved.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import datetime, timezone
from typing import NamedTuple

import msgspec

from schemas.messages import Claim, Discrepancy, ResolvedReason
from transforms.cross_check.facts import (
    ArticleSlot,
    Facts,
    Pair,
    article_slot,
    joined,
    paired,
    slack,
)
from transforms.cross_check.intervals import is_precise
from transforms.cross_check.judge import across, resolved
from transforms.cross_check.keeping import Change, Kept
from transforms.cross_check.same_fact import comparable, same_fact
from transforms.cross_check.views import Counts, View, view
from transforms.key.editions import Clock, Told

VERSION = b"\x01"
LONG = 31  # days; an event time that spans more is looked at by all
EARLIEST = datetime(1, 1, 1, tzinfo=timezone.utc)


# --- Entries of the log -------------------------------------------------------------------------


class HeardEntry(msgspec.Struct, frozen=True, gc=False, tag="heard"):
    """A claim that is kept, in its state, and the score of each claim it is of one fact with."""

    claim: Claim
    clock: Clock
    alike: dict[str, float] = {}


class OutletsEntry(msgspec.Struct, frozen=True, gc=False, tag="outlets"):
    """More outlets that say what a claim says."""

    claim: str
    outlets: tuple[str, ...]


class SaidEntry(msgspec.Struct, frozen=True, gc=False, tag="said"):
    """The last that was told of a discrepancy; without its claims. Of two, the higher number."""

    number: int
    id: str
    digest: bytes
    claims: tuple[str, ...] = ()
    discrepancy: Discrepancy | None = None  # None: it is told no more


class DueEntry(msgspec.Struct, frozen=True, gc=False, tag="due"):
    """When the verdict on a claim can change without another claim, None when it was judged then;
    and how late it was when that was found."""

    now: datetime
    due: dict[str, datetime | None] = {}


Entry = HeardEntry | OutletsEntry | SaidEntry | DueEntry
_decoders = {VERSION: msgspec.msgpack.Decoder(Entry).decode}


def encode(entry: Entry) -> bytes:
    """An entry as it is kept: a byte for the version of the format, then msgpack."""
    return VERSION + msgspec.msgpack.encode(entry)


def decode(entry: bytes) -> Entry:
    """The entry that was encoded, by this release or an earlier one.

    Raises ValueError for a version that this release does not know.
    """
    decoder = _decoders.get(entry[:1])
    if decoder is None:
        raise ValueError(f"state of version {entry[0]}: made by a later release of Tally")
    found: Entry = decoder(entry[1:])
    return found


# --- The state of a key -------------------------------------------------------------------------


class Outcome(NamedTuple):
    """What came of an article or of time passing.

    `messages` to publish; `log`: entries to add; `due`: when to look again, by event time.
    """

    messages: list[Discrepancy]
    log: list[Entry]
    due: datetime | None


class State:
    """What is known under one key."""

    def __init__(self, key: str) -> None:
        self.key = key
        self.kept = Kept()
        self.now = EARLIEST
        self._alike: dict[str, dict[str, Pair]] = {}
        self._near = _Near()
        self._figures: dict[ArticleSlot, set[str]] = {}
        self._said: dict[str, SaidEntry] = {}
        self._said_of: dict[str, set[str]] = {}
        self._due: dict[str, datetime] = {}
        self._number = 0

    @classmethod
    def of(cls, key: str, log: Iterable[bytes]) -> State:
        """The state that a log holds, whatever the order of its entries."""
        state = cls(key)
        entries = [decode(entry) for entry in log]
        state._read_claims([e for e in entries if isinstance(e, HeardEntry)])
        claims = {e.claim.id: e.claim for e in entries if isinstance(e, HeardEntry)}
        for entry in entries:
            if isinstance(entry, OutletsEntry):
                state.kept.add_outlets(claims[entry.claim], entry.outlets)
            elif isinstance(entry, SaidEntry):
                known = state._said.get(entry.id)
                if known is None or entry.number > known.number:
                    state._said[entry.id] = entry
                state._number = max(state._number, entry.number)
            elif isinstance(entry, DueEntry):
                state.now = max(state.now, entry.now)
        due = [d for entry in entries if isinstance(entry, DueEntry) for d in entry.due.items()]
        judged = {name for name, at in due if at is None} | (claims.keys() - state.kept.heard)
        state._due = {name: at for name, at in due if at is not None and name not in judged}
        state._settle()
        return state

    def _read_claims(self, heard: Sequence[HeardEntry]) -> None:
        by_article: dict[tuple[str, Clock], list[Claim]] = {}
        for entry in heard:
            by_article.setdefault((entry.claim.article.uri, entry.clock), []).append(entry.claim)
        for (uri, clock), claims in by_article.items():
            self.kept.tell(Told(uri, clock, tuple(claims)))
        kept = self.kept.claims
        for entry in heard:
            for other, score in entry.alike.items():
                if entry.claim.id in kept and other in kept:
                    self._join(kept[entry.claim.id], kept[other], score)

    def _settle(self) -> None:
        """Indexes the claims that were read, and what was told of them."""
        for claim in self.kept.claims.values():
            self._index(view(claim))
            self.now = max(self.now, claim.article.published)
        for said in [*self._said.values()]:
            self._remember(said)

    def tell(self, *tells: Told) -> Outcome:
        """Takes in what articles tell, and judges it together."""
        stirred: set[str] = set()
        dropped: set[str] = set()
        log: list[Entry] = []
        for each in tells:
            change = self.kept.tell(each)
            stirred |= self._take(change, log)
            dropped |= change.dropped
        return self._judged(stirred, dropped, log)

    def _take(self, change: Change, log: list[Entry]) -> set[str]:
        """Takes in a change of what is kept, adds it to the log; gives the claims it matters to."""
        stirred = set(change.restated)
        for name in change.dropped:
            stirred |= self._drop(name)
        for name in sorted(change.added):
            claim = self.kept.heard[name].claim
            self._add(claim)
            self.now = max(self.now, claim.article.published)
            stirred.add(name)
        for name in sorted(change.added | change.restated):
            heard = self.kept.heard[name]
            alike = self._alike.get(name, {}) if name in change.added else {}
            log.append(HeardEntry(heard.claim, heard.clock, _scores(alike)))
            stirred |= self._figures.get(article_slot(heard.claim), set())
        for name, outlet in change.outlets:
            log.append(OutletsEntry(name, (outlet,)))
            stirred.add(name)
        return stirred

    def pass_time(self) -> Outcome:
        """Judges again what was due first."""
        if not self._due:
            return Outcome([], [], None)
        self.now = max(self.now, min(self._due.values()))
        return self._judged({n for n, due in self._due.items() if due <= self.now}, (), [])

    def rewritten(self) -> list[Entry]:
        """The whole log, anew: only what is still needed."""
        log: list[Entry] = []
        told: set[str] = set()
        for name, heard in self.kept.heard.items():
            earlier = {o: pair for o, pair in self._alike.get(name, {}).items() if o in told}
            log.append(HeardEntry(heard.claim, heard.clock, _scores(earlier)))
            told.add(name)
            others = self.kept.others(heard.claim)
            if others:
                log.append(OutletsEntry(name, tuple(sorted(others))))
        log += self._said.values()
        log.append(DueEntry(self.now, {**self._due}))
        return log

    @property
    def open(self) -> int:
        """How many discrepancies were told as open and are still."""
        return sum(said.discrepancy is not None for said in self._said.values())

    def needs(self) -> int:
        """How many entries a log must have, more or less."""
        return len(self.kept.heard) + len(self._said) + 1

    # --- Claims and what they are alike to ---

    def _add(self, claim: Claim) -> None:
        seen = view(claim)
        for other in self._near.to(seen) if seen.whole else ():
            if comparable(other, seen):
                evidence = same_fact(other, seen)
                if evidence is not None:
                    self._join(claim, other.claim, evidence.score)
        self._index(seen)

    def _join(self, one: Claim, other: Claim, score: float) -> None:
        pair = paired(one, other, score)
        self._alike.setdefault(one.id, {})[other.id] = pair
        self._alike.setdefault(other.id, {})[one.id] = pair

    def _index(self, seen: View) -> None:
        self._near.add(seen)
        if is_precise(seen.claim):
            self._figures.setdefault(article_slot(seen.claim), set()).add(seen.claim.id)

    def _drop(self, name: str) -> set[str]:
        """Forgets a claim; gives the others that this can matter to."""
        claim = self._near.drop(name)
        beside = self._figures.get(article_slot(claim), set())
        beside.discard(name)
        if not beside:
            self._figures.pop(article_slot(claim), None)
        others = self._alike.pop(name, {})
        for other in others:
            del self._alike[other][name]
        self._due.pop(name, None)
        return {*others, *beside}

    # --- Judging, and what differs from what was told ---

    def _judged(self, stirred: Iterable[str], dropped: Iterable[str], log: list[Entry]) -> Outcome:
        known = self._hanging_together(stirred)
        found, due = across(known, self.kept, self.now, self.key)
        was_due = self._due.keys() & known.claims.keys()
        judged = [name for name in was_due if self._due[name] <= self.now]
        if judged or due:
            log.append(DueEntry(self.now, {**dict.fromkeys(judged), **due}))
        for name in was_due:
            del self._due[name]
        self._due.update(due)
        told_of = {*known.claims, *dropped}
        before = {id for name in told_of for id in self._said_of.get(name, ())}
        messages = [discrepancy for discrepancy in found if self._is_news(discrepancy)]
        log += map(self._say, messages)
        for id in sorted(before - {discrepancy.id for discrepancy in found}):
            said = self._forget_said(id)
            log.append(SaidEntry(self._next(), id, b""))
            if said is not None and said.discrepancy is not None:
                messages.append(self._taken_back(said, said.discrepancy, found))
        return Outcome(messages, log, min(self._due.values(), default=None))

    def _hanging_together(self, stirred: Iterable[str]) -> Facts:
        """All that hangs together with these claims, as facts."""
        claims: dict[str, Claim] = {}
        waiting = [name for name in stirred if name in self.kept.heard]
        while waiting:
            name = waiting.pop()
            if name not in claims:
                claims[name] = self.kept.heard[name].claim
                waiting += self._alike.get(name, ())
        pairs = {
            (name, other): pair
            for name in claims
            for other, pair in self._alike.get(name, {}).items()
            if name < other
        }
        slots = {article_slot(claim) for claim in claims.values()}
        figures = {
            slot: [self.kept.heard[name].claim for name in sorted(self._figures[slot])]
            for slot in slots
            if slot in self._figures
        }
        return joined(claims, pairs, figures)

    def _is_news(self, discrepancy: Discrepancy) -> bool:
        said = self._said.get(discrepancy.id)
        return said is None or said.digest != _digest(discrepancy)

    def _say(self, discrepancy: Discrepancy) -> SaidEntry:
        self._forget_said(discrepancy.id)
        said = SaidEntry(
            self._next(),
            discrepancy.id,
            _digest(discrepancy),
            tuple(sorted(_claims_in(discrepancy))),
            _without_claims(discrepancy) if discrepancy.status == "open" else None,
        )
        self._remember(said)
        return said

    def _remember(self, said: SaidEntry) -> None:
        if said.digest:
            self._said[said.id] = said
            for name in said.claims:
                self._said_of.setdefault(name, set()).add(said.id)
        else:
            self._said.pop(said.id, None)

    def _forget_said(self, id: str) -> SaidEntry | None:
        said = self._said.pop(id, None)
        for name in said.claims if said else ():
            self._said_of[name].discard(id)
            if not self._said_of[name]:
                del self._said_of[name]
        return said

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _taken_back(
        self, said: SaidEntry, last: Discrepancy, found: Sequence[Discrepancy]
    ) -> Discrepancy:
        """What was told before and is raised no more, as resolved."""
        shared = {d.id: len(_claims_in(d).intersection(said.claims)) for d in found}
        follower = max(shared, key=lambda id: (shared[id], id), default=None)
        if follower is not None and shared[follower]:
            return resolved(msgspec.structs.replace(last, superseded_by=follower), "superseded")
        states = {self.kept.heard[n].claim.replaced for n in said.claims if n in self.kept.heard}
        return resolved(last, _reason(states))


def _scores(alike: Mapping[str, Pair]) -> dict[str, float]:
    return {name: pair.score for name, pair in alike.items()}


def _reason(states: Set[str | None]) -> ResolvedReason:
    if "withdrawn" in states:
        return "withdrawn"
    return "corrected" if "corrected" in states else "explained"


def _digest(discrepancy: Discrepancy) -> bytes:
    return hashlib.blake2b(msgspec.msgpack.encode(discrepancy), digest_size=12).digest()


def _claims_in(discrepancy: Discrepancy) -> set[str]:
    return {
        claim.id
        for position in discrepancy.positions
        for claim in (*position.claims, *position.supported_by)
    }


def _without_claims(discrepancy: Discrepancy) -> Discrepancy:
    """What is kept of a discrepancy, to tell that it is resolved."""
    positions = (
        msgspec.structs.replace(position, claims=(), supported_by=())
        for position in discrepancy.positions
    )
    return msgspec.structs.replace(discrepancy, positions=tuple(positions))


class _Near:
    """Claims by what they count and the days of their event, to find those that one can meet."""

    def __init__(self) -> None:
        self._views: dict[str, View] = {}
        self._days: dict[Counts, dict[int | None, dict[str, View]]] = {}

    def add(self, seen: View) -> None:
        self._views[seen.claim.id] = seen
        if seen.whole:
            days = self._days.setdefault(seen.counts, {})
            for day in _days_of(seen):
                days.setdefault(day, {})[seen.claim.id] = seen

    def drop(self, name: str) -> Claim:
        seen = self._views.pop(name)
        if seen.whole:
            days = self._days[seen.counts]
            for day in _days_of(seen):
                del days[day][name]
                if not days[day]:
                    del days[day]
        return seen.claim

    def to(self, seen: View) -> list[View]:
        """The claims of what it counts whose event times come near enough, which are no parts."""
        days, apart = self._days.get(seen.counts, {}), slack(seen.claim)
        first, last = seen.earliest - apart, seen.latest + apart
        found: dict[str, View] = {}
        for day in days if _is_long(seen) else (None, *range(first, last + 1)):
            found.update(days.get(day, ()))
        return [
            other for other in found.values() if first <= other.latest and other.earliest <= last
        ]


def _days_of(seen: View) -> Iterable[int | None]:
    return (None,) if _is_long(seen) else range(seen.earliest, seen.latest + 1)


def _is_long(seen: View) -> bool:
    return seen.latest - seen.earliest > LONG


class States:
    """The states last worked on, as they were read, so that a hot key is not read anew each time.

    A state is given only for exactly the log it was kept with: after a failure, when the log is
    that of a checkpoint again, it is read anew.
    """

    def __init__(self, entries: int = 60_000) -> None:
        self._entries = entries
        self._held = 0
        self._states: dict[str, tuple[list[bytes], State]] = {}

    def take(self, key: str, log: list[bytes]) -> State:
        """The state of a log. It must be kept again, with its log then."""
        kept_log, state = self._states.pop(key, ([], None))
        self._held -= len(kept_log)
        return state if state is not None and kept_log == log else State.of(key, log)

    def drop(self, key: str) -> None:
        """Forgets a state."""
        log, _ = self._states.pop(key, ([], None))
        self._held -= len(log)

    def keep(self, key: str, log: list[bytes], state: State) -> None:
        """Keeps a state for the next time; those not used for long give way."""
        self._states[key] = (log, state)
        self._held += len(log)
        while self._held > self._entries and len(self._states) > 1:
            oldest = next(iter(self._states))
            self._held -= len(self._states.pop(oldest)[0])
