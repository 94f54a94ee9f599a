"""The words of claims.toml, found in a text in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import zip_longest
from typing import NamedTuple

import msgspec

from transforms.extract.tokens import Tokens, tokenize
from transforms.languages.load import table
from transforms.read.normal import fold

# Roles of slot words compete for a token: the longest phrase wins. The others are independent.
SLOT_ROLES = frozenset({"noun", "who", "before", "after", "participle", "total"})

SMALL_CUES = (
    "blocking", "auxiliary", "article_words", "name_ends", "that", "weekdays",
    "from_word", "to_word",
)  # fmt: skip
SHORTEST_STEM = 3  # letters of a word that takes the endings of its language

Tags = tuple[tuple[str, str], ...]
Tag = tuple[str, str]  # role, name: ("before", "killed"), ("group", "children"), ("cue", "since")


class Mark(NamedTuple):
    """A phrase of the lexicon in a text: token indices (both included), its role and name."""

    first: int
    last: int
    role: str
    name: str


class Start(NamedTuple):
    """What a word begins: its tags alone, and by the next word the rest of each longer phrase with
    its tags, longest first."""

    alone: tuple[Tag, ...]
    longer: Mapping[str, tuple[tuple[tuple[str, ...], tuple[Tag, ...]], ...]]


class Lexicon(NamedTuple):
    """The phrases by their first word.

    `small` are the cues of single small words (in, were, the): so frequent that they are looked up
    where they matter instead of being marked.
    """

    starts: Mapping[str, Start]
    small: Mapping[str, frozenset[str]]
    verb_first: bool


def split(phrase: str) -> tuple[str, ...]:
    """A phrase of a table as the folded words the tokenizer gives."""
    folded = fold(phrase)
    return tokenize(folded, folded).words


class Grammar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a language writes words in one with others, and where its verbs stand ([grammar])."""

    attached: tuple[str, ...] = ()
    noun_endings: tuple[str, ...] = ()
    verb_endings: tuple[str, ...] = ()
    person_endings: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    verb_first: bool = False

    def may_be_persons(self, noun: str) -> bool:
        """Whether a noun that no table knows can name persons, by how such nouns end: diggers.

        Any can where the language does not show it.
        """
        return not self.person_endings or noun.lower().endswith(self.person_endings)

    def forms(self, word: str, role: str) -> Iterator[str]:
        """A folded word as it stands in texts: with what may be written before and after it."""
        endings = self.noun_endings if role in ("noun", "who", "group") else ()
        if role in ("before", "after", "participle"):
            endings = self.verb_endings
        if len(word) < SHORTEST_STEM:
            endings = ()
        for stem in (word, *(word + ending for ending in endings)):
            yield stem
            yield from (prefix + stem for prefix in self.attached)


def build(entries: Iterable[tuple[str, Tag]], grammar: Grammar) -> Lexicon:
    """A lexicon of phrases and their tags."""
    tags: dict[tuple[str, ...], list[Tag]] = {}
    for phrase, tag in entries:
        words = split(phrase)
        role = tag[0] if len(words) == 1 else "phrase"
        for first in grammar.forms(words[0], role):
            tags.setdefault((first, *words[1:]), []).append(tag)
    alone: dict[str, tuple[Tag, ...]] = {}
    longer: dict[str, dict[str, list[tuple[tuple[str, ...], tuple[Tag, ...]]]]] = {}
    for (first, *rest), of_phrase in tags.items():
        once = tuple(dict.fromkeys(of_phrase))
        if rest:
            longer.setdefault(first, {}).setdefault(rest[0], []).append((tuple(rest), once))
        else:
            alone[first] = once
    starts = {
        first: Start(
            alone.get(first, ()),
            {
                second: tuple(sorted(phrases, key=lambda entry: (-len(entry[0]), entry)))
                for second, phrases in longer.get(first, {}).items()
            },
        )
        for first in alone.keys() | longer.keys()
    }
    return Lexicon(starts, {}, grammar.verb_first)


@cache
def grammar(language: str) -> Grammar:
    """The [grammar] of a language's claims.toml."""
    return msgspec.convert(table(language, "claims").get("grammar", {}), Grammar)


@cache
def abbreviations(language: str) -> frozenset[str]:
    """The words after which a full stop ends no sentence, folded."""
    return frozenset(map(fold, grammar(language).abbreviations))


@cache
def lexicon(language: str) -> Lexicon:
    """All words of a language's claims.toml."""
    data = table(language, "claims")
    entries = [
        (phrase, (role, slot))
        for slot, roles in data["slots"].items()
        for role, phrases in roles.items()
        for phrase in phrases
    ]
    for section, role in (
        ("groups", "group"),
        ("cues", "cue"),
        ("speakers", "speaker"),
        ("event_kinds", "event_kind"),
    ):
        for name, phrases in data[section].items():
            if name not in SMALL_CUES:
                entries += [(phrase, (role, name)) for phrase in phrases]
    words = grammar(language)
    small = {
        name: frozenset(
            form for word in data["cues"].get(name, ()) for form in words.forms(fold(word), "cue")
        )
        for name in SMALL_CUES
    }
    return build(entries, words)._replace(small=small)


def phrases_in(
    words: Sequence[str], lexicon: Lexicon
) -> Iterator[tuple[int, list[tuple[int, Tags]]]]:
    """Each word at which phrases begin: the last token of each phrase with its tags, longest first.

    Every word of a text is looked at here, most begin only longer phrases that do not go on.
    """
    starts = lexicon.starts
    for index, (word, following) in enumerate(zip_longest(words, words[1:])):
        start = starts.get(word)
        if start is None:
            continue
        alone, longer = start
        if following in longer:
            found = [
                (index + len(rest), tags)
                for rest, tags in longer[following]
                if tuple(words[index + 1 : index + 1 + len(rest)]) == rest
            ]
            yield index, [*found, (index, alone)] if alone else found
        elif alone:
            yield index, [(index, alone)]


def find(tokens: Tokens, words: Lexicon) -> list[Mark]:
    """Every phrase of the lexicon in the text, in order. Of slot words only the longest."""
    marks: list[Mark] = []
    slot_until = -1
    for index, phrases in phrases_in(tokens.words, words):
        longest: dict[str, int] = {}
        for last, tags in phrases:
            for role, name in tags:
                if role in SLOT_ROLES:
                    if index <= slot_until or longest.setdefault("slot", last) != last:
                        continue
                elif longest.setdefault(role, last) != last and role != "cue":
                    continue
                marks.append(Mark(index, last, role, name))
        slot_until = max(slot_until, longest.get("slot", -1))
    return marks
