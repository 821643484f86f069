"""Telephone numbers outside the mainland: Hong Kong, Macau and Taiwan, also as dialled there, and `+`
numbers.

Hong Kong: eight digits, 4 to 9 mobile, 2 and 3 fixed. Macau: eight digits, 6 mobile, 28 fixed. Taiwan:
09 and eight digits mobile, 02 to 08 and seven or eight fixed. Others need `+` or 00 and a country code,
and a length that the country uses. A bare eight-digit number says little without a label.

>>> validate("+852 5000 0000"), country("+85250000000")
('+85250000000', 'HK')
>>> validate("0900-000-000"), country("0900000000")
('0900000000', 'TW')
>>> format("0085360000000"), is_valid("+1 202 555 0100"), is_valid("+999 1234567")
('+853 60000000', True, False)
"""

from __future__ import annotations

from functools import cache

from pii_guard import data
from pii_guard.patterns import lazy
from pii_guard.validators import InvalidComponent
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import is_digits
from pii_guard.validators._clean import strip

_LOCAL = {
    "HK": lazy(r"[2-9][0-9]{7}"),
    "MO": lazy(r"(?:6[0-9]|28)[0-9]{6}"),
    "TW": lazy(r"0?(?:9[0-9]{8}|[2-8][0-9]{7,8})"),
}
_DIALLED = lazy(r"[2-9][0-9]{7}|0(?:9[0-9]{8}|[2-8][0-9]{7,8})")
_MAINLAND = "86"


@cache
def _countries() -> dict[str, tuple[str, frozenset[int]]]:
    """Main region and possible lengths of a national number, by country code."""
    return {
        code: (region, frozenset(map(int, lengths.split(","))))
        for code, region, lengths in data.rows("country_codes")
    }


def _split(number: str) -> tuple[str, str] | None:
    """Country code and national number of a compact `+` number."""
    for end in (2, 3, 4):
        if number[1:end] in _countries():
            return number[1:end], number[end:]
    return None


def country(number: str) -> str | None:
    """The region (ISO 3166-1) of a valid compact number."""
    if number[:1] == "+":
        parts = _split(number)
        return _countries()[parts[0]][0] if parts else None
    if number[0] == "0":
        return "TW"
    return "HK"


def compact(number: str) -> str:
    """Digits, with `+` where a country code stands in front."""
    number = strip(number.replace("(0)", ""), " -.()/")
    if number.startswith("00") and is_digits(number):
        return "+" + number[2:]
    if number[:3] in ("852", "853", "886") and is_digits(number) and len(number) >= 11:
        return "+" + number
    return number


def validate(number: str) -> str:
    """The compact number, when country and length go together."""
    number = compact(number)
    if number[:1] != "+":
        if not _DIALLED.fullmatch(number):
            raise InvalidFormat
        return number
    if not is_digits(number[1:]):
        raise InvalidFormat
    parts = _split(number)
    if parts is None or parts[0] == _MAINLAND:
        raise InvalidComponent
    code, national = parts
    region, lengths = _countries()[code]
    if region in _LOCAL:
        if not _LOCAL[region].fullmatch(national):
            raise InvalidComponent
    elif len(national) not in lengths:
        raise InvalidLength
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """A space after the country code."""
    number = compact(number)
    parts = _split(number) if number[:1] == "+" else None
    return f"+{parts[0]} {parts[1]}".rstrip() if parts else number
