"""The text of an article without its markup: what all offsets count in.

Python's own html.parser takes quadratic time on hostile input (measured on 3.11: 80 kB of `<a` 3.5
seconds, 320 kB a minute), so tags are found here by one expression that never looks past the next
`<`, and entities are decoded by the standard library.
"""

from __future__ import annotations

import html
import re


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Elements that stand on their own: a paragraph break before and after.
BLOCKS = _names(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hl1 hl2 hr html legend li main nav ol "
    "p pre section summary table tbody tfoot thead tr ul"
)
# Elements inside a line: nothing in their place. Together with the others they are what makes a
# text markup: `5 <b and c> 7` has no element in it, `<b>5</b>` has.
INLINE = _names(
    "a abbr acronym b bdi bdo big br cite code data dfn del em font i img ins kbd label mark meta "
    "q rp rt ruby s samp small span strike strong sub sup td th time tt u var wbr"
)
CELLS = frozenset(("td", "th"))
# Elements whose content is no text of the article.
DROPPED = _names("head iframe math noscript script style svg template title")
ELEMENTS = BLOCKS | INLINE | DROPPED

# Of a tag at most 100 quoted attributes are looked at: what has more is left as text.
_TAG = re.compile(
    r"""<(?:(/?)([a-zA-Z][a-zA-Z0-9:_-]*)((?=[\s/>"'])[^<>"']*"""
    r"""(?:(?:"[^"<]*"|'[^'<]*')[^<>"']*){0,100})>|(!--)|!\[CDATA\[|[!?][^<>]*>)|\]\]>"""
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_SPACES = re.compile(r" {2,}")
_WHITE = re.compile(r"[ \t\r\n\f]+")
_BREAKS = re.compile(r" ?\n[ \n]*")


def plain(text: str) -> str:
    """The text without tags, comments, scripts and styles; entities are decoded.

    Block elements make paragraph breaks (an empty line), `<br>` a newline. Text that has no HTML
    element in it keeps every character but its entities: a stray `<` is a sign like any other.
    Takes linear time on any input.
    """
    if "<" not in text:
        return _decoded(text)
    names = {match[2].lower() for match in _TAG.finditer(text) if match[2] and _is_tag(match)}
    if names.isdisjoint(ELEMENTS):
        return _decoded(text)
    blocks = not names.isdisjoint(BLOCKS) or "br" in names
    pieces = _pieces(text, blocks)
    if not blocks:
        return "".join(pieces)
    joined = _SPACES.sub(" ", "".join(pieces))
    return _BREAKS.sub(_one_break, joined).strip(" \n")


def _is_tag(match: re.Match[str]) -> bool:
    """Whether a match that has a name is a tag: `a <b and c> d` is written by people."""
    return "=" in match[3] or not match[3].strip(" \t\r\n/") or match[2].lower() in BLOCKS


def _pieces(text: str, blocks: bool) -> list[str]:
    """Texts between tags, and the breaks that tags make; white space is one space in blocks."""
    pieces: list[str] = []
    ends = _Ends(text)
    kept_to = 0
    for match in _TAG.finditer(text):
        if match.start() < kept_to or (match[2] and not _is_tag(match)):
            continue
        between = text[kept_to : match.start()]
        pieces.append(_decoded(_WHITE.sub(" ", between) if blocks else between))
        kept_to = match.end()
        name = match[2].lower() if match[2] else ""
        if match[4]:
            kept_to = ends.after("-->", kept_to)
        elif name in DROPPED and not match[1] and not match[3].endswith("/"):
            kept_to = ends.after(f"</{name}", kept_to)
        elif blocks:
            pieces.append(_break(name))
    pieces.append(_decoded(_WHITE.sub(" ", text[kept_to:]) if blocks else text[kept_to:]))
    return pieces


def _break(name: str) -> str:
    if name in BLOCKS:
        return "\n\n"
    if name == "br":
        return "\n"
    return " " if name in CELLS else ""


def _one_break(match: re.Match[str]) -> str:
    return "\n\n" if match[0].count("\n") > 1 else "\n"


def _decoded(text: str) -> str:
    if "&" not in text:
        return text
    return _ENTITY.sub(lambda match: html.unescape(match[0]), text)


class _Ends:
    """Where comments and dropped elements end; an end that is not there is looked for once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lower = ""
        self._absent: set[str] = set()

    def after(self, end: str, start: int) -> int:
        """The offset at `end` (after it for a comment), the text's end where there is none."""
        if end in self._absent:
            return len(self._text)
        # Lower-cased only where a tag asks for it, and only ASCII: offsets must not move.
        self._lower = self._lower or _ascii_lower(self._text)
        at = self._lower.find(end, start)
        if at < 0:
            self._absent.add(end)
            return len(self._text)
        return at + len(end) if end == "-->" else at


_UPPER_TO_LOWER = {upper: upper + 32 for upper in range(ord("A"), ord("Z") + 1)}


def _ascii_lower(text: str) -> str:
    return text.translate(_UPPER_TO_LOWER)
