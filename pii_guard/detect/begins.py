"""Which patterns can begin with the characters at hand: most candidates are turned away before a pattern runs.

`regex` can match partially ("could this text go on to match?"), so nothing has to be known of the patterns.
Answers are remembered: pairs of digits are few.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

import regex

from pii_guard.detect.confirm import Confirmer
from pii_guard.detect.confirm import Tries
from pii_guard.detect.confirm import Try
from pii_guard.detect.confirm import prefixed
from pii_guard.detect.rule import Rule
from pii_guard.detect.runs import LUHN
from pii_guard.detect.runs import MOD_11_2

HEAD = 2  # digits looked at
K = TypeVar("K")
V = TypeVar("V")
_CHARACTERS = (*map(chr, range(32, 127)), "（")  # those that a pattern may begin with before its digits
_WIDE = "一"  # stands for all wide characters: no pattern is told from another by them
_MOST = 1 << 16  # answers remembered
_CHECKED = {
    "bank_card": (LUHN, range(13, 20)),
    "resident_id": (MOD_11_2, range(17, 19)),
}  # the check digit, and the lengths of a run that is the whole number
_UNCHECKED = (0, range(0))
Rules = tuple[Rule, ...]


class Begins:
    """Narrows rules down to those whose pattern may begin with a head."""

    def __init__(self, confirmer: Confirmer) -> None:
        self._by_run = confirmer.by_run
        self._runs: dict[tuple[int, str, int], Tries] = {}
        self._labels: dict[tuple[int, str], Rules] = {}
        self._fits: dict[tuple[str, str], bool] = {}
        self._beginnings: dict[str, frozenset[str]] = {}
        self._compiled: dict[str, regex.Pattern[str]] = {}

    def run(self, length: int, around: str, checked: int) -> Tries:
        """What to try at a digit run of that length; `around` is the character before it and HEAD digits, `checked`
        says which check digits are right: without its own a number is no card, and behind a label it is found anyway."""
        found = self._runs.get((length, around, checked))
        if found is None:
            alike = around if around.isascii() or prefixed(around[0]) else _WIDE + around[1:]
            found = self._runs.get((length, alike, checked))
            if found is None:
                found = tuple(self._tries(length, alike, checked))
                _remember(self._runs, (length, alike, checked), found)
            _remember(self._runs, (length, around, checked), found)
        return found

    def _tries(self, length: int, around: str, checked: int) -> Iterator[Try]:
        for rule in self._by_run.get(length, ()):
            digit, whole = _CHECKED.get(rule.entity.validator, _UNCHECKED)
            if checked & digit or length not in whole:
                one = Try(rule, self._before(rule, around), self._here(rule, around), self._firsts(rule))
                if one.before or one.here:
                    yield one

    def value(self, rules: Rules, head: str) -> Rules:
        """The rules whose value may begin with `head`."""
        found = self._labels.get((id(rules), head))
        if found is None:
            found = tuple(r for r in rules if self._may(r, head))
            _remember(self._labels, (id(rules), head), found)
        return found

    def _firsts(self, rule: Rule) -> frozenset[str]:
        """The characters before a run that a pattern may begin with."""
        if rule.pattern.regex not in self._beginnings:
            self._beginnings[rule.pattern.regex] = frozenset(char for char in _CHARACTERS if self._may(rule, char))
        return self._beginnings[rule.pattern.regex]

    def _before(self, rule: Rule, around: str) -> bool:
        """Whether the pattern may begin before the run; by one character only with that character."""
        char = around[0]
        return prefixed(char) and rule.back > 0 and (rule.back > 1 or self._may(rule, char + around[1]))

    def _here(self, rule: Rule, around: str) -> bool:
        return rule.may_follow(around[0]) and self._may(rule, around[1:])

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
    if len(answers) >= _MOST:
        answers.clear()
    answers[question] = answer
