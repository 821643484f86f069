"""Which patterns can begin with the characters at hand: most candidates are turned away before a pattern runs.

`regex` can match partially ("could this text go on to match?"), so nothing has to be known of the patterns.
Answers are kept in the cache folder: to load `regex` and compile the patterns there takes as long as to scan 2 MB.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeVar

from pii_guard.detect.checked import LETTERED
from pii_guard.detect.checked import stands
from pii_guard.detect.closed import may_match
from pii_guard.detect.confirm import Confirmer
from pii_guard.detect.confirm import Tries
from pii_guard.detect.confirm import Try
from pii_guard.detect.confirm import prefixed
from pii_guard.detect.rule import WIDE
from pii_guard.detect.rule import Rule
from pii_guard.patterns import remembered

HEAD = 2  # digits looked at
K = TypeVar("K")
V = TypeVar("V")
_CHARACTERS = (*map(chr, range(32, 127)), "（")  # those that a pattern may begin with before its digits
_HEADS = (*_CHARACTERS, *(f"{number:02}" for number in range(100)))
_MOST = 1 << 16  # answers remembered
Rules = tuple[Rule, ...]


class Begins:
    """Narrows rules down to those whose pattern may begin with a head."""

    def __init__(self, confirmer: Confirmer) -> None:
        self._by_run = confirmer.by_run
        self._runs: dict[tuple[int, str, int], Tries] = {}
        self._labels: dict[tuple[int, str], Rules] = {}
        self._heads: dict[str, dict[str, bool]] = {}
        self._beginnings: dict[str, frozenset[str]] = {}
        self._closed: dict[tuple[str, tuple[int, ...]], frozenset[int]] = {}

    def run(self, length: int, around: str, checked: int) -> Tries:
        """What to try at a digit run of that length; `around` is the character before it and HEAD digits, `checked`
        says which check digits are right and whether a letter follows."""
        found = self._runs.get((length, around, checked))
        if found is None:
            alike = around if around.isascii() or prefixed(around[0]) else WIDE + around[1:]
            found = self._runs.get((length, alike, checked))
            if found is None:
                found = tuple(self._tries(length, alike, checked))
                _remember(self._runs, (length, alike, checked), found)
            _remember(self._runs, (length, around, checked), found)
        return found

    def _tries(self, length: int, around: str, checked: int) -> Iterator[Try]:
        for rule in self._by_run.get(length, ()):
            if stands(rule, length, checked):
                one = Try(rule, self._before(rule, around), self._here(rule, around, length, checked), self._firsts(rule))
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

    def _here(self, rule: Rule, around: str, length: int, checked: int) -> bool:
        if not rule.may_follow(around[0]) or not self._may(rule, around[1:]):
            return False
        return bool(checked & LETTERED) or length not in self._too_short(rule)

    def _too_short(self, rule: Rule) -> frozenset[int]:
        """The runs that a pattern cannot match where no letter follows."""
        pattern, runs = rule.pattern.regex, rule.pattern.runs
        if (pattern, runs) not in self._closed:
            told = remembered(f"closed 1\n{runs}\n{pattern}", lambda: "".join("01"[may_match(pattern, n)] for n in runs))
            self._closed[pattern, runs] = frozenset(n for n, mark in zip(runs, told, strict=True) if mark == "0")
        return self._closed[pattern, runs]

    def _may(self, rule: Rule, head: str) -> bool:
        """Whether the pattern may begin so: asked of two digits, else of the first character."""
        pattern = rule.pattern.regex
        if pattern not in self._heads:
            told = remembered(f"begins 1\n{pattern}", lambda: _told(pattern))
            self._heads[pattern] = {head: mark == "1" for head, mark in zip(_HEADS, told, strict=True)}
        known = self._heads[pattern]
        return known[head] if head in known else known.get(head[:1], True)


def _told(pattern: str) -> str:
    """Of each head whether a pattern may begin with it: 1 or 0."""
    if "(?<=" in pattern:  # what stands before it is not at hand
        return "1" * len(_HEADS)
    import regex

    compiled = regex.compile(pattern)
    return "".join("0" if compiled.match(head, partial=True) is None else "1" for head in _HEADS)


def _remember(answers: dict[K, V], question: K, answer: V) -> None:
    if len(answers) >= _MOST:
        answers.clear()
    answers[question] = answer
