"""Longer words that are no names and whose parts look like names: clubs, places, figures (威廉希尔)."""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate

from pii_guard.detect.person.lexicon import load
from pii_guard.detect.person.plain import Evidence
from pii_guard.detect.person.shape import MIDDLE_DOTS
from pii_guard.detect.words import compile_words

DOTS = frozenset(MIDDLE_DOTS)


def barred(chars: str, pairs: Evidence) -> list[int]:
    """How many characters of such words stand before each place, from 0 to the length of `chars`."""
    inside = [0] * len(chars)
    for found in _no_names().finditer(chars):
        at, end = found.span()
        if not _within_name(chars, at, end, pairs):
            inside[at:end] = [1] * (end - at)
    return [0, *accumulate(inside)]


def _within_name(chars: str, at: int, end: int, pairs: Evidence) -> bool:
    """Whether the word is a part of a longer name: 托马斯·皮克林, 阿萨诺维奇."""
    before = chars[at - 1 : at]
    if before in DOTS or chars[end : end + 1] in DOTS:
        return True
    first, inner = pairs[at]
    return before in load().foreign and inner > first


@cache
def _no_names() -> re.Pattern[str]:
    return compile_words(word for word in load().never if len(word) > 2)
