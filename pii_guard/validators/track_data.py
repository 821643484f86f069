"""Magnetic-stripe tracks of bank cards, ISO/IEC 7813: track 1 `%B…^NAME^YYMM…?`, track 2 `;…=YYMM…?`.

The start and end signs may be missing; the card number must pass the Luhn check and the expiry month exist.

>>> is_valid(";4000000000000002=30120000000000000?")
True
>>> is_valid("%B4000000000000002^ZHANG/SAN^3012101000000000?"), is_valid(";4000000000000002=3013?")
(True, False)
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidChecksum
from pii_guard.validators import InvalidDate
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import fold
from pii_guard.validators.luhn import checksum

_SHAPE = lazy(
    r"%?[Bb](?P<card1>[0-9]{13,19})\^[^\^]{2,26}\^(?P<expiry1>[0-9]{4})[^?^]{3,60}\??[0-9A-Z]?"
    r"|;?(?P<card2>[0-9]{13,19})[=D](?P<expiry2>[0-9]{4})[0-9]{3,20}\??[0-9A-Z]?"
)


def compact(number: str) -> str:
    """Half-width, nothing around."""
    return fold(number)


def validate(number: str) -> str:
    """The track, when card number and expiry month are right."""
    number = compact(number)
    if len(number) > 110:
        raise InvalidLength
    found = _SHAPE.fullmatch(number)
    if found is None:
        raise InvalidFormat
    if not "01" <= (found["expiry1"] or found["expiry2"])[2:] <= "12":
        raise InvalidDate
    if checksum(found["card1"] or found["card2"]):
        raise InvalidChecksum
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """As compact."""
    return compact(number)
