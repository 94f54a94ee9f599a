"""Design, property 9: hostile articles, as bytes, through all steps in bounded time."""

from __future__ import annotations

import json
from time import process_time

import pytest

from schemas.messages import Article
from transforms.claim.claims import claims_of
from transforms.claim.edition import Edition
from transforms.cross_check.judge import judge
from transforms.key.editions import standing
from transforms.read.reader import read

SECONDS = 10.0  # generous: of what takes about a second
BODIES = {
    "deep tags": "<div>" * 20_000 + "12 people were killed" + "</div>" * 20_000,
    "open tags": "<" * 100_000,
    "open comments": "<!--" * 25_000,
    "open attribute": '<a href="' + "x" * 100_000,
    "entities": "&amp;" * 20_000,
    "broken entities": "&#" * 50_000,
    "large entity": "&#" + "9" * 100_000 + ";",
    "scripts": "<script>" * 12_000,
    "empty paragraphs": "<p></p>" * 14_000 + "12 people were killed",
    "a claim a sentence": " ".join(f"A bomb killed {n} people in Kabul." for n in range(2, 1000)),
    "one sentence": "A bomb killed 12 people, wounded 30 and " * 1_000,
    "a date a sentence": "The accord was signed on 20 August. " * 2_500,
}


@pytest.mark.parametrize("name", BODIES)
def test_an_article_made_to_be_slow_is_judged_in_time(name: str) -> None:
    payload = json.dumps(
        {
            "uri": "urn:x",
            "versioncreated": "2021-09-02T10:00:00Z",
            "source": "one.example",
            "language": "en",
            "headline": "12 killed",
            "body_text": BODIES[name],
        }
    ).encode()
    started = process_time()
    article = read(payload)
    if isinstance(article, Article):
        edition = Edition(
            article.uri, 1, article.versioncreated, "usable", tuple(claims_of(article))
        )
        judge(standing([edition]))
    assert process_time() - started < SECONDS
