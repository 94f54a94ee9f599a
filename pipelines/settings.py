"""The settings of a run."""

from __future__ import annotations

import msgspec

from transforms.languages.load import LANGUAGES
from transforms.read.reader import LIMIT


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a run can be told. `languages` are read; `limit` bounds an article's JSON, in bytes."""

    languages: tuple[str, ...] = LANGUAGES
    limit: int = LIMIT
