"""What a number is, however it is written."""

from __future__ import annotations

from typing import Literal

import msgspec

Written = Literal["digits", "words", "mixed"]


class Number(msgspec.Struct, frozen=True, gc=False):
    """A number: its value, the index of its last token (included), and how it is written.

    `scale` is the scale word it ends with (a million in 7 million), 1 for none.
    """

    value: float
    last: int
    written: Written
    ordinal: bool = False
    scale: int = 1
