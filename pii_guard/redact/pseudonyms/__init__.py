"""Invented values that look real and cannot be: reserved ranges, impossible prefixes, wrong check digits.

A module of this folder offers `SHAPES`: entity type -> function of the value (for its form) and a draw.
A type without a shape gets a token.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from collections.abc import Mapping
from functools import cache

from pii_guard.redact.pseudonyms.draw import Draw
from pii_guard.redact.tokens import token

Shape = Callable[[str, Draw], str]


@cache
def shapes() -> Mapping[str, Shape]:
    """All shapes by entity type."""
    found: dict[str, Shape] = {}
    for module in pkgutil.iter_modules(__path__):
        found.update(getattr(importlib.import_module(f"{__name__}.{module.name}"), "SHAPES", {}))
    return found


def invent(entity_type: str, value: str, draw: Draw) -> str:
    """A pseudonym for a value: of its form where the type has one, else a token."""
    shape = shapes().get(entity_type)
    made = shape(value, draw) if shape else ""
    return made or token("pseudo", entity_type, draw.letters(16))
