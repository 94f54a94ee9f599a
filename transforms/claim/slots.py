"""The slots: what a claim can be of, and how each behaves."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec
import tomli


class Slot(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One slot of slots.toml, where its fields are described."""

    name: str
    family: str
    kind: Literal["count", "date"]
    unit: Literal["person", "thing", "money"] = "thing"
    course: Literal["rises", "falls", "free", "fixed"] = "fixed"
    grave: bool = False
    catch_up: float = 1
    patience: float = 6
    of: frozenset[str] = frozenset()


@cache
def slots() -> Mapping[str, Slot]:
    """All slots by name. Raises msgspec.ValidationError when slots.toml is wrong."""
    data = tomli.loads(files(__package__).joinpath("slots.toml").read_text(encoding="utf-8"))
    defaults = data.pop("defaults")
    return {
        name: msgspec.convert({"name": name, **defaults, **fields}, Slot)
        for name, fields in data.items()
    }
