"""Claims made by hand, for tests."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta, timezone

from schemas.messages import (
    ArticleRef,
    Claim,
    Context,
    Interval,
    Modality,
    Place,
    PlaceName,
    Quantity,
    Quote,
    Scope,
    TextPositionSelector,
    TextQuoteSelector,
    Time,
    Timex3,
)

NOON = datetime(2021, 8, 30, 12, tzinfo=timezone.utc)
ALEPPO = Place("170063", "Aleppo", (PlaceName("SY-HL", "Aleppo"), PlaceName("SY", "Syria")))


WHOLE = Scope()
BOMBING = Context(event_kinds=("bombing",), time_from="sentence")


def count(
    value: float | tuple[float, float],
    source: str = "one.example",
    hours: float = 0,
    *,
    slot: str = "killed",
    counted: str = "people",
    qualifier: str = "exact",
    scope: Scope = WHOLE,
    places: tuple[Place, ...] = (ALEPPO,),
    event_time: str = "2021-08-30",
    modality: Modality = "asserted",
    speaker: str | None = None,
    version: int = 1,
    uri: str | None = None,
    language: str = "en",
    lineage: str | None = None,
    fingerprint: tuple[int, ...] = (),
    as_of: float | None = None,
    start: int = 0,
    field: str = "body_text",
    context: Context = BOMBING,
) -> Claim:
    """A claim of a count, published `hours` after noon."""
    low, high = value if isinstance(value, tuple) else (value, value)
    published = NOON + timedelta(hours=hours)
    uri = uri or f"urn:{source}:{hours:g}"
    exact = f"{low:g}"
    name = f"{uri}|{version}|{field}|{start}|{slot}|{exact}"
    return Claim(
        id=hashlib.sha256(name.encode()).hexdigest()[:20],
        article=ArticleRef(
            uri, version, source, lineage or source, language, published, fingerprint
        ),
        kind="quantity",
        slot=slot,
        counted=counted,
        quote=Quote(
            field, TextQuoteSelector(exact), TextPositionSelector(start, start + len(exact))
        ),  # type: ignore[arg-type]
        as_of=published if as_of is None else NOON + timedelta(hours=as_of),
        quantity=Quantity(Interval(low, high), low, qualifier, unit="person"),  # type: ignore[arg-type]
        scope=scope,
        places=places,
        event_time=event_time,
        modality=modality,
        speaker=speaker,
        context=context,
    )


def dated(day: str, source: str = "one.example", hours: float = 0, **fields: object) -> Claim:
    """A claim that something was signed on a day."""
    import msgspec

    base = count(0, source, hours, slot="signed", counted="event", event_time=day)
    time = Time(Timex3("DATE", day), day, day, day, "day")
    return msgspec.structs.replace(base, kind="time", quantity=None, time=time, **fields)
