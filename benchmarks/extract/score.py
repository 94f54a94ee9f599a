"""The scorer: one for Tally and its peers, whatever they are.

A reading of a quantity is {start, end, low, high, stated, unit, unit_text}, of a time {start, end,
type, value}; gold is as benchmarks/extract/README.md has it. The rules:

- **Matching.** A reading and a gold label match when they share a character. Each has at most one
  partner; pairs are taken in the order: value right, then the larger overlap, then text order.
- **Neutral** is a reading without partner that overlaps gold: what is optional or vague, a second
  reading of one label (counted as *split* among the failures), or, for quantities, a number inside
  a DURATION or SET. Every other reading without partner is *invented*; in a set that labels some
  kinds of quantities only (`partial`) it is neutral.
- **found** is the F1 of matching, **span** that of matches with the same text, **value** that of
  matches with the right value: 2 P R / (P + R), P over readings that are not neutral, R over gold.
- **Spans** are the same after leading articles, demonstratives, prepositions and Arabic prefixes
  and signs at the ends are trimmed from both.
- **Quantity values.** Stated numbers are the same to a millionth; of a range both ends are. What
  says *at least* is told in **bounds**, the share of open labels read open at the same side. Of
  shares 0.5 and 50 % are the same. Vague gold (dozens) is neutral.
- **unit** is the share of right units among right values: **measure** for money, % and units of
  measure, **noun** for persons and counted nouns (as `unit`, or a word of `unit_text`, in singular
  or plural).
- A time read as two ends, A/B, over two labels is a reading of each: TIMEX3 has no ranges. Two
  readings that are the ends of one label of a range count as one.
- **Time values** are equal strings (TempEval-3), zones and seconds of zero apart, T18 as T18:00;
  `also` gives other right ones; where gold tells no day (T18:00), any day is right. **type** is
  the F1 of matches with the right type.
- Quantities **without durations**: labels whose unit is one of time, and readings with such a unit,
  are neutral.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

Label = dict[str, Any]
Reading = dict[str, Any]

CLOSE = 1e-6
TIME_UNITS = frozenset(("a", "mo", "wk", "d", "h", "min", "s", "decade"))

# Words at the beginning that no span is judged by.
_ENGLISH = "the a an this that these those on in at since by until till from during for of between"
_FRENCH = (
    "le la les l un une ce cet cette ces en dans à depuis du de des au aux d dès jusqu jusque "
    "vers pendant entre pour par"
)
_ARABIC = "في منذ حتى خلال بحلول من إلى الى يوم عام سنة شهر بين"
TRIMMED = frozenset(f"{_ENGLISH} {_FRENCH} {_ARABIC}".split())
PUNCTUATION = "’',.;:()«»\""
WORD = re.compile(r"\w+|\S")
ARABIC_PREFIX = re.compile(r"^[وفبلك]{1,2}(?=ال|\w{3})")

# Names of units as peers write them, in the gold's.
UNITS = {
    "percentage": "%", "percent": "%", "per cent": "%", "dollar": "USD",
    "united states dollar": "USD", "$": "USD", "us dollar": "USD",
    "euro": "EUR", "€": "EUR", "eur": "EUR", "usd": "USD",
    "metre": "m", "meter": "m", "kilometre": "km", "kilometer": "km", "centimetre": "cm",
    "centimeter": "cm", "mile": "[mi_i]", "foot": "[ft_i]", "yard": "[yd_i]", "inch": "[in_i]",
    "year": "a", "month": "mo", "week": "wk", "day": "d", "hour": "h", "minute": "min",
    "second": "s", "gram": "g", "kilogram": "kg", "tonne": "t", "metric ton": "t", "ton": "t",
    "acre": "[acr_us]", "kilometre per hour": "km/h", "kilometer per hour": "km/h",
    "megabyte": "MBy", "gigabyte": "GBy", "litre": "l", "liter": "l", "decade": "decade",
}  # fmt: skip
MEASURES = frozenset(UNITS.values())


class Failure(NamedTuple):
    """One thing read wrong: the cause, the sentence's id and what stands there and was read."""

    cause: str
    id: str
    gold: Label | None
    read: Reading | None


class Score(NamedTuple):
    """Counts of one run; `failures` tells each that lowers them."""

    gold: int
    read: int
    found: int
    span: int
    value: int
    type: int
    units: Counter[str]
    failures: tuple[Failure, ...]

    def f1(self, right: str) -> float:
        """F1 in per cent of `found`, `span`, `value` or `type`."""
        count = getattr(self, right)
        return 200 * count / (self.gold + self.read) if self.gold + self.read else 0.0

    def share(self, what: str) -> float | None:
        """Right units or bounds in per cent: `measure`, `noun` or `bounds`; None where none is."""
        asked = self.units[what]
        return 100 * self.units[f"{what} right"] / asked if asked else None


# --- Agreement ----------------------------------------------------------------------------------


def same_number(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return False
    return abs(one - other) <= CLOSE * max(1.0, abs(one))


def same_quantity(gold: Label, read: Reading) -> bool:
    """Whether a reading has the value that is labelled."""
    stated = read.get("stated")
    low, high = read.get("low"), read.get("high")
    if gold["stated"] is None:
        return same_number(gold["low"], low) and same_number(gold["high"], high)
    if stated is None:
        stated = low if high is None or low == high else high if low is None else None
    if stated is None:
        return False
    right = (gold["stated"], *gold.get("also", ()))
    if gold["unit"] == "%" and unit_of(read) != "%":
        right = (*right, *(value / 100 for value in right))
    return any(same_number(value, stated) for value in right)


def timex(value: str) -> str:
    """A TIMEX3 value with what makes no difference cut off."""
    value = re.sub(r"(T\d\d:\d\d):00(\.0+)?", r"\1", value.upper())
    value = re.sub(r"(T\d\d:\d\d)(Z|[+-]\d\d:?\d\d)$", r"\1", value)
    value = re.sub(r"(?<!P)T(\d\d)$", r"T\1:00", value)
    return re.sub(r"^(P.*\d)\.0+(?=[A-Z])", r"\1", value)


def same_time(gold: Label, read: Reading) -> bool:
    right = {timex(value) for value in (gold["value"], *(v for _, v in gold.get("also", ())))}
    told = timex(read["value"])
    _, clock, hour = told.partition("T")
    return told in right or (clock + hour in right and bool(clock))


def same_type(gold: Label, read: Reading) -> bool:
    return read["type"] in (gold["type"], *(kind for kind, _ in gold.get("also", ())))


def unit_of(read: Reading) -> str | None:
    unit = read.get("unit")
    return None if unit is None else UNITS.get(unit.lower(), unit)


def same_unit(gold: Label, read: Reading) -> bool:
    """Whether the unit or the counted noun is the one labelled."""
    wanted = UNITS.get(gold["unit"], gold["unit"])
    unit = unit_of(read)
    if unit is not None and (unit == wanted or _stem(unit) == _stem(wanted)):
        return True
    written = str(read.get("unit_text") or "")
    return _stem(wanted) in {_stem(word) for word in WORD.findall(written)}


def _stem(word: str) -> str:
    """Singular and plural alike: raids, raid; cases, case; Arabic words by their bare letters."""
    bare = re.sub(r"[\u064b-\u0652]|^ال|[اًةه]$", "", word.lower())
    return re.sub(r"(?<=\w\w)(?:es|s|x)$", "", bare)


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without the words at its ends that no span is judged by."""
    words = [match.span() for match in WORD.finditer(text, start, end)]
    while words and _idle(text[slice(*words[0])]):
        words.pop(0)
    while words and text[slice(*words[-1])] in PUNCTUATION:
        words.pop()
    if not words:
        return start, end
    first = words[0][0]
    prefix = ARABIC_PREFIX.match(text[first : words[0][1]])
    return first + (len(prefix[0]) if prefix else 0), words[-1][1]


def _idle(word: str) -> bool:
    return word.lower() in TRIMMED or word in PUNCTUATION


# --- Scoring ------------------------------------------------------------------------------------


def overlap(one: Label, other: Label) -> int:
    return min(one["end"], other["end"]) - max(one["start"], other["start"])


def pairs(
    gold: Sequence[Label], read: Sequence[Reading], right: Any
) -> tuple[dict[int, int], set[int]]:
    """Which reading matches which label, and which readings overlap a label at all."""
    close = sorted(
        ((-right(label, one), -overlap(label, one), g, r)
        for g, label in enumerate(gold)
        for r, one in enumerate(read)
        if overlap(label, one) > 0)
    )  # fmt: skip
    partner: dict[int, int] = {}
    for _, _, g, r in close:
        if g not in partner and r not in partner.values():
            partner[g] = r
    return partner, {r for _, _, _, r in close}


def as_ranges(read: Sequence[Reading], gold: Sequence[Label]) -> list[Reading]:
    """The readings with ranges as the gold tells them: two ends, or one A/B."""
    read = [part for one in read for part in ends_of(one, gold)]
    for label in gold:
        inside = [one for one in read if overlap(label, one) > 0]
        if len(inside) < 2:
            continue
        first, last = inside[0], inside[-1]
        joined = first | {"end": last["end"], "value": f"{first['value']}/{last['value']}"}
        if same_time(label, joined):
            read = [one for one in read if one not in inside] + [joined]
    return read


def ends_of(read: Reading, gold: Sequence[Label]) -> list[Reading]:
    """A reading of two ends, A/B, over several labels counts as a reading of each end."""
    ends = read["value"].split("/")
    several = sum(overlap(label, read) > 0 for label in gold) > 1
    return [read | {"value": end} for end in ends] if several and len(ends) == 2 else [read]


def score(kind: str, sentences: Iterable[tuple[Label, Sequence[Reading]]]) -> Score:
    """Scores readings: `quantities`, `quantities without durations` or `times`.

    `sentences` gives lines of gold with what was read in each.
    """
    counts: Counter[str] = Counter()
    units: Counter[str] = Counter()
    failures: list[Failure] = []
    times = kind == "times"
    right = same_time if times else same_quantity
    for line, read in sentences:
        gold = line["times" if times else "quantities"]
        read = as_ranges(read, gold) if times else read
        partner, touching = pairs(gold, read, right)
        for g, label in enumerate(gold):
            one = read[partner[g]] if g in partner else None
            if not _neutral(label, kind):
                _judge(line, label, one, right, counts, units, failures)
        for r, one in enumerate(read):
            if r in partner.values():
                label = next(gold[g] for g, other in partner.items() if other == r)
                counts["read"] += not _neutral(label, kind)
            elif r in touching:
                failures.append(Failure("split", line["id"], None, one))
            elif not _beside(line, one, kind):
                counts["read"] += 1
                failures.append(Failure("invented", line["id"], None, one))
    return Score(counts["gold"], counts["read"], counts["found"], counts["span"], counts["value"],
                 counts["type"], units, tuple(failures))  # fmt: skip


def _judge(
    line: Label, label: Label, read: Reading | None, right: Any,
    counts: Counter[str], units: Counter[str], failures: list[Failure],
) -> None:  # fmt: skip
    counts["gold"] += 1
    if read is None:
        failures.append(Failure("missed", line["id"], label, None))
        return
    text = line["text"]
    span = trimmed(text, label["start"], label["end"]) == trimmed(text, read["start"], read["end"])
    value = right(label, read)
    kind = "type" not in label or same_type(label, read)
    counts["found"] += 1
    counts["span"] += span
    counts["value"] += value
    counts["type"] += kind
    wrong = [name for name, fine in (("value", value), ("span", span), ("type", kind)) if not fine]
    if value and label.get("unit") is not None:
        what = "measure" if UNITS.get(label["unit"], label["unit"]) in MEASURES else "noun"
        fine = same_unit(label, read)
        units[what] += 1
        units[f"{what} right"] += fine
        wrong += [] if fine else ["unit"]
    if value and "stated" in label and (label["low"] is None) != (label["high"] is None):
        open_end = "low" if label["low"] is None else "high"
        fine = not read.get(open_end) and read.get("low") != read.get("high")
        units["bounds"] += 1
        units["bounds right"] += fine
        wrong += [] if fine else ["bounds"]
    failures.extend(Failure(f"wrong {name}", line["id"], label, read) for name in wrong)


def _neutral(label: Label, kind: str) -> bool:
    if label.get("optional") or label.get("vague"):
        return True
    return kind == "quantities without durations" and label["unit"] in TIME_UNITS


def _beside(line: Label, read: Reading, kind: str) -> bool:
    """Whether a reading that overlaps no label of its kind is neutral all the same."""
    if line.get("partial"):
        return True
    if kind == "times":
        return False
    if kind == "quantities without durations" and unit_of(read) in TIME_UNITS:
        return True
    return any(
        overlap(time, read) > 0 and (time["type"] in ("DURATION", "SET") or time.get("optional"))
        for time in line["times"]
    )
