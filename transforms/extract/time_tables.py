"""How a language tells time: its words, folded, found by one look-up for each token.

The data stand in transforms/languages/<lang>/times.toml and calendar_words.json; the sections of
the TOML files are the fields of TimeTable.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Generic, NamedTuple, TypeVar

import msgspec
from msgspec.structs import replace

from transforms.extract.number_table import NumberTable, number_table
from transforms.extract.tokens import tokenize
from transforms.languages.load import table as load
from transforms.read.normal import fold, normal

V = TypeVar("V")
Phrase = tuple[str, ...]

# Letters of a word that is worth a look; years that a bare number of four digits can be.
LONG = 5
FIRST_YEAR, LAST_YEAR = 1000, 2199


class Lexicon(Generic[V]):
    """Words and phrases with their values, found from either end; the longest wins."""

    def __init__(self, entries: Iterable[tuple[Phrase, V]]) -> None:
        self.heads: dict[str, list[tuple[Phrase, V]]] = {}
        self.tails: dict[str, list[tuple[Phrase, V]]] = {}
        for phrase, value in dict(entries).items():
            self.heads.setdefault(phrase[0], []).append((phrase, value))
            self.tails.setdefault(phrase[-1], []).append((phrase, value))
        for index in (self.heads, self.tails):
            for found in index.values():
                found.sort(key=lambda entry: -len(entry[0]))

    def at(self, words: Sequence[str], i: int) -> tuple[V, int] | None:
        """The value of the longest phrase that begins at token `i`, and its last token."""
        phrases = self.heads.get(words[i]) if 0 <= i < len(words) else None
        if phrases is None:
            return None
        for phrase, value in phrases:
            if len(phrase) == 1 or tuple(words[i : i + len(phrase)]) == phrase:
                return value, i + len(phrase) - 1
        return None

    def ending(self, words: Sequence[str], i: int) -> tuple[V, int] | None:
        """The value of the longest phrase that ends at token `i`, and its first token."""
        phrases = self.tails.get(words[i]) if 0 <= i < len(words) else None
        if phrases is None:
            return None
        for phrase, value in phrases:
            first = i - len(phrase) + 1
            if len(phrase) == 1 or (first >= 0 and tuple(words[first : i + 1]) == phrase):
                return value, first
        return None


class Relative(NamedTuple):
    """Last, this, next… `step`: -1, 0, 1; `mentioned`: counted from the last day mentioned."""

    step: int
    mentioned: bool = False


class Cues(msgspec.Struct, frozen=True, gc=False):
    """What tells the tense of a sentence, and that someone speaks."""

    future: frozenset[str]
    future_prefixes: tuple[str, ...]
    future_suffixes: tuple[str, ...]
    not_future: tuple[str, ...]
    past: frozenset[str]
    passive: frozenset[str]
    past_suffixes: tuple[str, ...]
    conjunctions: tuple[str, ...]
    speaking: frozenset[str]
    granting: frozenset[str]
    until: frozenset[str]
    future_first: frozenset[str]


class Trigger(NamedTuple):
    """A reader to ask at a word, and how many tokens before it the reader begins."""

    reader: str
    back: int


class TimeTable(msgspec.Struct, frozen=True, gc=False):
    """How one language tells time (times.toml tells what each section is for)."""

    language: str
    numbers: NumberTable
    day_first: bool
    name_case: str
    weak: frozenset[str]
    beside_number: frozenset[str]
    cased: frozenset[str]
    plurals: frozenset[str]
    articles: Lexicon[str]
    hyphen: Lexicon[str]
    day_lead: Lexicon[str]
    day_marks: Lexicon[str]
    bare_day_lead: Lexicon[str]
    traps: Lexicon[str]
    company: Lexicon[str]
    conjunctions: tuple[str, ...]
    event_after: frozenset[str]
    months: Lexicon[int]
    hijri_months: Lexicon[int]
    hijri_marks: Lexicon[str]
    hijri_alone: frozenset[str]
    solar_months: Lexicon[int]
    solar_years: bool
    last_of_week: bool
    weekdays: Lexicon[int]
    weekday_parts: Lexicon[str]
    units: Lexicon[str]
    counted: Lexicon[str]
    vague_numbers: Lexicon[str]
    and_half: Lexicon[str]
    deictics: Lexicon[str]
    spans: Lexicon[str]
    parts: Lexicon[str]
    clock: Lexicon[str]
    clock_label: Lexicon[str]
    clock_lead: Lexicon[str]
    minute_words: Lexicon[str]
    zones: Lexicon[str]
    relatives_before: Lexicon[Relative]
    relatives_after: Lexicon[Relative]
    past: Lexicon[str]
    every: Lexicon[str]
    every_other: Lexicon[str]
    times_a: Lexicon[str]
    rate_articles: Lexicon[str]
    for_prefix: tuple[str, ...]
    unit_is_one: str
    indefinite: Lexicon[str]
    bare: Lexicon[str]
    eras: Lexicon[str]
    small_words: frozenset[str]
    counted_of: frozenset[str]
    number_labels: frozenset[str]
    plural_ends: tuple[str, ...]
    between: frozenset[str]
    not_decade: frozenset[str]
    after_length: Lexicon[str]
    before_length: Lexicon[str]
    anaphora: Lexicon[tuple[int, str]]
    edges: Lexicon[str]
    edges_after: Lexicon[str]
    prepositions: Lexicon[str]
    prepositions_after: Lexicon[str]
    lead: Lexicon[str]
    labels: Lexicon[str]
    year_marks: Lexicon[str]
    glue_of: Lexicon[str]
    goes_on: Lexicon[str]  # what can follow the day before where no event follows it
    glue_on: Lexicon[str]
    glue_year: Lexicon[str]
    glue_same: Lexicon[str]
    range_to: Lexicon[str]
    range_and: Lexicon[str]
    range_from: Lexicon[str]
    seasons: Lexicon[str]
    quarter_signs: Lexicon[str]
    part_lead: Lexicon[str]
    sets: Lexicon[str]
    refs: Lexicon[str]
    decades: Lexicon[int]
    decade_before: Lexicon[str]
    decade_after: Lexicon[str]
    decade_short: Lexicon[str]
    holidays: Lexicon[str]
    cues: Cues
    triggers: Mapping[str, tuple[Trigger, ...]]
    openings: Mapping[str, frozenset[str]]


@cache
def time_table(language: str) -> TimeTable:
    """The table of a language. Raises FileNotFoundError for a language without one."""
    data = load(language, "times")
    made = files("transforms.languages") / language / "calendar_words.json"
    calendar = json.loads(made.read_text(encoding="utf-8"))
    make = _Maker(data)
    months = make.section(calendar["months"], data["months"], value=int)
    weekdays = make.section(calendar["weekdays"], data["weekdays"], value=int)
    nouns = load(language, "quantities")["noun"]
    relatives, offsets, clock = data["relatives"], data["offsets"], data["clock"]
    table = TimeTable(
        language=language,
        numbers=number_table(language),
        day_first=data["day_first"],
        name_case=data["name_case"],
        weak=make.all_forms(data["weak"]),
        beside_number=make.all_forms(data["beside_number"]),
        cased=make.all_forms(data["cased"]),
        plurals=make.all_forms(data["plurals"]),
        articles=make.words(data["articles"]),
        hyphen=Lexicon([(("-",), "")]),
        day_lead=make.words(data["day_lead"]),
        day_marks=make.section(data["day_marks"]),
        bare_day_lead=make.section(data["bare_day_lead"]),
        traps=make.words(data["traps"]),
        company=make.words(data["company"]),
        conjunctions=tuple(data["conjunctions"]),
        event_after=make.all_forms(data["offsets"]["event_after"]),
        months=months,
        hijri_months=make.section(data["hijri_months"], value=int),
        hijri_marks=make.words(data["hijri"]["marks"]),
        hijri_alone=make.all_forms(data["hijri"]["months_alone"]),
        solar_months=make.section(data["solar_months"], value=int),
        solar_years=bool(data["solar_months"]),
        last_of_week=data["last_of_week"],
        weekdays=weekdays,
        weekday_parts=make.compounds(
            (calendar["weekdays"], data["weekdays"]), data["parts"], data["run_on"]
        ),
        units=make.section(data["units"]),
        counted=make.section(data["counted"]),
        vague_numbers=make.section(data["vague_numbers"]),
        and_half=make.words(data["and_half"]["phrases"]),
        deictics=make.section(data["deictics"]),
        spans=make.section(data["spans"]),
        parts=make.section(data["parts"]),
        clock=make.section({k: clock[k] for k in ("am", "pm", "hours")}),
        clock_label=make.words(clock["label"]),
        clock_lead=make.words(clock["lead"]),
        minute_words=make.section(
            {k: clock[k] for k in ("minutes", "half_past", "quarter_past", "quarter_to")}
        ),
        zones=make.words(clock["zones"]),
        relatives_before=make.relatives(relatives, data["positions"]["before"]),
        relatives_after=make.relatives(relatives, data["positions"]["after"]),
        past=make.words(relatives["past"]),
        every=make.words(relatives["every"]),
        every_other=make.words(relatives["other"]),
        times_a=make.words(data["rates"]["times"]),
        for_prefix=tuple(data["rates"].get("for_prefix", ())),
        unit_is_one=data["rates"].get("unit_is_one", ""),
        rate_articles=make.words(data["rates"]["articles"]),
        indefinite=make.words(data["rates"]["indefinite"]),
        bare=make.section(data["bare"]),
        eras=make.section(data["eras"]),
        small_words=make.all_forms(nouns["stop"]),
        number_labels=make.all_forms(nouns["labels"]),
        counted_of=frozenset(nouns["of"]),
        plural_ends=tuple(nouns["plural"]),
        between=make.all_forms(data["rates"].get("between", ())),
        not_decade=make.all_forms(data["decade_marks"]["not_after"]),
        after_length=make.section({k: offsets[k] for k in ("ago", "hence", "later", "earlier")}),
        before_length=make.section({k: offsets.get(k, ()) for k in BEFORE_LENGTH}),
        anaphora=make.section(data["anaphora"], value=_shift_and_unit),
        edges=make.section(data["edges"]),
        edges_after=make.section(data["edges_after"]),
        prepositions=make.section(data["prepositions"]),
        prepositions_after=make.section(data["prepositions_after"]),
        lead=make.section({k: data["lead"][k] for k in ("in", "of", "the")}),
        labels=make.section(data["labels"]),
        year_marks=make.words(data["year_marks"]),
        glue_of=make.words(data["glue"]["of"]),
        goes_on=make.words(data["glue"].get("goes_on", [])),
        glue_on=make.words(data["glue"]["on"]),
        glue_year=make.words(data["glue"]["year"]),
        glue_same=make.words(data["glue"]["same"]),
        range_to=make.words(data["ranges"]["to"]),
        range_and=make.words(data["ranges"]["and"]),
        range_from=make.words(data["ranges"]["from"]),
        seasons=make.section(data["seasons"]),
        quarter_signs=make.section(data["quarter_signs"]),
        part_lead=make.words(data["lead"]["part"]),
        sets=make.section(data["sets"]),
        refs=make.section(data["refs"]),
        decades=make.section(data["decades"], value=int),
        decade_before=make.words(data["decade_marks"]["before"]),
        decade_after=make.words(data["decade_marks"]["after"]),
        decade_short=make.words(data["decade_marks"]["short"]),
        holidays=make.section(data["holidays"]),
        cues=_cues(data["cues"], make, tuple(data["conjunctions"])),
        triggers={},
        openings={},
    )
    table = replace(table, triggers=_triggers(table))
    return replace(table, openings=_openings(table))


def _shift_and_unit(key: str) -> tuple[int, str]:
    """-1 (days) or "-1 year"."""
    shift, _, unit = key.partition(" ")
    return int(shift), unit or "day"


BEFORE_LENGTH = (
    "since_length", "in", "future_in", "ahead", "ago_before", "earlier_before", "later_before",
)  # fmt: skip
RELATIVES = {
    "past": Relative(-1),
    "previous": Relative(-1, mentioned=True),
    "following": Relative(1, mentioned=True),
    "same": Relative(0, mentioned=True),
    "last": Relative(-1),
    "this": Relative(0),
    "next": Relative(1),
}


class _Maker:
    """Makes lexicons of the words of one language, in all forms they take in a text."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self.attached: Sequence[str] = data["attached"]
        self.contractions: Mapping[str, str] = data["contractions"]

    def section(self, *sections: Mapping[str, Iterable[str]], value: Any = str) -> Lexicon[Any]:
        return Lexicon(
            (phrase, value(key))
            for section in sections
            for key, words in section.items()
            for phrase in self.phrases(words)
        )

    def relatives(
        self, words: Mapping[str, Iterable[str]], here: Iterable[str]
    ) -> Lexicon[Relative]:
        """Those of `words` that are among those that stand `here`."""
        allowed = set(here)
        return Lexicon(
            (phrase, relative)
            for name, relative in RELATIVES.items()
            for phrase in self.phrases(word for word in words[name] if word in allowed)
        )

    def compounds(
        self,
        weekdays: Iterable[Mapping[str, Iterable[str]]],
        parts: Mapping[str, Iterable[str]],
        run_on: bool,
    ) -> Lexicon[str]:
        """Dienstagabend: weekday and part of the day in one word, as "2TEV"."""
        return Lexicon(
            (phrase, f"{number}{part}")
            for section in weekdays if run_on
            for number, names in section.items()
            for part, endings in parts.items()
            for phrase in self.phrases(a + b.lower() for a in names for b in endings)
        )  # fmt: skip

    def words(self, words: Iterable[str]) -> Lexicon[str]:
        return Lexicon((phrase, "") for phrase in self.phrases(words))

    def all_forms(self, words: Iterable[str]) -> frozenset[str]:
        return frozenset(" ".join(phrase) for phrase in self.phrases(words))

    def phrases(self, words: Iterable[str]) -> Iterator[Phrase]:
        """Each phrase cut into tokens: as written, without accents, with attached letters."""
        for word in words:
            folded = fold(normal(word).text)
            for form in dict.fromkeys((folded, _plain(folded))):
                phrase = tokenize(form, form).words
                yield phrase
                for prefix in self.attached:
                    yield (self._attach(fold(prefix), phrase[0]), *phrase[1:])

    def _attach(self, prefix: str, word: str) -> str:
        for written, contracted in self.contractions.items():
            if (prefix[-1] + word).startswith(written):
                return prefix[:-1] + contracted + word[len(written) - 1 :]
        return prefix + word


def _plain(phrase: str) -> str:
    """A Latin phrase without accents (fevrier, aout); short words keep theirs: dès is not des."""
    return " ".join(word if len(word) <= 3 else _without_marks(word) for word in phrase.split(" "))


def _without_marks(word: str) -> str:
    apart = unicodedata.normalize("NFD", word)
    return "".join(c for c in apart if unicodedata.combining(c) == 0)


def _cues(data: Mapping[str, Any], make: _Maker, conjunctions: tuple[str, ...]) -> Cues:
    def folded(name: str) -> tuple[str, ...]:
        return tuple(fold(word) for word in data[name])

    return Cues(
        make.all_forms(data["future"]), folded("future_prefixes"), folded("future_suffixes"),
        folded("not_future"), make.all_forms(data["past"]),
        make.all_forms(data["passive"]), folded("past_suffixes"), conjunctions,
        make.all_forms(data["speaking"]), make.all_forms(data.get("granting", ())),
        make.all_forms(data.get("until", ())), make.all_forms(data.get("future_first", ())),
    )  # fmt: skip


def _triggers(table: TimeTable) -> Mapping[str, tuple[Trigger, ...]]:
    """The words at which a time can stand, with the readers to ask, in their order.

    A phrase is looked for at its first long word, which is rarer than in, the or de.
    """
    found: dict[str, dict[Trigger, None]] = {}
    for number in range(FIRST_YEAR, LAST_YEAR + 1):
        found[str(number)] = {Trigger("digits", 0): None}
    for number in range(100):
        for digits in (str(number), f"{number:02}"):
            found[digits] = {Trigger("digits", 0): None}
    for reader in READERS:
        for phrases in getattr(table, reader).heads.values():
            for phrase, _ in phrases:
                long = [k for k, word in enumerate(phrase) if len(word) >= LONG]
                back = long[0] if long else max(range(len(phrase)), key=lambda k: len(phrase[k]))
                back = 0 if reader == "holidays" else back  # Easter Monday is no Monday
                found.setdefault(phrase[back], {})[Trigger(reader, back)] = None
    order = {reader: k for k, reader in enumerate(("digits", *READERS))}
    return {  # of one reader's phrases first the one that begins earliest
        word: tuple(sorted(triggers, key=lambda trigger: (order[trigger.reader], -trigger.back)))
        for word, triggers in found.items()
    }


# Readers that read nothing where none of their own phrases begins.
PHRASES_ONLY = frozenset({"anaphora", "eras", "holidays", "refs"})


def _openings(table: TimeTable) -> Mapping[str, frozenset[str]]:
    """Of the triggers that end no phrase the words that go on: day after the *the* of "on the day".

    Every second word that could be a time is a bare *the*, *a* or *that*.
    """
    found: dict[str, frozenset[str]] = {}
    for word, triggers in table.triggers.items():
        if not PHRASES_ONLY.issuperset(trigger.reader for trigger in triggers):
            continue
        rests = [
            phrase[back + 1 :]
            for reader, back in triggers
            for phrases in getattr(table, reader).heads.values()
            for phrase, _ in phrases
            if len(phrase) > back and phrase[back] == word
        ]
        if all(rests):
            found[word] = frozenset(rest[0] for rest in rests)
    return found


READERS = (
    "quarter_signs", "clock_label", "holidays", "refs", "months", "weekdays", "anaphora", "bare",
    "sets", "eras", "weekday_parts", "solar_months", "spans", "deictics", "counted", "units",
    "hijri_months", "parts", "seasons", "decades", "decade_before",
)  # fmt: skip
