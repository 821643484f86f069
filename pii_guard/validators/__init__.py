"""One module for each kind of number, all of one shape: compact, validate, is_valid, format.

    compact(s)    the number without separators, half-width, in its usual case
    validate(s)   the compact number, or the precise error
    is_valid(s)   whether validate passes
    format(s)     the number as people write it

The error tells how far the number was right: checks run in the order length, format, components (date,
region, issuer), check digit. So InvalidChecksum says that all the rest fits. No message ever holds the
value.

    ValidationError(ValueError)
    ├─ InvalidLength
    ├─ InvalidFormat
    ├─ InvalidComponent
    │  ├─ InvalidDate
    │  └─ InvalidRegion
    └─ InvalidChecksum

A module is found by its file name; names that begin with `_` are not validators.

>>> load("luhn").is_valid("18")
True
>>> load("resident_id").validate("110101190003070011")
Traceback (most recent call last):
    ...
pii_guard.validators.InvalidChecksum: 校验位不符
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Protocol
from typing import cast

from pii_guard import reach
from pii_guard.patterns import lazy

_NAME = lazy(r"[a-z][a-z0-9_]*")


class ValidationError(ValueError):
    """A text is not a number of this kind; the class says what is wrong with it."""

    message = "号码无效"

    def __init__(self) -> None:
        super().__init__(self.message)


class InvalidLength(ValidationError):  # noqa: N818 - named after what is wrong, as in python-stdnum
    """Too many or too few characters."""

    message = "长度不符"


class InvalidFormat(ValidationError):  # noqa: N818
    """A character or a shape that this number cannot have."""

    message = "格式不符"


class InvalidComponent(ValidationError):  # noqa: N818
    """A part (issuer, segment, area code, range) that does not exist."""

    message = "组成部分不存在"


class InvalidDate(InvalidComponent):
    """No calendar date, or one out of range."""

    message = "日期不存在或超出范围"


class InvalidRegion(InvalidComponent):
    """No division code that was in force around that time."""

    message = "行政区划代码不存在或当年未启用"


class InvalidChecksum(ValidationError):  # noqa: N818
    """All else fits, the check digit does not."""

    message = "校验位不符"


class Validator(Protocol):
    """The shape of a validator module."""

    def compact(self, number: str, /) -> str: ...

    def validate(self, number: str, /) -> str: ...

    def is_valid(self, number: str, /) -> bool: ...

    def format(self, number: str, /) -> str: ...


def passes(validate: Callable[[str], str]) -> Callable[[str], bool]:
    """The `is_valid` of a module: whether its `validate` accepts a text."""

    def is_valid(number: str) -> bool:
        try:
            validate(number)
        except ValidationError:
            return False
        return True

    return is_valid


def names() -> list[str]:
    """The names of all validators, from the folder."""
    return reach.modules(Path(__file__).parent)


@cache
def load(name: str) -> Validator:
    """The validator of this name, imported on first use; LookupError where there is none."""
    if not _NAME.fullmatch(name) or not (Path(__file__).parent / f"{name}.py").is_file():
        raise LookupError(f"no validator named {name!r}")
    return cast(Validator, import_module(f"{__name__}.{name}"))
