"""Nested ninjs as an Article: shapes of ninjs 2.x and 3.x of iptc.org/std/ninjs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schemas.messages import Article, Reject
from transforms.read import ninjs
from transforms.read.reader import read

NINJS_2 = {
    "uri": "urn:newsml:agency.example:20210830:1",
    "type": "text",
    "version": "2",
    "versioncreated": "2021-08-30T16:02:28+02:00",
    "firstcreated": "2021-08-30T15:00:00+02:00",
    "pubstatus": "usable",
    "language": "en",
    "by": "Jane Doe",
    "located": "Kabul",
    "slugline": "AFGHANISTAN-QUAKE",
    "headlines": [{"role": "main", "value": "Quake kills 12"}],
    "bodies": [
        {"role": "caption", "contenttype": "text/plain", "value": "A house in ruins."},
        {"role": "main", "contenttype": "text/html", "value": "<p>Twelve died.</p><p>6 live.</p>"},
    ],
    "places": [{"name": "Asia", "rel": "mentions"}, {"name": "Kabul", "rel": "about"}],
    "infosources": [{"name": "AFP", "role": "http://cv.iptc.org/newscodes/x/originator"}],
    "genres": [{"name": "news"}],
}
NINJS_3 = {
    "uri": "https://outlet.example/news/1",
    "standard": {"name": "ninjs", "version": "3.0"},
    "versionCreated": "2021-08-30T16:02:28Z",
    "pubStatus": "usable",
    "copyrightHolder": "The Outlet",
    "headlines": [{"value": "Quake kills 12"}],
    "bodies": [{"contentType": "text/plain", "value": "Less than < 20 died.\n\nSix live."}],
    "infoSources": [{"name": "The Outlet"}, {"name": "Reuters"}],
}


def article(message: dict[str, Any]) -> Article:
    result = read(json.dumps(message).encode())
    assert isinstance(result, Article), result
    return result


def test_ninjs_2_is_read() -> None:
    read_article = article(NINJS_2)
    assert read_article.headline == "Quake kills 12"
    assert read_article.body_text == "Twelve died.\n\n6 live."
    assert read_article.version == 2
    assert read_article.source == "agency.example"
    assert read_article.credit == "AFP"
    assert read_article.byline == "Jane Doe"
    assert read_article.dateline == "Kabul"
    assert read_article.place == "Kabul"
    assert read_article.slugline == "AFGHANISTAN-QUAKE"
    assert read_article.firstcreated is not None


def test_ninjs_3_is_read() -> None:
    read_article = article(NINJS_3)
    assert read_article.body_text == "Less than < 20 died.\n\nSix live."
    assert read_article.source == "The Outlet"
    assert read_article.credit == "Reuters"
    assert read_article.language == "en"


def test_a_withdrawal_needs_no_text() -> None:
    gone = {"uri": "https://outlet.example/1", "versionCreated": "2021-08-30T16:02:28Z"}
    assert article({**gone, "pubStatus": "canceled"}).pubstatus == "canceled"
    still_there = read(json.dumps(gone).encode())
    assert isinstance(still_there, Reject)
    assert still_there.reason == "no_text"


@pytest.mark.parametrize(
    ("bodies", "text"),
    [
        ([{"value": "One died."}], "One died."),
        ([{"value": "<p>One died.</p>"}], "One died."),
        ([{"role": "caption", "value": "One died."}], "One died."),
        (
            [{"contenttype": "text/html", "value": "<p>8 &lt;b&gt; 9 &amp;amp;</p>"}],
            "8 <b> 9 &amp;",
        ),
        ([{"contenttype": "text/plain", "value": "8 <b> 9 &amp;"}], "8 <b> 9 &amp;"),
        ([{"role": "main", "value": "  "}, {"role": "text", "value": "One died."}], "One died."),
        (
            [
                {"role": "main", "contenttype": "application/xhtml+xml", "value": "<p>No.</p>"},
                {"role": "text", "contenttype": "text/plain; charset=utf-8", "value": "One died."},
            ],
            "One died.",
        ),
        (
            [{"contenttype": "application/json", "value": "{}"}, {"value": "One died."}],
            "One died.",
        ),
        ([7, None, {"value": 8}, {"value": "One died."}], "One died."),
    ],
)
def test_the_best_body_is_taken(bodies: list[Any], text: str) -> None:
    assert article({**NINJS_2, "bodies": bodies}).body_text == text


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("versioncreated", "2021-08-30", "bad_date"),
        ("versioncreated", "2021-08-30T10:00:00", "bad_date"),
        ("versioncreated", None, "not_by_schema"),
        ("uri", 5, "not_by_schema"),
        ("pubstatus", "spiked", "not_by_schema"),
        ("version", "two", "not_by_schema"),
        ("by", ["Jane"], "not_by_schema"),
        ("language", "sv", "unsupported_language"),
    ],
)
def test_what_is_wrong_is_named(field: str, value: Any, reason: str) -> None:
    result = read(json.dumps({**NINJS_2, field: value}).encode())
    assert isinstance(result, Reject)
    assert result.reason == reason
    assert field in result.message or {"by": "byline"}.get(field, "") in result.message


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(sorted({*NINJS_2, *NINJS_3})), JSON))
def test_anything_in_its_fields_is_folded(changes: dict[str, Any]) -> None:
    ninjs.fold({**NINJS_2, **changes})
    ninjs.fold({**NINJS_3, **changes})
