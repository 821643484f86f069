"""机动车驾驶证: the licence number is the resident id; the file number (档案编号) has twelve digits.

The file number begins with the four digits of the office's prefecture.

>>> validate("110100000000")
'110100000000'
>>> is_valid("110101190003070010"), is_valid("990100000000")
(True, False)
"""

from __future__ import annotations

from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import InvalidRegion
from pii_guard.validators import passes
from pii_guard.validators import resident_id
from pii_guard.validators._clean import is_digits
from pii_guard.validators._clean import strip
from pii_guard.validators._regions import is_province


def compact(number: str) -> str:
    """Without separators, X in upper case."""
    return strip(number).upper()


def validate(number: str) -> str:
    """The compact licence or file number."""
    number = compact(number)
    if len(number) == 12:
        return _validate_file(number)
    if len(number) in (15, 18):
        return resident_id.validate(number)
    raise InvalidLength


def _validate_file(number: str) -> str:
    if not is_digits(number):
        raise InvalidFormat
    if not is_province(number[:2]):
        raise InvalidRegion
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """Such numbers are written in one piece."""
    return compact(number)
