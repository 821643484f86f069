"""The Luhn check digit (ISO/IEC 7812-1 annex B) of bank cards and IMEIs.

>>> validate("7898")
'7898'
>>> check_digit("789")
'8'
>>> is_valid("7899")
False
"""

from __future__ import annotations

from pii_guard.validators import InvalidChecksum
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import is_digits
from pii_guard.validators._clean import strip

_DOUBLED = bytes.maketrans(b"0123456789", b"0246813579")


def compact(number: str) -> str:
    """Without separators."""
    return strip(number)


def checksum(number: str) -> int:
    """0 when the last digit checks the others; the number is ASCII digits."""
    data = number.encode("ascii")
    return (sum(data[-1::-2]) + sum(data[-2::-2].translate(_DOUBLED)) - 48 * len(data)) % 10


def check_digit(body: str) -> str:
    """The digit that completes a body of ASCII digits."""
    return str(-checksum(body + "0") % 10)


def validate(number: str) -> str:
    """The compact number, when its last digit checks the others."""
    number = compact(number)
    if len(number) < 2:
        raise InvalidLength
    if not is_digits(number):
        raise InvalidFormat
    if checksum(number):
        raise InvalidChecksum
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """Such numbers are written in one piece."""
    return compact(number)
