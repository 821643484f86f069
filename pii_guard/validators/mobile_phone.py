"""中国大陆手机号 (mainland mobile number): 11 digits in a segment given to an operator, also with 86
before it.

>>> validate("+86 138-0000-0000")
'13800000000'
>>> operator("16600000000"), operator("17000000000")
('联通', '电信虚拟')
>>> is_common("13800000000"), is_common("16000000000")
(True, False)
>>> format("13800000000")
'138 0000 0000'
>>> validate("12000000000")
Traceback (most recent call last):
    ...
pii_guard.validators.InvalidComponent: 组成部分不存在
"""

from __future__ import annotations

from functools import cache

from pii_guard import data
from pii_guard.patterns import lazy
from pii_guard.validators import InvalidComponent
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import is_digits
from pii_guard.validators._clean import strip

_PREFIX = lazy(r"(?:(?:\+|00)?86|0)(?=1[0-9]{10}$)")


@cache
def _segments() -> dict[str, tuple[str, str]]:
    """Operator and use by segment."""
    return {segment: (operator, use) for segment, operator, use in data.rows("mobile_segments")}


def _segment(number: str) -> tuple[str, str] | None:
    segments = _segments()
    return segments.get(number[:4]) or segments.get(number[:3])


def operator(number: str) -> str | None:
    """The operator a segment was given to; the number may have been carried to another since."""
    segment = _segment(number)
    return segment[0] if segment else None


def is_common(number: str) -> bool:
    """Whether the segment is used for people's telephones; others are for machines or hardly used yet."""
    segment = _segment(number)
    return segment is not None and segment[1] == "phones"


def compact(number: str) -> str:
    """Without separators, country code, and the 0 once dialled first for another city."""
    if len(number) == 11 and is_digits(number):
        return number
    return _PREFIX.sub("", strip(number, " -.()/_*,、·"), count=1)


def validate(number: str) -> str:
    """The compact number, when its segment is in use."""
    number = compact(number)
    if len(number) != 11:
        raise InvalidLength
    if number[0] != "1" or not is_digits(number):
        raise InvalidFormat
    if _segment(number) is None:
        raise InvalidComponent
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """In groups of three, four and four."""
    number = compact(number)
    return " ".join(filter(None, (number[:3], number[3:7], number[7:])))
