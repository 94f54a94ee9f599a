"""What an article says against itself."""

from __future__ import annotations

import msgspec
import pytest

from schemas.messages import Context, Scope, Time, Timex3
from tests.claims import count, dated
from transforms.cross_check.inside import inside
from transforms.cross_check.judge import judge

URI = "urn:x"


def head(value, **fields):
    return count(value, uri=URI, field="headline", **fields)


def body(value, start=50, **fields):
    return count(value, uri=URI, start=start, **fields)


def told(day: str):
    time = Time(Timex3("DATE", day), day, granularity="day")
    return msgspec.structs.replace(dated("2021-08-30"), slot="date", time=time)


def kinds(*claims):
    return [(d.kind, d.rule) for d in inside(claims)]


def test_the_headlines_figure_is_not_the_bodys():
    (found,) = inside([head(30), body(20)])
    assert (found.kind, found.rule) == ("headline_body", "headline_against_body")
    assert [p.value.low for p in found.positions] == [30, 20]
    assert (found.severity.level, found.severity.reasons) == ("low", ("inside_article",))


def test_a_headline_of_civilians_is_held_against_the_bodys_people():
    assert kinds(head(30, counted="civilians"), body(20)) == [
        ("headline_body", "headline_against_body")
    ]
    assert not kinds(head(30, counted="fighters"), body(20))


def test_a_headline_whose_figure_the_text_tells_of_another_slot_says_nothing():
    deaths = {"context": Context(figures=("injured=2", "killed=7"))}  # read as the killed
    assert kinds(head(2, **deaths), body(7, **deaths)) == []
    others = {"context": Context(figures=("other=2", "killed=7"))}
    assert kinds(head(2, **others), body(7, **others)) == [
        ("headline_body", "headline_against_body")
    ]


def test_a_headline_is_not_held_against_the_wars_toll():
    war = body(190_000, 90, qualifier="more_than", context=Context(period="cumulative"))
    assert kinds(head(30), body(20), war) == [("headline_body", "headline_against_body")]
    assert not kinds(head(30), war)


def test_a_headline_without_a_day_is_of_the_bodys():
    undated = head(30, event_time="2021-08-29/2021-08-30", context=Context(time_from="none"))
    assert kinds(undated, body(20)) == [("headline_body", "headline_against_body")]


@pytest.mark.parametrize(
    "claims",
    [
        [head(30), body(30)],
        [head(30), body(20), body(30, 90)],
        [head(30), body((20, 40))],
        [head(30), body(20, qualifier="at_least")],
        [head((20, 99), qualifier="vague"), body(10)],
        [head(30), body(20, slot="injured")],
        [head(30), body(20, scope=Scope("part", "including"))],
        [head(30), body(20, context=Context(background=True))],
        [head(30), body(20, modality="planned")],
        [head(30), body(20), body(10, 90)],
        [head(30)],
    ],
    ids=[
        "same", "one_meets", "range", "open", "vague", "slot", "part", "background", "plan",
        "two_bodies", "no_body",
    ],
)  # fmt: skip
def test_headline_and_body_agree(claims):
    assert kinds(*claims) == []


def test_parts_that_do_not_add_up():
    total = count(12, context=Context(parts=(5, 6)))
    (found,) = inside([total])
    assert (found.kind, found.rule) == ("parts_total", "parts_against_total")
    assert [p.value.low for p in found.positions] == [12, 11]


@pytest.mark.parametrize("parts", [(), (5,), (5, 7)])
def test_parts_that_add_up_or_are_not_told(parts):
    assert kinds(count(12, context=Context(parts=parts))) == []


def test_a_rounded_total_holds_the_sum():
    assert kinds(count((950, 1050), context=Context(parts=(400, 611)))) == []


def test_a_weekday_that_is_not_the_dates():
    assert kinds(told("2021-08-30")) == [("weekday_date", "weekday_against_date")]


def test_a_day_that_the_calendar_lacks():
    assert kinds(told("2021-06-31")) == [("impossible_date", "date_not_in_calendar")]


def test_what_a_replaced_version_said_is_resolved():
    for state in ("corrected", "withdrawn"):
        old = [msgspec.structs.replace(c, replaced=state) for c in (head(30), body(20))]
        (found,) = inside(old)
        assert (found.status, found.reason) == ("resolved", state)
        assert [d for d in judge(old) if d.reason != "withdrawn"] == []


def test_articles_and_versions_are_looked_at_alone():
    assert kinds(head(30), body(20, version=2), count(10, uri="urn:y")) == []


@pytest.mark.parametrize(
    ("day", "last", "exact", "found"),
    [
        ("2021-08-30", "2021-08-30", "Tuesday, 30 August", True),
        ("2020-08-30", "2020-08-30", "Tuesday, 30 August 2020", True),
        ("2020-08-30", "2020-08-30", "Tuesday, 30 August", False),
        ("2021-08-29", "2021-08-30", "overnight on Friday", False),
    ],
    ids=["near", "year is told", "year is guessed", "two days"],
)
def test_a_weekday_is_held_against_a_date_that_is_sure(day, last, exact, found):
    claim = told(day)
    time = msgspec.structs.replace(claim.time, earliest=day, latest=last)
    quote = msgspec.structs.replace(
        claim.quote, quote=msgspec.structs.replace(claim.quote.quote, exact=exact)
    )
    claim = msgspec.structs.replace(claim, time=time, quote=quote)
    assert bool(kinds(claim)) == found
