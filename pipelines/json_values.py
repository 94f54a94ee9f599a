"""JSON values one after another, or in an array, cut apart without reading them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_BETWEEN = re.compile(rb"[\s,]*")
_STRUCTURE = re.compile(rb'["{}\[\]]')
# A string up to its end; no string of JSON holds a line end, so one that is not closed ends there.
_IN_STRING = re.compile(rb'[^"\\\n]*(?:\\[^\n][^"\\\n]*)*')
_BARE_END = re.compile(rb"[\n,{\]]")


def json_values(chunks: Iterable[bytes], limit: int, line: int = 1) -> Iterator[tuple[int, bytes]]:
    """The values with the line each begins at: of an array its elements, else all of the file.

    Only brackets and strings are looked at; what is no value of JSON comes out as it stands.
    Holds at most `limit + 1` bytes of a value: of a larger one those come out. Takes linear time.
    """
    cutter = _Cutter(limit, line)
    for chunk in chunks:
        yield from cutter.feed(chunk)
    yield from cutter.end()


class _Cutter:
    """Where the reading stands between two chunks."""

    def __init__(self, limit: int, line: int) -> None:
        self._limit = limit
        self._line = line
        self._value: bytearray | None = None  # None between values
        self._value_line = line
        self._array = False
        self._bare = False  # the value is no string and has no brackets
        self._depth = 0  # open brackets of the value
        self._in_string = False
        self._escaped = False

    def feed(self, chunk: bytes) -> Iterator[tuple[int, bytes]]:
        at = 0
        while at < len(chunk):
            if self._value is None:
                at = self._start(chunk, at)
                continue
            end = self._go_on(chunk, at)
            self._keep(chunk, at, end)
            at = end
            # A bare word at the end of a chunk may go on in the next.
            if self._depth == 0 and not self._in_string and (not self._bare or at < len(chunk)):
                yield self._take()

    def end(self) -> Iterator[tuple[int, bytes]]:
        """The value that the file breaks off in, or a bare word at its end."""
        if self._value is not None:
            yield self._take()

    def _start(self, chunk: bytes, at: int) -> int:
        """Moves to the next value and opens it; past the brackets of an array."""
        found = _BETWEEN.match(chunk, at)
        end = found.end() if found else at
        self._line += chunk.count(b"\n", at, end)
        sign = chunk[end : end + 1]
        if sign == (b"]" if self._array else b"["):
            self._array = not self._array
            return end + 1
        if sign:
            self._value = bytearray()
            self._value_line = self._line
            self._bare = sign not in (b'"', b"{", b"[")
        return end

    def _go_on(self, chunk: bytes, at: int) -> int:
        """The offset up to which the value goes in one move: a string, a bracket, a bare word."""
        if self._in_string:
            return self._through_string(chunk, at)
        if self._bare:
            found = _BARE_END.search(chunk, at if self._value else at + 1)
            return found.start() if found else len(chunk)
        structure = _STRUCTURE.search(chunk, at)
        if structure is None:
            return len(chunk)
        sign = structure[0]
        if sign == b'"':
            self._in_string = True
        else:
            self._depth += 1 if sign in b"{[" else -1
        return structure.end()

    def _through_string(self, chunk: bytes, at: int) -> int:
        if self._escaped:
            self._escaped = False
            return at + 1
        found = _IN_STRING.match(chunk, at)
        end = found.end() if found else at
        if end == len(chunk):
            return end
        self._in_string = chunk[end] == ord("\\")
        self._escaped = self._in_string
        return end + 1

    def _keep(self, chunk: bytes, start: int, end: int) -> None:
        assert self._value is not None
        room = self._limit + 1 - len(self._value)
        self._value += chunk[start : min(end, start + room)]
        self._line += chunk.count(b"\n", start, end)

    def _take(self) -> tuple[int, bytes]:
        value = bytes(self._value or b"")
        if len(value) <= self._limit:  # one that was cut must stay too large
            value = value.rstrip()
        self._value, self._depth = None, 0
        return self._value_line, value
