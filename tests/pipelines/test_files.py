"""Results take their place whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.files import LineError, atomic_folder, read_lines
from schemas.messages import PlaceName


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def test_nothing_is_in_place_before_the_end(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    with atomic_folder(out) as folder:
        write(folder, "claims.jsonl", "{}")
        assert not out.exists()
        assert folder.parent == out.parent
        assert folder.name.startswith("out.tmp-")
    assert (out / "claims.jsonl").read_text() == "{}"
    assert list(out.parent.iterdir()) == [out]


def test_results_are_replaced_and_other_files_kept(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    write(out, "claims.jsonl", "old")
    write(out, "my notes.txt", "mine")
    with atomic_folder(out) as folder:
        write(folder, "claims.jsonl", "new")
        assert (out / "claims.jsonl").read_text() == "old"
    assert (out / "claims.jsonl").read_text() == "new"
    assert (out / "my notes.txt").read_text() == "mine"


def test_a_failure_leaves_what_was_there(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    write(out, "claims.jsonl", "old")
    with pytest.raises(FileNotFoundError), atomic_folder(out) as folder:
        (folder / "claims.jsonl").rename(folder / "no such folder" / "claims.jsonl")
    assert (out / "claims.jsonl").read_text() == "old"
    assert list(tmp_path.iterdir()) == [out]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    write(tmp_path, "out", "precious")
    with pytest.raises(NotADirectoryError, match="is a file"), atomic_folder(tmp_path / "out"):
        pass
    assert (tmp_path / "out").read_text() == "precious"


def test_one_inside_another_is_as_good_as_one(tmp_path: Path) -> None:
    with atomic_folder(tmp_path / "out") as outer:
        with atomic_folder(outer) as inner:
            write(inner, "claims.jsonl", "{}")
        write(outer, "report.html", "<p>")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"claims.jsonl", "report.html"}


def test_lines_are_read_in_order_and_empty_ones_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "x.jsonl", '{"id":"1","name":"Doha"}\n\n{"id":"2","name":"الدوحة"}\n')
    assert list(read_lines(tmp_path / "x.jsonl", PlaceName)) == [
        PlaceName("1", "Doha"),
        PlaceName("2", "الدوحة"),
    ]


@pytest.mark.parametrize(
    ("line", "why"),
    [('{"id":1,"name":"x"}', "Expected `str`"), ("{", "truncated"), ('{"id":"1"}', "name")],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: str, why: str) -> None:
    write(tmp_path, "x.jsonl", f'{{"id":"1","name":"Doha"}}\n{line}\n')
    with pytest.raises(LineError, match=rf"x\.jsonl:2: .*{why}"):
        list(read_lines(tmp_path / "x.jsonl", PlaceName))
