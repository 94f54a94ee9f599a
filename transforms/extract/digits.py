"""Numbers in digits, with the thousands and decimal signs of each locale and of mixed text."""

from __future__ import annotations

from transforms.extract.number_table import NumberTable
from transforms.extract.tokens import Tokens

# Longer runs of digits are account or case numbers, not quantities; it also bounds the work.
LONGEST_DIGITS = 15
SIGNS = frozenset(".,٫٬،")
TIMES, MINUS = frozenset("×x*·"), frozenset("-−–⁻")
SUPERSCRIPT = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
LARGEST_POWER = 60
# What a fraction after a whole number can be parted in: 1 1/2, 2 3/4.
PARTS = frozenset((2, 3, 4, 5, 6, 8, 10, 16, 32))


def read_digits(tokens: Tokens, i: int, end: int, table: NumberTable) -> tuple[float, int] | None:
    """The number in digits that begins at `i` and its last token; None for 1.2.3 and 12.05.2021."""
    words = tokens.words
    whole = words[i]
    if len(whole) > LONGEST_DIGITS:
        return None
    if pointed(tokens, i):
        return float(f"0.{whole}"), i
    apart = _set_apart(tokens, i, end)
    if apart is not None:
        return apart
    groups = [whole]
    last = i
    sign = ""
    while last + 2 < end and words[last + 2].isdecimal():
        if words[last + 1] not in SIGNS and words[last + 1] not in table.decimal:
            break
        if not (tokens.touching(last + 1) and tokens.touching(last + 2)):
            break
        if sign and words[last + 1] != sign:
            return _decimal(tokens, groups, last, end, sign, table)
        sign = words[last + 1]
        groups.append(words[last + 2])
        last += 2
        if len(groups) > 6:
            return None
    if len(groups) == 1:
        return _spaced(tokens, i, end, table)
    if len(groups) == 2 and sign == "," and _goes_on_a_list(tokens, i):
        return int(whole), i
    if len(groups) == 2 and not _is_thousands(groups, sign, table):
        return float(f"{groups[0]}.{groups[1]}"), last
    if all(len(group) == 3 for group in groups[1:]) and len(groups[0]) <= 3:
        return int("".join(groups)), last
    if sign == "," and all(len(group) == 2 for group in groups[1:-1]) and len(groups[-1]) == 3:
        return int("".join(groups)), last  # 12,34,567 in India
    if sign == "," and all(len(group) <= 2 for group in groups):
        return int(whole), i  # a list: 22,24,26
    return None


def pointed(tokens: Tokens, i: int) -> bool:
    """Whether a decimal point begins the digits at token `i`: .08, و.08, not e.08 nor 3.08."""
    if i == 0 or tokens.words[i - 1] != "." or not tokens.touching(i):
        return False
    return i == 1 or not tokens.touching(i - 1) or not tokens.words[i - 2].isascii()


def _set_apart(tokens: Tokens, i: int, end: int) -> tuple[float, int] | None:
    """70, 000 and, after a sign of money, $380, 600 and $19. 99: a space after the sign."""
    words = tokens.words
    if i + 2 >= end or words[i + 1] not in ",." or not tokens.touching(i + 1):
        return None
    following = words[i + 2]
    if tokens.starts[i + 2] != tokens.ends[i + 1] + 1 or not following.isdecimal():
        return None
    money = i > 0 and words[i - 1] in ("$", "€", "£") and tokens.touching(i)
    if words[i + 1] == "," and len(words[i]) <= 3 and len(following) == 3:
        return (int(words[i] + following), i + 2) if following == "000" or money else None
    if words[i + 1] == "." and len(following) == 2 and money:
        return float(f"{words[i]}.{following}"), i + 2
    return None


def scientific(tokens: Tokens, last: int, end: int) -> tuple[int, int] | None:
    """The power of ten that multiplies digits ending at `last`, and its last token.

    1.5 × 10^6, 1.5 x 10-6, 1.5×10⁻⁶, 1.5e6, 1.5E-6.
    """
    words = tokens.words
    at = last + 1
    if at + 1 >= end or (words[at] != "e" and words[at] not in TIMES):
        return None
    if words[at] == "e" and tokens.touching(at) and tokens.touching(at + 1):
        return _exponent(tokens, at + 1, end)
    if words[at] not in TIMES or words[at + 1] != "10" or at + 2 >= end:
        return None
    at += 2
    if not tokens.touching(at):
        return None
    if words[at] == "^":
        return _exponent(tokens, at + 1, end)
    return _exponent(tokens, at, end) if words[at] in MINUS or not words[at].isdecimal() else None


def _exponent(tokens: Tokens, at: int, end: int) -> tuple[int, int] | None:
    if at >= end:
        return None
    negative = tokens.words[at] in MINUS
    at += negative or tokens.words[at] == "+"
    digits = tokens.words[at].translate(SUPERSCRIPT) if at < end else ""
    if not digits.isdecimal() or len(digits) > 2 or not tokens.touching(at):
        return None
    power = int(digits)
    return (-power if negative else power, at) if power <= LARGEST_POWER else None


def mixed_fraction(tokens: Tokens, last: int, end: int) -> tuple[float, int] | None:
    """The fraction after a whole number that ends at `last` (1/2 in 1 1/2) and its last token."""
    words, at = tokens.words, last + 1
    if at + 2 >= end or words[at + 1] != "/" or tokens.touching(at):
        return None
    above, below = words[at], words[at + 2]
    if not (above.isdecimal() and below.isdecimal() and tokens.touching(at + 1)):
        return None
    if len(below) > 2 or int(below) not in PARTS or not 0 < int(above[:3]) < int(below):
        return None
    return int(above) / int(below), at + 2


def _goes_on_a_list(tokens: Tokens, i: int) -> bool:
    """Whether digits and a comma are set before token `i`: 26 in 22,24,26,31."""
    return (
        i > 1
        and tokens.words[i - 1] == ","
        and tokens.touching(i)
        and tokens.touching(i - 1)
        and tokens.words[i - 2].isdecimal()
    )


def _is_thousands(groups: list[str], sign: str, table: NumberTable) -> bool:
    """Whether the sign of 6.000 or 1,234 parts thousands, by the language and by its zeros."""
    first, second = groups
    if len(second) != 3 or len(first) > 3 or first[0] == "0":
        return False
    return sign in table.thousands or second.endswith("00") or sign not in table.decimal


def _decimal(
    tokens: Tokens, groups: list[str], last: int, end: int, sign: str, table: NumberTable
) -> tuple[float, int] | None:
    """1,234.5 and 1.234,5: thousands by one sign, decimals after another."""
    words = tokens.words
    middle = {len(group) for group in groups[1:-1]}
    plain = len(groups[-1]) == 3 and len(groups[0]) <= 3 and middle in (set(), {3}, {2})
    after = last + 3 < end and words[last + 3] in SIGNS and tokens.touching(last + 3)
    more = after and last + 4 < end and words[last + 4].isdecimal() and tokens.touching(last + 4)
    if not plain or more or len(words[last + 2]) > LONGEST_DIGITS:
        return None
    return float(f"{''.join(groups)}.{words[last + 2]}"), last + 2


def _spaced(tokens: Tokens, i: int, end: int, table: NumberTable) -> tuple[float, int] | None:
    """12 300 and 1 234 567,5: groups of three that one space parts."""
    words, starts, ends = tokens.words, tokens.starts, tokens.ends
    last = i
    if len(words[i]) <= 3 and words[i][0] != "0":
        while (
            last + 1 < end
            and last - i < 5
            and len(words[last + 1]) == 3
            and words[last + 1].isdecimal()
            and starts[last + 1] == ends[last] + 1
            and tokens.text[ends[last]] == " "
        ):
            last += 1
    if last == i + 1 and table.spaced == "round" and words[last] != "000":
        last = i
    value: float = int("".join(words[i : last + 1]))
    if last > i and _decimals_follow(tokens, last, end, table):
        return float(f"{value}.{words[last + 2]}"), last + 2
    return value, last


def _decimals_follow(tokens: Tokens, last: int, end: int, table: NumberTable) -> bool:
    return (
        last + 2 < end
        and tokens.words[last + 1] in table.decimal
        and tokens.words[last + 2].isdecimal()
        and len(tokens.words[last + 2]) <= LONGEST_DIGITS
        and tokens.touching(last + 1)
        and tokens.touching(last + 2)
    )
