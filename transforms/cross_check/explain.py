"""An alert in plain words, in three languages, from the alert alone.

Who says what of which fact; the decisive reason, by the rule that raised it; what would settle it.
The reason and what would settle it are chosen once (`why`), then told in each language.
"""

from __future__ import annotations

import calendar
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any, NamedTuple

from schemas.messages import Claim, Explanation, Position, Severity
from transforms.claim.slots import slots
from transforms.cross_check import phrases

SOURCES_NAMED = 3
POSITIONS_NAMED = 6
TWO_SIDES = 2
STANDING = ("current", "denied")
ODD_DATES = ("weekday_against_date", "date_not_in_calendar", "no_such_month")
Given = Mapping[str, Any]


class Why(NamedTuple):
    """The decisive reason and what would settle it: names of texts in explanations.toml, and what
    is filled in: positions, places, speakers, numbers, days."""

    reason: str
    settle: str | None
    given: Given


def explanation(
    kind: str, rule: str, earliest: Claim, positions: Sequence[Position], level: Severity
) -> Explanation:
    """Who says what of which fact, the decisive reason, and what would settle it."""
    because = why(rule, positions, level)
    en, fr, ar = (told(language, earliest, positions, because) for language in ("en", "fr", "ar"))
    return Explanation(en, fr, ar)


# --- why ------------------------------------------------------------------------------------------


def why(rule: str, positions: Sequence[Position], level: Severity) -> Why:
    """What decided, from the positions: the same in every language."""
    withdrawn = sum(p.status == "withdrawn" for p in positions)
    if withdrawn and len(positions) - withdrawn < TWO_SIDES:
        return Why("withdrawn", "withdrawn", {})
    if rule in ("weekday_against_date", "date_not_in_calendar"):
        return _odd_date(positions[0])
    if rule == "parts_against_total":
        total = positions[0].claims[0]
        parts = total.context.parts
        return Why(rule, rule, {"parts": parts, "n": sum(parts)})
    if rule == "older_figure_again":
        behind = [p for p in positions if p.status == "stale"] or positions
        last = max((c for p in behind for c in p.claims), key=lambda c: c.as_of)
        return Why(rule, rule, {"source": last.article.source})
    if rule == "denied_by_another" and positions[0].time is not None:
        return Why(rule, "denied_date", {})
    if rule == "two_dates":
        return Why("one_day_apart" if "one_day_apart" in level.reasons else rule, rule, {})
    if rule == "two_figures":
        return _two_figures(positions)
    if rule == "two_speakers_in_one_article":
        for one, other in combinations(positions, 2):
            if speakers := _speakers((one, other)):
                return Why(rule, "speakers", speakers)
        return Why("unnamed_speakers", "unnamed_speakers", {})
    return Why(rule, rule, {})


def _odd_date(position: Position) -> Why:
    """The weekday of a date, or how long the month is that has no such day."""
    written = position.time.timex3.value[:10] if position.time else ""
    try:
        return Why(
            "weekday_against_date", "weekday_against_date", {"date": date.fromisoformat(written)}
        )
    except ValueError:
        year, month = int(written[:4] or 0), int(written[5:7] or 0)
    if not (1 <= month <= 12 and year):
        return Why("no_such_month", "date_not_in_calendar", {})
    return Why(
        "date_not_in_calendar",
        "date_not_in_calendar",
        {"month": date(year, month, 1), "n": calendar.monthrange(year, month)[1]},
    )


def _two_figures(positions: Sequence[Position]) -> Why:
    """Which figure is the later, whether the count ran, and in what else the sides differ."""
    standing = [p for p in positions if p.status in STANDING]
    low, *_, high = standing if len(standing) > 1 else positions
    reason = _course(low, high)
    places = _places(low, high)
    if speakers := _speakers((low, high)):
        return Why(reason, "speakers", speakers)
    if places:
        return Why(reason, "places", places)
    groups = (low.claims[0].counted, high.claims[0].counted)
    if groups[0] != groups[1]:
        return Why(reason, "groups", {"low": low, "high": high})
    if reason == "same_time":
        return Why(reason, "hours", {})
    alone = [p for p in (low, high) if p.independent_sources == 1]
    if len(alone) == 1:
        return Why(reason, "alone", {"source": alone[0].claims[0].article.source})
    return Why(reason, reason, {})


def _course(low: Position, high: Position) -> str:
    """How the two figures stand in time: what the rules found no update in."""
    course = slots()[low.claims[0].slot].course
    if course == "fixed":
        return "fixed"
    if course == "free":
        return "free"
    before, after = (high, low) if course == "rises" else (low, high)
    goes_back = "lower_later" if course == "rises" else "higher_later"
    if before.as_of < after.as_of:
        return goes_back
    first, last = ({c.as_of for c in p.claims} for p in (before, after))
    if first & last:
        return "same_time"
    return goes_back if min(first) < max(last) else "settled"


def _speakers(positions: Sequence[Position]) -> Given:
    """The speakers of the two sides, where each has one and they differ."""
    known = phrases.words("en")["speakers"]
    named = [[s for s in p.speakers if s in known] for p in positions]
    if not all(named) or set(named[0]) & set(named[1]):
        return {}
    return {"speakers": (named[0][0], named[1][0])}


def _places(low: Position, high: Position) -> Given:
    """The places of the two sides, where they are not told of one."""
    one, other = ([c.places[0] for c in p.claims if c.places] for p in (low, high))
    if not one or not other or {p.id for p in one} & {p.id for p in other}:
        return {}
    return {"places": (one[0], other[0])}


# --- in words -------------------------------------------------------------------------------------


def told(language: str, earliest: Claim, positions: Sequence[Position], because: Why) -> str:
    """The whole explanation in one language."""
    said = phrases.words(language)
    head = said["listing"].join(_where_and_when(earliest, language))
    head = head[:1].upper() + head[1:]
    shown = [position(p, because.reason, language) for p in positions[:POSITIONS_NAMED]]
    more = len(positions) - POSITIONS_NAMED
    if more > 0:
        shown.append(phrases.plural(said["more_positions"], more, language))
    sides = said["join"].join(shown)
    sentences = [
        said["head" if head else "no_head"].format(head=head, sides=sides),
        filled(said["reasons"][because.reason], because.given, language),
        filled(said["settle"][because.settle], because.given, language) if because.settle else "",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _where_and_when(earliest: Claim, language: str) -> list[str]:
    """The place and, of what is counted, the days of the event."""
    found = [phrases.place_name(place, language) for place in earliest.places[:1]]
    if earliest.kind == "quantity" and earliest.event_time is not None:
        found.append(phrases.event_days(earliest.event_time, language))
    return found


def position(held: Position, reason: str, language: str) -> str:
    """Who holds what, and as of when."""
    said = phrases.words(language)
    first = held.claims[0]
    text = phrases.quoted(first, language) if reason in ODD_DATES else phrases.what(held, language)
    if reason == "headline_against_body":
        text = said[f"{first.quote.field}_says"].format(what=text)
    if reason == "parts_against_total" and phrases.is_sum_of_parts(held):
        text = said["parts_say"].format(what=text)
    pattern = said["positions"].get(held.status, said["positions"]["current"])
    return str(
        pattern.format(
            what=text, sources=sources(held, language), time=phrases.moment(held.as_of, language)
        )
    )


def sources(held: Position, language: str) -> str:
    """The outlets, and the speakers they cite where these are of a known kind."""
    said = phrases.words(language)
    names = list(held.sources[:SOURCES_NAMED])
    if len(held.sources) > SOURCES_NAMED:
        names.append(
            phrases.plural(said["more_sources"], len(held.sources) - SOURCES_NAMED, language)
        )
    outlets = phrases.listed(names, language)
    speakers = [said["speakers"][s] for s in held.speakers if s in said["speakers"]]
    if not speakers:
        return outlets
    return str(said["cited"].format(sources=outlets, speakers=phrases.listed(speakers, language)))


def filled(text: str, given: Given, language: str) -> str:
    """A text with what is given filled in, in the words of the language."""
    said = phrases.words(language)
    values: dict[str, str] = {}
    for name, value in given.items():
        if name == "speakers":
            values["a"], values["b"] = (said["speakers"][speaker] for speaker in value)
        elif name == "places":
            values["a"], values["b"] = (phrases.place_name(place, language) for place in value)
        elif name in ("low", "high"):
            values[name] = phrases.what(value, language)
        elif name == "parts":
            values[name] = phrases.listed([phrases.number(p, language) for p in value], language)
        elif name == "date":
            values |= {
                "date": phrases.day(value, language),
                "weekday": phrases.locale(language).days["format"]["wide"][value.weekday()],
            }
        elif name == "month":
            values[name] = phrases.month(value, language)
        elif name == "n":
            values[name] = phrases.number(value, language)
        else:
            values[name] = str(value)
    return text.format(**values)
