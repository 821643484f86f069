"""CVV, CVC, 安全码: three digits on the back of a card, four on American Express. Only a label makes it one.

>>> validate("000"), is_valid("0000"), is_valid("00")
('000', True, False)
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import strip

_SHAPE = lazy(r"[0-9]{3,4}")


def compact(number: str) -> str:
    """Without separators."""
    return strip(number)


def validate(number: str) -> str:
    """The compact code, when it has the shape of one."""
    number = compact(number)
    if not 3 <= len(number) <= 4:
        raise InvalidLength
    if not _SHAPE.fullmatch(number):
        raise InvalidFormat
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """Such numbers are written in one piece."""
    return compact(number)
