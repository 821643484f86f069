"""Strips what people put between the characters of a number: full-width forms, spaces, dashes, brackets.

>>> strip("１１０１０１－１９００ ０３０７")
'11010119000307'
>>> strip("E·1 2 3 4")
'E1234'
"""

from __future__ import annotations

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63"), "-")
_SPACES = dict.fromkeys(map(ord, "\u3000\u00a0\u2007\u202f\t\r\n"), " ")
_NOTHING = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff"))
_FOLD: dict[int, int | str | None] = {**_FULL_WIDTH, **_DASHES, **_SPACES, **_NOTHING}


def fold(text: str) -> str:
    """Half-width, plain dashes and spaces, no zero-width characters, nothing around."""
    if not text.isascii() or not text.isprintable():
        text = text.translate(_FOLD)
    return text.strip(" ")


def strip(text: str, separators: str = " -·.") -> str:
    """The text folded, without the separators."""
    if text.isalnum() and text.isascii():
        return text
    text = fold(text)
    for separator in separators:
        text = text.replace(separator, "")
    return text.strip(" ")


def is_digits(text: str) -> bool:
    """Whether the text is ASCII digits only, and at least one."""
    return text.isdigit() and text.isascii()
