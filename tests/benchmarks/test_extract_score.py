"""The scorer of extraction: what its docstring says it counts."""

from __future__ import annotations

from typing import Any

import pytest

from benchmarks.extract.score import Score, score, timex, trimmed

TEXT = "At least 17 people died on 5 March, between 5 and 7 hours after, half of them children."


def place(exact: str, nth: int = 0) -> dict[str, Any]:
    start = TEXT.index(exact)
    for _ in range(nth):
        start = TEXT.index(exact, start + 1)
    return {"start": start, "end": start + len(exact)}


def quantity(exact: str, low: Any, high: Any, unit: str | None = None, **more: Any) -> Any:
    stated = low if low == high else high if low is None else low if high is None else None
    return place(exact) | {"low": low, "high": high, "stated": stated, "unit": unit} | more


def time(exact: str, kind: str, value: str, **more: Any) -> Any:
    return place(exact) | {"type": kind, "value": value} | more


def line(*quantities: Any, times: Any = ()) -> Any:
    return {"id": "1", "text": TEXT, "quantities": list(quantities), "times": list(times)}


def of(gold: Any, *read: Any, kind: str = "quantities") -> Score:
    return score(kind, [(gold, read)])


DEAD = quantity("17", 17, None, "person")
HOURS = quantity("5 and 7 hours", 5, 7, "h")


def test_a_right_reading_counts_everywhere() -> None:
    one = of(line(DEAD), quantity("17", 17, None, "person"))
    assert [one.f1(what) for what in ("found", "span", "value")] == [100, 100, 100]
    assert one.share("noun") == one.share("bounds") == 100
    assert one.failures == ()


def test_missed_and_invented_lower_both_sides() -> None:
    one = of(line(DEAD, HOURS), quantity("17", 17, None, "person"), quantity("5 March", 5, 5))
    assert one.f1("value") == pytest.approx(50)
    assert sorted(failure.cause for failure in one.failures) == ["invented", "missed"]


@pytest.mark.parametrize(
    ("read", "cause"),
    [
        (quantity("17", 16, None, "person"), "wrong value"),
        (quantity("At least 17", 17, None, "person"), "wrong span"),
        (quantity("17", 17, None, "dead"), "wrong unit"),
        (quantity("17", 17, 17, "person"), "wrong bounds"),
    ],
)
def test_causes(read: Any, cause: str) -> None:
    assert [failure.cause for failure in of(line(DEAD), read).failures] == [cause]


def test_a_range_needs_both_ends() -> None:
    assert of(line(HOURS), quantity("5 and 7 hours", 5, 7, "hour")).f1("value") == 100
    assert of(line(HOURS), quantity("5 and 7 hours", 7, 7, "hour")).f1("value") == 0


def test_a_second_reading_of_one_label_is_split_not_invented() -> None:
    one = score(
        "quantities",
        [(line(HOURS), [place("5", 1) | {"low": 5, "high": 5}, quantity("7 hours", 7, 7, "h")])],
    )
    assert (one.gold, one.read, one.value) == (1, 1, 0)
    assert "split" in {failure.cause for failure in one.failures}


def test_optional_and_vague_count_neither_way() -> None:
    gold = line(DEAD | {"optional": True}, quantity("half", 50, 50, "%", vague=True))
    assert of(gold).f1("value") == 0
    assert of(gold, quantity("17", 3, 3), quantity("half", 1, 1)).read == 0


def test_a_share_is_right_in_per_cent_and_as_a_part_of_one() -> None:
    gold = line(quantity("half", 50, 50, "%"))
    assert of(gold, quantity("half", 50, 50, "percentage")).f1("value") == 100
    assert of(gold, quantity("half", 0.5, 0.5)).f1("value") == 100
    assert of(gold, quantity("half", 0.5, 0.5, "%")).f1("value") == 0


def test_durations_can_be_left_out() -> None:
    gold = line(DEAD, HOURS)
    one = of(gold, quantity("17", 17, None, "person"), kind="quantities without durations")
    assert one.f1("value") == 100


def test_a_number_inside_a_duration_is_no_invention_but_inside_a_date_it_is() -> None:
    times = [time("5 and 7 hours", "DURATION", "PT5H"), time("5 March", "DATE", "2016-03-05")]
    gold = line(times=times)
    assert of(gold, quantity("7 hours", 7, 7, "h")).read == 0
    assert of(gold, quantity("5 March", 5, 5)).read == 1


def test_times_type_and_value_are_judged_apart() -> None:
    gold = line(times=[time("5 March", "DATE", "2016-03-05", also=[["TIME", "2016-03-05T12:00"]])])
    one = of(gold, time("on 5 March", "DURATION", "2016-03-05"), kind="times")
    assert [one.f1(what) for what in ("span", "value", "type")] == [100, 100, 0]
    assert of(gold, time("5 March", "TIME", "2016-03-05T12"), kind="times").f1("value") == 100


def test_two_ends_over_two_labels_are_a_reading_of_each() -> None:
    gold = line(
        times=[time("5 March", "DATE", "2016-03-05"), time("5 and 7", "DATE", "2016-03-07")]
    )
    read = time("5 March, between 5 and 7", "DATE", "2016-03-05/2016-03-07")
    assert of(gold, read, kind="times").f1("value") == 100


@pytest.mark.parametrize(
    ("one", "other"),
    [("2016-03-05T15:00:00", "2016-03-05T15"), ("2016-03-05T15:30Z", "2016-03-05T15:30"),
     ("P2.0D", "P2D")],
)  # fmt: skip
def test_values_that_say_the_same(one: str, other: str) -> None:
    assert timex(one) == timex(other)


@pytest.mark.parametrize(("one", "other"), [("P1D", "PT24H"), ("PT18H", "PT18M"), ("2016", "201")])
def test_values_that_do_not(one: str, other: str) -> None:
    assert timex(one) != timex(other)


@pytest.mark.parametrize(
    ("text", "left"),
    [("the last week", "last week"), ("le 5 mars", "5 mars"), ("وسبعة", "سبعة"),
     ("في 5 مارس", "5 مارس"), ("ce vendredi,", "vendredi"), ("the", "the")],
)  # fmt: skip
def test_words_that_no_span_is_judged_by(text: str, left: str) -> None:
    assert text[slice(*trimmed(text, 0, len(text)))] == left


def test_a_set_that_labels_some_kinds_only_has_no_inventions() -> None:
    one = of(line(DEAD) | {"partial": True}, quantity("5 March", 5, 5))
    assert [failure.cause for failure in one.failures] == ["missed"]
    assert one.read == 0


def test_a_time_without_a_day_is_right_on_any_day() -> None:
    gold = line(times=[time("5", "TIME", "T15:00:00")])
    assert of(gold, time("5", "TIME", "2016-03-05T15"), kind="times").f1("value") == 100
    assert of(gold, time("5", "DURATION", "PT15H"), kind="times").f1("value") == 0


def test_two_readings_of_the_ends_are_one_of_a_range() -> None:
    gold = line(times=[time("5 March, between 5 and 7", "DATE", "2016-03-05/2016-03-07")])
    ends = [time("5 March", "DATE", "2016-03-05"), time("5 and 7", "DATE", "2016-03-07")]
    one = of(gold, *ends, kind="times")
    assert (one.f1("value"), one.read) == (100, 1)
    wrong = [time("5 March", "DATE", "2016-03-05"), time("5 and 7", "DATE", "2016-03-08")]
    assert of(gold, *wrong, kind="times").f1("value") == 0
