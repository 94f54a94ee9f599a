"""Amounts: numbers, ranges, shares and vague words, before their unit is known."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from schemas.messages import Interval, Qualifier
from transforms.extract.hedges import before_sign, change_before, hedge_before
from transforms.extract.not_quantities import glued_end
from transforms.extract.nouns import counted_after
from transforms.extract.numbers import Number, read_number
from transforms.extract.quantity_table import QuantityTable, Special
from transforms.extract.tokens import Tokens
from transforms.extract.values import about_unit

DASHES = ("-", "–", "—")
# Of so many a share is told: 9 out of 10.
ROUND = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 100, 1000))


class Amount(msgspec.Struct, frozen=True, gc=False):
    """A number, a range or a phrase before its unit is known."""

    first: int
    last: int
    value: float | None
    interval: Interval | None = None
    qualifier: Qualifier = "exact"
    digits: bool = False
    needs_noun: bool = False
    unit: str | None = None
    kind: str = "number"


def read_amount(
    tokens: Tokens, i: int, table: QuantityTable, blocked: Mapping[int, int]
) -> Amount | None:
    number = read_number(tokens, i, table.numbers)
    special = table.special.at(tokens, i)
    if special is not None and (number is None or special[1] >= number.last):
        return _special(tokens, i, special[0], special[1], table)
    if number is None:
        return _article_unit(tokens, i, table)
    if number.ordinal:
        return Amount(i, number.last, None, kind="none")
    after = table.special.at(tokens, _past_hyphen(tokens, number.last + 1))
    if after is not None and after[0].kind == "about_unit":
        value = number.value * after[0].value
        return Amount(i, after[1], value, about_unit(value), "about", needs_noun=False)
    digits = number.written != "words"
    return (
        _metres(tokens, i, number)
        or _range(tokens, i, number, table, blocked)
        or _one_in(tokens, i, number, table)
        or _fraction(tokens, i, number)
        or Amount(i, number.last, number.value, digits=digits)
    )


def _metres(tokens: Tokens, i: int, number: Number) -> Amount | None:
    """6m08, une barre à 5m20: metres and centimetres."""
    words, at = tokens.words, number.last + 1
    if at + 1 >= len(words) or words[at] != "m" or len(words[at + 1]) != 2:
        return None
    if not (words[at + 1].isdecimal() and tokens.touching(at) and tokens.touching(at + 1)):
        return None
    return Amount(i, at + 1, number.value + int(words[at + 1]) / 100, unit="m", digits=True)


def _past_hyphen(tokens: Tokens, i: int) -> int:
    return i + 1 if i < len(tokens.words) and tokens.words[i] == "-" else i


def _article_unit(tokens: Tokens, i: int, table: QuantityTable) -> Amount | None:
    """A dozen: the article is the one."""
    if tokens.words[i] not in table.numbers.articles:
        return None
    found = table.special.at(tokens, i + 1)
    if found is None or found[0].kind != "about_unit":
        return None
    special, last = found
    return Amount(i, last, special.value, about_unit(special.value), "about")


def _special(
    tokens: Tokens, i: int, special: Special, last: int, table: QuantityTable
) -> Amount | None:
    value = special.value
    if special.kind == "vague":
        bounds = Interval(value, special.high)
        return Amount(i, last, None, bounds, "vague", needs_noun=special.noun, kind="vague")
    if special.kind == "about_unit":
        follows = last + 1 < len(tokens.words) and tokens.words[last + 1] in table.words["of"]
        counted = None if follows else counted_after(tokens, last, table, digits=False, many=value)
        known = counted is not None and (counted.known or bool(table.adjective))  # десяток стран
        return Amount(i, last, value, about_unit(value), "about") if follows or known else None
    if special.kind == "half_dozen":
        return Amount(i, last, value, about_unit(value), "about")
    if special.kind == "multiple":
        return Amount(i, last, value, unit="%", kind="multiple")
    if special.kind == "share":
        return _share(tokens, i, last, special, table)
    if special.kind == "dual":
        return Amount(i, last, value, unit=special.unit, kind="dual")
    if special.kind == "dual_unit" and table.article in tokens.words[i][:3]:
        following = tokens.words[last + 1] if last + 1 < len(tokens.words) else ""
        told = following in table.words["dual_followers"]  # not الممارسين العامين
        return Amount(i, last, value, unit=special.unit) if told else None
    if special.kind == "dual_unit":
        upper = _dual_to(tokens, i, last, special.unit, table)
        if upper is not None:
            return upper
        return Amount(i, last, value, unit=special.unit)
    return Amount(i, last, value, needs_noun=special.noun, kind="two")


def _dual_to(
    tokens: Tokens, i: int, last: int, unit: str | None, table: QuantityTable
) -> Amount | None:
    """بين يومين و14 يوما: two to fourteen days, after between."""
    at = last + 1
    if table.between.at(tokens, i - 1) is None or at >= len(tokens.words):
        return None
    at += tokens.words[at] in table.words["range_and"]
    upper = read_number(tokens, at, table.numbers) if at < len(tokens.words) else None
    if upper is None or upper.ordinal or upper.value <= 2:
        return None
    if (table.units.at(tokens, upper.last + 1) or ("", 0))[0] != unit:
        return None
    bounds = Interval(2, upper.value)
    return Amount(i, upper.last, None, bounds, "range", kind="range")


def _share(
    tokens: Tokens, i: int, last: int, special: Special, table: QuantityTable
) -> Amount | None:
    if special.noun:
        follows = tokens.words[last + 1] if last + 1 < len(tokens.words) else ""
        hedge, context = hedge_before(tokens, i, table)
        if (
            follows not in table.words["share_of"]
            and not (table.digit_prefixes and _defined_or_number(tokens, last + 1, table))
            and not change_before(tokens, context, table, strict=True)
            and not (hedge is not None and _ends_phrase(tokens, last + 1, table))
        ):
            return None
    return Amount(i, last, special.value, unit="%", kind="share")


def _ends_phrase(tokens: Tokens, i: int, table: QuantityTable) -> bool:
    """More than a third died, nearly half said: no noun follows that it could be part of."""
    if i >= len(tokens.words) or not tokens.words[i].isalpha():
        return True
    word = tokens.words[i]
    return word in table.words["stop"] or word.endswith(table.participle)


def _defined_or_number(tokens: Tokens, i: int, table: QuantityTable) -> bool:
    """In Arabic what is parted follows at once: نصف السكان، نصف 124000."""
    if i >= len(tokens.words):
        return False
    word = tokens.words[i]
    possessed = len(word) > 4 and word.endswith(table.possessives)
    defined = word.startswith(table.article) or possessed
    return word.isdecimal() or defined or word in table.numbers.words


def _one_in(tokens: Tokens, i: int, number: Number, table: QuantityTable) -> Amount | None:
    """One in five, 2 out of 3: a share."""
    at = table.share_in.at(tokens, number.last + 1)
    if at is None and number.value <= 9 and table.plural:
        return _one_of_these_in(tokens, i, number, table)
    if at is None or number.value != int(number.value):
        return None
    whole = read_number(tokens, at[1] + 1, table.numbers) if at[1] + 1 < len(tokens.words) else None
    if whole is None or whole.ordinal or not number.value < whole.value <= 1000:
        return None
    plain = at[1] == number.last + 1
    if plain and not _few_in_few(tokens, number, whole, table):
        return None  # two in 2019, 12 in 40 villages
    if not plain and number.value > 1 and whole.value not in ROUND:
        return None  # 19 out of 87 passengers are counted
    share = round(100 * number.value / whole.value, 6)
    return Amount(i, whole.last, share, unit="%", kind="share")


def _few_in_few(tokens: Tokens, number: Number, whole: Number, table: QuantityTable) -> bool:
    """One in five, 3 in 4 adults, 1 in 10; not 2 in 5 days."""
    if table.units.at(tokens, whole.last + 1):
        return False
    if not tokens.words[whole.last].isdecimal():
        return number.value <= 3 and whole.value <= 20
    if number.value == 1:
        return not 1900 <= whole.value <= 2100
    following = counted_after(tokens, whole.last, table, digits=True, many=whole.value)
    person = following is not None and following.unit == "person"
    return whole.value <= 20 and number.value <= 9 and person


def _one_of_these_in(tokens: Tokens, i: int, number: Number, table: QuantityTable) -> Amount | None:
    """One voter in five, un pêcheur sur dix."""
    at = table.share_in.at(tokens, number.last + 2)
    if at is None or at[1] + 1 >= len(tokens.words):
        return None
    whole = read_number(tokens, at[1] + 1, table.numbers)
    if whole is None or whole.ordinal or not tokens.words[number.last + 1].isalpha():
        return None
    few = number.value <= 3 and whole.written == "words" and whole.value <= 20
    if not number.value < whole.value or not (few or whole.value in (2, 3, 4, 5, 10, 100)):
        return None
    if counted_after(tokens, whole.last, table, digits=False, many=whole.value) is not None:
        return None
    share = round(100 * number.value / whole.value, 6)
    return Amount(i, whole.last, share, unit="%", kind="share")


def _fraction(tokens: Tokens, i: int, number: Number) -> Amount | None:
    """3/4, not 9/11 nor 24/7."""
    at = number.last + 1
    words = tokens.words
    if at + 1 >= len(words) or words[at] != "/" or not words[at + 1].isdecimal():
        return None
    if not (tokens.touching(at) and tokens.touching(at + 1)):
        return None
    end = glued_end(tokens, i)
    above, below = number.value, int(words[at + 1][:6])
    if end == at + 1 and below in (2, 3, 4, 5, 6, 8, 10, 20) and 0 < above < below:
        return Amount(i, end, round(100 * above / below, 6), unit="%", kind="share")
    return Amount(i, end, None, kind="none")


# --- Ranges -------------------------------------------------------------------------------------


def _range(
    tokens: Tokens, i: int, number: Number, table: QuantityTable, blocked: Mapping[int, int]
) -> Amount | None:
    """Between 5 and 7, from 5 to 7 million, 5-7, five or six."""
    between = table.between.at(tokens, before_sign(tokens, i, table) - 1)
    if between is not None:
        for end in (None, *_joins(tokens, i, number, table)):
            first = read_number(tokens, i, table.numbers, end) if end else number
            found = first and _upper(tokens, first, table, table.words["range_and"], blocked)
            if first and found:
                return _ranged(tokens, i, first, found)
    upper = _dashed(tokens, number, table) or _upper(
        tokens, number, table, table.words["range_links"], blocked
    )
    if upper is None:
        return None
    if _tells_a_change(tokens, i, table):
        return None
    return _ranged(tokens, i, number, upper)


def _joins(tokens: Tokens, i: int, number: Number, table: QuantityTable) -> list[int]:
    """Where a number in words may be parted in two: between خمسة and عشرين."""
    words = tokens.words
    joins = []
    for at in range(number.last, i, -1):
        entry = table.numbers.words.get(words[at])
        if words[at] in table.numbers.join or (entry is not None and entry.joined):
            joins.append(at)
    return joins


def _upper(
    tokens: Tokens,
    number: Number,
    table: QuantityTable,
    links: frozenset[str],
    blocked: Mapping[int, int],
) -> Number | None:
    """The upper number of a range, after one of `links`."""
    words, count = tokens.words, len(tokens.words)
    at = number.last + 1
    unit = table.units.at(tokens, at) or table.symbols.at(tokens, at)
    if unit is not None:  # 5 % to 7 %, but not 5 % to 1,200
        at = unit[1] + 1
    if at >= count:
        return None
    entry = table.numbers.words.get(words[at])
    if entry is None or not entry.joined or links.isdisjoint(table.numbers.join):
        if words[at] not in links:
            return None
        at += 1
    while at < count and at < number.last + 6 and not words[at].isalnum() and words[at] not in ".,":
        at += 1  # a currency sign
    if at >= count or at in blocked:
        return None
    upper = read_number(tokens, at, table.numbers)
    if upper is None or upper.ordinal or not _scaled(number, upper) < upper.value:
        return None
    if unit is not None:
        again = table.units.at(tokens, upper.last + 1) or table.symbols.at(tokens, upper.last + 1)
        if again is None or again[0] != unit[0]:
            return None
    return upper


def _dashed(tokens: Tokens, number: Number, table: QuantityTable) -> Number | None:
    """5-7 and 5 – 7."""
    words = tokens.words
    at = number.last + 1
    if at + 1 >= len(words) or words[at] not in DASHES:
        return None
    if tokens.touching(at) != tokens.touching(at + 1):
        return None
    if words[at + 1].isdecimal() or words[at + 1] in table.numbers.words:
        upper = read_number(tokens, at + 1, table.numbers)
        if upper is not None and not upper.ordinal and _scaled(number, upper) < upper.value:
            return upper
    return None


def _ranged(tokens: Tokens, i: int, lower: Number, upper: Number) -> Amount:
    low = _scaled(lower, upper)
    digits = upper.written != "words"
    return Amount(
        i, upper.last, None, Interval(low, upper.value), "range", digits=digits, kind="range"
    )


def _scaled(lower: Number, upper: Number) -> float:
    """The lower number of a range takes the scale of the upper: 5 to 7 million."""
    if upper.scale > 1 and lower.scale == 1 and lower.value < upper.value / upper.scale:
        return lower.value * upper.scale
    return lower.value


def _tells_a_change(tokens: Tokens, i: int, table: QuantityTable) -> bool:
    """Rose from 43 to 47: two levels, not a range."""
    words = tokens.words
    if i == 0 or words[i - 1] not in table.words["range_from"]:
        return False
    return any(word in table.words["change_passed"] for word in words[max(0, i - 6) : i - 1])
