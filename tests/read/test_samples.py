"""The samples are read whole, and the offsets of their gold annotations count in what was read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.inputs import expand, messages
from schemas.messages import Article
from transforms.read.reader import read

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "tests" / "data" / "seeds"
GOLD = json.loads((SEEDS / "seeds_gold.json").read_text(encoding="utf-8"))["documents"]


def sample_articles(name: str) -> dict[str, Article]:
    articles = [read(message, origin) for origin, message in messages(str(ROOT / "samples" / name))]
    assert all(isinstance(article, Article) for article in articles)
    return {article.uri: article for article in articles if isinstance(article, Article)}


def test_the_samples_hold_the_seeds_and_real_stories() -> None:
    assert [Path(path).name for path in expand([str(ROOT / "samples")])] == [
        "articles.jsonl",
        "fa_kes.jsonl",
    ]
    assert len(sample_articles("articles.jsonl")) == 5
    assert len(sample_articles("fa_kes.jsonl")) == 39


@pytest.mark.parametrize("number", sorted(GOLD))
def test_offsets_of_the_gold_count_in_the_article_read(number: str) -> None:
    article = sample_articles("articles.jsonl")[f"urn:tally:sample:{number}"]
    text = (SEEDS / GOLD[number]["file"]).read_bytes().decode("utf-8")
    assert article.body_text == text
    assert article.versioncreated.date().isoformat() == GOLD[number]["publication_date"]
    annotations = [*GOLD[number]["numbers"], *GOLD[number]["dates"]]
    assert annotations
    for annotation in annotations:
        assert text[annotation["start"] : annotation["end"]] == annotation["surface"]
