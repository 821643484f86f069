"""IMEI of mobile devices: 14 digits and a Luhn digit; IMEISV: 14 digits and two of software version.

The first two digits name the body that gave the number out (GSMA).

>>> validate("35-000000-000000-0"[:-1] + "9")
Traceback (most recent call last):
    ...
pii_guard.validators.InvalidChecksum: 校验位不符
>>> format("350000000000006")
'35-000000-000000-6'
>>> is_valid("3500000000000001"), is_valid("770000000000003")
(True, False)
"""

from __future__ import annotations

from pii_guard.validators import InvalidChecksum
from pii_guard.validators import InvalidComponent
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import is_digits
from pii_guard.validators._clean import strip
from pii_guard.validators.luhn import checksum

_BODIES = frozenset(
    [
        "00",
        "01",
        "10",
        "30",
        "33",
        "35",
        "44",
        "45",
        "49",
        "50",
        "51",
        "52",
        "53",
        "54",
        "86",
        "91",
        "98",
        "99",
    ]
)


def compact(number: str) -> str:
    """Without separators."""
    return strip(number, " -/")


def validate(number: str) -> str:
    """The compact number, with a right Luhn digit where it has one."""
    number = compact(number)
    if len(number) not in (15, 16):
        raise InvalidLength
    if not is_digits(number):
        raise InvalidFormat
    if number[:2] not in _BODIES or number.count("0") == len(number):
        raise InvalidComponent
    if len(number) == 15 and checksum(number):
        raise InvalidChecksum
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """Reporting body, type, serial number, check digit or version."""
    number = compact(number)
    return "-".join(filter(None, (number[:2], number[2:8], number[8:14], number[14:])))
