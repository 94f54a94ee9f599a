"""Writes calendar_words.json of each language: names of months and weekdays, from CLDR by Babel.

Run `python -m transforms.languages.make_calendar_words`; the files are checked in, and a test
makes them again and compares. Variants that CLDR lacks stand in times.toml.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from babel import Locale

# Countries name the months differently; every name of a language is read everywhere.
LOCALES = {
    "ar": ("ar", "ar_SY", "ar_IQ", "ar_MA", "ar_TN", "ar_DZ", "ar_MR", "ar_SA"),
    "de": ("de", "de_AT"),
    "en": ("en", "en_GB"),
    "es": ("es", "es_MX"),
    "fa": ("fa", "fa_AF"),
    "fr": ("fr", "fr_CA"),
    "pt": ("pt", "pt_PT"),
    "ru": ("ru",),
    "tr": ("tr",),
    "zh": ("zh", "zh_Hant"),
}
# Arabic abbreviates weekdays to one letter; single letters are no words of a text. Chinese does
# with two.
SHORTEST = 3
SHORTEST_HAN = 2


def calendar_words(language: str) -> dict[str, dict[str, list[str]]]:
    """Names by number: months 1 to 12, weekdays 1 (Monday) to 7, as ISO 8601 counts."""
    locales = [Locale.parse(name) for name in LOCALES[language]]
    return {
        "months": {str(n): _names((locale.months for locale in locales), n) for n in range(1, 13)},
        "weekdays": {
            str(n): _names((locale.days for locale in locales), n - 1) for n in range(1, 8)
        },
    }


def _names(tables: Any, key: int) -> list[str]:
    found: dict[str, None] = {}
    for table in tables:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                found[table[context][width][key].rstrip(".").lower()] = None
    return [name for name in found if _is_word(name)]


def _is_word(name: str) -> bool:
    han = "\u4e00" <= name[-1:] <= "\u9fff"
    return len(name) >= (SHORTEST_HAN if han else SHORTEST) or name == "آب"


def main() -> None:
    """Writes every file anew, beside the language's other tables."""
    for language in LOCALES:
        path = Path(__file__).parent / language / "calendar_words.json"
        text = json.dumps(calendar_words(language), ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
