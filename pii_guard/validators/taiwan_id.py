"""台湾身分证 and 居留证 (Taiwan identity card and resident certificate): a letter, then nine characters.

Citizens: the letter of the place of registration, 1 or 2 (men, women), seven digits and a check digit.
Resident certificates: 8 or 9 there since 2021, a letter A to D before. Letters stand for two digits;
the weights 1, 9, 8 to 1 and 1 run over all of them, MOD 10.

>>> validate("a100000001")
'A100000001'
>>> is_valid("A800000014"), is_valid("AA00000009"), is_valid("A100000002")
(True, True, False)
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidChecksum
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import strip

_SHAPE = lazy(r"[A-Z][1289A-D][0-9]{8}")
_LETTERS = "ABCDEFGHJKLMNPQRSTUVXYWZIO"
"""In the order of their values, from A = 10 to O = 35."""


def compact(number: str) -> str:
    """Without separators, in upper case."""
    return strip(number).upper()


def checksum(number: str) -> int:
    """0 when the last digit of a compact number checks the others."""
    tens, units = divmod(_LETTERS.index(number[0]) + 10, 10)
    second = int(number[1]) if number[1].isdigit() else _LETTERS.index(number[1]) % 10
    middle = sum(int(digit) * weight for digit, weight in zip(number[2:9], range(7, 0, -1), strict=True))
    return (tens + units * 9 + second * 8 + middle + int(number[9])) % 10


def validate(number: str) -> str:
    """The compact number, when its check digit is right."""
    number = compact(number)
    if len(number) != 10:
        raise InvalidLength
    if not _SHAPE.fullmatch(number):
        raise InvalidFormat
    if checksum(number):
        raise InvalidChecksum
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """Such numbers are written in one piece."""
    return compact(number)
