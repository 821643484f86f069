"""Writing new characters into the form of an old value: spaces, hyphens and full width stay."""

from __future__ import annotations

_SPELLED = "零一二三四五六七八九"


def slots(value: str) -> int:
    """How many letters and digits a value has."""
    return sum(map(str.isalnum, value))


def relay(form: str, new: str) -> str:
    """`new` in the layout of `form`; as it is where the counts differ.

    >>> relay("138-0013-8000", "12045678901"), relay("１３８", "120")
    ('120-4567-8901', '１２０')
    """
    if slots(form) != len(new):
        return new
    rest = iter(new)
    return "".join(_like(char, next(rest)) if char.isalnum() else char for char in form)


def _like(old: str, new: str) -> str:
    if "\uff01" <= old <= "\uff5e":
        return chr(ord(new) + 0xFEE0)
    if new.isdigit() and ("\u4e00" <= old <= "\u9fff" or old == "〇"):
        return _SPELLED[int(new)]
    return new.lower() if old.islower() else new
