"""Redaction operators: one module each, found by walking this folder.

A module has `NAME`, `NEEDS_KEY`, `REVERSIBLE` and `build(settings) -> Replace`, called once for a whole run:
what it returns may remember (numbers of tags, pseudonyms given).
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from collections.abc import Mapping
from functools import cache
from typing import Protocol
from typing import cast

from pii_guard.errors import UsageError
from pii_guard.redact.settings import Settings

Replace = Callable[[str, str], str]  # (entity type, value) -> what stands in its place


class Operator(Protocol):
    """What a module of this folder offers."""

    NAME: str
    NEEDS_KEY: bool
    REVERSIBLE: bool

    def build(self, settings: Settings) -> Replace:
        """The operator for one run."""
        ...


@cache
def operators() -> Mapping[str, Operator]:
    """All operators by name."""
    found = (
        cast(Operator, importlib.import_module(f"{__name__}.{module.name}"))
        for module in pkgutil.iter_modules(__path__)
    )
    return {operator.NAME: operator for operator in found}


def build(name: str, settings: Settings) -> Replace:
    """An operator by name, checked for its key."""
    operator = operators().get(name)
    if operator is None:
        names = "、".join(sorted(operators()))
        raise UsageError(f"没有算符 {name}；可用：{names} (no such operator)")
    if operator.NEEDS_KEY and settings.key is None:
        raise UsageError(f"算符 {name} 需要密钥：--key-file，或先 keys new (operator needs a key)")
    return operator.build(settings)
