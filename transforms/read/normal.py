"""A text without the oddities of real feeds, and the way back to its offsets.

    normal(text) -> Normal    marks of composition made one letter (NFC); tashkeel, tatweel, bidi
        and zero-width signs gone; NBSP, U+202F and their kind made a plain space, CRLF and CR a
        newline; Arabic-Indic, Extended and full-width digits made 0-9; curly quotes and odd hyphens
        made plain; Arabic presentation forms made letters. The signs ٫ ٬ ، – — « » stay.
    Normal.original(start, end) -> (start, end) in the text that came in.
    fold(text) -> str of the same length: lower case; Arabic letters of one kind made one.

Texts are cleaned by `str.replace`, once for each odd character that a text holds: measured to be
several times faster than one `str.translate`, which looks each character up in a dictionary.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from bisect import bisect_right
from typing import NamedTuple

# Most combining marks on one letter that are looked at: Unicode orders marks in quadratic time.
MARKS_OF_ONE_LETTER = 8


def _span(first: int, last: int) -> str:
    return "".join(map(chr, range(first, last + 1)))


# Marks belong to the letter before them: a quote that ends with the letter ends after them.
_COMBINING = _span(0x0300, 0x036F) + _span(0x0653, 0x0655)
_MARKS = _COMBINING + "".join(
    (
        "\u0640",  # tatweel
        _span(0x064B, 0x0652) + _span(0x0656, 0x065F) + "\u0670",  # tashkeel
        _span(0x0610, 0x061A) + _span(0x06D6, 0x06DC) + _span(0x06DF, 0x06E4) + "\u06e7\u06e8",
        _span(0x06EA, 0x06ED) + _span(0x08D3, 0x08E1) + _span(0x08E3, 0x08FF),  # Quranic marks
        _span(0x0483, 0x0487) + _span(0x1AB0, 0x1AFF) + _span(0x1DC0, 0x1DFF),
        _span(0x20D0, 0x20F0) + _span(0xFE00, 0xFE0F) + _span(0xFE20, 0xFE2F),
    )
)
# Signs that are not seen: soft hyphen, bidi marks and isolates, zero-width spaces and joiners, BOM.
_UNSEEN = "\u00ad\u061c\u180e\ufeff" + _span(0x200B, 0x200F) + _span(0x202A, 0x202E)
_UNSEEN += _span(0x2060, 0x2064) + _span(0x2066, 0x206F)
_NO_MARK = _UNSEEN + "\r"

_PLAIN: dict[str, str] = {
    **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000" + _span(0x2000, 0x200A), " "),
    **dict.fromkeys("\u0085\u2028\u2029", "\n"),
    **dict.fromkeys("‘’‚‛ʼʻ´\u1ffd\u1fbd＇", "'"),
    **dict.fromkeys("“”„‟＂", '"'),
    **dict.fromkeys("‐‑−﹣－⁃", "-"),
    "‒": "–",
    **dict.fromkeys("٪﹪％", "%"),
    **{chr(zero + n): str(n) for zero in (0x0660, 0x06F0, 0xFF10) for n in range(10)},
    **{
        chr(form): letter
        for form in (*range(0xFB50, 0xFBC2), *range(0xFE80, 0xFEF5))
        if len(letter := unicodedata.normalize("NFKC", chr(form))) == 1
    },
}

_DROPPED_SIGNS = re.escape(_MARKS + _UNSEEN)
_ODD = re.compile(f"[{re.escape(''.join(_PLAIN))}{_DROPPED_SIGNS}\r]")
_DROPPED = re.compile(f"[{_DROPPED_SIGNS}]+|\r(?=\n)")
_TO_COMPOSE = re.compile(f"[{_COMBINING}]")

_LETTERS = {
    **dict.fromkeys("أإآٱٲٳ", "ا"),
    **dict.fromkeys("ىئیۍېےۓ", "ي"),
    **dict.fromkeys("ةہھۀەۂۃ", "ه"),
    "ؤ": "و",
    "ک": "ك",
}


class Normal(NamedTuple):
    """A normal text, and the places where something was taken out of the text that came in.

    Three parallel arrays, None where nothing moved: `cuts` are the places in `text`; there the
    text that came in goes on at `offsets`, and the marks of the letter before end at `marks`.
    """

    text: str
    offsets: array[int] | None = None
    cuts: array[int] | None = None
    marks: array[int] | None = None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The half-open offsets of `text[start:end]` in the text that came in, in code points."""
        if self.offsets is None or self.cuts is None or self.marks is None:
            return start, end
        first = _before(start, self.cuts, self.offsets)
        if end <= start:
            return first, first
        following = bisect_right(self.cuts, end - 1)
        if following < len(self.cuts) and self.cuts[following] == end:
            return first, self.marks[following]
        return first, _before(end - 1, self.cuts, self.offsets) + 1


def _before(at: int, cuts: array[int], offsets: array[int]) -> int:
    """Where character `at` of the normal text stands in the text that came in."""
    cut = bisect_right(cuts, at) - 1
    return at if cut < 0 else offsets[cut] + at - cuts[cut]


def normal(text: str) -> Normal:
    """Cleans a text, in linear time; clean text comes back as it is, with nothing to map."""
    if text.isascii() and "\r" not in text:
        return Normal(text)
    odd = set(_ODD.findall(text))
    for sign in odd & _PLAIN.keys():
        text = text.replace(sign, _PLAIN[sign])
    dropped = odd - _PLAIN.keys()
    if not dropped:
        return Normal(text)
    offsets, cuts, marks = _cuts(text)
    if _TO_COMPOSE.search(text):
        kept = _composed(text)
    else:
        kept = text.replace("\r\n", "\n")
        for sign in dropped - {"\r"}:
            kept = kept.replace(sign, "")
    kept = kept.replace("\r", "\n")
    return Normal(kept, offsets, cuts, marks) if cuts else Normal(kept)


def fold(text: str) -> str:
    """Lower case, Arabic letters of one kind made one; always as long as `text`."""
    if text.isascii():
        return text.lower()
    # The one letter whose lower case is two characters; any other keeps its length.
    # Russian mostly leaves the dots of ё out.
    text = text.replace("İ", "i").lower().replace("ё", "е")
    for letter, one in _LETTERS.items():
        text = text.replace(letter, one)
    return text


def _cuts(text: str) -> tuple[array[int], array[int], array[int]]:
    """The three arrays of Normal."""
    offsets, cuts, marks = array("I"), array("I"), array("I")
    taken_out = 0
    for match in _DROPPED.finditer(text):
        start, end = match.span()
        cuts.append(start - taken_out)
        offsets.append(end)
        if text[end - 1] in _NO_MARK:
            marks.append(start + len(match.group().rstrip(_NO_MARK)))
        else:
            marks.append(end)
        taken_out += end - start
    return offsets, cuts, marks


def _composed(text: str) -> str:
    """The text without dropped signs, each letter made one with its combining marks (NFC)."""
    pieces: list[str] = []
    kept_to = 0
    for match in _DROPPED.finditer(text):
        start, end = match.span()
        piece = text[kept_to:start]
        marks = _TO_COMPOSE.findall(match.group())[:MARKS_OF_ONE_LETTER]
        if piece and marks:
            piece = piece[:-1] + unicodedata.normalize("NFC", piece[-1] + "".join(marks))[0]
        pieces.append(piece)
        kept_to = end
    pieces.append(text[kept_to:])
    return "".join(pieces)
