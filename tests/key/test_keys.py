"""Under which keys claims meet, and which one speaks of them."""

from __future__ import annotations

from datetime import date, timedelta

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from schemas.messages import Context, Place, PlaceName
from tests.claims import ALEPPO, count
from transforms.key.keys import (
    BLOCKS,
    forgotten,
    keys_of,
    owner,
    speaks_of_fact,
    speaks_of_pair,
)

KABUL = Place("1138958", "Kabul", (PlaceName("AF", "Afghanistan"),))
IRAQ = Place("IQ", "Iraq")


DAY = "2021-09-07"  # in the middle of a block
BLOCK = date.fromisoformat(DAY).toordinal() // BLOCKS["quantity"].days


def at(*places: Place, day: str = DAY, **fields):
    return count(1, hours=24 * 8, places=places, event_time=day, **fields)


CHANDPUR = Place("1207337", "Chāndpur", (PlaceName("BD", "Bangladesh"),))


def test_a_claim_without_a_place_meets_those_of_a_town_that_it_names() -> None:
    unplaced = at(context=Context(names=("تشاندبور",)))
    placed = at(CHANDPUR)
    assert owner(unplaced, placed) == "local:sndbr"
    assert owner(placed, placed) == "BD"
    assert set(keys_of(unplaced)) & set(keys_of(placed)) == {f"casualties|local:sndbr|{BLOCK}"}


def test_a_key_for_each_country() -> None:
    assert keys_of(at(KABUL, ALEPPO, IRAQ)) == (
        f"casualties|AF|{BLOCK}",
        f"casualties|IQ|{BLOCK}",
        f"casualties|SY|{BLOCK}",
    )


def test_an_outbreaks_cases_meet_on_the_day_of_publication() -> None:
    began, counted = at(ALEPPO, day="2021-06-01", slot="infected"), at(ALEPPO, slot="infected")
    assert keys_of(began) == keys_of(counted)
    assert keys_of(at(ALEPPO, day="2021-06-01")) != keys_of(at(ALEPPO))


def test_a_lake_meets_the_countries_around_it() -> None:
    lake = at(Place("LAKE-ALBERT", "Lake Albert"))
    assert {key.split("|")[1] for key in keys_of(lake)} == {"CD", "LAKE-ALBERT", "UG"}
    middle_east = at(Place("MIDDLE-EAST", "Middle East"))
    assert [key.split("|")[1] for key in keys_of(middle_east)] == ["MIDDLE-EAST"]


def test_slots_of_one_family_meet() -> None:
    assert keys_of(at(ALEPPO)) == keys_of(at(ALEPPO, slot="injured"))
    assert keys_of(at(ALEPPO)) != keys_of(at(ALEPPO, slot="pledged"))


def test_without_a_place_the_story_is_the_key() -> None:
    story = Context(story=("ferry", "harbour"))
    (key,) = keys_of(at(context=story))
    assert keys_of(at(context=story, slot="injured")) == (key,)
    assert "|story:ferry harbour|" in key


def test_a_place_that_no_table_holds_is_a_key_beside_those_that_are_known() -> None:
    named = Context(names=("@hatiya", "police"), story=("ferry",))
    for known in (ALEPPO, IRAQ):
        assert set(keys_of(at(context=named))) & set(keys_of(at(known, context=named)))


def test_of_several_such_places_the_first_is_the_key() -> None:
    qena = Place("350546", "Qena", (PlaceName("EG", "Egypt"),))
    named = Context(names=("@الكرنك", "@ابوتشت", "العوامر"))
    assert [key.split("|")[1] for key in keys_of(at(qena, context=named))] == ["EG", "local:krnk"]
    assert owner(at(qena, context=named), at(context=named)) == "local:krnk"


def test_near_the_edge_of_a_block_a_claim_is_compared_in_both() -> None:
    for days in range(-20, 20):
        day = date.fromisoformat(DAY) + timedelta(days=days)
        for apart in range(4):
            other = day + timedelta(days=apart)
            one, next_day = keys_of(at(ALEPPO, day=f"{day}")), keys_of(at(ALEPPO, day=f"{other}"))
            assert set(one) & set(next_day)
            owners = [key for key in one if speaks_of_fact(key, at(ALEPPO, day=f"{day}"))]
            assert len(owners) == 1
            assert owners[0] in next_day


def test_an_event_long_past_is_compared_with_nothing() -> None:
    assert keys_of(at(ALEPPO), horizon=3)
    assert not keys_of(at(ALEPPO, day="2021-06-01"))
    assert keys_of(at(ALEPPO, day="2021-06-01"), horizon=200)
    assert not keys_of(at(ALEPPO, day="2022-06-01"))
    assert not keys_of(msgspec.structs.replace(at(ALEPPO), event_time=None))


def test_no_claim_comes_after_its_key_is_forgotten() -> None:
    for days in range(120):
        claim = at(ALEPPO, day=f"{date.fromisoformat(DAY) - timedelta(days=days)}")
        for key in keys_of(claim):
            assert claim.article.published.date() <= forgotten(key)


def test_the_first_shared_country_owns() -> None:
    one, other = count(1, places=(KABUL, ALEPPO)), count(2, places=(IRAQ, ALEPPO))
    assert owner(one, other) == owner(other, one) == "SY"
    assert owner(one, count(1, places=(IRAQ,))) is None


@given(*[st.lists(st.sampled_from([KABUL, ALEPPO, IRAQ]), max_size=3).map(tuple)] * 2)
def test_one_shared_key_speaks_of_a_pair_and_the_order_of_places_is_nothing(one, other) -> None:
    first, second = at(*one), at(*other)
    shared = set(keys_of(first)) & set(keys_of(second))
    assert len([k for k in shared if speaks_of_pair(k, first, second)]) == bool(shared)
    turned = msgspec.structs.replace(first, places=tuple(reversed(one)))
    assert keys_of(turned) == keys_of(first)
