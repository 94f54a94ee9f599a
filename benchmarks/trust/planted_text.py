"""The text of planted articles: own wordings, figures whose place is kept, real sentences around.

Nothing is shared with transforms/: not the number words, not the verbs, not the towns.
"""

from __future__ import annotations

import random
import re
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from benchmarks.trust import score
from benchmarks.trust.spelled import number

HERE = Path(__file__).parent
Words = dict[str, dict[str, Any]]  # wordings by language
WORK = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
HALVES = {"work": WORK, "final": ("final",)}


def wordings(half: str = "work") -> tuple[Words, ...]:
    """The sets of wordings to work with, or the one held out; a scenario is told in one of them."""
    first: Words = tomli.loads((HERE / "planted_wordings.toml").read_text("utf-8"))
    others = tuple(_other_words(first, name) for name in HALVES[half])
    return (first, *others) if half == "work" else others


def _other_words(first: Words, name: str) -> Words:
    """Another set: its own sentences; towns, months and speakers are those of the first."""
    told = tomli.loads((HERE / f"planted_wordings_{name}.toml").read_text("utf-8"))
    return {language: {**words, **told[language]} for language, words in first.items()}


WORDING = wordings()[0]
FILLER = score.read_lines(HERE / "planted_filler.jsonl")
LANGUAGES = ("en", "fr", "ar")
OUTLETS = tuple(f"{name}.example" for name in (
    "northpost", "lecourrierdusud", "alraseef", "dailyharbour", "lefleuve", "almidan-news",
    "thelantern", "gazettedesrives", "sawt-albahr", "eveningledger", "lapresselibre", "alufuq",
))  # fmt: skip
MARK = re.compile("\ue000(.*?)\ue001")  # a tracked figure, while a text is put together

Row = dict[str, Any]


class Told(NamedTuple):
    """An article on the way: its text with the tracked figures marked.

    `version_of`: the index, in the scenario, of the article that it is a later version of.
    """

    outlet: str
    language: str
    when: datetime
    headline: str
    paragraphs: list[str]
    credit: str | None = None
    version_of: int | None = None
    pubstatus: str | None = None


class Scene(NamedTuple):
    """What the articles of one scenario share."""

    dice: random.Random
    town: int
    day: date
    words: Words = WORDING

    def moment(self, days: int, hour: int) -> datetime:
        at = datetime(self.day.year, self.day.month, self.day.day, tzinfo=timezone.utc)
        return at + timedelta(days=days, hours=hour)

    def outlets(self, count: int = 3) -> list[str]:
        return self.dice.sample(OUTLETS, count)


def noun(n: int, words: dict[str, Any], language: str, who: str) -> str:
    forms = words[who]
    if language != "ar":
        return str(forms[1])
    if n % 100 == 0:
        return str(forms[2])
    return str(forms[1] if 3 <= n % 100 <= 10 else forms[0])


def counted(scene: Scene, language: str, n: int, people: str, *, oblique: bool, mark: bool) -> str:
    """A figure with its noun, in digits or words."""
    styles = ("digits", "words", "indic") if language == "ar" else ("digits", "words")
    if language == "ar" and people == "woman":
        styles = ("digits", "indic")  # spelled.py has the numbers before a masculine noun
    text = number(n, language, scene.dice.choice(styles), oblique)
    marked = f"\ue000{text}\ue001" if mark else text
    return f"{marked} {noun(n, scene.words[language], language, people)}"


def say(scene: Scene, language: str, key: str, n: int = 0, **given: Any) -> str:
    """One sentence of the wordings, the figure {n} and the {date} marked as tracked.

    `given`: m and k (further figures), track (the names of those tracked: "n"), day, who, places,
    people (the nouns of n, m, k: `people`, `people_m`, `people_k`), hedge (a key of words before
    {n}), weekday and day_number (other ones than those of `day`).
    """
    words = scene.words[language]
    forms = words[key]
    form = str(scene.dice.choice(forms) if isinstance(forms, list) else forms)
    hedge = f"{words[given['hedge']]} " if "hedge" in given else ""
    for name, count in (("n", n), ("m", given.get("m", 0)), ("k", given.get("k", 0))):
        people = given.get("people" if name == "n" else f"people_{name}", "person")
        for case in ("", ":oblique"):
            hole = f"{{{name}{case}}}"
            if hole in form:
                phrase = counted(
                    scene,
                    language,
                    count,
                    people,
                    oblique=bool(case),
                    mark=name in given.get("track", "n"),
                )
                form = form.replace(hole, (hedge if name == "n" else "") + phrase)
    for name, value in _words_of(scene, language, given).items():
        form = form.replace("{" + name + "}", value)
    if language == "fr":
        form = re.sub(r"\bde (?=[AEI]|O(?!u))", "d’", form)
    lead = form.lstrip("\ue000")
    return form[: len(form) - len(lead)] + lead[:1].upper() + lead[1:]


def _words_of(scene: Scene, language: str, given: dict[str, Any]) -> dict[str, str]:
    words = scene.words[language]
    day: date = given.get("day", scene.day)
    month = words["months"][day.month - 1]
    weekday = words["weekdays"][given.get("weekday", day.weekday())]
    dated = {"day": given.get("day_number", day.day), "month": month, "year": day.year}
    return {
        "place": words[given.get("places", "places")][scene.town],
        "day": weekday,
        "who": given.get("who") or scene.dice.choice(words["who"]),
        "date": "\ue000" + words["date"].format(**dated) + "\ue001",
        "month": "\ue000" + words["month"].format(**dated) + "\ue001",
        "weekday_date": "\ue000"
        + words["weekday_date"].format(weekday=weekday, **dated)
        + "\ue001",
    }


def told(scene: Scene, outlet: str, language: str, when: datetime, *claims: str) -> Told:
    """An article: the claims, each in a paragraph, among real sentences and a distractor."""
    words = scene.words[language]
    filler = [row[language] for row in scene.dice.sample(FILLER, 3)]
    distractor = scene.dice.choice(words["distractors"])
    headline = words["headline"].format(place=words["places"][scene.town])
    paragraphs = [claims[0], filler[0], *claims[1:], distractor, " ".join(filler[1:])]
    return Told(outlet, language, when, headline, paragraphs)


def finish(article: Told, uri: str, version: int = 1) -> tuple[Row, list[Row]]:
    """The article as Tally reads it, and its tracked figures: headline first, then body."""
    sides = []
    texts = {"headline": article.headline, "body_text": "\n\n".join(article.paragraphs)}
    for field, marked in texts.items():
        for i, match in enumerate(MARK.finditer(marked)):
            start = match.start() - 2 * i
            exact = match.group(1)
            sides.append({"uri": uri, "field": field, "start": start, "end": start + len(exact),
                          "exact": exact, "value": None})  # fmt: skip
    row: Row = {
        "uri": uri,
        "source": article.outlet,
        "versioncreated": article.when.isoformat(),
        **{field: MARK.sub(r"\1", marked) for field, marked in texts.items()},
        "language": article.language,
    }
    if version > 1:
        row["version"] = version
    if article.credit:
        row["credit"] = article.credit
    if article.pubstatus:
        row["pubstatus"] = article.pubstatus
    return row, sides
