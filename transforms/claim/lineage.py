"""Whom an article's figures come from: its agency, its outlet, or the text it copies."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from functools import cache
from heapq import nsmallest
from importlib.resources import files
from typing import NamedTuple

import tomli

from schemas.messages import Article
from transforms.read.normal import fold, normal

SHINGLE = 5  # words
KEPT = 24  # smallest hashes of a text; near-copies share most of them (bottom-k, Broder 1997)

# "IQUITOS, Peru (Andes Wire) - Twelve…", "PARIS, 3 mars (AFP) –": an agency after the dateline.
DATELINE_CREDIT = re.compile(r"[^\n(]{2,60}\(([^()\n]{2,40})\)\s*[-–—:]")
# "… said. (AFP)", "المصدر: رويترز", "Source : AFP" at the foot.
LAST_CREDIT = re.compile(r"(?:\(|(?:[Ss]ource|المصدر) ?: ?)([^()\n:]{2,40})\)?\s*$")
HEAD, FOOT, HEAD_LINES, FOOT_LINES, LONGEST_CREDIT = 300, 120, 3, 2, 40  # code points, lines
SHORT = 4  # letters of an agency's name that could be somebody's
WORDS = re.compile(r"[^\W_]+")


class Sources(NamedTuple):
    """sources.toml: which outlet belongs to whom, and by what names agencies are credited."""

    publishers: Mapping[str, str]
    agencies: Mapping[str, str]


@cache
def sources() -> Sources:
    """The sources that are known; those that are not work without it."""
    data = tomli.loads(files(__package__).joinpath("sources.toml").read_text(encoding="utf-8"))
    return Sources(
        {outlet: name for name, entry in data["publishers"].items() for outlet in entry["outlets"]},
        {fold(alias): name for name, aliases in data["agencies"].items() for alias in aliases},
    )


def publisher(source: str) -> str:
    """Who publishes an outlet: of sources.toml, else its registrable domain, else its name."""
    name = source.strip().lower().removeprefix("http://").removeprefix("https://").split("/")[0]
    known = sources().publishers
    if name in known:
        return known[name]
    if "." not in name or " " in name:
        return known.get(source.strip().lower(), source.strip().lower())
    labels = name.split(".")
    # A two-letter country under a short second level (co.uk, com.eg) keeps three labels.
    kept = 3 if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3 else 2
    domain = ".".join(labels[-kept:])
    return known.get(domain, domain)


def lineage(article: Article) -> str:
    """The agency an article credits (credit, byline, dateline, a line or bracket of its own at the
    head or foot of the text), else its publisher."""
    body = article.body_text or ""
    credited = article.credit or _dateline_credit(body)
    for text in (credited, article.byline):
        if text and (agency := _agency(text)):
            return agency
    for text in () if credited else _own_lines(body):
        if agency := sources().agencies.get(fold(normal(text).text).strip()):
            return agency
    if credited:
        return f"agency:{fold(normal(credited).text).strip()}"
    return publisher(article.source)


def _agency(text: str) -> str | None:
    """The agency named in a credit or byline: 'AFP', 'Par Le Monde avec AFP', 'Andes Wire'."""
    known = sources().agencies
    clean = normal(text).text
    whole = known.get(fold(clean).strip())
    if whole:
        return whole
    written = WORDS.findall(clean)
    words = [fold(word) for word in written]
    for size in (4, 3, 2, 1):
        for start in range(len(words) - size + 1):
            agency = known.get(" ".join(words[start : start + size]))
            if agency and (size > 1 or _is_credit(written[start])):
                return agency
    return None


def _is_credit(word: str) -> bool:
    """Whether a word is no first name: ANI and INA are agencies, Ani and Ina people."""
    return len(word) > SHORT or not word.isascii() or word.isupper() or word.islower()


def _dateline_credit(body: str) -> str | None:
    found = DATELINE_CREDIT.match(body)
    return found.group(1) if found else None


def _own_lines(body: str) -> list[str]:
    """What stands alone at the head or foot of a text: a short line, the last bracket, a source."""
    head, foot = body[:HEAD], body[-FOOT:]
    lines = [*head.splitlines()[:HEAD_LINES], *foot.splitlines()[-FOOT_LINES:]]
    found = [line for line in lines if 0 < len(line.strip()) <= LONGEST_CREDIT]
    return [*found, *LAST_CREDIT.findall(foot)]


def fingerprint(words: tuple[str, ...]) -> tuple[int, ...]:
    """The smallest hashes of a text's shingles of five words; () for a very short text."""
    content = [*filter(str.isalnum, words)]
    if len(content) < SHINGLE * 4:
        return ()
    shingles = zip(*(content[start:] for start in range(SHINGLE)), strict=False)
    hashes = {zlib.crc32(" ".join(shingle).encode()) for shingle in shingles}
    return tuple(nsmallest(KEPT, hashes))


def same_text(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether two fingerprints are of one text: half of the smallest hashes of both agree."""
    if not one or not other:
        return False
    shared = set(one) & set(other)
    smallest = sorted({*one, *other})[: max(len(one), len(other))]
    return 2 * len(shared.intersection(smallest)) >= len(smallest)
