"""ISO 7064 MOD 11-2: the check character (0-9 or X) of resident ids.

>>> validate("11010119000307007X")
'11010119000307007X'
>>> check_digit("0794")
'0'
>>> is_valid("079401")
False
"""

from __future__ import annotations

from pii_guard.validators import InvalidChecksum
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import is_digits
from pii_guard.validators._clean import strip

_CHECK = "10X98765432"
_LONGEST = 100


def compact(number: str) -> str:
    """Without separators, X in upper case."""
    return strip(number).upper()


def check_digit(body: str) -> str:
    """The check character for a body of ASCII digits.

    The weights are the powers of 2 modulo 11, and 13 is 2 modulo 11:
    so the body read in base 13 is the weighted sum.
    """
    return _CHECK[int(body, 13) * 2 % 11]


def validate(number: str) -> str:
    """The compact number, when its last character checks the others."""
    number = compact(number)
    if not 2 <= len(number) <= _LONGEST:
        raise InvalidLength
    body = number[:-1]
    if not is_digits(body) or number[-1] not in _CHECK:
        raise InvalidFormat
    if check_digit(body) != number[-1]:
        raise InvalidChecksum
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """Such numbers are written in one piece."""
    return compact(number)
