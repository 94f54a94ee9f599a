"""Numbers in words and digits, in three languages: own tables, by construction."""

from __future__ import annotations

from collections.abc import Callable

EN_ONES = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()  # noqa: E501, SIM905
EN_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()  # noqa: SIM905
FR_ONES = "zéro une deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf".split()  # noqa: E501, SIM905
FR_TENS = "vingt trente quarante cinquante soixante soixante quatre-vingt quatre-vingt".split()  # noqa: SIM905
AR_ONES = "صفر واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة".split()  # noqa: SIM905
AR_TENS = "عشر ثلاث أربع خمس ست سبع ثمان تسع".split()  # noqa: SIM905
INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def spelled_en(n: int) -> str:
    if n < 20:
        return EN_ONES[n]
    tens, ones = EN_TENS[n // 10 - 2], n % 10
    return f"{tens}-{EN_ONES[ones]}" if ones else tens


def spelled_fr(n: int) -> str:
    if n < 20:
        return FR_ONES[n]
    tens = FR_TENS[n // 10 - 2]
    ones = n % 20 if n >= 60 else n % 10
    if n == 80:
        return "quatre-vingts"
    if ones in (1, 11) and n < 80:
        return f"{tens} et {FR_ONES[ones]}"
    return f"{tens}-{FR_ONES[ones]}" if ones else tens


def spelled_ar(n: int, oblique: bool) -> str:
    """3 to 99 before a masculine noun."""
    if n <= 10:
        return AR_ONES[n]
    if n < 20:
        first = {1: "أحد", 2: "اثني" if oblique else "اثنا"}.get(n % 10, AR_ONES[n % 10])
        return f"{first} عشر"
    tens = AR_TENS[n // 10 - 2] + ("ين" if oblique else "ون")
    ones = {2: "اثنين" if oblique else "اثنان"}.get(n % 10, AR_ONES[n % 10])
    return f"{ones} و{tens}" if n % 10 else tens


def number(n: int, language: str, style: str, oblique: bool) -> str:
    """A number of 3 or more, as digits or, below 100, in words."""
    if style == "words" and n < 100:
        spell: dict[str, Callable[[], str]] = {
            "en": lambda: spelled_en(n),
            "fr": lambda: spelled_fr(n),
            "ar": lambda: spelled_ar(n, oblique),
        }
        return spell[language]()
    if language == "ar" and style == "indic":
        return str(n).translate(INDIC)
    group = {"en": ",", "fr": "\u202f", "ar": ""}[language]
    return f"{n:,}".replace(",", group)
