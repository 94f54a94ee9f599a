"""Draws the sentences to label: `python -m benchmarks.extract.draw LANGUAGE WIKINEWS > DRAWN`.

WIKINEWS is a work tree of github.com/YoannDupont/WiNER-fr (French Wikinews of 2016, CC BY 2.5; its
annotations are not used); the folder of the other corpora is that of TALLY_DATA. The seed is fixed.

Sentences are put in classes by what their surface holds: `both` a number and a time word, `number`,
`time`, and `trap`, digits that look like codes, scores and names, or number words of idioms. From
every source each class gets its share; at most a few sentences of one document are taken, and none
is taken whose words were taken before. Arabic has two parts: TICO-19's Arabic, and sentences of
FA-KES and of French Wikinews to be translated by hand (`translate`: true).
"""

from __future__ import annotations

import hashlib
import json
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.corpora import ecbplus, fa_kes, located, tico19

SEED = 61
SALT = "tally-extract-gold"  # splits documents into the work and the final half
SHARES = {"both": 0.34, "number": 0.32, "time": 0.19, "trap": 0.15}
LENGTH = range(45, 330)
BLOCK = 20  # sentences of TICO-19 in a row that count as one document

# Publication of TICO-19's Wikinews articles, from what they tell; all others are undated texts.
TICO19_PUBLISHED = {
    "Wikinews_1": "2020-04-06", "Wikinews_2": "2020-03-12", "Wikinews_3": "2020-04-05",
    "Wikinews_4": "2020-03-12", "Wikinews_5": "2020-03-15", "Wikinews_6": "2020-03-13",
}  # fmt: skip
TICO19_OTHERS = "2020-06-01"
NOT_NEWS = ("CMU", "PubMed_8", "PubMed_7", "Wikisource")  # talk, trial tables, an order


def _listed(text: str) -> list[str]:
    return text.split()


MONTHS = _listed(
    "january february march april june july august september october november december "
    "janvier février mars avril juin juillet août septembre octobre novembre décembre "
    "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر"
)
WEEKDAYS = _listed(
    "monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi "
    "vendredi samedi dimanche الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد"
)
RELATIVE = _listed(
    "today yesterday tomorrow tonight weekend week month year years days hours decade century "
    "daily "
    "aujourd'hui hier demain semaine mois an ans année années jours heures décennie siècle "
    "matin soir nuit actuellement récemment "
    "اليوم أمس غدا أسبوع شهر عام سنة سنوات أيام ساعات عقد قرن حاليا يوميا مساء صباح"
)
NUMBERS = _listed(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty "
    "fifty "
    "hundred hundreds thousand thousands million millions billion dozen dozens half third quarter "
    "deux trois quatre cinq sept huit neuf dix onze douze quinze vingt trente cent cents mille "
    "milliers million millions milliard milliards dizaine dizaines centaine centaines moitié tiers "
    "اثنان اثنين ثلاثة ثلاث أربعة أربع خمسة خمس ستة ست سبعة سبع ثمانية ثماني تسعة تسع عشرة عشر مئة "
    "مائة مئات ألف آلاف مليون ملايين مليار نصف ثلث ربع عشرات"
)
IDIOMS = _listed(
    "one first second once no-one un une premier première deuxième seconde numéro "
    "أحد إحدى واحد واحدة أول الأولى الثاني الثانية"
)


def _words(*groups: list[str]) -> re.Pattern[str]:
    listed = "|".join(sorted((re.escape(word) for group in groups for word in group), reverse=True))
    return re.compile(rf"(?<!\w)[وبلف]?(?:ال)?(?:{listed})(?!\w)", re.I)


TIME = _words(MONTHS, WEEKDAYS, RELATIVE)
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NUMBER = _words(NUMBERS)
IDIOM = _words(IDIOMS)
DIGITS = re.compile(r"\d")
CODE = re.compile(r"[A-Za-z]+[-–]?\d[\w-]*|\b\d+\s?[-–/:]\s?\d+\b|\b\d+[A-Za-z]+\b|N°|\bno\.", re.I)
SENTENCE = re.compile(r"(?<=[.!?؟])[\s]+(?=[\"«“A-ZÀ-Ý0-9])")


class Sentence(NamedTuple):
    """A sentence with the document it is from; `published` is the day of its article."""

    text: str
    document: str
    source: str
    licence: str
    published: str
    translate: bool = False


def sort_of(text: str) -> str | None:
    """The class of a sentence by its surface; None where it holds nothing of interest."""
    bare = CODE.sub(" ", text)
    time = bool(TIME.search(bare) or YEAR.search(bare))
    number = bool(DIGITS.search(YEAR.sub(" ", bare)) or NUMBER.search(bare))
    if time or number:
        return "both" if time and number else "time" if time else "number"
    return "trap" if CODE.search(text) or IDIOM.search(text) else None


# --- Sources ------------------------------------------------------------------------------------


def fa_kes_sentences(*, translate: bool = False) -> Iterator[Sentence]:
    for row in fa_kes(located("fa_kes")):
        for text in SENTENCE.split(str(row["body_text"]))[2:]:  # the head is title and dateline
            yield Sentence(
                text, row["uri"], "FA-KES", "CC BY 4.0", row["versioncreated"][:10], translate
            )


PRINTED = re.compile(
    r"^(?:\w+day,? )?(?:(?P<m>[A-Z][a-z]+)\.? (?P<d>\d\d?), (?P<y>20\d\d)"
    r"|(?P<d2>\d\d?) (?P<m2>[A-Z][a-z]+),? (?P<y2>20\d\d))\b"
)


def printed_day(lines: list[str]) -> str | None:
    """The day printed alone on one of an article's first lines."""
    for line in lines[:5]:
        found = PRINTED.match(line)
        month = found and (found["m"] or found["m2"]).lower()
        for number, name in enumerate(m for m in ["", *MONTHS[:4], "may", *MONTHS[4:11]]):
            if found and month and number and name.startswith(month[:3]):
                day = int(found["d"] or found["d2"])
                return f"{found['y'] or found['y2']}-{number:02}-{day:02}"
    return None


def ecbplus_sentences() -> Iterator[Sentence]:
    """Only articles that print their day: the others have no anchor."""
    for row in ecbplus(located("ecbplus")):
        lines = str(row["body_text"]).split("\n")
        published = printed_day(lines)
        for text in lines[3:] if published else ():
            yield Sentence(text, row["uri"], "ECB+", "CC BY 3.0", published or "")


def tico19_sentences(language: str) -> Iterator[Sentence]:
    for row in tico19(located("tico19")):
        name, number, told = row["uri"].removeprefix("urn:tally:tico19:").rsplit(":", 2)
        if told == language and not name.startswith(NOT_NEWS):
            document = f"tico19:{name}:{int(number) // BLOCK}"
            published = TICO19_PUBLISHED.get(name, TICO19_OTHERS)
            yield Sentence(row["body_text"], document, "TICO-19", "CC0 1.0", published)


def wikinews_sentences(folder: Path, *, translate: bool = False) -> Iterator[Sentence]:
    for path in sorted(folder.glob("2016/*/*.txt")):
        day = path.stem[:10].replace("_", "-")
        for paragraph in path.read_text("utf-8").split("\n")[1:]:
            for text in SENTENCE.split(paragraph.strip()):
                yield Sentence(
                    text, f"wikinews-fr:{path.stem}", "French Wikinews", "CC BY 2.5", day, translate
                )


def sources(language: str, wikinews: Path) -> list[tuple[int, list[Sentence]]]:
    """How many sentences to draw from which source."""
    if language == "en":
        return [(90, list(fa_kes_sentences())), (55, list(ecbplus_sentences())),
                (55, list(tico19_sentences("en")))]  # fmt: skip
    if language == "fr":
        return [(140, list(wikinews_sentences(wikinews))), (60, list(tico19_sentences("fr")))]
    return [(110, list(tico19_sentences("ar"))),
            (60, list(fa_kes_sentences(translate=True))),
            (30, list(wikinews_sentences(wikinews, translate=True)))]  # fmt: skip


# --- Drawing ------------------------------------------------------------------------------------


def half(document: str) -> str:
    """`work` or `final`: by the document, so that no text stands in both."""
    digest = hashlib.sha256(f"{SALT}:{document}".encode()).digest()
    return "work" if digest[0] % 2 else "final"


def draw(count: int, sentences: list[Sentence], chance: random.Random) -> Iterator[Sentence]:
    """So many sentences, as many of each half and class as its share asks for."""
    pools: dict[tuple[str, str], list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        kind = sort_of(sentence.text)
        if kind is not None and len(sentence.text) in LENGTH:
            pools[half(sentence.document), kind].append(sentence)
    of_document: Counter[str] = Counter()
    limit = 4 if sentences[0].source == "TICO-19" else 2
    seen: set[str] = set()
    for (_, kind), pool in sorted(pools.items()):
        wanted = round(count / 2 * SHARES[kind])
        chance.shuffle(pool)
        for sentence in pool:
            if wanted and of_document[sentence.document] < limit and sentence.text not in seen:
                wanted -= 1
                of_document[sentence.document] += 1
                seen.add(sentence.text)
                yield sentence


def main(arguments: list[str]) -> None:
    language, wikinews = arguments[0], Path(arguments[1])
    chance = random.Random(f"{SEED}:{language}")
    number = 0
    for count, sentences in sources(language, wikinews):
        for sentence in draw(count, sentences, chance):
            number += 1
            told = {"id": f"{language}{number:03}", "half": half(sentence.document)}
            print(json.dumps(told | sentence._asdict(), ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1:])
