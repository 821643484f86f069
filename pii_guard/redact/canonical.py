"""A value without its spelling: what two ways to write one number have in common."""

from __future__ import annotations

import unicodedata

_NUMERALS = "零〇一幺二两三四五六七八九壹贰叁肆伍陆柒捌玖"
_DIGITS = "0011223456789123456789"
_READ = str.maketrans(_NUMERALS, _DIGITS)


def canonical(value: str, *, separators: bool = False) -> str:
    """Full-width made half-width, letters upper, spelled digits read; separators dropped unless wanted.

    >>> canonical("１３８-００１３ 8000"), canonical("幺三八零零幺三八零零零")
    ('13800138000', '13800138000')
    """
    folded = unicodedata.normalize("NFKC", value).upper()
    if separators:
        return folded
    kept = "".join(char for char in folded if char.isalnum() or char in "@.") or folded
    spelled = len(kept) >= 7 and all(char in _NUMERALS or char.isdigit() for char in kept)
    return kept.translate(_READ) if spelled else kept
