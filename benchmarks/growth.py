"""The whole backfill as its user runs it, over feeds that grow: does an article cost the same?

FA-KES is copied 4 and 16 times. A copy has uris of its own and keeps outlets and words; its years
are moved, those in the text as well, to years with the same calendar, so that weekdays stay right
and no two copies speak of the same days. One more feed of 4 copies keeps the years: there, every
event has four times the claims.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
import time
from calendar import isleap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from benchmarks.speed import FA_KES, SAMPLES, Used, used_by
from benchmarks.tables import percent, print_table
from schemas.messages import Claim
from transforms.cross_check.facts import facts
from transforms.cross_check.judge import across
from transforms.cross_check.keeping import Kept
from transforms.key.keys import keys_of

YEAR = re.compile(r"\b(?:19|20)\d\d\b")
FIRST, LAST = 1600, 2099  # years that are read as years
MOVED = ("versioncreated", "headline", "body_text")
GROWTH = (4, 16)


class Feed(NamedTuple):
    """A feed to run over: its name, and the file or folder it stands in."""

    name: str
    path: Path


class Judged(NamedTuple):
    """The cross-check alone: CPU seconds, keys, and claims under the largest of them."""

    seconds: float
    keys: int
    largest: int


def same_calendars(years: Sequence[int], count: int) -> list[int]:
    """`count` shifts, in years, nearest first, under which all `years` keep their calendar.

    Weekdays and leap days stay; shifted and other shifted years are disjoint. 0 is the first.
    Raises ValueError when there are not as many.
    """
    span = max(years) - min(years) + 1
    kept: list[int] = []
    for shift in sorted(range(FIRST - min(years), LAST - max(years) + 1), key=abs):
        apart = all(abs(shift - other) >= span for other in kept)
        if apart and all(_calendar(year) == _calendar(year + shift) for year in years):
            kept.append(shift)
        if len(kept) == count:
            return kept
    raise ValueError(f"only {len(kept)} shifts keep the calendars of {years}")


def _calendar(year: int) -> tuple[int, bool]:
    return date(year, 1, 1).weekday(), isleap(year)


def copied(row: Mapping[str, Any], name: str, shift: int) -> dict[str, Any]:
    """An article under another uri, its date and the years it tells moved by `shift` years."""

    def moved(match: re.Match[str]) -> str:
        return str(int(match.group()) + shift)

    texts = {field: YEAR.sub(moved, row[field]) for field in MOVED if row.get(field)}
    return {**row, **texts, "uri": f"{row['uri']}:{name}"}


def grown(rows: Sequence[Mapping[str, Any]], copies: int, *, moved: bool) -> Iterator[bytes]:
    """The lines of a feed of so many copies, in the order of time."""
    years = sorted({int(row["versioncreated"][:4]) for row in rows})
    shifts = same_calendars(range(years[0], years[-1] + 1), copies) if moved else [0] * copies
    articles = [copied(row, str(i), shift) for i, shift in enumerate(shifts) for row in rows]
    articles.sort(key=lambda article: str(article["versioncreated"]))
    for article in articles:
        yield json.dumps(article, ensure_ascii=False).encode() + b"\n"


def feeds(folder: Path) -> Iterator[Feed]:
    """All feeds, smallest first; the grown ones are written into `folder`."""
    yield Feed("samples", SAMPLES)
    yield Feed("FA-KES", FA_KES)
    rows = [json.loads(line) for line in FA_KES.read_text(encoding="utf-8").splitlines()]
    feeds_grown = [(f"FA-KES x{n}", n, True) for n in GROWTH]
    for name, copies, moved in [*feeds_grown, (f"FA-KES x{GROWTH[0]}, same days", 4, False)]:
        path = folder / f"{name}.jsonl"
        with path.open("wb") as file:
            file.writelines(grown(rows, copies, moved=moved))
        yield Feed(name, path)


def run(path: Path, out: Path) -> Used:
    """Runs `tally backfill` over a file or folder; raises RuntimeError when it fails."""
    return used_by(
        [sys.executable, "-m", "pipelines.cli", "backfill", str(path), "--out", str(out)]
    )


def judged(claims: Iterable[Claim]) -> Judged:
    """The cross-check of all keys, as the step does it."""
    by_key: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        for key in keys_of(claim):
            by_key[key].append(claim)
    started = time.process_time()
    for key, group in by_key.items():
        kept = Kept.of(group)
        across(facts(kept.claims.values()), kept, key=key)
    seconds = time.process_time() - started
    return Judged(seconds, len(by_key), max(map(len, by_key.values()), default=0))


def show_backfill(_: Path | None) -> None:
    """Articles a second of the whole backfill, and memory, over feeds that grow."""
    rows = []
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        for feed in feeds(folder):
            out = folder / "out"
            took = run(feed.path, out)
            rows.append(_row(feed, took, out))
    print_table(
        "Backfill (tally backfill, all of it: one process, reading to report)",
        "python -m benchmarks backfill",
        ("feed", "articles", "claims", "alerts", "articles/s", "CPU s", "wall s", "ms/article",
         "judge ms/article", "judge", "largest key", "peak MiB"),
        rows,
    )  # fmt: skip
    print("  articles/s: of CPU, start and all. judge: the cross-check alone, in this process, and")
    print("  its share of the CPU. largest key: claims that are compared together. peak: memory.")


def _row(feed: Feed, took: Used, out: Path) -> tuple[object, ...]:
    decode = msgspec.json.Decoder(Claim).decode
    claims = [decode(line) for line in (out / "claims.jsonl").read_bytes().splitlines()]
    with (out / "discrepancies.jsonl").open("rb") as lines:
        alerts = sum(json.loads(line)["status"] == "open" for line in lines)
    check = judged(claims)
    files = sorted(feed.path.glob("*.jsonl")) if feed.path.is_dir() else [feed.path]
    articles = sum(len(file.read_bytes().splitlines()) for file in files)
    return (
        feed.name, articles, len(claims), alerts, articles / took.cpu, took.cpu, took.wall,
        1e3 * took.cpu / articles, 1e3 * check.seconds / articles,
        percent(check.seconds, took.cpu), check.largest, took.peak,
    )  # fmt: skip
