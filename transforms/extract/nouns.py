"""What a number counts: its unit, or the head of the noun phrase beside it."""

from __future__ import annotations

import msgspec

from transforms.extract.quantity_table import QuantityTable
from transforms.extract.tokens import Tokens

# So many words may stand between a number and the head it counts.
REACH = 7


class Counted(msgspec.Struct, frozen=True, gc=False):
    """The unit of a number: `first` and `last` are the tokens of the noun or unit as written.

    `kind`: measure (currency, unit, per cent: part of the mention) or noun (what is counted).
    `known`: a listed noun or unit, or one set to the number by a hyphen; else found by its form.
    """

    unit: str
    first: int
    last: int
    kind: str
    known: bool


def counted_after(
    tokens: Tokens, last: int, table: QuantityTable, *, digits: bool, many: float | None
) -> Counted | None:
    """What stands counted after token `last`.

    `digits`: the number is in digits, so that symbols (km) may follow. `many`: how many, for the
    languages in which the form of the noun shows it; None when unsaid.
    """
    i = last + 1
    if i >= len(tokens.words) or _line_ends(tokens, i):
        return None
    hyphen = tokens.words[i] == "-" and tokens.touching(i)
    if hyphen:
        i += 1
        if i >= len(tokens.words) or not tokens.touching(i):
            return None
    measure = _measure(tokens, i, table, digits)
    if measure is not None:
        return measure
    if hyphen:
        return _hyphenated(tokens, i, table)
    return _noun(tokens, i, table, many)


def _line_ends(tokens: Tokens, i: int) -> bool:
    return "\n" in tokens.text[tokens.ends[i - 1] : tokens.starts[i]]


def _measure(tokens: Tokens, i: int, table: QuantityTable, digits: bool) -> Counted | None:
    words = tokens.words
    at = i
    if words[i] in table.words["of"]:  # 1,2 milliard d'euros
        at = i + 2 if i + 1 < len(words) and words[i + 1] == "'" else i + 1
    found = table.units.at(tokens, at)
    if found is None and (digits or len(words[i]) > 1):
        found = table.symbols.at(tokens, i)
        if found is None:
            return _sign_after(tokens, i, table)
        at = i
        if words[i].isalpha() and len(words[i]) == 1 and found[1] + 1 < len(words):
            glued = found[1] + 1
            if tokens.touching(glued) and words[glued] in "'’&":
                return None
            dot = words[glued] == "." and tokens.touching(glued) and glued + 1 < len(words)
            if dot and tokens.touching(glued + 1):
                return None  # 5 m.p.h.
        if words[i] in ("c", "f") and not (tokens.touching(i) and tokens.exact(i, i).isupper()):
            return None  # 40C
    if found is None:
        return None
    unit, end = found
    return Counted(unit, at, end, "measure", True)


def _sign_after(tokens: Tokens, i: int, table: QuantityTable) -> Counted | None:
    """5 €, 20 USD, 5 US$."""
    for end in (i, i + 1):
        found = table.signs.at(tokens, end)
        if found is not None and found[1] == i and _is_sign(tokens, i, end):
            return Counted(found[0], i, end, "measure", True)
    return None


def _is_sign(tokens: Tokens, first: int, last: int) -> bool:
    """Whether a currency is written as a sign or in capitals: USD, not "try"."""
    letters = [c for c in tokens.exact(first, last) if c.isalpha()]
    return all(map(str.isupper, letters)) or tokens.exact(first, last) in ("Rs", "rs")


def currency_before(tokens: Tokens, i: int, table: QuantityTable) -> tuple[str, int] | None:
    """The currency set before a number at token `i` ($5, US$ 5, EUR 5), and its first token."""
    if i == 0 or tokens.starts[i] - tokens.ends[i - 1] > 1:
        return None
    found = table.signs.at(tokens, i - 1)
    if found is None:
        return None
    if _is_sign(tokens, found[1], i - 1):
        return found
    plain = dict(table.signs.index[tokens.words[i - 1]]).get(())  # a $5 bill is no A$
    return (plain, i - 1) if plain is not None and _is_sign(tokens, i - 1, i - 1) else None


def _hyphenated(tokens: Tokens, i: int, table: QuantityTable) -> Counted | None:
    """12-member: the word set to the number."""
    word = tokens.words[i]
    if not word.isalpha() or word in table.words["stop"] or table.after.at(tokens, i - 1):
        return None  # 300-plus homes
    person = table.persons.at(tokens, i)
    return Counted("person" if person else word, i, i, "noun", True)


def _noun(tokens: Tokens, i: int, table: QuantityTable, many: float | None) -> Counted | None:
    words, count = tokens.words, len(tokens.words)
    lists = table.words
    if words[i] in lists["of"]:
        i += 1
        while i < count and (words[i] in lists["determiners"] or words[i] == "'"):
            i += 1
    steps = 0
    while i < count and words[i] in lists["skip"] and steps < 3:
        following = i + 1 < count and words[i + 1] not in lists["stop"] and words[i + 1].isalpha()
        if not following and words[i] in lists["predicates"]:
            break
        i += 1
        steps += 1
    if i >= count or _line_ends(tokens, i):
        return None
    unit = table.units.at(tokens, i) if steps else None  # 20 dernières années
    if unit is not None:
        return Counted(unit[0], i, unit[1], "measure", True)
    return HEADS[table.head](tokens, i, table, many)


def _first_head(tokens: Tokens, i: int, table: QuantityTable, many: float | None) -> Counted | None:
    """The head begins the phrase: soldats américains, جنديا أميركيا."""
    while _is_adjective(tokens, i, table):
        i += 1
    word = tokens.words[i]
    if not word.isalpha() or len(word) < 2:
        return None
    person = table.persons.at(tokens, i)
    if person is not None:
        return Counted("person", i, person[1], "noun", True)
    if word in table.words["predicates"]:
        return Counted("person", i, i, "noun", True)
    if word in table.words["stop"]:
        return None
    if word in table.words["things"]:
        return Counted(word, i, i, "noun", True)
    if table.plural and many is not None and many >= 2 and not word.endswith(table.plural):
        return None
    if not table.plural and not _agrees(word, many, table):
        return None
    return Counted(word, i, i, "noun", False)


def _agrees(word: str, many: float | None, table: QuantityTable) -> bool:
    """Arabic: after 11 to 99 the noun is singular accusative; و begins the next phrase."""
    if word.startswith(table.not_counted):
        return False
    if many is not None and 11 <= many <= 99:
        return word.endswith(table.accusative)
    return True


def _last_head(tokens: Tokens, i: int, table: QuantityTable, many: float | None) -> Counted | None:
    """The head ends the phrase: Kurdish female fighters; what is killed, after it, is not."""
    words = tokens.words
    known: tuple[int, int] | None = None
    predicate: int | None = None
    thing: int | None = None
    at, end = i, min(i + REACH, len(words))
    while at < end:
        word = words[at]
        if len(word) == 1 and at + 1 < len(words) and words[at + 1] == ".":
            at += 2  # U.S. citizens
            continue
        person = table.persons.at(tokens, at)
        if person is not None:
            known = (at, person[1])
            at = person[1]
            if _is_plural(words[at], table):
                break
        elif word in table.words["predicates"] and known is None:
            predicate = at if predicate is None else predicate
        elif _is_plural(word, table) and predicate is None and not _ends(tokens, at, i, table):
            if words[i].endswith(table.gerund):
                break
            double = at + 1 < len(words) and _is_plural(words[at + 1], table)
            at += double and not _ends(tokens, at + 1, i, table)  # arms depots
            return Counted(words[at], at, at, "noun", False)
        elif word in table.numbers.join and at > i and known is None and predicate is None:
            pass  # regime and rebel fighters
        elif _ends(tokens, at, i, table) or (known and word.endswith(table.participle)):
            break
        elif word in table.words["things"] and known is None:
            thing = at
        at += 1
    if known is not None:
        return Counted("person", known[0], known[1], "noun", True)
    if predicate is not None:
        return Counted("person", predicate, predicate, "noun", True)
    return None if thing is None else Counted(words[thing], thing, thing, "noun", True)


def _ends(tokens: Tokens, at: int, first: int, table: QuantityTable) -> bool:
    """Whether a noun phrase that begins at `first` cannot go on with token `at`."""
    word = tokens.words[at]
    if not word.isalpha() and word != "-":
        return True
    if at > first and _line_ends(tokens, at):
        return True
    if word in table.numbers.words:
        return True
    # IS and US in capitals are names.
    return word in table.words["stop"] and not (len(word) > 1 and tokens.exact(at, at).isupper())


def _is_plural(word: str, table: QuantityTable) -> bool:
    return len(word) > 3 and word.endswith(table.plural) and not word.endswith(table.not_plural)


def _is_adjective(tokens: Tokens, i: int, table: QuantityTable) -> bool:
    """20 мирных жителей: whether token `i` has an adjective's ending and its noun follows."""
    words = tokens.words
    if not table.adjective or not words[i].endswith(table.adjective) or i + 1 >= len(words):
        return False
    if table.persons.at(tokens, i) is not None or words[i] in table.words["predicates"]:
        return False
    return words[i + 1].isalpha() and words[i + 1] not in table.words["stop"]


def _listed_head(
    tokens: Tokens, i: int, table: QuantityTable, many: float | None
) -> Counted | None:
    """The nearest listed noun: what stands before it cannot be told from it by its form."""
    words = tokens.words
    predicate: int | None = None
    for at in range(i, min(i + REACH, len(words))):
        person = table.persons.at(tokens, at)
        if person is not None:
            return Counted("person", at, person[1], "noun", True)
        thing = table.things.at(tokens, at)
        if thing is not None:
            return Counted(thing[0], at, thing[1], "noun", True)
        if words[at] in table.words["predicates"]:
            predicate = at if predicate is None else predicate
        elif not words[at].isalpha() or words[at] in table.words["stop"]:
            break
    if predicate is not None:
        return Counted("person", predicate, predicate, "noun", True)
    spaced = not table.numbers.places and words[i].isalpha() and words[i] not in table.words["stop"]
    return Counted(words[i], i, i, "noun", False) if spaced else None


def _capital_head(
    tokens: Tokens, i: int, table: QuantityTable, many: float | None
) -> Counted | None:
    """The head is the first noun, and nouns are written with a capital: 20 weitere Zivilisten."""
    words = tokens.words
    predicate: int | None = None
    for at in range(i, min(i + REACH, len(words))):
        word = words[at]
        if word in table.words["stop"] or not word.isalpha() or (at > i and _line_ends(tokens, at)):
            break
        if table.persons.at(tokens, at) is not None or word.endswith(table.person_ends):
            return Counted("person", at, at, "noun", True)
        if tokens.text[tokens.starts[at]].isupper():
            return Counted(word, at, at, "noun", word in table.words["things"])
        if word in table.words["predicates"]:
            predicate = at if predicate is None else predicate
    return None if predicate is None else Counted("person", predicate, predicate, "noun", True)


HEADS = {
    "first": _first_head,
    "last": _last_head,
    "listed": _listed_head,
    "capital": _capital_head,
}
