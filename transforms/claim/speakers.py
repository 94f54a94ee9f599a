"""Who says so: the speaker of a figure, by name and, where it is known, by kind.

A speaker stands after "according to", before or after a verb of saying, or, where a second one is
set against the first, right beside his figure (state media 12). What he says goes before him
("12 died, police said") or after him ("police said that 12 died"): a figure is his of whom it is
told in its own clause, not his who goes on to another figure.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from transforms.claim.figures import SPEAKER_GAP
from transforms.claim.lexicon import Mark
from transforms.claim.marks import COMMAS, SentenceMarks, is_inside, joins
from transforms.extract.tokens import Tokens
from transforms.read.normal import fold

LONGEST = 12  # tokens of a speaker's name
LONGEST_ASIDE = 20  # tokens between a speaker and his verb
SUBJECT = 8  # tokens of a sentence before the known speaker whom it goes on to tell of
# Kinds that say what somebody is, where another says who: the Observatory, a monitoring group.
DESCRIBED = frozenset(
    {"activists", "monitors", "rebels", "government", "witnesses", "aid_group", "local_media"}
)
VIEW_GAP = 3  # tokens between a figure and "for" with in whose view
LONGEST_LEAD = 6  # between a speaker and a figure told as his: the union has a list of
SEATED_GAP = 2  # between a speaker and where he is: the police at Nalchira, relatives gathered at
BESIDE = COMMAS | frozenset(";؛")  # signs after which a second speaker is set beside the first
PUNCTUATION = frozenset(',;:!?.()[]"«»“”،؛–—…')
FAR = 100  # further than any token of a sentence counts


class Speaker(msgspec.Struct, frozen=True, gc=False):
    """`name` as written, `kind` of languages/<lang>/claims.toml (red_cross, police) or None.

    `begins`: it begins its sentence, so that its first letter is large whatever it is.
    """

    name: str
    kind: str | None
    begins: bool = False


class Said(msgspec.Struct, frozen=True, gc=False):
    """Where a sentence names a speaker: first and last token of his name with the verb.

    `ahead`: what he says follows him.
    """

    first: int
    last: int
    speaker: Speaker
    ahead: bool = False


def speaker_of(
    tokens: Tokens,
    found: SentenceMarks,
    said: Sequence[Said],
    index: int,
    others: Sequence[int] = (),
) -> Speaker | None:
    """The speaker of the figure at token `index`; `others`: where its sentence has others.

    `said` is what `said_in` tells of the sentence.
    """
    viewed = _in_whose_view(tokens, found, index)
    if viewed is not None:
        return viewed
    if not said:
        return _only_named(tokens, found)
    beside = _beside(tokens, found, index)
    if beside is not None:
        return beside
    return min(said, key=lambda one: _distance(tokens, one, index, others)).speaker


def said_in(tokens: Tokens, found: SentenceMarks) -> list[Said]:
    """All speakers of a sentence."""
    candidates: list[Said] = []
    for mark in found.cues:
        if mark.name == "according":
            speaker = _named(tokens, found, mark.last + 1, found.sentence.last)
            if speaker is not None and _is_name(speaker, found):
                candidates.append(Said(mark.first, mark.last, speaker))
        elif mark.name == "view" and mark.first == found.sentence.first:
            speaker = _named(tokens, found, mark.last + 1, found.sentence.last)
            if speaker is not None and speaker.kind is not None:
                candidates.append(Said(mark.first, mark.last, speaker))
        elif mark.name == "speech" and not _is_of_slot(mark, found):
            before = _subject(tokens, found, mark.first)
            after = _named(tokens, found, _after_verb(tokens, found, mark), found.sentence.last)
            speaker = _better(before or _of_relative(tokens, found, mark), after)
            if speaker is after and after is not None and _counts(found, mark, after):
                speaker = None
            if speaker is not None and _is_name(speaker, found):
                ahead = _leads(tokens, found, mark, speaker is before)
                candidates.append(Said(mark.first, mark.last, speaker, ahead))
        elif mark.name == "rejects":
            speaker = _denier(tokens, found, mark)
            if speaker is not None:
                candidates.append(Said(mark.first, mark.last, speaker, True))
    return _once(candidates)


def _is_of_slot(verb: Mark, found: SentenceMarks) -> bool:
    """Whether a verb of saying is one of the words for what is counted; not what stands between the
    words of a pair: the hospital *said* it had treated."""
    return is_inside(verb, [m for m in found.slot_words if m.tail is None or m.tail <= verb.first])


def _denier(tokens: Tokens, found: SentenceMarks, verb: Mark) -> Speaker | None:
    """The known speaker who denies what others say: the governor denied this and said six died."""
    before = _subject(tokens, found, verb.first)
    if before is not None and before.kind is not None:
        return before
    after = _named(tokens, found, verb.last + 1, found.sentence.last) if found.verb_first else None
    return after if after is not None and after.kind is not None else None


def _once(said: list[Said]) -> list[Said]:
    """One of those that begin at one verb (put the toll, put): what leads, where any does; and of
    two of which the first leads to the second this one."""
    leading = {one.first for one in said if one.ahead}
    kept = [one for one in said if one.ahead or one.first not in leading]
    return [one for one in kept if one.speaker.kind or not _leads_to_known(one, kept)]


def _leads_to_known(one: Said, said: Sequence[Said]) -> bool:
    """Whether words that are no known speaker only lead to one: according to *a statement* by the
    hospital."""
    until = one.last + 1 + len(one.speaker.name.split())
    return any(other.speaker.kind and one.last < other.first <= until for other in said)


def _leads(tokens: Tokens, found: SentenceMarks, mark: Mark, subject_first: bool) -> bool:
    """Whether what is said follows: police said (that) 12 died; not: 12 died, police said."""
    at = mark.last + 1
    if at > found.sentence.last:
        return False
    if subject_first:
        closes = tokens.words[at] in PUNCTUATION or found.cue_at("name_ends", at)
        on_that = found.cue_at("that", at + 1)  # تصر على أنهم
        return found.cue_at("that", at) or on_that or not closes
    if found.verb_first:  # said the Observatory that…; not: as said the Observatory
        return not found.cue_at("according", mark.first) and not found.cue_at(
            "according", mark.first - 1
        )
    while at <= found.sentence.last and tokens.words[at] not in PUNCTUATION:
        if found.cue_at("that", at):
            return True
        at += 1
    return False


def _distance(tokens: Tokens, said: Said, index: int, others: Sequence[int]) -> float:
    """How far a speaker is from a figure; what stands between him and another figure is not his."""
    if said.first > index:
        away = sum(index < other < said.first for other in others)
        ahead = said.ahead or _begins_with(tokens, said, others)
        return said.first - index + FAR * ahead + 5 * away
    away = sum(said.last < other < index for other in others)
    return 2 * (index - said.last) + 5 * away


def _begins_with(tokens: Tokens, said: Said, others: Sequence[int]) -> bool:
    """Whether *according to* begins what another figure goes on with: 25 died according to the
    army, *and according to the rebels 60*."""
    joined = tokens.words[said.first - 1] in COMMAS
    ends = (i for i in range(said.last + 1, len(tokens.words)) if tokens.words[i] in PUNCTUATION)
    until = min(next(ends, FAR + said.last), said.last + SUBJECT)
    return joined and any(said.last < other <= until for other in others)


def _in_whose_view(tokens: Tokens, found: SentenceMarks, index: int) -> Speaker | None:
    """A known speaker set right behind a figure by *for*: 16 dead for the police, 23 for…"""
    for cue in found.named("view"):
        at = cue.last + 1
        while found.cue_at("definite", at):
            at += 1
        if not 0 < cue.first - index <= VIEW_GAP or cue.first == found.sentence.first:
            continue
        if any(tokens.words[i] in PUNCTUATION for i in range(index, cue.first)):
            continue
        mark = next((m for m in found.speakers if m.first == at), None)
        if mark is not None and _ends_view(tokens, found, mark.last + 1):
            return Speaker(tokens.exact(mark.first, mark.last), mark.name)
    return None


def _ends_view(tokens: Tokens, found: SentenceMarks, index: int) -> bool:
    """Whether a sign or *and* follows: 16 for the police; not: 16 for the police station."""
    return (
        index > found.sentence.last
        or tokens.words[index] in PUNCTUATION
        or joins(tokens.words[index])
    )


def _after_verb(tokens: Tokens, found: SentenceMarks, verb: Mark) -> int:
    """The token after a verb of saying; after what was said also without an article: "…," said *a*
    doctor at the hospital."""
    after = verb.last + 1
    closes = verb.first > found.sentence.first and tokens.words[verb.first - 1] in PUNCTUATION
    return after + (closes and found.cue_at("definite", after))


def _counts(found: SentenceMarks, verb: Mark, after: Speaker) -> bool:
    """Whether the words after a verb of saying are no name but a figure: counted 14 dead."""
    last = verb.last + len(after.name.split()) + 1
    told = any(verb.last < mark.first <= last for mark in found.slot_words)
    return after.kind is None and (told or after.name[:1].isdigit())


def _of_relative(tokens: Tokens, found: SentenceMarks, verb: Mark) -> Speaker | None:
    """A known speaker of whom a relative clause tells what he says: the hospital, which counts."""
    if not found.cue_at("relative", verb.first - 1):
        return None
    last = verb.first - 2
    last -= tokens.words[last] in COMMAS
    mark = next((m for m in found.speakers if m.last == last), None)
    return None if mark is None else Speaker(tokens.exact(mark.first, mark.last), mark.name)


def _beside(tokens: Tokens, found: SentenceMarks, index: int) -> Speaker | None:
    """A known speaker right before a figure, set against another: state media 12; the union at 12;
    hospital sources, 29; the police count was 12; the government's toll is 25."""
    for mark in found.speakers:
        gap = range(mark.last + 1, index)
        if mark.last >= index or len(gap) > LONGEST_LEAD:
            continue
        start = mark.first - 1
        while start >= found.sentence.first and (
            found.cue_at("article_words", start) or found.cue_at("definite", start)
        ):
            start -= 1
        begins = start < found.sentence.first
        sign = "" if begins else tokens.words[start]
        if not all(_leads_on(tokens, found, i, sign) for i in gap):
            continue
        told = any(found.cue_at("same_again", i) for i in gap)
        if len(gap) >= SPEAKER_GAP and not told:
            continue
        if (begins and told) or sign in BESIDE or found.cue_at("name_ends", start):
            return Speaker(tokens.exact(mark.first, mark.last), mark.name)
    return None


def _leads_on(tokens: Tokens, found: SentenceMarks, index: int, sign: str) -> bool:
    """Whether a token may stand between a speaker and his figure: *at*, what takes a figure over,
    and after a semicolon a comma."""
    word = tokens.words[index]
    if word in COMMAS:
        return sign in BESIDE - COMMAS
    if found.cue_at("same_again", index) or found.cue_at("gapped", index) or word in "'’s":
        return True
    return word not in PUNCTUATION and not found.cue_at("name_ends", index)


def _only_named(tokens: Tokens, found: SentenceMarks) -> Speaker | None:
    """The Red Cross, for its part, puts it at 900: one known speaker and a figure taken over."""
    if len(found.speakers) != 1 or not found.named("same_again"):
        return None
    mark = found.speakers[0]
    return Speaker(tokens.exact(mark.first, mark.last), mark.name)


def _named(tokens: Tokens, found: SentenceMarks, start: int, last: int) -> Speaker | None:
    """The words from `start` up to a sign or a word that ends a name."""
    while start <= last and (tokens.words[start] in COMMAS or found.cue_at("weekdays", start)):
        start += 1  # a déclaré mercredi le préfet
    end = start
    while end <= last and end - start < LONGEST and not _ends(tokens, found, end):
        end += 1
    return _speaker(tokens, found, start, end - 1)


def _before(tokens: Tokens, found: SentenceMarks, first: int) -> Speaker | None:
    """The words before a verb of saying, back to a sign or a word that ends a name."""
    last = _without_auxiliaries(found, first) - 1
    start = last + 1
    verbs = {mark.last for mark in found.slot_words if mark.role == "before"}
    while (
        start > found.sentence.first
        and first - start < LONGEST
        and not _ends(tokens, found, start - 1)
        and start - 1 not in verbs  # strike on hospital kills 7 monitoring group says
    ):
        start -= 1
    return _speaker(tokens, found, start, last)


def _beyond_aside(tokens: Tokens, found: SentenceMarks, first: int) -> Speaker | None:
    """The subject of a verb from which an aside parts it: the Red Cross, whose engineers walked the
    site, says; John Roe, head of the clinic, said. Of what kind he is the aside may tell."""
    start, last = found.sentence.first, first - 1
    if last <= start or tokens.words[last] not in COMMAS:
        return None
    opens = last - 1
    while opens > max(start, last - LONGEST_ASIDE) and tokens.words[opens] not in PUNCTUATION:
        opens -= 1
    if opens <= start or tokens.words[opens] not in COMMAS:
        return None
    named = _before(tokens, found, opens)
    if named is None or named.kind is not None or found.cue_at("relative", opens + 1):
        return named
    office = _speaker(tokens, found, opens + 1, last - 1)
    return named if office is None else replace(named, kind=office.kind)


def _subject(tokens: Tokens, found: SentenceMarks, verb: int) -> Speaker | None:
    """Who stands before a verb of saying: the words right before it, unless they go on telling of
    a known speaker who begins the sentence.

    The Civil Defence in Idlib said; the Observatory, which has sources in Syria, gave a toll; the
    Observatory a monitoring group said.
    """
    first = _without_auxiliaries(found, verb)
    before = _before(tokens, found, verb) or _beyond_aside(tokens, found, first)
    if before is not None and before.kind is not None and before.kind not in DESCRIBED:
        return before
    ends = [i for i in range(found.sentence.first, first) if _ends(tokens, found, i)]
    if not ends:
        return before
    seated = next((m for m in found.speakers if 0 < ends[-1] - m.last <= SEATED_GAP), None)
    if before is not None and seated is not None and found.cue_at("of_speaker", ends[-1]):
        return _speaker(tokens, found, seated.first, seated.last)  # the police at Nalchira insist
    goes_on = found.cue_at("of_speaker", ends[-1])
    closes = before is None and tokens.words[ends[-1]] in COMMAS
    return (_first_named(tokens, found, verb) or before) if goes_on or closes else before


def _first_named(tokens: Tokens, found: SentenceMarks, verb: int) -> Speaker | None:
    """The known speaker who begins a sentence, if up to a verb it tells of nothing that he says."""
    start = found.sentence.first
    named = (m for m in found.speakers if not _is_against(tokens, m))
    mark = next((m for m in named if m.first - start <= SUBJECT and m.last < verb), None)
    told = [m for m in found.slot_words if m.role != "noun"]
    told += [*found.named("speech"), *found.named("according")]
    if mark is None or any(mark.last < other.first < verb for other in told):
        return None
    return _speaker(tokens, found, start, mark.last)


def _without_auxiliaries(found: SentenceMarks, verb: int) -> int:
    """The first token of a verb with its auxiliaries and adverbs: later said, a déclaré."""
    while verb > found.sentence.first and (
        found.cue_at("auxiliary", verb - 1) or found.cue_at("clitics", verb - 1)
    ):
        verb -= 1
    return verb


def _ends(tokens: Tokens, found: SentenceMarks, index: int) -> bool:
    if tokens.words[index] in PUNCTUATION:
        return not _is_initial(tokens, found, index)
    return found.cue_at("name_ends", index) and not any(
        mark.first <= index <= mark.last for mark in found.speakers
    )


def _is_initial(tokens: Tokens, found: SentenceMarks, index: int) -> bool:
    """Whether a full stop ends a letter of a name: Collector N. Padmakumar said."""
    if tokens.words[index] != "." or not found.sentence.first < index < found.sentence.last:
        return False
    letter = tokens.exact(index - 1, index - 1)
    return len(letter) == 1 and letter.isupper()


def _is_against(tokens: Tokens, mark: Mark) -> bool:
    """Whether a name says whom the speaker is against: an anti-ISIS network."""
    at = mark.first
    return at > 1 and tokens.words[at - 1] == "-" and tokens.words[at - 2] == "anti"


def _speaker(tokens: Tokens, found: SentenceMarks, first: int, last: int) -> Speaker | None:
    if last < first:
        return None
    inside = [
        mark
        for mark in found.speakers
        if first <= mark.first and mark.last <= last and not _is_against(tokens, mark)
    ]
    who = [mark for mark in inside if mark.name not in DESCRIBED] or inside
    kind = max(who, key=lambda mark: mark.last - mark.first).name if who else None
    if kind is None and found.cue_at("genitive", first):
        return None  # l'explosion d'une usine, a déclaré à la radio le maire
    return Speaker(tokens.exact(first, last), kind, first == found.sentence.first)


def _better(before: Speaker | None, after: Speaker | None) -> Speaker | None:
    """Of the words before and after "said" those that are known, else those that are a name."""
    for speaker in (before, after):
        if speaker is not None and speaker.kind is not None:
            return speaker
    return before if before is not None and before.name[:1].isupper() else after or before


def _is_name(speaker: Speaker, found: SentenceMarks) -> bool:
    """Whether the words can be somebody's name: known, or with a capital where there are any."""
    if speaker.kind is not None:
        return True
    words = speaker.name.split()
    if len(words) == 1 and fold(words[0]) in found.small["name_ends"]:
        return False  # he, on
    inner = words[1:] if speaker.begins and len(words) > 1 else words
    return any(word[0].isupper() or _has_no_case(word[0]) for word in inner)


def _has_no_case(letter: str) -> bool:
    """Whether a letter is of a script without capitals."""
    return letter.isalpha() and letter.lower() == letter.upper()
