"""Reading as a Beam step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import apache_beam as beam
from apache_beam.metrics import Metrics

from schemas.messages import Article, Reject
from transforms.languages.load import LANGUAGES
from transforms.read.reader import LIMIT, read
from transforms.read.rejects import Origin
from transforms.timing import timed


class Read(beam.PTransform):
    """PCollection[(Origin, bytes)] -> outputs ARTICLES (Article) and REJECTS (Reject).

    Counts `read/articles`, `read/rejects` and `read/rejects_<reason>`: elements in are articles
    plus rejects, always. `read/microseconds` is what reading takes.
    """

    ARTICLES = "articles"
    REJECTS = "rejects"

    def __init__(self, languages: Sequence[str] = LANGUAGES, limit: int = LIMIT) -> None:
        super().__init__()
        self._languages = tuple(languages)
        self._limit = limit

    def expand(self, payloads: Any) -> Any:
        reading = beam.ParDo(_Read(self._languages, self._limit))
        return payloads | reading.with_outputs(self.REJECTS, main=self.ARTICLES)


class _Read(beam.DoFn):
    def __init__(self, languages: Sequence[str], limit: int) -> None:
        self._languages = languages
        self._limit = limit

    def process(self, element: tuple[Origin, bytes]) -> Iterator[Any]:
        origin, payload = element
        with timed(Metrics.counter("read", "microseconds")):
            result = read(payload, origin, self._limit, self._languages)
        if isinstance(result, Article):
            Metrics.counter("read", "articles").inc()
            yield result
        else:
            _count(result)
            yield beam.pvalue.TaggedOutput(Read.REJECTS, result)


def _count(rejected: Reject) -> None:
    Metrics.counter("read", "rejects").inc()
    Metrics.counter("read", f"rejects_{rejected.reason}").inc()
