"""外国人永久居留身份证 (permanent residence card of foreigners), both forms.

2023: 18 digits: 9, two of province, three of nationality (ISO 3166-1 numeric), date of birth, three of
sequence, and a MOD 11-2 check character. 2017: three letters of nationality, four digits of region,
date of birth (YYMMDD), one of sequence, and a check digit of the travel documents (ICAO 9303: weights
7, 3, 1, letters from A = 10, MOD 10).

>>> validate("911840190003070013")
'911840190003070013'
>>> validate("uto110000030712")
'UTO110000030712'
>>> validate("UTO110000030713")
Traceback (most recent call last):
    ...
pii_guard.validators.InvalidChecksum: 校验位不符
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidChecksum
from pii_guard.validators import InvalidDate
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import InvalidRegion
from pii_guard.validators import passes
from pii_guard.validators._clean import strip
from pii_guard.validators._dates import EARLIEST_YEAR
from pii_guard.validators._dates import LATEST
from pii_guard.validators._dates import is_date
from pii_guard.validators._regions import is_province
from pii_guard.validators.mod_11_2 import check_digit

_OLD = lazy(r"[A-Z]{3}[0-9]{12}")
_NEW = lazy(r"9[0-9]{16}[0-9X]")
_WEIGHTS = (7, 3, 1)


def compact(number: str) -> str:
    """Without separators, in upper case."""
    return strip(number).upper()


def travel_check_digit(body: str) -> str:
    """The ICAO 9303 check digit of digits and letters."""
    return str(sum(int(char, 36) * _WEIGHTS[i % 3] for i, char in enumerate(body)) % 10)


def validate(number: str, *, latest: str = LATEST) -> str:
    """The compact number; `latest` (YYYYMMDD) is the last possible date of birth."""
    number = compact(number)
    if len(number) == 18:
        return _validate_new(number, latest)
    if len(number) == 15:
        return _validate_old(number)
    raise InvalidLength


def _validate_new(number: str, latest: str) -> str:
    if not _NEW.fullmatch(number):
        raise InvalidFormat
    birth = number[6:14]
    if not EARLIEST_YEAR <= birth <= latest or not is_date(birth[:4], birth[4:]):
        raise InvalidDate
    if not is_province(number[1:3]) or number[3:6] == "000":
        raise InvalidRegion
    if check_digit(number[:17]) != number[17]:
        raise InvalidChecksum
    return number


def _validate_old(number: str) -> str:
    if not _OLD.fullmatch(number):
        raise InvalidFormat
    # two-digit year: 2000 is the leap year that 00 can mean
    if not is_date("20" + number[7:9], number[9:13]):
        raise InvalidDate
    if not is_province(number[3:5]):
        raise InvalidRegion
    if travel_check_digit(number[:14]) != number[14]:
        raise InvalidChecksum
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """Such numbers are written in one piece."""
    return compact(number)
