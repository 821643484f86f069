"""有效期 (expiry of a bank card): MM/YY, MM/YYYY, MMYY, YYYY年MM月; only beside a card number does it mean
one.

>>> validate("12/30"), validate("2030年1月"), validate("1230")
('12/30', '01/30', '12/30')
>>> is_valid("13/30"), is_valid("12/1999")
(False, False)
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidFormat
from pii_guard.validators import passes
from pii_guard.validators._clean import fold

_SHAPE = lazy(
    r"(?P<month>0?[1-9]|1[0-2])[-/](?P<year>20[0-9]{2}|[0-9]{2})"
    r"|(?P<plain_month>0[1-9]|1[0-2])(?P<plain_year>[0-9]{2})"
    r"|(?P<iso_year>2[4-9]|[34][0-9])(?P<iso_month>0[1-9]|1[0-2])"
    r"|(?P<cn_year>20[0-9]{2}|[0-9]{2})年(?P<cn_month>0?[1-9]|1[0-2])月?"
)


def compact(number: str) -> str:
    """MM/YY, when it has the shape of an expiry."""
    number = fold(number).replace(" ", "")
    found = _SHAPE.fullmatch(number)
    if found is None:
        return number
    month = found["month"] or found["plain_month"] or found["iso_month"] or found["cn_month"]
    year = found["year"] or found["plain_year"] or found["iso_year"] or found["cn_year"]
    return f"{month:0>2}/{year[-2:]}"


def validate(number: str) -> str:
    """MM/YY."""
    number = compact(number)
    if not _SHAPE.fullmatch(number):
        raise InvalidFormat
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """MM/YY."""
    return compact(number)
