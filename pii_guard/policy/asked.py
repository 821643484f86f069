"""Which messages of a conversation the conduct rules need to be asked about: a necessary condition of each rule, held
against all messages at once with numpy.

A rule's phrases become groups of literals (literals.py).  Each group has a bit; one table look-up for every pair of
characters gives the bits of each message.  An alternative of a phrase is a mask that must be there, and the rule's own
and-or-before tree is worked out on rows of flags.
"""

from __future__ import annotations

import marshal
import re
import sys
from array import array
from collections.abc import Iterable
from collections.abc import Mapping
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from pii_guard import cache
from pii_guard.patterns import lazy
from pii_guard.policy import screen
from pii_guard.policy.codes import Codes
from pii_guard.policy.literals import LONG
from pii_guard.policy.literals import RUN
from pii_guard.policy.literals import Group
from pii_guard.policy.literals import required
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

NOTED = 100  # messages of a stretch at which a rule that only annotates is asked
TAIL = 40  # characters at the end of a message of digits
_DIGITS = lazy(r"(?:.*[:：\n])?\s*[0-9][0-9 -]{2,22}[Xx]?[。,，.]?\s*", re.DOTALL)
Alternatives = tuple[tuple[Group, ...], ...]
Masks = tuple[tuple[int, int], ...]  # numbers of tables, and the bits that must be there
WORD = 64  # groups of one table
LEAST = (1 << WORD) - 1
FORMAT = "2"  # raise when what is kept in the cache changes
Kept = tuple[bytes, list[bytes], dict[str, tuple[Masks, ...]], dict[str, Masks]]
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
    `codes`: those of the text, where they are known.
    """

    text: str
    starts: Sequence[int]
    types: Mapping[int, frozenset[str]]
    roles: Sequence[str | None] = ()
    codes: Codes | None = None


@dataclass(frozen=True, slots=True)
class _Tables:
    """For every WORD groups their bits: a row for each pair of characters that a literal is made of, and for each one.

    `pairs`, `singles`: the row by the hash of two characters, and by a character; 0 where there is none.  The rows
    are few, so that they stay in the processor's cache.
    `masks`: of each pattern the alternatives, each as the bits of its groups; `roles`: those of how the words of a role
    begin.
    """

    pairs: NDArray[np.uint16]
    singles: NDArray[np.uint16]
    bits: list[Bits]
    masks: Mapping[str, tuple[Masks, ...]]
    roles: Mapping[str, Masks]


def asked(ruleset: RuleSet, messages: Messages) -> dict[int, set[str]]:
    """The messages, rising, at which conduct rules may hold, and the ids of these rules."""
    import numpy as np

    view, rules = _View(ruleset, messages), conduct(ruleset)
    table = np.ones((len(rules), len(messages.starts)), bool)
    for number, rule in enumerate(rules):
        if (flags := view.flags(rule.when)) is not None:
            table[number] = flags
        if rule.annotation:  # good practice is in every other message: some of it tells enough
            table[number, np.flatnonzero(table[number])[NOTED:]] = False
    some = np.flatnonzero(table.any(axis=0))
    found: dict[int, set[str]] = {}
    at, which = np.nonzero(table[:, some].T)
    for message, number in zip(some[at].tolist(), which.tolist(), strict=True):
        found.setdefault(message, set()).add(rules[number].id)
    return found


def conduct(ruleset: RuleSet) -> list[Rule]:
    """The rules of conduct in force."""
    return [rule for rule in ruleset.rules if rule.enabled and rule.family == "conduct"]


class _View:
    """Rows of flags, one flag a message."""

    def __init__(self, ruleset: RuleSet, messages: Messages) -> None:
        codes = Codes(messages.text) if messages.codes is None else messages.codes
        self._messages, self._tables = messages, _tables(ruleset)
        self._bits, self._heads = _bits(ruleset, messages.starts, codes)
        self._digits = _digits(messages, codes)

    def flags(self, condition: Condition) -> Flags | None:
        """Where the condition may hold; None: anywhere."""
        match condition.kind:
            case "all":
                return _both(self.flags(part) for part in condition.parts)
            case "any":
                return _either(self.flags(part) for part in condition.parts)
            case "phrase":
                return _either(self._phrase(source) for source in condition.names)
            case "entity" | "cited":
                return self._typed(frozenset(condition.names))
            case "before":
                said = _both((self.flags(condition.parts[0]), self._spoken(condition.names)))
                return None if said is None else _later(said, condition.within)
            case "role":
                return self._spoken(condition.names)
        return None

    def _spoken(self, who: Sequence[str]) -> Flags | None:
        """Where one of these may speak."""
        import numpy as np

        if self._messages.roles:
            return np.isin(np.asarray(self._messages.roles, object).astype(str), list(who)) if who else None
        return _either(_there([self._heads], self._tables.roles[role]) for role in who if role in ROLES)

    def _phrase(self, source: str) -> Flags | None:
        return _either(_there(self._bits, masks) for masks in self._tables.masks[source])

    def _typed(self, names: frozenset[str]) -> Flags:
        import numpy as np

        flags = np.zeros(len(self._messages.starts), bool)
        flags[[n for n, types in self._messages.types.items() if types & names]] = True
        if names & SPLIT:
            flags[self._digits] = True
        return flags


def _there(bits: Sequence[Bits], masks: Masks) -> Flags | None:
    """Where all bits of the masks are set; None where nothing is asked for."""
    import numpy as np

    return _both(bits[number] & np.uint64(mask) == np.uint64(mask) for number, mask in masks)


def _both(each: Iterable[Flags | None]) -> Flags | None:
    found: Flags | None = None
    for flags in each:
        if flags is not None:
            found = flags if found is None else found & flags
    return found


def _either(each: Iterable[Flags | None]) -> Flags | None:
    found: Flags | None = None
    for flags in each:
        if flags is None:
            return None
        found = flags if found is None else found | flags
    return found


def _later(flags: Flags, within: int) -> Flags:
    """Messages up to `within` after one that is flagged."""
    import numpy as np

    found = np.zeros(len(flags), bool)
    for step in range(1, min(within, len(flags) - 1) + 1):
        found[step:] |= flags[:-step]
    return found


def _required(ruleset: RuleSet) -> Mapping[str, Alternatives]:
    """`required` of every pattern."""
    sources = [*ROLES.values(), *(source for rule in conduct(ruleset) for source in _sources(rule.when))]
    return {source: required(source) for source in sources}


def _numbered(required_of: Mapping[str, Alternatives]) -> Mapping[Group, int]:
    groups = dict.fromkeys(group for of in required_of.values() for groups in of for group in groups)
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

    heads, columns, masks, spoken = _kept(ruleset) if ruleset.key else _made(ruleset)
    places, numbers = np.frombuffer(heads, np.uint32).reshape(2, -1)
    table = np.zeros(screen.SIZE + screen.PLANE, np.uint16)
    table[places] = numbers
    bits = [np.frombuffer(column, np.uint64) for column in columns]
    return _Tables(table[: screen.SIZE], table[screen.SIZE :], bits, masks, spoken)


def _kept(ruleset: RuleSet) -> Kept:
    """The same as `_made`, kept in the cache: reading patterns takes milliseconds of every start."""
    name = cache.name("conduct", FORMAT, VERSION, sys.version, ruleset.key)
    known: Kept = marshal.loads(cache.kept(name, lambda: marshal.dumps(_made(ruleset))))  # noqa: S302 - ours, as a `.pyc` is
    return known


def _made(ruleset: RuleSet) -> Kept:
    """Places of literals in the table and the numbers of their rows, the bits of these, and the masks."""
    required_of = _required(ruleset)
    groups = _numbered(required_of)
    rows: dict[int, int] = {}  # of each place the bits of all groups with a literal there, as one number
    for group, number in groups.items():
        for word in group:
            place = screen.SIZE + min(ord(word), screen.PLANE - 1) if len(word) == 1 else screen.hash_of(word)
            rows[place] = rows.get(place, 0) | 1 << number
    bits = [0, *rows.values()]
    return (
        array("I", [*rows, *range(1, len(bits))]).tobytes(),
        [array("Q", [row >> at & LEAST for row in bits]).tobytes() for at in range(0, len(groups), WORD)],
        {s: tuple(_masks([groups[g] for g in one]) for one in each) for s, each in required_of.items()},
        {role: _masks([groups[required_of[words][0][0]]]) for role, words in ROLES.items()},
    )


def _masks(numbers: Sequence[int]) -> Masks:
    """The bits of these groups, by table."""
    masks: dict[int, int] = {}
    for number in numbers:
        masks[number // WORD] = masks.get(number // WORD, 0) | 1 << number % WORD
    return tuple(masks.items())


def _bits(ruleset: RuleSet, begins: Sequence[int], codes: Codes) -> tuple[list[Bits], Bits]:
    """The bits of the groups that each message holds a literal of; those of roles that its first HEAD characters hold."""
    import numpy as np

    tables, size = _tables(ruleset), len(codes)
    both = np.stack(codes.look_up(tables.pairs, tables.singles), axis=1).ravel()  # of each place the row of two characters, and of one
    places = np.flatnonzero(both != 0)  # of flags it takes a quarter of the time
    rows = both.take(places).astype(np.intp)
    starts = np.asarray(begins, np.intp)
    first = places.searchsorted(2 * starts)
    heads = places.searchsorted(2 * np.minimum(starts + HEAD, np.append(starts[1:], size) - 1))
    long = _holding(starts, _runs(codes))
    bits = np.zeros(len(places) + 1, np.uint64)  # one more: a message may begin behind the last place
    spoken: Bits | None = None
    found: list[Bits] = []
    for table in tables.bits:
        table.take(rows, out=bits[:-1], mode="clip")
        if spoken is None:  # the words of roles are the first groups
            spoken = _joined(bits, np.stack((first, heads), axis=1).ravel())[::2]
        found.append(_joined(bits, first))
        if run := table[tables.singles[ord(LONG)]]:
            found[-1][long] |= run
    assert spoken is not None
    return found, spoken


def _holding(starts: NDArray[np.intp], places: NDArray[np.intp]) -> NDArray[np.intp]:
    """The messages that hold these places, each as often as it holds one."""
    numbers = starts.searchsorted(places, "right") - 1
    return numbers[numbers >= 0]


def _joined(bits: Bits, first: NDArray[np.intp]) -> Bits:
    """All bits of each stretch; the last ends with the bits."""
    import numpy as np

    found: Bits = np.bitwise_or.reduceat(bits, first)
    found[first == np.append(first[1:], len(bits) - 1)] = 0
    return found


def _runs(codes: Codes) -> NDArray[np.intp]:
    """Where RUN digits or more begin."""
    import numpy as np

    digits = codes.codes - np.uint16(ord("0")) <= 9  # unsigned numbers wrap, so all others are greater
    edges = np.flatnonzero(np.diff(digits, prepend=False))
    begins, ends = edges[::2], edges[1::2]
    return begins[ends - begins >= RUN]


def _digits(messages: Messages, codes: Codes) -> list[int]:
    """Messages of nothing but digits behind their header: perhaps part of a number."""
    import numpy as np

    ends = np.append(np.asarray(messages.starts[1:], np.intp), len(messages.text))
    near = np.stack([codes.codes.take(np.maximum(ends - back, 0)) for back in range(1, 5)])
    likely = np.flatnonzero((((near >= ord("0")) & (near <= ord("9"))) | (near == ord("x"))).any(axis=0))
    return [n for n in likely.tolist() if _DIGITS.fullmatch(messages.text, max(0, int(ends[n]) - TAIL), int(ends[n]))]
