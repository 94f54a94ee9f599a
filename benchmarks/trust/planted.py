"""Planted articles with known truth, in English, French and Arabic, and their scorer.

    python -m benchmarks.trust planted --seed 1
    python -m benchmarks.trust.planted --seed 1 --out DIR
    python -m benchmarks.trust.planted --score DISCREPANCIES.jsonl DIR

The second writes DIR/articles.jsonl and DIR/truth.jsonl. Each scenario (planted_kinds.py) has its
own town and week. Its articles tell one event in own wordings, each by another outlet, among real
sentences (TICO-19, CC0). The languages in turn: all articles in English, in French, in Arabic,
each in a language drawn for it. Kinds `real_*` are real articles told again (rewritten.py).

The truth of a scenario: `expect`, the kinds of alert of which one is to be raised (none: nothing
is), and `pairs` of figures that such an alert sets against each other.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

from benchmarks.trust import score
from benchmarks.trust.feeds import read_feed
from benchmarks.trust.planted_kinds import EXPECTED, QUIET, Made
from benchmarks.trust.planted_text import LANGUAGES, OUTLETS, Row, Scene, finish, wordings
from benchmarks.trust.rewritten import rewritten
from benchmarks.trust.score_planted import report

FIRST_DAY = date(2018, 1, 8)
DAYS_APART = 5  # 24 towns: the same one comes back after four months
KINDS = (*EXPECTED, *QUIET)
# Scenarios in which each set of wordings to work with tells each kind in each language and mixed.
COUNT = len(wordings()) * len(KINDS) * (len(LANGUAGES) + 1)


def planted(seed: int, count: int, half: str = "work") -> Iterator[tuple[list[Row], Row]]:
    """`count` scenarios, the kinds and the languages in turn: articles and truth."""
    sets = wordings(half)
    for i in range(count):
        dice = random.Random(f"{seed}:{i}")
        kind = KINDS[i % len(KINDS)]
        round_, turn = divmod(i // len(KINDS), len(LANGUAGES) + 1)
        words = sets[round_ % len(sets)]
        fixed = LANGUAGES[turn] if turn < len(LANGUAGES) else None
        a, b = (fixed or dice.choice(LANGUAGES) for _ in range(2))
        day = FIRST_DAY + timedelta(days=i * DAYS_APART)
        scene = Scene(dice, (i + seed) % len(words["en"]["places"]), day, words)
        maker, expect = EXPECTED.get(kind) or (QUIET[kind], [])
        name = f"{seed}-{i}"
        rows, truth = written(name, maker(scene, a, b))
        yield rows, {"id": f"planted-{name}", "kind": kind, "expect": expect, **truth}


def written(name: str, made: Made) -> tuple[list[Row], Row]:
    """The articles of a scenario as Tally reads them, and where its figures stand."""
    rows: list[Row] = []
    sides: list[list[Row]] = []
    for k, article in enumerate(made.articles):
        of = k if article.version_of is None else article.version_of
        row, found = finish(article, f"urn:tally:planted:{name}-{of}", 1 + (of != k))
        rows.append(row)
        sides.append(found)
    spoken = {article.language for article in made.articles}
    return rows, {
        "slot": made.slot,
        "language": spoken.pop() if len(spoken) == 1 else "mixed",
        "articles": sorted({row["uri"] for row in rows}),
        "pairs": [{"a": sides[i][k], "b": sides[j][m]} for (i, k), (j, m) in made.pairs],
    }


def feed_of(seed: int, count: int, half: str = "work") -> tuple[list[Row], list[Row]]:
    """The articles of all scenarios in the order of publication, and the truth of each scenario."""
    made = [*planted(seed, count, half), *rewritten(seed, count // 5, OUTLETS)]
    articles = (row for rows, _ in made for row in rows)
    return sorted(articles, key=lambda r: (r["versioncreated"], r["uri"])), [row for _, row in made]


def measured(seed: int, count: int, half: str = "work") -> Iterator[str]:
    """Tally's scores on planted articles, and the naive matcher's, in one run."""
    articles, truth = feed_of(seed, count, half)
    yield f"seed {seed}, wordings {half}, {len(truth)} scenarios, {len(articles)} articles"
    yield from report(read_feed(articles).rows, truth, articles)


# --- command line ---------------------------------------------------------------------------------


def write(path: Path, rows: Iterable[Row]) -> None:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--out", type=Path, default=Path("planted"))
    parser.add_argument("--score", nargs=2, type=Path, metavar=("DISCREPANCIES", "DIR"))
    given = parser.parse_args()
    if given.score:
        found, folder = given.score
        articles = score.read_lines(folder / "articles.jsonl")
        for line in report(
            score.read_lines(found), score.read_lines(folder / "truth.jsonl"), articles
        ):
            print(line)
        return
    articles, truth = feed_of(given.seed, given.count)
    given.out.mkdir(parents=True, exist_ok=True)
    write(given.out / "articles.jsonl", articles)
    write(given.out / "truth.jsonl", truth)


if __name__ == "__main__":
    main()
