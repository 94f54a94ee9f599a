"""Design, properties 1, 3, 4 and 6, of the cross-check on any set of claims."""

from __future__ import annotations

import random

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from tests.claims import NOON, count
from transforms.cross_check.facts import facts
from transforms.cross_check.intervals import meet
from transforms.cross_check.judge import judge
from transforms.cross_check.same_fact import comparable, same_fact
from transforms.cross_check.verdicts import judge_pair
from transforms.cross_check.views import view

SOURCES = ("a.example", "b.example", "c.example", "en.a.example")


@st.composite
def claims(draw, most=8):
    """Claims of a few outlets on one or two events, some replaced, some copies."""
    count_of = draw(st.integers(2, most))
    found = []
    for index in range(count_of):
        qualifier = draw(st.sampled_from(["exact", "exact", "about", "at_least", "vague"]))
        low = draw(st.sampled_from([3, 8, 12, 30, 43, 6000]))
        high = {"about": low * 1.1, "at_least": 10**9, "vague": low * 3}.get(qualifier, low)
        replaced = draw(st.sampled_from([None, None, None, "corrected", "withdrawn"]))
        claim = count(
            (low, high),
            draw(st.sampled_from(SOURCES)),
            draw(st.sampled_from([0, 0.5, 3, 9, 30, 200])),
            uri=f"urn:{draw(st.integers(0, 5))}",
            version=1 if replaced == "corrected" else 2,
            start=index * 10,
            qualifier=qualifier,
            event_time=draw(
                st.sampled_from(["2021-08-30", "2021-08-30", "2021-08-31", "2021-08-20"])
            ),
            counted=draw(st.sampled_from(["people", "people", "children"])),
            speaker=draw(st.sampled_from([None, None, "police", "red_cross"])),
            lineage=draw(st.sampled_from([None, "afp"])),
            language=draw(st.sampled_from(["en", "fr"])),
        )
        found.append(msgspec.structs.replace(claim, replaced=replaced))
    return found


@given(claims(), st.randoms())
def test_order_does_not_matter(given_claims, rng: random.Random):
    shuffled = list(given_claims)
    rng.shuffle(shuffled)
    assert judge(shuffled) == judge(given_claims)


@given(claims(), st.randoms())
def test_replay_is_harmless(given_claims, rng: random.Random):
    again = [*given_claims, *rng.choices(given_claims, k=len(given_claims))]
    assert judge(again) == judge(given_claims)


@given(claims(), st.integers(0, 7))
def test_an_earlier_state_of_a_claim_changes_nothing(given_claims, index):
    claim = given_claims[index % len(given_claims)]
    before = msgspec.structs.replace(claim, replaced=None)
    assert judge([before, *given_claims]) == judge([*given_claims, before])


@given(claims(), st.integers(0, 7))
def test_a_copy_changes_nothing_but_the_outlets(given_claims, index):
    """A copy: an article whole, in another outlet, under the same agency's name."""
    original = given_claims[index % len(given_claims)].article.uri
    text = tuple(range(24))
    marked = [
        _under(
            msgspec.structs.replace(claim, replaced=None, article=given_claims[0].article),
            claim.id,
            uri=original,
            version=2,
            fingerprint=text,
            lineage="agency:x",
        )
        if claim.article.uri == original
        else claim
        for claim in given_claims
    ]
    copies = [
        _under(claim, f"copy {claim.id}", source="zz.copy.example", uri="urn:copy")
        for claim in marked
        if claim.article.uri == original
    ]
    before, after = judge(marked), judge([*marked, *copies])
    assert [_without_outlets(d) for d in before] == [_without_outlets(d) for d in after]


def _under(claim, name, **article):
    return msgspec.structs.replace(
        claim, id=name, article=msgspec.structs.replace(claim.article, **article)
    )


def _without_outlets(discrepancy):
    return (
        discrepancy.id,
        discrepancy.kind,
        discrepancy.status,
        discrepancy.severity,
        [(p.value, p.status, p.independent_sources) for p in discrepancy.positions],
    )


@given(claims(most=2))
def test_comparing_is_symmetric(pair):
    one, other = pair[0], pair[1]
    assert meet(one, other) == meet(other, one)
    assert comparable(view(one), view(other)) == comparable(view(other), view(one))
    assert same_fact(view(one), view(other)) == same_fact(view(other), view(one))
    assert judge_pair(one, other, pair, NOON) == judge_pair(other, one, pair, NOON)


@given(claims())
def test_whether_two_claims_agree_does_not_depend_on_a_third_article(given_claims):
    unique = list({c.id: c for c in given_claims}.values())
    together = {frozenset(pair): evidence for pair, evidence in facts(unique).pairs.items()}
    for index, one in enumerate(unique):
        for other in unique[index + 1 :]:
            both = {(c.article.uri, c.article.version) for c in (one, other)}
            found = facts(c for c in unique if (c.article.uri, c.article.version) in both).pairs
            alone = {frozenset(pair): evidence for pair, evidence in found.items()}
            pair = frozenset((one.id, other.id))
            assert together.get(pair) == alone.get(pair)
