"""Recognizers-Text in Python: numbers, percentages, units and dates; English and French.

Units stand before bare numbers, and a number stands unless it is a part of a longer time. Of its
candidates for a date the past one is taken. What it tells of a range of days becomes a value of
TIMEX3 where it is a year, month or week.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from recognizers_date_time import DateTimeRecognizer
from recognizers_number import NumberRecognizer
from recognizers_number_with_unit import NumberWithUnitRecognizer
from serve import Reader, Readings, serve

CULTURES = {"en": "en-us", "fr": "fr-fr"}


def reader(language: str) -> Reader:
    culture = CULTURES[language]
    number, measure = NumberRecognizer(culture), NumberWithUnitRecognizer(culture)
    models = [
        measure.get_currency_model(), measure.get_dimension_model(), measure.get_age_model(),
        number.get_percentage_model(), number.get_number_model(),
    ]  # fmt: skip
    dates = DateTimeRecognizer(culture).get_datetime_model()

    def read(text: str, published: datetime) -> Readings:
        quantities: list[dict[str, Any]] = []
        times, taken = [], []
        for one in dates.parse(text, published.replace(tzinfo=None)):
            found = time(one, published)
            if found is None:
                continue
            times.append(found)
            if found["type"] == "DURATION":
                quantities.extend(length(found))
            else:
                taken.append(found)
        for model in models:
            for one in model.parse(text):
                found = quantity(one)
                if found is None:
                    continue
                longer = (other for other in taken if length_of(other) > length_of(found))
                if not any(meet(found, other) for other in (*quantities, *longer)):
                    quantities.append(found)
        return {"quantities": quantities, "times": times}

    return read


def length_of(one: dict[str, Any]) -> int:
    return int(one["end"] - one["start"])


def meet(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return bool(one["start"] < other["end"] and other["start"] < one["end"])


def quantity(one: Any) -> dict[str, Any] | None:
    resolution = one.resolution or {}
    try:
        value = float(str(resolution.get("value", "")).rstrip("%"))
    except ValueError:
        return None
    unit = "%" if one.type_name == "percentage" else resolution.get("unit")
    return {"start": one.start, "end": one.end + 1, "low": value, "high": value,
            "stated": value, "unit": unit}  # fmt: skip


def length(time: dict[str, Any]) -> list[dict[str, Any]]:
    """A duration is a quantity too, where it has one unit."""
    match = re.fullmatch(r"P(T?)([\d.]+)([YMWDHS])", time["value"])
    if match is None:
        return []
    units = {"Y": "a", "M": "min" if match[1] else "mo", "W": "wk", "D": "d", "H": "h", "S": "s"}
    value = float(match[2])
    return [{"start": time["start"], "end": time["end"], "low": value, "high": value,
             "stated": value, "unit": units[match[3]]}]  # fmt: skip


def time(one: Any, published: datetime) -> dict[str, Any] | None:
    values = (one.resolution or {}).get("values") or []
    if not values:
        return None
    told = values[0]  # the past candidate comes first
    kind, timex = told["type"], told.get("timex", "")
    span = {"start": one.start, "end": one.end + 1}
    if timex.endswith("_REF"):
        return span | {"type": "DATE", "value": timex}
    if kind == "duration":
        return span | {"type": "DURATION", "value": timex}
    if kind == "set":
        return span | {"type": "SET", "value": timex}
    if kind == "date":
        return span | {"type": "DATE", "value": told.get("value", timex)}
    if kind in ("datetime", "time"):
        value = str(told.get("value", timex)).replace(" ", "T")
        day = "" if "T" in value else f"{published:%Y-%m-%d}T"
        return span | {"type": "TIME", "value": day + value}
    if kind in ("daterange", "datetimerange", "timerange"):
        return span | stretch(kind, timex, told, published)
    return None


def stretch(kind: str, timex: str, told: dict[str, Any], published: datetime) -> dict[str, str]:
    """A range of days or hours, as TIMEX3 has it where it can."""
    definite = re.fullmatch(r"\d{4}(-\d\d|-W\d\d|-W\d\d-WE|-S[PU]|-FA|-WI)?", timex)
    if definite:
        return {"type": "DATE", "value": timex}
    start, end = str(told.get("start", "")), str(told.get("end", ""))
    lasts = re.search(r",(P[^)]*)\)", timex)
    if kind == "daterange" and re.match(r"\d{4}-\d\d-01", start) and lasts and lasts[1] == "P1M":
        return {"type": "DATE", "value": start[:7]}
    month = re.fullmatch(r"XXXX-(\d\d)", timex)
    if month and start:
        return {"type": "DATE", "value": start[:7]}
    part = re.search(r"T(MO|AF|EV|NI)$", timex)
    if part:
        day = start[:10] if start[:1].isdigit() and "-" in start else f"{published:%Y-%m-%d}"
        return {"type": "TIME", "value": day + part[0]}
    if kind == "timerange" and (start or end):
        return {"type": "TIME", "value": f"{published:%Y-%m-%d}T{start or end}"}
    if lasts:
        return {"type": "DURATION", "value": lasts[1]}
    return {"type": "DATE", "value": start[:10] or end[:10] or timex}


if __name__ == "__main__":
    serve(reader)
