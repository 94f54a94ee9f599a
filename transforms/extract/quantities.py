"""Quantities of a text: numbers with all that says how they are meant.

One pass: a dict lookup tells where a quantity can begin, the grammar runs only there. Each rule
looks at a bounded number of tokens, so the time is linear in the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from schemas.messages import Interval, Qualifier, Quantity
from transforms.extract.amounts import Amount, read_amount
from transforms.extract.digits import pointed
from transforms.extract.hedges import change_before, hedge_before, is_stretch
from transforms.extract.not_quantities import glued_end, is_name, may_begin
from transforms.extract.nouns import Counted, counted_after, currency_before
from transforms.extract.numbers import read_number
from transforms.extract.quantity_links import QuantitySpan, linked, with_rate
from transforms.extract.quantity_table import QuantityTable
from transforms.extract.tokens import Tokens
from transforms.extract.values import QUALIFIERS, Hedge, interval

__all__ = ["QuantitySpan", "read_quantities"]

PERCENT = ("%", "pp")
# Units of which a round number is not a count: 100 per cent, 100 degrees, aged 100.
MEASURES_TAKEN_AS_THEY_ARE = frozenset(("%", "pp", "a", "Cel", "[degF]", "deg"))
STRETCHES = frozenset(
    ("a", "mo", "wk", "d", "h", "min", "s", "km", "m", "[mi_i]", "[yd_i]", "[ft_i]")
)
# Units before a number that decide, whatever follows: 百分之二十的人口, yüzde 20 kişi.
OVERRIDING = ("%", "magnitude")
TIMES = frozenset(("a", "mo", "wk", "d", "h", "min", "s"))
MILLION = 10**6


def read_quantities(
    tokens: Tokens, table: QuantityTable, taken: Sequence[tuple[int, int]] = ()
) -> list[QuantitySpan]:
    """The quantities of a text in its order.

    `taken`: token ranges (ends included) that were read as dates or times; a number inside one is
    no quantity, unless it goes on after it (a quarter of a million). Durations are both, and so
    not taken.
    """
    words, triggers = tokens.words, table.triggers
    blocked = {i: last for first, last in taken for i in range(first, last + 1)}
    found: list[QuantitySpan] = []
    past = -1
    for i in [i for i, word in enumerate(words) if word in triggers or word.isdecimal()]:
        if words[i] in table.articles and table.after_article.isdisjoint(words[i + 1 : i + 2]):
            continue
        if i <= past or (i in blocked and not _goes_on(tokens, i, table, blocked[i])):
            continue
        span, past = _quantity_at(tokens, i, table, blocked)
        if span is not None:
            found.append(span)
    return linked(tokens, found, table)


def _quantity_at(
    tokens: Tokens, i: int, table: QuantityTable, blocked: Mapping[int, int]
) -> tuple[QuantitySpan | None, int]:
    """The quantity that begins at token `i`, and the last token that was read for it."""
    words = tokens.words
    if words[i].isdecimal() and not may_begin(tokens, i, table):
        return None, glued_end(tokens, i)
    never = _never(tokens, i, table)
    if never is not None:
        return None, never
    amount = read_amount(tokens, i, table, blocked)
    if amount is None:
        return None, glued_end(tokens, i) if words[i].isdecimal() else i
    if amount.last in blocked or amount.kind == "none":
        return None, amount.last
    span = _measured(tokens, amount, table)
    return span, amount.last if span is None else span.last


def _goes_on(tokens: Tokens, i: int, table: QuantityTable, last: int) -> bool:
    """Whether a number in words at `i` ends after the time expression that ends at `last`."""
    if tokens.words[i].isdecimal():
        return False
    number = read_number(tokens, i, table.numbers)
    return number is not None and number.last > last


def _never(tokens: Tokens, i: int, table: QuantityTable) -> int | None:
    """The last token of a phrase around `i` that holds a number word and counts nothing."""
    if tokens.words[i] not in table.never_words:
        return None
    share = table.share_in.at(tokens, i + 1)
    if share is not None and share[1] > i + 1:
        return None  # واحد من كل خمسة
    if tokens.words[i] in table.words["ones"] and _before_one(tokens, i, table) is not None:
        return None  # دقيقة واحدة من وضع المطهر
    for start in range(i, max(i - 4, -1), -1):
        found = table.never.at(tokens, start)
        if found is not None and found[1] >= i:
            return found[1]
    return None


def _measured(tokens: Tokens, amount: Amount, table: QuantityTable) -> QuantitySpan | None:
    """The amount with its unit or noun and its hedge, or None where it is no quantity."""
    sign = currency_before(tokens, amount.first, table)
    first = sign[1] if sign is not None else amount.first
    if sign is None and pointed(tokens, first):
        first -= 1
    negative, first = _negative(tokens, first, table)
    hedge, context = hedge_before(tokens, first, table)
    counted = _counted(tokens, amount, table)
    last = amount.last
    if amount.digits and _glued_million(tokens, amount, sign is not None, table):
        amount = _times(amount, MILLION)
        last = amount.last + 1
        counted = counted_after(tokens, last, table, digits=True, many=MILLION)
    if sign is not None and (counted is None or counted.kind == "noun"):
        counted = Counted(sign[0], sign[1], amount.first - 1, "measure", True)
    elif sign is None and counted is not None and counted.kind == "measure":
        last = max(last, counted.last)
        first = min(first, counted.first) if counted.last < amount.first else first  # يوم واحد
    half = table.and_half.at(tokens, last + 1) if amount.value and counted else None
    if half is not None and counted is not None and counted.kind == "measure":
        amount = replace(amount, value=(amount.value or 0) + 0.5)  # douze ans et demi
        last = half[1]
    stretch = hedge is not None and counted is not None and counted.unit in STRETCHES
    if stretch and is_stretch(tokens, context, table):
        hedge, context = None, first
    after = table.after.at(tokens, last + 1)
    if after is not None and counted is None:  # 12 or more people
        counted = counted_after(tokens, after[1], table, digits=False, many=amount.value)
    elif after is None and counted is not None:
        after = table.after.at(tokens, counted.last + 1)
    if hedge is None and after is not None:
        hedge = after[0]
    inside = table.numbers.inside
    if (
        inside
        and hedge is None
        and amount.kind == "number"
        and not inside.isdisjoint(tokens.words[first : last + 1])
    ):
        hedge = "more_than"  # 20多万
    unit = table.unit_before.at(tokens, first - 1)
    if unit is not None and (counted is None or not counted.known or unit[0] in OVERRIDING):
        counted = Counted(unit[0], unit[1], first - 1, "measure", True)
    if counted is None and _is_age(tokens, first, last, table):
        counted = Counted("a", amount.first, last, "measure", True)
    if counted is None and hedge is None and is_name(tokens, amount.first, last, table):
        return None
    if not _counts(tokens, amount, counted, hedge, table):
        return None
    if (
        counted is not None
        and not counted.known
        and tokens.words[counted.last] not in table.words["counted"]
        and is_name(tokens, amount.first, last, table, before_noun=True)
    ):
        return None
    amount = _times(amount, -1) if negative else amount
    quantity = _quantity(tokens, amount, counted, hedge, context, table)
    if counted is not None and amount.unit is None:
        end = max(last, counted.last)
        quantity = with_rate(tokens, quantity, end, counted.kind == "measure", table)
    noun = counted if counted is not None and counted.kind == "noun" else None
    return QuantitySpan(
        first, last, quantity, noun.first if noun else None, noun.last if noun else None, context
    )


def _is_age(tokens: Tokens, first: int, last: int, table: QuantityTable) -> bool:
    """Aged 31; John Smith, 31, said."""
    words = tokens.words
    if table.age.at(tokens, first - 1) is not None:
        return True
    if first < 2 or last + 1 >= len(words) or first != last or not words[first].isdecimal():
        return False
    if words[first - 1] != "," or words[last + 1] not in ",;)" or len(words[first]) > 2:
        return False
    name = first - 2
    return words[name].isalpha() and tokens.text[tokens.starts[name]].isupper()


def _negative(tokens: Tokens, first: int, table: QuantityTable) -> tuple[bool, int]:
    if first == 0:
        return False, first
    before = tokens.words[first - 1]
    if before in ("-", "−") and tokens.touching(first) and not tokens.words[first].isalpha():
        return True, first - 1  # -3 degrees; no dash before a word: the workers -two women
    if before in table.numbers.negative and table.before.at(tokens, first - 1) is None:
        return True, first - 1
    return False, first


def _counted(tokens: Tokens, amount: Amount, table: QuantityTable) -> Counted | None:
    if amount.kind == "dual":
        return Counted(amount.unit or "", amount.first, amount.last, "noun", True)
    if amount.unit is not None:
        return Counted(amount.unit, amount.first, amount.last, "measure", True)
    many = amount.value
    if amount.interval is not None:
        many = amount.interval.high or amount.interval.low
    if amount.value == 1 and table.digit_prefixes:
        before = _before_one(tokens, amount.first, table)
        if before is not None:
            return before
    return counted_after(tokens, amount.last, table, digits=amount.digits, many=many)


def _before_one(tokens: Tokens, i: int, table: QuantityTable) -> Counted | None:
    """شخص واحد: Arabic puts one after what it counts."""
    if i == 0:
        return None
    person = table.persons.at(tokens, i - 1)
    if person is not None:
        return Counted("person", i - 1, i - 1, "noun", True)
    unit = table.units.at(tokens, i - 1)
    if unit is not None and unit[1] == i - 1:
        return Counted(unit[0], i - 1, i - 1, "measure", True)
    if tokens.words[i - 1] in table.words["things"]:
        return Counted(tokens.words[i - 1], i - 1, i - 1, "noun", True)
    return None


def _glued_million(tokens: Tokens, amount: Amount, money: bool, table: QuantityTable) -> bool:
    """$5m and 5m people, not 5m tall."""
    at = amount.last + 1
    if at >= len(tokens.words) or tokens.words[at] != "m" or not tokens.touching(at):
        return False
    if money:
        return True
    found = counted_after(tokens, at, table, digits=False, many=None)
    if found is None or tokens.words[at + 1] in table.words["metres"]:
        return False
    if found.kind == "measure":  # 11m euros
        return len(found.unit) == 3 and found.unit.isupper()
    if found.known:
        return found.last <= at + 3
    return found.first == at + 1 and tokens.words[at + 1] != "-"  # 1.2m followers


def _times(amount: Amount, factor: float) -> Amount:
    value, bounds = amount.value, amount.interval
    if bounds is not None:
        low = None if bounds.low is None else bounds.low * factor
        high = None if bounds.high is None else bounds.high * factor
        bounds = Interval(high, low) if factor < 0 else Interval(low, high)
    value = None if value is None else round(value * factor, 6)
    return replace(amount, value=value, interval=bounds)


def _counts(
    tokens: Tokens,
    amount: Amount,
    counted: Counted | None,
    hedge: Hedge | None,
    table: QuantityTable,
) -> bool:
    """Whether what was read is a quantity at all."""
    if amount.needs_noun:
        return counted is not None and not (
            amount.kind == "two" and _is_pair(tokens, amount, counted, table)
        )
    word = tokens.words[amount.first]
    if amount.value != 1 or amount.first != amount.last or word.isdecimal():
        return True
    if counted is None:
        return False
    if counted.kind == "measure":  # une minute is a minute; une heure au moins, un mètre count
        article = word in table.numbers.articles and counted.unit in TIMES
        return not article or hedge is not None
    single = table.words["single"]
    if tokens.words[counted.first - 1] == "-":  # a one-time ally
        return False
    if not counted.known:  # more than one attack
        return hedge in ("more_than", "at_least") and bool(single)
    return not single or hedge is not None or tokens.words[counted.first] in single


def _is_pair(tokens: Tokens, amount: Amount, counted: Counted, table: QuantityTable) -> bool:
    """Both Kurdish forces and rebels: "both" joins two names, and counts nothing."""
    after = counted.last + 1
    joined = after < len(tokens.words) and tokens.words[after] in table.numbers.join
    return joined or counted.first > amount.last + 2


def _quantity(
    tokens: Tokens,
    amount: Amount,
    counted: Counted | None,
    hedge: Hedge | None,
    context: int,
    table: QuantityTable,
) -> Quantity:
    unit = counted.unit if counted is not None else None
    measured = counted is not None and counted.kind == "measure"
    bounds, qualifier = amount.interval, amount.qualifier
    change = change_before(tokens, context, table, strict=unit not in PERCENT)
    value = amount.value
    if amount.kind == "multiple" and value is not None:
        change = "up" if value > 0 else "down"
        value = abs(value)
    if bounds is None and value is not None:
        hedge = hedge or "exact"
        as_it_is = unit in MEASURES_TAKEN_AS_THEY_ARE
        bounds = interval(value, hedge, rounds=not as_it_is, counts=not measured)
        qualifier = QUALIFIERS[hedge]
    elif bounds is not None and hedge is not None and value is not None:  # more than a dozen
        if hedge not in ("about", "exact"):
            bounds, qualifier = interval(value, hedge), QUALIFIERS[hedge]
    elif bounds is not None and hedge is not None and amount.kind == "vague":
        bounds, qualifier = _hedged(bounds, hedge, qualifier)
    return Quantity(
        value=bounds or Interval(),
        stated=value,
        qualifier=qualifier,
        change=change,
        unit=unit,
        unit_text=_unit_text(tokens, amount, counted),
    )


def _unit_text(tokens: Tokens, amount: Amount, counted: Counted | None) -> str | None:
    """The unit as written; None where none is, as in half, and 31 for an age."""
    if counted is None or (counted.kind == "measure" and counted.first == amount.first):
        return None
    return tokens.exact(counted.first, counted.last)


def _hedged(bounds: Interval, hedge: Hedge, qualifier: Qualifier) -> tuple[Interval, Qualifier]:
    """More than a dozen, at least several hundred: the bound that is told stays."""
    if hedge in ("at_least", "more_than", "just_over"):
        return Interval(bounds.low, None), QUALIFIERS[hedge]
    if hedge in ("at_most", "less_than", "nearly"):
        return Interval(0, bounds.high), QUALIFIERS[hedge]
    return bounds, qualifier
