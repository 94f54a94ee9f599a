"""The naive matcher: what Tally must beat, and the recall-first drawing of pairs to label.

A plain pattern matcher, independent of `transforms/`: a number beside a casualty word is a figure.
It knows no scope, no event, no as-of, no speaker. Its alert: two articles of one place, within
three days, give one slot different figures.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any, NamedTuple

DAYS = 3
REACH_BEFORE, REACH_AFTER = 60, 40  # characters between a casualty word and its number


class Figure(NamedTuple):
    """A figure as the naive matcher has it: offsets are code points of `field`."""

    uri: str
    field: str
    start: int
    end: int
    exact: str
    value: float | None  # None: dozens, hundreds, several
    slot: str
    sentence: str
    places: frozenset[str]
    published: datetime


# slot -> words, one line a language: English, French, Arabic
SLOT_WORDS = {
    "killed": (
        r"kill(?:ed|s|ing)?|dead|d(?:ied|eaths?)|martyr(?:ed|s)|slain|casualt(?:y|ies)|bodies|victims",
        r"tués?|tuées?|morts?|mortes?|décès|décédés?|victimes?|cadavres?",
        r"قتلى|قتيلا?|قتل|مقتل|قتلوا|شهداء|شهيدا?|استشهاد|مصرع|وفاة|ضحايا",
    ),
    "injured": (
        r"injur(?:ed|ing|ies)|wound(?:ed|ing|s)|hurt",
        r"blessée?s?|blessures?",
        r"جرحى|جريحا?|إصابة|أصيب|مصابا?|مصابين",
    ),
    "missing": (
        r"missing|trapped|unaccounted",
        r"dispar[ui]s?|portés disparus|pris au piège",
        r"مفقودا?|مفقودين|محاصرا?|عالقين",
    ),
    "displaced": (
        r"displac(?:ed|ing)|fled|flee(?:ing)?|evacuat(?:ed|ing|ion)|refugees",
        r"déplacée?s?|évacuée?s?|fui|réfugiée?s?",
        r"نازحا?|نازحين|نزوح|إجلاء|إخلاء|لاجئا?|لاجئين",
    ),
    "detained": (
        r"detain(?:ed|ees)|arrest(?:ed|s)|abduct(?:ed|ing)|kidnapp?(?:ed|ing)|captured|released|freed",
        r"arrêtée?s?|détenue?s?|enlevée?s?|libérée?s?|interpellée?s?",
        r"اعتقال|معتقلا?|موقوفا?|اختطاف|مختطفا?|إفراج",
    ),
}
WORD_VALUES = {
    word: value
    for value, words in {
        1: "one un une واحد", 2: "two deux اثنان قتيلان جريحان", 3: "three trois ثلاثة ثلاث",
        4: "four quatre أربعة أربع", 5: "five cinq خمسة خمس", 6: "six ستة ست",
        7: "seven sept سبعة سبع", 8: "eight huit ثمانية ثماني", 9: "nine neuf تسعة تسع",
        10: "ten dix عشرة عشر", 11: "eleven onze", 12: "twelve douze", 13: "thirteen treize",
        14: "fourteen quatorze", 15: "fifteen quinze", 16: "sixteen seize", 17: "seventeen",
        18: "eighteen", 19: "nineteen", 20: "twenty vingt عشرون عشرين",
        30: "thirty trente ثلاثون ثلاثين", 40: "forty quarante أربعون أربعين",
        50: "fifty cinquante خمسون خمسين", 60: "sixty soixante ستون ستين",
        100: "hundred cent مئة مائة", 1000: "thousand mille ألف",
    }.items()
    for word in words.split()
}  # fmt: skip
VAGUE = (
    "dozens|scores|hundreds|thousands|several|dizaines|centaines|milliers|plusieurs"
    "|عشرات|مئات|آلاف|عدة"
)
INDIC = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")

NUMBER = re.compile(
    r"(?<![\w.])(?!(?:19|20)[0-9]{2}(?![\w,]))(?!one of)(?:[0-9٠-٩]+(?:[, .][0-9]{3})*(?![\w])|(?:"
    + "|".join(sorted(WORD_VALUES, key=len, reverse=True))
    + rf"|{VAGUE})(?!\w))",
    re.IGNORECASE,
)
SLOT = {
    slot: re.compile(r"(?<!\w)[وفبل]?(?:" + "|".join(words) + r")(?!\w)", re.IGNORECASE)
    for slot, words in SLOT_WORDS.items()
}
SENTENCE = re.compile(r".+?(?:[.!?؟](?=[\s\"»]|$)|\n|$)", re.DOTALL)
PLACE = re.compile(
    r"\b(?:in|at|near|of|from|around|on|to|à|de|en)\s+(?:the\s+)?((?:al-)?[A-Z][\w-]{2,})"
)
NO_PLACE = frozenset(  # shared by everything, or no place
    """syria syrian syrians isis isil daesh islamic state united nations un russia russian us turkey
    turkish monday tuesday wednesday thursday friday saturday sunday january february march april
    may june july august september october november december president assad reuters sana
    observatory human rights army the free democratic forces""".split()  # noqa: SIM905
)


def read_value(text: str) -> float | None:
    """The number written in `text`; None where it is vague."""
    word = text.lower()
    if word in WORD_VALUES:
        return float(WORD_VALUES[word])
    digits = re.sub(r"\D", "", word.translate(INDIC))
    return float(digits) if digits else None


def figures(article: dict[str, Any]) -> Iterator[Figure]:
    """Every figure of an article (a dict of Tally's Article fields), in the order of the text."""
    published = datetime.fromisoformat(article["versioncreated"])
    home = {p for p in [str(article.get("place") or "").lower()] if p}
    for field in ("headline", "body_text"):
        seen: set[tuple[int, str]] = set()
        for sentence in SENTENCE.finditer(article.get(field) or ""):
            text = sentence.group()
            places = frozenset(home | ({p.lower() for p in PLACE.findall(text)} - NO_PLACE))
            for slot, number in beside(text):
                key = (sentence.start() + number.start(), slot)
                if key not in seen:
                    seen.add(key)
                    yield Figure(
                        article["uri"], field, key[0], sentence.start() + number.end(),
                        number.group(), read_value(number.group()), slot, text.strip(), places,
                        published,
                    )  # fmt: skip


def beside(sentence: str) -> Iterator[tuple[str, re.Match[str]]]:
    """Each slot word with the first number before it, else after it, within reach."""
    numbers = list(NUMBER.finditer(sentence))
    for slot, words in SLOT.items():
        for word in words.finditer(sentence):
            before = [n for n in numbers if 0 <= word.start() - n.end() <= REACH_BEFORE]
            after = [n for n in numbers if 0 <= n.start() - word.end() <= REACH_AFTER]
            if before or after:
                yield slot, (before[-1] if before else after[0])


def meet(a: Figure, b: Figure) -> bool:
    """The recall-first key: one slot, a shared place, published within three days, two articles."""
    return (
        a.uri != b.uri
        and a.slot == b.slot
        and bool(a.places & b.places)
        and abs((a.published - b.published).total_seconds()) <= DAYS * 86400
    )


def differ(a: Figure, b: Figure) -> bool:
    """The naive alert on a pair that meets: two figures, and not the same."""
    return a.value is not None and b.value is not None and a.value != b.value


def pairs(articles: Iterable[dict[str, Any]]) -> Iterator[tuple[Figure, Figure]]:
    """All pairs that the key brings together, the earlier article (then lower uri) first."""
    by_slot: dict[str, list[Figure]] = defaultdict(list)
    for article in articles:
        for figure in figures(article):
            by_slot[figure.slot].append(figure)
    for found in by_slot.values():
        found.sort(key=lambda f: (f.published, f.uri, f.field, f.start))
        for i, a in enumerate(found):
            for b in found[i + 1 :]:
                if (b.published - a.published).total_seconds() > DAYS * 86400:
                    break
                if meet(a, b):
                    yield a, b
