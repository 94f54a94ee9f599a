"""Claims: what an article says was counted or when something happened.

claims_of(article) reads the article once and puts each figure and date into its setting: slot,
group, scope, place, event time, speaker, modality, and the moment it speaks of.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from schemas.messages import (
    Article,
    ArticleRef,
    Claim,
    Context,
    Modality,
    Quote,
    ReadIn,
    Scope,
    TextPositionSelector,
    TextQuoteSelector,
)
from transforms.claim import places as gazetteer
from transforms.claim.figures import Figure, SentenceMarks, figures, marks_of, parts_of
from transforms.claim.lexicon import Mark, find, lexicon
from transforms.claim.lineage import fingerprint, lineage
from transforms.claim.places import PlaceMention
from transforms.claim.sentences import Sentence, sentences
from transforms.claim.setting import (
    Days,
    SentenceTimes,
    days,
    event_days,
    from_publication,
    is_odd,
    is_past,
    times_of,
)
from transforms.claim.speakers import Speaker, speaker_of
from transforms.claim.stems import common_stems, stems
from transforms.extract.extract import Passage, analyse
from transforms.extract.quantities import QuantitySpan
from transforms.extract.times import TimeSpan
from transforms.languages.load import table
from transforms.read.normal import fold

Item = TypeVar("Item", PlaceMention, QuantitySpan, TimeSpan, Mark)

SAID_IN_GAP = 2  # said in Turkey
SAME_AGAIN_GAP = 3  # tokens between "puts it at" and the figure
DATELINE_TOKENS = 14
DASHES = frozenset(("-", "–", "—"))
CUE_GAP = 5  # tokens between "will", "could" and what they speak of
DENIAL_GAP = 25
LONGEST_DATE = 31  # days; a coarser time dates nothing
DATE_GAP = 12  # tokens between a date and the word that says what happened
NOT_LOCATED = 30  # tokens by which an actor (Washington said) is farther than a scene
WORDS_KEPT = 24
FIGURES_KEPT = 12
DEALS = frozenset({"deal", "ceasefire"})  # what is signed
STORY_WORDS = 3  # that key a story which no place tells
BESIDE = frozenset({"deadline", "ceasefire"})
SEVERAL = 3  # other figures of one slot: the article tells of several incidents
EVERYBODY = frozenset({"people", "civilians"})
SMALL = 12  # figures up to it agree by chance
QUOTE_SIDE = 300  # code points of the sentence kept on each side of a figure


class Told(NamedTuple):
    """A sentence with all that was found in it. `text` is the whole field as it came in."""

    text: str
    passage: Passage
    marks: SentenceMarks
    quantities: tuple[QuantitySpan, ...]
    times: SentenceTimes
    places: tuple[tuple[PlaceMention, str], ...]
    figures: tuple[Figure, ...]
    all_times: tuple[TimeSpan, ...]


class Where(NamedTuple):
    """Place ids and where in the article they were read."""

    ids: tuple[str, ...]
    read_in: ReadIn


class When(NamedTuple):
    """Days of an event and where in the article they were read."""

    days: Days
    read_in: ReadIn


class Story(NamedTuple):
    """What the article as a whole is about."""

    ref: ArticleRef
    when: When
    where: Where
    event_kinds: tuple[str, ...]
    names: tuple[str, ...]
    words: tuple[str, ...]
    key: tuple[str, ...]
    final: bool


def claims_of(article: Article) -> list[Claim]:
    """All claims of an article, in text order: headline first, then body."""
    passages = analyse(article)
    told = _told(article, passages)
    if not told:
        return []
    story = _story(article, passages, told)
    found: list[Claim] = []
    where, when, paragraph = None, None, (-1, -1)
    for index, sentence in enumerate(told):
        here = (id(sentence.passage), sentence.marks.sentence.paragraph)
        if here != paragraph:
            where, when, paragraph = None, None, here
        own_places = _own_places(sentence, _focus(sentence))
        if own_places and not _only_names(sentence, own_places, where or story.where):
            where = Where(own_places, "sentence")
        previous = told[index - 1] if index else None
        claims, when = _claims_of_sentence(sentence, previous, story, where, when)
        found += claims
        where = where and Where(where.ids, "paragraph")
        when = when and When(when.days, "paragraph")
    return _with_figures(found, told, story)


# --- Reading the sentences ----------------------------------------------------------------------


def _told(article: Article, passages: Sequence[Passage]) -> list[Told]:
    mentions = [gazetteer.find_places(p.tokens, p.language) for p in passages]
    flat = [mention for of_passage in mentions for mention in of_passage]
    hints = gazetteer.countries_named(" ".join(filter(None, (article.place, article.dateline))))
    resolved = iter(gazetteer.resolve(flat, hints))
    told: list[Told] = []
    article_text = {field: getattr(article, field) for field in ("headline", "body_text")}
    for passage, of_passage in zip(passages, mentions, strict=True):
        placed = [(m, place) for m in of_passage if (place := next(resolved)) is not None]
        marks = find(passage.tokens, lexicon(passage.language))
        for sentence in sentences(passage.tokens):
            text = article_text[passage.field]
            one = _told_sentence(text, passage, sentence, marks, placed)
            told.append(_same_again(one, told[-1]) if told and not one.figures else one)
    return told


def _same_again(told: Told, previous: Told) -> Told:
    """A figure without a noun that takes over the slot of the sentence before it.

    "300 people fled, the prefect said. The Red Cross puts the figure at 900."
    """
    if len(previous.figures) != 1 or not _same_paragraph(previous, told):
        return told
    before = previous.figures[0]
    for cue in told.marks.cues:
        if cue.name != "same_again":
            continue
        for span in told.quantities:
            bare = span.noun_last is None and span.quantity.unit is None
            if bare and 0 < span.first - cue.last <= SAME_AGAIN_GAP:
                figure = Figure(span, before.slot, cue, before.group, Scope())
                return told._replace(figures=(figure,))
    return told


def _told_sentence(
    text: str,
    passage: Passage,
    sentence: Sentence,
    marks: Sequence[Mark],
    placed: Sequence[tuple[PlaceMention, str]],
) -> Told:
    times = _within(passage.times, sentence)
    inside = [
        mark
        for mark in _within(marks, sentence)
        if mark.role != "cue" or not any(t.first < mark.first <= t.last for t in times)
    ]
    found = marks_of(sentence, inside)
    quantities = tuple(_within(passage.quantities, sentence))
    return Told(
        text,
        passage,
        found,
        quantities,
        times_of(passage.tokens, times, found),
        _placed_in(passage, sentence, placed, found),
        tuple(figures(passage.tokens, quantities, found)),
        tuple(times),
    )


def _placed_in(
    passage: Passage,
    sentence: Sentence,
    placed: Sequence[tuple[PlaceMention, str]],
    found: SentenceMarks,
) -> tuple[tuple[PlaceMention, str], ...]:
    """The places of a sentence; those of a dateline only when there is no other.

    Not those that tell who speaks: the Britain-based Observatory, a spokesman said in Turkey.
    """
    inside = [
        p
        for p in placed
        if sentence.first <= p[0].first <= sentence.last and not _of_speaker(p[0], found)
    ]
    if sentence.first > 0 or passage.field != "body_text":
        return tuple(inside)
    dash = next(
        (
            i
            for i in range(1, min(DATELINE_TOKENS, sentence.last))
            if passage.tokens.words[i] in DASHES and not passage.tokens.touching(i)
        ),
        -1,
    )
    story = [p for p in inside if p[0].first > dash]
    return tuple(story or inside)


def _of_speaker(mention: PlaceMention, found: SentenceMarks) -> bool:
    for cue in found.cues:
        if cue.name == "based" and (
            0 < cue.first - mention.last <= 1 or 0 < mention.first - cue.last <= 1
        ):
            return True
        if cue.name == "speech" and 0 < mention.first - cue.last <= SAID_IN_GAP:
            return True
    return any(m.first <= mention.first and mention.last <= m.last for m in found.speakers)


def _within(items: Sequence[Item], sentence: Sentence) -> Sequence[Item]:
    first = bisect_left(items, sentence.first, key=lambda item: item.first)
    last = bisect_right(items, sentence.last, key=lambda item: item.first)
    return items[first:last]


def _only_names(sentence: Told, own: tuple[str, ...], known: Where) -> bool:
    """Whether a sentence names countries only, and the scene that is known is finer.

    Either it lies in them (Syria's state media), or nothing happens in them (a US strike).
    A figure told of the whole country is of the country.
    """
    if not known.ids or any(gazetteer.level(place) in ("city", "region") for place in own):
        return False
    if any(mark.name == "nationwide" for mark in sentence.marks.cues):
        return False
    inside = any(gazetteer.contains(mine, scene) for mine in own for scene in known.ids)
    return inside or not any(
        _is_located(sentence, mention) for mention, place in sentence.places if place in own
    )


def _focus(sentence: Told) -> int | None:
    """The token around which a sentence's claim stands: the word of its first figure or date."""
    if sentence.figures:
        return sentence.figures[0].mark.first
    return sentence.marks.dates[0].first if sentence.marks.dates else None


def _own_places(sentence: Told, focus: int | None = None) -> tuple[str, ...]:
    """The finest places of a sentence, without those that contain another; nearest first.

    Near is counted in tokens from `focus`, twice for what stands before it; a place is as near as
    the nearest that contains it ("in Bunagana, Uganda"). Without focus, in text order.
    """
    said = [(m, place) for m, place in sentence.places if m.kind == "place"]
    ids = dict.fromkeys(place for _, place in said)
    finest = [
        one for one in ids if not any(one != two and gazetteer.contains(one, two) for two in ids)
    ]
    fine = [place for place in finest if gazetteer.level(place) in ("city", "region")]

    def distance(place: str) -> int:
        return min(
            _distance(sentence, mention, focus)
            for mention, other in said
            if gazetteer.contains(other, place)
        )

    return tuple(sorted(fine or finest, key=distance)[:3])


@cache
def locatives(language: str) -> frozenset[str]:
    """The words of places.toml that say where: in, near, à, قرب."""
    return frozenset(fold(word) for word in table(language, "places")["locative"]["words"])


def _is_located(sentence: Told, mention: PlaceMention) -> bool:
    """Whether a word that says where stands right before a place, or an adjective between."""
    words = sentence.passage.tokens.words
    before = {words[i] for i in (mention.first - 1, mention.first - 2) if i >= 0}
    return not before.isdisjoint(locatives(sentence.passage.language))


def _distance(sentence: Told, mention: PlaceMention, focus: int | None) -> int:
    """Tokens between a place and the focus; a place that nothing happens *in* stands far off."""
    located = _is_located(sentence, mention)
    apart = mention.first if focus is None else mention.first - focus
    return (apart if apart > 0 else -2 * apart) + (0 if located else NOT_LOCATED)


# --- The story ----------------------------------------------------------------------------------


def _story(article: Article, passages: Sequence[Passage], told: Sequence[Told]) -> Story:
    body = [s for s in told if s.passage.field == "body_text"] or list(told)
    headline = [s for s in told if s.passage.field == "headline"]
    lead = [*headline, *body[:2]]
    kinds = dict.fromkeys(m.name for s in lead for m in s.marks.event_kinds)
    words_told = _telling_words(lead)
    words = tuple(w for p in passages for w in p.tokens.words)
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
        _main_time(article.versioncreated, body),
        _main_place(article, body, headline),
        tuple(kinds),
        tuple(dict.fromkeys(name for s in lead for name in _names(s)))[:WORDS_KEPT],
        words_told,
        tuple(sorted(sorted(words_told, key=lambda word: (-len(word), word))[:STORY_WORDS])),
        any(m.name == "final" for s in told for m in s.marks.cues),
    )


def _main_time(published: datetime, body: Sequence[Told]) -> When:
    """The first day of a figure that is not long past, else of the lead, else of publication."""
    of_figures = [s for s in body if s.figures]
    today = published.date()
    for sentence in of_figures[:1]:
        for figure in sentence.figures:
            event = event_days(
                sentence.passage.tokens, sentence.times, figure.mark, sentence.marks, today
            )
            if event and not is_past(event, published) and event.earliest <= today:
                return When(event, "article")
    for sentence in body[:3]:
        for span in sentence.times.events:
            event = days(span.time)
            if event and not is_past(event, published) and event.earliest <= today:
                return When(event, "article")
    return When(from_publication(published), "none")


def _main_place(article: Article, body: Sequence[Told], headline: Sequence[Told]) -> Where:
    if article.place and (ids := gazetteer.named(article.place)):
        given = Where(ids, "article")
    else:
        given = None
    for sentence in body[:3]:
        if ids := _own_places(sentence):
            if given and all(gazetteer.contains(i, given.ids[0]) for i in ids):
                return given
            return Where(ids, "article")
    if given:
        return given
    if article.dateline and (ids := gazetteer.named(article.dateline)):
        return Where(ids, "dateline")
    for sentence in headline:
        if ids := _own_places(sentence):
            return Where(ids, "headline")
    peoples = [p for s in (*headline, *body) for m, p in s.places if m.kind == "people"]
    country = gazetteer.country(peoples[0]) if peoples else None
    return Where((country,), "article") if country else Where((), "none")


def _telling_words(told: Iterable[Told]) -> tuple[str, ...]:
    """Stems that few other stories hold, in order: no common words, no words of the lexicon."""
    found: dict[str, None] = {}
    for sentence in told:
        tokens, (first, last, _) = sentence.passage.tokens, sentence.marks.sentence
        marked = sentence.marks.covered | {
            i for m, _ in sentence.places for i in range(m.first, m.last + 1)
        }
        words = (tokens.words[i] for i in range(first, last + 1) if i not in marked)
        common = common_stems(sentence.passage.language)
        found.update(dict.fromkeys(stem for stem in stems(words) if stem not in common))
    return tuple(found)[:WORDS_KEPT]


def _names(told: Told) -> tuple[str, ...]:
    """Words written large inside the sentence: who and where, told from other events of the day.

    Not what is compared by itself or is common: places that are known, days, speakers, groups.
    A line in which most words are written large (a headline) tells no names.
    """
    tokens, sentence = told.passage.tokens, told.marks.sentence
    common = {i for t in told.all_times for i in range(t.first, t.last + 1)}
    common |= told.marks.covered
    for mention, _ in told.places:
        common.update(range(mention.first, mention.last + 1))
    words = range(sentence.first + 1, sentence.last + 1)
    large = [
        i for i in words if len(tokens.words[i]) > 2 and tokens.text[tokens.starts[i]].isupper()
    ]
    if 2 * len(large) > len(words):
        return ()
    return tuple(dict.fromkeys(tokens.words[i] for i in large if i not in common))[:WORDS_KEPT]


# --- Claims -------------------------------------------------------------------------------------


def _claims_of_sentence(
    told: Told, previous: Told | None, story: Story, where: Where | None, when: When | None
) -> tuple[list[Claim], When | None]:
    """The claims of a sentence, and the event time that the next one may take over."""
    published = story.ref.published
    claims: list[Claim] = []
    last = when
    for figure in told.figures:
        event = event_days(
            told.passage.tokens, told.times, figure.mark, told.marks, published.date()
        )
        at = When(event, "sentence") if event else (when or story.when)
        if event and not is_past(event, published):
            last = When(event, "sentence")
        claims.append(_count_claim(told, previous, story, figure, where, at))
    for span in filter(is_odd, told.all_times):
        claims.append(_odd_date_claim(told, story, span, where))
    for span in told.times.events:
        dated = _date_claims(told, story, span, where)
        if dated:
            claims += dated
            event = days(span.time)
            if event and not is_past(event, published):
                last = last or When(event, "sentence")
    return claims, last


def _count_claim(
    told: Told,
    previous: Told | None,
    story: Story,
    figure: Figure,
    where: Where | None,
    when: When,
) -> Claim:
    found = told.marks
    since = told.times.since
    period = None
    if since is not None:
        period = f"since:{since.time.edtf}"
    elif any(m.name == "cumulative" for m in found.cues):
        period = "cumulative"
    background = any(m.name == "background" for m in found.cues)
    speaker = speaker_of(told.passage.tokens, found, figure.span.first)
    if speaker is None and previous is not None and _same_paragraph(previous, told):
        speaker = speaker_of(previous.passage.tokens, previous.marks, previous.marks.sentence.last)
    return _claim(
        told,
        story,
        figure.span,
        slot=figure.slot.name,
        counted=_counted(told, figure, where or story.where),
        scope=figure.scope,
        where=where or story.where,
        when=when,
        modality=_modality(found, figure.mark.first, figure.span.first),
        speaker=speaker,
        context=Context(
            event_kinds=tuple(dict.fromkeys(m.name for m in found.event_kinds))
            or story.event_kinds,
            names=_names(told),
            words=_telling_words([told]),
            background=background,
            final=story.final and not background and not is_past(when.days, story.ref.published),
            running=any(m.name == "running" for m in found.cues),
            revised_from=_revised_from(told, figure),
            parts=parts_of(told.passage.tokens, figure.span, told.quantities, found),
            period=period,
        ),
    )


def _date_claims(told: Told, story: Story, span: TimeSpan, where: Where | None) -> list[Claim]:
    """What happened at a time of the sentence, by the nearest word that dates something.

    A deadline is often told beside what was done by it, a ceasefire beside its signing: then both
    are dated.
    """
    event = days(span.time)
    if event is None or (event.latest - event.earliest).days > LONGEST_DATE:
        return []
    published = story.ref.published
    exact = told.passage.tokens.exact(span.first, span.last)
    if event.latest == published.date() and str(published.year) in exact:
        return []  # the day the article was printed
    near = sorted(
        (distance, mark.first, mark)
        for mark in told.marks.dates
        if (distance := _gap(mark, span)) <= DATE_GAP and _dates(told, mark)
    )
    marks = [mark for *_, mark in near]
    kept = marks[:1]
    if kept and kept[0].name in BESIDE:
        kept += [mark for mark in marks if mark.name not in BESIDE][:1]
    return [_date_claim(told, story, span, event, mark, where) for mark in kept]


def _gap(mark: Mark, span: TimeSpan) -> int:
    return min(abs(mark.first - span.last), abs(span.first - mark.last))


def _date_claim(
    told: Told, story: Story, span: TimeSpan, event: Days, mark: Mark, where: Where | None
) -> Claim:
    published = story.ref.published
    modality = _modality(told.marks, mark.first, mark.first)
    if modality == "asserted" and event.earliest > published.date():
        modality = "planned"
    kinds = tuple(dict.fromkeys(m.name for m in told.marks.event_kinds))
    return _claim(
        told,
        story,
        span,
        slot=mark.name,
        counted="event",
        scope=Scope(),
        where=where or story.where,
        when=When(event, "sentence"),
        modality=modality,
        speaker=speaker_of(told.passage.tokens, told.marks, span.first),
        context=Context(
            event_kinds=kinds or story.event_kinds,
            names=_names(told),
            words=_telling_words([told]),
            background=any(m.name == "background" for m in told.marks.cues),
        ),
    )


def _odd_date_claim(told: Told, story: Story, span: TimeSpan, where: Where | None) -> Claim:
    """A date that cannot be right: the calendar lacks it, or its weekday is another."""
    event = days(span.time) or from_publication(story.ref.published)
    return _claim(
        told,
        story,
        span,
        slot="date",
        counted="event",
        scope=Scope(),
        where=where or story.where,
        when=When(event, "sentence"),
        modality="asserted",
        speaker=None,
        context=Context(),
    )


def _dates(told: Told, mark: Mark) -> bool:
    """Whether a word can date something here: not the verb of a figure, signed only of a deal."""
    if any(q.first == mark.last + 1 for q in told.quantities):
        return False
    if mark.first > 0 and told.passage.tokens.words[mark.first - 1] == "-":
        return False  # rebel-held
    return mark.name != "signed" or any(m.name in DEALS for m in told.marks.event_kinds)


def _claim(
    told: Told,
    story: Story,
    span: QuantitySpan | TimeSpan,
    *,
    slot: str,
    counted: str,
    scope: Scope,
    where: Where,
    when: When,
    modality: Modality,
    speaker: Speaker | None,
    context: Context,
) -> Claim:
    quote = _quote(told, span)
    ref, position = story.ref, quote.position
    identity = (ref.uri, ref.version, quote.field, position.start, position.end, slot)
    name = None if speaker is None else (speaker.kind or speaker.name)
    return Claim(
        id=hashlib.sha256("|".join(map(str, identity)).encode()).hexdigest()[:20],
        article=story.ref,
        kind="quantity" if isinstance(span, QuantitySpan) else "time",
        slot=slot,
        counted=counted,
        quote=quote,
        as_of=_as_of(told, story.ref.published),
        quantity=span.quantity if isinstance(span, QuantitySpan) else None,
        time=span.time if isinstance(span, TimeSpan) else None,
        scope=scope,
        places=tuple(gazetteer.place(i) for i in where.ids),
        event_time=when.days.edtf(),
        modality=modality,
        speaker=name,
        context=replace(context, story=story.key, place_from=where.read_in, time_from=when.read_in),
    )


def _same_paragraph(one: Told, two: Told) -> bool:
    return (
        one.passage is two.passage and one.marks.sentence.paragraph == two.marks.sentence.paragraph
    )


def _counted(told: Told, figure: Figure, where: Where) -> str:
    """The group counted; people of a nation that is not the place's are a group of their own."""
    if figure.group == "other":
        return f"other:{figure.span.quantity.unit}"
    if figure.group != "people":
        return figure.group
    end = max(figure.span.noun_last or figure.span.last, figure.span.last + 1)
    home = {gazetteer.country(i) for i in where.ids}
    for mention, place in told.places:
        if mention.kind == "people" and figure.span.last < mention.first <= end:
            nation = gazetteer.country(place) or place
            if nation not in home:
                return f"nationals:{nation}"
    return "people"


def _modality(found: SentenceMarks, mark: int, figure: int) -> Modality:
    """Denied, planned or possible by the words shortly before; else asserted."""
    start, end = min(mark, figure), max(mark, figure)
    for cue in found.cues:
        if cue.name == "denied" and 0 < start - cue.last <= DENIAL_GAP:
            return "denied"
    if any(cue.name == "imagined" for cue in found.cues):
        return "possible"
    names = {c.name for c in found.cues if start - CUE_GAP <= c.last < end}
    if "possible" in names:
        return "possible"
    return "planned" if "planned" in names else "asserted"


def _revised_from(told: Told, figure: Figure) -> float | None:
    """The other figure of a sentence that says it was revised: 'from 43 to 38', '38, not 43'."""
    if not any(m.name == "revised" for m in told.marks.cues):
        return None
    others = [
        q.quantity.stated
        for q in told.quantities
        if q is not figure.span and q.quantity.stated and q.quantity.unit in (None, "person")
    ]
    stated = figure.span.quantity.stated
    return others[0] if len(others) == 1 and stated and others[0] != stated else None


def _as_of(told: Told, published: datetime) -> datetime:
    """The time of 'by noon', the day it was said when that is earlier, else publication."""
    by = told.times.by
    if by is not None and "T" in by.time.timex3.value:
        day, _, clock = by.time.timex3.value.partition("T")
        try:
            moment = datetime.combine(
                datetime.fromisoformat(day).date(), time.fromisoformat(clock), published.tzinfo
            )
        except ValueError:
            return published
        return min(moment, published)
    ends = [event.latest for span in told.times.said if (event := days(span.time))]
    if ends and ends[-1] < published.date() and published.date() - ends[-1] < timedelta(days=7):
        return datetime.combine(ends[-1], time(23, 59, 59), published.tzinfo)
    return published


def _quote(told: Told, span: QuantitySpan | TimeSpan) -> Quote:
    """The figure with its sentence around it, in the article's own text."""
    sentence = told.marks.sentence
    first, last = told.passage.original(sentence.first, sentence.last)
    start, end = told.passage.original(span.first, span.last)
    text = told.text
    return Quote(
        told.passage.field,
        TextQuoteSelector(
            exact=text[start:end],
            prefix=text[max(first, start - QUOTE_SIDE) : start],
            suffix=text[end : min(last, end + QUOTE_SIDE)],
        ),
        TextPositionSelector(start, end),
    )


def _with_figures(claims: Sequence[Claim], told: Sequence[Told], story: Story) -> list[Claim]:
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
            if c.id in news and c.quantity and c.scope.kind == "whole" and c.counted in EVERYBODY
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
        _of_story(claim, story, every, max(rivals[claim.slot] - 1, 0))
        if claim.id in news
        else claim
        for claim in claims
    ]


def _of_story(claim: Claim, story: Story, figures: tuple[str, ...], rivals: int) -> Claim:
    context = claim.context
    names, words = context.names, context.words
    if rivals < SEVERAL:
        names = tuple(dict.fromkeys((*names, *story.names)))[:WORDS_KEPT]
        words = tuple(dict.fromkeys((*words, *story.words)))[:WORDS_KEPT]
    return replace(
        claim, context=replace(context, figures=figures, rivals=rivals, names=names, words=words)
    )


def _is_recalled(claim: Claim, published: datetime) -> bool:
    """Whether a claim's event is long past."""
    last = date.fromisoformat((claim.event_time or "").rpartition("/")[2])
    return is_past(Days(last, last), published)
