"""What is kept of the claims under a key: bounded by what is said, not by how many say it.

Of those who say one thing the first and the last few lineages are kept, of each of these its first
and its last article, of each article its first and its last version; of all others only the outlet.
So a copy adds an outlet and nothing else.

What is kept depends on the set of claims alone, never on the order they came in: first and last go
by publication, and whether a claim was corrected or withdrawn does not count. An article is always
told whole (transforms.key.editions.Told), so what was dropped and is wanted again comes with all
that is needed. That makes keeping mergeable: kept(kept(A) + B) is kept(A + B).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from schemas.messages import Claim
from transforms.cross_check.facts import Order, article_slot, content, order
from transforms.key.editions import Clock, Told

LINEAGES = 3  # kept at each end
# Figures of one slot in an article: which of more incidents one is of cannot be decided (a table).
MOST_FIGURES = 100
UNTOLD: Clock = (0, 0.0, False, b"")


class Heard(msgspec.Struct, frozen=True, gc=False):
    """A claim, and the clock of the article's edition that its state is of."""

    claim: Claim
    clock: Clock


class Change(NamedTuple):
    """What telling changed. `outlets`: new outlets of claims that are not kept, each with the id of
    a claim kept that says the same."""

    added: frozenset[str]
    dropped: frozenset[str]
    restated: frozenset[str]
    outlets: tuple[tuple[str, str], ...]


class _Group:
    """All who say one thing: first and last claim of each article, and every outlet."""

    __slots__ = ("outlets", "voices")

    def __init__(self) -> None:
        self.voices: dict[tuple[str, str], tuple[Heard, Heard]] = {}  # by lineage and uri
        self.outlets: set[str] = set()

    def hear(self, heard: Heard) -> None:
        article = heard.claim.article
        self.outlets.add(article.source)
        voice = (article.lineage, article.uri)
        known_before = self.voices.get(voice)
        if known_before is None:
            self.voices[voice] = (heard, heard)
            return
        newest: dict[str, Heard] = {}
        for each in (*known_before, heard):
            known = newest.get(each.claim.id)
            if known is None or each.clock > known.clock:
                newest[each.claim.id] = each
        ordered = sorted(newest.values(), key=_by_version)
        self.voices[voice] = (ordered[0], ordered[-1])

    def select(self) -> None:
        if len(self.voices) <= 2:
            return  # the first and the last
        firsts: dict[str, tuple[Order, tuple[str, str]]] = {}
        lasts: dict[str, tuple[Order, tuple[str, str]]] = {}
        for voice, (first, last) in self.voices.items():
            lineage = voice[0]
            begins, ends = (order(first.claim), voice), (order(last.claim), voice)
            firsts[lineage] = min(firsts.get(lineage, begins), begins)
            lasts[lineage] = max(lasts.get(lineage, ends), ends)
        kept = {voice for _, voice in sorted(firsts.values())[:LINEAGES]}
        kept |= {voice for _, voice in sorted(lasts.values())[-LINEAGES:]}
        if len(kept) < len(self.voices):
            self.voices = {voice: self.voices[voice] for voice in kept}

    def heard(self) -> dict[str, Heard]:
        return {each.claim.id: each for voice in self.voices.values() for each in voice}

    def others(self) -> frozenset[str]:
        return frozenset(self.outlets - {h.claim.article.source for h in self.heard().values()})


class Kept:
    """The claims that are kept of all that was told. `heard` holds them by id."""

    def __init__(self) -> None:
        self.heard: dict[str, Heard] = {}
        self._groups: dict[Order, _Group] = {}

    @classmethod
    def of(cls, claims: Iterable[Claim]) -> Kept:
        """What is kept of claims that are each in their newest state."""
        kept = cls()
        by_article: dict[str, list[Claim]] = {}
        for claim in claims:
            by_article.setdefault(claim.article.uri, []).append(claim)
        for of_article in by_article.values():
            for claim in _no_tables(of_article):
                kept._groups.setdefault(_says(claim), _Group()).hear(Heard(claim, UNTOLD))
        for group in kept._groups.values():
            group.select()
            kept.heard.update(group.heard())
        return kept

    @property
    def claims(self) -> Mapping[str, Claim]:
        """The claims kept, by id."""
        return {name: heard.claim for name, heard in self.heard.items()}

    def tell(self, tells: Told) -> Change:
        """Takes in what an article tells."""
        changes = self._take_in(tells)
        return Change(
            frozenset().union(*(change.added for change in changes)),
            frozenset().union(*(change.dropped for change in changes)),
            frozenset().union(*(change.restated for change in changes)),
            tuple(outlet for change in changes for outlet in change.outlets),
        )

    def _take_in(self, tells: Told) -> list[Change]:
        by_group: dict[Order, list[Heard]] = {}
        for claim in _no_tables(tells.claims):
            by_group.setdefault(_says(claim), []).append(Heard(claim, tells.clock))
        return [self._into_group(says, heard) for says, heard in by_group.items()]

    def _into_group(self, says: Order, heard: Sequence[Heard]) -> Change:
        group = self._groups.setdefault(says, _Group())
        before, outlets_before = group.heard(), set(group.outlets)
        for each in heard:
            group.hear(each)
        group.select()
        after = group.heard()
        for name in before.keys() - after.keys():
            del self.heard[name]
        self.heard.update(after)
        unkept = group.outlets - outlets_before - {h.claim.article.source for h in after.values()}
        return Change(
            frozenset(after.keys() - before.keys()),
            frozenset(before.keys() - after.keys()),
            frozenset(
                name
                for name in after.keys() & before.keys()
                if after[name].claim.replaced != before[name].claim.replaced
            ),
            tuple((min(after), outlet) for outlet in sorted(unkept)),
        )

    def add_outlets(self, claim: Claim, outlets: Iterable[str]) -> None:
        """Outlets that say what the claim says, of claims that are not kept."""
        self._groups.setdefault(_says(claim), _Group()).outlets.update(outlets)

    def others(self, claim: Claim) -> frozenset[str]:
        """The outlets that say what a claim says, of claims that are not kept."""
        return self._groups[_says(claim)].others()

    def root(self, claim: Claim) -> Claim:
        """The first version of a claim's article that says what the claim says."""
        voices = self._groups[_says(claim)].voices
        return voices[claim.article.lineage, claim.article.uri][0].claim


def _no_tables(claims: Sequence[Claim]) -> Sequence[Claim]:
    if len(claims) <= MOST_FIGURES:
        return claims
    told = Counter(article_slot(claim) for claim in claims)
    return [claim for claim in claims if told[article_slot(claim)] <= MOST_FIGURES]


def _by_version(heard: Heard) -> tuple[object, ...]:
    return (heard.claim.article.version, order(heard.claim))


def _says(claim: Claim) -> Order:
    """What a claim says, with all of its context that decides what explains it."""
    context = claim.context
    return (
        content(claim),
        claim.speaker,
        context.background,
        context.final,
        context.running,
        context.revised_from,
        context.parts,
    )
