"""Runs Tally over a feed, as its user would: `tally backfill` in this process."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from schemas.messages import Claim, Discrepancy

Row = dict[str, Any]


class Feed(NamedTuple):
    """What Tally says in the end: all claims, and the last state of each discrepancy."""

    claims: list[Claim]
    discrepancies: list[Discrepancy]

    @property
    def rows(self) -> list[Row]:
        """The discrepancies as they are written: dicts of JSON."""
        return [json.loads(msgspec.json.encode(d)) for d in self.discrepancies]

    @property
    def opened(self) -> list[Discrepancy]:
        return [d for d in self.discrepancies if d.status == "open"]


def last_states(discrepancies: Iterable[Discrepancy]) -> list[Discrepancy]:
    """The last message of each id is the truth."""
    return list({message.id: message for message in discrepancies}.values())


def read_feed(articles: Iterable[Row]) -> Feed:
    """Reads articles (dicts of Article fields) as one feed, in one backfill."""
    from pipelines.backfill import backfill
    from pipelines.settings import Settings

    with tempfile.TemporaryDirectory() as folder:
        feed, out = Path(folder) / "articles.jsonl", Path(folder) / "out"
        out.mkdir()
        feed.write_bytes(b"".join(msgspec.json.encode(article) + b"\n" for article in articles))
        backfill([str(feed)], out, Settings())
        claims = (out / "claims.jsonl").read_bytes().splitlines()
        found = (out / "discrepancies.jsonl").read_bytes().splitlines()
    return Feed(
        [msgspec.json.decode(line, type=Claim) for line in claims],
        last_states(msgspec.json.decode(line, type=Discrepancy) for line in found),
    )
