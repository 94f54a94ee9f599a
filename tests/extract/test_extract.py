"""Articles to mentions: the seeds' gold, and offsets."""

from __future__ import annotations

import json
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.messages import Article, Mention
from transforms.extract.extract import analyse, extract
from transforms.extract.quantity_table import quantity_table
from transforms.extract.times import time_table
from transforms.languages.load import LANGUAGES

SEEDS = Path(__file__).parent.parent / "data" / "seeds"
GOLD = json.loads((SEEDS / "seeds_gold.json").read_text(encoding="utf-8"))["documents"]


def seed(name: str) -> Article:
    document = GOLD[name]
    return Article(
        uri=f"seed:{name}",
        versioncreated=datetime.fromisoformat(f"{document['publication_date']}T12:00:00+00:00"),
        source="seed",
        body_text=(SEEDS / document["file"]).read_text(encoding="utf-8"),
        language=document["languages"][0],
    )


def right(mention: Mention, gold: dict[str, Any]) -> bool:
    """Whether a mention means what the gold does; a share is told in per cent."""
    quantity = mention.quantity
    assert quantity is not None
    if gold["kind"] == "vague_plural":
        low = quantity.value.low
        return quantity.qualifier == "vague" and low in (gold["multiplier"], gold["low"])
    share = 100 if gold["kind"] == "fraction" else 1
    return quantity.stated == gold["low"] * share


@pytest.mark.parametrize("name", sorted(GOLD))
def test_every_core_number_of_the_seeds_is_read_right_and_none_invented(name: str) -> None:
    found = [mention for mention in extract(seed(name)) if mention.kind == "quantity"]
    wrong = []
    allowed = set()
    for gold in GOLD[name]["numbers"]:
        hits = [one for one in found if one.start < gold["end"] and gold["start"] < one.end]
        if gold["status"] == "core" and not any(right(hit, gold) for hit in hits):
            wrong.append((gold["surface"], [hit.exact for hit in hits]))
        if gold["status"] == "trap" and hits:
            wrong.append((gold["surface"], "trap"))
        allowed.update(hit.start for hit in hits)
    invented = [one.exact for one in found if one.start not in allowed]
    assert (wrong, invented) == ([], [])


@pytest.mark.parametrize("name", sorted(GOLD))
def test_offsets_count_code_points_of_the_field_as_it_came(name: str) -> None:
    article = seed(name)
    mentions = extract(article)
    assert mentions
    for mention in mentions:
        assert (article.body_text or "")[mention.start : mention.end] == mention.exact
        assert mention.exact == mention.exact.strip()


def test_oddities_before_a_mention_do_not_move_it() -> None:
    text = "\ufeffقُتِل\u200f ٦٬٠٠٠\u00a0شخص\r\n"
    article = Article(
        uri="a", versioncreated=datetime(2024, 1, 1, tzinfo=timezone.utc), source="s",
        headline=text, language="ar",
    )  # fmt: skip
    (mention,) = extract(article)
    assert mention.exact == "٦٬٠٠٠"
    assert mention.field == "headline"
    assert text[mention.start : mention.end] == "٦٬٠٠٠"


def test_a_paragraph_in_another_language_is_read_in_it() -> None:
    languages = {passage.language for passage in analyse(seed("003"))}
    assert languages == {"ar", "en"}


def test_an_article_without_text_has_no_mentions() -> None:
    article = Article(
        uri="a", versioncreated=datetime(2024, 1, 1, tzinfo=timezone.utc), source="s"
    )  # fmt: skip
    assert extract(article, ["en"]) == []


# --- Any text, in any length --------------------------------------------------------------------

SIGNS = [*"-,./:()$%'\"", "\n", "12", "5", "2021", "000", "a"]


def seconds(text: str, language: str) -> float:
    moment = datetime(2024, 1, 1, tzinfo=timezone.utc)
    one = Article("a", moment, "s", body_text=text, language=language)
    best = 1.0
    for _ in range(2):
        begun = time.process_time()
        extract(one, [language])
        best = min(best, time.process_time() - begun)
    return best


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=12, deadline=None, derandomize=True)
@given(data=st.data())
def test_the_time_grows_no_faster_than_a_text_of_few_words(
    language: str, data: st.DataObject
) -> None:
    words = sorted({*time_table(language).triggers, *quantity_table(language).triggers})
    chosen = st.one_of(st.sampled_from(SIGNS), st.sampled_from(words))
    unit = " ".join(data.draw(st.lists(chosen, min_size=1, max_size=5))) + " "
    short, long = ((unit * size)[:size] for size in (3_000, 24_000))
    # Quadratic would be 64 times; the constant keeps short times from being compared.
    assert seconds(long, language) <= 24 * seconds(short, language) + 0.05
