"""QQ number, also of a group: five to eleven digits, not beginning with 0. A label must say what it is.

>>> validate("10000"), is_valid("01234"), is_valid("1234")
('10000', False, False)
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import strip

_SHAPE = lazy(r"[1-9][0-9]{4,10}")


def compact(number: str) -> str:
    """Without separators."""
    return strip(number)


def validate(number: str) -> str:
    """The compact number, when it has the shape of one."""
    number = compact(number)
    if not 5 <= len(number) <= 11:
        raise InvalidLength
    if not _SHAPE.fullmatch(number):
        raise InvalidFormat
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """Such numbers are written in one piece."""
    return compact(number)
