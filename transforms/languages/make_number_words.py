"""Writes number_words.json of each language, and the spelled numbers the tests read back.

    python -m transforms.languages.make_number_words [FOLDER]

The words come from ICU's rule-based number formats (CLDR, Unicode licence). It needs PyICU, which
Tally itself does not: `pip install PyICU` in an environment of its own. Run it again when CLDR
moves; the tables it writes are checked in.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

icu: Any = import_module("icu")

LOCALES = {
    "ar": ("ar",), "de": ("de",), "en": ("en",), "es": ("es",), "fa": ("fa",),
    "fr": ("fr", "fr_CH", "fr_BE"), "pt": ("pt", "pt_PT"), "ru": ("ru",), "tr": ("tr",),
    "zh": ("zh",),
}  # fmt: skip
SCALES = tuple(10**power for power in (2, 3, 6, 9, 12, 15))
ATOMS = (*range(101), *range(200, 1000, 100), 2_000, 2_000_000, 2_000_000_000)
# Of a language that declines its numbers, so many ways of each are read back by the tests; German
# writes what news writes in digits in words longer than this.
MOST_WAYS, LONGEST_WORD = 6, 44
SPELLED = (
    *range(1_201), *range(1_201, 10_000, 37),
    11_000, 12_000, 21_000, 80_000, 99_999, 100_000, 121_000, 200_000, 345_678, 999_999,
    1_000_000, 1_000_001, 2_000_000, 2_300_000, 12_345_678, 80_000_000, 999_999_999,
    1_000_000_000, 3_200_000_000, 1_000_000_000_000,
)  # fmt: skip


def spellers(language: str, kind: str) -> list[tuple[Any, str]]:
    """The rule sets of a language that spell numbers of `kind` (`cardinal`, `ordinal`)."""
    found = []
    for locale in LOCALES[language]:
        rules = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale(locale))
        names = [rules.getRuleSetName(i) for i in range(rules.getNumberOfRuleSetNames())]
        found += [(rules, name) for name in names if f"spellout-{kind}" in name]
    return found


def spelled(language: str, kind: str, number: int) -> list[str]:
    """All ways in which ICU spells a number, each once, in its order."""
    ways = [rules.format(number, ruleset) for rules, ruleset in spellers(language, kind)]
    return list(dict.fromkeys(way.replace("\u00ad", "") for way in ways if "," not in way))


def words(language: str, kind: str) -> dict[str, list[str]]:
    """The numbers that ICU writes in one word."""
    single = {
        number: [way for way in spelled(language, kind, number) if way.isalpha()]
        for number in sorted({*ATOMS, *SCALES})
    }
    return {str(number): ways for number, ways in sorted(single.items()) if ways}


def scales(language: str) -> dict[str, list[str]]:
    """The words that multiply, as they stand after two."""
    return {
        str(scale): list(
            dict.fromkeys(
                way.split()[-1]
                for count in (2, 5)
                for way in spelled(language, "cardinal", count * scale)
                if len(way.split()) == 2
            )
        )
        for scale in SCALES
    }


def write(folder: Path, tests: Path) -> None:
    """Writes the tables under `folder` and the spelled numbers under `tests`."""
    for language in LOCALES:
        made = {
            "source": f"ICU {icu.ICU_VERSION}, RBNF spellout of {', '.join(LOCALES[language])}",
            "cardinal": words(language, "cardinal"),
            "ordinal": words(language, "ordinal"),
            "scale": scales(language),
        }
        table = json.dumps(made, ensure_ascii=False, indent=1)
        (folder / language / "number_words.json").write_text(table + "\n", encoding="utf-8")
        lines = [
            f"{number}\t{way}"
            for number in SPELLED
            for way in spelled(language, "cardinal", number)[:MOST_WAYS]
            if max(map(len, way.split())) <= LONGEST_WORD
        ]
        path = tests / f"spelled_{language}.tsv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    here = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent
    write(here, here.parent.parent / "tests" / "data" / "languages")
