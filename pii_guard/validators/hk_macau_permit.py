"""往来港澳通行证 and 港澳居民来往内地通行证 (回乡证): travel between the mainland, Hong Kong and Macau.

Mainland residents: C (card) or W (booklet) and eight digits, since the C numbers ran out C, a letter
and seven. Hong Kong (H) and Macau (M) residents: the letter and eight digits, with two more (times
issued) on the older form.

>>> validate("c00000000")
'C00000000'
>>> format("h0000000001")
'H00000000 01'
>>> is_valid("X00000000")
False
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import strip

_SHAPE = lazy(r"[CW][0-9]{8}|C[A-HJ-NP-Z][0-9]{7}|[HM][0-9]{8}(?:[0-9]{2})?")


def compact(number: str) -> str:
    """Without separators, in upper case."""
    return strip(number).upper()


def validate(number: str) -> str:
    """The compact number, when it has the shape of one."""
    number = compact(number)
    if len(number) not in (9, 11):
        raise InvalidLength
    if not _SHAPE.fullmatch(number):
        raise InvalidFormat
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """The times issued stand apart."""
    number = compact(number)
    return " ".join(filter(None, (number[:9], number[9:])))
