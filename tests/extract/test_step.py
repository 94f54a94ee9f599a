"""Extracting as a Beam step."""

from __future__ import annotations

from datetime import datetime, timezone

import apache_beam as beam
from apache_beam.runners.portability.fn_api_runner import FnApiRunner
from apache_beam.testing.util import assert_that, equal_to

from schemas.messages import Article
from transforms.extract.step import Extract


def test_articles_become_mentions_and_a_language_without_tables_a_reject() -> None:
    moment = datetime(2024, 1, 1, tzinfo=timezone.utc)
    read = Article(
        uri="a", versioncreated=moment, source="s", headline="At least 12 dead", language="en"
    )
    unknown = Article(uri="b", versioncreated=moment, source="s", headline="x 12", language="xx")
    with beam.Pipeline(FnApiRunner()) as pipeline:
        outputs = pipeline | beam.Create([read, unknown]) | Extract(["en", "xx"])
        mentions = outputs[Extract.MENTIONS] | beam.Map(lambda one: (one.article, one.exact))
        rejects = outputs[Extract.REJECTS] | beam.Map(lambda one: (one.step, one.reason))
        assert_that(mentions, equal_to([("a", "12")]), label="mentions")
        assert_that(rejects, equal_to([("extract", "failed")]), label="rejects")
