"""Corpora of real news as Article JSON lines: what benches and samples are made of.

    python -m benchmarks.corpora NAME [PATH] > articles.jsonl

NAME is fa_kes, ecbplus or tico19. PATH is the corpus's own file of JSON lines, or the folder that
holds the corpora, by default that of the environment variable TALLY_DATA.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

Fields = dict[str, Any]

FILES = {
    "fa_kes": "fa_kes/articles.jsonl",
    "ecbplus": "ecbplus/articles.jsonl",
    "tico19": "tico19_ar_fr_en/tico19_triples.jsonl",
}
# ECB+ and TICO-19 tell no time of publication: one that is right for most of them.
ECBPLUS_PUBLISHED = "2013-06-01T12:00:00+00:00"
TICO19_PUBLISHED = "2020-06-01T12:00:00+00:00"


def fa_kes(path: Path) -> Iterator[Fields]:
    """FA-KES: articles on the war in Syria, published at noon UTC of their day.

    Nine ids stand for two to four rows: the same article again, at most with another place.
    """
    for row in _rows(path):
        yield {
            "uri": f"urn:tally:fa_kes:{row['id']}",
            "versioncreated": f"{row['published']}T12:00:00+00:00",
            "source": row["source"],
            "language": row["language"],
            "headline": row["title"],
            "body_text": row["body"],
            "place": row["place"],
        }


def ecbplus(path: Path) -> Iterator[Fields]:
    """ECB+: every article an outlet of its own; topic and event are its extensions.

    A sentence that is the address of the page is left out: cut into words it is none any more.
    """
    for row in _rows(path):
        yield {
            "uri": f"urn:tally:ecbplus:{row['id']}",
            "versioncreated": ECBPLUS_PUBLISHED,
            "source": f"{row['id']}.example",
            "language": "en",
            "body_text": "\n".join(
                untokenized(s) for s in row["sentences"] if not s.startswith("http")
            ),
            "extensions": {"topic": row["topic"], "event": row["event"]},
        }


def tico19(path: Path) -> Iterator[Fields]:
    """TICO-19: a sentence in three languages is three articles, `<id>:en`, `:fr` and `:ar`."""
    for row in _rows(path):
        for language in ("en", "fr", "ar"):
            yield {
                "uri": f"urn:tally:tico19:{row['id']}:{language}",
                "versioncreated": TICO19_PUBLISHED,
                "source": f"tico19-{language}.example",
                "language": language,
                "body_text": row[language],
            }


CORPORA: dict[str, Callable[[Path], Iterator[Fields]]] = {
    "fa_kes": fa_kes,
    "ecbplus": ecbplus,
    "tico19": tico19,
}


def untokenized(sentence: str) -> str:
    """A sentence of the Penn Treebank's tokens as it is written: `` a 's '' is "a's"."""
    sentence = re.sub(r"`` ?", '"', sentence)
    sentence = re.sub(r" ?''", '"', sentence)
    sentence = re.sub(r" (n't|'(?:s|S|re|ve|ll|d|m)?)(?= |$)", r"\1", sentence)
    sentence = re.sub(r"(?<=\d) ([.,]) (?=\d)", r"\1", sentence)  # 5 . 2, 170 , 000
    sentence = re.sub(r"(?<=\w) - (?=\w)", "-", sentence)  # 16 - year - old
    sentence = re.sub(r" ([.,;:!?%)\]}])", r"\1", sentence)
    return re.sub(r"([(\[{$£€]) ", r"\1", sentence)


def located(name: str, given: str | None = None) -> Path:
    """The file of a corpus; raises FileNotFoundError where it is not."""
    path = Path(given or os.environ.get("TALLY_DATA") or ".")
    file = path / FILES[name] if path.is_dir() else path
    if not file.is_file():
        raise FileNotFoundError(f"{file}: give the path of {name}, or set TALLY_DATA")
    return file


def _rows(path: Path) -> Iterator[Fields]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main(arguments: list[str]) -> int:
    """The command; returns its exit code."""
    if not 1 <= len(arguments) <= 2 or arguments[0] not in CORPORA:
        sys.stderr.write(__doc__ or "")
        return 2
    name = arguments[0]
    try:
        path = located(*arguments)
    except FileNotFoundError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    for article in CORPORA[name](path):
        sys.stdout.write(json.dumps(article, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
