"""What an article as a whole is about, and what that adds to each of its claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from typing import NamedTuple

from msgspec.structs import replace

from schemas.messages import Article, ArticleRef, Claim
from transforms.claim import places as gazetteer
from transforms.claim.asides import is_aside, is_dateline
from transforms.claim.concepts import CASELESS, CONCEPT, concepts
from transforms.claim.counted import EVERYBODY
from transforms.claim.event_times import event_of, is_of_court, is_of_event, tells_an_event
from transforms.claim.lineage import fingerprint, lineage
from transforms.claim.local_names import LOCAL, local_names
from transforms.claim.places import PlaceMention
from transforms.claim.resolve import named
from transforms.claim.scenes import own_places
from transforms.claim.setting import Days, When, Where, days, from_publication, is_past
from transforms.claim.stems import common_stems, stems
from transforms.claim.told import Told, counting
from transforms.extract.extract import Passage

WORDS_KEPT = 24
CONCEPTS_KEPT = 12
SHORTEST_NAME = 4  # letters, where none is written large
FIGURES_KEPT = 12
STORY_WORDS = 3  # that key a story which no place tells
SEVERAL = 3  # other figures of one slot: the article tells of several incidents
RECALLED = timedelta(days=60)  # after which a date is told of something else than the news
A_NIGHT = 1  # days that a night from one to the next spans
SMALL = 12  # figures up to it agree by chance


class Story(NamedTuple):
    """What the article as a whole is about."""

    ref: ArticleRef
    when: When
    happened: Days | None
    where: Where
    event_kinds: tuple[str, ...]
    names: tuple[str, ...]
    words: tuple[str, ...]
    key: tuple[str, ...]
    final: bool


def story_of(article: Article, passages: Sequence[Passage], told: Sequence[Told]) -> Story:
    body = [s for s in told if s.passage.field == "body_text"] or list(told)
    headline = [s for s in told if s.passage.field == "headline"]
    lead = [*headline, *body[:2]]
    kinds = dict.fromkeys(m.name for s in lead for m in s.marks.event_kinds)
    words_told = telling_words(lead)
    happened = _happened(article.versioncreated, body)
    words = tuple(chain.from_iterable(passage.tokens.words for passage in passages))
    ref = ArticleRef(
        uri=article.uri,
        version=article.version,
        source=article.source,
        lineage=lineage(article),
        language=article.language or passages[0].language,
        published=article.versioncreated,
        fingerprint=fingerprint(words),
    )
    return Story(
        ref,
        _main_time(article.versioncreated, body, happened),
        happened,
        _main_place(article, body, headline),
        tuple(kinds),
        tuple(dict.fromkeys(name for s in lead for name in names_of(s)))[:WORDS_KEPT],
        words_told,
        _key(words_told),
        any(s.marks.named("final") for s in told),
    )


def _key(words: Iterable[str]) -> tuple[str, ...]:
    """The longest telling words, sorted: what keys a story that no place tells."""
    stems_told = (word for word in words if not word.startswith(CONCEPT))
    return tuple(sorted(sorted(stems_told, key=lambda word: (-len(word), word))[:STORY_WORDS]))


def _happened(published: datetime, body: Sequence[Told]) -> Days | None:
    """The only day of an event that an article tells of the news; None where it tells several."""
    today = published.date()
    found = {
        event
        for sentence in body
        for span in sentence.times.events
        if (event := days(span.time)) and event.earliest <= today and not is_past(event, published)
        if tells_an_event(sentence, span) and not is_of_court(sentence, span)
    }
    return found.pop() if len(found) == 1 else None


def _main_time(published: datetime, body: Sequence[Told], happened: Days | None) -> When:
    """The first day of a figure that is not long past, else of the lead, else of publication."""
    of_figures = [s for s in body if s.figures and not _is_of_old_times(s, published)]
    today = published.date()
    for sentence in of_figures[:2]:
        for figure in sentence.figures:
            event = event_of(sentence, figure, today, happened)
            if event and not is_past(event, published) and event.earliest <= today:
                return When(event, "article")
    for sentence in body[:3]:
        for span in sentence.times.events:
            dates = is_of_event(sentence, span) and not is_of_court(sentence, span)
            event = days(span.time) if dates else None
            if event and not is_past(event, published) and event.earliest <= today:
                return When(_day_before(sentence, event), "article")
    of_lead = _day_of_lead(published, body)
    return When(of_lead, "article") if of_lead else When(from_publication(published), "none")


def _is_of_old_times(told: Told, published: datetime) -> bool:
    """Whether a sentence tells of what is long past: in March a launch sank, and in the days that
    followed 147 bodies were found."""
    return any((event := days(s.time)) and is_past(event, published) for s in told.times.events)


def _day_of_lead(published: datetime, body: Sequence[Told]) -> Days | None:
    """The only day before publication's that the first two sentences tell: tents reached the town
    on Wednesday that lost its dyke on Friday."""
    today = published.date()
    found = {
        event
        for sentence in body[:2]
        for span in sentence.times.events
        if (event := days(span.time)) and event.latest < today
        if (event.latest - event.earliest).days <= A_NIGHT
        if not (is_past(event, published) or is_of_court(sentence, span))
    }
    return found.pop() if len(found) == 1 else None


def _day_before(told: Told, event: Days) -> Days:
    """The event of a sentence that tells of the day after it: home again, a day after the leak."""
    if event.earliest < event.latest or not told.marks.named("day_after"):
        return event
    day = event.earliest - timedelta(days=1)
    return Days(day, day)


def _main_place(article: Article, body: Sequence[Told], headline: Sequence[Told]) -> Where:
    given = Where(ids, "article") if article.place and (ids := named(article.place)) else None
    for sentence in (*body[:1], *headline, *body[1:3]):
        if ids := own_places(sentence):
            if given and all(gazetteer.contains(i, given.ids[0]) for i in ids):
                return given
            of_headline = sentence.passage.field == "headline"
            return Where(ids, "headline" if of_headline else "article")
    if given:
        return given
    if article.dateline and (ids := named(article.dateline)):
        return Where(ids, "dateline")
    told = [(m, p, s) for s in (*headline, *body) for m, p in s.places]
    told = [(m, p, s) for m, p, s in told if is_dateline(m, s) or not is_aside(m, s)] or told
    country = _country_told(told)
    return Where((country,), "article") if country else Where((), "none")


def _country_told(told: Sequence[tuple[PlaceMention, str, Told]]) -> str | None:
    """The country of most of the places of an article, a people of it counting half; of equals that
    of the first people, else the first: three towns of Oman, and a Filipino nurse. None where most
    are peoples of no one country."""
    homes = {place: (m.kind, gazetteer.country(place)) for m, place, _ in reversed(told)}
    weights: Counter[str | None] = Counter()
    for kind, country in homes.values():
        weights[country] += 1 if kind == "people" else 2 * (country is not None)
    peoples = [gazetteer.country(place) for m, place, _ in told if m.kind == "people"]
    first = dict.fromkeys([*peoples, *(gazetteer.country(place) for _, place, _ in told)])
    return max(first, key=weights.__getitem__, default=None)


def telling_words(told: Iterable[Told]) -> tuple[str, ...]:
    """What few other stories hold: concepts of the scene, then stems, both in order.

    No stems of common words, of words of the lexicon, or of what is compared by itself: dates,
    figures, places.
    """
    scene: dict[str, None] = {}
    found: dict[str, None] = {}
    for sentence in told:
        words, whole = sentence.passage.tokens.words, sentence.marks.sentence
        known = _known(sentence)
        for quantity in sentence.quantities:
            known.update(range(quantity.first, quantity.last + 1))
        language = sentence.passage.language
        scene.update(dict.fromkeys(concepts(words[whole.first : whole.last + 1], language)))
        common = common_stems(language)
        told_stems = stems(words[i] for i in range(whole.first, whole.last + 1) if i not in known)
        found.update(dict.fromkeys(stem for stem in told_stems if stem not in common))
    return (*tuple(scene)[:CONCEPTS_KEPT], *tuple(found)[:WORDS_KEPT])


def names_of(told: Told) -> tuple[str, ...]:
    """Words written large inside the sentence: who and where, told from other events of the day.

    Not what is compared by itself or is common: places that are known, days, speakers, groups.
    A line in which most words are written large (a headline) tells no names. In Arabic, which
    writes no letter large, uncommon words stand in. First those of places that no table holds, as
    `@boga`.
    """
    local = [LOCAL + name for name in local_names(told)]
    return tuple(dict.fromkeys((*local, *_names_written(told))))[:WORDS_KEPT]


def _names_written(told: Told) -> tuple[str, ...]:
    tokens, sentence = told.passage.tokens, told.marks.sentence
    text, words, starts = tokens.text, tokens.words, tokens.starts
    inside = range(sentence.first + 1, sentence.last + 1)
    if told.passage.language in CASELESS:
        known = _known(told)
        known |= counting(told)
        return _uncommon(told, [i for i in inside if i not in known])
    large = [i for i in inside if text[starts[i]].isupper() and len(words[i]) > 2]
    if not large or 2 * len(large) > len(inside):
        return ()
    known = _known(told)
    return tuple(dict.fromkeys(words[i] for i in large if i not in known))[:WORDS_KEPT]


def _known(told: Told) -> set[int]:
    """The tokens of what is compared by itself or is in a table: dates, places, the lexicon. Not
    what stands between the words of a pair."""
    pairs = [mark for mark in told.marks.all if mark.tail is not None]
    known = {i for mark in pairs for i in (mark.first, *range(mark.tail or 0, mark.last + 1))}
    whole = [mark for mark in told.marks.all if mark.tail is None]
    for read in (whole, told.all_times, [mention for mention, _ in told.places]):
        known.update([one.first for one in read])
        long = [range(one.first + 1, one.last + 1) for one in read if one.last > one.first]
        known.update(chain.from_iterable(long))
    return known


def _uncommon(told: Told, indices: Iterable[int]) -> tuple[str, ...]:
    words = [told.passage.tokens.words[i] for i in indices]
    usual = common_stems(told.passage.language)
    rare = (w for w in words if len(w) >= SHORTEST_NAME and usual.isdisjoint(stems((w,))))
    return tuple(dict.fromkeys(rare))[:WORDS_KEPT]


def with_figures(claims: Sequence[Claim], told: Sequence[Told], story: Story) -> list[Claim]:
    """Gives every claim of the news itself what the whole article tells of it.

    The words of the story, unless it tells of several incidents; and the other figures.

    Those that fill a slot as slot=stated; others, when they are not small, as other=stated.
    """
    published = story.ref.published
    news = {c.id for c in claims if not c.context.background and not _is_recalled(c, published)}
    rivals = Counter(
        slot
        for slot, _ in {
            (c.slot, c.quantity.stated)
            for c in claims
            if c.id in news
            and c.quantity
            and c.scope.kind == "whole"
            and c.counted in EVERYBODY
            and c.modality != "denied"  # another's figure of the same thing
        }
    )
    slotted = {
        f"{c.slot}={c.quantity.stated:g}"
        for c in claims
        if c.quantity and c.quantity.stated and c.id in news
    }
    values = {figure.partition("=")[2] for figure in slotted}
    others = {
        f"other={q.quantity.stated:g}"
        for sentence in told
        for q in sentence.quantities
        if q.quantity.stated and q.quantity.stated > SMALL and q.quantity.unit != "%"
    }
    bare = {figure for figure in others if figure.partition("=")[2] not in values}
    every = (*sorted(slotted)[:FIGURES_KEPT], *sorted(bare)[:FIGURES_KEPT])
    return [
        _of_story(claim, story, every + _of_its_day(claim, claims, slotted), rivals[claim.slot])
        if claim.id in news
        else claim
        for claim in claims
    ]


def _of_its_day(date: Claim, claims: Sequence[Claim], told: set[str]) -> tuple[str, ...]:
    """The figures of the event of a date that is past, which are none of the news: convicted of the
    attack of 30 May, in which six died."""
    if date.kind == "quantity":
        return ()
    mine = (
        c for c in claims if c.quantity and c.quantity.stated and c.event_time == date.event_time
    )
    figures = {f"{c.slot}={c.quantity.stated:g}" for c in mine if c.quantity}
    return tuple(sorted(figures - told))


def _of_story(claim: Claim, story: Story, figures: tuple[str, ...], told: int) -> Claim:
    """A claim with what the article tells; `told`: how many figures of its slot that does."""
    context, rivals = claim.context, max(told - 1, 0)
    names, words = context.names, context.words
    if rivals < SEVERAL:
        names = tuple(dict.fromkeys((*names, *story.names)))[:WORDS_KEPT]
        words = tuple(dict.fromkeys((*words, *story.words)))[: CONCEPTS_KEPT + WORDS_KEPT]
    return replace(
        claim, context=replace(context, figures=figures, rivals=rivals, names=names, words=words)
    )


def _is_recalled(claim: Claim, published: datetime) -> bool:
    """Whether a claim's event is long past: a date is news for longer than a count."""
    last = date.fromisoformat((claim.event_time or "").rpartition("/")[2])
    if claim.kind == "time":
        return published.date() - last > RECALLED
    return is_past(Days(last, last), published)
