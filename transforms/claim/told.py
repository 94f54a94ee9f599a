"""What an article tells, sentence by sentence: words, figures, times and places found in each."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import chain
from operator import attrgetter
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from schemas.messages import Article, Scope
from transforms.claim import places as gazetteer
from transforms.claim.counted import DESTRUCTIBLE
from transforms.claim.figures import Figure, figures
from transforms.claim.heard import with_heard
from transforms.claim.lexicon import SLOT_ROLES, Mark, abbreviations, find, find_over, lexicon
from transforms.claim.marks import (
    COMMAS,
    DASHES,
    SentenceMarks,
    is_bare,
    is_inside,
    marks_of,
    start_of,
)
from transforms.claim.money import in_local_money
from transforms.claim.pairs import paired
from transforms.claim.places import PlaceMention
from transforms.claim.resolve import countries_named, resolve
from transforms.claim.sentences import Sentence, sentences
from transforms.claim.setting import SentenceTimes, times_of
from transforms.claim.slots import slots
from transforms.extract.extract import Passage
from transforms.extract.quantities import QuantitySpan
from transforms.extract.times import TimeSpan
from transforms.languages.load import table
from transforms.read.normal import fold

Item = TypeVar("Item")
Placed = tuple[PlaceMention, str]  # a name and the id of what it means

PRINTED_GAP = 8  # tokens between "updated" and the time of it
SAID_IN_GAP = 2  # said in Turkey
SAME_AGAIN_GAP = 3  # tokens between "puts it at" and the figure
THEM_GAP = 8  # tokens from how many they are to the verb that tells of them
VERBS = frozenset({"after", "participle"})
ANOTHER_GAP = 2  # tokens from "another" to its figure
DATELINE_TOKENS = 14
MODAL = frozenset({"possible", "planned"})  # cues that a date never begins with
_first = attrgetter("first")


class Told(msgspec.Struct, frozen=True, gc=False):
    """A sentence with all that was found in it. `text` is the whole field as it came in."""

    text: str
    passage: Passage
    marks: SentenceMarks
    quantities: tuple[QuantitySpan, ...]
    times: SentenceTimes
    places: tuple[Placed, ...]
    figures: tuple[Figure, ...]
    all_times: tuple[TimeSpan, ...]


def read_sentences(article: Article, passages: Sequence[Passage]) -> list[Told]:
    mentions = _no_storms(passages, [gazetteer.find_places(p.tokens, p.language) for p in passages])
    hints = countries_named(" ".join(filter(None, (article.place, article.dateline))))
    ids = resolve(list(chain.from_iterable(mentions)), hints)
    if more := with_heard(passages, mentions, ids):
        mentions, ids = more, resolve(list(chain.from_iterable(more)), hints)
    country = next((gazetteer.country(place) for place in ids if place is not None), None)
    resolved = iter(ids)
    told: list[Told] = []
    article_text = {field: getattr(article, field) for field in ("headline", "body_text")}
    for passage, of_passage in zip(passages, mentions, strict=True):
        placed = [(m, place) for m in of_passage if (place := next(resolved)) is not None]
        text = article_text[passage.field]
        money = in_local_money(passage.quantities, passage.language, country)
        for one in _told_sentences(text, replace(passage, quantities=money), placed):
            told.append(_going_on(one, told) if told else one)
    return told


def _going_on(told: Told, before: Sequence[Told]) -> Told:
    """A sentence with the figures that only the sentences before it make plain."""
    told = _of_them(_same_again(told, before[-1]), before[-1])
    return _begun(_of_same_group(told, before[-1]), before)


def _no_storms(
    passages: Sequence[Passage], mentions: list[list[PlaceMention]]
) -> list[list[PlaceMention]]:
    """The mentions without the names of storms, wherever they stand: Typhoon *Ligaya*."""

    def name(passage: Passage, mention: PlaceMention) -> tuple[str, ...]:
        return passage.tokens.words[mention.first : mention.last + 1]

    pairs = list(zip(passages, mentions, strict=True))
    storms = {
        name(passage, mention)
        for passage, found in pairs
        for mention in found
        if not mention.located
        and mention.first > 0
        and passage.tokens.words[mention.first - 1] in _storm_words(passage.language)
    }
    if not storms:
        return mentions
    return [[m for m in found if name(passage, m) not in storms] for passage, found in pairs]


@cache
def _storm_words(language: str) -> frozenset[str]:
    """The words that stand before the name of a storm."""
    return frozenset(map(fold, table(language, "claims")["event_kinds"].get("storm", ())))


def _told_sentences(text: str, passage: Passage, placed: Sequence[Placed]) -> Iterator[Told]:
    """The sentences of a passage, without those that lead to other articles."""
    tokens, language = passage.tokens, passage.language
    numbers = [span.first for span in passage.quantities]
    marks = paired(tokens, find(tokens, lexicon(language)), numbers, language)
    held = {i for time in passage.times for i in range(time.first, time.last)}
    held.update(i for span in passage.quantities for i in range(span.first, span.last))
    split = sentences(tokens, held, abbreviations(passage.language))
    marks = _with_phrases_over(passage, marks)
    related = [mark.first for mark in marks if mark.name == "related"]
    links = _of_the_page(split, related)
    run_in = [i for i in related if tokens.text[tokens.starts[i]].isupper()]
    lasts = [sentence.last for sentence in split]
    of_sentences = zip(
        split,
        _by_sentence(lasts, marks, _first),
        _by_sentence(lasts, passage.times, _first),
        _by_sentence(lasts, passage.quantities, _first),
        _by_sentence(lasts, placed, lambda item: item[0].first),
        strict=True,
    )
    for sentence, marked, times, quantities, named in of_sentences:
        if sentence.paragraph not in links and not _holds(sentence, run_in):
            yield _told_sentence(text, passage, sentence, marked, times, quantities, named)


def _with_phrases_over(passage: Passage, marks: list[Mark]) -> list[Mark]:
    """The marks with those of phrases in which a time stands, instead of what they hold."""
    gaps = [(time.first, time.last) for time in passage.times]
    over = [
        mark
        for mark in find_over(passage.tokens, lexicon(passage.language), gaps)
        if mark.role in SLOT_ROLES
    ]
    if not over:
        return marks
    kept = [m for m in marks if m.role not in SLOT_ROLES or not _is_held_by(m, over)]
    return sorted([*kept, *over], key=_first)


def _is_held_by(mark: Mark, others: Sequence[Mark]) -> bool:
    """Whether a mark lies inside a longer one."""
    return any(other.first <= mark.first and mark.last <= other.last for other in others)


def _by_sentence(
    lasts: Sequence[int], items: Iterable[Item], first: Callable[[Item], int]
) -> list[list[Item]]:
    """The items of each sentence, by where they begin. `lasts`: the last token of each."""
    found: list[list[Item]] = [[] for _ in lasts]
    for item in items:
        found[bisect_left(lasts, first(item))].append(item)
    return found


def _of_the_page(split: Sequence[Sentence], links: Sequence[int]) -> set[int]:
    """The paragraphs that lead to other articles: Related: 1 dead in Linden shooting."""
    if not links:
        return set()
    starts: dict[int, int] = {}
    for sentence in split:
        starts.setdefault(sentence.paragraph, sentence.first)
    return {paragraph for paragraph, first in starts.items() if first in links}


def _holds(sentence: Sentence, links: Sequence[int]) -> bool:
    """Whether a sentence holds what leads to other articles, written large: AFP Related News 5 die
    in Homs. So it stands in text that was taken from a page without its lines."""
    return any(sentence.first <= i <= sentence.last for i in links)


def counting(told: Told) -> set[int]:
    """The tokens of a sentence's quantities."""
    return {i for q in told.quantities for i in range(q.first, q.last + 1)}


def _same_again(told: Told, previous: Told) -> Told:
    """A figure without a noun that takes over the slot of the sentence before it.

    "300 people fled, the prefect said. The Red Cross puts the figure at 900." Of those of whom no
    figure was told only what counts them does: les réfugiés sont à Adré. Le HCR en compte 5 500.
    """
    if told.figures or not same_paragraph(previous, told):
        return told
    if len(previous.figures) == 1:
        before: Figure | None = previous.figures[0]
    else:
        before = None if previous.figures else _uncounted(told, previous)
    if before is None:
        return told
    bare = [span for span in told.quantities if is_bare(span)]
    for span in bare:
        for cue in told.marks.cues:
            if _takes_over(told, cue, span):
                figure = Figure(span, before.slot, cue, before.group, Scope())
                return replace(told, figures=(figure,))
    return told


def _takes_over(told: Told, cue: Mark, span: QuantitySpan) -> bool:
    """Whether a figure is what another makes it: puts it at 900; *900, retorts the Red Cross*."""
    if cue.name == "same_again":
        asides = sum(told.passage.tokens.words[i] in COMMAS for i in range(cue.last, span.first))
        return 0 < span.first - cue.last - asides <= SAME_AGAIN_GAP
    words, last = told.passage.tokens.words, told.marks.sentence.last
    if cue.name not in ("speech", "according") or start_of(span) != told.marks.sentence.first:
        return False
    if cue.first != span.last + 2 or words[cue.first - 1] not in COMMAS:
        return False
    ends = next((i for i in range(cue.last, last) if words[i] in COMMAS), None)
    return ends is None or told.marks.cue_at(
        "relative", ends + 1
    )  # not: 12, they say, wore helmets


def _of_them(told: Told, previous: Told) -> Told:
    """A sentence that tells how many *they* are, of a slot that counts only some groups, one of
    which the sentence before names: les soldats y creusent des tranchées. Ils sont 180 à y être
    déployés."""
    pronouns = told.marks.named("they_are")
    if told.figures or not pronouns or not same_paragraph(previous, told):
        return told
    for span in told.quantities:
        if not is_bare(span) or not any(cue.last == start_of(span) - 1 for cue in pronouns):
            continue
        for mark in told.marks.slot_words:
            slot = slots().get(mark.name)
            if slot is None or mark.role not in VERBS or not 0 < mark.first - span.last <= THEM_GAP:
                continue
            known = DESTRUCTIBLE if slot.unit == "thing" else slot.of
            group = next((m.name for m in previous.marks.groups if m.name in known), None)
            if group is not None:
                figure = Figure(span, slot, mark, group, Scope())
                return replace(told, figures=(figure,))
    return told


def _uncounted(told: Told, previous: Told) -> Figure | None:
    """Those of whom the sentence before tells without a figure, or asks how many they were, as
    the figure of them."""
    asked = previous.marks.named("how_many")
    cues = [*told.marks.named("of_those"), *(told.marks.named("same_again") if asked else ())]
    span = next((q for q in told.quantities if any(q.first > cue.last for cue in cues)), None)
    named = [mark for mark in previous.marks.slot_words if mark.role == "who"]
    if asked:
        told_of = [m for m in previous.marks.slot_words if m.first > asked[0].last]
        named = [m for m in told_of if m.role in ("after", "participle", "noun")][-1:] or named
    if span is None or len(named) != 1 or named[0].name not in slots():
        return None
    inside = [m.name for m in previous.marks.groups if named[0].first <= m.first <= named[0].last]
    group = inside[0] if inside else "people"
    return Figure(span, slots()[named[0].name], named[0], group, Scope())


def _of_same_group(told: Told, previous: Told) -> Told:
    """A figure without a noun is of the group of the only one of its slot in the sentence before:
    the police say that 23 pupils were abducted. The parents say the gang seized 41."""
    if not told.figures or not same_paragraph(previous, told):
        return told
    groups = {figure.slot: figure.group for figure in previous.figures if figure.group != "people"}
    told_twice = Counter(figure.slot for figure in previous.figures)

    def is_alike(figure: Figure) -> bool:
        whole = figure.scope.kind == "whole" and figure.group == "people"
        return (
            is_bare(figure.span)
            and whole
            and figure.slot in groups
            and told_twice[figure.slot] == 1
        )

    alike = [
        replace(figure, group=groups[figure.slot]) if is_alike(figure) else figure
        for figure in told.figures
    ]
    return replace(told, figures=tuple(alike))


def _begun(told: Told, before: Sequence[Told]) -> Told:
    """A figure that is *another* after one of another slot is all there is of its own.

    "It killed nine workers. Another 63 were injured." Not where its slot was told before.
    """
    if not told.marks.named("more_before") or not same_paragraph(before[-1], told):
        return told
    known = {figure.slot for one in before for figure in one.figures}
    beside = {figure.slot.family for figure in before[-1].figures}
    begun = [
        replace(figure, scope=Scope())
        if figure.slot not in known and figure.slot.family in beside and _is_another(figure, told)
        else figure
        for figure in told.figures
    ]
    return replace(told, figures=tuple(begun))


def _is_another(figure: Figure, told: Told) -> bool:
    """Whether a figure is a part because *another* stands before it."""
    gaps = (start_of(figure.span) - cue.last for cue in told.marks.named("more_before"))
    return figure.scope.kind == "part" and any(0 < gap <= ANOTHER_GAP for gap in gaps)


def _told_sentence(
    text: str,
    passage: Passage,
    sentence: Sentence,
    marks: Sequence[Mark],
    times: Sequence[TimeSpan],
    quantities: Sequence[QuantitySpan],
    placed: Sequence[Placed],
) -> Told:
    dated = {i for time in times for i in range(time.first, time.last + 1)}
    if times:
        marks = [m for m in marks if m.first not in dated or not _is_of_a_date(m, times)]
        quantities = [q for q in quantities if not _is_of_a_time(q, times)]
    obliged = [mark for mark in marks if mark.name == "obliged"]
    if obliged:
        marks = [mark for mark in marks if not is_inside(mark, obliged)]
    found = marks_of(sentence, marks, passage.tokens, lexicon(passage.language), dated)
    told_times = [time for time in times if not _is_printed(time, passage, found)]
    return Told(
        text,
        passage,
        found,
        tuple(quantities),
        times_of(passage.tokens, told_times, found),
        _placed_in(passage, sentence, placed, found),
        tuple(figures(passage.tokens, quantities, found)),
        tuple(times),
    )


def _is_printed(span: TimeSpan, passage: Passage, found: SentenceMarks) -> bool:
    """Whether a time is that of the page: Updated: 10 May, 3 p.m.; of the dateline; or a whole date
    that begins a line and goes on without a sign: May 5, 2010 A firebomb…"""
    if span.last < dateline_end(passage, found.sentence):
        return True
    if any(0 < span.first - cue.last <= PRINTED_GAP for cue in found.named("printed")):
        return True
    tokens, after = passage.tokens, span.last + 1
    begins = span.first == found.sentence.first and after <= found.sentence.last
    whole = span.time.timex3.value[:4] in tokens.words[span.first : after]
    return begins and whole and tokens.text[tokens.starts[after]].isupper()


def _is_of_a_date(mark: Mark, times: Sequence[TimeSpan]) -> bool:
    """Whether a mark is a word of a date: May, a month, the Sabbath. *Since* and *this year* lead
    or are one."""
    if mark.role in SLOT_ROLES or mark.role == "date":
        return any(t.first <= mark.first and mark.last <= t.last for t in times)
    if mark.role != "cue":
        return False
    return any(
        t.first <= mark.first <= t.last and (mark.first > t.first or mark.name in MODAL)
        for t in times
    )


def _is_of_a_time(span: QuantitySpan, times: Sequence[TimeSpan]) -> bool:
    """Whether a number tells how long a time is, after its unit: الساعات الـ24 الماضية."""
    return any(t.first < span.first and span.last <= t.last for t in times)


def _placed_in(
    passage: Passage,
    sentence: Sentence,
    placed: Sequence[Placed],
    found: SentenceMarks,
) -> tuple[Placed, ...]:
    """The places of a sentence; those of a dateline only when there is no other.

    Not those that tell who speaks: the Britain-based Observatory, a spokesman said in Turkey.
    """
    inside = [
        p for p in placed if not _of_speaker(p[0], found) and not _is_who(p[0], passage, found)
    ]
    if not inside:
        return ()
    dash = dateline_end(passage, sentence)
    story = [p for p in inside if p[0].first > dash]
    return tuple(story or inside)


def dateline_end(passage: Passage, sentence: Sentence) -> int:
    """The dash after a dateline (GENEVA, 3 May -), as a token; -1 where a sentence has none."""
    if sentence.first > 0 or passage.field != "body_text":
        return -1
    return next(
        (
            i
            for i in range(1, min(DATELINE_TOKENS, sentence.last))
            if passage.tokens.words[i] in DASHES and not passage.tokens.touching(i)
        ),
        -1,
    )


def _of_speaker(mention: PlaceMention, found: SentenceMarks) -> bool:
    first, last = mention.first, mention.last
    for cue in found.named("based"):
        if 0 < cue.first - last <= 1 or 0 < first - cue.last <= 1:
            return True
    for cue in found.named("speech"):
        if 0 < first - cue.last <= SAID_IN_GAP:
            return True
    return any(m.first <= first and last <= m.last for m in found.speakers)


def _is_who(mention: PlaceMention, passage: Passage, found: SentenceMarks) -> bool:
    """Whether a name is the end of that of a person who speaks: Mamun *Rashid* said."""
    tokens, before = passage.tokens, mention.first - 1
    large = before > found.sentence.first and tokens.text[tokens.starts[before]].isupper()
    return large and any(cue.first == mention.last + 1 for cue in found.named("speech"))


def same_paragraph(one: Told, two: Told) -> bool:
    return (
        one.passage is two.passage and one.marks.sentence.paragraph == two.marks.sentence.paragraph
    )
