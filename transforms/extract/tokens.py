"""Words, digits and signs of a text, cut in one linear pass."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

import msgspec

# A run of letters, a run of digits, one Han character (Chinese writes no spaces), or one other
# visible sign. No backtracking: each character is looked at once. Marks (tashkeel, combining
# accents) are gone before: transforms.read.normal.
TOKEN = re.compile(
    r"([^\W\d_\u3400-\u4dbf\u4e00-\u9fff]+|\d+|[\u3400-\u4dbf\u4e00-\u9fff]|[^\w\s]|_)"
)


# The same for a text of ASCII in small letters, which is what most English is: a third faster.
ASCII = re.compile(r"([a-z]+|[0-9]+|[^a-z0-9\s])")


def is_han(word: str) -> bool:
    """Whether a token is a Han character, which stands free although it touches the next."""
    return "\u3400" <= word < "\ua000"


class Tokens(msgspec.Struct, frozen=True, gc=False):
    """A text and its tokens, as parallel tuples of one length.

    `text` is the normal text as written, `words` its tokens folded (lower case, letters of one
    kind made one), `starts` and `ends` their half-open offsets in `text`, in code points.
    """

    text: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def exact(self, first: int, last: int) -> str:
        """The text from token `first` to token `last`, both included."""
        return self.text[self.starts[first] : self.ends[last]]

    def touching(self, index: int) -> bool:
        """Whether token `index` follows the one before it without a space."""
        return index > 0 and self.ends[index - 1] == self.starts[index]

    def line_ends(self) -> set[int]:
        """The tokens after which a line ends."""
        ends: set[int] = set()
        at = self.text.find("\n")
        while at >= 0:
            ends.add(bisect_left(self.starts, at) - 1)
            at = self.text.find("\n", at + 1)
        return ends - {-1}


def tokenize(text: str, folded: str) -> Tokens:
    """Cuts `folded`, which must be as long as `text` (see transforms.read.normal.fold)."""
    # What stands between tokens, and they: always one more of those.
    pieces = (ASCII if folded.isascii() else TOKEN).split(folded)
    offsets = tuple(accumulate(map(len, pieces)))
    return Tokens(text, tuple(pieces[1::2]), offsets[:-1:2], offsets[1::2])
