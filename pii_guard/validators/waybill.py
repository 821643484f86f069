"""快递运单号 (courier tracking number): carriers by shape; postal ones (UPU S10) by their check digit.

Shapes of digits alone belong to several carriers and say nothing without a label.

>>> carriers("SF0000000000000"), carriers("JDX000000000000")
(['顺丰'], ['京东'])
>>> validate("RR000000005cn"), is_valid("RR000000004CN")
('RR000000005CN', False)
>>> is_distinctive("SF0000000000000"), is_distinctive("000000000000")
(True, False)
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidChecksum
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import strip

_CARRIERS = {
    "顺丰": lazy(r"SF[0-9]{12,13}|[0-9]{12}"),
    "京东": lazy(r"JD(?:[XK][0-9]{12}|V[A-Z][0-9]{10,14}|[0-9]{10,18})(?:-[0-9]{1,3}){0,3}"),
    "圆通": lazy(r"YT[0-9]{13}|[A-Z][0-9]{9,10}"),
    "中通": lazy(r"ZTO[0-9]{10,14}|7[358][0-9]{10,12}|4[0-9]{14}"),
    "申通": lazy(r"STO[0-9]{10,14}|(?:77|88|99)[0-9]{11,13}|(?:268|368|58)[0-9]{9,10}"),
    "韵达": lazy(r"YD[0-9]{13}|[134][0-9]{12}|31[0-9]{13}"),
    "极兔": lazy(r"JT[0-9]{10,15}"),
    "德邦": lazy(r"DPK[0-9]{10,14}|[0-9]{8,10}"),
    "百世": lazy(r"[AB][0-9]{11,13}"),
    "宅急送": lazy(r"ZJS[0-9]{12}"),
    "邮政": lazy(r"[A-Z]{2}[0-9]{9}CN|(?:9[578]|1[01])[0-9]{11}"),
    "国际邮政": lazy(r"[A-Z]{2}[0-9]{9}[A-Z]{2}"),
}
_POSTAL = _CARRIERS["国际邮政"]
_POSTAL_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


def compact(number: str) -> str:
    """Without spaces, in upper case."""
    return strip(number, " ").upper()


def carriers(number: str) -> list[str]:
    """The carriers whose numbers have the shape of a compact number."""
    return [name for name, shape in _CARRIERS.items() if shape.fullmatch(number)]


def is_distinctive(number: str) -> bool:
    """Whether a compact number shows by its letters what it is."""
    return number[:2].isalpha() and bool(carriers(number))


def postal_check_digit(serial: str) -> str:
    """The check digit of the eight digits of a postal number (UPU S10)."""
    total = sum(int(digit) * weight for digit, weight in zip(serial, _POSTAL_WEIGHTS, strict=True))
    return {10: "0", 11: "5"}.get(11 - total % 11) or str(11 - total % 11)


def validate(number: str) -> str:
    """The compact number, when a carrier has this shape."""
    number = compact(number)
    if not 8 <= len(number) <= 30:
        raise InvalidLength
    if _POSTAL.fullmatch(number) and postal_check_digit(number[2:10]) != number[10]:
        raise InvalidChecksum
    if not carriers(number):
        raise InvalidFormat
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """Such numbers are written in one piece."""
    return compact(number)
