"""A user's regular expression, run within a limit of time.

Ours are measured; one of a `--rules` file may backtrack without end (`([0-9]+)+x`) and would hang the scan.  A pattern
may take some seconds and then as long as reading the text takes at a pace that every sane pattern beats many times
over; past that the scan ends with the name of the file and of the pattern.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from time import monotonic
from typing import TYPE_CHECKING
from typing import cast

import regex

from pii_guard.errors import RuleError

if TYPE_CHECKING:
    from pii_guard.detect.rules import Pattern

SECONDS = 5.0  # before it counts how much was read
PACE = 200_000  # characters a second that a pattern must manage; a slow one manages millions


class Bounded:
    """Does what a compiled pattern does; raises RuleError when it has taken too long."""

    def __init__(self, pattern: Pattern, expression: str) -> None:
        self._pattern = pattern
        self._left = SECONDS
        self._text = ""  # the one last read
        try:
            self._regex = regex.compile(expression)
        except regex.error as error:
            raise RuleError(f"{pattern.source}: 模式 {pattern.name} 的正则不合法: {error}") from None

    def match(self, string: str, pos: int = 0, endpos: int | None = None) -> re.Match[str] | None:
        """As the method of a pattern."""
        return self._timed("match", string, pos, endpos)

    def finditer(self, string: str, pos: int = 0, endpos: int | None = None) -> Iterator[re.Match[str]]:
        """As the method of a pattern; what is done between two matches does not count."""
        while (found := self._timed("search", string, pos, endpos)) is not None:
            yield found
            pos = found.end() + (found.end() == found.start())
            if pos > len(string):
                return

    def _timed(self, method: str, text: str, pos: int, endpos: int | None) -> re.Match[str] | None:
        if text is not self._text:
            self._text = text
            self._left += len(text) / PACE
        began = monotonic()
        try:
            found = getattr(self._regex, method)(text, pos, endpos, timeout=max(self._left, 0.001))
        except TimeoutError:
            raise self._too_slow() from None
        self._left -= monotonic() - began
        return cast("re.Match[str] | None", found)

    def _too_slow(self) -> RuleError:
        return RuleError(
            f"{self._pattern.source}: 模式 {self._pattern.name} 太慢，扫描已中止；嵌套或相邻的重复会成倍回溯，"
            "请改写并给重复加上限 (pattern backtracks without end: bound its repeats)"
        )
