"""Rows of corpora become Articles that are read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks.corpora import CORPORA, FILES, located, main, untokenized
from schemas.messages import Article
from transforms.read.reader import read

ROWS: dict[str, dict[str, Any]] = {
    "fa_kes": {
        "id": "fakes-1", "source": "ahram", "published": "2017-04-16", "place": "aleppo",
        "title": "Toll hits 43", "body": "At least 43 people were killed.", "language": "en",
    },
    "ecbplus": {
        "id": "ecb-1", "topic": "1", "event": "1a",
        "sentences": ["http : / / a . b", "A 9 .", "B 's 8 ."],
    },
    "tico19": {"id": "t:1", "en": "20 days", "fr": "20 jours", "ar": "20 يوما"},
}  # fmt: skip


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    for name, row in ROWS.items():
        file = tmp_path / FILES[name]
        file.parent.mkdir()
        file.write_text(json.dumps(row) + "\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(("name", "count"), [("fa_kes", 1), ("ecbplus", 1), ("tico19", 3)])
def test_every_row_is_read(
    corpora: Path, capsys: pytest.CaptureFixture[str], name: str, count: int
) -> None:
    assert main([name, str(corpora)]) == 0
    lines = capsys.readouterr().out.splitlines()
    articles = [read(line.encode()) for line in lines]
    assert len(articles) == count
    assert all(isinstance(article, Article) for article in articles)


def test_the_folder_of_corpora_is_found_by_the_environment(
    corpora: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TALLY_DATA", str(corpora))
    [article] = CORPORA["ecbplus"](located("ecbplus"))
    assert article["body_text"] == "A 9.\nB's 8."


def test_what_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fa_kes", str(tmp_path)]) == 1
    assert "fa_kes" in capsys.readouterr().err
    assert main(["no_such_corpus"]) == 2


@pytest.mark.parametrize(
    ("sentence", "written"),
    [
        ("`` We appreciate it , '' he said .", '"We appreciate it," he said.'),
        ("Reid 's rep was n't at ( the ) clinic", "Reid's rep wasn't at (the) clinic"),
        ("$ 5,000 or 20 % , no more !", "$5,000 or 20%, no more!"),
        ("A 16 - year - old , 5 . 2 of 170 , 000", "A 16-year-old, 5.2 of 170,000"),
        ("He left -- he said -- at 7 . Then", "He left -- he said -- at 7. Then"),
    ],
)
def test_tokens_are_joined_as_they_are_written(sentence: str, written: str) -> None:
    assert untokenized(sentence) == written
