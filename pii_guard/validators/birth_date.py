"""出生日期 (date of birth): 1900-01-02, 1900/1/2, 1900.1.2, 19000102, 1900年1月2日; the year has four digits.

>>> validate("1900年1月2日"), validate("19000102")
('1900-01-02', '1900-01-02')
>>> is_valid("1900-02-29"), is_valid("1700-01-01"), is_valid("1900-1")
(False, False, False)
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidDate
from pii_guard.validators import InvalidFormat
from pii_guard.validators import passes
from pii_guard.validators._clean import fold
from pii_guard.validators._dates import EARLIEST_YEAR
from pii_guard.validators._dates import LATEST
from pii_guard.validators._dates import is_date

_SHAPE = lazy(
    r"(?P<year>[0-9]{4})(?:(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})"
    r"|年(?P<cn_month>[0-9]{1,2})月(?P<cn_day>[0-9]{1,2})[日号]?|(?P<plain>[0-9]{4}))"
)


def compact(number: str) -> str:
    """YYYY-MM-DD, when it has the shape of a date."""
    number = fold(number).replace(" ", "")
    found = _SHAPE.fullmatch(number)
    if found is None:
        return number
    plain = found["plain"] or ""
    month = found["month"] or found["cn_month"] or plain[:2]
    day = found["day"] or found["cn_day"] or plain[2:]
    return f"{found['year']}-{month:0>2}-{day:0>2}"


def validate(number: str, *, latest: str = LATEST) -> str:
    """YYYY-MM-DD; `latest` (YYYYMMDD) is the last possible date of birth."""
    number = compact(number)
    if not _SHAPE.fullmatch(number):
        raise InvalidFormat
    year, month, day = number.split("-")
    if not EARLIEST_YEAR <= year + month + day <= latest or not is_date(year, month + day):
        raise InvalidDate
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """YYYY-MM-DD."""
    return compact(number)
