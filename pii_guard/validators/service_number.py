"""Numbers of services, nobody's own: 400 and 800, 95xxx and 96xxx, 1xx, 10xxx, 12xxx, 106 short messages;
those of a city behind its area code.

>>> validate("400-000-0000"), format("4000000000")
('4000000000', '400-000-0000')
>>> [is_valid(n) for n in ("95588", "10086", "12345", "110", "106900000000", "11185", "950000", "13800000000", "11111")]
[True, True, True, True, True, True, True, False, False]
>>> is_valid("028-12345"), is_valid("028-12145")
(True, False)
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import strip

_SHAPE = lazy(
    r"[48]00[0-9]{7}"
    r"|95[0-9]{3}|95[01][0-9]{2,5}|95[0-9]{6}|96[0-9]{3,6}"
    r"|1(?:10|12|14|17|19|20|22|99)|1118[35]|100[0-9]{2}|1010[0-9]{4}|116[0-9]{2,3}|118[0-9]{2,3}|12[0-9]{3}"
    r"|106[0-9]{5,17}"
    r"|0[1-9][0-9]{1,2}(?:123[0-9]{2}|96[0-9]{3})"
)


def compact(number: str) -> str:
    """Without separators."""
    return strip(number, " -—.()/")


def validate(number: str) -> str:
    """The compact number, when it lies in a range of services."""
    number = compact(number)
    if not 3 <= len(number) <= 20:
        raise InvalidLength
    if not _SHAPE.fullmatch(number):
        raise InvalidFormat
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """400 and 800 numbers in groups, the others in one piece."""
    number = compact(number)
    if len(number) == 10 and number[:3] in ("400", "800"):
        return f"{number[:3]}-{number[3:6]}-{number[6:]}"
    return number
