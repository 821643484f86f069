"""Pseudonyms of phone numbers and documents.

mobile     10x, 11x or 12x: no mainland mobile begins so
landline   area code kept, local number begins with 1: reserved for service numbers
identity   region 99 (never assigned) and a wrong check digit
card       begins with 0 (ISO/IEC 7812: no issuer) and fails Luhn
"""

from __future__ import annotations

import re

from pii_guard.redact.canonical import canonical
from pii_guard.redact.pseudonyms.draw import Draw
from pii_guard.redact.pseudonyms.layout import relay
from pii_guard.redact.pseudonyms.layout import slots

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_AREA = re.compile(r"(?:86)?0?(?:10|2[0-9]|[3-9][0-9]{2})(?=[0-9]{7,8}(?:[^0-9]|\Z))")


def mobile(value: str, draw: Draw) -> str:
    """Eleven digits, a country code in front kept."""
    number = canonical(value)
    if len(number) < 11 or not number.isdigit():
        return ""
    return relay(value, number[:-11] + "1" + str(draw.below(3)) + draw.digits(9))


def landline(value: str, draw: Draw) -> str:
    """The area code as it was, an impossible local number."""
    number = canonical(value)
    if not number.isdigit():
        return ""
    area = _AREA.match(number) if len(number) > 8 else None
    kept = area.group() if area else ""
    return relay(value, kept + "1" + draw.digits(len(number) - len(kept) - 1))


def foreign_phone(value: str, draw: Draw) -> str:
    """Country code 999, unassigned by the ITU."""
    number = canonical(value).removeprefix("00")
    return "+999" + draw.digits(max(6, len(number) - 3)) if number.isdigit() else ""


def resident_id(value: str, draw: Draw) -> str:
    """18 or 15 digits of region 99, a date of birth, and for 18 a check digit that is wrong."""
    size = slots(value)
    if size not in (15, 18):
        return ""
    year = f"{1930 + draw.below(80)}"[0 if size == 18 else 2 :]
    body = f"99{draw.digits(4)}{year}{draw.below(12) + 1:02}{draw.below(28) + 1:02}{draw.digits(3)}"
    if size == 15:
        return relay(value, body)
    right = sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11
    choices = "X" if value[-1].isalpha() else "0123456789"
    wrong = choices.replace(_CHECK[right], "")
    return relay(value, body + draw.pick(wrong)) if wrong else ""


def card(value: str, draw: Draw) -> str:
    """A number of the same length that begins with 0 and fails Luhn."""
    size = slots(value)
    if size < 12:
        return ""
    body = "0" + draw.digits(size - 2)
    return relay(value, body + str((_luhn(body) + 1 + draw.below(9)) % 10))


def _luhn(body: str) -> int:
    doubled = (int(d) * (2 - i % 2) for i, d in enumerate(reversed(body)))
    return -sum(n // 10 + n % 10 for n in doubled) % 10


def zero_number(value: str, draw: Draw) -> str:
    """Digits of the same length, the first ones 0: accounts, QQ, couriers' and device numbers."""
    number = canonical(value)
    letters = re.match(r"[A-Z]{0,5}", number)
    prefix = letters.group() if letters else ""
    size = len(number) - len(prefix)
    return relay(value, prefix + "00" + draw.digits(size - 2)) if size >= 7 else ""


def document(value: str, draw: Draw) -> str:
    """Letters kept in place, two of the digits 0: passports and permits."""
    number = canonical(value)
    letters = re.match(r"[A-Z]{0,3}", number)
    prefix = letters.group() if letters else ""
    size = len(number) - len(prefix)
    return relay(value, prefix + "000" + draw.digits(size - 3)) if size >= 6 else ""


def taiwan_id(value: str, draw: Draw) -> str:
    """Second character 3 to 6: neither citizen (1, 2), migrant (8, 9) nor stateless (7)."""
    return relay(value, draw.pick("ABCDEFGH") + str(3 + draw.below(4)) + draw.digits(8))


SHAPES = {
    "MOBILE_PHONE": mobile,
    "LANDLINE": landline,
    "FOREIGN_PHONE": foreign_phone,
    "RESIDENT_ID": resident_id,
    "BANK_CARD": card,
    "BANK_ACCOUNT": zero_number,
    "QQ": zero_number,
    "WAYBILL_NUMBER": zero_number,
    "IMEI": zero_number,
    "PASSPORT": document,
    "HK_MACAU_PERMIT": document,
    "TAIWAN_PERMIT": document,
    "FOREIGN_RESIDENT_ID": document,
    "TAIWAN_ID": taiwan_id,
}
