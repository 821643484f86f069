"""Regular expressions that take exponential time on texts made for it: `(a{1,30}){1,30}b`, `(a|ab|b){0,60}c`.

A backtracking engine tries all ways in which a pattern matches a text before it gives up.  Their number explodes
where something repeated can read the same characters in two ways.  The pattern is taken as an automaton of its
characters (Glushkov's), all counts of more than FEW as "any number": it runs away when from some character two
different ways lead back to it over the same text.

>>> [runs_away(source) for source in ("(a{1,30}){1,30}b", "(a|ab|b){0,60}c", "(ab{0,30}){1,30}c")]
[True, True, False]
"""

from __future__ import annotations

import re
from collections import Counter
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import field
from functools import reduce
from typing import Any

from pii_guard.patterns import parsed
from pii_guard.policy.fold import fold_pattern
from pii_guard.records import dataclass

FEW = 3  # a repeat of no more adds ways, but not without end
MOST = 400  # characters of a loop that are looked at: beyond, the pairs are too many
_SAMPLE = "aAzZ09_ \n\t-.,:;/@#*中文。，！\u00e9\U0001f600"

Letters = int  # a set of sample characters, a bit each


def runs_away(source: str, *, folds: bool = True) -> bool:
    """Whether the pattern can take exponential time; `folds`: it is for folded text.  re.error where it is none."""
    tree = parsed(fold_pattern(source) if folds else source, re.IGNORECASE)
    if not _nested(tree):
        return False
    sample = "".join(dict.fromkeys((*_SAMPLE, *_named(tree))))
    machine = _Machine(sample)
    machine.read(tree)
    return any(machine.ambiguous(loop) for loop in machine.loops())


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the pattern: where it may begin and end, and whether it may match nothing."""

    first: frozenset[int] = frozenset()
    last: frozenset[int] = frozenset()
    empty: bool = True


@dataclass(slots=True)
class _Machine:
    """The characters of a pattern, numbered, and which may follow which, in how many ways."""

    sample: str
    letters: list[Letters] = field(default_factory=list)
    follow: Counter[tuple[int, int]] = field(default_factory=Counter)

    def read(self, items: Iterable[tuple[Any, Any]]) -> _Part:
        """A sequence."""
        return reduce(self._joined, (self._of(str(op), argument) for op, argument in items), _Part())

    def loops(self) -> Iterator[frozenset[int]]:
        """Sets of characters each of which can come again after any other."""
        after: dict[int, list[int]] = defaultdict(list)
        for one, other in self.follow:
            after[one].append(other)
        reach = {n: _reached(n, after) for n in range(len(self.letters))}
        seen: set[int] = set()
        for n, there in reach.items():
            if n in there and n not in seen:
                loop = frozenset(m for m in there if n in reach[m])
                seen |= loop
                yield loop

    def ambiguous(self, loop: frozenset[int]) -> bool:
        """Whether two ways lead from a character of the loop back to it over the same text."""
        inside: dict[int, list[int]] = defaultdict(list)
        for (one, other), ways in self.follow.items():
            if one in loop and other in loop:
                if ways > 1:
                    return True
                inside[one].append(other)
        return len(loop) <= MOST and any(self._parts_and_meets(start, inside) for start in loop)

    def _parts_and_meets(self, start: int, inside: dict[int, list[int]]) -> bool:
        waiting, seen = [(start, start)], {(start, start)}
        while waiting:
            one, other = waiting.pop()
            for a in inside[one]:
                for b in inside[other]:
                    if a == b == start and one != other:
                        return True
                    if (a, b) not in seen and self.letters[a] & self.letters[b]:
                        seen.add((a, b))
                        waiting.append((a, b))
        return False

    def _joined(self, one: _Part, other: _Part) -> _Part:
        self.follow.update((a, b) for a in one.last for b in other.first)
        return _Part(
            one.first | (other.first if one.empty else frozenset()),
            other.last | (one.last if other.empty else frozenset()),
            one.empty and other.empty,
        )

    def _of(self, op: str, argument: Any) -> _Part:
        match op:
            case "SUBPATTERN":
                return self.read(argument[3])
            case "ATOMIC_GROUP":
                return self.read(argument)
            case "BRANCH":
                parts = [self.read(branch) for branch in argument[1]]
                return _Part(
                    frozenset().union(*(p.first for p in parts)),
                    frozenset().union(*(p.last for p in parts)),
                    any(p.empty for p in parts),
                )
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                return self._repeated(op, *argument)
            case "ASSERT" | "ASSERT_NOT":
                self.read(argument[1])  # may run away itself
                return _Part()
            case "AT":
                return _Part()
            case "GROUPREF_EXISTS":
                return self._joined(self.read(argument[1]), self.read(argument[2] or ()))
        return self._character(_letters(op, argument, self.sample))

    def _repeated(self, op: str, least: int, most: Any, items: Iterable[tuple[Any, Any]]) -> _Part:
        part = self.read(items)
        if op != "POSSESSIVE_REPEAT" and int(most) > FEW:
            self.follow.update((a, b) for a in part.last for b in part.first)
        return _Part(part.first, part.last, part.empty or least == 0)

    def _character(self, letters: Letters) -> _Part:
        self.letters.append(letters)
        here = frozenset((len(self.letters) - 1,))
        return _Part(here, here, empty=False)


def _nested(items: Iterable[Any], *, inside: bool = False) -> bool:
    """Whether something with more than one way to match stands in a repeat: all others are harmless, and most are others."""
    for item in items:
        op = str(item[0]) if isinstance(item, tuple) and item else ""
        if inside and (op == "BRANCH" or ("_REPEAT" in op and item[1][0] != item[1][1])):
            return True
        within = inside or ("_REPEAT" in op and int(item[1][1]) > FEW)
        if (isinstance(item, tuple | list) or hasattr(item, "data")) and _nested(getattr(item, "data", item), inside=within):
            return True
    return False


def _reached(start: int, after: dict[int, list[int]]) -> set[int]:
    seen: set[int] = set()
    waiting = [start]
    while waiting:
        for other in after[waiting.pop()]:
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return seen


def _named(items: Iterable[Any]) -> Iterator[str]:
    """The characters that a parsed pattern names, in either case."""
    for item in items:
        if isinstance(item, tuple) and len(item) == 2 and str(item[0]) in ("LITERAL", "NOT_LITERAL"):
            yield from {chr(item[1]).lower()[0], chr(item[1]).upper()[0], chr(item[1])}
        elif isinstance(item, tuple) and len(item) == 2 and str(item[0]) == "RANGE":
            yield from map(chr, item[1])
        elif isinstance(item, tuple | list) or hasattr(item, "data"):
            yield from _named(getattr(item, "data", item))


def _letters(op: str, argument: Any, sample: str) -> Letters:
    """The sample characters that one character of the pattern matches; a back reference may be any."""
    if op in ("ANY", "GROUPREF"):
        return (1 << len(sample)) - 1
    tests = argument if op == "IN" else [(op, argument)]
    negated = bool(tests) and str(tests[0][0]) == "NEGATE"
    return sum(
        1 << n
        for n, char in enumerate(sample)
        if any(_matches(str(kind), value, char) for kind, value in tests[negated:]) != negated
    )


def _matches(kind: str, value: Any, char: str) -> bool:
    codes = {ord(char), ord(char.lower()[0]), ord(char.upper()[0])}
    match kind:
        case "LITERAL":
            return value in codes
        case "NOT_LITERAL":
            return value not in codes
        case "RANGE":
            return any(value[0] <= code <= value[1] for code in codes)
    name = str(value)
    found = {"DIGIT": char.isdigit(), "SPACE": char.isspace(), "WORD": char.isalnum() or char == "_"}
    return found.get(name.rpartition("_")[2], True) != ("_NOT_" in name)
