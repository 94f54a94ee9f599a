"""Whom an article's figures come from: its agency, its outlet, or the text it copies."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import tomli

from schemas.messages import Article
from transforms.read.normal import fold, normal

SHINGLE = 5  # words
KEPT = 24  # smallest hashes of a text; near-copies share most of them (bottom-k, Broder 1997)

# "IQUITOS, Peru (Andes Wire) - Twelve…", "PARIS, 3 mars (AFP) –": an agency after the dateline.
DATELINE_CREDIT = re.compile(r"[^\n(]{2,60}\(([^()\n]{2,40})\)\s*[-–—:]")
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
    name = source.strip().lower()
    known = sources().publishers.get(name)
    if known:
        return known
    if "." not in name or " " in name:
        return name
    labels = name.removeprefix("http://").removeprefix("https://").split("/")[0].split(".")
    # A two-letter country under a short second level (co.uk, com.eg) keeps three labels.
    kept = 3 if len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3 else 2
    return ".".join(labels[-kept:])


def lineage(article: Article) -> str:
    """The agency an article credits (credit, byline, dateline), else its publisher."""
    credited = article.credit or _dateline_credit(article.body_text or "")
    for text in (credited, article.byline):
        if text and (agency := _agency(text)):
            return agency
    if credited:
        return f"agency:{fold(normal(credited).text).strip()}"
    return publisher(article.source)


def _agency(text: str) -> str | None:
    """The agency named in a credit or byline: 'AFP', 'Par Le Monde avec AFP', 'Andes Wire'."""
    known = sources().agencies
    folded = fold(normal(text).text)
    if folded.strip() in known:
        return known[folded.strip()]
    words = WORDS.findall(folded)
    for size in (4, 3, 2, 1):
        for start in range(len(words) - size + 1):
            agency = known.get(" ".join(words[start : start + size]))
            if agency:
                return agency
    return None


def _dateline_credit(body: str) -> str | None:
    found = DATELINE_CREDIT.match(body)
    return found.group(1) if found else None


def fingerprint(words: tuple[str, ...]) -> tuple[int, ...]:
    """The smallest hashes of a text's shingles of five words; () for a very short text."""
    content = [word for word in words if word[0].isalnum()]
    if len(content) < SHINGLE * 4:
        return ()
    hashes = {
        zlib.crc32(" ".join(content[start : start + SHINGLE]).encode())
        for start in range(len(content) - SHINGLE + 1)
    }
    return tuple(sorted(hashes)[:KEPT])


def same_text(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether two fingerprints are of one text: half of the smallest hashes of both agree."""
    if not one or not other:
        return False
    shared = set(one) & set(other)
    smallest = sorted({*one, *other})[: max(len(one), len(other))]
    return 2 * len(shared.intersection(smallest)) >= len(smallest)
