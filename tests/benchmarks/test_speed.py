"""What a command took is its own."""

from __future__ import annotations

import sys

import pytest

from benchmarks.speed import used_by

PAGE = 4096


def test_memory_of_a_command_is_not_that_of_who_started_it() -> None:
    held = bytearray(256 * 2**20)
    held[::PAGE] = b"1" * (len(held) // PAGE)  # touched, so that it is resident
    used = used_by([sys.executable, "-S", "-c", "pass"])
    assert len(held) / 2**20 > 2 * used.peak > 0
    assert used.wall > 0 <= used.cpu


def test_memory_of_a_command_is_counted() -> None:
    code = "held = b'1' * (128 * 2**20)"
    assert used_by([sys.executable, "-S", "-c", code]).peak > 128


def test_a_command_that_fails_says_why() -> None:
    with pytest.raises(RuntimeError, match="no such feed"):
        used_by([sys.executable, "-S", "-c", "raise SystemExit('no such feed')"])
