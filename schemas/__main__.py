"""Writes the JSON Schemas beside this file from the types of schemas.messages.

python -m schemas            writes schemas/<name>.schema.json
python -m schemas --check    exits with 1 where a file differs from the types
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from schemas.messages import MESSAGES, SCHEMA_VERSION

FOLDER = Path(__file__).parent
DIALECT = "https://json-schema.org/draft/2020-12/schema"
# RFC 3339 as msgspec reads it; calendars (30 February) are left to the format.
MOMENT = (
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]+)?"
    "([Zz]|[+-][0-9]{2}:?[0-9]{2})$"
)


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of the message `name` of MESSAGES; KeyError for others."""
    made = msgspec.json.schema(MESSAGES[name])
    definitions = made["$defs"]
    root = definitions.pop(MESSAGES[name].__name__)
    whole = {
        "$schema": DIALECT,
        "$id": f"urn:tally:schema:{name}:{SCHEMA_VERSION}",
        **root,
        **({"$defs": definitions} if definitions else {}),
    }
    _complete(whole)
    return whole


def _complete(part: Any) -> None:
    """Adds what the types hold and msgspec does not write: the shape of moments, tags' meaning."""
    if isinstance(part, list):
        for item in part:
            _complete(item)
    elif isinstance(part, dict):
        if part.get("format") == "date-time":
            part["pattern"] = MOMENT
        tag = part.get("properties", {}).get("type", {})
        if len(tag.get("enum", ())) == 1:
            # Written always; a reader does without it, as msgspec does outside of unions.
            tag |= {"description": "The kind of selector.", "default": tag["enum"][0]}
            part["required"].remove("type")
        for value in part.values():
            _complete(value)


def text(name: str) -> str:
    """The schema as it stands in its file."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


def path(name: str) -> Path:
    """The file of a message's schema."""
    return FOLDER / f"{name}.schema.json"


def differing() -> list[str]:
    """Names of the messages whose file is missing or not what the types say."""
    return [
        name
        for name in MESSAGES
        if not path(name).exists() or path(name).read_text(encoding="utf-8") != text(name)
    ]


def main(arguments: list[str]) -> int:
    """The command; returns its exit code."""
    if arguments not in ([], ["--check"]):
        sys.stderr.write(__doc__ or "")
        return 2
    stale = differing()
    if arguments:
        for name in stale:
            sys.stderr.write(
                f"{path(name)} differs from schemas/messages.py: run python -m schemas\n"
            )
        return 1 if stale else 0
    for name in stale:
        path(name).write_text(text(name), encoding="utf-8")
        sys.stderr.write(f"wrote {path(name)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
