"""军官证, 士兵证 and other cards of the armed forces: a word of service, 字第, six to eight characters, 号.

The numbers have no published structure and no check digit; 字第…号 is what tells them.

>>> validate("军字第 0000000 号")
'军字第0000000号'
>>> is_valid("士字第P000000X号"), is_valid("京字第号")
(True, False)
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import strip

_SERVICES = "军南北沈兰成济广海空参政后装武士文警职义联火战东西中"
_SHAPE = lazy(f"[{_SERVICES}][\u4e00-\u9fff]{{0,2}}字第?[A-Z]?[0-9]{{6,9}}[0-9X]?号?")


def compact(number: str) -> str:
    """Without separators, in upper case."""
    return strip(number).upper()


def validate(number: str) -> str:
    """The compact number, when it has the shape of one."""
    number = compact(number)
    if not 8 <= len(number) <= 18:
        raise InvalidLength
    if not _SHAPE.fullmatch(number):
        raise InvalidFormat
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """Such numbers are written in one piece."""
    return compact(number)
