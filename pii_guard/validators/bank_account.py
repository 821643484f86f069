"""银行账号 (bank account): nine to thirty digits in groups; companies' have no check digit. Only a label
makes it one.

>>> validate("0000 0000 0000 1"), is_valid("12345678"), is_valid("1234567890a")
('0000000000001', False, False)
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import strip

_SHAPE = lazy(r"[0-9]{9,30}")


def compact(number: str) -> str:
    """Without separators."""
    return strip(number)


def validate(number: str) -> str:
    """The compact number, when it has the shape of one."""
    number = compact(number)
    if not 9 <= len(number) <= 30:
        raise InvalidLength
    if not _SHAPE.fullmatch(number):
        raise InvalidFormat
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """Such numbers are written in one piece."""
    return compact(number)
