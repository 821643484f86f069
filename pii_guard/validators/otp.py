"""验证码 (one-time code): four to eight digits, or letters and digits mixed. Only a label makes it one.

>>> validate("000000"), is_valid("A1B2C3"), is_valid("123"), is_valid("abcdef")
('000000', True, False, False)
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import strip

_SHAPE = lazy(r"(?=[A-Za-z]{0,7}[0-9])[A-Za-z0-9]{4,8}")


def compact(number: str) -> str:
    """Without separators."""
    return strip(number)


def validate(number: str) -> str:
    """The compact code, when it has the shape of one."""
    number = compact(number)
    if not 4 <= len(number) <= 8:
        raise InvalidLength
    if not _SHAPE.fullmatch(number):
        raise InvalidFormat
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """Such numbers are written in one piece."""
    return compact(number)
