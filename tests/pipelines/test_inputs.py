"""Files become messages: none lost, none too large to hold, whatever their form."""

from __future__ import annotations

import gzip
import io
import json
import os
import tracemalloc
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import zstandard
from hypothesis import assume, given
from hypothesis import strategies as st

from pipelines.errors import InputError, MissingInputError, NoInputError, UnreadableInputError
from pipelines.inputs import expand, messages
from pipelines.json_values import json_values
from schemas.messages import Article, Reject
from transforms.read.reader import read

ARTICLES: list[dict[str, Any]] = [
    {
        "uri": f"urn:example:{number}",
        "versioncreated": "2021-08-30T12:00:00Z",
        "source": "outlet.example",
        "language": "en",
        "body_text": text,
    }
    for number, text in enumerate(
        ["Twelve dead.", 'He said: "6 {dead}, [4] hurt\\".', "قُتل ١٢ شخصًا,\n\n{", "Four } dead"]
    )
]
LINES = "".join(json.dumps(article, ensure_ascii=False) + "\n" for article in ARTICLES).encode()
FORMS = {
    "lines": LINES,
    "lines_without_last_end": LINES[:-1],
    "lines_crlf": LINES.replace(b"\n", b"\r\n"),
    "lines_with_blanks": b"\xef\xbb\xbf\n \n" + LINES.replace(b"\n", b"\n\n  \n"),
    "ascii_lines": "\n".join(map(json.dumps, ARTICLES)).encode(),
    "array": json.dumps(ARTICLES).encode(),
    "array_pretty": b"\xef\xbb\xbf " + json.dumps(ARTICLES, indent=2).encode(),
    "array_of_lines": b"[\n" + LINES.replace(b"}\n", b"},\n")[:-2] + b"\n]\n",
    "documents_pretty": "\n".join(json.dumps(a, indent=4) for a in ARTICLES).encode(),
}
PACKINGS = {
    "plain": lambda data: data,
    "gzip": gzip.compress,
    "gzip_members": lambda data: gzip.compress(data[:99]) + gzip.compress(data[99:]),
    "zstd": lambda data: zstandard.compress(data),
    "zstd_frames": lambda data: zstandard.compress(data[:99]) + zstandard.compress(data[99:]),
}


def given_file(tmp_path: Path, data: bytes) -> str:
    path = tmp_path / "feed"
    path.write_bytes(data)
    return str(path)


def lines_and_messages(path: str, limit: int = 10_000) -> list[tuple[int | None, bytes]]:
    return [(origin.offset, message) for origin, message in messages(path, limit)]


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("form", FORMS)
def test_every_form_and_packing_gives_the_articles(tmp_path: Path, form: str, packing: str) -> None:
    path = given_file(tmp_path, PACKINGS[packing](FORMS[form]))
    found = list(messages(path))
    assert [json.loads(message) for _, message in found] == ARTICLES
    assert {origin.topic for origin, _ in found} == {path}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", []),
        (b"\xef\xbb\xbf \n\n", []),
        (b"x", [(1, b"x")]),
        (b'{"a":1}\n\n{"b":\n{"c":2}', [(1, b'{"a":1}'), (3, b'{"b":'), (4, b'{"c":2}')]),
        (b'{"a":\n{"b":1}\n', [(1, b'{"a":'), (2, b'{"b":1}')]),
        (b'\n{\n "a": "}"\n}\n{"c":\n2}', [(2, b'{\n "a": "}"\n}'), (5, b'{"c":\n2}')]),
        (b'{\n"a": 1\n', [(1, b'{\n"a": 1')]),
        (b'[{"a":1},\n7, foo, "x"\n,[1]] \n{"z":1}',
         [(1, b'{"a":1}'), (2, b"7"), (2, b"foo"), (2, b'"x"'), (3, b"[1]"), (4, b'{"z":1}')]),
        (b'[{"a":"\\\\"},{"b":"\\""}]', [(1, b'{"a":"\\\\"}'), (1, b'{"b":"\\""}')]),
        (b'[{"a":1}, {"b":', [(1, b'{"a":1}'), (1, b'{"b":')]),
        (b'[{"a":"x\n},{"b":1}]', [(1, b'{"a":"x\n}'), (1 + 1, b'{"b":1}')]),
        (b"]\n}", [(1, b"]"), (2, b"}")]),
        (b"\xff\xfe{\x00\n\x00", [(1, b"\xff\xfe{\x00"), (2, b"\x00")]),
    ],
)  # fmt: skip
def test_what_is_broken_comes_out_too(
    tmp_path: Path, data: bytes, expected: list[tuple[int, bytes]]
) -> None:
    assert lines_and_messages(given_file(tmp_path, data)) == expected


@pytest.mark.parametrize(
    "data",
    [
        b"%s\n" + LINES,
        b'{"body_text": "%s"}\r\n' + LINES,
        b'[{"body_text": "%s"},' + json.dumps(ARTICLES).encode()[1:],
        b'{\n"body_text": "%s"\n}\n' + LINES,
    ],
)
def test_a_message_of_50_mb_is_one_reject_and_is_not_held(tmp_path: Path, data: bytes) -> None:
    path = given_file(tmp_path, gzip.compress(data % (b"a" * 50_000_000), 1))
    tracemalloc.start()
    found = [message for _, message in messages(path, 100_000)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found) == 1 + len(ARTICLES)
    assert len(found[0]) == 100_001
    rejected = read(found[0], limit=100_000)
    assert isinstance(rejected, Reject)
    assert rejected.reason == "too_large"
    assert [json.loads(message) for message in found[1:]] == ARTICLES
    assert peak < 5_000_000


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress])
@pytest.mark.parametrize("form", [LINES * 200, json.dumps(ARTICLES * 200).encode()])
@pytest.mark.parametrize("lost", [1, 5, 12, 60])
def test_damaged_packing_gives_what_was_readable_and_one_broken_message(
    tmp_path: Path, pack: Any, form: bytes, lost: int
) -> None:
    whole = [message for _, message in messages(given_file(tmp_path, form))]
    found = [message for _, message in messages(given_file(tmp_path, pack(form)[:-lost]))]
    assert found[:-1] == whole[: len(found) - 1]
    assert b"packed data is damaged" in found[-1]
    assert isinstance(read(found[-1]), Reject)


def test_what_follows_packed_data_is_told(tmp_path: Path) -> None:
    for pack in (gzip.compress, zstandard.compress):
        found = lines_and_messages(given_file(tmp_path, pack(LINES) + b"junk"))
        assert len(found) == len(ARTICLES) + 1
        assert b"damaged" in found[-1][1]


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    standard_input = SimpleNamespace(buffer=io.BufferedReader(io.BytesIO(LINES)))  # type: ignore[arg-type]
    monkeypatch.setattr("sys.stdin", standard_input)
    assert expand(["-", "-"]) == ["-"]
    assert len(list(messages("-"))) == len(ARTICLES)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.jsonl", "a.json", "sub/c.ndjson.gz", "sub/d.JSONL.zst", "notes.txt",
                 ".hidden.json", ".git/e.json"):  # fmt: skip
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"{}")
    return tmp_path


def names(files: list[str], folder: Path) -> list[str]:
    return [os.path.relpath(file, folder) for file in files]


def test_folders_give_the_files_of_articles_below_them(folder: Path) -> None:
    files = expand([str(folder)])
    assert names(files, folder) == ["a.json", "b.jsonl", "sub/c.ndjson.gz", "sub/d.JSONL.zst"]


def test_patterns_give_what_matches_once(folder: Path) -> None:
    files = expand([str(folder / "*.json*"), str(folder), str(folder / "s*")])
    assert names(files, folder) == ["a.json", "b.jsonl", "sub/c.ndjson.gz", "sub/d.JSONL.zst"]
    assert names(expand([str(folder / "**" / "*.gz")]), folder) == ["sub/c.ndjson.gz"]


def test_a_file_that_is_named_is_taken_whatever_its_name(folder: Path) -> None:
    odd = folder / "feed[1].txt"
    odd.write_bytes(b"{}")
    assert expand([str(odd), str(folder / "notes.txt")]) == [str(odd), str(folder / "notes.txt")]


def test_what_cannot_be_found_is_told(folder: Path) -> None:
    with pytest.raises(MissingInputError, match="nowhere"):
        expand([str(folder / "nowhere.json")])
    with pytest.raises(NoInputError, match="pattern"):
        expand([str(folder / "*.xml")])
    (folder / "empty").mkdir()
    with pytest.raises(NoInputError, match="folder"):
        expand([str(folder / "empty")])
    with pytest.raises(MissingInputError):
        list(messages(str(folder / "nowhere.json")))
    with pytest.raises(UnreadableInputError):
        list(messages(str(folder)))
    assert issubclass(UnreadableInputError, InputError)


BYTES = st.binary(max_size=300) | st.lists(
    st.sampled_from([b'{"a":', b"}", *(bytes([sign]) for sign in b'[]"\\\n, 1x'), b'"b"']),
    max_size=40,
).map(b"".join)


@given(BYTES, st.sampled_from(sorted(PACKINGS)), st.integers(1, 50))
def test_property_8_nothing_that_came_in_is_lost(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, packing: str, limit: int
) -> None:
    """Every visible byte comes out, but separators of arrays; none is longer than the limit."""
    assume(not data.startswith((b"\x1f\x8b", b"\x28\xb5\x2f\xfd")))  # read as packed, damaged
    path = given_file(tmp_path_factory.mktemp("feed"), PACKINGS[packing](data))
    found = [message for _, message in messages(path, len(data))]
    kept = b"".join(found)
    for sign in set(data) - set(b"[], \n\r\t\v\f\xef\xbb\xbf"):
        assert kept.count(sign) == data.count(sign)
    results = [read(message) for message in found]
    articles = sum(isinstance(result, Article) for result in results)
    rejects = sum(isinstance(result, Reject) for result in results)
    assert articles + rejects == len(found)
    assert all(len(message) <= limit + 1 for _, message in messages(path, limit))


@given(BYTES, st.data())
def test_values_are_cut_alike_however_the_bytes_come(data: bytes, cuts: st.DataObject) -> None:
    places = sorted(cuts.draw(st.lists(st.integers(0, len(data)), max_size=6)))
    bounds = [0, *places, len(data)]
    pieces = [data[a:b] for a, b in pairwise(bounds)]
    assert list(json_values(pieces, 999)) == list(json_values([data], 999))


@given(st.lists(st.recursive(
    st.integers() | st.text() | st.booleans(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)), st.sampled_from([None, 1]))  # fmt: skip
def test_elements_of_an_array_are_its_values(values: list[Any], indent: int | None) -> None:
    data = json.dumps(values, indent=indent).encode()
    assert [json.loads(value) for _, value in json_values([data], 10**6)] == values
