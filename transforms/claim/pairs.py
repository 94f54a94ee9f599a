"""Words that tell a slot together with what stands between them: let 300 prisoners go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Literal

import msgspec

from transforms.claim.lexicon import PAIR_ROLES, SLOT_ROLES, Mark, grammar
from transforms.claim.marks import COMMAS, joins
from transforms.extract.tokens import Tokens
from transforms.languages.load import table

GAPS = {"around": 14, "after": 6, "before": 6, "date": 5, "total": 5}  # tokens from head to tail
NOTHING = "none"  # the slot of a pair that only says what its words do not tell
PARTING = frozenset(".;:؛()[]")  # signs that stand in no pair
FIGURE_GAP = 14  # between a pair and a figure behind it
COUNTED_GAP = 3  # between a figure and the head of a total, which counts it itself: 12 deaths


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One of [[pairs]] in claims.toml: one of `heads`, then shortly after it one of `tails`.

    `role`: around a figure (let 300 prisoners *go*), after it (300 were *taken to* the Mulago
    *hospital*), before it (*gunmen* in uniform *took* 30), total (*deaths* there *rose to* 30), or
    date.
    A pair of slot "none" tells nothing: 300 workers *lost* their *jobs*, and are not missing.
    """

    slot: str
    role: Literal["around", "after", "before", "date", "total"]
    heads: tuple[str, ...]
    tails: tuple[str, ...]


@cache
def pairs(language: str) -> tuple[Pair, ...]:
    """The [[pairs]] of a language. Raises msgspec.ValidationError when its table is wrong."""
    return msgspec.convert(table(language, "claims").get("pairs", []), tuple[Pair, ...])


def paired(
    tokens: Tokens, marks: Sequence[Mark], figures: Sequence[int], language: str
) -> list[Mark]:
    """The marks of a text, with each head that its tail follows as one mark.

    `figures`: the first token of each figure; one stands between the words that are *around* it.

    The words that a pair is made of tell nothing of their own: in *flew 300 people to hospital*
    nobody is counted twice. Those of a date keep their figures: the *fire gutted* 12 shops.
    """
    kept = [mark for mark in marks if mark.role not in PAIR_ROLES]
    tails: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.role == "tail":
            tails.setdefault(mark.name, []).append(mark)
    heads = [mark for mark in marks if mark.role == "head" and mark.name in tails]
    if not heads:
        return kept
    known = {(mark.first, mark.last) for mark in kept if mark.role in SLOT_ROLES}
    longest = {mark.first: mark.last for mark in kept if mark.role in SLOT_ROLES}
    # "fire" in "ceasefire" is no tail of "opened"
    inside = {i for m in kept if m.role == "date" for i in range(m.first + 1, m.last + 1)}
    words = grammar(language)
    listed, behind = pairs(language), words.verb_first or words.objects_behind
    held = _held(kept)
    made = [
        (mark, tail)
        for head in heads
        for mark, tail in _made(tokens, head, tails[head.name], figures, listed, behind)
        if (mark.first, mark.last) not in known
        and longest.get(mark.first, -1) <= mark.last  # granted amnesty *to*
        and not (
            mark.role == "before"
            and any(
                longest.get(i, -1) > tail.last - (i < tail.first)
                for i in range(mark.first + 1, tail.last + 1)
            )
        )  # a quake *cracked the walls of*, a war has *claimed the lives of*, *trying to reach*
        and not (mark.role == "total" and mark.first in held)
        and not (mark.role == "after" and _tells_another(mark, head, tail, kept))
        and not _holds_another(mark, head, tail, marks)
        and not (mark.role == "date" and tail.first in inside and mark.first + 1 < tail.first)
    ]
    nearest: dict[tuple[int, bool], tuple[int, int]] = {}
    for mark, tail in made:
        begins = mark.first, mark.role == "date"
        nearest[begins] = min(nearest.get(begins, _nearness(tail)), _nearness(tail))
    made = [
        (mark, tail)
        for mark, tail in made
        if nearest[mark.first, mark.role == "date"] == _nearness(tail)
    ]
    of_dates, of_counts = (
        _ends_of([one for one in made if (one[0].role == "date") is dated])
        for dated in (True, False)
    )
    taken = {"date": of_dates, **dict.fromkeys(SLOT_ROLES, of_counts)}
    free = (m for m in kept if m.role not in taken or not _is_taken(m, *taken[m.role]))
    telling = (mark for mark, _ in made if mark.role == "around" or mark.name != NOTHING)
    return sorted([*free, *telling], key=lambda mark: mark.first)


def _tells_another(mark: Mark, head: Mark, tail: Mark, kept: Sequence[Mark]) -> bool:
    """Whether between a head and its tail a word tells another slot: sont *morts* au fond."""
    return any(
        head.first <= word.first and head.last < word.last < tail.first and word.name != mark.name
        for word in kept
        if word.role in ("after", "participle")
    )


def _holds_another(mark: Mark, head: Mark, tail: Mark, marks: Sequence[Mark]) -> bool:
    """Whether between the words of a pair something else is told: who says it (the *hospital said*
    that it *received* 17), or a total (*lowered* the number of dead to 11, *down from* 19); or its
    head is of the name of a speaker.
    """
    if mark.role not in ("before", "around") or mark.last == head.last:
        return False
    if mark.role == "around":
        return any(o.role == "total" and mark.first < o.first < tail.last for o in marks)
    return any(
        (o.name == "speech" and head.last < o.first and o.last < tail.first)
        or (o.role == "speaker" and o.first <= head.first and head.last < o.last)
        for o in marks
    )


def _held(marks: Sequence[Mark]) -> set[int]:
    """The words inside slot words that announce a total: the *injury toll rose to* is no toll."""
    totals = (mark for mark in marks if mark.role == "total")
    return {i for mark in totals for i in range(mark.first + 1, mark.last + 1)}


def _ends_of(made: Sequence[tuple[Mark, Mark]]) -> tuple[set[int], set[int]]:
    """Where words of pairs begin and end; where tails begin."""
    ends = {i for mark, tail in made for i in (mark.first, tail.last)}
    return ends, {tail.first for _, tail in made}


def _is_taken(mark: Mark, ends: set[int], tails: set[int]) -> bool:
    """Whether a slot word is one that a pair is made of. Not *corps des*, which ends where the tail
    *des décombres* begins."""
    return mark.first in ends or mark.last in ends or mark.first in tails


def _nearness(tail: Mark) -> tuple[int, int]:
    """The nearest tail comes first; of those that begin at one word the longest."""
    return tail.first, -tail.last


def _made(
    tokens: Tokens,
    head: Mark,
    tails: Sequence[Mark],
    figures: Sequence[int],
    known: Sequence[Pair],
    behind: bool,
) -> Iterator[tuple[Mark, Mark]]:
    """The mark that a head makes with the nearest of its tails, and that tail."""
    pair = known[int(head.name)]
    after = head.last + 1
    tail = next((t for t in tails if t.first >= after), None)
    if tail is None or tail.first - after > GAPS[pair.role]:
        return
    if pair.role == "around" and tail.first == after:  # flown out of Kabul
        yield Mark(head.first, tail.last, "after", pair.slot), tail
        if behind:  # réduit en cendres 40 cases
            yield Mark(head.first, tail.last, "before", pair.slot), tail
        return
    if any(tokens.words[i] in PARTING for i in range(after, tail.first)):
        return
    if not _can_tell(tokens, pair.role, head, tail, figures):
        return
    if pair.role != "around" or any(after <= first < tail.first for first in figures):
        begins = tail.first if tail.first > after else None
        yield Mark(head.first, tail.last, pair.role, pair.slot, begins), tail


def _can_tell(tokens: Tokens, role: str, head: Mark, tail: Mark, figures: Sequence[int]) -> bool:
    """Whether figures and signs stand so that a pair can tell of one: not four *deaths* and cases
    *rose to* 300, nor of the *boats* 27 were *rescued*, nor went on *strike, by* their count."""
    between = range(head.last + 1, tail.first)
    if role == "total":
        counted = any(0 < head.first - first <= COUNTED_GAP for first in figures)
        return not counted and not any(joins(tokens.words[i]) for i in between)
    inside = any(first in between for first in figures)
    if role == "after" and inside:  # not: ils étaient 1 900 à se mettre en grève
        return any(0 < head.first - first <= FIGURE_GAP for first in figures)
    if role != "before":
        return True
    commas = sum(tokens.words[i] in COMMAS for i in between)
    behind = any(0 < first - tail.last <= FIGURE_GAP for first in figures)
    return commas in (0, 2) and not inside and behind
