"""车辆识别代号 (vehicle identification number), GB 16735 and ISO 3779: 17 characters without I, O and Q.

The ninth is a check digit (0-9, X) for vehicles made in China (L) and North America (1 to 5); other
makers use it as they like, and for them only the shape is checked: the last four are digits, and it is
not digits alone.

>>> validate("lfv00000800000000")
'LFV00000800000000'
>>> validate("LFV00000900000000")
Traceback (most recent call last):
    ...
pii_guard.validators.InvalidChecksum: 校验位不符
>>> is_valid("WVW00000000000000"), is_valid("WVWO0000000000000")
(True, False)
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidChecksum
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import is_digits
from pii_guard.validators._clean import strip

_SHAPE = lazy(r"[A-HJ-NPR-Z0-9]{17}")
_VALUES = dict(
    zip("0123456789ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "012345678912345678123457923456789"), strict=True)
)
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_CHECKED_MAKERS = "L12345"


def compact(number: str) -> str:
    """Without separators, in upper case."""
    return strip(number).upper()


def check_digit(number: str) -> str:
    """The ninth character for a whole number; the one that stands there does not count."""
    total = sum(_VALUES[char] * weight for char, weight in zip(number, _WEIGHTS, strict=True)) % 11
    return "0123456789X"[total]


def validate(number: str) -> str:
    """The compact number, with its check digit where the maker must use one."""
    number = compact(number)
    if len(number) != 17:
        raise InvalidLength
    if not _SHAPE.fullmatch(number) or is_digits(number):
        raise InvalidFormat
    if number[0] in _CHECKED_MAKERS:
        if check_digit(number) != number[8]:
            raise InvalidChecksum
    elif not is_digits(number[13:]):
        raise InvalidFormat
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """Such numbers are written in one piece."""
    return compact(number)
