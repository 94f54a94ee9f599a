"""Writes languages/<lang>/common_words.txt: stems that many texts share and that so tell nothing.

    python -m transforms.claim.make_common_words ar|en|fr FILE...
    python -m transforms.claim.make_common_words --stop-words de|es|...

The files hold a text a line, as JSON with the text under `body`, `sentences` or the language's
tag. A stem is common when more than SHARE of the texts hold it. Checked in: made from FA-KES
(CC BY 4.0) and ECB+ (CC BY 3.0) for English, from TICO-19 (CC0) for Arabic and French, whose
lines are sentences: there SHARE_OF_SENTENCES. Of a language without texts that may be shipped,
the stop words of stopwords-iso (MIT; `pip install stopwordsiso` in an environment of its own),
the names of months and weekdays, and the number words.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from importlib import import_module
from importlib.resources import files
from pathlib import Path

from transforms.claim.stems import stems
from transforms.extract.tokens import tokenize
from transforms.read.normal import fold, normal

SHARE = 0.03
SHARE_OF_SENTENCES = 0.004


def main(language: str, *paths: str) -> None:
    """Counts the stems of all texts and writes the common ones, sorted."""
    found: Counter[str] = Counter()
    texts = 0
    whole = False
    for path in paths:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            text = record.get("body") or " ".join(record.get("sentences", ())) or record[language]
            whole |= language not in record
            clean = normal(text).text
            found.update(set(stems(tokenize(clean, fold(clean)).words)))
            texts += 1
    least = texts * (SHARE if whole else SHARE_OF_SENTENCES)
    _write(language, (stem for stem, count in found.items() if count > least))


def from_stop_words(language: str) -> None:
    """Writes the stems of stop words, months, weekdays and number words."""
    words: set[str] = set(import_module("stopwordsiso").stopwords(language))
    folder = files("transforms.languages") / language
    for name in ("calendar_words", "number_words"):
        made = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        parts = [part for part in made.values() if isinstance(part, dict)]
        words.update(word for part in parts for named in part.values() for word in named)
    found: set[str] = set()
    for word in words:
        clean = normal(word).text
        found.update(stems(tokenize(clean, fold(clean)).words))
    _write(language, found)


def _write(language: str, found: Iterable[str]) -> None:
    target = files("transforms.languages") / language / "common_words.txt"
    Path(str(target)).write_text("\n".join(sorted(found)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1] == "--stop-words":
        from_stop_words(sys.argv[2])
    else:
        main(*sys.argv[1:])
