"""The own gold and the script that puts labels on sentences."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from benchmarks.extract.draw import half, sort_of
from benchmarks.extract.label import labelled, resolved
from benchmarks.extract.sets import own, samples, timex3

DRAWN = {
    "id": "en001", "text": "On Monday 17 died, 117 fled.", "published": "2016-10-05",
    "document": "d", "source": "s", "licence": "l", "translate": False,
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_work_halves_are_whole(language: str) -> None:
    """Only the work half: the final one is not opened by tests."""
    lines = own(language)
    assert 95 <= len(lines) <= 105
    for line in lines:
        assert half(line["document"]) == "work"
        labels: list[dict[str, Any]] = line["quantities"] + line["times"]
        assert all(line["text"][one["start"] : one["end"]] == one["exact"] for one in labels)
        assert all(one["type"] in ("DATE", "TIME", "DURATION", "SET") for one in line["times"])


def test_samples_stand_where_their_gold_says() -> None:
    for line in samples("ar") + samples("fr") + samples("en"):
        for one in line["quantities"] + line["times"]:
            assert line["text"][one["start"] : one["end"]] == one["exact"]


def test_labels_find_their_place() -> None:
    line = labelled(DRAWN, "t Monday = DATE {mon} ; q 17 = 17 person ; q 117 = 100..120 person")
    assert line["times"][0]["value"] == "2016-10-03"
    assert [(one["start"], one["stated"]) for one in line["quantities"]] == [(10, 17), (19, None)]


@pytest.mark.parametrize("label", ["q 7 = 7 -", "q 18 = 18 -", "t Tuesday = DATE {tue}"])
def test_a_label_that_is_not_there_is_refused(label: str) -> None:
    with pytest.raises(ValueError, match="not found"):
        labelled(DRAWN, label)


@pytest.mark.parametrize(
    ("macro", "value"),
    [("{0}", "2016-10-05"), ("{wed}", "2016-10-05"), ("{+wed}", "2016-10-12"),
     ("{thu}", "2016-09-29"), ("{-1d}TEV", "2016-10-04TEV"), ("{m-10}", "2015-12"),
     ("{w-1}", "2016-W39"), ("{y+1}", "2017")],
)  # fmt: skip
def test_macros(macro: str, value: str) -> None:
    assert resolved(macro, date(2016, 10, 5)) == value


@pytest.mark.parametrize(
    ("text", "kind"),
    [("On Monday 20 people died", "both"), ("Twenty people died", "number"),
     ("He left in March", "time"), ("No one saw the G7", "trap"), ("He left", None)],
)  # fmt: skip
def test_classes_of_the_drawing(text: str, kind: str | None) -> None:
    assert sort_of(text) == kind


@pytest.mark.parametrize(
    ("told", "exact", "right"),
    [
        ({"type": "date", "timex": "2016-11-06", "value": "2016-11-06"}, "yesterday",
         ("DATE", "2016-11-06")),
        ({"type": "date", "timex": "2014-11-07", "value": "2014-11-07"}, "two years ago",
         ("DATE", "2014")),
        ({"type": "daterange", "timex": "(2016-03-01,2016-05-01,P2M)", "start": "2016-03-01",
          "end": "2016-05-01"}, "March to May", ("DATE", "2016-03/2016-05")),
        ({"type": "daterange", "timex": "2017-Q1", "start": "2017-01-01", "end": "2017-04-01"},
         "2017-q1", ("DATE", "2017-Q1")),
        ({"type": "daterange", "timex": "x", "start": "2017-11-13", "end": "2017-11-20"},
         "same week", ("DATE", "2017-W46")),
        ({"type": "time", "timex": "T15", "value": "15:00:00"}, "3 pm", ("TIME", "T15:00:00")),
        ({"type": "timerange", "timex": "TMO"}, "morning", ("TIME", "TMO")),
        ({"type": "datetime", "timex": "PRESENT_REF"}, "now", ("DATE", "PRESENT_REF")),
    ],
)  # fmt: skip
def test_values_of_recognizers_in_timex3(told: Any, exact: str, right: tuple[str, str]) -> None:
    assert right in set(timex3(told, exact))


def test_the_end_of_a_day_has_no_value_to_compare() -> None:
    assert not set(timex3({"type": "datetime", "timex": "2016-11-07T23:59:59", "value": "x"}))
