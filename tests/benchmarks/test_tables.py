"""Figures of benchmarks as they are printed."""

from __future__ import annotations

import pytest

from benchmarks.tables import cell, percent, print_table


@pytest.mark.parametrize(
    ("value", "written"),
    [(0.123, "0.12"), (12.34, "12.3"), (1234.5, "1,234"), (81597, "81,597"), (7, "7"), ("-", "-")],
)
def test_floats_are_short_and_integers_whole(value: object, written: str) -> None:
    assert cell(value) == written


def test_a_share_of_nothing_is_no_figure() -> None:
    assert percent(1, 8) == "12.5%"
    assert percent(0, 0) == "-"


def test_columns_stand_under_each_other(capsys: pytest.CaptureFixture[str]) -> None:
    print_table("Speed", "make bench", ("feed", "articles"), [("samples", 44), ("x16", 12688)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:3] == ["Speed", "  make bench"]
    assert {len(line) for line in lines[4:]} == {len("  samples  articles")}
    assert lines[-1].endswith("12,688")
