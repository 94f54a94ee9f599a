"""How fast text becomes mentions and claims, on one core, in one process.

Times are of the CPU, of rounds over all articles after one that warms the tables; the median is
told, so that another process on the machine disturbs little.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpora import CORPORA, located
from benchmarks.tables import percent, print_table
from pipelines.inputs import expand, messages
from schemas.messages import Article
from transforms.claim.claims import claims_of
from transforms.claim.lexicon import find, lexicon
from transforms.claim.places import find_places
from transforms.claim.resolve import resolve
from transforms.extract.extract import FIELDS, analyse, extract
from transforms.extract.quantities import read_quantities
from transforms.extract.quantity_table import quantity_table
from transforms.extract.times import read_times, time_table
from transforms.extract.tokens import tokenize
from transforms.read.normal import fold, normal
from transforms.read.reader import read

HERE = Path(__file__).parent
SAMPLES = HERE.parent / "samples"
FA_KES = HERE / "trust" / "fa_kes_articles.jsonl"
ROUNDS = 5
ARTICLE_BYTES = 3000  # of an article of usual length
STARTS = 5

# Run in a process of its own: each table is loaded once, at its first use.
LOADING = """
import json, time
started = time.perf_counter()
from transforms.claim.gazetteer import gazetteer
from transforms.claim.lexicon import lexicon
from transforms.extract.quantity_table import quantity_table
from transforms.extract.times import time_table
from transforms.languages.load import LANGUAGES
seconds = {"modules": time.perf_counter() - started}
def loaded(name, load):
    started = time.perf_counter()
    load()
    seconds[name] = time.perf_counter() - started
loaded("gazetteer", gazetteer)
for name, load in (("times", time_table), ("quantities", quantity_table), ("lexicon", lexicon)):
    for language in LANGUAGES:
        loaded(f"{name}, {language}", lambda: load(language))
print(json.dumps(seconds))
"""

# Runs a command from a small process. On Linux the peak that is told of a child is at least that
# of the process it was started from (exec keeps it), and this one holds whole corpora.
LAUNCHER = """
import json, os, subprocess, sys, time
started = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=sys.stderr)
_, status, used = os.wait4(child.pid, 0)
wall = time.perf_counter() - started
child.returncode = os.waitstatus_to_exitcode(status)
cpu = used.ru_utime + used.ru_stime
print(json.dumps([child.returncode, cpu, wall, used.ru_maxrss]))
"""


class Used(NamedTuple):
    """What a command took: seconds, and MiB of resident memory at its highest."""

    cpu: float
    wall: float
    peak: float


class Step(NamedTuple):
    """A step of making claims, and what one article costs it."""

    name: str
    seconds: float


def articles_of(path: Path) -> list[Article]:
    """The articles of a file or folder."""
    found = [read(payload) for file in expand([str(path)]) for _, payload in messages(file)]
    return [article for article in found if isinstance(article, Article)]


def corpora(data: Path | None) -> dict[str, list[Article]]:
    """What is measured: samples and FA-KES of the repository, TICO-19 by language from `data`."""
    found = {"samples": articles_of(SAMPLES), "FA-KES": articles_of(FA_KES)}
    if data is not None:
        rows = CORPORA["tico19"](located("tico19", str(data)))
        sentences = [read(json.dumps(row, ensure_ascii=False).encode()) for row in rows]
        for language in ("en", "fr", "ar"):
            found[f"TICO-19 {language}"] = [
                one for one in sentences if isinstance(one, Article) and one.language == language
            ]
    return found


def texts_of(article: Article) -> list[str]:
    """Headline and body, where they are told."""
    return [text for field in FIELDS if (text := getattr(article, field))]


def size_of(articles: Iterable[Article]) -> tuple[int, int]:
    """Code points and bytes of UTF-8 of all that is read of the articles."""
    texts = [text for article in articles for text in texts_of(article)]
    return sum(map(len, texts)), sum(len(text.encode()) for text in texts)


def seconds_of(work: Callable[[], object], rounds: int = ROUNDS) -> float:
    """CPU seconds of one call: the median of `rounds`, after one that is not counted."""
    work()
    spent = []
    for _ in range(rounds):
        started = time.process_time()
        work()
        spent.append(time.process_time() - started)
    return statistics.median(spent)


def used_by(command: Sequence[str]) -> Used:
    """Runs a command; raises RuntimeError with what it wrote last when it fails."""
    launched = subprocess.run(
        [sys.executable, "-S", "-c", LAUNCHER, *command], check=True, capture_output=True, text=True
    )
    code, cpu, wall, peak = json.loads(launched.stdout)
    if code:
        raise RuntimeError(f"{' '.join(command)} failed: {launched.stderr[-2000:]}")
    unit = 2**20 if sys.platform == "darwin" else 2**10  # getrusage(2): bytes there, KiB here
    return Used(cpu, wall, peak / unit)


# --- Extraction ---------------------------------------------------------------------------------


def cut(articles: Iterable[Article]) -> None:
    """Cleaning, folding and cutting alone: what any reader of words on this machine must pay."""
    for article in articles:
        for text in texts_of(article):
            clean = normal(text).text
            tokenize(clean, fold(clean))


def extract_all(articles: Iterable[Article]) -> None:
    for article in articles:
        extract(article)


def show_extraction(data: Path | None) -> None:
    """Characters a second from text to mentions."""
    rows = []
    for name, articles in corpora(data).items():
        characters, _ = size_of(articles)
        whole = seconds_of(lambda: extract_all(articles))  # noqa: B023
        floor = seconds_of(lambda: cut(articles))  # noqa: B023
        mentions = sum(len(extract(article)) for article in articles)
        rows.append(
            (name, len(articles), characters / 1e3, mentions, characters / whole / 1e3,
             characters / floor / 1e3, whole / floor)
        )  # fmt: skip
    heads = ("corpus", "articles", "kchar", "mentions", "kchar/s", "tokens only", "times slower")
    print_table(
        f"Extraction on one core (transforms.extract.extract), median of {ROUNDS} rounds",
        "python -m benchmarks extraction",
        heads,
        rows,
    )
    print("  tokens only: cleaning, folding and cutting words, the floor of this machine")


# --- Claims -------------------------------------------------------------------------------------


def claims_of_all(articles: Iterable[Article]) -> None:
    for article in articles:
        claims_of(article)


def steps(articles: list[Article]) -> list[Step]:
    """CPU seconds of each step of making claims, each timed alone over all articles."""
    analysed = [(article, analyse(article)) for article in articles]
    passages = [(article, passage) for article, found in analysed for passage in found]

    def times() -> None:
        for article, one in passages:
            read_times(one.tokens, time_table(one.language), article.versioncreated)

    def quantities() -> None:
        for _, one in passages:
            taken = [(time.first, time.last) for time in one.times if not time.counts]
            read_quantities(one.tokens, quantity_table(one.language), taken)

    def places() -> None:
        for _, found in analysed:
            resolve([m for one in found for m in find_places(one.tokens, one.language)], ())

    def marks() -> None:
        for _, one in passages:
            find(one.tokens, lexicon(one.language))

    alone: dict[str, Callable[[], object]] = {
        "words": lambda: cut(articles),
        "times": times,
        "quantities": quantities,
        "places": places,
        "marks": marks,
    }
    return [Step(name, seconds_of(work)) for name, work in alone.items()]


def show_claims(data: Path | None) -> None:
    """Articles a second from text to claims, and what each step has of the time."""
    rows = []
    for name, articles in corpora(data).items():
        _, size = size_of(articles)
        whole = seconds_of(lambda: claims_of_all(articles), 3)  # noqa: B023
        alone = steps(articles)
        rest = whole - sum(step.seconds for step in alone)
        shares = [percent(seconds, whole) for seconds in (*(s.seconds for s in alone), rest)]
        claims = sum(len(claims_of(article)) for article in articles)
        rows.append(
            (name, claims, len(articles) / whole, size / whole / ARTICLE_BYTES, *shares)
        )  # fmt: skip
    names = ("words", "times", "quantities", "places", "marks", "rest")
    print_table(
        "Article to claims on one core (transforms.claim.claims), median of 3 rounds",
        "python -m benchmarks claims",
        ("corpus", "claims", "articles/s", "of 3 kB/s", *names),
        rows,
    )
    print("  of 3 kB/s: bytes of UTF-8 a second, over 3,000. words: cleaning, folding, cutting;")
    print("  marks: the words of the lexicon; rest: sentences, setting, slots, quotes, messages")


# --- Starting -----------------------------------------------------------------------------------


def show_start(_: Path | None) -> None:
    """How long a person waits before anything is read, and the memory of a worker by then."""
    helps = [_wall([_tally(), "--help"]) for _ in range(STARTS)]
    seconds = json.loads(
        subprocess.run(
            [sys.executable, "-c", LOADING],
            check=True, capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"},
        ).stdout
    )  # fmt: skip
    kinds = ("modules", "gazetteer", "times", "quantities", "lexicon")
    loads = {k: sum(v for name, v in seconds.items() if name.startswith(k)) for k in kinds}
    rows = [("tally --help", 1e3 * statistics.median(helps))]
    rows += [(f"loading: {name}", 1e3 * loads[name]) for name in kinds]
    rows.append(("loading: all", 1e3 * sum(loads.values())))
    print_table(
        f"Starting, wall time (tally --help: median of {STARTS})",
        "python -m benchmarks start",
        ("what", "ms"),
        rows,
    )
    print("  times, quantities, lexicon: the tables of all languages, from their TOML")
    alone, worker = (
        used_by([sys.executable, "-c", code]).peak
        for code in (LOADING, f"import apache_beam\n{LOADING}")
    )
    print(f"  memory with all tables: {alone:,.0f} MiB; with Beam, as a worker: {worker:,.0f} MiB")


def _tally() -> str:
    return str(Path(sys.executable).with_name("tally"))


def _wall(command: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started
