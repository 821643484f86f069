"""One pattern of one entity: compiled when first needed, and asked only where it may begin."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from typing import Protocol

from pii_guard.detect import context
from pii_guard.detect.needed import needed
from pii_guard.detect.rules import Entity
from pii_guard.detect.rules import Pattern
from pii_guard.patterns import compiled
from pii_guard.patterns import lazy

_LOOKBEHIND = lazy(r"\(\?<([!=])(\[(?:[^\]\\]|\\.)+\])(\{[0-9]+\})?\)")
_FEW = 4  # places to look at one by one
WIDE = "一"  # stands for all wide characters
_PARTS = lazy(r"\\.|\[\^?\]?(?:[^\]\\]|\\.)*\]|[()|]", re.DOTALL)  # escapes and classes whole, brackets, bars


class Regex(Protocol):
    """What `re` and `regex` patterns have in common."""

    def match(self, string: str, pos: int = ..., endpos: int = ...) -> re.Match[str] | None: ...

    def finditer(self, string: str, pos: int = ..., endpos: int = ...) -> Iterator[re.Match[str]]: ...


Match = Callable[[str, int], "re.Match[str] | None"]


class Rule:
    """A pattern with its entity; regular expression, shape and words are compiled on first use.

    `match` is the compiled pattern's; `value` the group that holds the value.
    """

    __slots__ = ("_around", "_blocked_by", "_needs", "_regex", "_shape", "back", "entity", "entity_type", "match", "pattern", "value")

    def __init__(self, entity: Entity, pattern: Pattern) -> None:
        self.entity = entity
        self.entity_type = entity.entity_type
        self.pattern = pattern
        self.back = pattern.back
        self.match: Match = self._first_match
        self.value: str | int = "value" if "(?P<value>" in pattern.regex else 0
        self._regex: Regex | None = None
        self._shape: Regex | None = None
        self._needs: str | None = None
        self._around: context.Surroundings | None = None
        self._blocked_by: frozenset[str] | None = None

    def _first_match(self, text: str, at: int) -> re.Match[str] | None:
        self.match = self.regex.match
        return self.match(text, at)

    @property
    def regex(self) -> Regex:
        """The compiled pattern; a user's is bounded in time, and may say what `re` cannot (Presidio's files)."""
        if self._regex is None:
            self._regex = _compile(self.pattern, self.pattern.regex)
        return self._regex

    @property
    def shape(self) -> Regex:
        """The compiled shape that wakes the pattern."""
        if self._shape is None:
            self._shape = _compile(self.pattern, self.pattern.shape)
        return self._shape

    @property
    def needs(self) -> str:
        """Characters of which every match of the shape holds one; none where that is not known, as of a user's."""
        if self._needs is None:
            self._needs = "" if self.pattern.source else needed(self.pattern.shape)
        return self._needs

    @property
    def around(self) -> context.Surroundings:
        """The compiled context words of the entity."""
        if self._around is None:
            self._around = context.compile_surroundings(self.entity)
        return self._around

    @property
    def _blocked(self) -> frozenset[str]:
        if self._blocked_by is None:
            self._blocked_by = _blocked(self.pattern.regex)
        return self._blocked_by

    def may_follow(self, char: str) -> bool:
        """Whether the pattern may begin behind a character."""
        return char not in self._blocked

    def openings(self, text: str, low: int, high: int) -> Sequence[int]:
        """Where in text[low] … text[high] the pattern may begin: not behind what its look-behind forbids."""
        blocked = self._blocked
        if not blocked:
            return range(low, high + 1)
        if high - low < _FEW:
            return [at for at in range(low, high + 1) if text[at - 1 : at] not in blocked]
        return [found.start() for found in _unblocked(blocked).finditer(text, low, high)]


def _compile(pattern: Pattern, expression: str) -> Regex:
    if not pattern.source:
        with suppress(re.error):
            return compiled(expression)
    from pii_guard.detect.bounded import Bounded

    return Bounded(pattern, expression)


@lru_cache(maxsize=256)
def _blocked(pattern: str) -> frozenset[str]:
    """The characters behind which a pattern cannot begin, where its first element says so: ASCII ones, and WIDE for all
    others where none of them is told from another."""
    found = _LOOKBEHIND.match(pattern)
    if found is None or _has_choice(pattern) or (found[1] == "!" and found[3]):
        return frozenset()
    among = compiled(found[2])
    asked = [*map(chr, range(128)), *([WIDE] if found[2].isascii() and "\\" not in found[2] else [])]
    return frozenset(char for char in asked if (among.match(char) is None) == (found[1] == "="))


@lru_cache(maxsize=256)
def _unblocked(blocked: frozenset[str]) -> re.Pattern[str]:
    """A place behind none of these characters."""
    return compiled(f"(?<![{re.escape(''.join(sorted(blocked)))}])")


def _has_choice(pattern: str) -> bool:
    """Whether a pattern is several, side by side: its first element then speaks for one of them only.

    >>> _has_choice("(?<![0-9])1|2"), _has_choice("(?<![0-9])(?:1|2)[|]")
    (True, False)
    """
    depth = 0
    for part in _PARTS.finditer(pattern):
        depth += {"(": 1, ")": -1}.get(part[0], 0)
        if part[0] == "|" and depth == 0:
            return True
    return False
