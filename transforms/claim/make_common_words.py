"""Writes languages/<lang>/common_words.txt: stems that many texts share and that so tell nothing.

    python -m transforms.claim.make_common_words ar|en|fr FILE...

The files hold a text a line, as JSON with the text under `body`, `sentences` or the language's
tag. A stem is common when more than SHARE of the texts hold it. Checked in: made from FA-KES
(CC BY 4.0) and ECB+ (CC BY 3.0) for English, from TICO-19 (CC0) for Arabic and French, whose
lines are sentences: there SHARE_OF_SENTENCES.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
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
    common = sorted(stem for stem, count in found.items() if count > least)
    target = files("transforms.languages") / language / "common_words.txt"
    Path(str(target)).write_text("\n".join(common) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
