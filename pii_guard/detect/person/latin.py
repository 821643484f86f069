"""Latin words behind a bare `name:`, which code and settings have as often as a list of people.

>>> personal("Emma Stone"), personal("Zhang Wei"), personal("Common Lisp"), personal("New York")
(True, True, False, False)
"""

from __future__ import annotations

import re
from functools import cache

from pii_guard import data
from pii_guard.patterns import lazy

VAGUE = frozenset({"name", "displayname"})  # labels and headers that name anything
DOUBTFUL = 0.45  # the score of words that no given name is among
_WORD = lazy(r"[A-Za-z]+")
_PINYIN = lazy(r"(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[aeiouv]{1,3}(?:ng?)?){1,3}", re.IGNORECASE)


def personal(value: str) -> bool:
    """Whether one of the first two words is a given name, or all are Chinese in pinyin."""
    words = _WORD.findall(value)
    return any(word.lower() in _given() for word in words[:2]) or all(map(_PINYIN.fullmatch, words))


@cache
def _given() -> frozenset[str]:
    return frozenset(name for row in data.rows("latin_given") for name in row[0].split())
