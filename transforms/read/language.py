"""The language of an article and of its paragraphs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from babel.core import get_global

from transforms.languages.load import LANGUAGES

_LATIN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]+")
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u06ee-\u06ef\u06fa-\u06ff\u0750-\u077f]+")
_OTHER = re.compile(
    r"[^\W\d_A-Za-zÀ-ÖØ-öø-ɏ\u0620-\u064a\u066e-\u06d3\u06ee-\u06ef\u06fa-\u06ff\u0750-\u077f]+"
)
_SCRIPTS = {"Latn": _LATIN, "Arab": _ARABIC, "Zyyy": _OTHER}

# Letters that tell the script, and letters that tell the language: more add time, nothing else.
LOOKED_AT = 6_000
SAMPLE = 600
# A language that is not configured is named only where it is this much likelier than the closest
# configured one (log-likelihood a byte), and the text this long: dialects and names stay below.
MARGIN = 0.4
LONG_ENOUGH = 100

# Tags that say nothing of the language, as BCP 47 has them, and the empty one.
UNTOLD = frozenset(("", "und", "mul", "zxx", "mis"))
# Spoken forms of Arabic (ISO 639-3): news tagged so is written in the standard language.
ARABIC_FORMS = frozenset(
    ("acm", "acq", "aeb", "afb", "ajp", "apc", "apd", "arb", "arq", "ars", "ary", "arz", "ayl")
)


def supported(tag: str, languages: Sequence[str] = LANGUAGES) -> str | None:
    """The configured language of a BCP 47 tag (`fr` of `fr-CA`), or None.

    Three-letter codes are read by the aliases of CLDR: `fra` is `fr`.
    """
    primary = re.split("[-_]", tag.strip().lower(), maxsplit=1)[0]
    primary = (
        "ar" if primary in ARABIC_FORMS else get_global("language_aliases").get(primary, primary)
    )
    return primary if primary in languages else None


def detect(text: str, languages: Sequence[str] = LANGUAGES) -> str:
    """The language of a text: one of `languages`, or the tag of another that it clearly is.

    The script decides first: where one configured language is written in it, that is the one,
    unless the text is clearly in another (Persian is no Arabic). `und` for a text without words.
    """
    script = _script(text[:LOOKED_AT])
    if script is None:
        return "und"
    sample = _sample(text, script)
    ranks = _ranks(sample)
    best, likelihood = ranks[0]
    candidates = [tag for tag in languages if _script_of(tag) == script]
    closest = next(((tag, own) for tag, own in ranks if tag in candidates), None)
    if closest is None:
        return best
    size = len(sample.encode())
    if best in ARABIC_FORMS or best in candidates or size < LONG_ENOUGH:
        return closest[0]
    return best if likelihood - closest[1] > MARGIN * size else closest[0]


def paragraphs(
    text: str, language: str, languages: Sequence[str] = LANGUAGES
) -> list[tuple[int, int, str]]:
    """The text cut where its language changes: half-open code point offsets and the language.

    A line is in the article's own language unless most of its letters are of another script (the
    English photo caption in an Arabic article). What is in another script is taken for one
    language, told by all its lines together: some are too short to tell. Neighbours of one
    language are one. The cuts cover the whole text.
    """
    own = _script_of(language)
    foreign = _LATIN if own == "Arab" else _ARABIC
    if (foreign is _ARABIC and text.isascii()) or not foreign.search(text):
        return [(0, len(text), language)] if text else []
    lines = text.splitlines(keepends=True)
    is_foreign = [bool(foreign.search(line)) and _script(line) not in (own, None) for line in lines]
    others = "".join(line for line, yes in zip(lines, is_foreign, strict=True) if yes)
    other = _closest(others, languages) or language
    cuts: list[tuple[int, int, str]] = []
    start = 0
    for line, yes in zip(lines, is_foreign, strict=True):
        end = start + len(line)
        tag = other if yes else language
        # A line without letters (an empty one) goes with the lines before it.
        if cuts and (tag == cuts[-1][2] or line.isspace()):
            cuts[-1] = (cuts[-1][0], end, cuts[-1][2])
        else:
            cuts.append((start, end, tag))
        start = end
    return cuts


def _closest(text: str, languages: Sequence[str]) -> str | None:
    """The likeliest of the configured languages of a text's script; None where there is none."""
    script = _script(text[:LOOKED_AT])
    candidates = [tag for tag in languages if script and _script_of(tag) == script]
    if len(candidates) < 2 or script is None:
        return candidates[0] if candidates else None
    return next((tag for tag, _ in _ranks(_sample(text, script)) if tag in candidates), None)


def _script(text: str) -> str | None:
    """ISO 15924 code of the script of most letters (Latn, Arab; Zyyy: another), None of none."""
    letters = {code: sum(map(len, runs.findall(text))) for code, runs in _SCRIPTS.items()}
    most = max(letters, key=lambda code: letters[code])
    return most if letters[most] else None


def _sample(text: str, script: str) -> str:
    return " ".join(_SCRIPTS[script].findall(text[:LOOKED_AT]))[:SAMPLE]


@cache
def _script_of(language: str) -> str:
    """The script of a language: CLDR's likely subtags."""
    likely = get_global("likely_subtags").get(language, "und_Latn")
    return next((part for part in likely.split("_") if part in _SCRIPTS), "Zyyy")


def _ranks(text: str) -> list[tuple[str, float]]:
    """Languages with their log-likelihood, best first; the model is loaded at the first call."""
    import py3langid

    ranks: list[tuple[str, float]] = py3langid.rank(text)
    return ranks
