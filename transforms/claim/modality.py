"""Whether what is told happened: asserted, planned, possible or denied."""

from __future__ import annotations

from schemas.messages import Modality
from transforms.claim.lexicon import Mark
from transforms.claim.marks import COMMAS, SentenceMarks, joins
from transforms.claim.told import Told

CUE_GAP = 5  # tokens between "will", "could" and what they speak of
DENIAL_GAP = 25
ANSWERING = ("instead", "speech", "same_again")
REPORT_GAP = 8  # tokens between "reports that" and what is reported
PLAN_GAP = 20  # tokens from the figure to "is planned"


def modality_of(told: Told, mark: int, figure: int) -> Modality:
    """Denied, planned or possible by the words shortly before; else asserted."""
    found, words = told.marks, told.passage.tokens.words
    start, end = min(mark, figure), max(mark, figure)

    def reaches(last: int, gap: int) -> bool:
        """Whether nothing stands between a cue and the claim that begins something else."""
        return 0 < start - last <= gap and not any(
            words[i] in ",،;:" for i in range(last + 1, start)
        )

    def tells(name: str) -> bool:
        return any(start <= c.last <= end or reaches(c.last, CUE_GAP) for c in found.named(name))

    if found.cue_at("answers_no", found.sentence.first):
        no = found.named("answers_no")[0]
        return "asserted" if _answered(told, no, start) else "denied"
    for cue in found.named("denied"):
        if found.cue_at("mere_rumour", cue.first) and any(
            words[i] in COMMAS for i in range(cue.last + 1, start)
        ):
            continue  # that 45 died is a mere rumour, and five died
        if 0 < start - cue.last <= DENIAL_GAP and not _answered(told, cue, max(start, figure)):
            return "denied"
    if _denied_after(told, start, end):
        return "denied"
    if found.named("imagined") or tells("possible"):
        return "possible"
    return "planned" if tells("planned") or _yet_to_be(found, mark, end) else "asserted"


def _yet_to_be(found: SentenceMarks, mark: int, end: int) -> bool:
    """Whether what is told by a noun is said to lie ahead: the release of 30 is planned."""
    head = next((m for m in found.slot_words if m.first == mark), None)
    if head is None or not found.cue_at("genitive", head.last):
        return False
    return any(0 < cue.first - end <= PLAN_GAP for cue in found.named("planned_after"))


def _denied_after(told: Told, start: int, end: int) -> bool:
    """Whether a report is told first and its denial after it: reports that 20 died are untrue; the
    death of 20 is a mere rumour."""
    found, words = told.marks, told.passage.tokens.words
    for cue in found.named("mere_rumour"):
        between = range(end + 1, cue.first)
        if 0 < cue.first - end <= DENIAL_GAP and not any(words[i] in ",،:;؛" for i in between):
            return True
    reports = [cue.last for cue in found.named("report") if 0 < start - cue.last <= REPORT_GAP]
    if not reports:
        return False
    for cue in found.named("denied_after"):
        between = range(reports[-1], cue.first)
        if 0 < cue.first - end <= DENIAL_GAP and not any(words[i] in ":;؛" for i in between):
            return True
    return False


def _answered(told: Told, denial: Mark, start: int) -> bool:
    """Whether after a denial the denier goes on to say what was: denied that 20 died, saying…;
    that 20 died is untrue: five died; disputed the figure and spoke of 18."""
    words = told.passage.tokens.words
    if any(words[i] in ":;؛" for i in range(denial.last + 1, start)):
        return True
    if any(denial.last + 1 < cue.first < start for cue in told.marks.named("answering")):
        return True
    if any(
        denial.last + 3 < cue.first < start and not told.marks.cue_at("that", cue.first)
        for cue in told.marks.named("relative")
    ):
        return True  # denied part in the siege which has killed 132; not: claims which put it at 40
    return any(
        denial.last + 1 < cue.first < start
        and (joins(words[cue.first - 1]) or words[cue.first].startswith("و"))
        for name in ANSWERING
        for cue in told.marks.named(name)
    )
