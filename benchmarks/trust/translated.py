"""Translations as three outlets: `TALLY_DATA=DIR python -m benchmarks.trust translated`.

TICO-19 (tico-19.github.io, CC0): a sentence in English, French and Arabic is three articles of
three outlets that must not differ. Each sentence is an event of its own: its three articles are
published at one moment, one day after those of the sentence before, and `place` names one of 24
towns in the language of the article, so that a town comes again after 24 days. What the sentence
itself says of time and place comes first, as in any article.

Then one number of a sentence is changed in one language, the languages in turn: a run of digits
that stands once in each of the three versions, alone (no part of 1,500 or 3.4), of 3 or more and
no year. So the choice knows nothing of Tally. A number above 31 becomes twice itself and one; one
that may be a day of a month becomes half of itself, below 8 three more: always another value, and
still a date where it was one.

Measured twice, for only a few sentences of medicine fill a slot of Tally's:

alerts    what `tally backfill` raises over all articles as one feed. Share found: of all changed
          sentences; of those whose number the naive matcher reads beside one slot's words in all
          three languages (so it is a figure that could be raised, and Tally has no say in that);
          of those that are claims in all three.
readings  what a reader of the extracted values alone would raise: a closed value (no `at least`,
          no `dozens`) of one version that meets none of another. Units and slots are left out.

Beside both stands the naive matcher, and for the readings a reader of runs of digits.
In some documents of TICO-19 as stored the lines are of other sentences (benchmarks.translations);
they are left out of the rows `aligned`.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.translations import LANGUAGES, misaligned, runs_of_digits
from benchmarks.trust import naive, score
from benchmarks.trust.compared import facts_by_key, why_missed
from benchmarks.trust.feeds import Feed, read_feed
from benchmarks.trust.planted_text import WORDING
from schemas.messages import Article, Claim, Discrepancy, Mention
from transforms.cross_check.intervals import OPEN, Range, range_of, ranges_meet
from transforms.extract.extract import extract
from transforms.read.normal import normal

FIRST = datetime(2012, 1, 1, 12, tzinfo=timezone.utc)
NUMBER = re.compile(r"(?<![\w.,٫٬/%-])[0-9٠-٩]+(?![\w/%-]|[.,٫٬][0-9٠-٩])")
INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

Triple = Mapping[str, str]  # a sentence by language, and its id
Row = dict[str, Any]


class Change(NamedTuple):
    """A number changed in one language: where it stands in each version, before and after."""

    language: str
    old: int
    spans: Mapping[str, tuple[int, int]]
    text: str  # of the changed version


# --- the feed -----------------------------------------------------------------------------------


def articles(index: int, triple: Triple) -> list[Row]:
    """The three articles of a sentence, the event of day `index`."""
    return [
        {
            "uri": f"urn:tally:tico19:{triple['id']}:{language}",
            "versioncreated": (FIRST + timedelta(days=index)).isoformat(),
            "source": f"tico19-{language}.example",
            "language": language,
            "place": WORDING[language]["places"][index % len(WORDING[language]["places"])],
            "body_text": triple[language],
        }
        for language in LANGUAGES
    ]


def changed(index: int, triple: Triple) -> Change | None:
    """The sentence with its first number that stands once in each version changed in one."""
    found = {
        language: {
            int(m.group()): m.span()
            for m in NUMBER.finditer(triple[language])
            if len(re.findall(rf"(?<!\d){int(m.group())}(?!\d)", normal(triple[language]).text))
            == 1
        }
        for language in LANGUAGES
    }
    shared = [n for n in found["en"] if n in found["fr"] and n in found["ar"]]
    old = next((n for n in shared if n >= 3 and not 1900 <= n <= 2100), None)
    if old is None:
        return None
    language = LANGUAGES[index % len(LANGUAGES)]
    spans = {lang: found[lang][old] for lang in LANGUAGES}
    start, end = spans[language]
    text = triple[language]
    new = str(another(old))
    if not text[start:end].isascii():
        new = new.translate(INDIC)
    return Change(language, old, spans, text[:start] + new + text[end:])


def another(number: int) -> int:
    if number > 31:
        return 2 * number + 1
    return number // 2 if number >= 8 else number + 3


# --- alerts ---------------------------------------------------------------------------------------


def sentence_of(uri: str) -> str:
    return uri.removeprefix("urn:tally:tico19:").rpartition(":")[0]


def sentences_of(found: Discrepancy) -> set[str]:
    return {sentence_of(c.article.uri) for p in found.positions for c in p.claims}


def uris_of(found: Discrepancy) -> set[str]:
    return {c.article.uri for p in found.positions for c in p.claims}


def told_by_all(triple: Triple, change: Change) -> bool:
    """Whether the naive matcher reads the number beside one slot's words in all three versions."""
    slots = []
    for language in LANGUAGES:
        row = {"uri": "", "versioncreated": FIRST.isoformat(), "body_text": triple[language]}
        start, end = change.spans[language]
        slots.append({f.slot for f in naive.figures(row) if f.start < end and start < f.end})
    return bool(set.intersection(*slots))


def claims_at(claims: Iterable[Claim], change: Change, language: str) -> list[Claim]:
    """The claims of one version that state the number, old or changed."""
    values = {change.old, another(change.old)}
    return [
        c
        for c in claims
        if c.article.language == language and c.quantity and c.quantity.stated in values
    ]


def alert_lines(
    triples: Sequence[Triple], changes: Mapping[str, Change], apart: frozenset[str]
) -> Iterator[str]:
    plain = read_feed(a for i, t in enumerate(triples) for a in articles(i, t))
    yield from _false_alerts(triples, plain, apart)
    told = [with_change(t, changes.get(t["id"])) for t in triples]
    feed = read_feed(a for i, t in enumerate(told) for a in articles(i, t))
    raised = {
        next(iter(sentences_of(d)))
        for d in feed.opened
        if len(uris_of(d)) > 1 and len(sentences_of(d)) == 1
    }
    naive_raised = {t["id"] for i, t in enumerate(told) if naive_alerts(articles(i, t))}
    by_id: dict[str, list[Claim]] = {}
    for claim in plain.claims:
        by_id.setdefault(sentence_of(claim.article.uri), []).append(claim)
    changed_rows = [t for t in triples if t["id"] in changes]
    slotted = [t for t in changed_rows if told_by_all(t, changes[t["id"]])]
    claimed = [
        t
        for t in changed_rows
        if all(claims_at(by_id.get(t["id"], ()), changes[t["id"]], lang) for lang in LANGUAGES)
    ]
    yield f"{'a number changed: found':38}{'tally':28}{'naive':28}"
    for name, chosen in (
        ("of all changed sentences", changed_rows),
        ("of those told of a slot by all three", slotted),
        ("of those claimed by all three", claimed),
    ):
        ours, theirs = ([(t["id"], t["id"] in r) for t in chosen] for r in (raised, naive_raised))
        yield f"{name:38}{found_share(ours)}  {found_share(theirs)}"
    yield from _causes(feed, [t for t in slotted if t["id"] not in raised], changes)


def _false_alerts(triples: Sequence[Triple], feed: Feed, apart: frozenset[str]) -> Iterator[str]:
    between = [d for d in feed.opened if len(uris_of(d)) > 1]
    one = [d for d in between if len(sentences_of(d)) == 1]
    aligned = [d for d in between if not any(_document(s) in apart for s in sentences_of(d))]
    inside = len(feed.opened) - len(between)
    plain = sum(naive_alerts(articles(i, t)) for i, t in enumerate(triples))
    n = len(triples)
    with_claims = {sentence_of(c.article.uri) for c in feed.claims}
    yield f"{n} sentences, {len(feed.claims)} claims in {len(with_claims)} of them"
    yield (
        f"false alerts between translations: {len(between)} ({1000 * len(between) / n:.1f} per "
        f"1,000 sentences; {len(one)} within a sentence, {len(between) - len(one)} of two "
        f"sentences, {len(aligned)} in aligned documents; naive {1000 * plain / n:.1f}); "
        f"inside one article: {inside}"
    )
    for found in between:
        held = "; ".join(
            f"{c.article.uri.removeprefix('urn:tally:tico19:')} {c.quote.quote.exact}"
            for p in found.positions
            for c in p.claims
        )
        yield f"    {found.kind} {found.slot}: {held}"


def naive_alerts(versions: Sequence[Row]) -> int:
    """How many pairs of figures of one sentence the naive matcher would raise."""
    own = [{**row, "place": "here"} for row in versions]
    return sum(naive.differ(*pair) for pair in naive.pairs(own))


def with_change(triple: Triple, change: Change | None) -> Triple:
    return triple if change is None else {**triple, change.language: change.text}


def _causes(feed: Feed, missed: Sequence[Triple], changes: Mapping[str, Change]) -> Iterator[str]:
    """Why numbers changed in a sentence that tells a slot in all three versions are not raised."""
    ids = {t["id"] for t in missed}
    claims = [c for c in feed.claims if sentence_of(c.article.uri) in ids]
    known = facts_by_key(claims)
    causes: Counter[str] = Counter()
    for triple in missed:
        change = changes[triple["id"]]
        own = [c for c in claims if sentence_of(c.article.uri) == triple["id"]]
        mine = claims_at(own, change, change.language)
        theirs = [c for lang in LANGUAGES if lang != change.language
                  for c in claims_at(own, change, lang)]  # fmt: skip
        causes[why_missed(mine, theirs, known)] += 1
    for cause, count in causes.most_common():
        yield f"    not found, {cause}: {count}"


# --- readings -------------------------------------------------------------------------------------

Value = tuple[str, Range]


def closed_values(mentions: Iterable[Mention]) -> list[Value]:
    """What is read of a text: quantities, shares and days; the flag says whether it is closed."""
    found = []
    for one in mentions:
        if one.quantity is not None:
            kind = "%" if one.quantity.unit in ("%", "pp") else "number"
            found.append((kind, range_of(one.quantity)))
        elif one.time is not None and one.time.earliest and one.time.latest:
            days = (
                datetime.fromisoformat(d).toordinal() for d in (one.time.earliest, one.time.latest)
            )
            found.append(("days", Range(*map(float, days))))
    return found


def differs(read: Mapping[str, Sequence[Value]], closed: Mapping[str, Sequence[Value]]) -> bool:
    """Whether a closed value of one version meets none of another version."""
    return any(
        not any(kind == k and ranges_meet(interval, r) for k, r in read[other])
        for language in LANGUAGES
        for kind, interval in closed[language]
        for other in LANGUAGES
        if other != language
    )


def read_differently(triple: Triple, at: datetime) -> bool:
    """Whether the extracted values of the three versions differ."""
    mentions = {
        language: list(
            extract(Article("urn:s", at, "s", body_text=triple[language], language=language))
        )
        for language in LANGUAGES
    }
    read = {language: closed_values(found) for language, found in mentions.items()}
    closed = {
        language: closed_values(
            m for m in found
            if m.quantity is None or m.quantity.qualifier not in (*OPEN, "vague")
        )
        for language, found in mentions.items()
    }  # fmt: skip
    return differs(read, closed)


def digits_differ(triple: Triple, at: datetime) -> bool:
    return len({runs_of_digits(triple[language]) for language in LANGUAGES}) > 1


def reading_lines(
    triples: Sequence[Triple], changes: Mapping[str, Change], apart: frozenset[str]
) -> Iterator[str]:
    yield f"{'readings':38}{'differ, 1,000 sentences':>24}{'  a changed number found'}"
    aligned = [t for t in triples if _document(t["id"]) not in apart]
    yield from _reading_rows("all", triples, changes)
    yield from _reading_rows("aligned", aligned, changes)
    blind = [t for t in aligned if t["id"] in changes and not read_differently(t, FIRST)]
    blind = [t for t in blind if not read_differently(with_change(t, changes[t["id"]]), FIRST)]
    causes = Counter(not_noticed(t, changes[t["id"]]) for t in blind)
    for cause, count in causes.most_common():
        yield f"    aligned, not found, {cause}: {count}"


def _reading_rows(
    name: str, triples: Sequence[Triple], changes: Mapping[str, Change]
) -> Iterator[str]:
    readers: dict[str, Callable[[Triple, datetime], bool]] = {
        "values": read_differently,
        "runs of digits": digits_differ,
    }
    for reader, differ in readers.items():
        false = {t["id"] for t in triples if differ(t, FIRST)}
        told = [t for t in triples if t["id"] in changes and t["id"] not in false]
        found = [(t["id"], differ(with_change(t, changes[t["id"]]), FIRST)) for t in told]
        rate = f"{1000 * len(false) / len(triples):.0f} ({len(false)}/{len(triples)})"
        yield f"{f'{name}: {reader}':38}{rate:>24}  {found_share(found)}"


def not_noticed(triple: Triple, change: Change) -> str:
    """How the changed number is read, where the readings do not differ."""
    text, language = change.text, change.language
    start = change.spans[language][0]
    article = Article("urn:s", FIRST, "s", body_text=text, language=language)
    for mention in extract(article):
        if mention.start <= start < mention.end:
            if mention.quantity is not None:
                return f"read as a quantity, {mention.quantity.qualifier}"
            named = mention.time is not None and mention.time.earliest is not None
            return "read as a time" if named else "read as a time that names no days"
    return "not read as a quantity or a time"


# --- report ---------------------------------------------------------------------------------------


def found_share(found: Sequence[tuple[Hashable, bool]]) -> str:
    """The share found, with its interval over the sentences."""
    rows: list[Row] = [{"event": str(event), "ok": ok} for event, ok in found]
    return score.shown(score.interval(rows, lambda r: (sum(x["ok"] for x in r), len(r))))


def _document(sentence: str) -> str:
    return sentence.partition(":")[0]


def report(path: Path) -> Iterator[str]:
    """`path`: tico19_triples.jsonl."""
    triples: list[Triple] = [json.loads(line) for line in path.open(encoding="utf-8")]
    made = {t["id"]: changed(i, t) for i, t in enumerate(triples)}
    changes = {name: change for name, change in made.items() if change is not None}
    apart = frozenset(misaligned(triples))
    yield from alert_lines(triples, changes, apart)
    yield from reading_lines(triples, changes, apart)
