"""Articles in files: found, unpacked and cut into messages, none lost and none too large to hold.

JSON lines, single JSON documents (over several lines too) and JSON arrays; plain, gzip or zstd,
told by their content; `-` is standard input.
"""

from __future__ import annotations

import glob
import gzip
import io
import os
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, count
from typing import Any, cast

import msgspec
import zstandard

from pipelines.errors import MissingInputError, NoInputError, UnreadableInputError
from pipelines.json_values import json_values
from transforms.read.reader import LIMIT
from transforms.read.rejects import Origin

STANDARD_INPUT = "-"
SUFFIXES = (".json", ".jsonl", ".ndjson")
PACKED = ("", ".gz", ".zst")

_BOM = b"\xef\xbb\xbf"
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
# Of packed bytes at a time: zstd makes at most 32 kB of each, so 16 MB.
_ZSTD_PIECE = 512


def expand(inputs: Sequence[str]) -> list[str]:
    """The files of files, folders (with all below them) and patterns, each file once, in order.

    Of a folder the files that end with SUFFIXES, packed or not; hidden ones are passed over. A
    file that is named is taken whatever its name. Raises MissingInputError and NoInputError.
    """
    found: dict[str, str] = {}
    for given in inputs:
        for path in _files(given):
            found.setdefault(path if path == STANDARD_INPUT else os.path.realpath(path), path)
    return list(found.values())


def _files(given: str) -> list[str]:
    if given == STANDARD_INPUT:
        return [given]
    if os.path.isdir(given):
        files = _below(given)
        if not files:
            raise NoInputError(f"{given}: no {', '.join(SUFFIXES)} file in this folder")
        return files
    if os.path.exists(given):
        return [given]
    if not glob.has_magic(given):
        raise MissingInputError(f"{given}: no such file or folder")
    matches = sorted(glob.glob(given, recursive=True))
    files = [file for path in matches for file in (_below(path) if os.path.isdir(path) else [path])]
    if not files:
        raise NoInputError(f"{given}: no file matches this pattern")
    return files


def _below(folder: str) -> list[str]:
    suffixes = tuple(suffix + packed for suffix in SUFFIXES for packed in PACKED)
    files: list[str] = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        files += [
            os.path.join(parent, name)
            for name in sorted(names)
            if name.lower().endswith(suffixes) and not name.startswith(".")
        ]
    return files


def messages(path: str, limit: int = LIMIT) -> Iterator[tuple[Origin, bytes]]:
    """The messages of a file with their origin: its path and the line each begins at, from 1.

    What is no JSON comes out too, to be rejected by the reader. Of a message larger than `limit`
    bytes the first `limit + 1` come out, enough to be rejected as too large. Packed data that is
    damaged gives what could be read and one message that says so, which is no JSON. Raises
    MissingInputError and UnreadableInputError.
    """
    with _opened(path) as file:
        for line, message in _cut(_unpacked(file), limit):
            yield Origin(path, None, line), message


@contextmanager
def _opened(path: str) -> Iterator[io.BufferedIOBase]:
    try:
        if path == STANDARD_INPUT:
            yield cast(io.BufferedIOBase, sys.stdin.buffer)
        else:
            with open(path, "rb") as file:
                yield file
    except FileNotFoundError as error:
        raise MissingInputError(f"{path}: no such file or folder") from error
    except OSError as error:
        raise UnreadableInputError(f"{path}: cannot be read: {error.strerror or error}") from error


def _cut(file: io.BufferedReader, limit: int) -> Iterator[tuple[int, bytes]]:
    """The messages with the line each begins at: lines, unless the file is of another form."""
    line = _skip_white(file)
    if file.peek(1)[:1] == b"[":
        yield from json_values(_chunks(file), limit, line)
        return
    lines = _lines(file, limit, line)
    first = next(lines, None)
    if first is None:
        return
    if not _is_json(first[1]):
        second = next(lines, None)
        # A document over several lines goes on with a key or its end, JSON lines with a brace.
        if second and second[1].lstrip()[:1] in (b'"', b"}") and len(first[1]) <= limit:
            head = first[1] + b"\n" * (second[0] - first[0]), second[1] + b"\n"
            yield from json_values(chain(head, _chunks(file)), limit, first[0])
            return
        lines = chain([second] if second else [], lines)
    yield first
    yield from lines


def _skip_white(file: io.BufferedReader) -> int:
    """Moves to the first byte that is neither white space nor BOM; the line it stands in."""
    if file.peek(3)[:3] == _BOM:
        file.read(3)
    line = 1
    while ahead := file.peek(1):
        white = len(ahead) - len(ahead.lstrip())
        line += file.read(white).count(b"\n")
        if white < len(ahead):
            break
    return line


def _chunks(file: io.BufferedIOBase) -> Iterator[bytes]:
    return iter(lambda: file.read1(1 << 16), b"")


def _lines(file: io.BufferedReader, limit: int, number: int) -> Iterator[tuple[int, bytes]]:
    """The lines that are not blank, without their ends, cut at limit + 1 bytes; from `number`."""
    for here in count(number):
        line = file.readline(limit + 2)
        if not line:
            return
        rest = line
        while not rest.endswith(b"\n") and rest:
            rest = file.readline(1 << 16)
        line = line.removesuffix(b"\n").removesuffix(b"\r")[: limit + 1]
        if line and not line.isspace():
            yield here, line


def _is_json(line: bytes) -> bool:
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True


def _unpacked(file: io.BufferedIOBase) -> io.BufferedReader:
    """The bytes of a file; of a gzip or zstd file, what is packed in it."""
    packed = _stream(_chunks(file))
    start = packed.peek(4)[:4]
    if start.startswith(_GZIP):
        return _stream(_gzip_pieces(packed))
    if start == _ZSTD:
        return _stream(_zstd_pieces(packed))
    return packed


def _gzip_pieces(file: io.BufferedIOBase) -> Iterator[bytes]:
    with gzip.GzipFile(fileobj=file) as unpacking:
        try:
            while piece := unpacking.read1(1 << 16):
                yield piece
        except (EOFError, zlib.error, gzip.BadGzipFile) as error:
            yield _damage(error)


def _zstd_pieces(file: io.BufferedIOBase) -> Iterator[bytes]:
    """Frame by frame: the library's own stream reader takes a truncated file for a whole one."""
    unpacking = zstandard.ZstdDecompressor().decompressobj()
    unused = b""
    try:
        while piece := unused or file.read(_ZSTD_PIECE):
            if unpacking.eof:
                unpacking = zstandard.ZstdDecompressor().decompressobj()
            yield unpacking.decompress(piece)
            unused = unpacking.unused_data
        if not unpacking.eof:
            yield _damage("it ends in the middle")
    except zstandard.ZstdError as error:
        yield _damage(error)


def _damage(error: object) -> bytes:
    """What comes out in place of data that cannot be unpacked: one message that is no JSON."""
    return re.sub(r"[\[\]{}\",\n]", " ", f"! packed data is damaged: {error}").encode()


def _stream(pieces: Iterator[bytes]) -> io.BufferedReader:
    raw: io.RawIOBase = _Pieces(pieces)
    return io.BufferedReader(raw, 1 << 16)


class _Pieces(io.RawIOBase):
    """A stream of the bytes of an iterator; empty pieces are passed over."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = memoryview(piece)
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size
