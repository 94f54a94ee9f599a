"""The kinds of planted scenarios: what is told, and which alert it asks for."""

from __future__ import annotations

import calendar
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from benchmarks.trust.planted_text import LANGUAGES, MARK, Scene, Told, say, told

SPEAKERS = 5  # of `who`: those that can have a spokesman
EVENT_SLOTS = ("killed", "injured", "displaced", "evacuated")
TWO_NAMES = (0, 1, 2, 4, 9, 13, 21)  # towns whose region has another name (`regions`)

Figure = tuple[int, int]  # article, tracked figure in it


class Made(NamedTuple):
    """A scenario: its articles, and the pairs of figures of which one is to be raised.

    A pair of one figure with itself is of an alert inside an article.
    """

    slot: str
    articles: list[Told]
    pairs: Sequence[tuple[Figure, Figure]] = (((0, 0), (1, 0)),)


Maker = Callable[[Scene, str, str], Made]
INSIDE = (((0, 0), (0, 0)),)


def figures(scene: Scene, slot: str) -> tuple[int, int]:
    """A lower and a higher figure that no rounding brings together."""
    if slot in ("killed", "injured"):
        low = scene.dice.randint(6, 60)
        return low, low + scene.dice.randint(max(3, low // 4), 35)
    low = scene.dice.randint(3, 40) * 110
    return low, low + scene.dice.randint(3, 9) * 300 + low // 3


def event(scene: Scene) -> tuple[str, int, int]:
    """A slot with a lower and a higher figure."""
    slot = scene.dice.choice(EVENT_SLOTS)
    return (slot, *figures(scene, slot))


# --- to be raised -------------------------------------------------------------------------------


def conflict_lower(scene: Scene, a: str, b: str) -> Made:
    """A later outlet gives less."""
    slot, low, high = event(scene)
    one, other, _ = scene.outlets()
    return Made(slot, [
        told(scene, one, a, scene.moment(0, 14), say(scene, a, slot, high)),
        told(scene, other, b, scene.moment(1, 9), say(scene, b, slot, low)),
    ])  # fmt: skip


def conflict_speakers(scene: Scene, a: str, b: str) -> Made:
    """Two speakers in one article; the second article repeats one of them."""
    low, high = figures(scene, "killed")
    one, other, _ = scene.outlets()
    first, second = scene.dice.sample(range(len(scene.words[a]["who"])), 2)
    claims = (
        say(scene, a, "killed", low, who=scene.words[a]["who"][first]),
        say(scene, a, "other_speaker", high, who=scene.words[a]["who"][second]),
    )
    repeat = say(scene, b, "killed", low, who=scene.words[b]["who"][first])
    articles = [
        told(scene, one, a, scene.moment(0, 14), *claims),
        told(scene, other, b, scene.moment(0, 16), repeat),
    ]
    return Made("killed", articles, (((0, 0), (0, 1)), ((1, 0), (0, 1))))


def conflict_final(scene: Scene, a: str, b: str) -> Made:
    """A final toll against a lower one a day later."""
    low, high = figures(scene, "killed")
    one, other, _ = scene.outlets()
    return Made("killed", [
        told(scene, one, a, scene.moment(2, 8), say(scene, a, "final", high)),
        told(scene, other, b, scene.moment(3, 8), say(scene, b, "killed", low)),
    ])  # fmt: skip


def conflict_date(scene: Scene, a: str, b: str) -> Made:
    """One signing, dated two days apart."""
    one, other, _ = scene.outlets()
    day, late = scene.day - timedelta(days=7), scene.day - timedelta(days=5)
    return Made("signed", [
        told(scene, one, a, scene.moment(0, 10), say(scene, a, "signed", day=day)),
        told(scene, other, b, scene.moment(0, 15), say(scene, b, "signed", day=late)),
    ])  # fmt: skip


def conflict_place(scene: Scene, a: str, b: str) -> Made:
    """The whole event told with its region has fewer than the town alone."""
    scene = scene._replace(town=scene.dice.choice(TWO_NAMES))
    low, high = figures(scene, "killed")
    one, other, _ = scene.outlets()
    wide = say(scene, b, "in_region", low, places="regions")
    title = scene.words[b]["headline"].format(place=scene.words[b]["regions"][scene.town])
    return Made("killed", [
        told(scene, one, a, scene.moment(0, 14), say(scene, a, "killed", high)),
        told(scene, other, b, scene.moment(1, 9), wide)._replace(headline=title),
    ])  # fmt: skip


def conflict_copies(scene: Scene, a: str, b: str) -> Made:
    """One agency's text in two outlets against a third outlet's lower figure."""
    low, high = figures(scene, "killed")
    one, other, third = scene.outlets()
    first = told(scene, one, a, scene.moment(0, 12), say(scene, a, "killed", high))
    first = first._replace(credit="AFP")
    articles = [
        first,
        first._replace(outlet=other, when=scene.moment(0, 15)),
        told(scene, third, b, scene.moment(1, 9), say(scene, b, "killed", low)),
    ]
    return Made("killed", articles, (((0, 0), (2, 0)), ((1, 0), (2, 0))))


def stale(scene: Scene, a: str, b: str) -> Made:
    """Half a day after two outlets moved on, another repeats the first figure."""
    return _older_again(scene, a, b, 18)


def _older_again(scene: Scene, a: str, b: str, hour: int) -> Made:
    low, high = figures(scene, "killed")
    one, other, third, fourth = scene.outlets(4)
    articles = [
        told(scene, one, a, scene.moment(1, 0), say(scene, a, "killed", low)),
        told(scene, other, a, scene.moment(1, 2), say(scene, a, "killed", high)),
        told(scene, third, b, scene.moment(1, 3), say(scene, b, "killed", high)),
        told(scene, fourth, b, scene.moment(1, hour), say(scene, b, "killed", low)),
    ]
    return Made("killed", articles, (((1, 0), (3, 0)), ((2, 0), (3, 0))))


def correction_version(scene: Scene, a: str, b: str) -> Made:
    """A new version of the article has fewer."""
    slot, low, high = event(scene)
    return _versions(scene, a, slot, high, low)


def _versions(scene: Scene, language: str, slot: str, first: int, second: int) -> Made:
    one, _, _ = scene.outlets()
    old = told(scene, one, language, scene.moment(0, 14), say(scene, language, slot, first))
    new = old._replace(
        when=scene.moment(0, 18),
        paragraphs=[say(scene, language, slot, second), *old.paragraphs[1:]],
        version_of=0,
    )
    return Made(slot, [old, new])


def correction_text(scene: Scene, a: str, b: str) -> Made:
    """A later text takes the figure back."""
    low, high = figures(scene, "killed")
    one, other, _ = scene.outlets()
    return Made("killed", [
        told(scene, one, a, scene.moment(0, 14), say(scene, a, "killed", high)),
        told(scene, other, b, scene.moment(1, 9), say(scene, b, "revised", low, m=high)),
    ])  # fmt: skip


def edition(scene: Scene, a: str, b: str) -> Made:
    """One publisher's editions in two languages differ."""
    slot, low, high = event(scene)
    return _editions(scene, a, b, slot, high, low)


def _editions(scene: Scene, a: str, b: str, slot: str, first: int, second: int) -> Made:
    if a == b:
        b = LANGUAGES[(LANGUAGES.index(a) + 1) % len(LANGUAGES)]
    house, _, _ = scene.outlets()
    return Made(slot, [
        told(scene, house, a, scene.moment(0, 14), say(scene, a, slot, first)),
        told(scene, f"{b}.{house}", b, scene.moment(0, 16), say(scene, b, slot, second)),
    ])  # fmt: skip


def denial(scene: Scene, a: str, b: str) -> Made:
    """Someone denies the figure."""
    _, high = figures(scene, "killed")
    one, other, _ = scene.outlets()
    return Made("killed", [
        told(scene, one, a, scene.moment(0, 14), say(scene, a, "killed", high)),
        told(scene, other, b, scene.moment(0, 18), _by(scene, b, "denied", high)),
    ])  # fmt: skip


def denial_figure(scene: Scene, a: str, b: str) -> Made:
    """Someone denies the figure and gives another: against what was told, or what was denied."""
    low, high = figures(scene, "killed")
    one, other, _ = scene.outlets()
    articles = [
        told(scene, one, a, scene.moment(0, 14), say(scene, a, "killed", high)),
        told(scene, other, b, scene.moment(0, 18), _by(scene, b, "denied_other", low, high)),
    ]
    return Made("killed", articles, (((0, 0), (1, 0)), ((0, 0), (1, 1))))


def _by(scene: Scene, language: str, key: str, n: int, m: int = 0) -> str:
    who = scene.words[language]["who"][scene.dice.randrange(SPEAKERS)]
    return say(scene, language, key, n, m=m, who=who, track="nm")


def headline(scene: Scene, a: str, b: str) -> Made:
    """The headline has another figure than the body."""
    low, high = figures(scene, "killed")
    return _headed(scene, a, high, low)


def _headed(scene: Scene, language: str, first: int, second: int) -> Made:
    one, _, _ = scene.outlets()
    title = say(scene, language, "counted", first)
    body = told(scene, one, language, scene.moment(0, 14), say(scene, language, "killed", second))
    return Made("killed", [body._replace(headline=title)], INSIDE)


def parts(scene: Scene, a: str, b: str) -> Made:
    """Men and women are not all."""
    return _parted(scene, a, "parts", scene.dice.choice((1, 2, 3)))


def _parted(scene: Scene, language: str, key: str, lacking: int) -> Made:
    men, women = scene.dice.randint(3, 10), scene.dice.randint(3, 10)
    given = {"m": men, "k": women, "people_m": "man", "people_k": "woman"}
    one, _, _ = scene.outlets()
    text = say(scene, language, key, men + women + lacking, **given)
    return Made("killed", [told(scene, one, language, scene.moment(0, 14), text)], INSIDE)


def weekday(scene: Scene, a: str, b: str) -> Made:
    """The weekday is not the date's."""
    wrong = (scene.day.weekday() + scene.dice.randint(2, 5)) % 7
    return _dated(scene, a, "on_weekday_date", weekday=wrong)


def impossible(scene: Scene, a: str, b: str) -> Made:
    """A day the month does not have."""
    last = calendar.monthrange(scene.day.year, scene.day.month)[1]
    day = scene.day if last < 31 else _shorter(scene.day)
    number = calendar.monthrange(day.year, day.month)[1] + 1
    return _dated(scene, a, "on_date", day=day, day_number=number)


def _shorter(day: date) -> date:
    """The month before: it has fewer than 31 days, but for December and July."""
    before = day.replace(day=1) - timedelta(days=1)
    return before if before.day < 31 else before.replace(month=before.month - 1, day=1)


def _dated(scene: Scene, language: str, key: str, **given: object) -> Made:
    low, _ = figures(scene, "killed")
    one, _, _ = scene.outlets()
    text = say(scene, language, key, low, **given)
    return Made("killed", [told(scene, one, language, scene.moment(1, 14), text)], INSIDE)


# --- to be quiet --------------------------------------------------------------------------------


def update(scene: Scene, a: str, b: str) -> Made:
    """Later and higher, said so or not."""
    slot, low, high = event(scene)
    key = "risen" if slot == "killed" and scene.dice.random() < 0.5 else slot
    one, other, _ = scene.outlets()
    return Made(slot, [
        told(scene, one, a, scene.moment(0, 12), say(scene, a, slot, low)),
        told(scene, other, b, scene.moment(1, 9), say(scene, b, key, high)),
    ])  # fmt: skip


def update_version(scene: Scene, a: str, b: str) -> Made:
    """A new version of the article has more."""
    slot, low, high = event(scene)
    return _versions(scene, a, slot, low, high)


def agreement(scene: Scene, a: str, b: str) -> Made:
    """One figure in other words, in another language or in other digits."""
    slot, low, _ = event(scene)
    one, other, _ = scene.outlets()
    return Made(slot, [
        told(scene, one, a, scene.moment(0, 12), say(scene, a, slot, low)),
        told(scene, other, b, scene.moment(0, 18), say(scene, b, slot, low)),
    ])  # fmt: skip


def edition_agrees(scene: Scene, a: str, b: str) -> Made:
    """One publisher's editions in two languages have one figure."""
    slot, low, _ = event(scene)
    return _editions(scene, a, b, slot, low, low)


def rounded(scene: Scene, a: str, b: str) -> Made:
    """About so many, against the exact figure."""
    slot = scene.dice.choice(("displaced", "evacuated"))
    hundreds = scene.dice.randint(12, 60)
    exact = hundreds * 100 + scene.dice.randint(11, 39)
    one, other, _ = scene.outlets()
    about = say(scene, b, slot, hundreds * 100, hedge="about")
    return Made(slot, [
        told(scene, one, a, scene.moment(0, 12), say(scene, a, slot, exact)),
        told(scene, other, b, scene.moment(0, 18), about),
    ])  # fmt: skip


def vague(scene: Scene, a: str, b: str) -> Made:
    """Dozens against a figure that dozens can mean."""
    one, other, _ = scene.outlets()
    exact = say(scene, b, "killed", scene.dice.randint(22, 90))
    dozens = told(scene, one, a, scene.moment(0, 12), say(scene, a, "vague"))
    return Made("killed", [dozens, told(scene, other, b, scene.moment(0, 18), exact)], ())


def date_coarse(scene: Scene, a: str, b: str) -> Made:
    """The month of a signing against its day."""
    one, other, _ = scene.outlets()
    day = scene.day - timedelta(days=7)
    return Made("signed", [
        told(scene, one, a, scene.moment(0, 10), say(scene, a, "signed", day=day)),
        told(scene, other, b, scene.moment(0, 15), say(scene, b, "signed_month", day=day)),
    ])  # fmt: skip


def part(scene: Scene, a: str, b: str) -> Made:
    """A part, told alone by the later article, against the whole."""
    _, high = figures(scene, "killed")
    people = scene.dice.choice(("child", "soldier"))
    key = {"child": "children", "soldier": "soldiers"}[people]
    one, other, _ = scene.outlets()
    fewer = say(scene, b, key, max(3, high // 3), people=people)
    return Made("killed", [
        told(scene, one, a, scene.moment(0, 12), say(scene, a, "killed", high)),
        told(scene, other, b, scene.moment(1, 9), fewer),
    ])  # fmt: skip


def other_slot(scene: Scene, a: str, b: str) -> Made:
    """Killed and wounded in one phrase, in either order."""
    low, high = figures(scene, "killed")
    one, other, _ = scene.outlets()
    return Made("killed", [
        told(scene, one, a, scene.moment(0, 12), say(scene, a, "both", low, m=high)),
        told(scene, other, b, scene.moment(1, 9), say(scene, b, "both", low, m=high)),
    ])  # fmt: skip


def lookalike_day(scene: Scene, a: str, b: str) -> Made:
    """The same town, another explosion two days later."""
    low, high = figures(scene, "killed")
    later = scene.day + timedelta(days=2)
    one, other, _ = scene.outlets()
    return Made("killed", [
        told(scene, one, a, scene.moment(0, 18), say(scene, a, "killed", high)),
        told(scene, other, b, scene.moment(2, 18), say(scene, b, "killed", low, day=later)),
    ])  # fmt: skip


def lookalike_place(scene: Scene, a: str, b: str) -> Made:
    """Another town of the region, the same day."""
    low, high = figures(scene, "killed")
    one, other, _ = scene.outlets()
    second = say(scene, b, "killed", low, places="sisters")
    title = scene.words[b]["headline"].format(place=scene.words[b]["sisters"][scene.town])
    return Made("killed", [
        told(scene, one, a, scene.moment(0, 14), say(scene, a, "killed", high)),
        told(scene, other, b, scene.moment(1, 9), second)._replace(headline=title),
    ])  # fmt: skip


def background(scene: Scene, a: str, b: str) -> Made:
    """A past event's figure after the day's, which agrees."""
    low, high = figures(scene, "killed")
    one, other, _ = scene.outlets()
    claims = (MARK.sub(r"\1", say(scene, b, "killed", high)), say(scene, b, "background", low))
    return Made("killed", [
        told(scene, one, a, scene.moment(0, 12), say(scene, a, "killed", high)),
        told(scene, other, b, scene.moment(1, 9), *claims),
    ])  # fmt: skip


def cumulative(scene: Scene, a: str, b: str) -> Made:
    """One blast against the attacks of three weeks."""
    low, high = figures(scene, "killed")
    one, other, _ = scene.outlets()
    return Made("killed", [
        told(scene, one, a, scene.moment(0, 12), say(scene, a, "killed", high)),
        told(scene, other, b, scene.moment(1, 9), say(scene, b, "cumulative", high * 3 + low)),
    ])  # fmt: skip


def drill(scene: Scene, a: str, b: str) -> Made:
    """A rehearsed toll against a real one."""
    low, high = figures(scene, "killed")
    one, other, _ = scene.outlets()
    return Made("killed", [
        told(scene, one, a, scene.moment(0, 12), say(scene, a, "killed", high)),
        told(scene, other, b, scene.moment(1, 9), say(scene, b, "drill", low)),
    ])  # fmt: skip


def plan(scene: Scene, a: str, b: str) -> Made:
    """A plan to evacuate against those evacuated."""
    low, high = figures(scene, "evacuated")
    one, other, _ = scene.outlets()
    return Made("evacuated", [
        told(scene, one, a, scene.moment(0, 12), say(scene, a, "evacuated", high)),
        told(scene, other, b, scene.moment(0, 18), say(scene, b, "planned", low)),
    ])  # fmt: skip


def copies(scene: Scene, a: str, b: str) -> Made:
    """One agency's text in two outlets, the second under another headline."""
    low, _ = figures(scene, "killed")
    one, other, _ = scene.outlets()
    first = told(scene, one, a, scene.moment(0, 12), say(scene, a, "killed", low))
    again = MARK.sub(r"\1", say(scene, a, "counted", low))
    first = first._replace(credit="AFP")
    return Made("killed", [
        first, first._replace(outlet=other, when=scene.moment(1, 7), headline=again),
    ])  # fmt: skip


def patience(scene: Scene, a: str, b: str) -> Made:
    """Two hours after two outlets moved on, another still has the first figure."""
    return _older_again(scene, a, b, 5)


def headline_agrees(scene: Scene, a: str, b: str) -> Made:
    """The headline has the figure of the body, in other words or digits."""
    low, _ = figures(scene, "killed")
    return _headed(scene, a, low, low)


def parts_add_up(scene: Scene, a: str, b: str) -> Made:
    """Men and women are all."""
    return _parted(scene, a, "parts", 0)


def parts_including(scene: Scene, a: str, b: str) -> Made:
    """Men and women among others."""
    return _parted(scene, a, "including", scene.dice.randint(3, 9))


def weekday_right(scene: Scene, a: str, b: str) -> Made:
    """The weekday is the date's."""
    return _dated(scene, a, "on_weekday_date")


def withdrawn(scene: Scene, a: str, b: str) -> Made:
    """The article with the lower figure is taken back."""
    made = conflict_lower(scene, a, b)
    back = made.articles[1]._replace(when=scene.moment(1, 20), version_of=1, pubstatus="canceled")
    return made._replace(articles=[*made.articles, back])


# Of each the kinds of alert that say it, the plainest first.
EXPECTED: dict[str, tuple[Maker, list[str]]] = {
    maker.__name__: (maker, kinds)
    for maker, *kinds in (
        (conflict_lower, "count_conflict"),
        (conflict_speakers, "count_conflict"),
        (conflict_final, "count_conflict"),
        (conflict_place, "count_conflict"),
        (conflict_copies, "count_conflict"),
        (conflict_date, "date_conflict"),
        (stale, "stale_source"),
        (correction_version, "correction"),
        (correction_text, "correction"),
        (edition, "edition_conflict"),
        (denial, "denial"),
        (denial_figure, "denial", "count_conflict"),
        (headline, "headline_body"),
        (parts, "parts_total"),
        (weekday, "weekday_date"),
        (impossible, "impossible_date"),
    )
}  # fmt: skip
QUIET: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (
        update, update_version, agreement, edition_agrees, rounded, vague, date_coarse, part,
        other_slot, lookalike_day, lookalike_place, background, cumulative, drill, plan, copies,
        patience, headline_agrees, parts_add_up, parts_including, weekday_right, withdrawn,
    )
}  # fmt: skip
