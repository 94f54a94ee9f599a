"""Towns that an Arabic text spells by their sound."""

from __future__ import annotations

import pytest

from tests.claim.test_examples import claims
from transforms.claim.heard import sounds


def places(text: str) -> list[str]:
    return [place.name for claim in claims(text, "ar") for place in claim.places]


HEARD = [
    ("قتل 12 شخصا في مولتان في باكستان يوم الثلاثاء.", "Multan"),
    ("قتل 12 شخصا في غولو شمالي أوغندا يوم الثلاثاء.", "Gulu"),
    ("قتل 12 شخصا قرب بلدة باتيبو في الكاميرون يوم الثلاثاء.", "Batibo"),
    ("قتل 12 شخصا في ناخون سي ثامارات جنوب تايلاند.", "Nakhon Si Thammarat"),
    ("قتل 12 شخصا في ضواحي تشاندبور في بنغلادش.", "Chāndpur"),
    ("وصل 12 لاجئا إلى باسكنو في موريتانيا.", "Basseknou"),
]


@pytest.mark.parametrize(("text", "town"), HEARD)
def test_a_town_is_known_by_its_sound_in_a_country_that_is_told(text: str, town: str) -> None:
    assert places(text) == [town]


NOT_HEARD = [
    "قتل 12 شخصا في مولتان يوم الثلاثاء.",  # no country is told
    "قتل 12 شخصا في المدينة في المغرب يوم الثلاثاء.",  # no Mediouna
    "قتل 12 شخصا في مركز شرطة في العراق يوم الثلاثاء.",  # no Chwarta
    "نفقت 12 بقرة في قطعان في ألمانيا يوم الثلاثاء.",  # no Köthen
]


@pytest.mark.parametrize("text", NOT_HEARD)
def test_a_common_word_is_no_town(text: str) -> None:
    towns = {"Multan", "Mediouna", "Chwarta", "Köthen"}
    assert towns.isdisjoint(places(text))


@pytest.mark.parametrize(("one", "other"), [("gulu", "غولو"), ("multan", "مولتان")])
def test_two_scripts_sound_alike(one: str, other: str) -> None:
    assert sounds(one) == sounds(other)


def test_a_short_name_is_not_heard() -> None:
    assert sounds("wau") is None


def test_a_part_in_another_language_is_read_beside_it() -> None:
    arabic = "قتل 12 شخصا قرب بلدة باتيبو في الكاميرون."
    english = "The army said that 12 people were killed in Cameroon."
    assert "Batibo" in places(f"{arabic}\n\n{english}")
