"""The words of an alert: in three languages, for whatever is raised."""

from __future__ import annotations

import inspect
import re

import msgspec
import pytest

from schemas.messages import Context, Discrepancy, Time, Timex3
from tests.claims import count, dated
from transforms.claim.slots import slots
from transforms.cross_check import inside, judge, verdicts
from transforms.cross_check.judge import judge as judged
from transforms.languages.load import LANGUAGES, table

DEAL = Context(
    event_kinds=("deal",), names=("semera", "afar", "issa"), words=("a", "b", "c", "d", "e", "f")
)


def odd(day: str):
    time = Time(Timex3("DATE", day), day, granularity="day")
    return msgspec.structs.replace(dated("2021-08-30"), slot="date", time=time)


RAISED = {
    "two figures": [count(43, "one.example"), count(38, "two.example", 5)],
    "two speakers": [
        count(300, uri="urn:x", speaker="governor"),
        count(900, uri="urn:x", speaker="red_cross", start=50),
    ],
    "two dates": [
        dated("2021-08-20", context=DEAL),
        dated("2021-08-23", "two.example", context=DEAL),
    ],
    "a day apart": [
        dated("2021-08-20", context=DEAL),
        dated("2021-08-21", "two.example", context=DEAL),
    ],
    "editions": [
        count(12, "paper.example", language="en"),
        count(17, "ar.paper.example", 1, language="ar"),
    ],
    "stale": [
        count(4, "a.example", 0),
        count(14, "b.example", 30),
        count(15, "c.example", 47),
        count(4, "d.example", 75),
    ],
    "version": [
        msgspec.structs.replace(count(25, uri="urn:x"), replaced="corrected"),
        count(15, uri="urn:x", version=2, hours=3),
    ],
    "headline": [
        count(30, uri="urn:x", field="headline"),
        count(20, uri="urn:x", start=50),
    ],
    "parts": [count(12, context=Context(parts=(5, 6)))],
    "weekday": [odd("2021-08-30")],
    "no such day": [odd("2021-06-31")],
}
RULES_OF_VERDICTS = {rule.__name__.strip("_") for rule in verdicts.VERDICTS}
# Inside articles, and of denials, a rule is named where its message is made.
RULES_BESIDE = {
    name
    for module in (inside, judge)
    for name in re.findall(r'"([a-z]+(?:_[a-z]+){2,})"', inspect.getsource(module))
}


def raised(name: str) -> Discrepancy:
    (found,) = judged(RAISED[name])
    return found


@pytest.mark.parametrize("name", RAISED)
def test_each_alert_is_told_in_three_languages(name: str) -> None:
    found = raised(name)
    texts = [getattr(found.explanation, language) for language in LANGUAGES]
    assert len(set(texts)) == len(LANGUAGES)
    for language, text in zip(LANGUAGES, texts, strict=True):
        words = table(language, "explanations")
        assert words["slots"][found.slot] in text
        rule = "one_day_apart" if name == "a day apart" else found.rule
        assert words["rules"][rule] in text
        assert not re.search(r"[{}]|None|nan|inf\b", text)


@pytest.mark.parametrize("name", RAISED)
def test_the_rule_named_is_a_rule(name: str) -> None:
    assert raised(name).rule in RULES_OF_VERDICTS | RULES_BESIDE


@pytest.mark.parametrize("name", ["two figures", "stale", "editions"])
def test_figures_and_outlets_of_all_positions_are_told(name: str) -> None:
    found = raised(name)
    for language in LANGUAGES:
        text = getattr(found.explanation, language)
        for position in found.positions:
            assert re.search(rf"(?<!\d){position.value.low:g}(?!\d)", text)
            assert all(source in text for source in position.sources[:3])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_slot_has_words(language: str) -> None:
    assert set(slots()) - set(table(language, "explanations")["slots"]) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_group_has_words(language: str) -> None:
    words = table(language, "explanations")
    groups = {g for tag in LANGUAGES for g in table(tag, "claims")["groups"]} - {"people"}
    assert groups - set(words["groups"]) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_nationality_is_named_in_its_words(language: str) -> None:
    words = table(language, "explanations")
    assert "{country}" in words["groups"]["nationals"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_words_are_there_for_rules_and_for_nothing_else(language: str) -> None:
    words = table(language, "explanations")
    assert set(words["rules"]) - {"one_day_apart"} <= RULES_OF_VERDICTS | RULES_BESIDE
    assert set(words["settle"]) <= set(words["rules"])


def test_the_same_words_in_each_language() -> None:
    for section in ("rules", "settle", "slots", "groups"):
        named = [set(table(language, "explanations")[section]) for language in LANGUAGES]
        assert named[0] == named[1] == named[2], section


def test_many_outlets_are_counted_not_listed() -> None:
    many = [count(43, f"{name}.example", uri=f"urn:{name}") for name in "abcdef"]
    (found,) = judged([*many, count(38, "z.example", 5)])
    assert table("en", "explanations")["and_more"].format(count=3) in found.explanation.en
    assert "f.example" not in found.explanation.en


def test_digits_are_european_in_arabic() -> None:
    assert not re.search(r"[٠-٩۰-۹]", raised("two figures").explanation.ar)
