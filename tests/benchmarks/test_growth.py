"""Feeds that grow: copies on other days, in years whose weekdays are the same."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from benchmarks.growth import copied, grown, judged, same_calendars
from tests.claims import count
from transforms.key.keys import keys_of

ROW = {
    "uri": "urn:a",
    "source": "sana",
    "versioncreated": "2012-02-29T12:00:00+00:00",
    "headline": "43 killed",
    "body_text": "Wednesday, 29 February 2012: 43 killed. In 1982 20000 were.",
}


def test_shifted_years_keep_weekdays_and_leap_days_and_do_not_meet() -> None:
    years = range(2011, 2019)
    shifts = same_calendars(years, 16)
    assert shifts[0] == 0
    assert len({year + shift for year in years for shift in shifts}) == 16 * len(years)
    for shift in shifts:
        for year in years:
            assert (
                datetime(year + shift, 12, 31).timetuple()[6:8]
                == (datetime(year, 12, 31).timetuple()[6:8])
            )


def test_there_are_only_so_many_such_years() -> None:
    with pytest.raises(ValueError, match="shifts keep"):
        same_calendars(range(2011, 2019), 100)


def test_a_copy_tells_the_same_of_other_years() -> None:
    copy = copied(ROW, "1", 28)
    assert copy["uri"] == "urn:a:1"
    assert copy["source"] == "sana"
    assert copy["versioncreated"] == "2040-02-29T12:00:00+00:00"
    assert copy["body_text"] == "Wednesday, 29 February 2040: 43 killed. In 2010 20000 were."


def test_a_grown_feed_is_in_the_order_of_time_and_has_no_uri_twice() -> None:
    rows = [json.loads(line) for line in grown([ROW], 4, moved=True)]
    assert len({row["uri"] for row in rows}) == len({row["versioncreated"] for row in rows}) == 4
    assert [r["versioncreated"] for r in rows] == sorted(r["versioncreated"] for r in rows)
    same_days = [json.loads(line) for line in grown([ROW], 4, moved=False)]
    assert {row["versioncreated"] for row in same_days} == {ROW["versioncreated"]}


def test_claims_are_judged_by_key() -> None:
    claims = [count(8, "a.example"), count(12, "b.example")]
    check = judged(claims)
    assert (check.keys, check.largest) == (len(keys_of(claims[0])), len(claims))
