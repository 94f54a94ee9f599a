"""How long a step takes."""

from __future__ import annotations

import time

import pytest

from transforms.timing import timed


class Counter:
    def __init__(self) -> None:
        self.total = 0

    def inc(self, n: int) -> None:
        self.total += n


def test_what_blocks_take_is_added_up_in_microseconds() -> None:
    counter = Counter()
    for _ in range(2):
        with timed(counter):
            time.sleep(0.002)
    assert counter.total >= 4000


def test_a_block_that_raises_adds_nothing() -> None:
    counter = Counter()
    with pytest.raises(ValueError, match="broken"), timed(counter):
        raise ValueError("broken")
    assert counter.total == 0
