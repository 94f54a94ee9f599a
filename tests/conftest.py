"""Hypothesis for all tests: no time limit on one example, few examples, the same each time."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("tally", deadline=None, max_examples=40, derandomize=True)
settings.load_profile("tally")
