"""Reading as a Beam step: nothing is lost."""

from __future__ import annotations

import json
from typing import Any

import apache_beam as beam
from apache_beam.metrics import MetricsFilter
from apache_beam.runners.portability.fn_api_runner import FnApiRunner
from apache_beam.testing.util import assert_that, equal_to

from transforms.read.rejects import Origin
from transforms.read.step import Read

GOOD = json.dumps(
    {
        "uri": "urn:example:1",
        "versioncreated": "2021-08-30T12:00:00Z",
        "source": "outlet.example",
        "body_text": "Twelve people were killed.",
    }
).encode()
LINES = [GOOD, b"{", b"\xff", GOOD, b"[]", GOOD[:-1] + b', "language": "sv"}']


def test_articles_and_rejects_come_out_and_are_counted() -> None:
    pipeline = beam.Pipeline(runner=FnApiRunner())
    elements = [(Origin("lines", None, n), line) for n, line in enumerate(LINES, 1)]
    outputs: Any = pipeline | beam.Create(elements) | Read()
    articles = outputs[Read.ARTICLES] | "uris" >> beam.Map(lambda article: article.uri)
    rejects = outputs[Read.REJECTS] | "reasons" >> beam.Map(
        lambda reject: (reject.reason, reject.offset)
    )
    assert_that(articles, equal_to(["urn:example:1"] * 2), label="articles")
    assert_that(
        rejects,
        equal_to(
            [("not_json", 2), ("not_utf8", 3), ("not_by_schema", 5), ("unsupported_language", 6)]
        ),
        label="rejects",
    )
    result = pipeline.run()
    result.wait_until_finish()
    counters = result.metrics().query(MetricsFilter().with_namespace("read"))["counters"]
    counted = {c.key.metric.name: c.committed for c in counters}
    assert counted.pop("microseconds") > 0
    assert counted == {
        "articles": 2,
        "rejects": 4,
        "rejects_not_json": 1,
        "rejects_not_utf8": 1,
        "rejects_not_by_schema": 1,
        "rejects_unsupported_language": 1,
    }
