"""Design, properties 1, 2, 3 and 7, of what the feed keeps: whatever order articles come in, it has
told at the end what a backfill over all of them tells."""

from __future__ import annotations

import random

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.messages import Claim
from tests.claims import NOON, count
from transforms.cross_check.facts import facts
from transforms.cross_check.judge import across
from transforms.cross_check.keeping import LINEAGES, Kept
from transforms.cross_check.state import State, States, decode, encode
from transforms.key.editions import Edition, Told, changed, newest, told
from transforms.key.keys import keys_of

SOURCES = [f"{name}.example" for name in "abcdefghijkl"]


@st.composite
def articles(draw, most=10):
    """Editions of some articles, by uri: of a few outlets, on one or two events."""
    found: dict[str, list[Edition]] = {}
    for index in range(draw(st.integers(2, most))):
        uri = f"urn:{index}"
        source = draw(st.sampled_from(SOURCES))
        lineage = draw(st.sampled_from([None, None, "agency:x"]))
        for version in range(1, draw(st.sampled_from([1, 1, 1, 2, 3])) + 1):
            hours = draw(st.sampled_from([0, 0.5, 3, 9, 30])) + version
            claims = tuple(
                count(
                    draw(st.sampled_from([3, 8, 8, 12, 12, 30])),
                    source,
                    hours,
                    uri=uri,
                    version=version,
                    start=10 * place,
                    lineage=lineage,
                    event_time=draw(st.sampled_from(["2021-08-30", "2021-08-30", "2021-08-31"])),
                    speaker=draw(st.sampled_from([None, None, "police"])),
                )
                for place in range(draw(st.integers(0, 2)))
            )
            status = draw(st.sampled_from(["usable"] * 5 + ["canceled"]))
            published = NOON.replace(hour=(12 + version) % 24)
            found.setdefault(uri, []).append(
                Edition(uri, version, published, status, claims if status == "usable" else ())
            )
    return found


def in_order(drawn: dict[str, list[Edition]], rng: random.Random | None) -> list[Told]:
    """What the key step tells of the editions, in the order they come or in any."""
    editions = [edition for of_article in drawn.values() for edition in of_article]
    if rng is not None:
        rng.shuffle(editions)
        editions += rng.choices(editions, k=3)
    known: dict[str, list[Edition]] = {}
    tells = []
    for edition in editions:
        before = known.get(edition.uri, [])
        if changed(before, edition):
            tells.append(told([*before, edition]))
        known[edition.uri] = newest([*before, edition])
    return tells


def key_of(tells: list[Told]) -> str:
    return max((k for t in tells for c in t.claims for k in keys_of(c)), default="casualties|SY|0")


def fed(tells: list[Told], key: str, rng: random.Random | None = None) -> dict[str, dict]:
    """The last message of each id after a feed; some is told together, and the state is sometimes
    read back from its log."""
    state, log, last = State(key), [], {}
    waiting = list(tells)
    while waiting:
        together = 1 if rng is None else rng.choice((1, 1, 2, 5))
        outcome = state.tell(*waiting[:together])
        del waiting[:together]
        log += [encode(entry) for entry in outcome.log]
        last |= {d.id: d for d in outcome.messages}
        if rng is not None and rng.random() < 0.3:
            if rng.random() < 0.5:
                log = [encode(entry) for entry in state.rewritten()]
            rng.shuffle(log)
            state = State.of(key, log)
    while True:
        outcome = state.pass_time()
        last |= {d.id: d for d in outcome.messages}
        if outcome.due is None:
            return last


def backfilled(drawn: dict[str, list[Edition]], key: str) -> dict[str, object]:
    kept = Kept()
    for editions in drawn.values():
        kept.tell(told(editions))
    return {d.id: d for d in across(facts(kept.claims.values()), kept, key=key).found}


def truth(last: dict) -> dict:
    """What is open, and what the backfill knows too; what the feed took back is left out."""
    return {
        name: d
        for name, d in last.items()
        if d.status == "open" or d.kind == "correction" or d.reason == "withdrawn"
    }


@settings(max_examples=300)
@given(articles(), st.randoms(use_true_random=False))
def test_any_order_gives_what_a_backfill_gives(drawn, rng):
    key = key_of(in_order(drawn, None))
    expected = backfilled(drawn, key)
    last = fed(in_order(drawn, rng), key, rng)
    assert {n: d for n, d in last.items() if n in expected} == expected
    assert all(d.status == "resolved" for n, d in last.items() if n not in expected)


@st.composite
def crowds(draw):
    """Many outlets that say one of a few things: more than are kept."""
    return {
        f"urn:{index}": [
            Edition(
                f"urn:{index}",
                1,
                NOON,
                "usable",
                (
                    count(
                        draw(st.sampled_from([8, 12])),
                        f"{index % 17}.example",
                        draw(st.integers(0, 40)) / 4,
                        uri=f"urn:{index}",
                        lineage=draw(st.sampled_from([None, "agency:x", "agency:y"])),
                    ),
                ),
            )
        ]
        for index in range(draw(st.integers(10, 30)))
    }


@settings(max_examples=100)
@given(crowds(), st.randoms(use_true_random=False))
def test_any_order_gives_what_a_backfill_gives_when_not_all_is_kept(drawn, rng):
    key = key_of(in_order(drawn, None))
    expected = backfilled(drawn, key)
    last = fed(in_order(drawn, rng), key, rng)
    assert {n: d for n, d in last.items() if n in expected} == expected
    assert all(d.status == "resolved" for n, d in last.items() if n not in expected)


@given(st.one_of(articles(), crowds()), st.randoms(use_true_random=False), st.integers(0, 20))
def test_keeping_is_mergeable(drawn, rng, at):
    tells = [told(editions) for editions in drawn.values()]
    whole, parted = Kept(), Kept()
    for tell in tells:
        whole.tell(tell)
    rng.shuffle(tells)
    first = Kept()
    for tell in tells[:at]:
        first.tell(tell)
    for heard in first.heard.values():
        parted.tell(Told(heard.claim.article.uri, heard.clock, (heard.claim,)))
        parted.add_outlets(heard.claim, first.others(heard.claim))
    for tell in tells[at:]:
        parted.tell(tell)
    assert parted.claims == whole.claims
    for claim in whole.claims.values():
        assert parted.others(claim) == whole.others(claim)
        assert parted.root(claim) == whole.root(claim)


@given(st.one_of(articles(), crowds()))
def test_a_replay_says_nothing(drawn):
    tells = in_order(drawn, None)
    key = key_of(tells)
    state = State(key)
    for tell in tells:
        state.tell(tell)
    for tell in [told(editions) for editions in drawn.values()]:
        assert state.tell(tell).messages == []


def test_state_is_bounded_by_what_is_said():
    state = State("casualties|SY|46126")
    for index in range(400):
        claim = count(8 if index % 3 else 12, f"{index}.example", index / 100)
        state.tell(Told(claim.article.uri, (1, 0.0, False, b""), (claim,)))
    assert len(state.kept.claims) <= 2 * 2 * LINEAGES
    assert state.needs() <= 2 * 2 * LINEAGES + 2


def test_a_state_is_used_again_only_for_its_own_log():
    states = States()
    log = [encode(entry) for entry in _one_claim().rewritten()]
    state = states.take("casualties|SY|46126", log)
    states.keep("casualties|SY|46126", log, state)
    assert states.take("casualties|SY|46126", list(log)) is state
    states.keep("casualties|SY|46126", log, state)
    assert states.take("casualties|SY|46126", log[:1]) is not state


def _one_claim() -> State:
    state = State("casualties|SY|46126")
    claim: Claim = count(8)
    state.tell(Told(claim.article.uri, (1, 0.0, False, b""), (claim,)))
    return state


def test_entries_are_read_back_as_they_were():
    for entry in _one_claim().rewritten():
        assert decode(encode(entry)) == entry
        assert isinstance(msgspec.to_builtins(entry), dict)
