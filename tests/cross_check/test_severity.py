"""How much a discrepancy matters."""

from __future__ import annotations

import pytest

from tests.claims import count, dated
from transforms.cross_check.positions import Side
from transforms.cross_check.severity import LEVELS, severity


def level(kind, slot, one, other):
    """`one` and `other`: the claims of the two sides."""
    sides = [Side(claims[0], tuple(claims), ()) for claims in (one, other)]
    return severity(kind, slot, sides, [(a, b) for a in one for b in other])


def sources(value, *names, **fields):
    return [count(value, f"{name}.example", uri=f"urn:{name}", **fields) for name in names]


def test_more_sources_weigh_more():
    few = level("count_conflict", "injured", sources(40, "a"), sources(50, "b"))
    many = level("count_conflict", "injured", sources(40, "a", "c"), sources(50, "b", "d"))
    assert LEVELS.index(many.level) > LEVELS.index(few.level)
    assert "few_sources" in few.reasons
    assert "many_sources" in many.reasons


def test_copies_of_an_agency_weigh_as_one():
    agency = sources(40, "a", "c", lineage="agency:afp")
    found = level("count_conflict", "injured", agency, sources(50, "b", "d"))
    assert "many_sources" not in found.reasons


def test_the_distance_weighs():
    far = level("count_conflict", "injured", sources(20, "a"), sources(80, "b"))
    close = level("count_conflict", "injured", sources(78, "a"), sources(80, "b"))
    assert LEVELS.index(far.level) > LEVELS.index(close.level)
    assert "far_apart" in far.reasons
    assert "close" in close.reasons


def test_nobody_against_somebody_is_far():
    found = level("count_conflict", "injured", sources(0, "a"), sources(2, "b"))
    assert "far_apart" in found.reasons


def test_a_grave_slot_weighs_more():
    killed = level("count_conflict", "killed", sources(40, "a"), sources(50, "b"))
    injured = level("count_conflict", "injured", sources(40, "a"), sources(50, "b"))
    assert LEVELS.index(killed.level) > LEVELS.index(injured.level)
    assert "grave_slot" in killed.reasons


@pytest.mark.parametrize(
    "kind", ["headline_body", "parts_total", "weekday_date", "impossible_date"]
)
def test_what_is_inside_one_article_is_low(kind):
    found = level(kind, "killed", sources(20, "a"), sources(80, "b"))
    assert (found.level, found.reasons) == ("low", ("inside_article",))


def test_a_correction_is_information():
    found = level("correction", "killed", sources(20, "a"), sources(80, "b"))
    assert (found.level, found.reasons) == ("info", ("taken_back",))


def test_days_that_touch_are_low():
    found = level("date_conflict", "signed", [dated("2021-08-30")], [dated("2021-08-31", "b")])
    assert (found.level, found.reasons) == ("low", ("one_day_apart",))
    found = level("date_conflict", "signed", [dated("2021-08-20")], [dated("2021-08-31", "b")])
    assert "far_apart" in found.reasons


@pytest.mark.parametrize("authority", ["police", "interior_ministry", "government"])
def test_organisers_and_authorities_never_count_a_crowd_alike(authority):
    organisers = sources(9000, "a", slot="crowd", speaker="organisers")
    others = sources(3000, "b", slot="crowd", speaker=authority)
    found = level("count_conflict", "crowd", organisers, others)
    assert (found.level, found.reasons) == ("info", ("expected_parties",))
    assert level("count_conflict", "crowd", others, sources(9000, "a")).level != "info"


def test_a_stale_source_weighs_less():
    sides = sources(40, "a"), sources(50, "b")
    conflict, stale = (level(k, "killed", *sides) for k in ("count_conflict", "stale_source"))
    assert LEVELS.index(stale.level) < LEVELS.index(conflict.level)
    assert "stale" in stale.reasons


def test_the_order_of_sides_is_nothing():
    one, other = sources(20, "a"), sources(80, "b", "c")
    assert level("count_conflict", "killed", one, other) == level(
        "count_conflict", "killed", other, one
    )
