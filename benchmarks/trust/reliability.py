"""Does knowing how reliable sources are find the right figure more often than the median does?

    python -m benchmarks.trust reliability --seed 1

Planted events with one true toll, each told by some of twelve outlets, each outlet right as often
as is set for it; else it gives another figure, a fifth to three fifths off. The articles (in three
languages, planted_text.py) go through Tally. Measured are the events on which it raises an alert:
of the figures in it, one a lineage, how often is the one chosen the true one?

median      of the figures of an event (the lower of two in the middle)
most        the figure that most sources give; of those with equally many the median
reliability the figure that most sources give; of those with equally many the one whose sources
            weigh most by what the other alerts tell of them (transforms/cross_check/reliability.py:
            so positions are ordered)
crh         Conflict Resolution on Heterogeneous data (Li, Li, Gao, Zhao, Fan and Han, SIGMOD 2014),
            for continuous data: truths are weighted medians, a source's weight is minus the log of
            its share of all losses, the loss the distance by the spread of the event

Settings: sources of one quality; of many; the same with little history; the same where two outlets
carry the text of a poor agency. Beside each share stands its difference to the median's, with a
95 % interval (paired bootstrap over events).
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from math import log
from statistics import median_low, pstdev
from typing import NamedTuple

from benchmarks.trust import score
from benchmarks.trust.feeds import Row, read_feed
from benchmarks.trust.planted_text import LANGUAGES, OUTLETS, WORDING, Scene, finish, say, told
from transforms.cross_check.reliability import (
    Reliability,
    reliabilities,
    reliability,
    settled,
    weight,
)

FIRST_DAY = date(2018, 1, 8)
ROUNDS = 20  # of CRH; it stands still before
RESAMPLES = 2000
AGENCY = "AFP"

Told = Mapping[str, float]  # the figure of each source
Chosen = dict[str, float]  # the figure of each event


class Setting(NamedTuple):
    """A world of sources: how often each is right, how many events, whose text is an agency's."""

    name: str
    right: Sequence[float]
    events: int
    carried: int = 0  # the last so many outlets carry the agency's text, as poor as the poorest


VARIED = [0.35 + 0.6 * i / (len(OUTLETS) - 1) for i in range(len(OUTLETS))]
SETTINGS = (
    Setting("one quality", [0.7] * len(OUTLETS), 400),
    Setting("many qualities", VARIED, 400),
    Setting("many, 40 events", VARIED, 40),
    Setting("many, an agency's copies", VARIED, 400, carried=3),
)


# --- the events -----------------------------------------------------------------------------------


def planted(seed: int, setting: Setting) -> tuple[list[Row], dict[str, int]]:
    """The articles, and the true toll of each event by the start of its articles' uris."""
    dice = random.Random(f"{seed}:{setting.name}")
    articles: list[Row] = []
    truth: dict[str, int] = {}
    for i in range(setting.events):
        name = f"urn:tally:reliability:{i}-"
        toll = truth[name] = dice.randint(11, 90)
        scene = Scene(dice, i % len(WORDING["en"]["places"]), FIRST_DAY + timedelta(days=5 * i))
        chosen = dice.sample(range(len(OUTLETS)), dice.randint(3, 7))
        carried = _told(dice, toll, min(setting.right))
        for source in chosen:
            copied = source >= len(OUTLETS) - setting.carried
            figure = carried if copied else _told(dice, toll, setting.right[source])
            language = dice.choice(LANGUAGES)
            text = say(scene, language, "killed", figure)
            article = told(scene, OUTLETS[source], language, scene.moment(1, 12), text)
            if copied:
                article = article._replace(credit=AGENCY)
            articles.append(finish(article, f"{name}{source}")[0])
    return articles, truth


def _told(dice: random.Random, toll: int, right: float) -> int:
    """The toll, or, where the source is wrong, another figure."""
    if dice.random() < right:
        return toll
    wrong = round(toll * (1 + dice.choice((-1, 1)) * dice.uniform(0.2, 0.6)))
    return wrong if wrong != toll else toll + 2


def read(articles: Sequence[Row]) -> dict[str, Told]:
    """The figures of each event on which Tally raises an alert, by lineage."""
    found: dict[str, dict[str, float]] = {}
    for alert in read_feed(articles).opened:
        for claim in (c for p in alert.positions for c in p.claims):
            name = claim.article.uri.rpartition("-")[0] + "-"
            if claim.slot == "killed" and claim.quantity and claim.quantity.stated is not None:
                found.setdefault(name, {})[claim.article.lineage] = claim.quantity.stated
    return found


# --- who is right? --------------------------------------------------------------------------------


def by_median(events: Mapping[str, Told]) -> Chosen:
    return {name: median_low(figures.values()) for name, figures in events.items()}


def most(events: Mapping[str, Told]) -> Chosen:
    return {name: _most(figures) for name, figures in events.items()}


def _most(figures: Told) -> float:
    count = Counter(figures.values())
    largest = max(count.values())
    return median_low([value for value, n in count.items() if n == largest])


def by_reliability(events: Mapping[str, Told]) -> Chosen:
    """The figure of most sources; of equally many the one whose sources weigh most."""
    disputes = {name: sides_of(figures) for name, figures in events.items()}
    known = reliabilities(disputes.values())
    chosen: Chosen = {}
    for name, figures in events.items():
        held = settled(disputes[name])
        others = {source: _without(known.get(source), held, source) for source in figures}
        by_figure: dict[float, list[str]] = defaultdict(list)
        for source, value in figures.items():
            by_figure[value].append(source)
        support = {v: (len(told_by), weight(told_by, others)) for v, told_by in by_figure.items()}
        best = max(support.values())
        chosen[name] = median_low([value for value, s in support.items() if s == best])
    return chosen


def sides_of(figures: Told) -> list[frozenset[str]]:
    return [
        frozenset(source for source, value in figures.items() if value == side)
        for side in sorted(set(figures.values()))
    ]


def _without(known: Reliability | None, held: frozenset[str] | None, source: str) -> Reliability:
    """What is known of a source by the other disputes."""
    if known is None or held is None:
        return known or reliability(0, 0)
    return reliability(known.near - (source in held), known.disputes - 1)


def crh(events: Mapping[str, Told]) -> Chosen:
    """CRH, for continuous data with the normalised absolute loss."""
    spread = {name: pstdev(figures.values()) or 1.0 for name, figures in events.items()}
    truths = by_median(events)
    for _ in range(ROUNDS):
        losses: dict[str, list[float]] = defaultdict(list)
        for name, figures in events.items():
            for source, value in figures.items():
                losses[source].append(abs(value - truths[name]) / spread[name])
        # Sources tell of unequally many events: the mean loss, as in the paper's section 2.5.
        mean = {source: sum(found) / len(found) + 1e-9 for source, found in losses.items()}
        whole = sum(mean.values())
        weights = {source: -log(loss / whole) for source, loss in mean.items()}
        truths = {name: _weighted_median(figures, weights) for name, figures in events.items()}
    return truths


def _weighted_median(figures: Told, weights: Mapping[str, float]) -> float:
    half = sum(weights[source] for source in figures) / 2
    reached = 0.0
    for source, value in sorted(figures.items(), key=lambda item: item[1]):
        reached += weights[source]
        if reached >= half:
            return value
    raise AssertionError("weights are positive")


METHODS: dict[str, Callable[[Mapping[str, Told]], Chosen]] = {
    "median": by_median,
    "most": most,
    "reliability": by_reliability,
    "crh": crh,
}


# --- report ---------------------------------------------------------------------------------------


def report(seed: int) -> Iterator[str]:
    heads = "".join(f"{name:28}" for name in METHODS)
    yield f"{'true figure chosen':26}{'events':>7}  {heads}"
    for setting in SETTINGS:
        articles, truth = planted(seed, setting)
        events = read(articles)
        right = {
            method: {name: value == truth[name] for name, value in choose(events).items()}
            for method, choose in METHODS.items()
        }
        shares = "".join(_share(right[method]).ljust(28) for method in METHODS)
        yield f"{setting.name:26}{len(events):>7}  {shares}"
        apart = "".join(
            ("" if method == "median" else _difference(right[method], right["median"])).ljust(28)
            for method in METHODS
        )
        yield f"{'  beside the median':26}{'':>7}  {apart}".rstrip()


def _share(right: Mapping[str, bool]) -> str:
    rows: list[Row] = [{"event": name, "ok": ok} for name, ok in right.items()]
    return score.shown(score.interval(rows, lambda r: (sum(x["ok"] for x in r), len(r)))).strip()


def _difference(one: Mapping[str, bool], other: Mapping[str, bool]) -> str:
    """The difference of two shares of the same events, with its paired bootstrap interval."""
    apart = [one[name] - other[name] for name in sorted(one)]
    dice = random.Random(0)
    drawn = sorted(sum(dice.choices(apart, k=len(apart))) for _ in range(RESAMPLES))
    low, high = (drawn[round(q * (RESAMPLES - 1))] / len(apart) for q in (0.025, 0.975))
    return f"{100 * sum(apart) / len(apart):+.1f} [{100 * low:+.0f}, {100 * high:+.0f}] points"
