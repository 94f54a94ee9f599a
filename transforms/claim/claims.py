"""Claims: what an article says was counted or when something happened.

claims_of(article) reads the article once and puts each figure and date into its setting: slot,
group, scope, place, event time, speaker, modality, and the moment it speaks of.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from operator import itemgetter
from typing import NamedTuple

from msgspec.structs import replace

from schemas.messages import (
    Article,
    Claim,
    Context,
    Modality,
    Quote,
    Scope,
    TextPositionSelector,
    TextQuoteSelector,
)
from transforms.claim import places as gazetteer
from transforms.claim.counted import EVERYBODY, MEASURES
from transforms.claim.dates import BEGUN, begins_later, date_words, dating, next_year, of_one_end
from transforms.claim.event_times import (
    DAYS_AFTER,
    EVENTS,
    event_before,
    event_of,
    happened_on,
    is_of_event,
)
from transforms.claim.figures import Figure
from transforms.claim.lexicon import Mark, grammar
from transforms.claim.marks import SentenceMarks, is_inside, start_of
from transforms.claim.modality import denied_before, modality_of
from transforms.claim.parts import listed_alone, parts_of
from transforms.claim.periods import period_of
from transforms.claim.scenes import focus, of_journey, only_names, own_places
from transforms.claim.setting import (
    Days,
    When,
    Where,
    days,
    from_publication,
    is_odd,
    is_past,
)
from transforms.claim.speakers import Said, Speaker, said_in, speaker_of
from transforms.claim.story import Story, names_of, story_of, telling_words, with_figures
from transforms.claim.told import Told, read_sentences, same_paragraph
from transforms.extract.extract import analyse
from transforms.extract.quantities import QuantitySpan
from transforms.extract.times import TimeSpan

DAY_BEFORE_GAP = 6  # between "a day after" and what was then
# When the parts of a day (TIMEX3) begin; dusk and nightfall are told of one hour.
PARTS = {"MO": "06:00", "MI": "12:00", "DT": "12:00", "AF": "12:00", "EV": "18:00", "NI": "18:00"}
DateTold = tuple[TimeSpan, Days | None, Sequence[Mark]]  # a time, its days, what it dates
QUOTE_SIDE = 300  # code points of the sentence kept on each side of a figure


class Here(NamedTuple):
    """A sentence that makes claims, in its article: what all of them share.

    `previous`: the sentence before it in its paragraph. `said`: who speaks in it. `scene`: what it
    tells beside its figures.
    """

    told: Told
    previous: Told | None
    story: Story
    where: Where
    said: Sequence[Said]
    scene: Context


def claims_of(article: Article) -> list[Claim]:
    """All claims of an article, in text order: headline first, then body."""
    passages = analyse(article)
    told = read_sentences(article, passages)
    if not told:
        return []
    story = story_of(article, passages, told)
    found: list[Claim] = []
    where, when, paragraph = None, None, (-1, -1)
    for index, sentence in enumerate(told):
        here = (id(sentence.passage), sentence.marks.sentence.paragraph)
        if here != paragraph:
            where, when, paragraph = None, None, here
        mine = own_places(sentence, focus(sentence))
        if mine and not only_names(sentence, mine, where or story.where):
            where = Where(mine, "sentence")
        previous = told[index - 1] if index else None
        if previous is not None and same_paragraph(previous, sentence):
            found = _answered_by(found, previous, sentence)
        claims, when = _claims_of_sentence(sentence, previous, story, where, when)
        found += claims
        if where and where.read_in == "sentence":
            where = Where(where.ids, "paragraph")
        if when and when.read_in == "sentence":
            when = When(when.days, "paragraph")
    return with_figures(found, told, story)


def _answered_by(claims: Sequence[Claim], previous: Told, told: Told) -> list[Claim]:
    """The claims, those of the sentence before with what this one goes on to say of its figure:
    its parts (they were 7 men and 5 women), what it was before (earlier they had said 14), that
    it is false."""
    tokens, spans = told.passage.tokens, told.quantities
    parts = listed_alone(tokens, spans, told.marks)
    before = _told_earlier(told)
    denied = bool(previous.figures) and denied_before(told, previous)
    if _sums_up(told, previous):
        return [_as_part(claim, previous) for claim in claims]
    if not parts and before is None and not denied:
        return list(claims)
    whole = [f.span for f in previous.figures if f.scope.kind == "whole"]
    starts = {previous.passage.original(span.first, span.last)[0] for span in whole}
    if len({span.quantity.stated for span in whole}) != 1:
        return list(claims)

    def answered(claim: Claim) -> Claim:
        context, field = claim.context, claim.quote.field
        mine = field == previous.passage.field and claim.quote.position.start in starts
        if not mine or claim.quantity is None:
            return claim
        size = claim.quantity.stated or 0
        revised = before if before != size else None
        context = replace(
            context,
            parts=context.parts or (parts if max(parts, default=0) < size else ()),
            revised_from=context.revised_from if revised is None else revised,
        )
        modality = "denied" if denied else claim.modality
        return replace(claim, context=context, modality=modality)

    return [answered(claim) for claim in claims]


def _sums_up(told: Told, previous: Told) -> bool:
    """Whether a sentence tells the sum of what the one before it counts: eight bodies were found on
    Monday and five on Tuesday. In all 13 people died."""
    if len(told.figures) != 1 or len(previous.quantities) < 2 or not previous.figures:
        return False
    figure = told.figures[0]
    alike = all((f.slot, f.group) == (figure.slot, figure.group) for f in previous.figures)
    amount = sum(span.quantity.stated or 0 for span in previous.quantities)
    return alike and amount == figure.span.quantity.stated


def _as_part(claim: Claim, sentence: Told) -> Claim:
    """A claim as one of a part, where a sentence makes it."""
    mine = {sentence.passage.original(f.span.first, f.span.last)[0] for f in sentence.figures}
    here = claim.quote.field == sentence.passage.field and claim.quote.position.start in mine
    return replace(claim, scope=Scope("part", "added")) if here else claim


def _told_earlier(told: Told) -> float | None:
    """The one figure of persons that a sentence tells as what had been said before."""
    persons = [q for q in told.quantities if q.quantity.unit in (None, "person")]
    cues = told.marks.named("told_earlier")
    after = [q.quantity.stated for q in persons if cues and q.first > cues[0].last]
    return after[0] if after else None


def _claims_of_sentence(
    told: Told, previous: Told | None, story: Story, where: Where | None, when: When | None
) -> tuple[list[Claim], When | None]:
    """The claims of a sentence, and the event time that the next one may take over."""
    published = story.ref.published
    odd = [*filter(is_odd, told.all_times)]
    dates = [(span, days(span.time), date_words(told, story, span)) for span in dating(told)]
    before = event_before(told, published.date())
    after = When(before, "sentence") if before and not is_past(before, published) else None
    if not (told.figures or odd or any(words for *_, words in dates)):
        return [], when or after
    here = _here(told, previous, story, where or story.where)
    claims: list[Claim] = []
    last = when
    for figure in told.figures:
        event = event_of(told, figure, published.date(), story.happened)
        at = When(event, "sentence") if event else (when or story.when)
        if event and not is_past(event, published):
            last = When(event, "sentence")
        claims.append(_count_claim(here, figure, at))
    claims += [_odd_date_claim(here, span) for span in odd]
    for span, event, words in dates:
        if words and event:
            claims += [_date_claim(here, span, event, word) for word in words]
    return claims, last or after or _of_events(told, dates, published)


def _of_events(told: Told, dates: Sequence[DateTold], published: datetime) -> When | None:
    """The day of an event of the news that a sentence tells, for those after it: one at the word
    for it, else the first. What a storm did on Saturday it did on the last one."""
    found: list[tuple[bool, Days]] = []
    for span, _, words in dates:
        of_events = [word.last for word in words if word.name in EVENTS]
        if not of_events:
            continue
        event = happened_on(told, span, published.date(), max(span.last, *of_events))
        if event and not is_past(event, published):
            found.append((not is_of_event(told, span), event))
    return When(min(found, key=itemgetter(0))[1], "sentence") if found else None


def _is_of_a_day_before(told: Told, kind: Mark) -> bool:
    """Whether a word tells of what was days before: shot five, a day after a *bomb* went off."""
    return any(
        0 < kind.first - cue.last <= DAY_BEFORE_GAP
        for name, _ in DAYS_AFTER
        for cue in told.marks.named(name)
    )


def _here(told: Told, previous: Told | None, story: Story, where: Where) -> Here:
    kinds = [m.name for m in told.marks.event_kinds if not _is_of_a_day_before(told, m)]
    told_of = tuple(dict.fromkeys(kinds)) or story.event_kinds
    beside = previous is not None and same_paragraph(previous, told)
    return Here(
        told,
        previous if beside else None,
        story,
        where,
        said_in(told.passage.tokens, told.marks),
        Context(event_kinds=told_of, names=names_of(told), words=telling_words([told])),
    )


def _count_claim(here: Here, figure: Figure, when: When) -> Claim:
    told, previous, story = here.told, here.previous, here.story
    background = _is_background(told, figure)
    speaker = _speaker_in(here, figure)
    if speaker is None and previous is not None:
        before, end = previous.marks, previous.marks.sentence.last
        tokens = previous.passage.tokens
        speaker = speaker_of(tokens, before, said_in(tokens, before), end)
    return _claim(
        here,
        figure.span,
        slot=figure.slot.name,
        counted=_counted(told, figure, here.where),
        scope=_scope(here, figure),
        when=when,
        modality=_modality(told, figure),
        speaker=speaker,
        context=replace(
            here.scene,
            background=background,
            final=story.final and not background and not is_past(when.days, story.ref.published),
            running=bool(told.marks.named("running")),
            revised_from=_revised_from(here, figure),
            parts=parts_of(told.passage.tokens, figure.span, told.quantities, told.marks),
            period=period_of(told, figure, when),
        ),
    )


def _word_of(told: Told, figure: Figure) -> int:
    """The token of a figure's slot word; of a figure that goes on with another, its own first."""
    ahead = (f for f in told.figures if f.span.first < figure.span.first)
    goes_on = any(f.mark == figure.mark for f in ahead)
    return figure.span.first if goes_on else figure.mark.first


def _scope(here: Here, figure: Figure) -> Scope:
    """Whole or part; *21 others died* is a part where dead were told just before; in *killed 44 and
    injured 140 others* the others are beside the 44. Nine people of whom it is said that they were
    killed *and two others* elsewhere are a part too."""
    told = here.told
    if figure.scope.kind == "part":
        return figure.scope
    if not _of_others(figure, told):
        behind = (f for f in told.figures if f.span.first > figure.span.first)
        added = figure.group in EVERYBODY and any(
            f.slot == figure.slot and _of_others(f, told) for f in behind
        )
        return Scope("part", "others") if added else figure.scope
    before = [f for f in told.figures if f.span.first < figure.span.first]
    if not before and here.previous is not None:
        before += here.previous.figures
    same = any(f.slot == figure.slot for f in before)
    return Scope("part", "others") if same else figure.scope


def _of_others(figure: Figure, told: Told) -> bool:
    """Whether a figure is of others than those before: *two others*."""
    return any(cue.first == figure.span.last + 1 for cue in told.marks.named("others"))


def _is_background(told: Told, figure: Figure) -> bool:
    """Whether a word near the figure says that another, earlier event is told.

    What looks back (the worst since…) tells so of what follows it; other words (a similar attack)
    also of what stands before them, up to another figure of the same slot.
    """
    if any(
        told.marks.cue_at("came", span.first - 1) and span.last < figure.span.first
        for span in told.all_times
        if told.marks.cue_at("after", span.last + 1)
    ):
        return True  # it comes five months after a man stabbed two
    said = told.marks.named("speech")
    looking_back = [
        cue
        for cue in told.marks.named("looking_back")
        if not any(cue.first == mark.first and cue.last < mark.last for mark in said)
    ]  # not: it cost 92 million, he recalls
    background = told.marks.named("background")
    begins = max(figure.span.first, figure.mark.first)
    if any(cue.first < begins for cue in (*looking_back, *background)):
        return True
    return any(
        not any(figure.span.first < first < cue.first for first in _next_told(told, figure))
        for cue in background
    )


def _modality(told: Told, figure: Figure) -> Modality:
    """Whether a figure is of what happened. To promise is to give later: will give 10 million; who
    is expected to give it has not promised."""
    modality = modality_of(told, _word_of(told, figure), figure.span.first)
    promised = figure.slot.name == "pledged" and modality == "planned"
    return "asserted" if promised and not told.marks.named("hoped") else modality


def _next_told(told: Told, figure: Figure) -> list[int]:
    """Where a sentence tells another figure of the slot, or the figure that was before."""
    others = [other.span.first for other in told.figures if other.slot == figure.slot]
    return others + [cue.first for cue in told.marks.named("old")]


def _date_claim(here: Here, span: TimeSpan, event: Days, mark: Mark) -> Claim:
    told = here.told
    if mark.name == "deadline" or mark.name in BEGUN:
        span = of_one_end(span)
        if mark.name == "deadline":
            exact = told.passage.tokens.exact(span.first, span.last)
            span = next_year(span, here.story.ref.published.date(), exact)
        event = days(span.time) or event
    modality = modality_of(told, mark.first, mark.first)
    if mark.name == "signed" and modality == "planned" and _provides(told):
        modality = "asserted"  # c'est ce que prévoit l'accord signé le 3 mai
    if mark.name == "deadline":  # it lies ahead, and is set, unless it is put off
        put_off = _is_put_off(told)
        if span.time.timex3.mod == "AFTER":
            modality = "asserted"  # none will be accepted after the 5th
        elif modality == "planned" or put_off:
            modality = "planned" if put_off else "asserted"
    elif modality == "asserted" and (
        event.earliest > here.story.ref.published.date() or begins_later(told, mark, span)
    ):
        modality = "planned"
    here = here._replace(where=of_journey(told, mark, here.where, here.story.where))
    return _claim(
        here,
        span,
        slot=mark.name,
        counted="event",
        scope=Scope(),
        when=When(event, "sentence"),
        modality=modality,
        speaker=speaker_of(told.passage.tokens, told.marks, here.said, span.first),
        context=replace(here.scene, background=_recalls(told, mark)),
    )


def _is_put_off(told: Told) -> bool:
    """Whether a sentence puts a deadline off; not that none will be, nor by a word for the deadline
    itself (ينقضي أجل)."""
    none = told.marks.named("not_put_off")
    return any(
        not is_inside(cue, told.marks.dates)
        and not any(mark.first <= cue.first and cue.last <= mark.last for mark in none)
        for cue in told.marks.named("put_off")
    )


def _provides(told: Told) -> bool:
    """Whether all that a sentence tells as planned is what a text provides for."""
    provided = {cue.first for cue in told.marks.named("provides")}
    return {cue.first for cue in told.marks.named("planned")} <= provided


def _recalls(told: Told, mark: Mark) -> bool:
    """Whether a date is told of another event than the news; of a death *former* tells who died."""
    return mark.name != "died" and bool(told.marks.named("background"))


def _odd_date_claim(here: Here, span: TimeSpan) -> Claim:
    """A date that cannot be right: the calendar lacks it, or its weekday is another."""
    event = days(span.time) or from_publication(here.story.ref.published)
    return _claim(
        here,
        span,
        slot="date",
        counted="event",
        scope=Scope(),
        when=When(event, "sentence"),
        modality="asserted",
        speaker=None,
        context=Context(),
    )


def _claim(
    here: Here,
    span: QuantitySpan | TimeSpan,
    *,
    slot: str,
    counted: str,
    scope: Scope,
    when: When,
    modality: Modality,
    speaker: Speaker | None,
    context: Context,
) -> Claim:
    told, story, where = here.told, here.story, here.where
    quote = _quote(told, span)
    ref, position = story.ref, quote.position
    made = (ref.uri, ref.version, ref.published.isoformat())  # a version can come again, rewritten
    identity = (*made, quote.field, position.start, position.end, slot)
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


def _counted(told: Told, figure: Figure, where: Where) -> str:
    """The group counted; people of a nation that is not the place's are a group of their own."""
    if figure.group not in ("other", "people"):
        return figure.group
    nations = _nations(told, figure)
    home = {gazetteer.country(i) for i in where.ids}
    abroad = [nation for nation in nations if nation not in home]
    if abroad and figure.slot.unit == "person":
        return f"nationals:{abroad[0]}"
    if figure.group == "other" and not nations:
        unit = figure.span.quantity.unit or ""
        persons = figure.slot.family == "crowd" or grammar(told.passage.language).may_be_persons(
            unit
        )  # a crowd of 40,000 hears; 26 ward representatives voted
        if figure.mark.first == figure.span.noun_last or _is_no_noun(told, figure):
            return "people"  # fifteen shot: no noun, but the slot word itself
        if figure.slot.unit == "person" and persons and not _is_named(told, figure):
            return "people"  # gold diggers, firemen: no table holds all that people are
        return f"other:{unit}"
    return "people"


def _nations(told: Told, figure: Figure) -> list[str]:
    """The nations that those counted are told to be of: 12 *Syrians*, 12 *Syrian* workers."""
    end = max(figure.span.noun_last or figure.span.last, figure.span.last + 1)
    return [
        gazetteer.country(place) or place
        for mention, place in told.places
        if figure.span.last < mention.first <= end
        and (mention.kind == "people" or _is_a_country(place, mention.first, figure))
    ]


def _is_a_country(place: str, first: int, figure: Figure) -> bool:
    """Whether what is counted has the name of a country, which is that of its people too: 18
    إثيوبيا, seven Somalis."""
    noun = figure.span.noun_first or figure.span.last + 1
    return first == noun and gazetteer.level(place) == "country"


def _is_no_noun(told: Told, figure: Figure) -> bool:
    """Whether the word after a figure is a verb, a place or who says so: kills 7 wounds 50 state
    media, injures seven - Homs governor."""
    beside = {m.first for m in (*told.marks.slot_words, *told.marks.speakers)}
    beside |= {mention.first for mention, _ in told.places if mention.kind == "place"}
    return figure.slot.unit == "person" and figure.span.noun_first in beside


def _is_named(told: Told, figure: Figure) -> bool:
    """Whether what is counted has a name, in a script that shows it: 12 Peshmerga."""
    tokens, noun = told.passage.tokens, figure.span.noun_last
    return noun is not None and tokens.text[tokens.starts[noun]].isupper()


def _speaker_in(here: Here, figure: Figure) -> Speaker | None:
    """Who gives a figure, by its own sentence."""
    told = here.told
    others = [other.span.first for other in told.figures if other is not figure]
    return speaker_of(told.passage.tokens, told.marks, here.said, figure.span.first, others)


def _revised_from(here: Here, figure: Figure) -> float | None:
    """The other figure of a sentence that says it was revised: 'from 43 to 38', '38, not 43'."""
    told = here.told
    found = told.marks
    leads = {cue.last for cue in found.named("and_not")}
    taken_back = found.named("old_after") or any(start_of(q) - 1 in leads for q in told.quantities)
    if found.named("answers_no") or not (found.named("revised") or taken_back):
        return None
    if _modality(told, figure) == "denied":
        return None
    if figure.slot.name == "voted":
        return None  # 78 voix contre 41
    mine = _speaker_in(here, figure)
    claimed = [
        other.span
        for other in told.figures
        if _speaker_in(here, other) != mine or _modality(told, other) == "denied"
    ]
    others = [
        q.quantity.stated
        for q in told.quantities
        if q is not figure.span
        and q not in claimed
        and q.quantity.stated
        and (q.quantity.unit in (None, "person") or _is_given_before(q, found))
        and not any(cue.last == start_of(q) - 1 for cue in found.named("by_so_many"))
    ]
    stated = figure.span.quantity.stated
    return others[0] if len(others) == 1 and stated and others[0] != stated else None


def _is_given_before(span: QuantitySpan, found: SentenceMarks) -> bool:
    """Whether a figure of no known unit is one that was given before: contre 19 annoncés."""
    ahead = any(0 < start_of(span) - cue.last <= 1 for cue in found.named("old"))
    return ahead and (span.quantity.unit or "").islower() and span.quantity.unit not in MEASURES


def _as_of(told: Told, published: datetime) -> datetime:
    """The time of 'by noon' or at which so many were *still* missing, the day it was said when that
    is earlier, else publication."""
    by = told.times.by
    if by is not None and "T" in by.time.timex3.value:
        day, _, clock = by.time.timex3.value.partition("T")
        clock = PARTS.get(clock, clock)
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
