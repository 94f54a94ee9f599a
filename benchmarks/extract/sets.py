"""The sets that readers are scored on, all as lines of gold (see README.md)."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
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
    """A set of numbers or units; what Tally reads otherwise on purpose is optional.

    Each labels one kind of quantity only, so a reading elsewhere is no invention (`partial`).
    """
    path = data / "recognizers_text_ntx/Specs" / numbers.SETS[name].format(NAMES[language])
    if not path.exists():
        return []
    lines = []
    for i, case in enumerate(json.loads(path.read_text("utf-8-sig"))[::EVERY]):
        found = [_number(name, case["Input"], result) for result in case["Results"]]
        lines.append({"id": f"{name}:{EVERY * i}", "language": language,
                      "text": case["Input"], "published": "2016-11-07" + NOON,
                      "quantities": found, "times": [], "partial": True})  # fmt: skip
    return lines


def _number(name: str, text: str, result: Line) -> Line:
    result["Start"] = start = numbers.place(text, result)
    values = numbers.value_of(name, result)
    low, high = (values if len(values) == 2 else values * 2) if values else (None, None)
    single = low == high or low is None or high is None
    return {
        "exact": result["Text"], "start": start, "end": start + len(result["Text"]),
        "low": low, "high": high, "stated": (low if low is not None else high) if single else None,
        "unit": "%" if name == "percent" else None,  # others are in their own names
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
    exact = case.text[start:end]
    right = sorted({pair for value in times.candidates(entity) for pair in timex3(value, exact)})
    known = bool(right) and case.reference is not None and not VAGUE.search(exact)
    kind, value = right[0] if right else ("DATE", "")
    return {
        "exact": exact, "start": start, "end": end, "type": kind, "value": value,
        "also": right[1:], "optional": not known,
    }  # fmt: skip


# A few days are three to them; so many years ago is a day to them, a year to TIMEX3.
VAGUE = re.compile(r"\b(few|several|some|quelques|plusieurs)\b|بضع|عدة|بعض", re.I)
COARSE = {
    "week": re.compile(r"\b(weeks?|semaines?)\b|[أا]سبوع|[أا]سابيع", re.I),
    "month": re.compile(r"\b(months?|mois)\b|شهر|[أا]شهر", re.I),
    "year": re.compile(r"\b(years?|ans?|années?)\b|سنة|سنوات|عام|[أا]عوام", re.I),
}


def timex3(value: Line, exact: str = "") -> Iterator[tuple[str, str]]:
    """The values of TIMEX3 that say what a candidate of Recognizers-Text says of a text."""
    kind, timex = value.get("type", ""), str(value.get("timex", ""))
    told, start, end = (str(value.get(name, "")) for name in ("value", "start", "end"))
    if "T23:59" in timex:  # the end of a day is that day to news
        return
    if timex.endswith("_REF"):
        yield "DATE", timex
    elif kind in ("duration", "set"):
        yield kind.upper(), timex
    elif kind == "date" and re.match(r"\d{4}-\d\d-\d\d$", told):
        yield "DATE", told
        units = {"week": week_of(told), "month": told[:7], "year": told[:4]}
        yield from (("DATE", units[unit]) for unit, word in COARSE.items() if word.search(exact))
    elif kind in ("datetime", "time") and told[:1].isdigit():
        yield "TIME", told.replace(" ", "T") if kind == "datetime" else f"T{told}"
    elif kind == "daterange":
        yield from _stretch(timex, start, end)
    elif kind in ("datetimerange", "timerange") and (part := re.search(r"T(MO|AF|EV|NI)$", timex)):
        yield "TIME", (start[:10] if kind == "datetimerange" else "") + part[0]


def _stretch(timex: str, start: str, end: str) -> Iterator[tuple[str, str]]:
    """A range of days: as one value where it is a month, quarter…, as two ends, as a length.

    Their ranges end before the last day: from March to May ends on 1 May. Both ends are right.
    """
    if re.fullmatch(r"\d{4}(-\d\d|-W\d\d(-WE)?|-Q\d|-H\d|-SP|-SU|-FA|-WI)?", timex):
        yield "DATE", timex
    lasts = re.search(r",(P[^)]*)\)", timex)
    length = lasts[1] if lasts else ""
    if length:
        yield "DURATION", length
    if not re.match(r"\d{4}-\d\d-\d\d", start):
        return
    ended = re.match(r"\d{4}-\d\d-\d\d", end)
    days = (date.fromisoformat(end) - date.fromisoformat(start)).days if ended else 0
    yield from (("DATE", one) for one in _whole(timex, start, length, days))
    if ended:
        before = (date.fromisoformat(end) - timedelta(days=1)).isoformat()
        for size in (4, 7, 10):
            yield "DATE", f"{start[:size]}/{end[:size]}"
            yield "DATE", f"{start[:size]}/{before[:size]}"


def _whole(timex: str, start: str, length: str, days: int) -> Iterator[str]:
    """The names of a range that is one unit of the calendar."""
    month = int(start[5:7])
    if re.fullmatch(r"XXXX-\d\d", timex) or length == "P1M":
        yield start[:7]
    if length in ("P1W", "P7D") or days == 7:
        yield week_of(start)
    if length == "P1Y" or days in (365, 366):
        yield start[:4]
    if length == "P3M":
        yield f"{start[:4]}-Q{(month + 2) // 3}"
    if length == "P6M":
        yield f"{start[:4]}-H{1 + month // 7}"
    if length == "P10Y":
        yield start[:3]
    if length == "P100Y":
        yield start[:2]


def week_of(day: str) -> str:
    year, week, _ = date.fromisoformat(day[:10]).isocalendar()
    return f"{year}-W{week:02}"
