"""Claiming as a Beam step."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import apache_beam as beam
import msgspec
import structlog
from apache_beam.metrics import Metrics

from schemas.messages import Article, Claim
from transforms.claim.claims import claims_of
from transforms.claim.edition import Edition
from transforms.read.rejects import reject
from transforms.timing import timed

log = structlog.get_logger("claim")


class Claims(beam.PTransform):
    """PCollection[Article] -> outputs EDITIONS (Edition: a version of an article with its claims)
    and REJECTS (Reject).

    An article that breaks the reading of claims is a bug, logged and counted as such; it is
    rejected, because on a feed that starts again at what failed one article would stop all others.
    Counts `claim/claims`, `claim/rejects` and what it takes, `claim/microseconds`.
    """

    EDITIONS = "editions"
    REJECTS = "rejects"

    def expand(self, articles: Any) -> Any:
        return articles | beam.ParDo(_Claim()).with_outputs(self.REJECTS, main=self.EDITIONS)


class _Claim(beam.DoFn):
    def process(self, article: Article) -> Iterator[Any]:
        claims: tuple[Claim, ...] = ()
        if article.pubstatus == "usable":
            try:
                with timed(Metrics.counter("claim", "microseconds")):
                    claims = tuple(claims_of(article))
            except Exception as bug:
                log.exception("a bug of Tally", uri=article.uri, version=article.version)
                Metrics.counter("claim", "rejects").inc()
                said = f"{article.uri}: {type(bug).__name__}: {bug}"
                payload = msgspec.json.encode(article)
                rejected = reject("claim", "failed", said, payload, time=article.versioncreated)
                yield beam.pvalue.TaggedOutput(Claims.REJECTS, rejected)
                return
        Metrics.counter("claim", "claims").inc(len(claims))
        yield Edition(
            article.uri, article.version, article.versioncreated, article.pubstatus, claims
        )
