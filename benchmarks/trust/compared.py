"""Which claims Tally compares, and at which step a conflict that should be found is lost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from schemas.messages import Claim
from transforms.cross_check.facts import Facts, facts, newest_state
from transforms.cross_check.intervals import agree, is_precise
from transforms.cross_check.judge import END_OF_TIME
from transforms.cross_check.keeping import Kept
from transforms.cross_check.same_fact import comparable
from transforms.cross_check.verdicts import judge_pair
from transforms.cross_check.views import view
from transforms.key.keys import keys_of

# Why a conflict is not raised, in the order of the steps it passes.
NOT_READ = "no claim of this figure"
STEPS = (
    NOT_READ,
    "read as another slot",
    "read as another group, part, span or modality",
    "not held to be one event",
    "read as agreeing",
    "read as open or vague",
    "explained",
    "not surely of one event, or another figure fits better",
)


def facts_by_key(claims: Iterable[Claim]) -> list[Facts]:
    """The facts of each key, as the cross-check finds them."""
    by_key: dict[str, list[Claim]] = defaultdict(list)
    for claim in Kept.of(newest_state(claims).values()).claims.values():
        for key in keys_of(claim):
            by_key[key].append(claim)
    return [facts(of_key) for of_key in by_key.values()]


def compared(claims: Iterable[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """The pairs of claims of two articles that are held to be of one fact, each once."""
    seen: set[frozenset[str]] = set()
    for known in facts_by_key(claims):
        for names in known.pairs:
            one, other = (known.claims[name] for name in names)
            if one.article.uri != other.article.uri and frozenset(names) not in seen:
                seen.add(frozenset(names))
                yield one, other


def why_missed(mine: Sequence[Claim], theirs: Sequence[Claim], known: Sequence[Facts]) -> str:
    """The step at which the pair of claims that comes furthest is lost.

    `mine` and `theirs` are the claims that state the two figures of a conflict.
    """
    reached = [_step(a, b, known) for a in mine for b in theirs]
    return max(reached, key=lambda r: (STEPS.index(r.partition(":")[0]), r), default=NOT_READ)


def _step(one: Claim, other: Claim, known: Sequence[Facts]) -> str:
    if one.slot != other.slot:
        return STEPS[1]
    if not comparable(view(one), view(other)):
        return STEPS[2]
    of_both = [f for f in known if (one.id, other.id) in f.pairs or (other.id, one.id) in f.pairs]
    if not of_both:
        return STEPS[3]
    if agree(one, other):
        return STEPS[4]
    if not (is_precise(one) and is_precise(other)):
        return STEPS[5]
    verdict = judge_pair(one, other, of_both[0].around(one, other), END_OF_TIME)
    beside = verdict.outcome in ("update", "nothing", "waiting")
    return f"explained: {verdict.rule}" if beside else STEPS[-1]
