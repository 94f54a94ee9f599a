"""Numbers that count nothing: years, models, flights, scores, telephone numbers, lists."""

from __future__ import annotations

from transforms.extract.digits import pointed
from transforms.extract.nouns import counted_after
from transforms.extract.quantity_table import QuantityTable
from transforms.extract.tokens import Tokens, is_han

# Signs that, set to digits, make them a name, a code or a time.
BINDING = frozenset(".,:/-–_#@=&+№٫٬'’%")
OPENING = frozenset("([{\"'«“‘~≈<>≤≥*")
# A longer glued run is no number, whatever it is.
LONGEST_RUN = 40
EARLIEST_YEAR, LATEST_YEAR = 1500, 2100


def glued_end(tokens: Tokens, i: int) -> int:
    """The last token of the run of digits, letters and binding signs that begins at `i`."""
    words = tokens.words
    last = i
    while last + 1 < len(words) and tokens.touching(last + 1):
        following = words[last + 1]
        if following in BINDING:
            after = last + 2
            if not (after < len(words) and tokens.touching(after) and words[after].isalnum()):
                break
        elif not following.isalnum() or is_han(following):
            break
        last += 1
    return last


def may_begin(tokens: Tokens, i: int, table: QuantityTable) -> bool:
    """Whether digits at token `i` may begin a quantity, by what is set to them."""
    words = tokens.words
    digits = words[i]
    if pointed(tokens, i):
        return True
    if len(digits) > 1 and digits[0] == "0":
        return False
    if i > 0 and tokens.touching(i) and not _free(tokens, i, table):
        return False
    if i > 1 and tokens.words[i - 1] == "-" and tokens.touching(i - 1) and not tokens.touching(i):
        return False  # Covid- 19
    return not (
        _is_list_number(tokens, i)
        or _is_code(tokens, i)
        or _is_telephone(tokens, i)
        or _is_spaced_score(tokens, i)
        or _is_clock(tokens, i, table)
        or _is_year(tokens, i, table)
    )


def _free(tokens: Tokens, i: int, table: QuantityTable) -> bool:
    """Whether what is set before the digits leaves them a number."""
    before = tokens.words[i - 1]
    if before in table.digit_prefixes:
        if before == table.article and i > 1 and tokens.words[i - 2] in table.words["ranked"]:
            return False  # اليوم الـ10: the tenth day
        return not (i > 1 and tokens.touching(i - 1) and tokens.words[i - 2].isalnum())
    if is_han(before):
        return True
    if before.isalpha():
        return before in table.signs.index and tokens.exact(i - 1, i - 1).isupper()
    if before in ("-", "−"):
        return not (i > 1 and tokens.touching(i - 1)) or tokens.words[i - 2] in OPENING
    if before == ".":  # a full stop without its space: it failed.80% of
        after = tokens.words[i + 1] if i + 1 < len(tokens.words) else ""
        return i > 1 and tokens.words[i - 2].isalpha() and after == "%"
    if before in ("–", "—"):
        return True
    return before not in BINDING or before in table.unit_before.index  # %20


def _is_list_number(tokens: Tokens, i: int) -> bool:
    """1. and 2) at the beginning of a line."""
    words = tokens.words
    if len(words[i]) > 2 or i + 1 >= len(words) or words[i + 1] not in ".)":
        return False
    if not tokens.touching(i + 1) or (i + 2 < len(words) and tokens.touching(i + 2)):
        return False
    return i == 0 or "\n" in tokens.text[tokens.ends[i - 1] : tokens.starts[i]]


def _is_telephone(tokens: Tokens, i: int) -> bool:
    """+44 20 7946: digits that follow digits back to a plus."""
    k = i - 1
    if k <= 0 or (tokens.words[k] not in "-()" and not tokens.words[k].isdecimal()):
        return False
    while k > max(0, i - 8) and (tokens.words[k].isdecimal() or tokens.words[k] in "-()"):
        k -= 1
    return 0 <= k < i - 1 and tokens.words[k] == "+"


def _is_spaced_score(tokens: Tokens, i: int) -> bool:
    """44 - 26: falling, and spaced on both sides."""
    words = tokens.words
    for dash in (i + 1, i - 1):
        if 0 < dash < len(words) - 1 and words[dash] in ("-", "–"):
            first, second = words[dash - 1][:16], words[dash + 1][:16]
            spaced = not tokens.touching(dash) and not tokens.touching(dash + 1)
            if spaced and first.isdecimal() and second.isdecimal() and int(first) > int(second):
                return True
    return False


def _is_clock(tokens: Tokens, i: int, table: QuantityTable) -> bool:
    """330 am, 1100 p.m."""
    words = tokens.words[i + 1 : i + 5]
    return bool(words) and (
        words[0] in table.words["clock"]
        or (words[1:2] == (".",) and "".join(words[:3]) in table.words["clock"])
    )


def _is_code(tokens: Tokens, i: int) -> bool:
    """12:30, 1990s, 1-800-555, 3-1, 69-62: a time, a decade, a telephone number, a score."""
    words, count = tokens.words, len(tokens.words)
    if i + 1 >= count or not tokens.touching(i + 1):
        return False
    if i + 2 < count and tokens.touching(i + 2) and words[i + 2].isdecimal():
        if words[i + 1] == ":":
            return True
        if words[i + 1] == "%":
            return True
        if words[i + 1] in ("-", "–"):
            return _is_score(tokens, i)
    if words[i + 1] == "s":
        return True
    if words[i + 1] in "'’" and i + 2 < count and words[i + 2].isdecimal():
        return tokens.touching(i + 2)  # 5'11"
    return words[i + 1] == "'" and i + 2 < count and words[i + 2] == "s" and len(words[i]) == 4


def _is_score(tokens: Tokens, i: int) -> bool:
    """3-1 falls and so is no range; 1-800-555 goes on; 2011-2018 are years."""
    words = tokens.words
    if int(words[i][:16]) >= int(words[i + 2][:16]):
        more = i + 3 < len(words) and words[i + 3] in ".," and tokens.touching(i + 3)
        return not more
    end = glued_end(tokens, i)
    if end > i + 2 and words[i + 3] in ("-", "–", "/") and tokens.touching(i + 3):
        return True
    first, second = words[i], words[i + 2]
    if len(first) != 4 or end != i + 2 or not EARLIEST_YEAR <= int(first) <= LATEST_YEAR:
        return False
    return len(second) == 2 or (len(second) == 4 and int(second) <= LATEST_YEAR)


def _is_year(tokens: Tokens, i: int, table: QuantityTable) -> bool:
    """A bare 1873 or 2012 after a word that years follow (in, since), or with nothing counted."""
    digits = tokens.words[i]
    if len(digits) != 4 or not EARLIEST_YEAR <= int(digits) <= LATEST_YEAR:
        return False
    before = tokens.words[i - 1] if i > 0 else ""
    if before in table.words["year_before"]:
        return True
    if before not in table.words["year_before_weak"]:
        return False
    counted = counted_after(tokens, i, table, digits=True, many=int(digits))
    return counted is None or not counted.known  # a total of 1500 people


def _is_label(tokens: Tokens, i: int, table: QuantityTable) -> bool:
    """Whether a word at or before token `i` makes the number behind it a name: room 12; not where
    it tells how many there are: the injured *number* 12."""
    label = table.labels.at(tokens, i)
    return label is not None and label[0]


def is_name(
    tokens: Tokens, i: int, last: int, table: QuantityTable, *, before_noun: bool = False
) -> bool:
    """Whether the bare number at tokens `i` to `last` belongs to a name: Flight RCH 417, Hotel 69.

    `before_noun`: a word follows that it may count, so only a label (flight, article) decides.
    """
    words = tokens.words
    if _glued_letters(tokens, last) and not table.after.at(tokens, last + 1):
        return True
    if last + 1 < len(words) and words[last + 1] in table.words["labels_after"]:
        return True  # 2254 sayılı karar
    before = words[i - 1] if i > 0 else ""
    if _is_label(tokens, i - 1, table) or before in ("°", "№", "#"):
        return True
    # le décret *gracie* 400 mutins
    telling = before_noun and i > 0 and tokens.exact(i - 1, i - 1).islower()
    named = before.isalnum() and not telling and before not in table.words["stop"]
    if named and _is_label(tokens, i - 2, table):
        return True  # Flight RCH 417
    listed = i > 2 and before in table.numbers.join and words[i - 2].isdecimal()
    if listed and _is_label(tokens, i - 3, table):
        return True  # resolutions 2118 and 2235
    if before in (".", "°") and _is_label(tokens, i - 2, table):
        return True  # No. 5
    if words[i].isdecimal() and _is_address(tokens, i, last, table):
        return True
    if before_noun:
        year = words[i].isdecimal() and i == last and len(words[i]) == 4
        if not year or (int(words[i]) % 100 == 0 and words[last + 1] in table.words["of"]):
            return False  # 2000 of its nationals
        return 1900 <= int(words[i]) <= 2035  # 2019-nCoV, 2019 novel coronavirus
    if words[i].isdecimal() and i == last and len(words[i]) == 4:
        year = EARLIEST_YEAR <= int(words[i]) <= LATEST_YEAR
        if year:
            return True
    if before.isdecimal() or _stands_alone(tokens, i, last):
        return True
    if before in ("(", "[") and last + 1 < len(words) and words[last + 1] in (")", "]"):
        return True
    return words[i].isdecimal() and _after_capital(tokens, i, table)


def _is_address(tokens: Tokens, i: int, last: int, table: QuantityTable) -> bool:
    """12 rue de la Paix, 1600 Pennsylvania Avenue, 75011 Paris."""
    after = last + 1
    capitals = 0
    while after < len(tokens.words) and capitals < 4:
        if tokens.words[after] in table.words["streets"]:
            return (table.head == "first") != bool(capitals)
        if not tokens.text[tokens.starts[after]].isupper():
            break
        after, capitals = after + 1, capitals + 1
    return capitals > 0 and i == last and len(tokens.words[i]) == 5 and table.head == "first"


def _stands_alone(tokens: Tokens, i: int, last: int) -> bool:
    """A number that is a sentence of its own: the foot of a page."""
    begins = i == 0 or tokens.words[i - 1] in ".!?"
    ends = last + 1 == len(tokens.words) or tokens.words[last + 1] in ".("
    return tokens.words[i].isdecimal() and begins and ends and len(tokens.words) > 1


def _glued_letters(tokens: Tokens, last: int) -> bool:
    """400M, 737-800, 20h30."""
    if last + 1 >= len(tokens.words) or not tokens.touching(last + 1):
        return False
    following = tokens.words[last + 1]
    if following in ("-", "/", ":"):
        return last + 2 < len(tokens.words) and tokens.touching(last + 2)
    return following.isalnum() and not is_han(following)


def _after_capital(tokens: Tokens, i: int, table: QuantityTable) -> bool:
    """Whether a name stands right before: Polar Shield 24. In a headline all words look so."""
    before = i - 1
    if table.head == "capital":
        return False  # every noun has one
    if before < 0 or tokens.touching(i) or not tokens.words[before].isalpha():
        return False
    written = tokens.exact(before, before)
    word = tokens.words[before]
    if written == written.lower() or word in table.words["stop"] or word in table.words["verbs"]:
        return False
    if written[1:] != written[1:].lower() and not _all_capitals(tokens, before):
        return True  # FTSE 100, iPhone 11
    if _begins_sentence(tokens, before):
        return False
    return not (word.endswith(table.verb_endings) and _headline(tokens, before))


def _begins_sentence(tokens: Tokens, i: int) -> bool:
    if i == 0:
        return True
    if "\n" in tokens.text[tokens.ends[i - 1] : tokens.starts[i]]:
        return True
    return tokens.words[i - 1] in '.!?:"«“'


def _all_capitals(tokens: Tokens, i: int) -> bool:
    """Whether the words around token `i` are all in capitals, as in some titles."""
    near = range(max(i - 4, 0), min(i + 5, len(tokens.words)))
    words = [tokens.exact(k, k) for k in near if tokens.words[k].isalpha() and k != i]
    return sum(map(str.isupper, words)) * 2 > len(words)


def _headline(tokens: Tokens, i: int) -> bool:
    """Whether all words of the sentence around token `i` begin with a capital, as in a title."""
    for step in (1, -1):
        k = i
        while 0 <= k < len(tokens.words) and abs(k - i) <= 15 and tokens.words[k] not in ".!?":
            if len(tokens.words[k]) > 3 and tokens.text[tokens.starts[k]].islower():
                return False
            k += step
    return True
