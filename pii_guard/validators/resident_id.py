"""公民身份号码 (resident identity number), GB 11643: 18 digits, and the 15 digits used before 1999.

Six digits of division code, date of birth, three of sequence (odd for men), and a MOD 11-2 check
character. The 15-digit form has a two-digit year and no check character. Hong Kong, Macau and Taiwan
residents get the same number with 810000, 820000 or 830000 (港澳台居民居住证).

>>> validate("11010119000307007x")
'11010119000307007X'
>>> validate("110101000307001")
'110101000307001'
>>> is_valid("810000190003070014")
True
>>> validate("110199190003070016")
Traceback (most recent call last):
    ...
pii_guard.validators.InvalidRegion: 行政区划代码不存在或当年未启用
>>> validate("110101190002290015")
Traceback (most recent call last):
    ...
pii_guard.validators.InvalidDate: 日期不存在或超出范围
>>> validate("11010119000307007X", latest="18991231")
Traceback (most recent call last):
    ...
pii_guard.validators.InvalidDate: 日期不存在或超出范围
>>> format("11010119000307007x")
'110101 19000307 007X'
"""

from __future__ import annotations

from pii_guard.validators import InvalidChecksum
from pii_guard.validators import InvalidDate
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import InvalidRegion
from pii_guard.validators import passes
from pii_guard.validators._clean import is_digits
from pii_guard.validators._clean import strip
from pii_guard.validators._dates import EARLIEST_YEAR
from pii_guard.validators._dates import LATEST
from pii_guard.validators._dates import is_date
from pii_guard.validators._regions import in_force
from pii_guard.validators.mod_11_2 import check_digit

RESIDENCE_PERMITS = frozenset({"810000", "820000", "830000"})


def compact(number: str) -> str:
    """Without separators, X in upper case."""
    return strip(number, " -.·/_").upper()


def birth_date(number: str) -> str:
    """YYYYMMDD of a compact number."""
    return number[6:14] if len(number) == 18 else "19" + number[6:12]


def is_male(number: str) -> bool:
    """Whether the sequence of a compact number is odd."""
    return number[16 if len(number) == 18 else 14] in "13579"


def validate(number: str, *, latest: str = LATEST) -> str:
    """The compact number; `latest` (YYYYMMDD) is the last possible date of birth."""
    number = compact(number)
    if len(number) not in (15, 18):
        raise InvalidLength
    body = number[:17]
    if not is_digits(body) or number[-1] not in "0123456789X":
        raise InvalidFormat
    birth = birth_date(number)
    if not EARLIEST_YEAR <= birth <= latest or not is_date(birth[:4], birth[4:]):
        raise InvalidDate
    if number[:6] not in RESIDENCE_PERMITS and not in_force(number[:6], int(birth[:4])):
        raise InvalidRegion
    if len(number) == 18 and check_digit(body) != number[17]:
        raise InvalidChecksum
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """Division, date of birth, rest."""
    number = compact(number)
    cut = 14 if len(number) == 18 else 12
    return " ".join(filter(None, (number[:6], number[6:cut], number[cut:])))
