"""The own gold and the script that puts labels on sentences."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from benchmarks.extract.draw import half, sort_of
from benchmarks.extract.label import labelled, resolved
from benchmarks.extract.sets import own, samples

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
