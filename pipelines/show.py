"""Discrepancies as text for a terminal: all of them in short, or one with all its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches

from rich.text import Text

from pipelines import words
from schemas.messages import Claim, Discrepancy, Position
from transforms.cross_check.reliability import Reliability

STYLES = {"high": "bold red", "medium": "bold yellow", "low": "bold cyan", "info": "bold"}
MOST_SOURCES = 4
NEAR = 5  # ids named where one is not found


def urgency(found: Discrepancy) -> tuple[bool, int, float, str]:
    """Open before resolved, most severe first, then newest first."""
    level = words.LEVELS.index(found.severity.level)
    return found.status == "resolved", level, -found.as_of.timestamp(), found.id


def in_short(found: Discrepancy) -> Iterator[Text]:
    """A discrepancy in a few lines: what, how severe, who says what."""
    yield _heading(found)
    yield Text(f"  {words.printable(found.explanation.en)}")
    told = [words.printable(words.held(position)) for position in found.positions]
    width = max(
        len(held) + len(_status(of)) for held, of in zip(told, found.positions, strict=True)
    )
    for (letter, position), held in zip(_lettered(found.positions), told, strict=True):
        status = _status(position)
        sources = [words.printable(source) for source in position.sources]
        shown = ", ".join(sources[:MOST_SOURCES])
        if len(sources) > MOST_SOURCES:
            shown += f" and {len(sources) - MOST_SOURCES} more"
        yield Text.assemble(
            f"  {letter}  ",
            (held, "bold"),
            f"{status:<{width - len(held)}}  {shown}, as of {words.moment(position.as_of)}",
        )


def in_full(found: Discrepancy) -> Iterator[Text]:
    """Why it was raised: rule, severity, and each position with its claims and their quotes."""
    yield _heading(found)
    yield Text(f"  {words.printable(found.explanation.en)}")
    yield Text()
    reasons = "; ".join(words.REASONS[reason] for reason in found.severity.reasons)
    yield _row("rule", found.rule)
    yield _row("severity", f"{found.severity.level}: {reasons or 'no reason given'}")
    yield _row("fact", words.fact(found.slot, found.counted))
    if found.places:
        yield _row("place", "; ".join(words.where(place) for place in found.places))
    yield _row("event", found.event_time or "time not told")
    yield _row("seen", f"first {words.moment(found.first_seen)}, as of {words.moment(found.as_of)}")
    if found.status == "resolved":
        yield _row("resolved", found.reason or "")
        if found.superseded_by:
            yield _row("see", found.superseded_by)
    for letter, position in _lettered(found.positions):
        yield from _position(letter, position)


def sources_told(found: Discrepancy, known: Mapping[str, Reliability]) -> Iterator[Text]:
    """How often each source of a discrepancy stood with the most others: an aid, no verdict."""
    names = {claim.article.lineage for p in found.positions for claim in p.claims} & set(known)
    if not names:
        return
    yield Text()
    yield Text("Sources where others settled the figure (an aid, no verdict):")
    for name in sorted(names):
        yield Text(f"  {words.printable(name)}  {words.reliability(known[name])}")


def find(found: Iterable[Discrepancy], wanted: str) -> tuple[Discrepancy | None, list[str]]:
    """The discrepancy of an id, or of the only id that begins so; else the ids near to it."""
    ids: list[str] = []
    begins: list[Discrepancy] = []
    for each in found:
        if each.id == wanted:
            return each, []
        ids.append(each.id)
        if each.id.startswith(wanted) and len(begins) <= NEAR:
            begins.append(each)
    if len(begins) == 1:
        return begins[0], []
    if begins:
        return None, [each.id for each in begins[:NEAR]]
    return None, get_close_matches(wanted, ids[:10_000], NEAR, 0.3)


def _heading(found: Discrepancy) -> Text:
    places = "; ".join(words.where(place) for place in found.places[:2])
    what = f"{words.KINDS[found.kind]}: {words.fact(found.slot, found.counted)}"
    if places:
        what += f", {places}"
    if found.event_time:
        what += f" ({found.event_time})"
    level = "resolved" if found.status == "resolved" else found.severity.level
    return Text.assemble(
        (level.upper(), STYLES.get(level, "bold")),
        f"  {words.printable(what)}  ",
        (words.printable(found.id), "dim"),
    )


def _lettered(positions: Sequence[Position]) -> Iterator[tuple[str, Position]]:
    for index, position in enumerate(positions):
        yield words.letter(index), position


def _status(position: Position) -> str:
    return "" if position.status == "current" else f" ({position.status})"


def _row(name: str, text: str) -> Text:
    return Text(f"  {name:<9} {words.printable(text)}")


def _position(letter: str, position: Position) -> Iterator[Text]:
    yield Text()
    meant = ""
    if position.value is not None:
        meant = f", meaning {words.interval(position.value)}"
    yield Text.assemble(
        f"{letter} ",
        (words.printable(words.held(position)), "bold"),
        f"{_status(position)}{meant}, from "
        f"{words.plural(position.independent_sources, 'independent source')}, "
        f"as of {words.moment(position.as_of)}",
    )
    for claim in position.claims:
        yield from _claim(claim)
    if position.supported_by:
        yield Text("  not precise, but fits:")
        for claim in position.supported_by:
            yield from _claim(claim)


def _claim(claim: Claim) -> Iterator[Text]:
    article, quote, place = claim.article, claim.quote.quote, claim.quote.position
    yield Text.assemble(
        "  “",
        words.printable(quote.prefix),
        (f"[[{words.printable(quote.exact)}]]", "bold yellow"),
        words.printable(quote.suffix),
        "”",
    )
    speaker = f", quoting {words.speaker(claim.speaker)}" if claim.speaker else ""
    from_whom = "" if article.lineage == article.source else f" (from {article.lineage})"
    yield Text(
        f"    {words.printable(article.source + from_whom + speaker)}, "
        f"{words.moment(article.published)}, {claim.modality}, {claim.scope.kind}"
    )
    yield Text(
        f"    {words.printable(article.uri)} version {article.version}, "
        f"{claim.quote.field} {place.start}-{place.end}, claim {words.printable(claim.id)}"
    )
