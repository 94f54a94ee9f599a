"""The words of claims.toml, found in a text in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache, partial
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from transforms.extract.number_table import number_table
from transforms.extract.tokens import Tokens, tokenize
from transforms.languages.load import table
from transforms.read.normal import fold

# Roles of slot words compete for a token: the longest phrase wins. The others are independent.
SLOT_ROLES = frozenset(
    {"noun", "who", "numbered", "before", "around", "after", "participle", "total"}
)
PAIR_ROLES = frozenset({"head", "tail"})  # of the words that tell a slot together (pairs.py)

SMALL_CUES = (
    "blocking", "auxiliary", "article_words", "name_ends", "that", "weekdays",
    "from_word", "to_word", "of_speaker", "pronouns", "phrase_opens", "governs",
    "definite", "clitics", "gapped",
)  # fmt: skip
VERB_ROLES = frozenset({"before", "after", "participle", "head", "date"})
REMEMBERED = 1 << 15  # words of a language that were looked up last
BEFORE_GAP, BEHIND_GAP = 3, 4  # tokens of a phrase before and behind what stands inside it
SHORTEST_STEM = 3  # letters of a word that takes the endings of its language

Tags = tuple[tuple[str, str], ...]
Tag = tuple[str, str]  # role, name: ("before", "killed"), ("group", "children"), ("cue", "since")


class Mark(msgspec.Struct, frozen=True, order=True, gc=False):
    """A phrase of the lexicon in a text: token indices (both included), its role and name.

    `tail`: where the second word of a pair begins, between whose words a figure stands.
    """

    first: int
    last: int
    role: str
    name: str
    tail: int | None = None


class Start(msgspec.Struct, frozen=True, gc=False):
    """What a word begins, or goes on with: its tags where a phrase ends with it, and by the next
    word how the longer ones go on."""

    tags: Tags
    longer: Mapping[str, Start]


class Entry(NamedTuple):
    """A phrase without its first word, which may take one of `endings`; `number` keeps the order
    of the table."""

    number: int
    rest: tuple[str, ...]
    tag: Tag
    endings: tuple[str, ...]


class Lexicon(msgspec.Struct, frozen=True, gc=False):
    """The phrases of a language. `start` tells what a folded word of a text begins, if anything.

    `small` are the cues of single small words (in, were, the): so frequent that they are looked up
    where they matter instead of being marked. `joined`: numbers in one word with what is before
    them, with which a phrase may end: ضرر ب in ضرر بسبعة.
    """

    start: Callable[[str], Start | None]
    small: Mapping[str, frozenset[str]]
    verb_first: bool
    joined: frozenset[str] = frozenset()


def split(phrase: str) -> tuple[str, ...]:
    """A phrase of a table as the folded words the tokenizer gives."""
    folded = fold(phrase)
    return tokenize(folded, folded).words


def folded(words: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """The lists of words of a part of a table as the tokens of a text are looked up in them."""
    return {name: frozenset(map(fold, listed)) for name, listed in words.items()}


class Grammar(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a language writes words in one with others, and where its verbs stand ([grammar])."""

    attached: tuple[str, ...] = ()
    noun_endings: tuple[str, ...] = ()
    verb_endings: tuple[str, ...] = ()
    date_endings: tuple[str, ...] = ()
    object_endings: tuple[str, ...] = ()
    person_endings: tuple[str, ...] = ()
    future: tuple[str, ...] = ()
    abbreviations: tuple[str, ...] = ()
    verb_first: bool = False
    before_numbers: tuple[str, ...] = ()  # what is written in one word with numbers: بسبعة
    fused: tuple[tuple[str, str], ...] = ()  # للشرطة is ل with الشرطة
    objects_behind: bool = False  # behind what completes their verb: réduit en cendres 40 cases

    def may_be_persons(self, noun: str) -> bool:
        """Whether a noun that no table knows can name persons, by how such nouns end: diggers.

        Any can where the language does not show it.
        """
        return not self.person_endings or noun.lower().endswith(self.person_endings)

    def endings(self, role: str) -> tuple[str, ...]:
        """What may be written after a word of a role."""
        if role in ("noun", "who", "group"):
            return self.noun_endings
        if role in ("date", "event_kind"):
            return self.date_endings
        return self.verb_endings if role in VERB_ROLES else ()

    def to_come(self, word: str) -> Iterator[str]:
        """The verb that a word of a text is the future of: ستغادر is تغادر to come."""
        for prefix in ("", *self.attached):
            if word.startswith(tuple(prefix + future for future in self.future)):
                yield word[len(prefix) + 1 :]

    def with_objects(self, word: str) -> Iterator[str]:
        """The verbs that a word with its object in it can be: خطفوهم is خطفوا, or خطف, them."""
        for prefix in ("", *self.attached):
            for ending in self.object_endings:
                verb = word.removeprefix(prefix).removesuffix(ending)
                if len(prefix) + len(verb) + len(ending) == len(word):
                    yield verb
                    yield from (verb.removesuffix(end) for end in ("ت", "و"))

    def stems(self, word: str) -> Iterator[tuple[str, str]]:
        """What a folded word of a text can be a form of, each with its ending."""
        for fused, begins in self.fused:
            if word.startswith(fused):
                yield begins + word[len(fused) :], ""
        for prefix in ("", *self.attached):
            if word.startswith(prefix):
                inner = word[len(prefix) :]
                yield inner, ""
                for ending in {*self.noun_endings, *self.verb_endings, *self.date_endings}:
                    stem = inner.removesuffix(ending)
                    if SHORTEST_STEM <= len(stem) < len(inner):
                        yield stem, ending


# What a verb to come says of itself.
PLANNED = Entry(-1, (), ("cue", "planned"), ())


def build(phrases: Iterable[tuple[str, Tag]], grammar: Grammar) -> Lexicon:
    """A lexicon of phrases and their tags.

    A text's words are taken apart when they are met, and those met last remembered: Arabic writes
    so much in one word that a table of all forms has 140,000 and takes half a second to make.
    """
    entries: dict[str, list[Entry]] = {}
    for number, (phrase, tag) in enumerate(phrases):
        first, *rest = split(phrase)
        endings = () if rest else grammar.endings(tag[0])
        entries.setdefault(first, []).append(Entry(number, tuple(rest), tag, endings))
    look_up = lru_cache(maxsize=REMEMBERED)(partial(_start, entries, grammar))
    return Lexicon(look_up, {}, grammar.verb_first)


def _start(entries: Mapping[str, Sequence[Entry]], grammar: Grammar, word: str) -> Start | None:
    """What a word begins. Of groups only those it is nearest to: مدني is a civilian, no مدن
    (towns) with an ending."""
    found: dict[Entry, int] = {}
    for stem, ending in grammar.stems(word):
        for entry in entries.get(stem, ()):
            if not ending or ending in entry.endings:
                found[entry] = max(found.get(entry, 0), len(stem))
    for stem in grammar.to_come(word):
        if of_verbs := [e for e in entries.get(stem, ()) if e.tag[0] in VERB_ROLES]:
            found |= dict.fromkeys([*of_verbs, PLANNED], len(stem))
    if not any(entry.tag[0] == "group" for entry in found):  # أسرهم, their families
        for stem in grammar.with_objects(word):
            found |= dict.fromkeys(_of_them(entries, stem), len(stem))
    if not found:
        return None
    nearest = max((n for e, n in found.items() if e.tag[0] == "group" and not e.rest), default=0)
    kept = [e for e, n in found.items() if e.tag[0] != "group" or e.rest or n == nearest]
    return _branch([(rest, tag) for _, rest, tag, _ in sorted(kept)])


def _of_them(entries: Mapping[str, Sequence[Entry]], stem: str) -> Iterator[Entry]:
    """What a verb with its object in one word tells of those who were named before it: 12 people
    اعتقلتهم (whom they arrested) the police."""
    for entry in entries.get(stem, ()):
        if entry.tag[0] == "before" and not entry.rest:
            yield entry._replace(tag=("after", entry.tag[1]))


def _branch(phrases: Iterable[tuple[tuple[str, ...], Tag]]) -> Start:
    """The phrases that begin with the same words, each without these."""
    ending: dict[Tag, None] = {}
    longer: dict[str, list[tuple[tuple[str, ...], Tag]]] = {}
    for rest, tag in phrases:
        if rest:
            longer.setdefault(rest[0], []).append((rest[1:], tag))
        else:
            ending[tag] = None
    return Start(tuple(ending), {word: _branch(rests) for word, rests in longer.items()})


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
    for number, pair in enumerate(data.get("pairs", ())):
        for role in PAIR_ROLES:
            entries += [(phrase, (role, str(number))) for phrase in pair[f"{role}s"]]
    words = grammar(language)
    small = {
        name: frozenset(
            prefix + fold(word)
            for word in data["cues"].get(name, ())
            for prefix in ("", *words.attached)
        )
        for name in SMALL_CUES
    }
    return replace(build(entries, words), small=small, joined=_joined(language, words))


def _joined(language: str, words: Grammar) -> frozenset[str]:
    """The number words of a language that begin with what it writes in one word with them."""
    if not words.before_numbers:
        return frozenset()
    numbers = number_table(language).words
    return frozenset(w for w in numbers if w.startswith(words.before_numbers) and w[1:] in numbers)


def phrases_in(
    words: Sequence[str], lexicon: Lexicon
) -> Iterator[tuple[int, Sequence[tuple[int, Tags]]]]:
    """Each word at which phrases begin, with these: the last token of each and its tags, longest
    first.

    Every word of a text is looked at here; most begin only longer phrases that do not go on.
    """
    end = len(words) - 1
    for index, start in enumerate(map(lexicon.start, words)):
        if start is None:
            continue
        found = [(index, start.tags)] if start.tags else []
        at, branch = index, start
        while at < end and (going_on := branch.longer.get(words[at + 1])):
            at, branch = at + 1, going_on
            if branch.tags:
                found.insert(0, (at, branch.tags))
        if at < end and words[at + 1] in lexicon.joined:
            ended = branch.longer.get(words[at + 1][0])
            if ended is not None and ended.tags:
                found.insert(0, (at, ended.tags))
        if found:
            yield index, found


def find(tokens: Tokens, words: Lexicon) -> list[Mark]:
    """Every phrase of the lexicon in the text, in order. Of slot words that overlap only the first,
    and of those that begin there the longest; but an auxiliary may lead to a longer one: they
    *were hit by debris*, not *were hit*."""
    marks: list[Mark] = []
    auxiliary = words.small.get("auxiliary", frozenset())
    slot_first = slot_until = -1
    for index, phrases in phrases_in(tokens.words, words):
        taken = index <= slot_until
        helped = index == slot_first + 1 and tokens.words[slot_first] in auxiliary
        for last, tags in phrases if len(phrases) == 1 else _longest(phrases):
            for role, name in tags:
                if role in SLOT_ROLES:
                    if taken and not (helped and last > slot_until and role == "after"):
                        continue
                    if slot_first < index <= slot_until:
                        marks = [m for m in marks if not _is_slot_word(m, slot_first)]
                    slot_first, slot_until = index, last
                marks.append(Mark(index, last, role, name))
    return marks


def _is_slot_word(mark: Mark, first: int) -> bool:
    return mark.first == first and mark.role in SLOT_ROLES


def find_over(tokens: Tokens, words: Lexicon, gaps: Iterable[tuple[int, int]]) -> list[Mark]:
    """The phrases that go on behind what stands inside them: a coûté *mardi soir* la vie à 12.

    `gaps`: first and last token of what is passed over.
    """
    marks: list[Mark] = []
    for first, last in gaps:
        start = max(first - BEFORE_GAP, 0)
        begun = map(words.start, tokens.words[start:first])
        if not any(phrase is not None and phrase.longer for phrase in begun):
            continue
        at = [*range(start, first), *range(last + 1, min(last + 1 + BEHIND_GAP, len(tokens.words)))]
        for index, phrases in phrases_in([tokens.words[i] for i in at], words):
            if at[index] >= first:
                break
            end, tags = phrases[0]
            if at[end] > last:
                marks += [Mark(at[index], at[end], *tag) for tag in tags]
    return marks


def _longest(phrases: Sequence[tuple[int, Tags]]) -> Iterator[tuple[int, Tags]]:
    """Of phrases that begin at one word, each with the tags of which none longer has the role; cues
    are independent."""
    longest: dict[str, int] = {}
    for last, tags in phrases:
        roles = ["slot" if role in SLOT_ROLES else role for role, _ in tags]
        yield (
            last,
            tuple(
                tag
                for tag, role in zip(tags, roles, strict=True)
                if role == "cue" or role in PAIR_ROLES or longest.setdefault(role, last) == last
            ),
        )
