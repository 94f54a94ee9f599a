"""Under which keys claims meet, and which one speaks of them."""

from __future__ import annotations

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from schemas.messages import Context, Place, PlaceName
from tests.claims import ALEPPO, count
from transforms.key.keys import keys_of, owner

KABUL = Place("1138958", "Kabul", (PlaceName("AF", "Afghanistan"),))
IRAQ = Place("IQ", "Iraq")


def test_a_key_for_each_country() -> None:
    assert keys_of(count(1, places=(KABUL, ALEPPO, IRAQ))) == (
        "casualties|AF",
        "casualties|IQ",
        "casualties|SY",
    )


def test_slots_of_one_family_meet() -> None:
    assert keys_of(count(1)) == keys_of(count(1, slot="injured"))
    assert keys_of(count(1)) != keys_of(count(1, slot="pledged"))


def test_without_a_place_the_story_is_the_key() -> None:
    story = Context(words=("ferry", "capsizing", "harbour", "sea"))
    turned = Context(words=tuple(reversed(story.words)))
    (key,) = keys_of(count(1, places=(), context=story))
    assert keys_of(count(2, places=(), context=turned)) == (key,)
    assert "|story:" in key


def test_the_first_shared_key_owns() -> None:
    one, other = count(1, places=(KABUL, ALEPPO)), count(2, places=(IRAQ, ALEPPO))
    assert owner(one, other) == owner(other, one) == "casualties|SY"
    assert owner(one, count(1, places=(IRAQ,))) is None


@given(*[st.lists(st.sampled_from([KABUL, ALEPPO, IRAQ]), max_size=3).map(tuple)] * 2)
def test_the_owner_is_a_key_of_both_and_the_order_of_places_is_nothing(one, other) -> None:
    first, second = count(1, places=one), count(2, places=other)
    found = owner(first, second)
    assert found is None or found in set(keys_of(first)) & set(keys_of(second))
    turned = msgspec.structs.replace(first, places=tuple(reversed(one)))
    assert keys_of(turned) == keys_of(first)
