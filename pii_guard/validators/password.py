"""Passwords: what can stand after `密码：` and be one, and which of them everybody guesses.

>>> validate("Abc12345!"), is_weak("123456"), is_weak("Abc12345!xq")
('Abc12345!', True, False)
>>> is_valid("错误"), is_valid("********"), is_valid("ab")
(False, False, False)
"""

from __future__ import annotations

from functools import cache

from pii_guard import data
from pii_guard.patterns import lazy
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes

_SHAPE = lazy(r"[!-~]{4,64}")
_MASKS = lazy(r"[*#xX.•_-]+")


@cache
def _weak() -> frozenset[str]:
    return frozenset(word for row in data.rows("weak_passwords") for word in row[0].split(" "))


def is_weak(number: str) -> bool:
    """Whether the password is among the most used ones."""
    return compact(number).lower() in _weak()


def compact(number: str) -> str:
    """Nothing around; what is inside counts as written."""
    return number.strip()


def validate(number: str) -> str:
    """The text, when it can be a password: 4 to 64 visible ASCII characters, not a mask."""
    number = compact(number)
    if not 4 <= len(number) <= 64:
        raise InvalidLength
    if not _SHAPE.fullmatch(number) or _MASKS.fullmatch(number):
        raise InvalidFormat
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """As compact."""
    return compact(number)
