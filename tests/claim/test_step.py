"""Claiming as a Beam step."""

from __future__ import annotations

from datetime import datetime, timezone

import apache_beam as beam
import pytest
from apache_beam.runners.portability.fn_api_runner import FnApiRunner
from apache_beam.testing.util import assert_that, equal_to

from schemas.messages import Article, Claim
from transforms.claim import step


def test_an_article_that_breaks_the_reading_is_rejected_and_the_others_go_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    moment = datetime(2024, 1, 1, tzinfo=timezone.utc)
    read = [
        Article(
            uri=uri, versioncreated=moment, source="s", headline="At least 12 dead", language="en"
        )
        for uri in ("whole", "broken")
    ]
    claims_of = step.claims_of

    def breaking(article: Article) -> list[Claim]:
        if article.uri == "broken":
            raise IndexError("tuple index out of range")
        return claims_of(article)

    monkeypatch.setattr(step, "claims_of", breaking)
    with beam.Pipeline(FnApiRunner()) as pipeline:
        outputs = pipeline | beam.Create(read) | step.Claims()
        editions = outputs[step.Claims.EDITIONS] | beam.Map(lambda one: one.uri)
        rejects = outputs[step.Claims.REJECTS] | beam.Map(lambda one: (one.step, one.reason))
        assert_that(editions, equal_to(["whole"]), label="editions")
        assert_that(rejects, equal_to([("claim", "failed")]), label="rejects")
