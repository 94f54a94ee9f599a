"""The messages of Tally, as Python types.

These types are the one source of truth: `python -m schemas` writes the JSON Schemas beside this
file from them, and a test holds the two together. Everything is immutable and closed: a field
that is not listed here is refused.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

SCHEMA_VERSION = "1"
MAX_INTEGER = 2**53 - 1  # the largest that every reader of JSON holds exactly (RFC 8259, 6)

Version = Annotated[Literal["1"], Meta(description="Version of the message format.")]
Moment = Annotated[datetime, Meta(tz=True, description="A moment: RFC 3339 with offset.")]
Offset = Annotated[int, Meta(ge=0, description="Unicode code points from the start of the field.")]
Id = Annotated[str, Meta(min_length=1, description="A stable identifier.")]


class Message(
    msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True, omit_defaults=False
):
    """What all messages and their parts share: immutable, closed."""


# --- Article ------------------------------------------------------------------------------------

PubStatus = Literal["usable", "withheld", "canceled"]
Field = Literal["headline", "body_text"]


class Article(Message, frozen=True):
    """A news article: the fields of IPTC ninjs that Tally reads."""

    uri: Annotated[str, Meta(min_length=1, description="Identifies the article in all versions.")]
    versioncreated: Annotated[
        datetime, Meta(tz=True, description="When this version was made: RFC 3339 with offset.")
    ]
    source: Annotated[
        str, Meta(min_length=1, description="The outlet: a domain, or a name of sources.toml.")
    ]
    headline: Annotated[str | None, Meta(description="Headline; plain text or HTML.")] = None
    body_text: Annotated[str | None, Meta(description="Body; plain text or HTML.")] = None
    version: Annotated[
        int,
        Meta(ge=1, le=MAX_INTEGER, description="A higher one replaces the lower of the same uri."),
    ] = 1
    language: Annotated[
        str | None, Meta(description="BCP 47 tag of the main language; detected when absent.")
    ] = None
    pubstatus: Annotated[
        PubStatus, Meta(description="canceled and withheld withdraw what the article claimed.")
    ] = "usable"
    byline: Annotated[str | None, Meta(description="Who wrote it.")] = None
    credit: Annotated[str | None, Meta(description="Whom the outlet credits, as an agency.")] = None
    dateline: Annotated[str | None, Meta(description="Place (and date) it was filed from.")] = None
    place: Annotated[str | None, Meta(description="The place the article is about.")] = None
    slugline: Annotated[str | None, Meta(description="The desk's short name of the story.")] = None
    firstcreated: Annotated[Moment | None, Meta(description="When the first version was made.")] = (
        None
    )
    extensions: Annotated[
        dict[str, Any],
        Meta(description="The one open place: anything a feed adds. Kept, never read."),
    ] = {}
    schema_version: Version = "1"


# --- Mention ------------------------------------------------------------------------------------

Qualifier = Literal[
    "exact", "about", "at_least", "more_than", "at_most", "less_than", "range", "vague"
]


class Interval(Message, frozen=True):
    """The values a figure can mean, ends included; null is open."""

    low: Annotated[float | None, Meta(description="Lowest value meant; null: no lower end.")] = None
    high: Annotated[float | None, Meta(description="Highest value meant; null: no upper end.")] = (
        None
    )


class Base(Message, frozen=True):
    """What a share or a change is of."""

    value: Annotated[float | None, Meta(description="The number it is of, where it is told.")] = (
        None
    )
    text: Annotated[str | None, Meta(description="The words that name it.")] = None


class Quantity(Message, frozen=True):
    """The value of a quantity mention."""

    value: Annotated[Interval, Meta(description="The values it can mean (see docs/values.md).")]
    stated: Annotated[
        float | None, Meta(description="The number written; null where none is (dozens).")
    ]
    qualifier: Annotated[Qualifier, Meta(description="How exactly the number is meant.")] = "exact"
    change: Annotated[
        Literal["up", "down"] | None, Meta(description="A change by this much, not a level.")
    ] = None
    base: Annotated[Base | None, Meta(description="What a share or a change is of.")] = None
    unit: Annotated[
        str | None,
        Meta(
            description="'person', an ISO 4217 code, a UCUM code, '%', or the counted noun; "
            "null where nothing is named."
        ),
    ] = None
    unit_text: Annotated[str | None, Meta(description="The unit or noun as it is written.")] = None


Granularity = Literal[
    "century", "decade", "year", "season", "quarter", "month", "week", "day", "part_of_day",
    "hour", "minute", "second",
]  # fmt: skip
Timex3Type = Literal["DATE", "TIME", "DURATION", "SET"]


class Timex3(Message, frozen=True):
    """Type, value and modifier of ISO-TimeML, so that readings compare with the field's."""

    type: Annotated[Timex3Type, Meta(description="ISO-TimeML type.")]
    value: Annotated[str, Meta(description="ISO-TimeML value: 2021-08-30, P20Y, PAST_REF.")]
    mod: Annotated[
        Literal[
            "START", "MID", "END", "APPROX", "BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER",
            "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE",
        ] | None,
        Meta(description="ISO-TimeML modifier."),
    ] = None  # fmt: skip


class Time(Message, frozen=True):
    """The value of a time mention."""

    timex3: Annotated[Timex3, Meta(description="As ISO-TimeML has it.")]
    edtf: Annotated[
        str | None, Meta(description="ISO 8601-2 (EDTF); null for durations and references.")
    ] = None
    earliest: Annotated[
        str | None, Meta(description="First day meant, YYYY-MM-DD, in the article's zone.")
    ] = None
    latest: Annotated[str | None, Meta(description="Last day meant, YYYY-MM-DD.")] = None
    granularity: Annotated[Granularity | None, Meta(description="How fine the words are.")] = None


ClaimKind = Annotated[Literal["quantity", "time"], Meta(description="A quantity or a time.")]


class Mention(Message, frozen=True):
    """One quantity or time expression of an article: where it stands and what it means."""

    article: Annotated[str, Meta(description="The article's uri.")]
    field: Annotated[Field, Meta(description="The field the offsets count in.")]
    start: Offset
    end: Offset
    exact: Annotated[str, Meta(min_length=1, description="The text between the offsets.")]
    kind: ClaimKind
    quantity: Annotated[Quantity | None, Meta(description="Set when kind is quantity.")] = None
    time: Annotated[Time | None, Meta(description="Set when kind is time.")] = None
    language: Annotated[str, Meta(description="Language it was read in.")] = "en"
    schema_version: Version = "1"


# --- Claim --------------------------------------------------------------------------------------

ReadIn = Literal["sentence", "paragraph", "article", "dateline", "headline", "none"]
Modality = Literal["asserted", "planned", "possible", "denied"]


class ArticleRef(Message, frozen=True):
    """The article a claim stands in."""

    uri: Annotated[str, Meta(description="The uri of the article.")]
    version: Annotated[int, Meta(ge=1, le=MAX_INTEGER, description="Its version.")]
    source: Annotated[str, Meta(description="The outlet.")]
    lineage: Annotated[
        str, Meta(description="Whom the figure comes from: the agency credited, else the outlet.")
    ]
    language: Annotated[str, Meta(description="BCP 47 tag of the language it is in.")]
    published: Annotated[datetime, Meta(tz=True, description="Its versioncreated.")]
    fingerprint: Annotated[
        tuple[int, ...],
        Meta(description="Smallest shingle hashes of the text; near-copies share them."),
    ] = ()


class PlaceName(Message, frozen=True):
    """A place without its parents."""

    id: Annotated[str, Meta(description="GeoNames id, or ISO 3166-1 alpha-2 of a country.")]
    name: Annotated[str, Meta(description="English name.")]


class Place(Message, frozen=True):
    """A place and the places that contain it."""

    id: Annotated[str, Meta(description="GeoNames id, or ISO 3166-1 alpha-2 of a country.")]
    name: Annotated[str, Meta(description="English name.")]
    parents: Annotated[
        tuple[PlaceName, ...],
        Meta(description="What contains it, nearest first, up to the country."),
    ] = ()
    latitude: Annotated[float | None, Meta(description="Degrees north, WGS 84.")] = None
    longitude: Annotated[float | None, Meta(description="Degrees east, WGS 84.")] = None


class Scope(Message, frozen=True):
    """The whole of what an event did, or a part of it."""

    kind: Annotated[Literal["whole", "part"], Meta(description="All of it, or some.")] = "whole"
    of: Annotated[str | None, Meta(description="What it is a part of, or what makes it one.")] = (
        None
    )


class TextQuoteSelector(Message, frozen=True, tag_field="type", tag="TextQuoteSelector"):
    """W3C Web Annotation: the quote and the text around it."""

    exact: Annotated[str, Meta(description="The text quoted.")]
    prefix: Annotated[str, Meta(description="The text right before it.")] = ""
    suffix: Annotated[str, Meta(description="The text right after it.")] = ""


class TextPositionSelector(Message, frozen=True, tag_field="type", tag="TextPositionSelector"):
    """W3C Web Annotation: where the quote stands."""

    start: Offset
    end: Offset


class Quote(Message, frozen=True):
    """The sentence a claim stands in, and the figure inside it."""

    field: Annotated[Field, Meta(description="The field the quote stands in.")]
    quote: Annotated[
        TextQuoteSelector, Meta(description="The figure or date, with its sentence around it.")
    ]
    position: Annotated[TextPositionSelector, Meta(description="Where the figure or date stands.")]


class Context(Message, frozen=True):
    """What tells the claim's event from others: evidence, never identity."""

    event_kinds: Annotated[
        tuple[str, ...], Meta(description="Kinds of event named around it.")
    ] = ()
    names: Annotated[tuple[str, ...], Meta(description="Names in the sentence, folded.")] = ()
    words: Annotated[tuple[str, ...], Meta(description="Telling words of the story, folded.")] = ()
    figures: Annotated[
        tuple[str, ...], Meta(description="Other claims of the article as slot=stated.")
    ] = ()
    story: Annotated[
        tuple[str, ...], Meta(description="The most telling stems of headline and lead.")
    ] = ()
    rivals: Annotated[
        int, Meta(ge=0, description="Other figures of the slot that the article tells as current.")
    ] = 0
    background: Annotated[bool, Meta(description="Told as an earlier or other event.")] = False
    final: Annotated[bool, Meta(description="The text says that the count is final.")] = False
    running: Annotated[bool, Meta(description="The text says that the count moved.")] = False
    revised_from: Annotated[
        float | None, Meta(description="The figure this one takes back, where the text says so.")
    ] = None
    parts: Annotated[
        tuple[float, ...],
        Meta(
            description="Parts told as exhaustive, excluding each other: 12 dead: 5 men, 7 women."
        ),
    ] = ()
    period: Annotated[
        str | None,
        Meta(
            description="The span counted: null is the event; day, week, month, year, or an EDTF."
        ),
    ] = None
    place_from: Annotated[
        ReadIn,
        Meta(description="Where the place was read."),
    ] = "none"
    time_from: Annotated[
        ReadIn,
        Meta(description="Where the event time was read."),
    ] = "none"


class Claim(Message, frozen=True):
    """One figure or date that an article claims of one fact."""

    id: Id
    article: Annotated[ArticleRef, Meta(description="The article it stands in.")]
    kind: ClaimKind
    slot: Annotated[str, Meta(description="What is claimed: killed, signed… (slots.toml).")]
    counted: Annotated[str, Meta(description="Who or what is counted: people, civilians…")]
    quote: Annotated[Quote, Meta(description="The words of the article.")]
    as_of: Annotated[datetime, Meta(tz=True, description="The moment the figure speaks of.")]
    quantity: Annotated[Quantity | None, Meta(description="Set when kind is quantity.")] = None
    time: Annotated[Time | None, Meta(description="Set when kind is time.")] = None
    scope: Annotated[Scope, Meta(description="Whole or part.")] = Scope()
    places: Annotated[tuple[Place, ...], Meta(description="Where it happened.")] = ()
    event_time: Annotated[
        str | None, Meta(description="When it happened: EDTF date or interval.")
    ] = None
    modality: Annotated[
        Modality, Meta(description="Told as a fact, a plan, a possibility, or denied.")
    ] = "asserted"
    speaker: Annotated[str | None, Meta(description="Who is quoted for it, as written.")] = None
    context: Annotated[Context, Meta(description="What tells its event from others.")] = Context()
    replaced: Annotated[
        Literal["corrected", "withdrawn"] | None,
        Meta(description="Set when a later version replaced it, or the article was withdrawn."),
    ] = None
    schema_version: Version = "1"


# --- Discrepancy --------------------------------------------------------------------------------

Kind = Literal[
    "count_conflict", "date_conflict", "stale_source", "correction", "edition_conflict", "denial",
    "headline_body", "parts_total", "weekday_date", "impossible_date",
]  # fmt: skip
Level = Literal["info", "low", "medium", "high"]
PositionStatus = Literal["current", "stale", "corrected", "withdrawn", "denied"]
SeverityReason = Literal[
    "far_apart", "close", "many_sources", "few_sources", "single_lineage", "grave_slot",
    "one_day_apart", "expected_parties", "denial_without_figure", "stale", "old", "inside_article",
    "same_publisher", "taken_back", "event_not_sure",
]  # fmt: skip
ResolvedReason = Literal[
    "corrected", "withdrawn", "agreed", "superseded", "updated", "explained"
]  # fmt: skip


class Severity(Message, frozen=True):
    """How much it matters, and why."""

    level: Annotated[Level, Meta(description="From info to high.")]
    reasons: Annotated[tuple[SeverityReason, ...], Meta(description="Why this level.")] = ()


class Position(Message, frozen=True):
    """One value of a fact and all who hold it."""

    status: Annotated[PositionStatus, Meta(description="Whether it still stands.")]
    as_of: Annotated[datetime, Meta(tz=True, description="The latest moment it is told of.")]
    value: Annotated[Interval | None, Meta(description="What is held of a counted fact.")] = None
    time: Annotated[Time | None, Meta(description="What is held of a dated fact.")] = None
    speakers: Annotated[tuple[str, ...], Meta(description="Who is quoted for it.")] = ()
    sources: Annotated[tuple[str, ...], Meta(description="Outlets that hold it.")] = ()
    independent_sources: Annotated[
        int, Meta(ge=0, description="Lineages that hold it: copies count once.")
    ] = 0
    claims: Annotated[tuple[Claim, ...], Meta(description="The precise claims that form it.")] = ()
    supported_by: Annotated[
        tuple[Claim, ...], Meta(description="Vague or open claims that meet the value.")
    ] = ()


class Explanation(Message, frozen=True):
    """Why, in plain words."""

    en: Annotated[str, Meta(description="English.")]
    fr: Annotated[str, Meta(description="French.")]
    ar: Annotated[str, Meta(description="Arabic.")]


class Discrepancy(Message, frozen=True):
    """Sources that disagree on one fact, or an article that disagrees with itself."""

    id: Id
    status: Annotated[
        Literal["open", "resolved"], Meta(description="Open: it stands. Resolved: see reason.")
    ]
    kind: Annotated[Kind, Meta(description="How they disagree.")]
    rule: Annotated[str, Meta(description="Name of the rule that raised it (docs/rules.md).")]
    severity: Annotated[Severity, Meta(description="How much it matters.")]
    slot: Annotated[str, Meta(description="What is claimed: killed, signed… (slots.toml).")]
    counted: Annotated[str, Meta(description="Who or what is counted: people, civilians…")]
    positions: Annotated[tuple[Position, ...], Meta(description="The sides.")]
    explanation: Annotated[Explanation, Meta(description="Why, in plain words.")]
    first_seen: Annotated[
        datetime, Meta(tz=True, description="When the feed first held both sides.")
    ]
    as_of: Annotated[
        datetime, Meta(tz=True, description="The newest publication this state rests on.")
    ]
    places: Annotated[tuple[Place, ...], Meta(description="Where it happened.")] = ()
    event_time: Annotated[
        str | None, Meta(description="When it happened: EDTF date or interval.")
    ] = None
    reason: Annotated[ResolvedReason | None, Meta(description="Why it is resolved.")] = None
    superseded_by: Annotated[str | None, Meta(description="The id that speaks of it now.")] = None
    schema_version: Version = "1"


# --- Reject -------------------------------------------------------------------------------------

Step = Literal["read", "extract", "claim", "key", "cross_check", "publish"]
RejectReason = Literal[
    "not_utf8", "not_json", "not_by_schema", "too_large", "no_text", "unsupported_language",
    "bad_date", "canceled_before_seen", "failed",
]  # fmt: skip


class Reject(Message, frozen=True):
    """A dead letter: something that came in and could not be used, and why."""

    step: Annotated[Step, Meta(description="The step that could not use it.")]
    reason: Annotated[RejectReason, Meta(description="Why, of a closed list.")]
    message: Annotated[str, Meta(description="What is wrong, in words.")]
    time: Annotated[Moment | None, Meta(description="Event time, where it is known.")] = None
    topic: Annotated[str | None, Meta(description="Kafka topic, or the file's name.")] = None
    partition: Annotated[int | None, Meta(description="Kafka partition.")] = None
    offset: Annotated[int | None, Meta(description="Kafka offset, or the line's number.")] = None
    payload: Annotated[str, Meta(description="What came in: base64, cut at a bound.")] = ""
    schema_version: Version = "1"


MESSAGES: dict[str, type[Message]] = {
    "article": Article,
    "mention": Mention,
    "claim": Claim,
    "discrepancy": Discrepancy,
    "reject": Reject,
}
