"""Quantities of a text: numbers with all that says how they are meant.

One pass: a dict lookup tells where a quantity can begin, the grammar runs only there. Each rule
looks at a bounded number of tokens, so the time is linear in the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from msgspec.structs import replace

from schemas.messages import Base, Interval, Qualifier, Quantity
from transforms.extract.not_quantities import glued_end, is_name, may_begin
from transforms.extract.nouns import Counted, counted_after, currency_before
from transforms.extract.numbers import Number, read_number
from transforms.extract.quantity_table import QuantityTable, Special
from transforms.extract.tokens import Tokens
from transforms.extract.values import QUALIFIERS, Hedge, about_unit, interval

PERCENT = ("%", "pp")
# Units of which a round number is not a count: 100 per cent, 100 degrees, aged 100.
MEASURES_TAKEN_AS_THEY_ARE = frozenset(("%", "pp", "a", "Cel", "[degF]", "deg"))
MILLION = 10**6
RATE_BASES = frozenset((100, 1_000, 10_000, 100_000, 1_000_000))
DASHES = ("-", "–", "—")


class QuantitySpan(NamedTuple):
    """A quantity and the tokens it stands in, both ends included.

    The span holds the number with its currency, unit or per cent, not its hedge nor what it
    counts: that is `noun_first` to `noun_last`, None where nothing counted is written.
    `context_first` is where its hedge begins.
    """

    first: int
    last: int
    quantity: Quantity
    noun_first: int | None = None
    noun_last: int | None = None
    context_first: int = 0


class _Amount(NamedTuple):
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


def read_quantities(
    tokens: Tokens, table: QuantityTable, taken: Sequence[tuple[int, int]] = ()
) -> list[QuantitySpan]:
    """The quantities of a text in its order.

    `taken`: token ranges (ends included) that were read as dates or times; a number inside one is
    no quantity, unless it goes on after it (a quarter of a million). Durations are both, and so
    not taken.
    """
    triggers = table.triggers
    blocked = {i: last for first, last in taken for i in range(first, last + 1)}
    found: list[QuantitySpan] = []
    past = -1
    for i, word in enumerate(tokens.words):
        if word not in triggers and not word.isdecimal():
            continue
        if i <= past or (i in blocked and not _goes_on(tokens, i, table, blocked[i])):
            continue
        span, past = _quantity_at(tokens, i, table, blocked)
        if span is not None:
            found.append(span)
    return _together(tokens, found, table)


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
    amount = _amount(tokens, i, table, blocked)
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
    for start in range(i, max(i - 4, -1), -1):
        found = table.never.at(tokens, start)
        if found is not None and found[1] >= i:
            return found[1]
    return None


# --- The amount ---------------------------------------------------------------------------------


def _amount(
    tokens: Tokens, i: int, table: QuantityTable, blocked: Mapping[int, int]
) -> _Amount | None:
    number = read_number(tokens, i, table.numbers)
    special = table.special.at(tokens, i)
    if special is not None and (number is None or special[1] >= number.last):
        return _special(tokens, i, special[0], special[1], table)
    if number is None:
        return _article_unit(tokens, i, table)
    if number.ordinal:
        return _Amount(i, number.last, None, kind="none")
    after = table.special.at(tokens, _past_hyphen(tokens, number.last + 1))
    if after is not None and after[0].kind == "about_unit":
        value = number.value * after[0].value
        return _Amount(i, after[1], value, about_unit(value), "about", needs_noun=False)
    digits = number.written != "words"
    return (
        _range(tokens, i, number, table, blocked)
        or _one_in(tokens, i, number, table)
        or _fraction(tokens, i, number)
        or _Amount(i, number.last, number.value, digits=digits)
    )


def _past_hyphen(tokens: Tokens, i: int) -> int:
    return i + 1 if i < len(tokens.words) and tokens.words[i] == "-" else i


def _article_unit(tokens: Tokens, i: int, table: QuantityTable) -> _Amount | None:
    """A dozen: the article is the one."""
    if tokens.words[i] not in table.numbers.articles:
        return None
    found = table.special.at(tokens, i + 1)
    if found is None or found[0].kind != "about_unit":
        return None
    special, last = found
    return _Amount(i, last, special.value, about_unit(special.value), "about")


def _special(
    tokens: Tokens, i: int, special: Special, last: int, table: QuantityTable
) -> _Amount | None:
    value = special.value
    if special.kind == "vague":
        bounds = Interval(value, special.high)
        return _Amount(i, last, None, bounds, "vague", needs_noun=special.noun, kind="vague")
    if special.kind == "about_unit":
        follows = last + 1 < len(tokens.words) and tokens.words[last + 1] in table.words["of"]
        return _Amount(i, last, value, about_unit(value), "about") if follows else None
    if special.kind == "half_dozen":
        return _Amount(i, last, value, about_unit(value), "about")
    if special.kind == "multiple":
        return _Amount(i, last, value, unit="%", kind="multiple")
    if special.kind == "share":
        return _share(tokens, i, last, special, table)
    if special.kind == "dual":
        return _Amount(i, last, value, unit=special.unit, kind="dual")
    if special.kind == "dual_unit":
        return _Amount(i, last, value, unit=special.unit)
    return _Amount(i, last, value, needs_noun=special.noun, kind="two")


def _share(
    tokens: Tokens, i: int, last: int, special: Special, table: QuantityTable
) -> _Amount | None:
    if special.noun:
        follows = tokens.words[last + 1] if last + 1 < len(tokens.words) else ""
        if (
            follows not in table.words["share_of"]
            and not (table.digit_prefixes and _defined_or_number(tokens, last + 1, table))
            and not _change(tokens, _hedge(tokens, i, table)[1], table, strict=True)
        ):
            return None
    return _Amount(i, last, special.value, unit="%", kind="share")


def _defined_or_number(tokens: Tokens, i: int, table: QuantityTable) -> bool:
    """In Arabic what is parted follows at once: نصف السكان، نصف 124000."""
    if i >= len(tokens.words):
        return False
    word = tokens.words[i]
    return word.isdecimal() or word.startswith("ال") or word in table.numbers.words


def _one_in(tokens: Tokens, i: int, number: Number, table: QuantityTable) -> _Amount | None:
    """One in five, 2 out of 3: a share."""
    at = table.share_in.at(tokens, number.last + 1)
    if at is None or number.value != int(number.value):
        return None
    whole = read_number(tokens, at[1] + 1, table.numbers) if at[1] + 1 < len(tokens.words) else None
    if whole is None or whole.ordinal or not number.value < whole.value <= 1000:
        return None
    plain = at[1] == number.last + 1
    if plain and (number.value > 3 or whole.value > 20 or tokens.words[whole.last].isdecimal()):
        return None  # two in 2019, 12 in 40 villages
    share = round(100 * number.value / whole.value, 6)
    return _Amount(i, whole.last, share, unit="%", kind="share")


def _fraction(tokens: Tokens, i: int, number: Number) -> _Amount | None:
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
        return _Amount(i, end, round(100 * above / below, 6), unit="%", kind="share")
    return _Amount(i, end, None, kind="none")


# --- Ranges -------------------------------------------------------------------------------------


def _range(
    tokens: Tokens, i: int, number: Number, table: QuantityTable, blocked: Mapping[int, int]
) -> _Amount | None:
    """Between 5 and 7, from 5 to 7 million, 5-7, five or six."""
    between = table.between.at(tokens, _before_sign(tokens, i, table) - 1)
    if between is not None:
        for end in (None, *_joins(tokens, i, number, table)):
            first = read_number(tokens, i, table.numbers, end) if end else number
            found = first and _upper(tokens, first, table, table.words["range_and"], blocked)
            if first and found:
                return _ranged(tokens, i, first, found)
    upper = _dashed(tokens, number, table) or _upper(
        tokens, number, table, table.words["range_to"] | table.words["range_or"], blocked
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
    if entry is None or not entry.joined or not links & table.numbers.join:
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


def _ranged(tokens: Tokens, i: int, lower: Number, upper: Number) -> _Amount:
    low = _scaled(lower, upper)
    digits = upper.written != "words"
    return _Amount(
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


# --- Hedges, units and nouns --------------------------------------------------------------------


def _before_sign(tokens: Tokens, i: int, table: QuantityTable) -> int:
    """Where the number begins with its currency sign."""
    sign = currency_before(tokens, i, table)
    return sign[1] if sign is not None else i


def _hedge(tokens: Tokens, i: int, table: QuantityTable) -> tuple[Hedge | None, int]:
    """What stands before a number of how exactly it is meant, and where that begins."""
    found = table.before.at(tokens, i - 1)
    if found is None or _line_between(tokens, i):
        return None, i
    hedge, first = found
    outer = table.before.at(tokens, first - 1)
    if outer is not None and hedge == "about":  # more than about 20
        return outer
    return hedge, first


def _line_between(tokens: Tokens, i: int) -> bool:
    return i > 0 and "\n" in tokens.text[tokens.ends[i - 1] : tokens.starts[i]]


def _measured(tokens: Tokens, amount: _Amount, table: QuantityTable) -> QuantitySpan | None:
    """The amount with its unit or noun and its hedge, or None where it is no quantity."""
    sign = currency_before(tokens, amount.first, table)
    first = sign[1] if sign is not None else amount.first
    negative, first = _negative(tokens, first, table)
    hedge, context = _hedge(tokens, first, table)
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
    after = table.after.at(tokens, last + 1)
    if after is not None and counted is None:  # 12 or more people
        counted = counted_after(tokens, after[1], table, digits=False, many=amount.value)
    elif after is None and counted is not None:
        after = table.after.at(tokens, counted.last + 1)
    if hedge is None and after is not None:
        hedge = after[0]
    if counted is None and _is_age(tokens, first, last, table):
        counted = Counted("a", amount.first, last, "measure", True)
    if counted is None and hedge is None and is_name(tokens, amount.first, last, table):
        return None
    if not _counts(tokens, amount, counted, hedge, table):
        return None
    if (
        counted is not None
        and not counted.known
        and is_name(tokens, amount.first, last, table, before_noun=True)
    ):
        return None
    amount = _times(amount, -1) if negative else amount
    quantity = _quantity(tokens, amount, counted, hedge, context, table)
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
    if before in ("-", "−") and tokens.touching(first):
        return True, first - 1
    if before in table.numbers.negative and table.before.at(tokens, first - 1) is None:
        return True, first - 1
    return False, first


def _counted(tokens: Tokens, amount: _Amount, table: QuantityTable) -> Counted | None:
    if amount.kind == "dual":
        return Counted(amount.unit or "", amount.first, amount.last, "noun", True)
    if amount.unit is not None:
        return Counted(amount.unit, amount.first, amount.last, "measure", True)
    many = amount.value
    if amount.interval is not None:
        many = amount.interval.high or amount.interval.low
    found = counted_after(tokens, amount.last, table, digits=amount.digits, many=many)
    if found is None and amount.value == 1 and table.digit_prefixes:
        return _before_one(tokens, amount.first, table)
    return found


def _before_one(tokens: Tokens, i: int, table: QuantityTable) -> Counted | None:
    """شخص واحد: Arabic puts one after what it counts."""
    if i == 0:
        return None
    person = table.persons.at(tokens, i - 1)
    if person is not None:
        return Counted("person", i - 1, i - 1, "noun", True)
    if tokens.words[i - 1] in table.words["things"]:
        return Counted(tokens.words[i - 1], i - 1, i - 1, "noun", True)
    return None


def _glued_million(tokens: Tokens, amount: _Amount, money: bool, table: QuantityTable) -> bool:
    """$5m and 5m people, not 5m tall."""
    at = amount.last + 1
    if at >= len(tokens.words) or tokens.words[at] != "m" or not tokens.touching(at):
        return False
    if money:
        return True
    found = counted_after(tokens, at, table, digits=False, many=None)
    return found is not None and found.known and found.last <= at + 3


def _times(amount: _Amount, factor: float) -> _Amount:
    value, bounds = amount.value, amount.interval
    if bounds is not None:
        low = None if bounds.low is None else bounds.low * factor
        high = None if bounds.high is None else bounds.high * factor
        bounds = Interval(high, low) if factor < 0 else Interval(low, high)
    value = None if value is None else round(value * factor, 6)
    return amount._replace(value=value, interval=bounds)


def _counts(
    tokens: Tokens,
    amount: _Amount,
    counted: Counted | None,
    hedge: Hedge | None,
    table: QuantityTable,
) -> bool:
    """Whether what was read is a quantity at all."""
    if amount.needs_noun:
        return counted is not None
    word = tokens.words[amount.first]
    if amount.value != 1 or amount.first != amount.last or word.isdecimal():
        return True
    if counted is None or counted.kind == "measure":
        return counted is not None
    single = table.words["single"]
    if not counted.known:
        return False
    return not single or hedge is not None or tokens.words[counted.first] in single


def _quantity(
    tokens: Tokens,
    amount: _Amount,
    counted: Counted | None,
    hedge: Hedge | None,
    context: int,
    table: QuantityTable,
) -> Quantity:
    unit = counted.unit if counted is not None else None
    bounds, qualifier = amount.interval, amount.qualifier
    change = _change(tokens, context, table, strict=unit not in PERCENT)
    value = amount.value
    if amount.kind == "multiple" and value is not None:
        change = "up" if value > 0 else "down"
        value = abs(value)
    if bounds is None and value is not None:
        hedge = hedge or "exact"
        bounds = interval(value, hedge, unit not in MEASURES_TAKEN_AS_THEY_ARE)
        qualifier = QUALIFIERS[hedge]
    elif bounds is not None and hedge is not None and value is not None:  # more than a dozen
        if hedge not in ("about", "exact"):
            bounds, qualifier = interval(value, hedge, True), QUALIFIERS[hedge]
    elif bounds is not None and hedge is not None and amount.kind == "vague":
        bounds, qualifier = _hedged(bounds, hedge, qualifier)
    return Quantity(
        value=bounds or Interval(),
        stated=value,
        qualifier=qualifier,
        change=change,
        unit=unit,
        unit_text=tokens.exact(counted.first, counted.last) if counted is not None else None,
    )


def _hedged(bounds: Interval, hedge: Hedge, qualifier: Qualifier) -> tuple[Interval, Qualifier]:
    """More than a dozen, at least several hundred: the bound that is told stays."""
    if hedge in ("at_least", "more_than", "just_over"):
        return Interval(bounds.low, None), QUALIFIERS[hedge]
    if hedge in ("at_most", "less_than", "nearly"):
        return Interval(0, bounds.high), QUALIFIERS[hedge]
    return bounds, qualifier


def _change(
    tokens: Tokens, first: int, table: QuantityTable, *, strict: bool
) -> Literal["up", "down"] | None:
    """Whether what begins at `first` tells a change: up 5 per cent, fell by half.

    `strict`: only with a word that says "by"; a count after "rose" may be the new level.
    """
    words, lists = tokens.words, table.words
    at = first - 1
    by = at >= 0 and words[at] in lists["change_by"]
    if not by and strict:
        return None
    at -= by
    for k in range(at, max(at - 3, -1), -1):
        word = words[k]
        if word in lists["change_up"]:
            return "up"
        if word in lists["change_down"]:
            return "down"
        if word in lists["change_to"] or not word.isalpha():
            return None
    return None


# --- What quantities say of each other ----------------------------------------------------------


def _together(
    tokens: Tokens, found: list[QuantitySpan], table: QuantityTable
) -> list[QuantitySpan]:
    """Bases (half of the 124,000) and nouns that two numbers share (12 and 30 wounded)."""
    result = list(found)
    for k in range(len(result) - 1, -1, -1):
        span = result[k]
        following = result[k + 1] if k + 1 < len(result) else None
        if following is not None and _base_between(tokens, span, following, table):
            base = Base(following.quantity.stated, following.quantity.unit_text)
            result[k] = span._replace(quantity=_with_base(span.quantity, base, following.quantity))
        elif following is not None and _per(tokens, span, following, table):
            result[k] = span._replace(quantity=_rate(span.quantity, following.quantity))
            del result[k + 1]
        elif following is not None and _coordinated(tokens, span, following, table):
            shared = following.quantity
            quantity = replace(span.quantity, unit=shared.unit, unit_text=shared.unit_text)
            result[k] = span._replace(quantity=quantity)
        elif span.quantity.unit == "%" and span.quantity.base is None:
            text = _base_text(tokens, span.last + 1, table)
            if text is not None:
                result[k] = span._replace(quantity=replace(span.quantity, base=Base(None, text)))
    return result


def _with_base(quantity: Quantity, base: Base, of: Quantity) -> Quantity:
    if quantity.unit is not None:
        return replace(quantity, base=base)
    return replace(quantity, base=base, unit=of.unit, unit_text=of.unit_text)


def _base_between(
    tokens: Tokens, span: QuantitySpan, following: QuantitySpan, table: QuantityTable
) -> bool:
    between = tokens.words[span.last + 1 : following.context_first]
    if span.noun_first is not None or len(between) > 4 or following.quantity.unit == "%":
        return False
    lists = table.words
    linked = any(word in lists["share_of"] or word in lists["of"] for word in between)
    allowed = all(
        word in lists["share_of"] or word in lists["of"] or word in lists["determiners"]
        or word in table.digit_prefixes or word == "'"
        for word in between
    )  # fmt: skip
    if span.quantity.unit == "%":
        return allowed and (linked or bool(table.digit_prefixes))
    return allowed and linked and span.quantity.unit is None and span.quantity.stated is not None


def _per(tokens: Tokens, span: QuantitySpan, following: QuantitySpan, table: QuantityTable) -> bool:
    """12 per 100,000; 12 deaths per 1,000."""
    end = span.last if span.noun_last is None else span.noun_last
    between = tokens.words[end + 1 : following.first]
    if len(between) != 1 or between[0] not in table.words["per"]:
        return False
    return following.quantity.stated in RATE_BASES and following.quantity.unit != "%"


def _rate(quantity: Quantity, per: Quantity) -> Quantity:
    unit = f"{quantity.unit or ''}/{int(per.stated or 1)}"
    return replace(quantity, unit=unit, value=Interval(quantity.stated, quantity.stated))


def _coordinated(
    tokens: Tokens, span: QuantitySpan, following: QuantitySpan, table: QuantityTable
) -> bool:
    if span.quantity.unit is not None or following.quantity.unit is None:
        return False
    between = tokens.words[span.last + 1 : following.first]
    links = table.numbers.join | table.words["range_or"]
    if len(between) == 1 and between[0] in links:
        return True
    word = table.numbers.words.get(tokens.words[following.first])
    return not between and word is not None and word.joined


def _base_text(tokens: Tokens, i: int, table: QuantityTable) -> str | None:
    """The words after "of": 20 per cent of the population."""
    words, lists = tokens.words, table.words
    if i >= len(words):
        return None
    first = i
    while first < len(words) and first < i + 3 and (
        words[first] in lists["of"] or words[first] in lists["share_of"] or words[first] == "'"
    ):  # fmt: skip
        first += 1
    if first == i and not (table.digit_prefixes and words[i].startswith("ال")):
        return None
    last = first
    while last < len(words) and last < first + 4:
        if not words[last].isalpha() or words[last] in lists["stop"]:
            break
        last += 1
    return tokens.exact(first, last - 1) if last > first else None
