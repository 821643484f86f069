"""统一社会信用代码 (unified social credit code), GB 32100: 18 characters with a MOD 31 check character.

Department, kind, six digits of division code, nine characters of organisation code, check. I, O, S, V
and Z are not used.

>>> validate("91110000000000000e")
'91110000000000000E'
>>> format("91110000000000000E")
'91 110000 000000000 E'
>>> is_valid("911100000000000010")
False
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidChecksum
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import InvalidRegion
from pii_guard.validators import passes
from pii_guard.validators._clean import strip
from pii_guard.validators._regions import is_province

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {char: value for value, char in enumerate(_ALPHABET)}
_SHAPE = lazy(r"[1-9ANY][1-9A-GY][0-9]{6}[0-9A-HJ-NP-RTUWXY]{10}")
_WEIGHTS = tuple(3**place % 31 for place in range(17))
_NATIONAL = "10"


def compact(number: str) -> str:
    """Without separators, in upper case."""
    return strip(number).upper()


def check_digit(body: str) -> str:
    """The check character for the first 17."""
    total = sum(_VALUES[char] * weight for char, weight in zip(body, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]


def validate(number: str) -> str:
    """The compact code, when division and check character are right."""
    number = compact(number)
    if len(number) != 18:
        raise InvalidLength
    if not _SHAPE.fullmatch(number):
        raise InvalidFormat
    if number[2:4] != _NATIONAL and not is_province(number[2:4]):
        raise InvalidRegion
    if check_digit(number[:17]) != number[17]:
        raise InvalidChecksum
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """Department and kind, division, organisation, check."""
    number = compact(number)
    return " ".join(filter(None, (number[:2], number[2:8], number[8:17], number[17:])))
