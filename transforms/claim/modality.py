"""Whether what is told happened: asserted, planned, possible or denied."""

from __future__ import annotations

from schemas.messages import Modality
from transforms.claim.lexicon import Mark
from transforms.claim.marks import COMMAS, SentenceMarks, joins, start_of
from transforms.claim.slot_words import is_negated
from transforms.claim.told import Told, counting

CUE_GAP = 5  # tokens between "will", "could" and what they speak of
DENIAL_GAP = 25
DENYING = ("denied", "denied_after", "mere_rumour")
OPENING = frozenset("\"'«»“”:،,")  # signs after which a clause begins
QUESTIONS = frozenset("?؟")
CLAUSE_SIGNS = COMMAS | frozenset(";؛:–—")
ANSWERING = ("instead", "speech", "same_again")
REPORT_GAP = 8  # tokens between "reports that" and what is reported
DENIER_GAP = 5  # tokens between "denied" and "that": نفى المستشفى أن
GUILT_GAP = 3  # tokens between "denied" and "responsibility"
NO_SUCH_GAP = 5  # tokens between "no" and the verb: no collapse of a mine killed
PLAN_GAP = 28  # tokens from the figure to "is planned"


def modality_of(told: Told, mark: int, figure: int) -> Modality:
    """Denied, planned or possible by the words shortly before; else asserted."""
    found, words = told.marks, told.passage.tokens.words
    start, end = min(mark, figure), max(mark, figure)

    def reaches(last: int, gap: int) -> bool:
        """Whether nothing stands between a cue and the claim that begins something else."""
        return 0 < start - last <= gap and not any(
            words[i] in ",،;:" or found.cue_at("brings_about", i) for i in range(last + 1, start)
        )

    def tells(name: str) -> bool:
        return any(
            (start <= c.last <= end or reaches(c.last, CUE_GAP))
            and not _is_unable(c, mark, found)
            and not found.cue_at("final", c.first)  # the toll *would stay at* 20
            for c in found.named(name)
        )

    if found.cue_at("answers_no", found.sentence.first):
        no = found.named("answers_no")[0]
        return "asserted" if _answered(told, no, start) else "denied"
    for cue in (*found.named("denied"), *_of_reports(found)):
        if found.cue_at("mere_rumour", cue.first) and any(
            words[i] in COMMAS for i in range(cue.last + 1, start)
        ):
            continue  # that 45 died is a mere rumour, and five died
        if found.cue_at("imagined", cue.first):
            continue  # a fake fire that was to kill 20
        if _is_of_guilt(found, cue) or _is_closed(told, cue, start):
            continue
        if 0 < start - cue.last <= DENIAL_GAP and not _answered(told, cue, max(start, figure)):
            return "denied"
    if (
        _is_contrary(told, start)
        or _denied_after(told, start, end, figure)
        or _denied_behind(told, end)
        or _is_negated(told, mark, figure)
    ):
        return "denied"
    if found.named("imagined") or is_asked(told):
        return "possible"
    if tells("possible") and not _is_attributed(found):
        return "possible"
    return "planned" if tells("planned") or _yet_to_be(found, mark, end) else "asserted"


def _of_reports(found: SentenceMarks) -> list[Mark]:
    """The verbs of rejecting with the reports that they reject: رفض الجيش الادعاء بأن."""
    return [
        cue
        for cue in found.named("rejects")
        if any(0 < report.first - cue.last <= DENIER_GAP for report in found.named("report"))
    ]


def _is_contrary(told: Told, start: int) -> bool:
    """Whether a figure is what something was not: *contrary to* reports of 27 dead, four died."""
    words = told.passage.tokens.words
    return any(
        0 < start - cue.last <= REPORT_GAP
        and not any(words[i] in COMMAS for i in range(cue.last + 1, start))
        for cue in told.marks.named("contrary")
    )


def _denied_behind(told: Told, end: int) -> bool:
    """Whether a clause of its own denies a figure before it: a radio spoke of 16 dead; the police
    denied *this*. Not where it gives another figure: that one and this are two speakers'."""
    words = told.passage.tokens.words
    for cue in (c for name in DENYING for c in told.marks.named(name)):
        between = range(end + 1, cue.first)
        if not 0 < len(between) <= DENIAL_GAP or not _is_of_it(told, cue):
            continue
        parted = any(words[i] in CLAUSE_SIGNS for i in between)
        if parted and not any(figure.span.first > end for figure in told.figures):
            return True
    return False


def _is_attributed(found: SentenceMarks) -> bool:
    """Whether a conditional only says that somebody else tells it: ils seraient 45, à en croire
    leurs avocats."""
    possible = {cue.first for cue in found.named("possible")}
    return bool(found.named("according")) and possible <= {
        cue.first for cue in found.named("attributed")
    }


def is_asked(told: Told) -> bool:
    """Whether a sentence asks if something was: Did the fire kill 12?"""
    first, last = told.marks.sentence.first, told.marks.sentence.last
    return told.marks.cue_at("asks", first) and told.passage.tokens.words[last] in QUESTIONS


def _is_unable(cue: Mark, mark: int, found: SentenceMarks) -> bool:
    """Whether the slot word at `mark` says that something could not be: 12 *could not be found*."""
    return found.cue_at("negated", cue.last + 1) and any(
        m.first == mark <= cue.first and cue.last + 1 < m.last for m in found.slot_words
    )


def _yet_to_be(found: SentenceMarks, mark: int, end: int) -> bool:
    """Whether what is told by a noun is said to lie ahead: the release of 30 is planned."""
    head = next((m for m in found.slot_words if m.first == mark), None)
    if head is None or not found.cue_at("genitive", head.last):
        return False
    return any(0 < cue.first - end <= PLAN_GAP for cue in found.named("planned_after"))


def _is_of_guilt(found: SentenceMarks, denial: Mark) -> bool:
    """Whether not a figure is denied but a part in it: denied responsibility for 20 deaths."""
    return any(0 < cue.first - denial.last <= GUILT_GAP for cue in found.named("of_guilt"))


def _is_closed(told: Told, denial: Mark, start: int) -> bool:
    """Whether a denial stands in an aside that ends before the claim: the mayor, who denies any
    fault, said that 20 died."""
    words, opens = told.passage.tokens.words, denial.first - 1
    while opens > told.marks.sentence.first and words[opens] not in COMMAS:
        opens -= 1
    if words[opens] not in COMMAS or not told.marks.cue_at("relative", opens + 1):
        return False
    return any(words[i] in COMMAS for i in range(denial.last + 1, start))


def _is_negated(told: Told, mark: int, figure: int) -> bool:
    """Whether the verb of a figure is negated (did not kill 20, did not make 20 dead) or its
    subject (no crash killed 20). Not where the figure is excepted: killed none but 20."""
    found = told.marks
    told_of = next((f for f in told.figures if f.span.first == figure), None)
    first = figure if told_of is None else start_of(told_of.span)
    if any(mark < cue.first < first for cue in found.named("none_but")):
        return False
    if is_negated(mark, found) or any(cue.last == first - 1 for cue in found.named("not_so_many")):
        return True
    if any(_goes_to(told, cue, mark) for cue in found.named("not_brought")):
        return True
    return mark < first and any(_is_no_such(told, cue, mark) for cue in found.named("no_such"))


def _goes_to(told: Told, negated: Mark, verb: int) -> bool:
    """Whether between a negated verb of bringing about and what it brought about only its subject
    stands: لم تسفر الاشتباكات عن مقتل."""
    between = range(negated.last + 1, verb)
    words = told.passage.tokens.words
    if not 0 < len(between) <= NO_SUCH_GAP:
        return False
    figures = counting(told)
    return not any(
        words[i] in COMMAS or i in figures or told.marks.cue_at("relative", i) for i in between
    )


def _is_no_such(told: Told, no: Mark, verb: int) -> bool:
    """Whether a clause begins with what did not happen and goes on with its verb: no crash killed;
    not: no crash was reported after the blast that killed."""
    found, words, before = told.marks, told.passage.tokens.words, no.first - 1
    opens = no.first == found.sentence.first or words[before] in OPENING or joins(words[before])
    opens = opens or found.cue_at("speech", before)
    between = range(no.last + 1, verb)
    if not (opens or found.cue_at("that", before)) or not 0 < len(between) <= NO_SUCH_GAP:
        return False
    figures = counting(told)
    return not any(
        words[i] in COMMAS
        or joins(words[i])
        or i in figures
        or found.cue_at("relative", i)
        or found.cue_at("new_clause", i)
        or found.cue_at("none_but", i)  # no fire broke out but after a blast that killed
        for i in between
    )


def denied_before(told: Told, previous: Told) -> bool:
    """Whether a sentence denies what the one before it tells: A post said that 20 died. That is
    false, the ministry said. Not where it denies something of its own, or a part in it."""
    found = told.marks
    cues = [c for name in DENYING for c in found.named(name) if not _is_of_guilt(found, c)]
    if not cues:
        return False
    own = [f for f in told.figures if modality_of(told, f.mark.first, f.span.first) == "denied"]
    if own or any(found.cue_at("that", cue.last + 1) for cue in cues):
        return False
    slots = {figure.slot for figure in previous.figures}
    if previous.marks.speakers and any(figure.slot in slots for figure in told.figures):
        return False  # two speakers: police spoke of five dead; the army denied this, and of 12
    if previous.marks.named("report") or is_asked(previous):
        return True
    return any(_is_of_it(told, cue) for cue in cues)


def _is_of_it(told: Told, denial: Mark) -> bool:
    """Whether a denial is of what was said before: denied this, the claim is baseless."""
    found = told.marks
    after = denial.last + 1
    if found.cue_at("pronouns", after) or found.cue_at("said_so", after):
        return True
    ends = after > found.sentence.last or not told.passage.tokens.words[after].isalnum()
    if ends and any(mark.last == denial.first - 1 for mark in found.speakers):
        return True  # …, but the police deny
    before = denial.first - 1
    while before >= found.sentence.first and found.cue_at("auxiliary", before):
        before -= 1
    if found.cue_at("pronouns", before):
        return before == found.sentence.first
    return found.cue_at("said_so", before)


def _leads_to(report: Mark, start: int, figure: int) -> bool:
    """Whether a report is of a claim: the figure of 20 killed; or between its words: found that the
    figure of 20 dead was invented."""
    return 0 < start - report.last <= REPORT_GAP or (
        start <= report.last and 0 < figure - report.last <= REPORT_GAP
    )


def _denied_after(told: Told, start: int, end: int, figure: int) -> bool:
    """Whether a report is told first and its denial after it: reports that 20 died are untrue; the
    death of 20 is a mere rumour."""
    found, words = told.marks, told.passage.tokens.words
    for cue in found.named("mere_rumour"):
        between = range(end + 1, cue.first - 1)  # a sign may set it off: 20 died, which is a lie
        signs = [i for i in between if words[i] in ",،:;؛" and not _is_beside_time(told, i)]
        if 0 < cue.first - end <= DENIAL_GAP and not signs:
            return True
    for name, parting in (("report", ":;؛"), ("claimed", ",،:;؛")):
        reports = [cue.last for cue in found.named(name) if _leads_to(cue, start, figure)]
        if not reports:
            continue
        for cue in found.named("denied_after"):
            between = range(reports[-1], cue.first)
            stops = (i for i in between if words[i] in parting and not _is_beside_time(told, i))
            if 0 < cue.first - end <= DENIAL_GAP and next(stops, None) is None:
                return True
    return False


def _is_beside_time(told: Told, sign: int) -> bool:
    """Whether a comma only sets off when it was: the death of 20, on Tuesday, is a mere rumour."""
    words = told.passage.tokens.words
    return words[sign] in COMMAS and any(
        sign in (time.first - 1, time.last + 1)
        and words[time.first - 1] in COMMAS
        and words[time.last + 1] in COMMAS
        for time in told.all_times
        if time.last < told.marks.sentence.last
    )


def _begins_another(told: Told, index: int) -> bool:
    """Whether a second clause of what is said begins: it is baseless *and that* five died."""
    words = told.passage.tokens.words
    joined = joins(words[index - 1]) and words[index - 1] not in COMMAS
    return told.marks.cue_at("that", index) and (joined or words[index].startswith("و"))


def _answered(told: Told, denial: Mark, start: int) -> bool:
    """Whether after a denial the denier goes on to say what was: denied that 20 died, saying…;
    that 20 died is untrue: five died; disputed the figure and spoke of 18."""
    words = told.passage.tokens.words
    if any(words[i] in ":;؛" for i in range(denial.last + 1, start)):
        return True
    if any(denial.last + 1 < cue.first < start for cue in told.marks.named("answering")):
        return True
    if any(_begins_another(told, i) for i in range(denial.last + 2, start)):
        return True
    of_that = any(told.marks.cue_at("that", denial.last + i) for i in range(1, DENIER_GAP + 1))
    if any(
        denial.last + 3 < cue.first < start
        and not (of_that and any(cue.last < t.first < start for t in told.all_times))
        and not told.marks.cue_at("that", cue.first)
        and not told.marks.cue_at("report", cue.first)
        for cue in told.marks.named("relative")
    ):
        return True  # denied part in the siege which has killed 132; not: claims which put it at 40
    return any(
        denial.last + 1 < cue.first < start
        and (joins(words[cue.first - 1]) or words[cue.first].startswith("و"))
        for name in ANSWERING
        for cue in told.marks.named(name)
    )
