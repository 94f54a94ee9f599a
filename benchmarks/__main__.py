"""All benchmarks: `make bench`, or

    python -m benchmarks [SECTION ...] [--data DIR]

Sections: extraction, claims, backfill, start, feed, translations, recognizers; all when none is
named. `python -m benchmarks.feed --help` tells of the parts of `feed`.
DIR is a folder with the corpora (benchmarks.corpora), by default that of the environment variable
TALLY_DATA. Without one, samples/ and the FA-KES of benchmarks/trust/ are measured, and the sections
that need more say so.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
from pathlib import Path

from benchmarks import numbers, times
from benchmarks.growth import show_backfill
from benchmarks.speed import show_claims, show_extraction, show_start
from benchmarks.translations import show_translations


def show_feed(data: Path | None) -> None:
    """The usual sections of benchmarks.feed."""
    from benchmarks.feed.__main__ import show  # Beam and Kafka, which the others do without

    show()


def show_recognizers(data: Path | None) -> None:
    """The scores on the sentences of Recognizers-Text."""
    folder = str((data or Path()) / "recognizers_text_ntx")
    print("\nNumbers and quantities of Recognizers-Text\n  python -m benchmarks.numbers DIR\n")
    numbers.main([folder])
    print("\nDates and times of Recognizers-Text\n  python -m benchmarks.times DIR")
    times.main([folder])


SECTIONS = {
    "extraction": show_extraction,
    "claims": show_claims,
    "backfill": show_backfill,
    "start": show_start,
    "feed": show_feed,
    "translations": show_translations,
    "recognizers": show_recognizers,
}
NEED_DATA = ("translations", "recognizers")


def main(arguments: list[str]) -> int:
    """The command; returns its exit code."""
    parser = argparse.ArgumentParser(
        "python -m benchmarks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("sections", nargs="*", metavar="SECTION", help=", ".join(SECTIONS))
    parser.add_argument("--data", default=os.environ.get("TALLY_DATA"), help="the corpora")
    given = parser.parse_args(arguments)
    unknown = [name for name in given.sections if name not in SECTIONS]
    if unknown:
        parser.error(f"no such section: {', '.join(unknown)}")
    data = Path(given.data) if given.data else None
    if data is not None and not data.is_dir():
        parser.error(f"no such folder: {data}")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}")
    for name in given.sections or SECTIONS:
        if data is None and name in NEED_DATA:
            print(f"\n{name}: left out, set TALLY_DATA to the folder of the corpora")
            continue
        try:
            SECTIONS[name](data)
        except FileNotFoundError as missing:
            print(f"\n{name}: {missing}", file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
