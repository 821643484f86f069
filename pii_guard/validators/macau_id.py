"""澳门居民身份证 (Macau identity card): 1, 5 or 7, six digits, and a check digit in brackets.

How the check digit is made has not been published, so only the shape is checked.

>>> validate("1000000（0）")
'10000000'
>>> format("10000000")
'1000000(0)'
>>> is_valid("20000000")
False
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import strip

_SHAPE = lazy(r"[157][0-9]{7}")


def compact(number: str) -> str:
    """Without separators, in upper case."""
    return strip(number, " -·.()[]/").upper()


def validate(number: str) -> str:
    """The compact number, when it has the shape of one."""
    number = compact(number)
    if len(number) not in (8,):
        raise InvalidLength
    if not _SHAPE.fullmatch(number):
        raise InvalidFormat
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """The check digit in brackets."""
    number = compact(number)
    return f"{number[:-1]}({number[-1:]})"
