"""Scores `read_times` on the date-time sentences of Recognizers-Text: `python -m benchmarks.times`.

    python -m benchmarks.times PATH            PATH holds Specs/DateTime/{English,French,Arabic}
    python -m benchmarks.times PATH --failures LANGUAGE [TYPE]
    python -m benchmarks.times --speed FILE    articles as JSON lines with `body` and `language`

The scorer's rules. A gold entity is *found* if a reading shares a character with it. Its value is
*right* if an overlapping reading agrees with any candidate of the gold (they give the past and the
future one; news prefers the past):

- date: our first and last day are the gold's day;
- daterange: our first day is `start` and our last the day before `end` (open where theirs is); a
  length that ends or begins now (the last three days) is right by its length, as ISO-TimeML has it;
- datetime and datetimerange: our value has the gold's day and hour, or its part of the day;
- time and timerange: our hour and minute, or part of the day, whatever the day;
- duration, set, reference: the value is the gold's timex.

A case without a reference time takes that of the English case of equal values; where there is none
its value is not scored. Entities that news reads otherwise are listed apart, by cause, and left out
of the share "of comparable". Anything read that overlaps no gold entity is counted as extra.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

from transforms.extract.times import TimeSpan, read_times, time_table
from transforms.extract.tokens import Tokens, tokenize
from transforms.read.normal import fold, normal

LANGUAGES = {"English": "en", "French": "fr", "Arabic": "ar"}
NOON = datetime(2016, 11, 7)


class Case(NamedTuple):
    """A sentence, the moment it is read at (None: not known), and its entities."""

    text: str
    reference: datetime | None
    entities: list[dict[str, Any]]


class Read(NamedTuple):
    """A reading with the offsets of its text."""

    start: int
    end: int
    span: TimeSpan


def cases(folder: Path, language: str, references: dict[str, datetime]) -> Iterator[Case]:
    """The cases of a language; learns reference times from those that have one."""
    path = folder / "Specs" / "DateTime" / language / "DateTimeModel.json"
    for case in json.loads(path.read_text(encoding="utf-8-sig")):
        told = (case.get("Context") or {}).get("ReferenceDateTime")
        key = json.dumps([entity.get("Resolution") for entity in case["Results"]])
        reference = datetime.fromisoformat(told[:19]) if told else references.get(key)
        if told:
            references.setdefault(key, datetime.fromisoformat(told[:19]))
        yield Case(case["Input"], reference, case["Results"])


def read(case: Case, language: str) -> list[Read]:
    """Our readings of a case, with offsets in its text."""
    clean = normal(case.text)
    tokens = tokenize(clean.text, fold(clean.text))
    published = (case.reference or NOON).replace(tzinfo=timezone.utc)
    return [
        Read(*clean.original(tokens.starts[span.first], tokens.ends[span.last]), span)
        for span in read_times(tokens, time_table(language), published)
    ]


def candidates(entity: dict[str, Any]) -> list[dict[str, Any]]:
    """The values that the gold allows; none where it tells none."""
    resolution = entity.get("Resolution")
    return list(resolution.get("values") or ()) if isinstance(resolution, dict) else []


# --- Agreement ----------------------------------------------------------------------------------


def agrees(ours: TimeSpan, value: dict[str, Any]) -> bool:
    """Whether a reading has one candidate value of the gold."""
    kind = value.get("type", "")
    timex = str(value.get("timex", ""))
    mine = ours.time.timex3
    if (
        kind in ("duration", "set")
        or timex.endswith("_REF")
        or value.get("value") == "not resolved"
    ):
        return timex in (mine.value, mine.value.replace("XXXX-XX-XX", ""))
    if kind == "date":
        return ours.time.earliest == ours.time.latest == value.get("value")
    if kind == "daterange":
        return _days_agree(ours, value, timex)
    if kind in ("datetime", "datetimerange"):
        return _moments_agree(mine.value, value, timex)
    return _clock(mine.value) == _clock(timex) or _clock_range(mine.value) == _clock_range(timex)


def _days_agree(ours: TimeSpan, value: dict[str, Any], timex: str) -> bool:
    mine = ours.time.timex3
    if mine.type == "DURATION":
        return timex.rstrip(")").rpartition(",")[2] == mine.value
    if ours.time.timex3.mod in ("START", "MID", "END") and value.get("Mod"):
        return mine.value == timex and mine.mod == value["Mod"].upper()
    start, end = value.get("start"), value.get("end")
    opened = {"after": ("AFTER", start), "before": ("BEFORE", end), "until": ("ON_OR_BEFORE", end)}
    if value.get("Mod") in opened and (mine.mod, mine.value) == opened[value["Mod"]]:
        return True
    last = (date.fromisoformat(end) - timedelta(days=1)).isoformat() if end else None
    if value.get("sourceEntity") == "datetimepoint" or value.get("Mod") in ("until", "since"):
        last = end if ours.time.latest == end else last
    ends = ours.time.latest in (last, end) if "/" in mine.value else ours.time.latest == last
    return ours.time.earliest == start and ends


def _moments_agree(mine: str, value: dict[str, Any], timex: str) -> bool:
    if mine == timex:
        return True
    told = value.get("value") or ""
    if told:
        return _minute(mine) == told.replace(" ", "T")[:16]
    first, _, last = mine.partition("/")
    start, end = (str(value.get(name, "")).replace(" ", "T")[:16] for name in ("start", "end"))
    if last:
        return _minute(first) == start and _minute(last) == end
    day, _, part = mine.partition("T")
    return bool(part) and part.isalpha() and timex.endswith(f"T{part}") and day == start[:10]


def _minute(moment: str) -> str:
    day, _, clock = moment.partition("T")
    return f"{day}T{clock[:5] if ':' in clock else clock + ':00'}"


def _clock(value: str) -> str:
    clock = value.rpartition("T")[2]
    return clock if clock.isalpha() or ":" in clock else clock + ":00"


def _clock_range(value: str) -> tuple[str, ...]:
    parts = value.strip("()").replace("/", ",").split(",")
    return tuple(_clock(part) for part in parts[:2]) if len(parts) > 1 else (value, "")


# --- Read otherwise on purpose ------------------------------------------------------------------


def purpose(entity: dict[str, Any], ours: list[Read], reference: datetime | None) -> str | None:
    """Why news reads this entity otherwise, None where it does not."""
    values = candidates(entity)
    timex = str(values[0].get("timex", "")) if values else ""
    if not values:
        return None
    if not ours:
        bare = str(entity["Text"]).lower().split()[-1] in BARE
        return "the day, the week and the like tell no time by themselves" if bare else None
    mine = ours[0].span.time
    if str(entity["Text"]).startswith("in ") and mine.timex3.type == "DURATION":
        return "in two days is a length where the sentence tells no future"
    if mine.timex3.value.startswith(("PX", "PTX")):
        return "a vague number stays vague (they: some days = 3)"
    value = str(values[0].get("value", values[0].get("start", "")))[:10]
    unit = mine.granularity in ("week", "month", "year", "decade")
    if entity["Type"] == "date" and unit and (mine.earliest or "") <= value <= (mine.latest or ""):
        return "so many weeks, months or years ago keep that granularity (they: the day)"
    if any(_ends_before(v, mine.earliest, mine.latest, mine.timex3.value) for v in values):
        return "a range holds its last year or month (they: ends where that begins)"
    if mine.timex3.mod == "END" and "T23:59" in timex:
        return "the end of a day is that day (they: its last minute)"
    if timex.endswith(("-02-30", "-02-30T17:20", "-02-31", "-04-31")):
        return "a day that no calendar has is marked, not dropped"
    if len(ours) > 1 and " for " in str(entity["Text"]) and "range" in entity["Type"]:
        return "an hour and a length stay two readings (they: one range)"
    edges = {"start", "mid", "end"} & set(str(values[0].get("Mod", "")).split("-"))
    if (edges or "middle" in str(entity["Text"])) and (mine.timex3.mod or "/" in mine.timex3.value):
        return "early, mid and late are the design's spans"
    weekday = "WXX" in timex or (entity["Type"] == "date" and reference is not None)
    near = mine.granularity == "day" and len(value) == 10 and mine.earliest is not None
    if weekday and near and abs(_apart(value, str(mine.earliest))) == 7:
        return "next and last weekday are the nearest ones (they: of next and last week)"
    return None


def _ends_before(gold: dict[str, Any], first: str | None, last: str | None, value: str) -> bool:
    """From 2014 to 2018 ends with 2018 in news, before 2018 for them."""
    end = str(gold.get("end", ""))
    return (
        "/" in value and gold.get("start") == first and bool(last) and str(first) < end <= str(last)
    )


BARE = frozenset("day week month year jour semaine mois année l'année journée".split())  # noqa: SIM905


def _apart(one: str, other: str) -> int:
    try:
        return (date.fromisoformat(one) - date.fromisoformat(other)).days
    except ValueError:
        return 0


# --- Scores -------------------------------------------------------------------------------------


class Score(Counter[str]):
    """Counts of one type of entity: gold, found, valued, right, purpose."""


def score(folder: Path, name: str, references: dict[str, datetime], shown: str | None) -> None:
    """Prints the scores of a language; lists the failures of the types `shown` (all: '')."""
    by_type: dict[str, Score] = defaultdict(Score)
    purposes: Counter[str] = Counter()
    extra = 0
    for case in cases(folder, name, references):
        readings = read(case, LANGUAGES[name])
        used: set[int] = set()
        for entity in case.entities:
            kind = str(entity.get("TypeName") or entity.get("Typename")).rpartition(".")[2]
            entity["Type"] = kind
            mine = [
                r for r in readings if r.start <= entity["End"] and entity.get("Start", 0) < r.end
            ]
            used.update(r.start for r in mine)
            verdict, why = judged(entity, mine, case.reference)
            by_type[kind].update(verdict)
            if why is not None:
                purposes[why] += 1
            elif shown is not None and kind.startswith(shown) and not verdict["right"]:
                _show(case, entity, mine)
        extra += sum(r.start not in used for r in readings)
    _print(name, by_type, purposes, extra)


def judged(
    entity: dict[str, Any], mine: list[Read], reference: datetime | None
) -> tuple[Counter[str], str | None]:
    """What an entity adds to the score, and why it is read otherwise if it is on purpose."""
    values = candidates(entity)
    verdict = Counter(gold=1, found=bool(mine), valued=bool(values) and reference is not None)
    if not verdict["valued"]:
        return verdict, None
    verdict["right"] = any(agrees(r.span, value) for r in mine for value in values)
    why = None if verdict["right"] else purpose(entity, mine, reference)
    verdict["purpose"] = why is not None
    return verdict, why


def _show(case: Case, entity: dict[str, Any], mine: list[Read]) -> None:
    values = candidates(entity) or [{}]
    told = {k: v for k, v in values[0].items() if k not in ("type", "sourceEntity")}
    ours = [
        f"{case.text[r.start : r.end]!r} {r.span.time.timex3.value} {r.span.time.timex3.mod or ''} "
        f"{r.span.time.earliest}..{r.span.time.latest}"
        for r in mine
    ]
    when = case.reference.date() if case.reference else None
    print(
        f"  {case.text!r} @{when} {entity['Text']!r} {' '.join(map(str, told.values()))} <> {ours}"
    )


def _print(name: str, by_type: dict[str, Score], purposes: Counter[str], extra: int) -> None:
    print(f"\n{name:15} {'gold':>6} {'found':>6} {'right':>6} {'value':>7} {'of comparable':>14}")
    total = Score()
    for kind, counts in sorted(by_type.items()):
        total.update(counts)
        _row(kind, counts)
    _row("all", total)
    print(f"extra readings: {extra}")
    for why, count in purposes.most_common():
        print(f"otherwise on purpose: {count:4}  {why}")


def _row(kind: str, counts: Score) -> None:
    valued, comparable = counts["valued"], counts["valued"] - counts["purpose"]
    value = counts["right"] / valued if valued else 0
    fair = counts["right"] / comparable if comparable else 0
    found = counts["found"] / counts["gold"]
    print(
        f"{kind:15} {counts['gold']:6} {found:6.1%} {counts['right']:6} {value:7.1%} {fair:14.1%}"
    )


# --- Speed --------------------------------------------------------------------------------------


def speed(path: Path) -> None:
    """Characters a second of cutting tokens and reading times, on one core; the best of five."""
    lines = path.read_text(encoding="utf-8").splitlines()
    articles = [json.loads(line) for line in lines]
    texts = [(normal(a["body"]).text, a.get("language") or "en") for a in articles]
    size = sum(len(text) for text, _ in texts)
    cut = min(_timed(tokenized(texts)) for _ in range(5))
    published = datetime(2017, 4, 5, tzinfo=timezone.utc)
    whole = min(_timed(timed_readings(texts, published)) for _ in range(5))
    print(f"{size:,} characters; tokens {size / cut / 1e3:,.0f} kchar/s; ", end="")
    print(f"tokens and times {size / whole / 1e3:,.0f} kchar/s; ", end="")
    print(f"times alone {size / (whole - cut) / 1e3:,.0f} kchar/s")


def tokenized(texts: list[tuple[str, str]]) -> Iterator[Tokens]:
    """The tokens of each text."""
    for text, _ in texts:
        yield tokenize(text, fold(text))


def timed_readings(texts: list[tuple[str, str]], published: datetime) -> Iterator[list[TimeSpan]]:
    """The times of each text."""
    for text, language in texts:
        yield read_times(tokenize(text, fold(text)), time_table(language), published)


def _timed(work: Iterable[object]) -> float:
    start = time.perf_counter()
    for _ in work:
        pass
    return time.perf_counter() - start


def main(arguments: list[str]) -> None:
    """See the top of this file."""
    if arguments[:1] == ["--speed"]:
        speed(Path(arguments[1]))
        return
    shown = arguments[arguments.index("--failures") + 1 :] if "--failures" in arguments else []
    references: dict[str, datetime] = {}
    for name in LANGUAGES:
        kinds = (shown[1] if len(shown) > 1 else "") if name in shown else None
        score(Path(arguments[0]), name, references, kinds)


if __name__ == "__main__":
    main(sys.argv[1:])
