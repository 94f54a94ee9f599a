"""Accuracy and speed of extraction beside the peers: `make bench-extract`, or

    python -m benchmarks.extract [--bench PYTHON] [--data DIR] [--readers NAME ...] [--final]

PYTHON is that of the peers' environment (.venv-bench); without one Tally is measured alone. DIR is
the folder of the corpora (TALLY_DATA); without one only the own gold and the samples are scored.
`--failures FILE` writes what each reader read wrong in each set, by cause. `--final` opens the
half of the own gold that is held out: only for the final figure.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.extract import agreement, sets
from benchmarks.extract.score import Failure, Score, score
from benchmarks.tables import print_table

PEERS = Path(__file__).parent / "peers"
LANGUAGES = ("en", "fr", "ar")  # which the peers read
ALL_LANGUAGES = (*LANGUAGES, "es", "de", "pt", "ru", "tr", "fa", "zh")
COMMAND = "make bench-extract"
PATIENCE = 3600.0  # seconds that a peer may take for one set
ARTICLE = 3000  # characters of the texts that speed is measured on
SPEED_SIZE = 30_000
PROBED = "2020-01-01T12:00:00+00:00"


class Reader(NamedTuple):
    """A system: its script in peers/, what it reads and in which languages."""

    name: str
    script: str
    languages: tuple[str, ...]
    quantities: bool
    times: bool


READERS = (
    Reader("Tally", "read_tally.py", ALL_LANGUAGES, quantities=True, times=True),
    Reader("quantulum3", "read_quantulum.py", ("en",), quantities=True, times=False),
    Reader("Recognizers-Text", "read_recognizers.py", ("en", "fr"), quantities=True, times=True),
    Reader("Duckling", "read_duckling.py", LANGUAGES, quantities=True, times=True),
    Reader("HeidelTime", "read_heideltime.py", LANGUAGES, quantities=False, times=True),
    Reader("dateparser", "read_dateparser.py", LANGUAGES, quantities=False, times=True),
)

Line = dict[str, Any]
Answer = dict[str, Any]
Readings = dict[str, list[dict[str, Any]]]


def ask(
    reader: Reader, python: str, language: str, lines: Sequence[Line], articles: Sequence[str]
) -> Answer | str:
    """What a reader reads in the lines, in a process of its own; why not where it dies."""
    request = {
        "language": language, "articles": articles,
        "sentences": [{"text": one["text"], "published": one["published"]} for one in lines],
    }  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        asked, answered = Path(folder, "request.json"), Path(folder, "answer.json")
        asked.write_text(json.dumps(request, ensure_ascii=False), "utf-8")
        command = [python, str(PEERS / reader.script), str(asked), str(answered)]
        try:
            done = subprocess.run(command, capture_output=True, text=True, errors="replace",
                                  timeout=PATIENCE, cwd=folder)  # fmt: skip
        except subprocess.TimeoutExpired:
            return f"more than {PATIENCE:.0f} s"
        if done.returncode or not answered.exists():
            return ((done.stderr or done.stdout).strip().splitlines() or ["no word"])[-1]
        answer: Answer = json.loads(answered.read_text("utf-8"))
        return answer


def ask_all(
    reader: Reader, python: str, language: str, lines: Sequence[Line]
) -> tuple[list[Readings], set[str]]:
    """The readings of all lines, and the ids of those that a reader dies of (nothing is read)."""
    answer = ask(reader, python, language, lines, ())
    if not isinstance(answer, str):
        return answer["readings"], set()
    if len(lines) == 1:
        return [{"quantities": [], "times": []}], {lines[0]["id"]}
    middle = len(lines) // 2
    one, dead_of_one = ask_all(reader, python, language, lines[:middle])
    other, dead_of_other = ask_all(reader, python, language, lines[middle:])
    return one + other, dead_of_one | dead_of_other


def told_in(reader: Reader, lines: Sequence[Line]) -> bool:
    """Whether a set labels anything of the kinds that a reader reads."""
    kinds = [kind for kind in ("quantities", "times") if getattr(reader, kind)]
    return any(line[kind] for line in lines for kind in kinds)


def asked(
    reader: Reader, bench: str | None, language: str, named: Sequence[tuple[str, list[Line]]]
) -> Answer | None:
    """The answer of a reader: its readings of all sets, and its speed on the first.

    None where it does not run at all.
    """
    python = sys.executable if reader.name == "Tally" else bench
    if python is None or language not in reader.languages:
        return None
    probe = ask(reader, python, language, [{"text": "2020", "published": PROBED}], ())
    if isinstance(probe, str):
        print(f"{reader.name} does not run in {language}: {probe}", file=sys.stderr)
        return None
    lines = [line for _, part in named for line in part]
    measured = len(named[0][1])
    articles = articles_of(lines[:measured])
    answer = ask(reader, python, language, lines, articles)
    if not isinstance(answer, str):
        if answer["failed"]:
            print(f"{reader.name} fails in {language} on {answer['failed']}", file=sys.stderr)
        return answer | {"articles": articles}
    readings, dead = ask_all(reader, python, language, lines)
    print(f"{reader.name} dies in {language} of {len(dead)} sentences", file=sys.stderr)
    articles = articles_of(line for line in lines[:measured] if line["id"] not in dead)
    again = ask(reader, python, language, lines[:1], articles)
    speed = {} if isinstance(again, str) else again
    return speed | {"readings": readings, "articles": articles}


def scored(lines: Sequence[Line], readings: list[Readings], kind: str) -> Score:
    what = "times" if kind == "times" else "quantities"
    return score(kind, ((line, read[what]) for line, read in zip(lines, readings)))  # noqa: B905


# --- Tables -------------------------------------------------------------------------------------

QUANTITY_HEADS = ("set", "reader", "gold", "value F1", "no durations", "found F1", "span F1",
                  "measures", "nouns", "bounds", "invented")  # fmt: skip
TIME_HEADS = ("set", "reader", "gold", "value F1", "found F1", "span F1", "type F1", "invented")


def quantity_row(
    name: str, reader: str, lines: Sequence[Line], read: list[Readings]
) -> list[object]:
    one = scored(lines, read, "quantities")
    bare = scored(lines, read, "quantities without durations")
    shares = [one.share(what) for what in ("measure", "noun", "bounds")]
    return [name, reader, one.gold, one.f1("value"), bare.f1("value"), one.f1("found"),
            one.f1("span"), *("-" if share is None else share for share in shares),
            causes(one)["invented"]]  # fmt: skip


def time_row(name: str, reader: str, lines: Sequence[Line], read: list[Readings]) -> list[object]:
    one = scored(lines, read, "times")
    return [name, reader, one.gold, one.f1("value"), one.f1("found"), one.f1("span"),
            one.f1("type"), causes(one)["invented"]]  # fmt: skip


def causes(one: Score) -> Counter[str]:
    return Counter(failure.cause for failure in one.failures)


def by_set(rows: Sequence[list[object]]) -> list[list[object]]:
    """The rows of one set together, in the order in which the sets came first."""
    names = list(dict.fromkeys(row[0] for row in rows))
    return sorted(rows, key=lambda row: names.index(row[0]))


class Tables(NamedTuple):
    """Rows of the tables, as they grow."""

    quantities: list[list[object]]
    times: list[list[object]]
    speed: list[list[object]]

    def add(self, name: str, reader: Reader, lines: Sequence[Line], read: list[Readings]) -> None:
        if reader.quantities and any(line["quantities"] for line in lines):
            self.quantities.append(quantity_row(name, reader.name, lines, read))
        if reader.times and any(line["times"] for line in lines):
            self.times.append(time_row(name, reader.name, lines, read))

    def add_speed(self, language: str, reader: Reader, answer: Answer | None) -> None:
        if answer is not None and "seconds" in answer:
            speed = sum(map(len, answer["articles"])) / 1000 / answer["seconds"]
            self.speed.append([language, reader.name, speed, answer["start"], answer["memory"]])

    def show(self) -> None:
        heads = ("language", "reader", "kchar/s", "start, s", "MiB")
        for title, columns, rows in (
            ("Quantities: F1 and shares, %", QUANTITY_HEADS, by_set(self.quantities)),
            ("Times: F1, %", TIME_HEADS, by_set(self.times)),
            ("Speed, warm, by CPU time; start-up; memory", heads, self.speed),
        ):
            if rows:
                print_table(title, COMMAND, columns, rows)


def told(failure: Failure, line: Line) -> str:
    """A failure as one line."""

    def said(one: dict[str, Any] | None) -> str:
        if one is None:
            return "-"
        exact = line["text"][one["start"] : one["end"]]
        if "type" in one:
            return f"{exact!r} {one['type']} {one['value']}"
        value = one["stated"] if one["stated"] is not None else f"{one['low']}..{one['high']}"
        return f"{exact!r} {value} {one['unit']}"

    return f"{failure.id} {said(failure.gold)} <> {said(failure.read)}\n    {line['text']}"


def failure_report(
    name: str, lines: Sequence[Line], readings: list[Readings], reader: Reader
) -> str:
    """What a reader read wrong, by kind and cause."""
    by_id = {line["id"]: line for line in lines}
    parts = []
    for kind in ("quantities", "times"):
        if not getattr(reader, kind):
            continue
        one = scored(lines, readings, kind)
        counted = ", ".join(f"{cause} {count}" for cause, count in causes(one).most_common())
        parts.append(
            f"\n## {name} {reader.name}: {kind}, value F1 {one.f1('value'):.1f}\n\n{counted}\n"
        )
        for cause, _ in causes(one).most_common():
            parts.append(f"\n### {cause}\n")
            parts += [told(f, by_id[f.id]) for f in one.failures if f.cause == cause]
    return "\n".join(parts)


# --- The run ------------------------------------------------------------------------------------


def articles_of(lines: Iterable[Line]) -> list[str]:
    """Texts as long as articles, of the sentences of a set in their order."""
    texts, now = [], ""
    for line in lines:
        now += line["text"] + "\n"
        if len(now) >= ARTICLE:
            texts.append(now)
            now = ""
        if len(texts) * ARTICLE >= SPEED_SIZE:
            break
    return texts or [now]


def all_sets(language: str, half: str, data: Path | None) -> list[tuple[str, list[Line]]]:
    """The sets of a language by name, the own gold first."""
    found = [(f"own {half} {language}", sets.own(language, half)),
             (f"samples {language}", sets.samples(language))]  # fmt: skip
    if data is not None:
        for name in ("number", "percent", "range", "currency", "dimension", "age"):
            lines = sets.recognizers_quantities(data, name, language)
            found.append((f"recognizers {name} {language}", lines))
        found.append((f"recognizers times {language}", sets.recognizers_times(data, language)))
    return [(name, lines) for name, lines in found if lines]


def run(given: argparse.Namespace) -> list[str]:
    """Prints the tables; returns the reports of failures."""
    tables, reports = Tables([], [], []), []
    half = "final" if given.final else "work"
    readers = [one for one in READERS if not given.readers or one.name in given.readers]
    for language in given.languages or LANGUAGES:
        named = all_sets(language, half, Path(given.data) if given.data else None)
        for reader in readers:
            read = [(name, part) for name, part in named if told_in(reader, part)]
            answer = asked(reader, given.bench, language, read)
            tables.add_speed(language, reader, answer)
            at = 0
            for name, part in read if answer else ():
                readings = answer["readings"][at : at + len(part)]
                tables.add(name, reader, part, readings)
                reports.append(failure_report(name, part, readings, reader))
                at += len(part)
    tables.show()
    if given.data and not given.languages:
        show_agreement(Path(given.data), readers, given.bench)
    return reports


def show_agreement(data: Path, readers: Sequence[Reader], bench: str | None) -> None:
    """Whether the three versions of a sentence are read alike. HeidelTime takes too long."""
    found: list[list[object]] = []
    for reader in readers:
        python = sys.executable if reader.name == "Tally" else bench
        if python is None or set(reader.languages) < set(LANGUAGES) or reader.name == "HeidelTime":
            continue
        kinds = [kind for kind in ("quantities", "times") if getattr(reader, kind)]

        def told(
            language: str, lines: Sequence[Line], reader: Reader = reader, python: str = python
        ) -> list[Readings]:
            return ask_all(reader, python, language, lines)[0]

        found += agreement.rows(data, reader.name, kinds, told)
    title = "Agreement of the three versions of a sentence (TICO-19, with digits, aligned)"
    print_table(title, COMMAND, agreement.HEADS, sorted(found, key=lambda row: str(row[0])))


def main(arguments: list[str]) -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser(
        "python -m benchmarks.extract",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--bench", help="python of the peers' environment")
    parser.add_argument("--data", default=os.environ.get("TALLY_DATA"), help="the corpora")
    parser.add_argument("--readers", nargs="*", help=", ".join(one.name for one in READERS))
    parser.add_argument("--languages", nargs="*", choices=ALL_LANGUAGES)
    parser.add_argument("--failures", help="file to write what was read wrong to")
    parser.add_argument("--final", action="store_true", help="the half held out: only at the end")
    given = parser.parse_args(arguments)
    if given.final and given.failures:
        parser.error("the failures of the final half are not for reading")
    reports = run(given)
    if given.failures:
        Path(given.failures).write_text("\n".join(reports), "utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
