"""Which slot each figure of a sentence fills, whom it counts, and whether it is all of them."""

from __future__ import annotations

import pytest

from tests.claim.test_examples import claims

Counted = tuple[str, float, str, str]


def counted(text: str, language: str = "en") -> list[Counted]:
    return [
        (c.slot, c.quantity.stated, c.counted, c.scope.kind)
        for c in claims(text, language)
        if c.quantity and c.quantity.stated
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The blast killed 12 and wounded 30."),
        ("en", "Killing 12 and wounding 30, the bomb exploded."),
        ("en", "12 people were killed and 30 injured."),
        ("en", "The toll is 12 dead and 30 wounded."),
        ("fr", "L'explosion a tué 12 personnes et en a blessé 30."),
        ("fr", "Le bilan est de 12 morts et 30 blessés."),
        ("ar", "قتل 12 شخصا وأصيب 30 بجروح."),
        ("ar", "سقط 12 قتيلا و30 جريحا."),
    ],
)
def test_each_figure_goes_to_its_own_verb(language: str, text: str) -> None:
    assert counted(text, language) == [
        ("killed", 12, "people", "whole"),
        ("injured", 30, "people", "whole"),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The raid killed 20 people, including five children."),
        ("en", "Twenty people were killed, among them five children."),
        ("fr", "L'attaque a tué 20 personnes, dont cinq enfants."),
        ("fr", "Vingt personnes ont été tuées, parmi lesquelles cinq enfants."),
        ("ar", "قتل 20 شخصا، من بينهم خمسة أطفال."),
    ],
)
def test_including_tells_of_a_part(language: str, text: str) -> None:
    assert counted(text, language) == [
        ("killed", 20, "people", "whole"),
        ("killed", 5, "children", "part"),
    ]


def test_joined_figures_share_a_verb_and_keep_their_groups() -> None:
    assert counted("The storm killed 20 men and 5 women.") == [
        ("killed", 20, "men", "whole"),
        ("killed", 5, "women", "whole"),
    ]


def test_those_who_killed_are_not_those_killed() -> None:
    assert counted("Twelve people were killed by two gunmen in three attacks.") == [
        ("killed", 12, "people", "whole")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The death toll has risen to 50.",
        "The number of people killed reached 50.",
        "The number of dead now stands at 50.",
    ],
)
def test_a_total_announces_its_figure(text: str) -> None:
    assert counted(text) == [("killed", 50, "people", "whole")]


def test_another_five_are_a_part() -> None:
    assert counted("Another five people were killed.") == [("killed", 5, "people", "part")]


def test_a_figure_takes_over_the_slot_of_the_sentence_before() -> None:
    text = "300 people fled, the prefect said. The Red Cross puts the figure at 900."
    assert counted(text) == [
        ("displaced", 300, "people", "whole"),
        ("displaced", 900, "people", "whole"),
    ]


@pytest.mark.parametrize(
    "text",
    ["The raid killed 30%.", "The raid killed 5 km away.", "A raid destroyed $20."],
)
def test_what_is_measured_or_paid_is_not_killed(text: str) -> None:
    assert counted(text) == []


def test_money_is_pledged_and_people_are_not() -> None:
    assert [slot for slot, *_ in counted("Norway pledged 20 million euros.")] == ["pledged"]
    assert counted("Norway pledged 20 people.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Chaotic evacuations left hundreds stranded at the end of August.",
        "The strike left 40 passengers stranded.",
    ],
)
def test_those_left_stranded_are_not_killed(text: str) -> None:
    assert [c.slot for c in claims(text, "en") if c.slot == "killed"] == []
