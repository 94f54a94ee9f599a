"""Scores the readers of numbers and quantities on recognizers_text_ntx.

    python -m benchmarks.numbers PATH [--failures SET]

PATH is the folder that holds Specs. Each expected result counts once: *found* when something is
read where it stands, *span* when it covers just that text, *value* when its value is the same.
*invented* are results that overlap no expected one. Results that Tally reads differently on
purpose are left out of the three, and counted by their reason.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from transforms.extract.not_quantities import glued_end
from transforms.extract.numbers import number_table, read_number
from transforms.extract.quantities import read_quantities
from transforms.extract.quantity_table import quantity_table
from transforms.extract.tokens import Tokens, tokenize
from transforms.read.normal import fold, normal

LANGUAGES = {"Arabic": "ar", "English": "en", "French": "fr"}
SETS = {
    "number": "Number/{}/NumberModel.json",
    "ordinal": "Number/{}/OrdinalModel.json",
    "percent": "Number/{}/PercentModel.json",
    "range": "Number/{}/NumberRangeModel.json",
    "currency": "NumberWithUnit/{}/CurrencyModel.json",
    "dimension": "NumberWithUnit/{}/DimensionModel.json",
    "age": "NumberWithUnit/{}/AgeModel.json",
}
CLOSE = 1e-6
DECIMAL = re.compile(r"\d|point|virgule|فاصل")

# Fractions whose value is whole: thirty fifths.
FRACTION = re.compile(r"fifths$|cinqui[eè]mes$|\s(خمس|خمسة)$")

ONE_OVER = re.compile(
    r"\b(over|out of|sur|in)\b|على| في |جزء|واحد من|ثمن|سدس|[أا]خماس|خمسين$|عشرونات"
)


class Found(NamedTuple):
    """A reading: half-open offsets, and what it can be compared by."""

    start: int
    end: int
    values: tuple[float | None, ...]


class Score(NamedTuple):
    expected: int
    found: int
    span: int
    value: int
    invented: int
    reasons: Counter[str]


# --- What is read -------------------------------------------------------------------------------


def numbers(tokens: Tokens, language: str, *, ordinal: bool) -> Iterator[Found]:
    """All numbers of a text, as the number reader sees them: no judgement of what counts."""
    table = number_table(language)
    i = 0
    while i < len(tokens.words):
        number = read_number(tokens, i, table)
        if number is None:
            i = glued_end(tokens, i) + 1 if tokens.words[i].isdigit() else i + 1
            continue
        if number.ordinal == ordinal:
            start, value = tokens.starts[i], number.value
            if i and tokens.words[i - 1] in ("-", *table.negative):
                start, value = tokens.starts[i - 1], -number.value
            yield Found(start, tokens.ends[number.last], (value, number.value))
        i = number.last + 1


def quantities(tokens: Tokens, language: str) -> Iterator[Found]:
    for span in read_quantities(tokens, quantity_table(language)):
        quantity = span.quantity
        values = (quantity.stated, quantity.value.low, quantity.value.high)
        yield Found(tokens.starts[span.first], tokens.ends[span.last], values)


def readings(name: str, text: str, language: str) -> list[Found]:
    clean = normal(text)
    tokens = tokenize(clean.text, fold(clean.text))
    if name in ("number", "ordinal"):
        found = list(numbers(tokens, language, ordinal=name == "ordinal"))
    else:
        found = list(quantities(tokens, language))
    return [Found(*clean.original(one.start, one.end), one.values) for one in found]


# --- What is expected ---------------------------------------------------------------------------


def value_of(name: str, result: dict[str, Any]) -> tuple[float | None, ...] | None:
    """The value of an expected result: one number, or the two ends of a range."""
    resolution = result.get("Resolution") or {}
    value = str(resolution.get("value", "")).replace("%", "")
    if name == "range":
        match = re.fullmatch(r"[\[(]([^,]*),([^\])]*)[\])]", value)
        if match is None:
            return None
        return tuple(float(end) if end else None for end in match.groups())
    try:
        return (float(value.replace(",", ".")),)  # the French set writes 0,5
    except ValueError:
        return None


def place(text: str, result: dict[str, Any]) -> int:
    """Where the result stands; some offsets of the set are missing or wrong."""
    start: int = result.get("Start", -1)
    exact = result["Text"]
    if text[start : start + len(exact)].lower() == exact.lower():
        return start
    found = text.lower().find(exact.lower())
    return found if found >= 0 else max(0, start)


def on_purpose(name: str, text: str, result: dict[str, Any]) -> str | None:
    """Why Tally reads an expected result differently; None where it should agree."""
    exact = result["Text"]
    if result["TypeName"] == "ordinal.relative":
        return "next, last: references, not ordinals"
    if value_of(name, result) is None:
        return "no value is given"
    start = result["Start"]
    before = text[max(0, start - 1) : start]
    after = text[start + len(exact) : start + len(exact) + 2]
    if re.fullmatch(r"\d+", exact) and (
        re.match(r"[.:/]\d", after) or re.match(r"[.:/]", before) or re.match(r"-\d", after)
    ):
        return "parts of addresses, dates and codes"
    if re.search(r"\d\s*[/^eE]\s*[+-]?\d|\d e\d|--", exact):
        return "fractions in digits, powers, scientific notation"
    if name == "number" and re.search(r"\d cents?\b", exact):
        return "digits and cents are money in French"
    if re.fullmatch(r"[.,]\d+", exact):
        return "decimals without a zero before the sign"
    if re.search(r"trillions", exact) and name == "number" and "vingt et un" in exact:
        return "a French trillion is 10^18"
    if re.search(r"dozen|doz|dzs|dizaine|douzaine|vingtaine|centaine|دزين|دست", exact, re.I):
        return "dozens are about so many"
    value = (value_of(name, result) or (0.0,))[0] or 0.0
    if name == "number" and (
        (value != int(value) and not DECIMAL.search(exact)) or FRACTION.search(exact)
    ):
        return "fractions in words: shares are quantities of their own"
    if name == "number" and ONE_OVER.search(exact):
        return "one over twenty: not told so in news; one in five is a share"
    if name == "range" and re.search(
        r"half|quarter|\d in \d|sur cinq|moitié|quart|نصف|ربع|في ٥|في 5", exact, re.I
    ):
        return "shares are told in per cent"
    if name == "range" and re.search(r"tenth|fifteenth|dixième|quinzième|العاشر|الخامس", exact):
        return "ordinals count nothing"
    return None


# --- Scoring ------------------------------------------------------------------------------------


def agrees(name: str, expected: tuple[float | None, ...], found: Found) -> bool:
    if name != "range":
        value = expected[0]
        return any(near(value, other) for other in found.values)
    stated, low, high = found.values
    if expected[0] == expected[1]:  # equal to 20
        return near(expected[0], stated)
    if expected[0] is not None and expected[1] is not None:
        return near(expected[0], low) and near(expected[1], high)
    return near(expected[0] if expected[0] is not None else expected[1], stated)


def both_ends(expected: tuple[float | None, ...], hits: list[Found]) -> bool:
    """More than 10 and less than 20 are two mentions of Tally, one range of the set."""
    return all(any(near(end, hit.values[0]) for hit in hits) for end in expected)


def near(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return False
    return abs(one - other) <= CLOSE * max(1.0, abs(one))


def score(path: Path, name: str, language: str, tell: Callable[[str], None] | None) -> Score:
    """Scores one set; `tell` is given each failure."""
    counts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for case in json.loads(path.read_text(encoding="utf-8-sig")):
        text = case["Input"]
        found = readings(name, text, language)
        used = set()
        for result in case["Results"]:
            result["Start"] = place(text, result)
            start, end = result["Start"], result["Start"] + len(result["Text"])
            hits = [k for k, one in enumerate(found) if one.start < end and start < one.end]
            used.update(hits)
            reason = on_purpose(name, text, result)
            if reason is not None:
                reasons[reason] += 1
                continue
            expected = value_of(name, result)
            assert expected is not None
            right = any(agrees(name, expected, found[k]) for k in hits)
            right = right or (name == "range" and both_ends(expected, [found[k] for k in hits]))
            counts["expected"] += 1
            counts["found"] += bool(hits)
            counts["span"] += any((found[k].start, found[k].end) == (start, end) for k in hits)
            counts["value"] += right
            if not right and tell is not None:
                read = [(text[found[k].start : found[k].end], found[k].values) for k in hits]
                tell(f"{text!r}: {result['Text']!r} {expected}, read {read}")
        extra = [one for k, one in enumerate(found) if k not in used]
        counts["invented"] += len(extra)
        if extra and tell is not None:
            tell(f"{text!r}: invented {[text[one.start : one.end] for one in extra]}")
    return Score(
        counts["expected"], counts["found"], counts["span"], counts["value"], counts["invented"],
        reasons,
    )  # fmt: skip


def main(arguments: list[str]) -> None:
    specs = Path(arguments[0]) / "Specs"
    failures = arguments[2] if len(arguments) > 2 and arguments[1] == "--failures" else None
    reasons: Counter[str] = Counter()
    print(
        f"{'set':<12}{'lang':<6}{'expected':>9}{'found':>8}{'span':>8}{'value':>8}{'invented':>10}"
    )
    for name, pattern in SETS.items():
        for folder, language in LANGUAGES.items():
            path = specs / pattern.format(folder)
            if not path.exists():
                continue
            tell = print if failures in (name, f"{name}-{language}") else None
            one = score(path, name, language, tell)
            shares = [f"{100 * part / one.expected:.1f}" for part in one[1:4]]
            print(f"{name:<12}{language:<6}{one.expected:>9}{shares[0]:>8}{shares[1]:>8}"
                  f"{shares[2]:>8}{one.invented:>10}")  # fmt: skip
            reasons.update({f"{name} {language}: {why}": n for why, n in one.reasons.items()})
    print("\nread differently on purpose, and not scored:")
    for reason, count in sorted(reasons.items()):
        print(f"{count:>6}  {reason}")


if __name__ == "__main__":
    main(sys.argv[1:])
