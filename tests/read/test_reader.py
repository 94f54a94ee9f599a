"""Any bytes give an Article or a Reject that says why."""

from __future__ import annotations

import base64
import json
from typing import Any

import msgspec
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from schemas.messages import Article, Reject
from transforms.read.reader import LIMIT, read
from transforms.read.rejects import PAYLOAD_KEPT, Origin, reject

BODY = "Twelve people were killed on Monday."
VALID: dict[str, Any] = {
    "uri": "urn:example:1",
    "versioncreated": "2021-08-30T12:00:00+00:00",
    "source": "outlet.example",
    "headline": "Quake kills 12",
    "body_text": BODY,
    "language": "en",
}


def payload(**changes: Any) -> bytes:
    fields = {name: value for name, value in {**VALID, **changes}.items() if value is not ...}
    return json.dumps(fields).encode()


def test_an_article_is_read_as_it_was_written() -> None:
    article = read(payload(byline="Jane", version=3, extensions={"desk": [1, {"a": None}]}))
    assert isinstance(article, Article)
    assert article.body_text == BODY
    assert article.version == 3
    assert article.extensions == {"desk": [1, {"a": None}]}


@pytest.mark.parametrize(
    ("came_in", "reason", "named"),
    [
        (b"\xff\xfe{\x00", "not_utf8", "byte 0"),
        (payload().replace(b"Quake", b"Qu\xe9ke"), "not_utf8", "byte"),
        (b'{"uri": "\xed\xa0\x80"}', "not_utf8", "byte 9"),
        (b"", "not_json", ""),
        (b"  \n", "not_json", ""),
        (payload()[:-1], "not_json", ""),
        (payload() + b"x", "not_json", ""),
        (payload(headline=float("nan")), "not_json", ""),
        (b'{"uri": "\\ud800 "}', "not_json", ""),
        (b"[" * 100_000, "not_json", "deep"),
        (b'{"extensions": ' + b"[" * 100_000, "not_json", "deep"),
        (b"[]", "not_by_schema", "array"),
        (b"null", "not_by_schema", "null"),
        (b"7", "not_by_schema", "int"),
        (payload(colour="red"), "not_by_schema", "colour"),
        (payload(uri=...), "not_by_schema", "uri"),
        (payload(source=""), "not_by_schema", "source"),
        (payload(headline=5), "not_by_schema", "headline"),
        (payload(version=0), "not_by_schema", "version"),
        (payload(version=1.5), "not_by_schema", "version"),
        (payload(version=10**30), "not_by_schema", "version"),
        (payload(pubstatus="spiked"), "not_by_schema", "pubstatus"),
        (payload(schema_version="2"), "not_by_schema", "schema_version"),
        (payload(versioncreated=1630324800), "not_by_schema", "versioncreated"),
        (payload(extensions={"n": 10**30}), "not_by_schema", "extensions"),
        (payload(extensions={"n": json.loads("[" * 99 + "]" * 99)}), "not_by_schema", "extensions"),
        (b'{"uri": ' + b"9" * 5000 + b"}", "not_by_schema", "uri"),
        (payload(versioncreated="2021-08-30"), "bad_date", "versioncreated"),
        (payload(versioncreated="2021-08-30T12:00:00"), "bad_date", "versioncreated"),
        (payload(versioncreated="2021-02-30T12:00:00Z"), "bad_date", "versioncreated"),
        (payload(firstcreated="yesterday"), "bad_date", "firstcreated"),
        (payload(versioncreated="0001-01-01T00:00:00+23:59"), "bad_date", "versioncreated"),
        (payload(headline=..., body_text=...), "no_text", ""),
        (payload(headline="", body_text=" \n\u00a0\u200f\ufeff"), "no_text", ""),
        (payload(headline=None, body_text="<p> <img src='9.png'/></p>"), "no_text", ""),
        (payload(language="sv"), "unsupported_language", "sv"),
        (payload(language=None, body_text="12", headline=None), "unsupported_language", ""),
        (payload(body_text="a" * LIMIT), "too_large", str(LIMIT)),
    ],
)
def test_what_cannot_be_read_is_rejected_with_its_reason(
    came_in: bytes, reason: str, named: str
) -> None:
    result = read(came_in, Origin("news", 3, 14))
    assert isinstance(result, Reject)
    assert (result.step, result.reason) == ("read", reason)
    assert named in result.message
    assert (result.topic, result.partition, result.offset) == ("news", 3, 14)
    assert base64.b64decode(result.payload) == came_in[:PAYLOAD_KEPT]
    assert msgspec.json.decode(msgspec.json.encode(result), type=Reject) == result


@pytest.mark.parametrize(
    "came_in",
    [
        b"\xef\xbb\xbf" + payload(),
        payload(version=2.0),
        payload(headline=None),
        payload(body_text=None),
        payload(versioncreated="2021-08-30T14:30:00.5+02:00"),
        payload(language=None),
        payload(language="und"),
        payload(language="en-GB"),
        payload()[:-1] + b', "uri": "urn:example:2"}',
        b" \r\n" + payload() + b"\n",
    ],
)
def test_variants_of_an_article_are_read(came_in: bytes) -> None:
    article = read(came_in)
    assert isinstance(article, Article)
    assert article.language == "en"


@pytest.mark.parametrize("status", ["canceled", "withheld"])
def test_a_withdrawn_article_needs_neither_text_nor_language(status: str) -> None:
    came_in = payload(pubstatus=status, headline=..., body_text=..., language=...)
    article = read(came_in)
    assert isinstance(article, Article)
    assert (article.pubstatus, article.headline, article.body_text) == (status, None, None)
    assert isinstance(read(payload(pubstatus=status, language="de")), Article)


def test_offsets_count_in_the_text_without_markup() -> None:
    article = read(payload(headline="<b>12</b> dead &amp; 3 hurt", body_text="<p>12</p><p>3</p>"))
    assert isinstance(article, Article)
    assert (article.headline, article.body_text) == ("12 dead & 3 hurt", "12\n\n3")


def test_a_text_without_markup_is_kept_to_the_last_sign() -> None:
    text = "\ufeffقال \u200f“20 عامًا”\r\n\r\n x < 5 \u00a0"
    article = read(payload(body_text=text, language="ar"))
    assert isinstance(article, Article)
    assert article.body_text == text


def test_settings_bound_size_and_languages() -> None:
    assert isinstance(read(payload(), limit=100), Reject)
    assert isinstance(read(payload(), languages=("fr",)), Reject)
    assert isinstance(read(payload(language="sv"), languages=("sv",)), Article)


def test_the_time_of_a_reject_is_the_articles() -> None:
    result = read(payload(language="sv"))
    assert isinstance(result, Reject)
    assert result.time is not None
    assert result.time.isoformat() == VALID["versioncreated"]


def test_a_reject_can_quote_anything() -> None:
    result = reject("read", "failed", "\ud800" * 10_000, b"\xff" * 200_000)
    assert msgspec.json.decode(msgspec.json.encode(result), type=Reject) == result
    assert len(base64.b64decode(result.payload)) == PAYLOAD_KEPT


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(st.binary() | JSON.map(json.dumps).map(str.encode))
@example(b'{"uri": "\\ud800"}')
def test_no_bytes_stop_the_reader(came_in: bytes) -> None:
    assert isinstance(read(came_in), Reject)


@given(st.dictionaries(st.sampled_from(sorted(Article.__struct_fields__)), JSON))
def test_no_value_of_a_field_stops_the_reader(changes: dict[str, Any]) -> None:
    result = read(payload(**changes))
    assert msgspec.json.decode(msgspec.json.encode(result), type=type(result)) == result
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(result), type=type(result)) == result


@given(st.integers(0, 400), st.binary(min_size=1, max_size=3))
def test_no_broken_byte_stops_the_reader(at: int, noise: bytes) -> None:
    came_in = payload()
    at = min(at, len(came_in))
    assert isinstance(read(came_in[:at] + noise + came_in[at:]), Article | Reject)
