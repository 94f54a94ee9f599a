"""What Tally knows of each language: tables in TOML, one folder a language."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import tomli

LANGUAGES = ("ar", "en", "fr")


@cache
def table(language: str, name: str) -> dict[str, Any]:
    """The table `name` (`numbers`, `times`, `claims`, `places`…) of a language (`ar`, `en`…).

    The result is shared: do not change it. Raises FileNotFoundError for a table or a language
    that is not there.
    """
    text = (files(__package__) / language / f"{name}.toml").read_text(encoding="utf-8")
    return tomli.loads(text)
