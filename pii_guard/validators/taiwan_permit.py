"""台湾居民来往大陆通行证 (台胞证) and 大陆居民往来台湾通行证: travel between the mainland and Taiwan.

Taiwan residents: eight digits for life, before 2015 with two more (times issued), and older ten with a
letter in brackets. Mainland residents: T (booklet) or L (card) and eight digits. No check digit: eight
digits alone say nothing without a label.

>>> validate("t00000000")
'T00000000'
>>> is_valid("00000000"), is_valid("0000000001(B)"), is_valid("K00000000")
(True, True, False)
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import strip

_SHAPE = lazy(r"[TL][0-9]{8}|[0-9]{8}(?:[0-9]{2}[A-Z]?)?")


def compact(number: str) -> str:
    """Without separators, in upper case."""
    return strip(number, " -·.()").upper()


def validate(number: str) -> str:
    """The compact number, when it has the shape of one."""
    number = compact(number)
    if len(number) not in (8, 9, 10, 11):
        raise InvalidLength
    if not _SHAPE.fullmatch(number):
        raise InvalidFormat
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """Such numbers are written in one piece."""
    return compact(number)
