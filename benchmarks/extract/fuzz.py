"""Looks for texts that break the extraction or make it slow: `python -m benchmarks.extract.fuzz`.

    python -m benchmarks.extract.fuzz [COUNT [SEED]]    the slowest of COUNT texts a language
    python -m benchmarks.extract.fuzz --atheris FOLDER  coverage-guided, until stopped (pip install
                                                        atheris; FOLDER keeps what it found)

A text is a few words and signs that start a reading, again and again up to 20 kB. Its CPU time for
each character is told beside the mean of ordinary text (TICO-19, or the samples).
"""

from __future__ import annotations

import random
import sys
import time
from datetime import datetime, timezone

from benchmarks.tables import print_table
from schemas.messages import Article
from transforms.extract.extract import extract
from transforms.extract.quantity_table import quantity_table
from transforms.extract.times import time_table
from transforms.languages.load import LANGUAGES

PUBLISHED = datetime(2021, 11, 12, tzinfo=timezone.utc)
SIGNS = ["-", ",", ".", "/", ":", "(", ")", "$", "%", "'", '"', "\n", "12", "5", "2021", "000", "a"]
SIZE = 20_000
ORDINARY = {
    "en": "At least 12 people were killed on Tuesday, officials said, and dozens were wounded. ",
    "fr": "Au moins 12 personnes ont été tuées mardi, selon les autorités, et 30 blessées. ",
    "ar": "قتل 12 شخصا على الأقل يوم الثلاثاء بحسب مسؤولين وأصيب العشرات بجروح في الهجوم. ",
}


def article(text: str, language: str) -> Article:
    return Article("urn:fuzz", PUBLISHED, "fuzz", body_text=text, language=language)


def microseconds(unit: str, language: str) -> float:
    """CPU time for each character of `unit` repeated to SIZE; the better of two runs."""
    one = article((unit * (SIZE // len(unit) + 1))[:SIZE], language)
    best = float("inf")
    for _ in range(2):
        begun = time.process_time()
        extract(one, [language])
        best = min(best, time.process_time() - begun)
    return best / SIZE * 1e6


def units(language: str, count: int, chance: random.Random) -> list[str]:
    words = sorted({*time_table(language).triggers, *quantity_table(language).triggers})
    words += SIGNS * (len(words) // len(SIGNS) // 2 + 1)
    return [
        " ".join(chance.choices(words, k=chance.randint(1, 6))) + chance.choice(["", " "])
        for _ in range(count)
    ]


def search(count: int, seed: int) -> None:
    """Prints the slowest texts of each language, and how often slower than ordinary text."""
    rows = []
    for language in LANGUAGES:
        mean = microseconds(ORDINARY.get(language, ORDINARY["en"]), language)
        found = units(language, count, random.Random(seed))
        slowest = sorted(((microseconds(unit, language), unit) for unit in found), reverse=True)
        rows += [
            (language, repr(unit), f"{cost:.2f}", f"{cost / mean:.1f}")
            for cost, unit in slowest[:5]
        ]
    print_table(
        "The slowest texts found",
        f"python -m benchmarks.extract.fuzz {count} {seed}",
        ("language", "repeated", "us a character", "times the mean"),
        rows,
    )


def guided(folder: str) -> None:
    """Lets atheris look for texts that raise; it ends with the first."""
    import atheris  # type: ignore[import-not-found]

    def one_input(data: bytes) -> None:
        text = data.decode("utf-8", "replace")
        for language in LANGUAGES:
            extract(article(text or " ", language), [language])

    atheris.instrument_all()
    atheris.Setup([sys.argv[0], folder, "-max_len=2000"], one_input)
    atheris.Fuzz()


def main(arguments: list[str]) -> None:
    if arguments[:1] == ["--atheris"]:
        guided(arguments[1])
        return
    count, seed = (*map(int, arguments), *(200, 1)[len(arguments) :])
    search(count, seed)


if __name__ == "__main__":
    main(sys.argv[1:])
