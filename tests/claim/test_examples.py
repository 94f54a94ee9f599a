"""The claims of short news sentences in each language: languages/<lang>/examples/claims.toml."""

from __future__ import annotations

from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any

import pytest
import tomli

from schemas.messages import Article, Claim
from transforms.claim.claims import claims_of
from transforms.claim.pairs import NOTHING
from transforms.claim.slots import slots
from transforms.languages.load import EXPLAINED, LANGUAGES, table

# A date that cannot be right is known by the calendar, not by words.
WITHOUT_WORDS = {"date"}


@cache
def examples(language: str) -> dict[str, Any]:
    file = files("transforms.languages") / language / "examples" / "claims.toml"
    return tomli.loads(file.read_text(encoding="utf-8"))


def parameters(name: str) -> list[Any]:
    return [
        pytest.param(
            language,
            example,
            id=f"{language}: {example['text'][:40]}",
            marks=pytest.mark.xfail(strict=True, reason=example["fails"])
            if "fails" in example
            else (),
        )
        for language in LANGUAGES
        for example in examples(language)[name]
    ]


def claims(text: str, language: str) -> list[Claim]:
    published = datetime.fromisoformat(examples(language)["published"])
    return claims_of(
        Article("urn:example", published, "one.example", body_text=text, language=language)
    )


def told(claim: Claim, expected: dict[str, Any]) -> dict[str, Any]:
    """A claim as an example writes it: with all fields that it compares."""
    fields: dict[str, Any] = {
        "slot": claim.slot,
        "stated": claim.quantity.stated if claim.quantity else None,
        "counted": claim.counted,
        "scope": claim.scope.kind,
        "modality": claim.modality,
        "background": claim.context.background,
        "period": claim.context.period,
        "speaker": claim.speaker,
        "event_time": claim.event_time,
        "parts": list(claim.context.parts),
        "revised_from": claim.context.revised_from,
    }
    optional = {"speaker", "event_time", "parts", "revised_from"} - set(expected)
    return {name: value for name, value in fields.items() if name not in optional}


def whole(expected: dict[str, Any]) -> dict[str, Any]:
    is_date = slots()[expected["slot"]].kind == "date"
    return {
        "stated": None,
        "counted": "event" if is_date else "people",
        "scope": "whole",
        "modality": "asserted",
        "background": False,
        "period": None,
        **expected,
    }


@pytest.mark.parametrize(("language", "example"), parameters("read"))
def test_what_is_claimed(language: str, example: dict[str, Any]) -> None:
    found = claims(example["text"], language)
    expected = example["found"]
    assert [claim.slot for claim in found] == [e["slot"] for e in expected]
    assert [told(c, e) for c, e in zip(found, expected, strict=True)] == [
        whole(e) for e in expected
    ]
    for claim in found:
        position = claim.quote.position
        assert example["text"][position.start : position.end] == claim.quote.quote.exact


@pytest.mark.parametrize(("language", "example"), parameters("none"))
def test_what_claims_nothing(language: str, example: dict[str, Any]) -> None:
    assert claims(example["text"], language) == []


@pytest.mark.parametrize("language", EXPLAINED)
def test_each_slot_has_words_and_an_example(language: str) -> None:
    told_of = {e["slot"] for example in examples(language)["read"] for e in example["found"]}
    words = {
        slot for slot, roles in table(language, "claims")["slots"].items() if any(roles.values())
    }
    assert set(slots()) - told_of == set()
    assert set(slots()) - words == WITHOUT_WORDS
    assert words <= {*slots(), NOTHING}


@pytest.mark.parametrize("language", EXPLAINED)
def test_there_are_examples_enough(language: str) -> None:
    assert len(examples(language)["read"]) >= 40
    assert len(examples(language)["none"]) >= 15


# Of the languages without explanations the claims of disasters and war are read, by shorter tables.
MAIN_SLOTS = frozenset(
    "killed injured missing evacuated detained abducted destroyed crowd signed".split()  # noqa: SIM905
)


@pytest.mark.parametrize("language", sorted(set(LANGUAGES) - set(EXPLAINED)))
def test_a_shorter_table_has_the_main_slots_and_nothing_unknown(language: str) -> None:
    data, english = table(language, "claims"), table("en", "claims")
    told_of = {e["slot"] for example in examples(language)["read"] for e in example["found"]}
    assert told_of >= MAIN_SLOTS
    assert set(data["slots"]) <= set(english["slots"])
    for section in ("groups", "cues", "speakers", "event_kinds"):
        assert set(data[section]) <= set(english[section])
    assert len(examples(language)["none"]) >= 4


def test_the_same_tables_in_each_language() -> None:
    names = {language: set(table(language, "claims")["cues"]) for language in EXPLAINED}
    speakers = {language: set(table(language, "claims")["speakers"]) for language in EXPLAINED}
    assert len({frozenset(found) for found in names.values()}) == 1
    assert len({frozenset(found) for found in speakers.values()}) == 1
