"""Planted articles with known truth, in English, French and Arabic, and their scorer.

    python -m benchmarks.trust.planted --seed 1 --count 200 --out DIR
    python -m benchmarks.trust.planted --score DISCREPANCIES.jsonl DIR

Writes DIR/articles.jsonl and DIR/truth.jsonl. Each scenario has its own town and week. Its articles
tell one event in own wordings (planted_wordings.toml), each by another outlet and in a language of
its own, among real sentences (planted_filler.jsonl: TICO-19, CC0). Kinds `real_*` are FA-KES
articles, in which the toll is rewritten. Nothing is shared with transforms/: not the number words,
not the verbs, not the towns. `expect` says whether the scenario asks for an alert.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

import tomli

from benchmarks.trust import score
from benchmarks.trust.feeds import read_feed
from benchmarks.trust.rewritten import rewritten
from benchmarks.trust.score_planted import report
from benchmarks.trust.spelled import number

HERE = Path(__file__).parent
WORDING: dict[str, dict[str, Any]] = tomli.loads(
    (HERE / "planted_wordings.toml").read_text("utf-8")
)
FILLER = score.read_lines(HERE / "planted_filler.jsonl")
LANGUAGES = ("en", "fr", "ar")
OUTLETS = tuple(f"{name}.example" for name in (
    "northpost", "lecourrierdusud", "alraseef", "dailyharbour", "lefleuve", "almidan-news",
    "thelantern", "gazettedesrives", "sawt-albahr", "eveningledger", "lapresselibre", "alufuq",
))  # fmt: skip
FIRST_DAY = date(2018, 1, 8)
DAYS_APART = 5  # 24 towns: the same one comes back after four months

Row = dict[str, Any]


# --- articles -----------------------------------------------------------------------------------

MARK = re.compile("\ue000(.*?)\ue001")  # the tracked figure, while a text is put together


class Told(NamedTuple):
    """An article on the way: its text with the tracked figures marked."""

    outlet: str
    language: str
    when: datetime
    headline: str
    paragraphs: list[str]
    credit: str | None = None


class Scene(NamedTuple):
    """What the articles of one scenario share."""

    dice: random.Random
    town: int
    day: date

    def moment(self, days: int, hour: int) -> datetime:
        at = datetime(self.day.year, self.day.month, self.day.day, hour, tzinfo=timezone.utc)
        return at + timedelta(days=days)

    def outlets(self) -> list[str]:
        return self.dice.sample(OUTLETS, 3)


def noun(n: int, language: str, who: str) -> str:
    forms = WORDING[language][who]
    if language != "ar":
        return str(forms[1])
    if n % 100 == 0:
        return str(forms[2])
    return str(forms[1] if 3 <= n % 100 <= 10 else forms[0])


def say(scene: Scene, language: str, key: str, n: int = 0, **given: Any) -> str:
    """One sentence of the wordings, the first figure marked as the tracked one."""
    words = WORDING[language]
    forms = words[key]
    form = str(scene.dice.choice(forms) if isinstance(forms, list) else forms)
    day: date = given.get("day", scene.day)
    filled = {
        "place": words[given.get("places", "places")][scene.town],
        "day": words["weekdays"][day.weekday()],
        "who": given.get("who") or scene.dice.choice(words["who"]),
        "date": "\ue000"
        + words["date"].format(day=day.day, month=words["months"][day.month - 1], year=day.year)
        + "\ue001",
    }
    styles = ("digits", "words", "indic") if language == "ar" else ("digits", "words")
    style = scene.dice.choice(styles)
    for name, count in (("n", n), ("m", given.get("m", 0))):
        for case in ("", ":oblique"):
            text = number(count, language, style, bool(case)) if count else ""
            marked = f"\ue000{text}\ue001" if name == "n" else text
            phrase = f"{marked} {noun(count, language, given.get('people', 'person'))}"
            form = form.replace("{" + name + case + "}", phrase)
    for name, value in filled.items():
        form = form.replace("{" + name + "}", str(value))
    if language == "fr":
        form = re.sub(r"\bde (?=[AEI]|O(?!u))", "d’", form)
    lead = form.lstrip("\ue000")
    return form[: len(form) - len(lead)] + lead[:1].upper() + lead[1:]


def told(scene: Scene, outlet: str, language: str, when: datetime, *claims: str) -> Told:
    """An article: the claims, each in a paragraph, among real sentences and a distractor."""
    words = WORDING[language]
    filler = [row[language] for row in scene.dice.sample(FILLER, 3)]
    distractor = scene.dice.choice(words["distractors"])
    headline = words["headline"].format(place=words["places"][scene.town])
    paragraphs = [claims[0], filler[0], *claims[1:], distractor, " ".join(filler[1:])]
    return Told(outlet, language, when, headline, paragraphs)


def finish(article: Told, uri: str) -> tuple[Row, list[Row]]:
    """The article as Tally reads it, and its tracked figures in the order of the text."""
    marked = "\n\n".join(article.paragraphs)
    sides = []
    for i, match in enumerate(MARK.finditer(marked)):
        start = match.start() - 2 * i
        exact = match.group(1)
        sides.append({"uri": uri, "field": "body_text", "start": start, "end": start + len(exact),
                      "exact": exact, "value": None})  # fmt: skip
    row: Row = {
        "uri": uri,
        "source": article.outlet,
        "versioncreated": article.when.isoformat(),
        "headline": article.headline,
        "body_text": MARK.sub(r"\1", marked),
        "language": article.language,
    }
    if article.credit:
        row["credit"] = article.credit
    return row, sides


# --- kinds --------------------------------------------------------------------------------------

EVENT_SLOTS = ("killed", "injured", "displaced", "evacuated")


def figures(scene: Scene, slot: str) -> tuple[int, int]:
    """A lower and a higher figure that no rounding brings together."""
    if slot in ("killed", "injured"):
        low = scene.dice.randint(6, 60)
        return low, low + scene.dice.randint(max(3, low // 4), 35)
    low = scene.dice.randint(3, 40) * 110
    return low, low + scene.dice.randint(3, 9) * 300 + low // 3


Made = tuple[str, list[Told]]  # slot, articles
Maker = Callable[[Scene, str, str], Made]


def conflict_lower(scene: Scene, a: str, b: str) -> Made:
    """A later outlet gives less."""
    slot = scene.dice.choice(EVENT_SLOTS)
    low, high = figures(scene, slot)
    one, other, _ = scene.outlets()
    return slot, [
        told(scene, one, a, scene.moment(0, 14), say(scene, a, slot, high)),
        told(scene, other, b, scene.moment(1, 9), say(scene, b, slot, low)),
    ]


def conflict_speakers(scene: Scene, a: str, b: str) -> Made:
    """Two speakers in one article; the second article repeats one of them."""
    low, high = figures(scene, "killed")
    one, other, _ = scene.outlets()
    first, second = scene.dice.sample(range(len(WORDING[a]["who"])), 2)
    claims = (
        say(scene, a, "killed", low, who=WORDING[a]["who"][first]),
        say(scene, a, "other_speaker", high, who=WORDING[a]["who"][second]),
    )
    repeat = say(scene, b, "killed", low, who=WORDING[b]["who"][first])
    return "killed", [
        told(scene, one, a, scene.moment(0, 14), *claims),
        told(scene, other, b, scene.moment(0, 16), repeat),
    ]


def conflict_final(scene: Scene, a: str, b: str) -> Made:
    """A final toll against a lower one a day later."""
    low, high = figures(scene, "killed")
    one, other, _ = scene.outlets()
    return "killed", [
        told(scene, one, a, scene.moment(2, 8), say(scene, a, "final", high)),
        told(scene, other, b, scene.moment(3, 8), say(scene, b, "killed", low)),
    ]


def conflict_date(scene: Scene, a: str, b: str) -> Made:
    """One signing, dated two days apart."""
    one, other, _ = scene.outlets()
    day, late = scene.day - timedelta(days=7), scene.day - timedelta(days=5)
    return "signed", [
        told(scene, one, a, scene.moment(0, 10), say(scene, a, "signed", day=day)),
        told(scene, other, b, scene.moment(0, 15), say(scene, b, "signed", day=late)),
    ]


def update(scene: Scene, a: str, b: str) -> Made:
    """Later and higher, said so or not."""
    slot = scene.dice.choice(EVENT_SLOTS)
    low, high = figures(scene, slot)
    key = "risen" if slot == "killed" and scene.dice.random() < 0.5 else slot
    one, other, _ = scene.outlets()
    return slot, [
        told(scene, one, a, scene.moment(0, 12), say(scene, a, slot, low)),
        told(scene, other, b, scene.moment(1, 9), say(scene, b, key, high)),
    ]


def agreement(scene: Scene, a: str, b: str) -> Made:
    """One figure in other words, in another language or in other digits."""
    slot = scene.dice.choice(EVENT_SLOTS)
    low, _ = figures(scene, slot)
    one, other, _ = scene.outlets()
    return slot, [
        told(scene, one, a, scene.moment(0, 12), say(scene, a, slot, low)),
        told(scene, other, b, scene.moment(0, 18), say(scene, b, slot, low)),
    ]


def vague(scene: Scene, a: str, b: str) -> Made:
    """Dozens against a figure that dozens can mean."""
    one, other, _ = scene.outlets()
    exact = say(scene, b, "killed", scene.dice.randint(22, 90))
    return "killed", [
        told(scene, one, a, scene.moment(0, 12), say(scene, a, "vague")),
        told(scene, other, b, scene.moment(0, 18), exact),
    ]


def part(scene: Scene, a: str, b: str) -> Made:
    """A part, told alone by the later article, against the whole."""
    low, high = figures(scene, "killed")
    people = scene.dice.choice(("child", "soldier"))
    key = {"child": "children", "soldier": "soldiers"}[people]
    one, other, _ = scene.outlets()
    fewer = say(scene, b, key, max(3, low // 2), people=people)
    return "killed", [
        told(scene, one, a, scene.moment(0, 12), say(scene, a, "killed", high)),
        told(scene, other, b, scene.moment(1, 9), fewer),
    ]


def other_slot(scene: Scene, a: str, b: str) -> Made:
    """Killed and wounded in one phrase, in either order."""
    low, high = figures(scene, "killed")
    one, other, _ = scene.outlets()
    return "killed", [
        told(scene, one, a, scene.moment(0, 12), say(scene, a, "both", low, m=high)),
        told(scene, other, b, scene.moment(1, 9), say(scene, b, "both", low, m=high)),
    ]


def lookalike_day(scene: Scene, a: str, b: str) -> Made:
    """The same town, another explosion two days later."""
    low, high = figures(scene, "killed")
    later = scene.day + timedelta(days=2)
    one, other, _ = scene.outlets()
    return "killed", [
        told(scene, one, a, scene.moment(0, 18), say(scene, a, "killed", high)),
        told(scene, other, b, scene.moment(2, 18), say(scene, b, "killed", low, day=later)),
    ]


def lookalike_place(scene: Scene, a: str, b: str) -> Made:
    """Another town of the region, the same day."""
    low, high = figures(scene, "killed")
    one, other, _ = scene.outlets()
    second = say(scene, b, "killed", low, places="sisters")
    return "killed", [
        told(scene, one, a, scene.moment(0, 14), say(scene, a, "killed", high)),
        told(scene, other, b, scene.moment(1, 9), second)._replace(
            headline=WORDING[b]["headline"].format(place=WORDING[b]["sisters"][scene.town])
        ),
    ]


def background(scene: Scene, a: str, b: str) -> Made:
    """A past event's figure after the day's, which agrees."""
    low, high = figures(scene, "killed")
    one, other, _ = scene.outlets()
    claims = (MARK.sub(r"\1", say(scene, b, "killed", high)), say(scene, b, "background", low))
    return "killed", [
        told(scene, one, a, scene.moment(0, 12), say(scene, a, "killed", high)),
        told(scene, other, b, scene.moment(1, 9), *claims),
    ]


def drill(scene: Scene, a: str, b: str) -> Made:
    """A rehearsed toll against a real one."""
    low, high = figures(scene, "killed")
    one, other, _ = scene.outlets()
    return "killed", [
        told(scene, one, a, scene.moment(0, 12), say(scene, a, "killed", high)),
        told(scene, other, b, scene.moment(1, 9), say(scene, b, "drill", low)),
    ]


def copies(scene: Scene, a: str, b: str) -> Made:
    """One agency's text in two outlets, the second under another headline."""
    low, _ = figures(scene, "killed")
    one, other, _ = scene.outlets()
    first = told(scene, one, a, scene.moment(0, 12), say(scene, a, "killed", low))
    words = WORDING[a]
    again = words["counted"].format(
        place=words["places"][scene.town], n=f"{low} {noun(low, a, 'person')}"
    )
    first = first._replace(credit="AFP")
    return "killed", [
        first,
        first._replace(outlet=other, when=scene.moment(1, 7), headline=again),
    ]


EXPECTED: dict[str, Maker] = {
    "conflict_lower": conflict_lower, "conflict_speakers": conflict_speakers,
    "conflict_final": conflict_final, "conflict_date": conflict_date,
}  # fmt: skip
QUIET: dict[str, Maker] = {
    "update": update, "agreement": agreement, "vague": vague, "part": part,
    "other_slot": other_slot, "lookalike_day": lookalike_day, "lookalike_place": lookalike_place,
    "background": background, "drill": drill, "copies": copies,
}  # fmt: skip


def planted(seed: int, count: int) -> Iterator[tuple[list[Row], Row]]:
    """`count` scenarios, the kinds and the pairs of languages in turn: articles and truth."""
    makers = {**EXPECTED, **QUIET}
    for i in range(count):
        dice = random.Random(f"{seed}:{i}")
        kind = list(makers)[i % len(makers)]
        a, b = dice.choice(LANGUAGES), dice.choice(LANGUAGES)
        day = FIRST_DAY + timedelta(days=i * DAYS_APART)
        scene = Scene(dice, (i + seed) % len(WORDING["en"]["places"]), day)
        slot, articles = makers[kind](scene, a, b)
        rows, sides = [], []
        for k, article in enumerate(articles):
            row, found = finish(article, f"urn:tally:planted:{seed}-{i}-{k}")
            rows.append(row)
            sides.append(found)
        inside = kind == "conflict_speakers"
        pairs = [(x, y) for x in sides[0][:1] for y in sides[1][:1]]
        if inside:
            pairs = [(sides[0][0], sides[0][1]), (sides[1][0], sides[0][1])]
        spoken = {a} if inside or kind == "copies" else {a, b}
        language = spoken.pop() if len(spoken) == 1 else "mixed"
        yield rows, {
            "id": f"planted-{seed}-{i}", "kind": kind, "expect": kind in EXPECTED, "slot": slot,
            "language": language, "articles": [row["uri"] for row in rows],
            "pairs": [{"a": x, "b": y} for x, y in pairs],
        }  # fmt: skip


def feed_of(seed: int, count: int) -> tuple[list[Row], list[Row]]:
    """The articles of all scenarios in the order of publication, and the truth of each scenario."""
    made = [*planted(seed, count), *rewritten(seed, count // 5, OUTLETS)]
    articles = (row for rows, _ in made for row in rows)
    return sorted(articles, key=lambda r: (r["versioncreated"], r["uri"])), [row for _, row in made]


def measured(seed: int, count: int) -> Iterator[str]:
    """Tally's scores on planted articles, and the naive matcher's, in one run."""
    articles, truth = feed_of(seed, count)
    yield f"seed {seed}, {len(truth)} scenarios, {len(articles)} articles"
    yield from report(read_feed(articles).rows, truth, articles)


# --- command line ---------------------------------------------------------------------------------


def write(path: Path, rows: Iterable[Row]) -> None:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=280)
    parser.add_argument("--out", type=Path, default=Path("planted"))
    parser.add_argument("--score", nargs=2, type=Path, metavar=("DISCREPANCIES", "DIR"))
    given = parser.parse_args()
    if given.score:
        found, folder = given.score
        articles = score.read_lines(folder / "articles.jsonl")
        for line in report(
            score.read_lines(found), score.read_lines(folder / "truth.jsonl"), articles
        ):
            print(line)
        return
    articles, truth = feed_of(given.seed, given.count)
    given.out.mkdir(parents=True, exist_ok=True)
    write(given.out / "articles.jsonl", articles)
    write(given.out / "truth.jsonl", truth)


if __name__ == "__main__":
    main()
