"""固定电话 (mainland landline): subscriber number of seven or eight digits, with or without area code and
extension.

A subscriber number starts with 2 to 8; how long it is depends on the area. Seven-digit areas grow to
eight from time to time, so there both lengths pass. Written `010-20000000`, `（0755）2000 0000 转 123`,
`+86-10-20000000`.

>>> validate("（010）2000 0000转8001")
'010-20000000-8001'
>>> validate("+86 755 20000000"), city("0755")
('0755-20000000', '广东/深圳')
>>> is_valid("20000000"), is_valid("010-2000000"), is_valid("010-12345678")
(True, False, False)
>>> validate("0300-20000000")
Traceback (most recent call last):
    ...
pii_guard.validators.InvalidComponent: 组成部分不存在
"""

from __future__ import annotations

import re
from functools import cache

from pii_guard import data
from pii_guard.patterns import lazy
from pii_guard.validators import InvalidComponent
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import fold

_SHAPE = lazy(
    r"(?:(?:(?:\+|00)?86-?0?|0)(?P<area>10|2[0-9]|[3-9][0-9]{2})-?)?"
    r"(?P<number>[2-8][0-9]{2,3}-?[0-9]{4})(?:-(?P<extension>[0-9]{1,6}))?"
)
_EXTENSION = lazy(r"(?:转分机|分机号?|转|ext\.?|x|#|,|\*)[:：]?", re.IGNORECASE)


@cache
def _areas() -> dict[str, tuple[str, str]]:
    """Lengths of a subscriber number, and the place, by area code."""
    return {area: (lengths, place) for area, lengths, place in data.rows("area_codes")}


def city(area: str) -> str | None:
    """`省/市` of an area code."""
    found = _areas().get(area)
    return found[1] if found else None


def _read(number: str) -> re.Match[str] | str:
    """The parts of a number; where these cannot be told apart, the text without its separators."""
    found = _SHAPE.fullmatch(number)
    if found is not None:
        return found
    number = _EXTENSION.sub("-", fold(number))
    number = number.replace("(0)", "").replace(" ", "").replace("(", "").replace(")", "-").replace("--", "-").strip("-")
    return _SHAPE.fullmatch(number) or number


def _written(found: re.Match[str]) -> str:
    area = f"0{found['area']}" if found["area"] else None
    return "-".join(filter(None, (area, found["number"].replace("-", ""), found["extension"])))


def compact(number: str) -> str:
    """`area-number-extension`, as far as these parts are told apart; other text only loses its separators."""
    found = _read(number)
    return found if isinstance(found, str) else _written(found)


def validate(number: str) -> str:
    """The compact number, when the area exists and the length fits it."""
    found = _read(number)
    if isinstance(found, str):
        raise InvalidFormat
    if found["area"]:
        lengths = _areas().get("0" + found["area"])
        if lengths is None:
            raise InvalidComponent
        if len(found["number"].replace("-", "")) == 7 and lengths[0] == "8":
            raise InvalidLength
    return _written(found)


is_valid = passes(validate)


def format(number: str) -> str:
    """Dashes between area code, number and extension."""
    return compact(number)
