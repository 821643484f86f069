"""Check digits of a digit run, for the types that are nothing without: a number whose check digit is wrong is no card and
no identity number where no label says so.  Both matchers know it, so that what is found does not depend on the size of a text.
"""

from __future__ import annotations

from pii_guard.detect.rule import Rule
from pii_guard.validators import luhn
from pii_guard.validators import mod_11_2

LUHN, MOD_11_2, LETTERED = 1, 2, 4  # check digits that are right; a letter follows
CARDS, IDENTITIES = range(13, 20), range(17, 19)  # the lengths of a run that is the whole number
_CHECKED = {"bank_card": (LUHN, CARDS), "resident_id": (MOD_11_2, IDENTITIES)}
_UNCHECKED = (0, range(0))


def stands(rule: Rule, length: int, checked: int) -> bool:
    """Whether a run of that length, with those check digits right, may be the value of a rule, or a part of it."""
    digit, whole = _CHECKED.get(rule.entity.validator, _UNCHECKED)
    return bool(checked & digit) or length not in whole


def right(text: str, start: int, length: int) -> int:
    """Which check digits of the run at text[start] are right.

    >>> right("卡6225880000000001", 1, 16) == LUHN, right("11010119000307007x", 0, 17) == MOD_11_2
    (True, True)
    """
    if length not in CARDS or text[start] == "0":
        return 0
    found = 0 if luhn.checksum(text[start : start + length]) else LUHN
    if length in IDENTITIES and _is_identity(text[start : start + 18].upper()):
        found |= MOD_11_2
    return found


def _is_identity(number: str) -> bool:
    if len(number) < 18 or not number[:17].isdecimal():
        return False
    dated = "01" <= number[10:12] <= "12" and "01" <= number[12:14] <= "31"
    return dated and mod_11_2.check_digit(number[:17]) == number[17]
