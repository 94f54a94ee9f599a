"""How far an alert can be trusted: `make bench-trust`, or

    python -m benchmarks.trust [SECTION ...] [--data DIR] [--seed N] [--final]

Sections, all when none is named:

labelled     pairs of FA-KES's claims labelled by reading, and alerts judged by reading
stories      hand-written stories in three languages
planted      planted articles with known truth, in three languages, by kind
reliability  is knowing sources better than the median? planted events with known truth
lookalikes   look-alike events of ECB+ (needs DIR)
translated   translations of TICO-19 as three outlets (needs DIR)

DIR is a folder with the corpora (benchmarks.corpora), by default that of the environment variable
TALLY_DATA. Each table names the command that makes it; the naive matcher (benchmarks.trust.naive)
stands beside Tally, in the same run. Shares have 95 % intervals: percentile bootstrap by event,
story or scenario. SHOW=1 in the environment lists the wrong ones.

--final reads what is held out (`scenarios_final.jsonl`, `planted_wordings_final.toml`, where there
are such) instead of what is to work with: once, for the figure that is told. `--unjudged` lists
alerts on FA-KES that nobody has judged, with the articles, to be read.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpora import located

HERE = Path(__file__).parent


class Given(NamedTuple):
    """What the command line asks for."""

    data: Path | None
    half: str
    seed: int
    count: int | None


def labelled(given: Given) -> Iterator[str]:
    from benchmarks.trust.labelled import report

    if given.half == "final":
        yield "none is held out: every article of FA-KES has been read and scored"
    else:
        yield from report(HERE / "fa_kes_work.jsonl")


def stories(given: Given) -> Iterator[str]:
    from benchmarks.trust.scenarios import report

    yield f"scenarios_{given.half}.jsonl"
    yield from report(HERE / f"scenarios_{given.half}.jsonl")
    shared = given.data / "scenarios/scenarios.jsonl" if given.data else None
    if shared is not None and shared.is_file() and given.half == "work":
        yield "scenarios of DIR"
        yield from report(shared)


def planted(given: Given) -> Iterator[str]:
    from benchmarks.trust.planted import COUNT, measured

    yield from measured(given.seed, given.count or COUNT, given.half)


def reliability(given: Given) -> Iterator[str]:
    from benchmarks.trust.reliability import report

    yield from report(given.seed)


def lookalikes(given: Given) -> Iterator[str]:
    from benchmarks.trust.lookalikes import report

    yield from report(located("ecbplus", str(given.data)))


def translated(given: Given) -> Iterator[str]:
    from benchmarks.trust.translated import report

    yield from report(located("tico19", str(given.data)))


SECTIONS: dict[str, Callable[[Given], Iterable[str]]] = {
    "labelled": labelled,
    "stories": stories,
    "planted": planted,
    "reliability": reliability,
    "lookalikes": lookalikes,
    "translated": translated,
}
NEED_DATA = ("lookalikes", "translated")


def main(arguments: list[str]) -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser(
        "python -m benchmarks.trust",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--data", default=os.environ.get("TALLY_DATA"), help="the corpora")
    parser.add_argument(
        "--seed", type=int, default=1, help="of the planted articles; 1 is for work"
    )
    parser.add_argument("--count", type=int, help="planted scenarios [each wording told once]")
    parser.add_argument("--final", action="store_true", help="the halves that are held out")
    parser.add_argument("--unjudged", action="store_true", help="list alerts to be judged")
    given = parser.parse_args(arguments)
    unknown = [name for name in given.sections if name not in SECTIONS]
    if unknown:
        parser.error(f"no such section: {', '.join(unknown)}")
    if given.data and not Path(given.data).is_dir():
        parser.error(f"no such folder: {given.data}")
    logging.getLogger().setLevel(logging.ERROR)  # Beam warns of libraries that it does not need
    if given.unjudged:
        from benchmarks.trust.judged import unjudged

        return told(unjudged(HERE / "fa_kes_work.jsonl"))
    asked = Given(
        Path(given.data) if given.data else None,
        "final" if given.final else "work",
        given.seed,
        given.count,
    )
    return show(given.sections or list(SECTIONS), asked)


def show(sections: Iterable[str], given: Given) -> int:
    """Prints the sections, each with the command that makes it alone."""
    options = [f"--seed {given.seed}", *(["--final"] if given.half == "final" else [])]
    for name in sections:
        if given.data is None and name in NEED_DATA:
            print(f"\n{name}: left out, set TALLY_DATA to the folder of the corpora")
            continue
        print(f"\n{name}\n  python -m benchmarks.trust {name} {' '.join(options)}\n")
        try:
            told(SECTIONS[name](given))
        except FileNotFoundError as missing:
            held = given.half == "final" and "final" in str(missing.filename)
            told_why = f"nothing is held out, there is no {missing.filename}" if held else missing
            print(f"{name}: {told_why}", file=sys.stderr)
            return 1
    return 0


def told(lines: Iterable[str]) -> int:
    for line in lines:
        print("  " + line, flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
