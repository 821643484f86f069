"""MAC address (EUI-48): six pairs of hexadecimal digits with `:` or `-`, or three groups of four with `.`.

>>> validate("02-00-5e-00-53-01"), validate("0200.5e00.5301")
('02:00:5e:00:53:01', '02:00:5e:00:53:01')
>>> is_valid("ff:ff:ff:ff:ff:ff"), is_valid("02:00-5e:00:53:01")
(False, False)
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidComponent
from pii_guard.validators import InvalidFormat
from pii_guard.validators import passes
from pii_guard.validators._clean import fold

_SHAPE = lazy(r"[0-9a-f]{2}(?:(?::[0-9a-f]{2}){5}|(?:-[0-9a-f]{2}){5}|(?: [0-9a-f]{2}){5})|[0-9a-f]{4}(?:([.-])[0-9a-f]{4}\1[0-9a-f]{4})|[0-9a-f]{12}")


def compact(number: str) -> str:
    """Lower case; pairs with `:` when it has the shape of an address."""
    number = fold(number).lower()
    if not _SHAPE.fullmatch(number):
        return number
    digits = number.replace(":", "").replace("-", "").replace(".", "").replace(" ", "")
    return ":".join(digits[start : start + 2] for start in range(0, 12, 2))


def validate(number: str) -> str:
    """The compact address of a device; all zeros and the broadcast address are nobody's."""
    number = compact(number)
    if not _SHAPE.fullmatch(number):
        raise InvalidFormat
    if len(set(number)) == 2 and number[0] in "0f":
        raise InvalidComponent
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """Pairs with `:`."""
    return compact(number)
