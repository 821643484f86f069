"""Which messages of a conversation the conduct rules need to be asked about: a necessary condition of each rule, held
against all messages at once with numpy.

A rule's phrases become groups of literals (literals.py).  Each group has a bit; one table look-up for every pair of
characters gives the bits of each message, and the rule's own and-or-before tree is worked out on rows of bits.
"""

from __future__ import annotations

import marshal
import re
import sys
from collections.abc import Mapping
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from pii_guard import cache
from pii_guard.patterns import lazy
from pii_guard.policy import screen
from pii_guard.policy.literals import LONG
from pii_guard.policy.literals import RUN
from pii_guard.policy.literals import Group
from pii_guard.policy.literals import required
from pii_guard.policy.trigger import folded_codes
from pii_guard.policy.values import Condition
from pii_guard.policy.values import Rule
from pii_guard.policy.values import RuleSet
from pii_guard.records import dataclass
from pii_guard.text import roles
from pii_guard.version import VERSION

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Bits = NDArray[np.uint64]

TAIL = 40  # characters at the end of a message of digits
_DIGITS = lazy(r"(?:.*[:：\n])?\s*[0-9][0-9 -]{2,22}[Xx]?[。,，.]?\s*", re.DOTALL)
Alternatives = tuple[tuple[Group, ...], ...]
WORD = 64  # groups of one table
HEAD = 30  # characters of a message in which its speaker is named
ROLES = {  # in brackets: one group of all their words; 客户 in 客户经理 would be found in every customer's name
    "agent": f"({roles.AGENT.replace('客户经理', '户经理')})",
    "customer": f"({roles.CUSTOMER})",
    "third_party": f"({roles.THIRD_PARTY})",
}
SPLIT = frozenset(("RESIDENT_ID", "BANK_CARD"))  # may be split over messages


@dataclass(frozen=True, slots=True)
class Messages:
    """Messages that stand one after another in a text: where they begin, the types found in each.

    `roles`: who speaks each, where that is known; else the words of a role are looked for where messages begin.
    """

    text: str
    starts: Sequence[int]
    types: Mapping[int, frozenset[str]]
    roles: Sequence[str | None] = ()


@dataclass(frozen=True, slots=True)
class _Tables:
    """For every WORD groups their bits by the hash of two characters, and by one; and where there are any."""

    bits: list[tuple[NDArray[np.uint64], NDArray[np.uint64]]]
    pairs_any: Flags
    singles_any: Flags


def asked(ruleset: RuleSet, messages: Messages) -> dict[int, set[str]]:
    """The messages, rising, at which conduct rules may hold, and the ids of these rules."""
    import numpy as np

    view, rules = _View(ruleset, messages), conduct(ruleset)
    table = np.ones((len(rules), len(messages.starts)), bool)
    for number, rule in enumerate(rules):
        if (flags := view.flags(rule.when)) is not None:
            table[number] = flags
        if rule.annotation:  # said of findings only
            table[number] &= view.found()
    found: dict[int, set[str]] = {}
    for message, number in zip(*(places.tolist() for places in np.nonzero(table.T)), strict=True):
        found.setdefault(message, set()).add(rules[number].id)
    return found


def conduct(ruleset: RuleSet) -> list[Rule]:
    """The rules of conduct in force."""
    return [rule for rule in ruleset.rules if rule.enabled and rule.family == "conduct"]


class _View:
    """Rows of flags, one flag a message."""

    def __init__(self, ruleset: RuleSet, messages: Messages) -> None:
        self._messages, self._required, self._groups = messages, _required(ruleset), _numbered(ruleset)
        codes = folded_codes(messages.text + "\n")
        self._bits, self._heads = _bits(ruleset, messages.starts, codes)
        self._digits = _digits(messages, codes)
        self._roles: dict[str, Flags] = {}

    def flags(self, condition: Condition) -> Flags | None:
        """Where the condition may hold; None: anywhere."""
        import numpy as np

        match condition.kind:
            case "all":
                known = [f for part in condition.parts if (f := self.flags(part)) is not None]
                return np.logical_and.reduce(known) if known else None
            case "any":
                return _either([self.flags(part) for part in condition.parts])
            case "phrase":
                return _either([self._phrase(source) for source in condition.names])
            case "entity" | "cited":
                return self._typed(frozenset(condition.names))
            case "before":
                said = [self.flags(condition.parts[0]), self._spoken(condition.names)]
                known = [flags for flags in said if flags is not None]
                return _later(np.logical_and.reduce(known), condition.within) if known else None
            case "role":
                return self._spoken(condition.names)
        return None

    def found(self) -> Flags:
        """Where something is found."""
        import numpy as np

        flags = np.zeros(len(self._messages.starts), bool)
        flags[list(self._messages.types)] = True
        return flags

    def _spoken(self, who: Sequence[str]) -> Flags | None:
        """Where one of these may speak."""
        import numpy as np

        if self._messages.roles:
            return np.isin(np.asarray(self._messages.roles, object).astype(str), list(who)) if who else None
        return _either([self._headed(self._required[ROLES[role]][0][0]) for role in who if role in ROLES])

    def _headed(self, group: Group) -> Flags:
        import numpy as np

        number = self._groups[group]
        found: Flags = (self._heads[number // WORD] >> np.uint64(number % WORD)) & np.uint64(1) != 0
        return found

    def _phrase(self, source: str) -> Flags | None:
        return _either([self._all_of(groups) for groups in self._required[source]])

    def _all_of(self, groups: Sequence[Group]) -> Flags | None:
        import numpy as np

        each = [self._group(self._groups[group]) for group in groups]
        return np.logical_and.reduce(each) if each else None

    def _group(self, number: int) -> Flags:
        import numpy as np

        found: Flags = (self._bits[number // WORD] >> np.uint64(number % WORD)) & np.uint64(1) != 0
        return found

    def _typed(self, names: frozenset[str]) -> Flags:
        import numpy as np

        flags = np.zeros(len(self._messages.starts), bool)
        flags[[n for n, types in self._messages.types.items() if types & names]] = True
        if names & SPLIT:
            flags[self._digits] = True
        return flags


def _either(each: Sequence[Flags | None]) -> Flags | None:
    import numpy as np

    known = [flags for flags in each if flags is not None]
    return np.logical_or.reduce(known) if known and len(known) == len(each) else None


def _later(flags: Flags, within: int) -> Flags:
    """Messages up to `within` after one that is flagged."""
    import numpy as np

    found = np.zeros(len(flags), bool)
    for step in range(1, min(within, len(flags) - 1) + 1):
        found[step:] |= flags[:-step]
    return found


@lru_cache(maxsize=8)
def _required(ruleset: RuleSet) -> Mapping[str, Alternatives]:
    """`required` of every pattern; kept in the cache, as reading patterns takes milliseconds of every start."""
    name = cache.name("alternatives", VERSION, sys.version, ruleset.key)
    if ruleset.key and (stored := cache.read(name)) is not None:
        known: Mapping[str, Alternatives] = marshal.loads(stored)  # noqa: S302 - ours, as a `.pyc` is
        return known
    sources = [*ROLES.values(), *(source for rule in conduct(ruleset) for source in _sources(rule.when))]
    found = {source: required(source) for source in sources}
    if ruleset.key:
        cache.write(name, marshal.dumps(found))
    return found


@lru_cache(maxsize=8)
def _numbered(ruleset: RuleSet) -> Mapping[Group, int]:
    groups = dict.fromkeys(group for of in _required(ruleset).values() for groups in of for group in groups)
    return {group: number for number, group in enumerate(groups)}


def _sources(condition: Condition) -> list[str]:
    if condition.kind == "phrase":
        return list(condition.names)
    if condition.kind not in ("all", "any", "before"):
        return []
    return [source for part in condition.parts for source in _sources(part)]


@lru_cache(maxsize=8)
def _tables(ruleset: RuleSet) -> _Tables:
    import numpy as np

    groups = _numbered(ruleset)
    tables = [
        (np.zeros(screen.SIZE, np.uint64), np.zeros(screen.PLANE, np.uint64))
        for _ in range(len(groups) // WORD + 1)
    ]
    for group, number in groups.items():
        pairs, singles = tables[number // WORD]
        bit = np.uint64(1 << number % WORD)
        for word in group:
            if len(word) == 1:
                singles[min(ord(word), screen.PLANE - 1)] |= bit
            else:
                pairs[screen.hash_of(word)] |= bit
    some = [np.logical_or.reduce([table[which] != 0 for table in tables]) for which in (0, 1)]
    return _Tables(tables, *some)


def _bits(ruleset: RuleSet, begins: Sequence[int], codes: NDArray[np.uint16]) -> tuple[list[Bits], list[Bits]]:
    """The bits of the groups that each message holds a literal of, and that its first HEAD characters hold one of."""
    import numpy as np

    hashes = screen.hashed(codes)
    starts = np.asarray(begins, np.intp)
    bounds = np.empty(2 * len(starts), np.intp)
    bounds[::2] = starts
    bounds[1::2] = np.minimum(starts + HEAD, np.append(starts[1:], len(codes) - 1) - 1)
    tables = _tables(ruleset)
    long = _runs(codes)
    places = np.flatnonzero(tables.pairs_any[hashes] | tables.singles_any[codes[:-1]] | long)
    first, hashes, codes = np.searchsorted(places, bounds), hashes[places], codes[places]
    empty = first == np.append(first[1:], len(places))
    runs = np.flatnonzero(long[places])
    heads: list[Bits] = []
    wholes: list[Bits] = []
    for pairs, singles in tables.bits:
        bits = np.append(pairs[hashes] | singles[codes], np.uint64(0))
        bits[runs] |= singles[ord(LONG)]
        found: Bits = np.bitwise_or.reduceat(bits, first)
        found[empty] = 0
        heads.append(found[::2])
        wholes.append(found[::2] | found[1::2])
    return wholes, heads


def _runs(codes: NDArray[np.uint16]) -> Flags:
    """Where RUN digits begin."""
    import numpy as np

    digits = np.append(0, np.cumsum((codes >= ord("0")) & (codes <= ord("9")), dtype=np.int32))
    flags = np.zeros(len(codes) - 1, bool)
    flags[: max(0, len(digits) - RUN)] = (digits[RUN:] - digits[:-RUN] == RUN)[: len(flags)]
    return flags


def _digits(messages: Messages, codes: NDArray[np.uint16]) -> list[int]:
    """Messages of nothing but digits behind their header: perhaps part of a number."""
    import numpy as np

    ends = np.append(np.asarray(messages.starts[1:], np.intp), len(messages.text))
    near = np.stack([codes[np.maximum(ends - back, 0)] for back in range(1, 5)])
    likely = np.flatnonzero((((near >= ord("0")) & (near <= ord("9"))) | (near == ord("x"))).any(axis=0))
    return [n for n in likely.tolist() if _DIGITS.fullmatch(messages.text, max(0, int(ends[n]) - TAIL), int(ends[n]))]
