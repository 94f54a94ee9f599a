"""Every quantity and time expression of an article: where it stands and what it can mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from schemas.messages import Article, Field, Mention
from transforms.extract.quantities import QuantitySpan, read_quantities
from transforms.extract.quantity_table import quantity_table
from transforms.extract.times import TimeSpan, read_times, time_table
from transforms.extract.tokens import Tokens, tokenize
from transforms.languages.load import LANGUAGES
from transforms.read.language import detect, paragraphs, supported
from transforms.read.normal import Normal, fold, normal

# What follows a slash, a sign or a dot belongs to it, with a space or without.
ADDRESS = re.compile(
    r"(?:(?:https?|ftp)\s?:\s?/\s?/\s?|\bwww\s?\.\s?)\S+(?:\s?[/_]\s?\S+|(?<=\.)\s[a-z]\S*)*",
    re.IGNORECASE,
)
FIELDS: tuple[Field, ...] = ("headline", "body_text")


class Passage(msgspec.Struct, frozen=True, gc=False):
    """A stretch of a field in one language, with what was read in it.

    `tokens.text` is `normal.text` from `offset` on; `original` maps tokens to the field itself.
    """

    field: Field
    language: str
    offset: int
    tokens: Tokens
    normal: Normal
    quantities: list[QuantitySpan]
    times: list[TimeSpan]

    def original(self, first: int, last: int) -> tuple[int, int]:
        """Half-open code point offsets in the field of tokens `first` to `last`, both included."""
        start, end = self.tokens.starts[first], self.tokens.ends[last]
        return self.normal.original(self.offset + start, self.offset + end)


def analyse(article: Article, languages: Sequence[str] = LANGUAGES) -> list[Passage]:
    """Reads headline and body, once; claims are made from what this returns.

    Relative dates resolve from `versioncreated` in its own zone. Raises FileNotFoundError when a
    language has no tables.
    """
    main = supported(article.language or "", languages)
    if main is None:
        main = detect(article.body_text or article.headline or "", languages)
    return [
        passage
        for field in FIELDS
        for passage in _passages(article, field, main, languages)
    ]  # fmt: skip


def extract(article: Article, languages: Sequence[str] = LANGUAGES) -> list[Mention]:
    """The mentions of an article in text order, headline first. Raises as `analyse` does."""
    return [
        mention for passage in analyse(article, languages) for mention in mentions(article, passage)
    ]


def mentions(article: Article, passage: Passage) -> list[Mention]:
    """What a passage holds, as messages, in text order."""
    text = getattr(article, passage.field)
    times = [end for time in passage.times for end in time.ends or (time,)]
    found: list[QuantitySpan | TimeSpan] = [*passage.quantities, *times]
    found.sort(key=lambda span: (span.first, span.last))
    return [_mention(article, passage, text, span) for span in found]


def _mention(
    article: Article, passage: Passage, text: str, span: QuantitySpan | TimeSpan
) -> Mention:
    start, end = passage.original(span.first, span.last)
    quantity = isinstance(span, QuantitySpan)
    return Mention(
        article=article.uri,
        field=passage.field,
        start=start,
        end=end,
        exact=text[start:end],
        kind="quantity" if quantity else "time",
        quantity=span.quantity if isinstance(span, QuantitySpan) else None,
        time=span.time if isinstance(span, TimeSpan) else None,
        language=passage.language,
    )


def without_addresses(text: str) -> str:
    """The text with web addresses blanked, its length kept: their words and numbers tell nothing.

    Also addresses that a corpus has cut into words: http: / / www. example. org / 2013 / 09 / 16.
    """
    if "://" not in text and "www" not in text and ": /" not in text:
        return text
    return ADDRESS.sub(lambda found: "…" + " " * (len(found[0]) - 1), text)


def _passages(
    article: Article, field: Field, language: str, languages: Sequence[str]
) -> Iterator[Passage]:
    text = getattr(article, field)
    if not text:
        return
    clean = normal(text)
    read = without_addresses(clean.text)
    folded = fold(read)
    for start, end, tag in paragraphs(clean.text, language, languages):
        tokens = tokenize(read[start:end], folded[start:end])
        times = read_times(tokens, time_table(tag), article.versioncreated)
        taken = [(time.first, time.last) for time in times if not time.counts]
        quantities = read_quantities(tokens, quantity_table(tag), taken)
        yield Passage(field, tag, start, tokens, clean, quantities, times)
