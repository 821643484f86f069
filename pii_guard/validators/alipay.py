"""支付宝账号: the mobile number or e-mail address it was opened with, or the 16 digits of the user id
(2088…).

>>> validate("2088000000000000"), validate("138 0000 0000"), validate("a@Example.com")
('2088000000000000', '13800000000', 'a@example.com')
>>> is_valid("1234")
False
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import email
from pii_guard.validators import mobile_phone
from pii_guard.validators import passes
from pii_guard.validators._clean import fold

_USER_ID = lazy(r"2088[0-9]{12}")


def compact(number: str) -> str:
    """As the e-mail address or the number that it is."""
    return email.compact(number) if "@" in fold(number) else mobile_phone.compact(number)


def validate(number: str) -> str:
    """The compact account."""
    number = compact(number)
    if "@" in number:
        return email.validate(number)
    if _USER_ID.fullmatch(number):
        return number
    return mobile_phone.validate(number)


is_valid = passes(validate)


def format(number: str) -> str:
    """As compact."""
    return compact(number)
