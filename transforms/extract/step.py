"""Extracting as a Beam step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import apache_beam as beam
import msgspec
from apache_beam.metrics import Metrics

from schemas.messages import Article
from transforms.extract.extract import extract
from transforms.languages.load import LANGUAGES
from transforms.read.rejects import reject


class Extract(beam.PTransform):
    """PCollection[Article] -> outputs MENTIONS (Mention) and REJECTS (Reject).

    An article in a language without tables is rejected; any other error is a bug, and stops.
    """

    MENTIONS = "mentions"
    REJECTS = "rejects"

    def __init__(self, languages: Sequence[str] = LANGUAGES) -> None:
        super().__init__()
        self._languages = tuple(languages)

    def expand(self, articles: Any) -> Any:
        extracting = beam.ParDo(_Extract(self._languages))
        return articles | extracting.with_outputs(self.REJECTS, main=self.MENTIONS)


class _Extract(beam.DoFn):
    def __init__(self, languages: Sequence[str]) -> None:
        self._languages = languages

    def process(self, article: Article) -> Iterator[Any]:
        try:
            found = extract(article, self._languages)
        except FileNotFoundError as missing:
            payload = msgspec.json.encode(article)
            rejected = reject(
                "extract", "failed", str(missing), payload, time=article.versioncreated
            )
            Metrics.counter("extract", "rejects").inc()
            yield beam.pvalue.TaggedOutput(Extract.REJECTS, rejected)
            return
        Metrics.counter("extract", "mentions").inc(len(found))
        yield from found
