"""香港身份证 (Hong Kong identity card): one or two letters, six digits, a check character (0-9, A) in
brackets.

The weights 9 to 1 run over letters (A = 10), digits and check; a missing first letter counts as a space (36).

>>> validate("Ａ000000（3）")
'A0000003'
>>> format("zz000000a")
'ZZ000000(A)'
>>> is_valid("A000000(4)")
False
"""

from __future__ import annotations

from pii_guard.patterns import lazy
from pii_guard.validators import InvalidChecksum
from pii_guard.validators import InvalidFormat
from pii_guard.validators import InvalidLength
from pii_guard.validators import passes
from pii_guard.validators._clean import strip

_SHAPE = lazy(r"[A-Z]{1,2}[0-9]{6}[0-9A]")
_SPACE = 36


def compact(number: str) -> str:
    """Without separators and brackets, in upper case."""
    return strip(number, " -·.()[]").upper()


def checksum(number: str) -> int:
    """0 when the check character of a compact number is right."""
    values = [int(char, 36) for char in number]
    if len(values) == 8:
        values.insert(0, _SPACE)
    return sum(value * weight for value, weight in zip(values, range(9, 0, -1), strict=True)) % 11


def validate(number: str) -> str:
    """The compact number, when its check character is right."""
    number = compact(number)
    if len(number) not in (8, 9):
        raise InvalidLength
    if not _SHAPE.fullmatch(number):
        raise InvalidFormat
    if checksum(number):
        raise InvalidChecksum
    return number


is_valid = passes(validate)


def format(number: str) -> str:
    """The check character in brackets."""
    number = compact(number)
    return f"{number[:-1]}({number[-1:]})"
