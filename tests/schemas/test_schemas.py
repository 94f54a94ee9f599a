"""The JSON Schemas and the types are the same messages."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import jsonschema
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.__main__ import differing, main, path
from schemas.messages import MESSAGES, Reject
from transforms.read.reader import read

EXAMPLES = Path(__file__).parents[2] / "schemas" / "examples"
FORMATS = jsonschema.FormatChecker(formats=())


@FORMATS.checks("date-time", raises=ValueError)
def _is_moment(value: object) -> bool:
    """That the calendar has such a moment: what a pattern cannot say."""
    if isinstance(value, str) and len(value) >= 19:
        datetime.strptime(value[:10] + value[11:19], "%Y-%m-%d%H:%M:%S")
        zone = value[-5:].replace(":", "") if value[-1] not in "Zz" else "0000"
        datetime.strptime(zone[-4:], "%H%M")
    return True


VALIDATORS = {
    name: jsonschema.Draft202012Validator(
        json.loads(path(name).read_text(encoding="utf-8")), format_checker=FORMATS
    )
    for name in MESSAGES
}


def examples(kind: str) -> list[Any]:
    files = sorted(EXAMPLES.glob(f"*/{kind}/*.json"))
    return [pytest.param(file, id=f"{file.parts[-3]}/{file.stem}") for file in files]


def by_schema(name: str, value: Any) -> bool:
    return VALIDATORS[name].is_valid(value)


def by_type(name: str, value: Any) -> bool:
    try:
        msgspec.json.decode(json.dumps(value), type=MESSAGES[name])
    except msgspec.ValidationError:
        return False
    return True


@pytest.mark.parametrize("file", examples("valid"))
def test_valid_examples_are_valid_for_both(file: Path) -> None:
    name, value = file.parts[-3], json.loads(file.read_text(encoding="utf-8"))
    VALIDATORS[name].validate(value)
    message = msgspec.json.decode(file.read_bytes(), type=MESSAGES[name])
    written = msgspec.json.encode(message)
    VALIDATORS[name].validate(json.loads(written))
    assert msgspec.json.decode(written, type=MESSAGES[name]) == message


@pytest.mark.parametrize("file", examples("invalid"))
def test_invalid_examples_are_refused_by_both(file: Path) -> None:
    name, value = file.parts[-3], json.loads(file.read_text(encoding="utf-8"))
    assert not by_schema(name, value)
    assert not by_type(name, value)
    if name == "article":
        assert isinstance(read(file.read_bytes()), Reject)


@pytest.mark.parametrize("name", MESSAGES)
def test_every_message_has_examples_of_both_kinds(name: str) -> None:
    assert list((EXAMPLES / name / "valid").glob("*.json"))
    assert len(list((EXAMPLES / name / "invalid").glob("*.json"))) > 5


def test_the_files_are_what_the_types_say() -> None:
    assert differing() == []
    assert main(["--check"]) == 0
    assert main(["--what"]) == 2


def test_a_file_that_differs_is_told_and_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schemas.__main__.FOLDER", tmp_path)
    assert main(["--check"]) == 1
    assert main([]) == 0
    assert main(["--check"]) == 0
    (tmp_path / "claim.schema.json").write_text("{}", encoding="utf-8")
    assert differing() == ["claim"]


def parts(value: Any, at: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """All objects of a schema with where they stand."""
    if isinstance(value, dict):
        yield at, value
        for key, inner in value.items():
            yield from parts(inner, f"{at}/{key}")
    elif isinstance(value, list):
        for key, inner in enumerate(value):
            yield from parts(inner, f"{at}/{key}")


@pytest.mark.parametrize("name", MESSAGES)
def test_every_schema_is_closed_and_every_field_described(name: str) -> None:
    schema = VALIDATORS[name].schema
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"]
    for at, part in parts(schema):
        if "properties" in part and part.get("type") == "object":
            assert part["additionalProperties"] is False, at
            assert part["title"], at
            assert part["description"], at
            for field, value in part["properties"].items():
                assert value.get("description"), f"{at}/{field}"
        elif part.get("type") == "object":
            assert at.endswith("/extensions"), at


VALID = [(file.parts[-3], json.loads(file.read_text(encoding="utf-8")))
         for file in sorted(EXAMPLES.glob("*/valid/*.json"))]  # fmt: skip
NOISE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**40), 2**40),
    st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: number % 1),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=4),
    st.sampled_from(["usable", "part", "2021-08-30T12:00:00+01:00", "2021-13-01T00:00:00Z", "1"]),
    st.just([]),
    st.just({}),
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container of a value with every key in it."""
    found: list[tuple[Any, Any]] = []
    for _, part in parts(value):
        found += [(part, key) for key in part]
        for inner in part.values():
            if isinstance(inner, list):
                found += [(inner, index) for index in range(len(inner))]
    return found


@given(st.data())
def test_both_agree_on_changed_examples(data: st.DataObject) -> None:
    """Whole numbers written 1.0 are left out: an integer in JSON Schema, a float to the types.

    The reader makes them integers.
    """
    name, value = copy.deepcopy(data.draw(st.sampled_from(VALID)))
    for _ in range(data.draw(st.integers(1, 2))):
        container, key = data.draw(st.sampled_from(places(value)))
        change = data.draw(st.sampled_from(["replace", "remove", "add"]))
        if change == "replace":
            container[key] = data.draw(NOISE)
        elif change == "remove":
            del container[key]
        elif isinstance(container, dict):
            container[data.draw(st.sampled_from(["version", "type", "place", "x"]))] = data.draw(
                NOISE
            )
        if not places(value):
            break
    assert by_schema(name, value) == by_type(name, value), value
