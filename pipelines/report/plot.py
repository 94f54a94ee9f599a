"""A small drawing of a discrepancy: figures over time, or dates on a line.

Each position has a colour and, for those who do not see it, a shape and a letter; the shapes are
symbols of the page (`#shape-0` and on).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timezone
from typing import NamedTuple

from markupsafe import Markup

from pipelines import words
from schemas.messages import Claim, Discrepancy, Position

WIDTH, LEFT, RIGHT = 340, 10, 132  # pixels; labels stand in the right margin
TOP, HEIGHT, LINE = 12, 92, 14  # of a line of text
SHAPES = 6
WIDE = 50
MOST_POSITIONS = 12  # drawn; the others are listed
MOST_POINTS = 40  # drawn of one position


class Point(NamedTuple):
    """A claim on the drawing: seconds since the epoch; lowest, told and highest value."""

    time: float
    low: float
    value: float
    high: float


class Scale(NamedTuple):
    """From values to pixels."""

    low: float
    high: float
    first: float
    last: float

    def __call__(self, value: float) -> float:
        """Pixels for `value`; the middle when there is only one value. Clips at the edges."""
        if self.low == self.high:
            return (self.first + self.last) / 2
        share = min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))
        return round(self.first + share * (self.last - self.first), 1)


def plot(found: Discrepancy) -> Markup:
    """The drawing as SVG; empty where there is nothing to compare."""
    drawn = found.positions[:MOST_POSITIONS]
    return _dates(drawn) if any(position.time for position in drawn) else _figures(drawn)


def _figures(positions: Sequence[Position]) -> Markup:
    bottom = TOP + max(HEIGHT, LINE * len(positions))
    points = [sorted(_points(position)) for position in positions]
    every = [point for line in points for point in line]
    if len(every) < 2:
        return Markup()
    wide = _is_wide(every)
    if wide:
        points = [[_logarithmic(point) for point in line] for line in points]
        every = [point for line in points for point in line]
    values = [point.value for point in every]
    room = (max(values) - min(values)) * 0.1
    across = Scale(
        min(point.time for point in every), max(point.time for point in every),
        LEFT + 8, WIDTH - RIGHT,
    )  # fmt: skip
    up = Scale(min(values) - room, max(values) + room, bottom, TOP)
    parts = [_axis(bottom + 6)]
    ends: list[tuple[float, int, str]] = []
    for index, line in enumerate(points):
        if line:
            parts.append(_line(index, line, across, up))
            ends.append((up(line[-1].value), index, words.held(positions[index])))
    parts.extend(_labels(ends, bottom))
    times = [claim.as_of for position in positions for claim in position.claims]
    parts.extend(_ends(bottom + 20, *_times(min(times), max(times))))
    if wide:
        parts.append(Markup('<text x="{}" y="{}" class="tick">log scale</text>').format(LEFT, TOP))
    return _svg(bottom + 26, "Figures by the time they speak of", parts)


def _is_wide(points: Sequence[Point]) -> bool:
    """Whether the figures are so far apart that the smaller ones would lie on one line."""
    values = [point.value for point in points]
    return min(values) > 0 and max(values) > WIDE * min(values)


def _logarithmic(point: Point) -> Point:
    low, value, high = (math.log10(max(each, 0.1)) for each in point[1:])
    return Point(point.time, low, value, high)


def _points(position: Position) -> Iterator[Point]:
    for claim in position.claims[-MOST_POINTS:]:
        if claim.quantity is None:
            continue
        meant = claim.quantity.value
        low = meant.low if meant.low is not None else float("-inf")
        high = meant.high if meant.high is not None else float("inf")
        told = claim.quantity.stated
        if told is None:
            told = meant.low if meant.low is not None else meant.high
        if told is not None:
            yield Point(claim.as_of.timestamp(), low, told, high)


def _line(index: int, line: Sequence[Point], across: Scale, up: Scale) -> Markup:
    places = [(across(point.time), up(point.value)) for point in line]
    parts = [Markup('<g class="p{}">').format(index % SHAPES)]
    if len(places) > 1:
        path = " ".join(f"{x},{y}" for x, y in places)
        parts.append(Markup('<polyline points="{}"/>').format(path))
    for point, (x, y) in zip(line, places, strict=True):
        if point.low < point.high:
            parts.append(
                Markup('<line x1="{x}" x2="{x}" y1="{}" y2="{}" class="range"/>').format(
                    up(point.low), up(point.high), x=x
                )
            )
        parts.append(_shape(index, x, y))
    x, y = places[-1]
    if x < WIDTH - RIGHT:
        leader = '<line x1="{}" x2="{}" y1="{y}" y2="{y}" class="drop"/>'
        parts.append(Markup(leader).format(x, WIDTH - RIGHT + 8, y=y))
    return Markup("").join([*parts, Markup("</g>")])


def _labels(ends: Sequence[tuple[float, int, str]], bottom: float) -> Iterator[Markup]:
    """Each position's letter and value beside its last point, moved apart where they meet."""
    above = 0.0
    for number, (point, index, held) in enumerate(sorted(ends), 1):
        room_below = LINE * (len(ends) - number)
        above = min(max(point + 4, above + LINE), bottom + 4 - room_below)
        yield _text(WIDTH - RIGHT + 12, above, f"{words.letter(index)} {held}", index)


def _times(first: datetime, last: datetime) -> tuple[str, str]:
    """Days, in UTC; on one day also the hours."""
    first, last = first.astimezone(timezone.utc), last.astimezone(timezone.utc)
    if first.date() == last.date() and first != last:
        return f"{first:%Y-%m-%d %H:%M}Z", f"{last:%H:%M}Z"
    return f"{first:%Y-%m-%d}", f"{last:%Y-%m-%d}"


def _dates(positions: Sequence[Position]) -> Markup:
    spans = [_span(position.claims) for position in positions]
    days = [day for span in spans if span for day in span]
    if len(positions) < 2 or not days:
        return Markup()
    across = Scale(min(days), max(days), LEFT + 8, WIDTH - RIGHT)
    rows = TOP + 22 * len(positions)
    parts = [_axis(rows)]
    for index, (position, span) in enumerate(zip(positions, spans, strict=True)):
        if span is None:
            continue
        y = TOP + 22 * index + 6
        first, last = across(span[0]), across(span[1])
        parts.append(
            Markup(
                '<g class="p{}"><line x1="{}" x2="{}" y1="{y}" y2="{y}" class="range"/>'
                '<line x1="{}" x2="{}" y1="{y}" y2="{}" class="drop"/>'
            ).format(index % SHAPES, first, last, first, first, rows, y=y)
        )
        parts.append(_shape(index, first, y))
        label = f"{words.letter(index)} {words.held(position)}"
        parts.append(Markup("{}</g>").format(_text(last + 10, y + 4, label, index)))
    ends = (date.fromordinal(int(day)).isoformat() for day in (min(days), max(days)))
    parts.extend(_ends(rows + 14, *ends))
    return _svg(rows + 20, "Dates on a line", parts)


def _span(claims: Sequence[Claim]) -> tuple[float, float] | None:
    """First and last day that the claims mean, as ordinals; None for what is no date."""
    try:
        first = [date.fromisoformat(c.time.earliest) for c in claims if c.time and c.time.earliest]
        last = [date.fromisoformat(c.time.latest) for c in claims if c.time and c.time.latest]
    except ValueError:
        return None
    return (min(first).toordinal(), max(last).toordinal()) if first and last else None


def _shape(index: int, x: float, y: float) -> Markup:
    return Markup('<use href="#shape-{}" x="{}" y="{}"/>').format(index % SHAPES, x, y)


def _text(x: float, y: float, text: str, index: int) -> Markup:
    short = text if len(text) <= 20 else text[:19] + "…"
    return Markup('<text x="{}" y="{}" class="p{}">{}</text>').format(x, y, index % SHAPES, short)


def _axis(y: float) -> Markup:
    return Markup('<line x1="{}" x2="{}" y1="{y}" y2="{y}" class="axis"/>').format(
        LEFT, WIDTH - RIGHT + 4, y=y
    )


def _ends(y: float, first: str, last: str) -> Iterator[Markup]:
    yield Markup('<text x="{}" y="{}" class="tick">{}</text>').format(LEFT, y, first)
    if last != first:
        yield Markup('<text x="{}" y="{}" class="tick end">{}</text>').format(
            WIDTH - RIGHT + 4, y, last
        )


def _svg(height: float, name: str, parts: Sequence[Markup]) -> Markup:
    return Markup(
        '<svg class="plot" viewBox="0 0 {} {height}" width="{}" height="{height}" role="img" '
        'aria-label="{}">{}</svg>'
    ).format(WIDTH, WIDTH, name, Markup("").join(parts), height=height)
