"""The sets that readers are scored on, all as lines of gold (see README.md)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from benchmarks import numbers, times

Line = dict[str, Any]

GOLD = Path(__file__).parent / "gold"
SEEDS = Path(__file__).parents[2] / "tests/data/seeds"
NAMES = {"en": "English", "fr": "French", "ar": "Arabic"}
EVERY = 3  # of the sentences of Recognizers-Text; `python -m benchmarks.numbers` reads them all
NOON = "T12:00:00+00:00"


def own(language: str, half: str = "work") -> list[Line]:
    """The project's own gold: `work`, or `final`, which only the final figure opens."""
    path = GOLD / f"{language}_{half}.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


# --- The samples' gold --------------------------------------------------------------------------

SAMPLE_UNITS = {"year": "a"}


def samples(language: str) -> list[Line]:
    """The five sample articles: what is `core` is gold, `trap` none, all else optional."""
    gold = json.loads((SEEDS / "seeds_gold.json").read_text("utf-8"))["documents"]
    lines = []
    for number, told in gold.items():
        if told["languages"][0] == language:
            text = (SEEDS / told["file"]).read_text("utf-8")
            lines.append({
                "id": number, "language": language, "text": text,
                "published": told["publication_date"] + NOON,
                "quantities": [_sample_number(one) for one in told["numbers"]
                               if one["status"] != "trap"],
                "times": [_sample_date(one) for one in told["dates"]],
            })  # fmt: skip
    return lines


def _sample_number(one: Line) -> Line:
    vague = str(one["modifier"]).startswith("vague")
    share = one["kind"] == "fraction"
    scale = 100 if share else 1
    low, high = (None if end is None else end * scale for end in (one["low"], one["high"]))
    single = not vague and (low == high or low is None or high is None)
    unit = "%" if share else one.get("unit")
    return {
        "exact": one["surface"], "start": one["start"], "end": one["end"],
        "low": low, "high": high, "stated": (low if low is not None else high) if single else None,
        "unit": SAMPLE_UNITS.get(unit, unit), "vague": vague,
        "optional": one["status"] != "core",
    }  # fmt: skip


def _sample_date(one: Line) -> Line:
    kind = one["type"] if one["type"] in ("DATE", "TIME", "DURATION", "SET") else "DATE"
    return {
        "exact": one["surface"], "start": one["start"], "end": one["end"], "type": kind,
        "value": one["value"], "optional": one["status"] != "core",
    }  # fmt: skip


# --- Recognizers-Text ---------------------------------------------------------------------------


def recognizers_quantities(data: Path, name: str, language: str) -> list[Line]:
    """A set of numbers or units; what Tally reads otherwise on purpose is optional."""
    path = data / "recognizers_text_ntx/Specs" / numbers.SETS[name].format(NAMES[language])
    if not path.exists():
        return []
    lines = []
    for i, case in enumerate(json.loads(path.read_text("utf-8-sig"))[::EVERY]):
        found = [_number(name, case["Input"], result) for result in case["Results"]]
        lines.append({"id": f"{name}:{EVERY * i}", "language": language,
                      "text": case["Input"], "published": "2016-11-07" + NOON,
                      "quantities": found, "times": []})  # fmt: skip
    return lines


def _number(name: str, text: str, result: Line) -> Line:
    result["Start"] = start = numbers.place(text, result)
    values = numbers.value_of(name, result)
    low, high = (values if len(values) == 2 else values * 2) if values else (None, None)
    single = low == high or low is None or high is None
    unit = (result.get("Resolution") or {}).get("unit")
    return {
        "exact": result["Text"], "start": start, "end": start + len(result["Text"]),
        "low": low, "high": high, "stated": (low if low is not None else high) if single else None,
        "unit": "%" if name == "percent" else unit,
        "optional": numbers.on_purpose(name, text, result) is not None,
    }  # fmt: skip


def recognizers_times(data: Path, language: str) -> list[Line]:
    """Dates and times; what has no reference time, or no value in TIMEX3, is optional."""
    folder = data / "recognizers_text_ntx"
    references: dict[str, datetime] = {}
    if language != "en":
        list(times.cases(folder, "English", references))
    every = list(times.cases(folder, NAMES[language], references))[::EVERY]
    lines = []
    for i, case in enumerate(every):
        published = (case.reference or times.NOON).isoformat()[:19] + "+00:00"
        found = [_time(entity, case) for entity in case.entities]
        lines.append({"id": f"time:{EVERY * i}", "language": language, "text": case.text,
                      "published": published, "quantities": [], "times": found})  # fmt: skip
    return lines


def _time(entity: Line, case: times.Case) -> Line:
    start, end = entity.get("Start", 0), entity.get("End", 0) + 1
    right = sorted({pair for value in times.candidates(entity) for pair in timex3(value)})
    known = bool(right) and case.reference is not None
    kind, value = right[0] if right else ("DATE", "")
    return {
        "exact": case.text[start:end], "start": start, "end": end, "type": kind, "value": value,
        "also": right[1:], "optional": not known,
    }  # fmt: skip


def timex3(value: Line) -> Iterator[tuple[str, str]]:
    """The values of TIMEX3 that say what a candidate of Recognizers-Text says."""
    kind, timex = value.get("type", ""), str(value.get("timex", ""))
    told, start = str(value.get("value", "")), str(value.get("start", ""))
    if timex.endswith("_REF"):
        yield "DATE", timex
    elif kind in ("duration", "set"):
        yield kind.upper(), timex
    elif kind == "date" and re.match(r"\d{4}-\d\d-\d\d$", told):
        yield "DATE", told
    elif kind in ("datetime", "time") and told[:1].isdigit():
        yield "TIME", told.replace(" ", "T") if kind == "datetime" else f"T{told}"
    elif kind == "daterange":
        yield from _stretch(timex, start)
    elif kind in ("datetimerange", "timerange") and (part := re.search(r"T(MO|AF|EV|NI)$", timex)):
        yield "TIME", (start[:10] if kind == "datetimerange" else "") + part[0]


def _stretch(timex: str, start: str) -> Iterator[tuple[str, str]]:
    if re.fullmatch(r"\d{4}(-\d\d|-W\d\d(-WE)?|-Q\d|-H\d|-SP|-SU|-FA|-WI)?", timex):
        yield "DATE", timex
    lasts = re.search(r",(P[^)]*)\)", timex)
    if re.fullmatch(r"XXXX-\d\d", timex) and start:
        yield "DATE", start[:7]
    if lasts and start and lasts[1] in ("P1W", "P7D"):
        year, week, _ = date.fromisoformat(start[:10]).isocalendar()
        yield "DATE", f"{year}-W{week:02}"
    if lasts:
        yield "DURATION", lasts[1]
