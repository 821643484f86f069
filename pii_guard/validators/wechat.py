"""微信号: six to twenty letters, digits, `_` and `-`, a letter first; also wxid_ accounts. A label must
say what it is.

>>> validate("zhang_san-1"), is_valid("wxid_abcdefghijklmn"), is_valid("1zhangsan"), is_valid("zhang")
('zhang_san-1', True, False, False)
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import fold

_SHAPE = lazy(r"[A-Za-z][A-Za-z0-9_-]{5,19}|wxid_[a-z0-9]{10,30}")


def compact(number: str) -> str:
    """Without separators."""
    return fold(number)


def validate(number: str) -> str:
    """The compact account, when it has the shape of one."""
    number = compact(number)
    if not 6 <= len(number) <= 35:
        raise InvalidLength
    if not _SHAPE.fullmatch(number):
        raise InvalidFormat
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """Such numbers are written in one piece."""
    return compact(number)
