"""Claiming as a Beam step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import apache_beam as beam
from apache_beam.metrics import Metrics

from schemas.messages import Article
from transforms.claim.claims import claims_of
from transforms.claim.edition import Edition


class Claims(beam.PTransform):
    """PCollection[Article] -> PCollection[Edition]: each version of an article with its claims.

    Counts `claim/claims`.
    """

    def expand(self, articles: Any) -> Any:
        return articles | beam.ParDo(_Claim())


class _Claim(beam.DoFn):
    def process(self, article: Article) -> Iterator[Edition]:
        claims = tuple(claims_of(article)) if article.pubstatus == "usable" else ()
        Metrics.counter("claim", "claims").inc(len(claims))
        yield Edition(
            article.uri, article.version, article.versioncreated, article.pubstatus, claims
        )
