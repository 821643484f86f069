"""机动车号牌 (vehicle registration plates), GA 36.

A province, a letter of the office (no I), and five letters or digits without I and O, at most two of
them letters; new-energy cars have six (D or F and such before or after five digits). In the last place
警 police, 学 driving school, 挂 trailer, 港 and 澳 (粤Z) cross-border, 领 consulate, 试 and 超.
Embassies 使 and six digits, or six digits and 使. Airports 民航, a letter and four or five digits. Old armed police WJ. Old army plates: two letters and
five digits.

>>> validate("京a·00000"), validate("京AD00000"), validate("粤Z0000港")
('京A00000', '京AD00000', '粤Z0000港')
>>> format("京A00000"), kind("京AD00000"), kind("京A0000警")
('京A·00000', 'new_energy', 'police')
>>> is_valid("京I00000"), is_valid("国A00000"), is_valid("WJ0100000"), is_valid("使000000")
(False, False, True, True)
"""

from __future__ import annotations

import re
from functools import cache

from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import strip

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_SIMPLIFIED = str.maketrans("滬遼贛蘇魯雲閩貴陝寧", "沪辽赣苏鲁云闽贵陕宁")
_OFFICE = f"[{_PROVINCES}][A-HJ-Z]"
_CHAR = "[A-HJ-NP-Z0-9]"
_SHAPES = {
    "new_energy": f"{_OFFICE}(?:[A-HJK]{_CHAR}[0-9]{{4}}|[0-9]{{5}}[A-HJK])",
    "ordinary": f"{_OFFICE}(?=.{{0,4}}[0-9])(?!(?:[0-9]*[A-Z]){{4}}){_CHAR}{{5}}",
    "police": f"{_OFFICE}{_CHAR}{{4}}警",
    "school": f"{_OFFICE}{_CHAR}{{4}}学",
    "trailer": f"{_OFFICE}{_CHAR}{{4}}挂",
    "cross_border": f"粤Z{_CHAR}{{4}}[港澳]",
    "temporary": f"{_OFFICE}{_CHAR}{{4}}[试超临]",
    "consulate": f"{_OFFICE}{_CHAR}{{4}}领|[{_PROVINCES}]{_CHAR}{{5}}领",
    "embassy": "使[0-9]{6}|[0-9]{6}使",
    "airport": "民航[A-HJ-NP-Z][0-9]{4,5}",
    "armed_police": f"WJ[{_PROVINCES}]?(?:[0-9]{{2}})?{_CHAR}{{4,5}}",
    "military": "[A-HJ-LNPR-TVYZ][A-Z][0-9]{5}",
}


@cache
def _kinds() -> re.Pattern[str]:
    """All shapes in one pattern, whose groups are the kinds; compiled when the first plate comes."""
    return re.compile("|".join(f"(?P<{name}>{shape})" for name, shape in _SHAPES.items()))


def compact(number: str) -> str:
    """Without separators, in upper case."""
    return strip(number, " -·•・.").upper().translate(_SIMPLIFIED)


def kind(number: str) -> str | None:
    """The kind of a compact plate."""
    found = _kinds().fullmatch(number)
    return found.lastgroup if found else None


def validate(number: str) -> str:
    """The compact plate, when a kind has this shape."""
    number = compact(number)
    if not 7 <= len(number) <= 9:
        raise InvalidLength
    if kind(number) is None:
        raise InvalidFormat
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """A dot after the office."""
    number = compact(number)
    if number[:1] in _PROVINCES and len(number) > 2:
        return f"{number[:2]}·{number[2:]}"
    return number
