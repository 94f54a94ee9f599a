"""Times of the languages' examples, of the samples' gold, and what holds of any text."""

from __future__ import annotations

import json
from datetime import datetime, timezone
from importlib.resources import files
from pathlib import Path
from time import process_time
from typing import Any

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from transforms.extract.time_phrases import read_phrases
from transforms.extract.times import TimeSpan, read_times, time_table
from transforms.extract.tokens import Tokens, tokenize
from transforms.languages.load import LANGUAGES
from transforms.languages.make_calendar_words import calendar_words
from transforms.read.normal import fold, normal

SEEDS = Path(__file__).parents[1] / "data" / "seeds"
PUBLISHED = datetime(2021, 11, 12, tzinfo=timezone.utc)


def read(text: str, language: str, published: str) -> tuple[Tokens, list[TimeSpan]]:
    clean = normal(text).text
    tokens = tokenize(clean, fold(clean))
    moment = datetime.fromisoformat(published).replace(tzinfo=timezone.utc)
    return tokens, read_times(tokens, time_table(language), moment)


def told(tokens: Tokens, span: TimeSpan) -> list[str]:
    timex3 = span.time.timex3
    value = f"{timex3.value}/{timex3.mod}" if timex3.mod else timex3.value
    text = tokens.exact(span.first, span.last)
    return [text, value, span.time.earliest or "", span.time.latest or ""]


def examples() -> list[Any]:
    found = []
    for language in LANGUAGES:
        path = files("transforms.languages") / language / "examples" / "times.toml"
        data = tomli.loads(path.read_text(encoding="utf-8"))
        for example in data["example"]:
            published = example.get("published", data["published"])
            text, spans = example["text"], example["spans"]
            found.append(pytest.param(language, published, text, spans, id=f"{language}:{text}"))
    return found


@pytest.mark.parametrize(("language", "published", "text", "spans"), examples())
def test_example_is_read(language: str, published: str, text: str, spans: list[Any]) -> None:
    tokens, found = read(text, language, published)
    expected = [[normal(span[0]).text, *span[1:]] for span in spans]
    assert [told(tokens, span) for span in found] == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_language_has_examples_of_both_kinds(language: str) -> None:
    path = files("transforms.languages") / language / "examples" / "times.toml"
    spans = [e["spans"] for e in tomli.loads(path.read_text(encoding="utf-8"))["example"]]
    assert any(spans)
    assert not all(spans)


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_tell_time_by_the_same_sections(language: str) -> None:
    folder = files("transforms.languages")
    tables = [
        tomli.loads((folder / name / "times.toml").read_text(encoding="utf-8"))
        for name in ("en", language)
    ]
    assert tables[0].keys() == tables[1].keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_calendar_words_are_those_of_cldr(language: str) -> None:
    path = files("transforms.languages") / language / "calendar_words.json"
    assert json.loads(path.read_text(encoding="utf-8")) == calendar_words(language)


@pytest.mark.parametrize("language", LANGUAGES)
@given(data=st.data())
def test_a_trigger_is_passed_over_only_where_it_opens_nothing(
    language: str, data: st.DataObject
) -> None:
    table = time_table(language)
    going_on = {word for words in table.openings.values() for word in words}
    words = st.sampled_from(sorted(table.openings.keys() | going_on | {"12", "2021", ",", "x"}))
    text = " ".join(data.draw(st.lists(words, max_size=12)))
    tokens = tokenize(text, text)
    assert read_phrases(tokens, table) == read_phrases(tokens, replace(table, openings={}))


# --- The samples' gold --------------------------------------------------------------------------


def gold() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((SEEDS / "seeds_gold.json").read_text(encoding="utf-8"))
    documents: dict[str, Any] = data["documents"]
    return documents


@pytest.mark.parametrize("name", gold())
def test_core_dates_of_the_samples_are_right_and_none_is_invented(name: str) -> None:
    document = gold()[name]
    text = (SEEDS / document["file"]).read_bytes().decode("utf-8")
    clean = normal(text)
    found: list[tuple[int, int, str]] = []
    for language in document["languages"]:
        tokens, spans = read(text, language, document["publication_date"])
        for span in spans:
            start, end = clean.original(tokens.starts[span.first], tokens.ends[span.last])
            if not any(start < e and s < end for s, e, _ in found):
                found.append((start, end, span.time.timex3.value))
    for date in document["dates"]:
        values = [v for s, e, v in found if s < date["end"] and date["start"] < e]
        if date["status"] == "core":
            assert date["value"] in values, date["surface"]
    known = [(date["start"], date["end"]) for date in document["dates"]]
    invented = [text[s:e] for s, e, _ in found if not any(s < b and a < e for a, b in known)]
    assert not invented


# --- What a time tells --------------------------------------------------------------------------


def test_stated_weekday_is_kept_beside_its_date() -> None:
    _, (span,) = read("On Tuesday, 11 March 2021, he left.", "en", "2021-11-12")
    assert span.weekday == 2
    assert span.time.timex3.value == "2021-03-11"


def test_lengths_count_and_dates_do_not() -> None:
    _, spans = read("For 20 years, until 12 March 2021.", "en", "2021-11-12")
    assert [span.counts for span in spans] == [True, False]


def test_edtf_keeps_the_granularity() -> None:
    text = "In 2019, in May 2019, since summer 2019, in the 1990s and in the first quarter of 2018."
    _, spans = read(text, "en", "2021-11-12")
    expected = ["2019", "2019-05", "2019-22/..", "199X", "2018-33"]
    assert [span.time.edtf for span in spans] == expected


def test_a_text_shows_how_it_writes_its_dates() -> None:
    _, spans = read("Updated 25/12/2015, first 5/4/2015.", "en", "2021-11-12")
    assert [span.time.edtf for span in spans] == ["2015-12-25", "2015-04-05"]


def test_the_dateline_zone_tells_the_day() -> None:
    tokens = tokenize("today", "today")
    moment = datetime.fromisoformat("2021-11-12T23:30:00-05:00")
    (span,) = read_times(tokens, time_table("en"), moment)
    assert span.time.earliest == "2021-11-12"


# --- Any text -----------------------------------------------------------------------------------

WORDS = {
    language: sorted(time_table(language).triggers)[::7]
    + [*time_table(language).numbers.words][::31]
    + ["\n", ".", ",", "-", "/", ":", "(", ")", '"', "'", "31", "02", "2021", "12", "0", "99999"]
    for language in LANGUAGES
}
TEXTS = {
    language: st.lists(st.one_of(st.sampled_from(words), st.text(max_size=4)), max_size=30).map(
        " ".join
    )
    for language, words in WORDS.items()
}


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=300, deadline=None)
@given(data=st.data())
def test_any_text_is_read_in_order_and_within_bounds(language: str, data: st.DataObject) -> None:
    text = data.draw(TEXTS[language])
    published = data.draw(st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1)))
    clean = normal(text).text
    tokens = tokenize(clean, fold(clean))
    moment = published.replace(tzinfo=timezone.utc)
    last = -1
    for span in read_times(tokens, time_table(language), moment):
        assert last < span.first <= span.last < len(tokens.words)
        last = span.last
        earliest, latest = span.time.earliest, span.time.latest
        assert earliest is None or latest is None or earliest <= latest
        assert span.time.timex3.value


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "unit", ["today ", '"today" ', "12 ", "2021 ", "1/2/", "12 march ", "march to ", "a", "of the "]
)
def test_time_grows_with_the_text_alone(language: str, unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * size)[:size]
        tokens = tokenize(text, text)
        best = float("inf")
        for _ in range(3):
            start = process_time()
            read_times(tokens, time_table(language), PUBLISHED)
            best = min(best, process_time() - start)
        return best

    assert seconds(32_000) < 16 * seconds(4_000) + 0.1
