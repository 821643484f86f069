"""Which patterns can begin with the characters at hand: most candidates are turned away before a pattern runs.

`regex` can match partially ("could this text go on to match?"), so nothing has to be known of the patterns.
Answers are remembered: digits in threes are few.
"""

from __future__ import annotations

from typing import TypeVar

import regex

from pii_guard.detect.confirm import Confirmer
from pii_guard.detect.confirm import Rule

HEAD = 3
K = TypeVar("K")
V = TypeVar("V")
_MOST = 1 << 14  # answers remembered
Rules = tuple[Rule, ...]


class Begins:
    """Narrows rules down to those whose pattern may begin with a head."""

    def __init__(self, confirmer: Confirmer) -> None:
        self._by_run = confirmer.by_run
        self._runs: dict[tuple[int, str], Rules] = {}
        self._labels: dict[tuple[int, str], Rules] = {}
        self._fits: dict[tuple[str, str], bool] = {}
        self._compiled: dict[str, regex.Pattern[str]] = {}

    def run(self, length: int, head: str) -> Rules:
        """The rules of a digit run of that length that may begin there, or before it."""
        found = self._runs.get((length, head))
        if found is None:
            found = tuple(r for r in self._by_run.get(length, ()) if r.pattern.back or self._may(r, head))
            _remember(self._runs, (length, head), found)
        return found

    def value(self, rules: Rules, head: str) -> Rules:
        """The rules whose value may begin with `head`."""
        found = self._labels.get((id(rules), head))
        if found is None:
            found = tuple(r for r in rules if self._may(r, head))
            _remember(self._labels, (id(rules), head), found)
        return found

    def _partial(self, pattern: str) -> regex.Pattern[str]:
        if pattern not in self._compiled:
            self._compiled[pattern] = regex.compile(pattern)
        return self._compiled[pattern]

    def _may(self, rule: Rule, head: str) -> bool:
        pattern = rule.pattern.regex
        if "(?<=" in pattern:  # what stands before it is not at hand
            return True
        if (pattern, head) not in self._fits:
            fits = self._partial(pattern).match(head, partial=True) is not None
            _remember(self._fits, (pattern, head), fits)
            return fits
        return self._fits[pattern, head]


def _remember(answers: dict[K, V], question: K, answer: V) -> None:
    if len(answers) < _MOST:
        answers[question] = answer
