"""Coordinates in or near China, exact enough to be a place: `31.2304,121.4737`, either order, or WKT
`POINT(121.4737 31.2304)`.

Both numbers need three decimals (about 100 metres). Compact is `latitude,longitude`; where both orders
could be meant, latitude comes first, as in geographic writing, and longitude in WKT.

>>> validate("POINT(121.4737 31.2304)"), validate("121.4737, 31.2304"), validate("N31.2304° E121.4737°")
('31.2304,121.4737', '31.2304,121.4737', '31.2304,121.4737')
>>> is_valid("31.23,121.47"), is_valid("51.5072,-0.1276")
(False, False)
"""

from __future__ import annotations

import re

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidComponent
from pii_guard.validators import InvalidFormat
from pii_guard.validators import passes
from pii_guard.validators._clean import fold

_NUMBER = r"-?[0-9]{1,3}\.[0-9]{1,15}"
_SHAPE = lazy(f"({_NUMBER})[, ]{{1,3}}({_NUMBER})")
_WORDS = lazy(r"(?:POINT|[NEne北东纬经度°:=()])+", re.IGNORECASE)
_LATITUDES = (3.0, 54.0)
_LONGITUDES = (73.0, 136.0)
_DECIMALS = 3


def compact(number: str) -> str:
    """`latitude,longitude`, when it is a pair of numbers."""
    number = _WORDS.sub("", fold(number).replace(";", ",")).strip()
    found = _SHAPE.fullmatch(number)
    if found is None:
        return number
    first, second = found.groups()
    if _is_between(first, _LONGITUDES) and _is_between(second, _LATITUDES):
        first, second = second, first
    return f"{first},{second}"


def _is_between(number: str, limits: tuple[float, float]) -> bool:
    return limits[0] <= float(number) <= limits[1]


def validate(number: str) -> str:
    """The compact pair, when it lies in or near China and is exact."""
    number = compact(number)
    found = _SHAPE.fullmatch(number)
    if found is None or min(len(part.partition(".")[2]) for part in found.groups()) < _DECIMALS:
        raise InvalidFormat
    if not _is_between(found[1], _LATITUDES) or not _is_between(found[2], _LONGITUDES):
        raise InvalidComponent
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """`latitude,longitude`."""
    return compact(number)
