"""Names of places that the gazetteer does not know: in *Boga*, the village of *Hroza*, قرية باقم;
and of the districts that it reads as their region.

They tell one event from others of its province when two articles name them, by their sound also
in two languages. The words that stand before them: languages/<lang>/places.toml, table `local`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

import msgspec
from msgspec.structs import replace

from transforms.claim import places
from transforms.claim.gazetteer import is_division
from transforms.claim.lexicon import folded
from transforms.claim.place_keys import plain
from transforms.claim.stems import common_stems, stems
from transforms.claim.told import Told
from transforms.languages.load import table
from transforms.read.normal import fold

LOCAL = "@"  # before a local name among a claim's names
LONGEST = 4  # words
SHORTEST = 3  # letters of a word


class Local(msgspec.Struct, frozen=True, gc=False):
    """The table `local` of a language, as folded words.

    `kind`: village, district. `of`: what may stand between it and the name. `where`: in, near.
    `begins`: first words of names of several, where none is written large. `no_place`: a hospital.
    """

    kind: frozenset[str] = frozenset()
    of: frozenset[str] = frozenset()
    where: frozenset[str] = frozenset()
    begins: frozenset[str] = frozenset()
    no_place: frozenset[str] = frozenset()
    capitals: bool = True


@cache
def _local(language: str, sure: bool) -> Local:
    """Of a language, without *in* where what stands after it is not `sure` to be a name."""
    tables = table(language, "places")
    local = Local(**folded(tables.get("local", {})), capitals=tables["script"]["capitals"])
    return replace(local, where=frozenset()) if sure and not local.capitals else local


def kinds(language: str) -> frozenset[str]:
    """The words for what has a name of its own: village, port."""
    return _local(language, True).kind


def local_names(sentence: Told, sure: bool = True) -> tuple[str, ...]:
    """The names of a sentence's places that are in no table, as one word: `dukpadiet`.

    Where no letter is written large, any uncommon word may stand after *in*: such are told only
    when they need not be `sure`.
    """
    local = _local(sentence.passage.language, sure)
    if not local.kind:
        return ()
    words = sentence.passage.tokens.words
    whole, found, past = sentence.marks.sentence, dict(_divisions(sentence)), -1
    for index in range(whole.first + 1, whole.last + 1):
        if index <= past or not _may_stand_here(words, index, local):
            continue
        last = _end_of_name(sentence, index, local)
        if last is not None:
            found[index] = "".join(plain(w) for w in words[index : last + 1] if w[0].isalpha())
            past = last
    return tuple(dict.fromkeys(found[index] for index in sorted(found)))


def _divisions(sentence: Told) -> Iterator[tuple[int, str]]:
    """The divisions of a sentence that are read as their region, after the token where each
    begins: Mayo-Sava."""
    for mention, place in sentence.places:
        if places.level(place) == "region":
            words = sentence.passage.tokens.words[mention.first : mention.last + 1]
            key = [plain(word) for word in words if word[0].isalpha()]
            if is_division(" ".join(key)):
                yield mention.first, "".join(key)


def joined(name: str) -> str:
    """A name as `local_names` writes it."""
    return "".join(plain(letter) for letter in fold(name) if letter.isalpha())


def _may_stand_here(words: Sequence[str], index: int, local: Local) -> bool:
    before = words[index - 1]
    if before in local.where or (not local.of and before in local.kind):
        return True
    kind = words[index - 2] if index > 1 else ""
    return before in local.of and (kind in local.kind or kind in local.where)


def _end_of_name(sentence: Told, index: int, local: Local) -> int | None:
    """The last token of a name that begins at a token; None where none does."""
    if not _is_word(sentence, index, local):
        return None
    known, last = _known(sentence), index
    tokens = sentence.passage.tokens
    if index in known:
        return None
    for at in _going_on(sentence, index, local):
        if at in known:
            return None
        last = at
    run = [*tokens.words[index : last + 1], *tokens.words[last + 1 : last + 2]]
    if not local.no_place.isdisjoint(run) or run[-1] in ("'", "’"):
        return None
    uncommon = common_stems(sentence.passage.language).isdisjoint(stems(run[:1]))
    named = local.of and tokens.words[index - 1] in local.of
    return last if uncommon or (named and local.capitals) else None


def _going_on(sentence: Told, index: int, local: Local) -> Iterator[int]:
    """The tokens that go on a name: written large, or after the first word of two."""
    tokens, last = sentence.passage.tokens, sentence.marks.sentence.last
    if not local.capitals:
        if tokens.words[index] in local.begins and index < last:
            yield index + 1
        return
    at = index + 1
    while at <= last and at < index + 2 * LONGEST:
        at += tokens.words[at] == "-" and tokens.touching(at)
        if at > last or not _is_word(sentence, at, local):
            return
        yield at
        at += 1


def _is_word(sentence: Told, index: int, local: Local) -> bool:
    tokens = sentence.passage.tokens
    word = tokens.words[index]
    if word in local.begins:
        return True
    if len(word) < SHORTEST or not word[0].isalpha():
        return False
    return not local.capitals or tokens.text[tokens.starts[index]].isupper()


def _known(sentence: Told) -> set[int]:
    """The tokens of places, times, figures and of what the lexicon knows; not what stands inside a
    pair: a *sweep* through Jleeb *netted* 240."""
    marks = sentence.marks.all
    read = chain(
        [(mark.first, mark.first if mark.tail else mark.last) for mark in marks],
        [(mark.tail, mark.last) for mark in marks if mark.tail],
        [(time.first, time.last) for time in sentence.all_times],
        [(span.first, span.last) for span in sentence.quantities],
        [(mention.first, mention.last) for mention, _ in sentence.places],
    )
    return {i for first, last in read for i in range(first, last + 1)}
