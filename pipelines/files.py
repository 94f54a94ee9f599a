"""The folder of results: written whole or not at all, read line by line."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec

from pipelines.errors import InputError

T = TypeVar("T")


class LineError(InputError):
    """A line of a file that is not what it should be: says which file, which line and why."""


@contextmanager
def atomic_folder(out: Path) -> Iterator[Path]:
    """A temporary folder beside `out`, whose files take their place in `out` at the end.

    A reader of `out` never sees a file half written. What `out` held before stays until the end,
    and for good when the block raises. Files of other names in `out` are kept. Raises
    NotADirectoryError when `out` is a file, and OSError when it cannot be written.
    """
    if out.exists() and not out.is_dir():
        raise NotADirectoryError(f"{out} is a file, not a folder")
    out.parent.mkdir(parents=True, exist_ok=True)
    temporary = out.parent / f"{out.name}.tmp-{secrets.token_hex(4)}"
    temporary.mkdir()
    try:
        yield temporary
        _move(temporary, out)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _move(temporary: Path, out: Path) -> None:
    for path in temporary.iterdir():
        _flush(path)
    if not out.exists():
        temporary.rename(out)
        return
    for path in sorted(temporary.iterdir()):
        os.replace(path, out / path.name)


def _flush(path: Path) -> None:
    """Sends a file to the disk before its name changes, so that a crash leaves no empty file."""
    if path.is_file():
        with path.open("rb") as file:
            os.fsync(file.fileno())


def read_lines(path: Path, kind: type[T]) -> Iterator[T]:
    """The messages of a JSON-lines file, one at a time; empty lines are passed over.

    Raises LineError ("FILE:LINE: what is wrong") and OSError.
    """
    decoder = msgspec.json.Decoder(kind)
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.isspace():
                continue
            try:
                yield decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise LineError(f"{path}:{number}: {error}") from error
