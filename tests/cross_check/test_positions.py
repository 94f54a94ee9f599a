"""The values of a fact and who holds each."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.claims import count, dated
from transforms.cross_check.intervals import is_precise, meet
from transforms.cross_check.positions import sides


def shape(found):
    return [[c.quantity.stated for c in side.claims] for side in found]


def test_equal_figures_are_one_position_lowest_first():
    found = sides([count(43), count(38, "b"), count(43, "c")])
    assert shape(found) == [[38], [43, 43]]


def test_a_wider_figure_joins_the_position_it_meets():
    found = sides([count(38), count((35, 45), "b"), count(60, "c")])
    assert [len(side.claims) for side in found] == [2, 1]
    assert found[0].anchor.quantity.value.high == 38


def test_a_figure_between_two_joins_the_nearer():
    found = sides([count(30), count((29, 61), "b"), count(60, "c")])
    assert sum(len(side.claims) for side in found) == 3
    assert [side.anchor.quantity.stated for side in found] == [30, 60]


def test_vague_and_open_figures_support_all_they_meet():
    vague = count((20, 99), "b", qualifier="vague")
    least = count((35, 10**9), "c", qualifier="at_least")
    found = sides([count(30), count(60, "d"), vague, least])
    assert [len(side.supporters) for side in found] == [1, 2]
    assert [len(side.claims) for side in found] == [1, 1]


def test_an_open_figure_that_meets_none_founds_no_position():
    found = sides([count(30), count((100, 10**9), "b", qualifier="at_least")])
    assert [side.anchor.quantity.stated for side in found] == [30]
    assert found[0].supporters == ()


def test_dates_earliest_first():
    found = sides([dated("2021-08-31"), dated("2021-08-30", "b")])
    assert [side.anchor.time.earliest for side in found] == ["2021-08-30", "2021-08-31"]


def test_nothing_has_no_position():
    assert sides([]) == []


@st.composite
def figures(draw):
    found = []
    for index in range(draw(st.integers(1, 7))):
        qualifier = draw(st.sampled_from(["exact", "exact", "range", "vague", "at_least"]))
        low = draw(st.integers(1, 12))
        high = {"exact": low, "at_least": 10**9}.get(qualifier, low + draw(st.integers(1, 6)))
        found.append(count((low, high), f"s{index}", start=index, qualifier=qualifier))
    return found


@given(figures(), st.randoms())
def test_order_is_nothing(claims, rng):
    shuffled = list(claims)
    rng.shuffle(shuffled)
    assert sides(shuffled) == sides(claims)


@given(figures())
def test_each_precise_claim_holds_one_position_and_no_two_anchors_meet(claims):
    found = sides(claims)
    held = [c.id for side in found for c in side.claims]
    assert len(held) == len(set(held))
    assert {c.id for c in claims if is_precise(c)} <= set(held)
    anchors = [side.anchor for side in found]
    assert not any(meet(a, b) for i, a in enumerate(anchors) for b in anchors[i + 1 :])
    for side in found:
        assert all(meet(c, side.anchor) for c in (*side.claims, *side.supporters))
