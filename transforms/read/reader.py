"""Any bytes give an Article that the next steps can trust, or a Reject that says why not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from schemas.messages import MAX_INTEGER, Article, Reject, RejectReason
from transforms.languages.load import LANGUAGES
from transforms.read import ninjs
from transforms.read.language import UNTOLD, detect, supported
from transforms.read.markup import plain
from transforms.read.normal import normal
from transforms.read.rejects import NOWHERE, Origin, reject

LIMIT = 4 * 1024 * 1024
# RFC 8259 lets a reader set limits on depth and range of numbers.
DEPTH = 64
# The first newspaper is of 1605; a margin on both sides keeps every sum of dates in range.
YEARS = range(1600, 3000)
DATES = ("versioncreated", "firstcreated")

_BOM = b"\xef\xbb\xbf"
_ARTICLE = msgspec.json.Decoder(Article)
_ANY = msgspec.json.Decoder()


class ArticleError(Exception):
    """What came in is no article: a reason of the closed list, and words for a person."""

    def __init__(self, reason: RejectReason, message: str, article: Article | None = None) -> None:
        super().__init__(message)
        self.reason: RejectReason = reason
        self.message = message
        self.article = article


def read(
    payload: bytes,
    origin: Origin = NOWHERE,
    limit: int = LIMIT,
    languages: Sequence[str] = LANGUAGES,
) -> Article | Reject:
    """Reads one article: UTF-8 JSON, a flat Article or nested ninjs. Raises for no bytes at all.

    Of the Article that comes back, headline and body are without markup (offsets count in them)
    and None where nothing is written, and the language is one of `languages`. An article that is
    canceled or withheld may lack text and language. `limit` is in bytes.
    """
    try:
        return _checked(_decoded(payload, limit), languages)
    except ArticleError as error:
        time = error.article.versioncreated if error.article else None
        return reject("read", error.reason, error.message, payload, origin, time)


def _decoded(payload: bytes, limit: int) -> Article:
    if len(payload) > limit:
        raise ArticleError("too_large", f"larger than {limit} bytes")
    payload = payload.removeprefix(_BOM)
    try:
        payload.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ArticleError("not_utf8", f"{error.reason} at byte {error.start}") from error
    try:
        return _without_markup(_ARTICLE.decode(payload))
    except msgspec.ValidationError as error:
        return _folded(payload, error)
    except msgspec.DecodeError as error:
        raise ArticleError("not_json", str(error)) from error
    except RecursionError as error:
        raise ArticleError("not_json", "nested too deeply") from error


def _folded(payload: bytes, flat_error: msgspec.ValidationError) -> Article:
    """What is no flat Article: nested ninjs, or refused."""
    try:
        message = _ANY.decode(payload)
    except msgspec.ValidationError:  # a number that no reader can hold
        raise ArticleError("not_by_schema", str(flat_error)) from flat_error
    except msgspec.DecodeError as error:
        raise ArticleError("not_json", str(error)) from error
    except RecursionError as error:
        raise ArticleError("not_json", "nested too deeply") from error
    if not isinstance(message, dict):
        raise ArticleError("not_by_schema", str(flat_error)) from flat_error
    nested = ninjs.is_ninjs(message)
    if nested:
        message = ninjs.fold(message)
    version = message.get("version")
    if isinstance(version, float) and version.is_integer():  # 1.0 is an integer in JSON Schema
        message["version"] = int(version)
    try:
        article = msgspec.convert(message, Article)
    except msgspec.ValidationError as error:
        raise _by_field(message, error) from error
    return article if nested else _without_markup(article)


def _without_markup(article: Article) -> Article:
    headline = plain(article.headline) if article.headline else article.headline
    body = plain(article.body_text) if article.body_text else article.body_text
    if (headline, body) == (article.headline, article.body_text):
        return article
    return msgspec.structs.replace(article, headline=headline, body_text=body)


def _by_field(message: dict[str, Any], error: msgspec.ValidationError) -> ArticleError:
    """A date that is written but cannot be read has a reason of its own."""
    at = re.search(r"at `\$\.(\w+)`", str(error))
    field = at[1] if at else ""
    if field in DATES and isinstance(message.get(field), str):
        return ArticleError("bad_date", f"{error}: {message[field]!r}")
    return ArticleError("not_by_schema", str(error))


def _checked(article: Article, languages: Sequence[str]) -> Article:
    """The article with its language; refuses what the next steps cannot use."""
    for field in DATES:
        moment = getattr(article, field)
        if moment is not None and moment.year not in YEARS:
            raise ArticleError("bad_date", f"{field}: year {moment.year} is no year of news")
    if article.extensions:
        _check_extensions(article.extensions)
    headline, body = _text(article.headline), _text(article.body_text)
    withdrawn = article.pubstatus != "usable"
    if not (headline or body or withdrawn):
        raise ArticleError("no_text", "neither headline nor body_text holds any text", article)
    tag = article.language
    language = supported(tag, languages) if tag and tag.strip().lower() not in UNTOLD else None
    if language is None and not withdrawn:
        language = _language(tag, body or headline or "", languages, article)
    if (headline, body, language) == (article.headline, article.body_text, article.language):
        return article
    return msgspec.structs.replace(article, headline=headline, body_text=body, language=language)


def _text(text: str | None) -> str | None:
    """The text; None where there is nothing to be read in it."""
    return text if text and normal(text).text.strip() else None


def _language(tag: str | None, text: str, languages: Sequence[str], article: Article) -> str:
    if tag and tag.strip().lower() not in UNTOLD:
        raise ArticleError("unsupported_language", f"language {tag!r} is not configured", article)
    found = detect(text, languages)
    if found not in languages:
        told = "no words to tell it by" if found == "und" else f"it reads as {found!r}"
        raise ArticleError("unsupported_language", f"no language is given, and {told}", article)
    return found


def _check_extensions(extensions: dict[str, Any]) -> None:
    """Refuses what could not be written again: deep nesting and numbers out of range."""
    level: list[Any] = [extensions]
    for _ in range(DEPTH):
        deeper: list[Any] = []
        for value in level:
            if isinstance(value, int) and abs(value) > MAX_INTEGER:
                raise ArticleError("not_by_schema", "a number is out of range - at `$.extensions`")
            if isinstance(value, dict):
                deeper += value.values()
            elif isinstance(value, list):
                deeper += value
        level = deeper
        if not level:
            return
    raise ArticleError("not_by_schema", f"nested deeper than {DEPTH} levels - at `$.extensions`")
