"""What stands around a time word: glue, numbers before it, relatives on either side."""

from __future__ import annotations

import msgspec

from transforms.extract.numbers import read_number
from transforms.extract.time_tables import LAST_YEAR, Lexicon, Relative, TimeTable
from transforms.extract.tokens import Tokens, is_han

# Tokens that a number before a unit may take up: keeps the look back short.
LONGEST_NUMBER = 8


class Scan(msgspec.Struct, frozen=True, gc=False):
    """A text under reading: `floor` is the first token that no reading holds yet."""

    tokens: Tokens
    table: TimeTable
    floor: int

    def word(self, i: int) -> str:
        """Token `i`, empty outside the text."""
        words = self.tokens.words
        return words[i] if 0 <= i < len(words) else ""

    def digits(self, i: int, low: int, high: int, width: int = 4) -> int | None:
        """The number in plain digits at token `i`, if it lies in [low, high]."""
        word = self.word(i)
        if len(word) > width or not word.isdecimal():
            return None
        number = int(word)
        return number if low <= number <= high else None

    def begins_sentence(self, i: int) -> bool:
        """Whether token `i` begins a sentence or a line."""
        return i == 0 or self.word(i - 1) in '.!?:"' or self.new_line(i)

    def exactly(self, i: int) -> str:
        """Token `i` as it is written."""
        return self.tokens.exact(i, i)

    def touching(self, i: int) -> bool:
        """Whether token `i` follows the one before it without a space."""
        return 0 < i < len(self.tokens.words) and self.tokens.touching(i)

    def capital(self, i: int) -> bool:
        """Whether token `i` begins with a capital."""
        return self.tokens.text[self.tokens.starts[i]].isupper()

    def new_line(self, i: int) -> bool:
        """Whether a line ends between token `i` and the one before it."""
        start, end = self.tokens.ends[i - 1], self.tokens.starts[i]
        return end - start > 0 and "\n" in self.tokens.text[start:end]

    def ends_here(self, i: int) -> bool:
        """Whether no word follows: punctuation, a line's or the text's end."""
        return i >= len(self.tokens.words) or not self.word(i)[0].isalnum() or self.new_line(i)


def over(scan: Scan, lexicon: Lexicon[str], i: int) -> int:
    """The token after the phrase of `lexicon` at token `i`; `i` where there is none."""
    found = lexicon.at(scan.tokens.words, i)
    return i if found is None else found[1] + 1


def back_over(scan: Scan, lexicon: Lexicon[str], i: int) -> int:
    """The token before the phrase of `lexicon` that ends at token `i`; `i` where there is none."""
    found = lexicon.ending(scan.tokens.words, i)
    return i if found is None or found[1] < scan.floor else found[1] - 1


def is_gap(scan: Scan, lexicon: Lexicon[str], first: int, end: int) -> bool:
    """Whether the tokens from `first` to before `end` are one phrase of `lexicon`."""
    found = lexicon.at(scan.tokens.words, first)
    if found is None or first >= end:
        return False
    if found[1] == end - 1:
        return True
    phrase = tuple(scan.tokens.words[first:end])
    return any(phrase == known for known, _ in lexicon.heads[phrase[0]])


def number_before(scan: Scan, i: int) -> tuple[float, int, bool] | None:
    """The number whose last token is `i`: value, first token, whether it is an ordinal."""
    if i < scan.floor:
        return None
    words, numbers = scan.tokens.words, scan.table.numbers
    low = max(scan.floor, i - LONGEST_NUMBER + 1)
    first = i
    while first > low and (words[first - 1].isdecimal() or _in_number(scan, first - 1)):
        first -= 1
    for begin in range(first, i + 1):
        word = words[begin]
        if not word.isdecimal() and word not in numbers.words:
            continue
        if word.isdecimal() and scan.touching(begin):
            if words[begin - 1] == "/":
                return None
            article = scan.table.articles.ending(words, begin - 1)  # الـ24
            if words[begin - 1].isalnum() and not (article or is_han(words[begin - 1])):
                continue
        number = read_number(scan.tokens, begin, numbers, i + 1)
        if number is not None and number.last == i:
            return number.value, begin, number.ordinal
    return None


def _in_number(scan: Scan, i: int) -> bool:
    word, numbers = scan.tokens.words[i], scan.table.numbers
    known = word in numbers.words or word in numbers.join or word in numbers.shares
    return known or word in numbers.articles or word in "-.,٫٬/"


def number_after(scan: Scan, i: int) -> tuple[float, int, bool] | None:
    """The number that begins at token `i`: value, last token, whether it is an ordinal."""
    word = scan.word(i)
    if not word or not (word.isdecimal() or word in scan.table.numbers.words):
        return None
    number = read_number(scan.tokens, i, scan.table.numbers)
    return None if number is None else (number.value, number.last, number.ordinal)


def ends_number(scan: Scan, i: int) -> bool:
    """Whether token `i` ends a number, which no time before it holds."""
    word = scan.word(i)
    entry = scan.table.numbers.words.get(word)
    return i >= scan.floor and (word.isdecimal() or (entry is not None and not entry.ordinal))


def clock_led(scan: Scan, i: int) -> bool:
    """Whether a word before token `i` leads to an hour: à 12 heures, not 10 à 12 heures."""
    words, table = scan.tokens.words, scan.table
    led = table.clock_lead.ending(words, i - 1)
    if led is None:
        return False
    length = ends_number(scan, led[1] - 1) and not table.range_from.ending(words, led[1] - 2)
    return not length


def day_before(scan: Scan, i: int) -> tuple[int, int] | None:
    """A day of the month whose last token is `i` (12, 12th, 12., twelfth): day, first token."""
    mark = scan.table.day_marks.ending(scan.tokens.words, i)
    if mark is not None and mark[1] > scan.floor and scan.touching(mark[1]):
        i = mark[1] - 1
    day = scan.digits(i, 1, 31, 2)
    if day is not None:
        return None if scan.touching(i) and scan.word(i - 1) in "/.,:" else (day, i)
    number = number_before(scan, i) if i >= scan.floor and scan.word(i) not in "-.," else None
    if number is None or number[0] != int(number[0]) or not 1 <= number[0] <= 31:
        return None
    return int(number[0]), number[1]


def day_after(scan: Scan, i: int) -> tuple[int, int] | None:
    """A day of the month that begins at token `i`: day, last token."""
    number = number_after(scan, i)
    if number is None or number[0] != int(number[0]) or not 1 <= number[0] <= 31:
        return None
    mark = scan.table.day_marks.at(scan.tokens.words, number[1] + 1)
    if mark is not None and mark[0] == "alone":
        return int(number[0]), mark[1]
    if scan.word(number[1] + 1) in ("%", ":", "/") and scan.touching(number[1] + 1):
        return None
    return int(number[0]), number[1]


def year_after(scan: Scan, i: int) -> tuple[int, int] | None:
    """A year that begins at token `i` (2021, '21): year, last token."""
    if scan.word(i) == "'" and (short := scan.digits(i + 1, 0, 99, 2)) is not None:
        return (2000 + short if short < 60 else 1900 + short), i + 1
    if len(scan.word(i)) != 4:
        return None
    year = scan.digits(i, 1000, LAST_YEAR)
    joined = scan.touching(i + 1) and (
        scan.word(i + 1) == "%" or (scan.word(i + 1) == ":" and scan.digits(i + 2, 0, 99, 2))
    )
    if year is None or joined:
        return None
    return year, i


def relative_before(scan: Scan, i: int) -> tuple[Relative, int] | None:
    """The relative whose last token is `i` (last, ce, هذا): it, and its first token."""
    found = scan.table.relatives_before.ending(scan.tokens.words, i)
    return found if found is not None and found[1] >= scan.floor else None


def relative_after(scan: Scan, i: int) -> tuple[Relative, int] | None:
    """The relative that begins at token `i` (dernier, الماضي): it, and its last token."""
    return scan.table.relatives_after.at(scan.tokens.words, i)
