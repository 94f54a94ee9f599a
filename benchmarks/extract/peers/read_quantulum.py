"""quantulum3: quantities with units, in English."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from quantulum3 import parser
from serve import Reader, Readings, serve


def reader(language: str) -> Reader:
    def read(text: str, published: datetime) -> Readings:
        return {"quantities": [quantity(one) for one in parser.parse(text)], "times": []}

    return read


def quantity(one: Any) -> dict[str, Any]:
    """A range is told as its middle and what it spreads to both sides."""
    spread = one.uncertainty or 0.0
    unit = None if one.unit.entity.name == "dimensionless" else one.unit.name
    if unit == "dimensionless":
        unit = None
    return {
        "start": one.span[0], "end": one.span[1], "unit": unit, "unit_text": one.unit.name,
        "stated": one.value if not spread else None,
        "low": one.value - spread, "high": one.value + spread,
    }  # fmt: skip


if __name__ == "__main__":
    serve(reader)
