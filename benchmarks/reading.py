"""How fast articles are read on one core: `python -m benchmarks.reading [PATH]`.

PATH is the folder of corpora (see benchmarks.corpora); without it the samples are read.
"""

from __future__ import annotations

import json
import sys
import time
import unicodedata
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.corpora import CORPORA, located
from pipelines.inputs import expand, messages
from schemas.messages import Article
from transforms.read.language import detect, paragraphs
from transforms.read.normal import fold, normal
from transforms.read.reader import read

SAMPLES = Path(__file__).parents[1] / "samples"
SECONDS = 0.5


def rate(work: Callable[[Any], object], items: list[Any]) -> float:
    """Passes over all items a second, over at least SECONDS."""
    passes, started = 0, time.perf_counter()
    while (spent := time.perf_counter() - started) < SECONDS:
        for item in items:
            work(item)
        passes += 1
    return passes / spent


def texts(articles: Iterable[Article]) -> dict[str, list[str]]:
    """Bodies by language, and three that are made harder."""
    bodies: dict[str, list[str]] = {}
    for article in articles:
        bodies.setdefault(article.language or "", []).append(article.body_text or "")
    bodies["en, ASCII only"] = [
        text.encode("ascii", "ignore").decode() for text in bodies.get("en", [])
    ]
    bodies["fr, decomposed"] = [unicodedata.normalize("NFD", text) for text in bodies.get("fr", [])]
    bodies["ar, every letter marked"] = [
        "".join(sign + "\u064e" if sign.isalpha() else sign for sign in text)
        for text in bodies.get("ar", [])
    ]
    return bodies


def show_texts(bodies: dict[str, list[str]]) -> None:
    print(f"{'MB/s':25} {'normal':>8} {'fold':>8} {'paragraphs':>11} {'detect, us':>11}")
    for name, items in bodies.items():
        size = sum(len(text.encode()) for text in items) / 1e6
        language = name[:2]
        cut = rate(partial(paragraphs, language=language), items)
        clean = [normal(text).text for text in items]
        print(
            f"{name:25} {size * rate(normal, items):8.0f} {size * rate(fold, clean):8.0f} "
            f"{size * cut:11.0f} {1e6 / rate(detect, items) / len(items):11.0f}"
        )


def show_reading(name: str, payloads: list[bytes]) -> None:
    untold = [
        json.dumps({**json.loads(payload), "language": None}).encode() for payload in payloads
    ]
    print(
        f"{name:10} {len(payloads):6} articles: {rate(read, payloads) * len(payloads):8.0f} a "
        f"second, {rate(read, untold) * len(untold):8.0f} where no language is given"
    )


def main(arguments: list[str]) -> int:
    """The command; returns its exit code."""
    sets = {"samples": [m for path in expand([str(SAMPLES)]) for _, m in messages(path)]}
    for name in CORPORA if arguments else ():
        rows = CORPORA[name](located(name, arguments[0]))
        sets[name] = [json.dumps(row, ensure_ascii=False).encode() for row in rows]
    detect("The model is loaded at the first call.")
    for name, payloads in sets.items():
        show_reading(name, payloads)
    read_samples = [read(payload) for payload in sets["samples"]]
    show_texts(texts(article for article in read_samples if isinstance(article, Article)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
