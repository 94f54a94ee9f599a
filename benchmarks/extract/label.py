"""Puts labels given by hand onto drawn sentences: `... benchmarks.extract.label DRAWN LABELS`.

Writes gold/<language>_work.jsonl and _final.jsonl. LABELS holds one line a sentence:

    en031 q 50 = 50.. raids ; t Tuesday morning = TIME {tue}TMO
    ar111 > the translation ; q ... ; t ...

`q EXACT = VALUE UNIT`: a quantity. VALUE is a number (17), open (17.. at least, ..17 at most), a
range (5..7), vague (v20..99), or several right ones (4|40). UNIT may be `-` for none.
`t EXACT = TYPE VALUE`: a time, with further right readings after ` | `. `q?` and `t?` mark what
may be read or not. In values, of the day of publication: {0} the day, {-1d} a day before, {thu} the
last Thursday up to it, {+thu} the next one, {m-1} {y+1} {w-1} months, years and weeks from it.
Offsets are found here, in the order of the labels; a text that is not found stops the script.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

GOLD = Path(__file__).parent / "gold"
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
ARABIC_PREFIXES = "وفبلك"


def resolved(value: str, published: date) -> str:
    """A value with its macros replaced."""
    return re.sub(r"\{([^}]*)\}", lambda match: moment(match[1], published), value)


def moment(macro: str, day: date) -> str:
    if macro.lstrip("+") in WEEKDAYS:
        behind = (day.weekday() - WEEKDAYS.index(macro.lstrip("+"))) % 7
        ahead = 7 - behind if macro[0] == "+" else -behind
        return (day + timedelta(days=ahead)).isoformat()
    if match := re.fullmatch(r"([+-]\d+)d|0", macro):
        return (day + timedelta(days=int(match[1] or 0))).isoformat()
    unit, step = macro[0], int(macro[1:])
    if unit == "m":
        month = day.year * 12 + day.month - 1 + step
        return f"{month // 12}-{month % 12 + 1:02}"
    if unit == "w":
        year, week, _ = (day + timedelta(weeks=step)).isocalendar()
        return f"{year}-W{week:02}"
    if unit == "y":
        return str(day.year + step)
    raise ValueError(f"no such macro: {macro}")


def quantity(value: str, unit: str) -> dict[str, Any]:
    """The fields of a quantity."""
    first, *others = value.split("|")
    vague = first.startswith("v")
    low, dots, high = first.removeprefix("v").partition("..")
    fields: dict[str, Any] = {
        "low": float(low) if low else None,
        "high": float(high or low) if high or not dots else None,
        "unit": None if unit == "-" else unit,
    }
    single = not (low and high) and not vague
    fields["stated"] = float(low or high) if single else None
    if others:
        fields["also"] = [float(other) for other in others]
    return fields | ({"vague": True} if vague else {})


def time(readings: str, published: date) -> dict[str, Any]:
    """The fields of a time expression."""
    first, *others = [resolved(one.strip(), published).split() for one in readings.split(" | ")]
    fields: dict[str, Any] = {"type": first[0], "value": first[1]}
    return fields | ({"also": others} if others else {})


def place(text: str, exact: str, after: int) -> int:
    """Where `exact` stands as whole words after an offset; raises ValueError where it does not.

    A space stands for any one white character, no-break spaces among them.
    """
    for match in re.finditer(r"\s".join(map(re.escape, exact.split(" "))), text):
        start, end = match.span()
        before = text[start - 1] if start else " "
        behind = text[end] if end < len(text) else " "
        glued = before.isalnum() and exact[0].isalnum()
        if glued and before in ARABIC_PREFIXES:
            glued = start > 1 and text[start - 2].isalpha() and text[start - 2] not in "وفبل"
        if start >= after and not glued and not (behind.isdigit() and exact[-1].isdigit()):
            return start
    raise ValueError(f"not found: {exact!r} in {text!r} after {after}")


def labelled(drawn: dict[str, Any], line: str) -> dict[str, Any]:
    """A line of gold; raises ValueError where a label does not fit."""
    text, source = drawn["text"], drawn["source"]
    entries = [entry.strip() for entry in line.split(" ; ") if entry.strip() not in ("", "-")]
    if entries and entries[0].startswith("> "):
        text, source = entries.pop(0)[2:], f"{source}, translated"
    elif drawn["translate"]:
        raise ValueError(f"{drawn['id']}: no translation")
    published = date.fromisoformat(drawn["published"])
    found: dict[str, list[dict[str, Any]]] = {"q": [], "t": []}
    for entry in entries:
        kind, rest = entry.split(" ", 1)
        exact, value = rest.rsplit(" = ", 1)
        same = found[kind[0]]
        start = place(text, exact, same[-1]["end"] if same else 0)
        end = start + len(exact)
        label: dict[str, Any] = {"exact": text[start:end], "start": start, "end": end}
        if kind[0] == "q":
            number, unit = value.split(" ", 1)
            label |= quantity(number, unit)
        else:
            label |= time(value, published)
        same.append(label | ({"optional": True} if kind.endswith("?") else {}))
    return {
        "id": drawn["id"], "language": drawn["id"][:2], "text": text,
        "published": f"{drawn['published']}T12:00:00+00:00", "document": drawn["document"],
        "source": source, "licence": drawn["licence"],
        "quantities": found["q"], "times": found["t"],
    }  # fmt: skip


def fault_of(drawn: dict[str, Any], line: str) -> str | None:
    """What is wrong with a line of labels."""
    try:
        labelled(drawn, line)
    except ValueError as error:
        return str(error)
    return None


def main(arguments: list[str]) -> None:
    drawn = [json.loads(line) for line in Path(arguments[0]).read_text("utf-8").splitlines()]
    lines = Path(arguments[1]).read_text("utf-8").splitlines()
    labels = dict(line.split(" ", 1) for line in lines if line.strip() and line[0] != "#")
    wrong = [
        f"{one['id']}: {fault}" for one in drawn if (fault := fault_of(one, labels[one["id"]]))
    ]
    if wrong:
        raise SystemExit("\n".join(wrong))
    for half in ("work", "final"):
        gold = [labelled(one, labels[one["id"]]) for one in drawn if one["half"] == half]
        path = GOLD / f"{drawn[0]['id'][:2]}_{half}.jsonl"
        with path.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(one, ensure_ascii=False) + "\n" for one in gold)
        print(path.name, len(gold), sum(len(one["quantities"]) for one in gold),
              sum(len(one["times"]) for one in gold))  # fmt: skip


if __name__ == "__main__":
    main(sys.argv[1:])
