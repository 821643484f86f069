"""Passports of the People's Republic of China, of Hong Kong and of Macau.

Ordinary: E and eight digits, since 2017 E, a letter (no I, no O) and seven digits; before 2012 G, and
in the nineties 14 or 15 and seven digits. Diplomatic D, service S, public affairs P and eight digits,
now DE, SE, PE and seven. Hong Kong K and eight digits or KJ and seven; Macau M and eight digits or MA,
MB and seven. There is no check digit in the number.

>>> validate("e00000000")
'E00000000'
>>> is_valid("EA0000000"), is_valid("EI0000000"), is_valid("A00000000")
(True, False, False)
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import strip

_SHAPE = lazy(r"[EGDSPKM][0-9]{8}|(?:E[A-HJ-NP-Z]|[DSP]E|KJ|M[AB]|1[45])[0-9]{7}")


def compact(number: str) -> str:
    """Without separators, in upper case."""
    return strip(number).upper()


def validate(number: str) -> str:
    """The compact number, when it has the shape of one."""
    number = compact(number)
    if len(number) not in (9,):
        raise InvalidLength
    if not _SHAPE.fullmatch(number):
        raise InvalidFormat
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """Such numbers are written in one piece."""
    return compact(number)
