"""Nested IPTC ninjs (2.x, 3.x) folded into the flat fields of an Article.

Names of fields are read without regard to case: ninjs 2 has `versioncreated`, ninjs 3
`versionCreated` (iptc.org/std/ninjs). Fields that Tally does not read are dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from transforms.read.markup import plain

# Fields that only nested ninjs has; one of them makes a message ninjs.
NESTED = frozenset(("headlines", "bodies", "infosources", "standard"))
CAMEL_CASE = frozenset(("versionCreated", "firstCreated", "pubStatus", "infoSources"))

# Roles of a headline or body that is the article's own, best first; providers name them as they
# like. Others (abstract, caption, teaser) are taken only where there is none of these.
MAIN_ROLES = ("main", "text", "body", "headline", "", "html", "xhtml", "richtext", "story")
# Media types that can be read, best first: plain text says where its paragraphs are itself.
TEXT_TYPES = ("text/plain", "", "text/html", "application/xhtml+xml", "text/xml", "application/xml")

# RFC 3085: urn:newsml:<domain of the provider>:<date>:...
_NEWSML = re.compile(r"urn:newsml:([^:/]+):", re.IGNORECASE)
_HOST = re.compile(r"(?:https?|tag)://(?:[^/@]*@)?([^/:?#]+)", re.IGNORECASE)


def is_ninjs(message: dict[str, Any]) -> bool:
    """Whether a JSON object is nested ninjs and not a flat Article."""
    return not CAMEL_CASE.isdisjoint(message) or any(key.lower() in NESTED for key in message)


def fold(message: dict[str, Any]) -> dict[str, Any]:
    """The fields of an Article; those that are absent are left out, bodies are plain text.

    A value of a wrong type is passed on as it is where the Article has such a field, so that
    validation names it; inside arrays it is passed over.
    """
    given = {key.lower(): value for key, value in message.items()}
    folded: dict[str, Any] = {
        name: given[name]
        for name in ("uri", "versioncreated", "firstcreated", "pubstatus", "language", "slugline")
        if given.get(name) is not None
    }
    folded |= {
        "version": _version(given.get("version")),
        "headline": _text(given, "headlines", "headline"),
        "body_text": _text(given, "bodies", "body_text"),
        "byline": given.get("by", given.get("byline")),
        "dateline": given.get("located"),
        "place": _place(given.get("places")),
        "source": _source(given),
        "credit": _credit(given),
    }
    return {name: value for name, value in folded.items() if value is not None}


def _version(version: Any) -> Any:
    """ninjs writes versions as strings: "2"."""
    if isinstance(version, str) and version.isdecimal() and len(version) < 19:
        return int(version)
    return version


def _text(given: dict[str, Any], nested: str, flat: str) -> Any:
    """The value of the best of an array of texts; of several as good the first."""
    texts = [text for text in _objects(given.get(nested)) if isinstance(text.get("value"), str)]
    readable = [text for text in texts if _media_type(text) in TEXT_TYPES and text["value"].strip()]
    if not readable:
        return given.get(flat)
    best = min(readable, key=_preference)
    value: str = best["value"]
    return value if _media_type(best) == "text/plain" else plain(value)


def _preference(text: dict[str, Any]) -> tuple[int, int, int]:
    role = str(text.get("role") or "").lower()
    own = role in MAIN_ROLES
    media_type = TEXT_TYPES.index(_media_type(text))
    return not own, media_type, MAIN_ROLES.index(role) if own else 0


def _media_type(text: dict[str, Any]) -> str:
    """Media type without parameters; empty where it is not told."""
    return str(text.get("contenttype") or "").split(";")[0].strip().lower()


def _objects(values: Any) -> Iterator[dict[str, Any]]:
    """The objects of an array, with names of fields in lower case."""
    for value in values if isinstance(values, list) else ():
        if isinstance(value, dict):
            yield {key.lower(): item for key, item in value.items()}


def _place(places: Any) -> str | None:
    """The first place the article is about, else the first it mentions."""
    named = [place for place in _objects(places) if isinstance(place.get("name"), str)]
    about = [place["name"] for place in named if place.get("rel") == "about"]
    return next(iter(about + [place["name"] for place in named]), None)


def _source(given: dict[str, Any]) -> Any:
    """The outlet: as told, the publisher among the parties, the copyright holder, or by the uri."""
    parties = _parties(given)
    publishers = [name for name, role in parties if role.endswith(("publisher", "distributor"))]
    told = given.get("source") or next(iter(publishers), None) or given.get("copyrightholder")
    return told or _provider(given.get("uri")) or next((name for name, _ in parties), None)


def _provider(uri: Any) -> str | None:
    found = isinstance(uri, str) and (_NEWSML.match(uri) or _HOST.match(uri))
    return found[1].lower() if found else None


def _credit(given: dict[str, Any]) -> Any:
    """Whom the outlet credits: as told, else the parties that are not the outlet itself."""
    told = given.get("creditline", given.get("credit"))
    if told is not None:
        return told
    source = _source(given)
    return ", ".join(name for name, _ in _parties(given) if name != source) or None


def _parties(given: dict[str, Any]) -> list[tuple[str, str]]:
    """Names and roles of `infosources`."""
    parties = []
    for party in _objects(given.get("infosources")):
        name = party.get("name") or party.get("literal")
        if isinstance(name, str) and name.strip():
            parties.append((name.strip(), str(party.get("role") or "").lower()))
    return parties
