"""What is in use is looked at once for cycles; what becomes garbage in one is still found."""

from __future__ import annotations

import gc
import weakref

import pytest

from pipelines import garbage


class Node:
    """What refers to itself."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture(autouse=True)
def as_it_was():
    yield
    gc.callbacks.remove(garbage._keep)
    gc.unfreeze()


def test_what_one_look_found_in_use_is_not_looked_at_again() -> None:
    garbage.look_at_each_once()
    garbage.look_at_each_once()
    kept = [Node() for _ in range(1000)]
    gc.collect()
    assert gc.get_freeze_count() > len(kept)
    assert not any(one is kept[0] for one in gc.get_objects())


def test_a_cycle_that_came_since_is_found() -> None:
    garbage.look_at_each_once()
    gc.collect()
    gone = weakref.ref(Node())
    gc.collect()
    assert gone() is None
