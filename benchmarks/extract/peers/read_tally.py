"""Tally itself, in the same form as its peers."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from serve import Reader, Readings, serve

sys.path.insert(0, str(Path(__file__).parents[3]))

from schemas.messages import Article, Mention
from transforms.extract.extract import extract


def reader(language: str) -> Reader:
    def read(text: str, published: datetime) -> Readings:
        article = Article(
            uri="urn:bench", versioncreated=published, source="bench.example", body_text=text,
            language=language,
        )  # fmt: skip
        found = extract(article)
        return {
            "quantities": [quantity(one) for one in found if one.quantity],
            "times": [time(one) for one in found if one.time],
        }

    return read


def quantity(mention: Mention) -> dict[str, Any]:
    """Rounded and approximate numbers are compared by the number stated."""
    assert mention.quantity
    one = mention.quantity
    open_ended = one.qualifier in ("at_least", "more_than", "at_most", "less_than")
    exact = one.stated is not None and not open_ended
    return {
        "start": mention.start, "end": mention.end, "stated": one.stated,
        "low": one.stated if exact else one.value.low,
        "high": one.stated if exact else one.value.high,
        "unit": one.unit, "unit_text": one.unit_text,
    }  # fmt: skip


def time(mention: Mention) -> dict[str, Any]:
    assert mention.time
    timex3 = mention.time.timex3
    return {
        "start": mention.start, "end": mention.end, "type": timex3.type, "value": timex3.value
    }  # fmt: skip


if __name__ == "__main__":
    serve(reader)
