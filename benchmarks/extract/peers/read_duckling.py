"""Duckling, the Haskell library, by the native binding pyduckling-native-phihos.

Its values become TIMEX3 by their grain. It resolves to the future first; of the candidates that it
gives, the last one up to the publication is taken where there is one, as news is told.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import duckling
from serve import Reader, Readings, serve

ZONES = "/usr/share/zoneinfo"
QUANTITIES = ("number", "amount-of-money", "quantity", "distance", "volume", "temperature")
GRAINS = {"year": 4, "month": 7, "day": 10, "hour": 13, "minute": 16, "second": 16}
UNITS = {"year": "Y", "quarter": "Q", "month": "M", "week": "W", "day": "D", "hour": "H",
         "minute": "M", "second": "S"}  # fmt: skip


def reader(language: str) -> Reader:
    zones = duckling.load_time_zones(ZONES)
    locale = duckling.default_locale_lang(duckling.parse_lang(language.upper()))
    dimensions = duckling.parse_dimensions([*QUANTITIES, "duration", "time"])

    def read(text: str, published: datetime) -> Readings:
        moment = duckling.parse_ref_time(zones, "UTC", int(published.timestamp()))
        found = duckling.parse(text, duckling.Context(moment, locale), dimensions, False)
        quantities, times = [], []
        for one in longest(found):
            span = {"start": one["start"], "end": one["end"]}
            value = one["value"]
            if one["dim"] == "time":
                times.append(span | time(value, published))
            elif one["dim"] == "duration":
                if "value" in value:
                    unit = value["unit"]
                    times.append(span | {"type": "DURATION", "value": duration(value)})
                    quantities.append(span | {"low": value["value"], "high": value["value"],
                                              "stated": value["value"], "unit": unit})  # fmt: skip
            else:
                quantities.append(span | quantity(value))
        return {"quantities": quantities, "times": times}

    return read


def longest(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Without what stands inside a longer reading."""
    found = sorted(found, key=lambda one: one["start"] - one["end"])
    kept: list[dict[str, Any]] = []
    for one in found:
        if all(one["end"] <= other["start"] or other["end"] <= one["start"] for other in kept):
            kept.append(one)
    return kept


def quantity(value: dict[str, Any]) -> dict[str, Any]:
    ends = [value.get(end, {}).get("value") for end in ("from", "to")]
    unit = value.get("unit") or next(
        (value[end].get("unit") for end in ("from", "to") if end in value), None
    )
    low, high = ends if value["type"] == "interval" else (value["value"], value["value"])
    stated = low if low == high or high is None else high if low is None else None
    unit = None if unit == "unknown" else unit
    return {"low": low, "high": high, "stated": stated, "unit": unit,
            "unit_text": value.get("product")}  # fmt: skip


def duration(value: dict[str, Any]) -> str:
    unit, count = value["unit"], value["value"]
    clock = "T" if unit in ("hour", "minute", "second") else ""
    if unit == "quarter":
        return f"P{3 * count}M"
    return f"P{clock}{count}{UNITS[unit]}"


def time(value: dict[str, Any], published: datetime) -> dict[str, str]:
    candidates = value.get("values") or [value]
    past = [one for one in candidates if moment(one) <= published.isoformat()]
    one = past[-1] if past else candidates[0]
    if one["type"] == "interval":
        one = one.get("from") or one.get("to")
    told, grain = one["value"], one["grain"]
    if grain == "week":
        year, week, _ = datetime.fromisoformat(told[:19]).isocalendar()
        return {"type": "DATE", "value": f"{year}-W{week:02}"}
    if grain == "quarter":
        return {"type": "DATE", "value": f"{told[:4]}-Q{(int(told[5:7]) + 2) // 3}"}
    if grain in ("hour", "minute", "second"):
        return {"type": "TIME", "value": told[:16]}
    return {"type": "DATE", "value": told[: GRAINS[grain]]}


def moment(value: dict[str, Any]) -> str:
    ends = value.get("from") or value.get("to") or value
    return str(ends["value"])[:19]


if __name__ == "__main__":
    serve(reader)
