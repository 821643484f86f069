"""Where words of the lexicons may begin, found in all of a document at once: which of them open windows, and that most
stretches of it lack most words, so that they need not be searched word by word.  Needs numpy.
"""

from __future__ import annotations

import marshal
import sys
from array import array
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from pii_guard import cache
from pii_guard.policy import probes
from pii_guard.policy import screen
from pii_guard.policy.literals import LONG
from pii_guard.policy.literals import required
from pii_guard.policy.plan import Plan
from pii_guard.policy.plan import plan_of
from pii_guard.policy.trigger import kinds
from pii_guard.records import dataclass
from pii_guard.records import field
from pii_guard.version import VERSION

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pii_guard.policy.codes import Codes
    from pii_guard.policy.values import RuleSet

    Bits = NDArray[np.uint64]
    Numbers = NDArray[np.uint16]
    Places = NDArray[np.intp]

COLUMN = 64  # tokens that have their bits in one number
LEAST = (1 << COLUMN) - 1
MOST = 4096  # sets of tokens that are kept
LENGTH = 3  # characters of a word that are looked for
FEWEST = "row", "document", "quiet"  # scopes whose rules name few: these are all in the first columns
FORMAT = "3"  # raise when what is kept in the cache changes
Kept = tuple[dict[str, int], bytes, list[bytes], list[bytes], bytes]  # numbers of tokens; heads; words by length; columns; kinds


class Sought:
    """Where words of the lexicons may begin in a text."""

    def __init__(self, ruleset: RuleSet, codes: Codes) -> None:
        import numpy as np

        self._table = _table(ruleset)
        pairs, singles = codes.look_up(self._table.pairs, self._table.singles)
        places = np.flatnonzero((pairs | singles) != 0)
        words = self._table.words(codes, places)
        some = np.flatnonzero((words[0] | words[1] | words[2]) != 0)  # of flags it takes a quarter of the time
        self._places, self._words = places.take(some), [each.take(some) for each in words]

    def triggers(self) -> tuple[Places, NDArray[np.uint8]]:
        """Where trigger words may begin, and the greatest kind of these."""
        import numpy as np

        one, two, more = map(self._table.kinds.take, self._words)
        kinds = np.maximum(np.maximum(one, two), more)
        some = np.flatnonzero(kinds != 0)
        return self._places.take(some), kinds.take(some)

    def absent(self, stretches: Sequence[tuple[int, int]], scope: str) -> list[frozenset[str]]:
        """Of each stretch of the text, the tokens (plan.py) named by rules of the scope without a word that begins there."""
        import numpy as np

        edges = self._places.searchsorted(np.array(stretches, np.intp).ravel())
        first, counts = edges[::2], edges[1::2] - edges[::2]
        starts = np.cumsum(counts) - counts
        inside = np.arange(counts.sum()) + np.repeat(first - starts, counts)
        words = [each.take(inside) for each in self._words]
        named = self._table.scopes[scope]
        there: list[list[int]] = []
        for number, mask in named.masks.items():
            one, two, more = map(self._table.columns[number].take, words)
            bits = np.append(one | two | more, np.uint64(0))  # one more: the last stretch may have none
            found = np.bitwise_or.reduceat(bits, starts) & np.uint64(mask)
            found[counts == 0] = 0
            there.append(found.tolist())
        return list(map(named.absent, zip(*there, strict=True))) if there else [frozenset()] * len(stretches)

    def begins(self, start: int, end: int) -> list[int] | None:
        """Where words may begin in that stretch, counted from its start; None where that cannot be told of all words."""
        if not self._table.whole:
            return None
        first, last = self._places.searchsorted((start, end))
        begins: list[int] = (self._places[first:last] - start).tolist()
        return begins


@dataclass(frozen=True, slots=True)
class _Scope:
    """The tokens that rules of a scope name, as far as codes can tell their words, and their bits by column."""

    names: Sequence[Mapping[int, str]]  # of each mask the token of each of its bits
    masks: Mapping[int, int]
    every: frozenset[str]
    known: dict[tuple[int, ...], frozenset[str]] = field(default_factory=dict)  # stretches are much alike

    def absent(self, there: tuple[int, ...]) -> frozenset[str]:
        """The tokens whose bits are not there."""
        if there not in self.known:
            if len(self.known) >= MOST:
                self.known.clear()
            self.known[there] = self.every.difference(self._named(there))
        return self.known[there]

    def _named(self, there: tuple[int, ...]) -> Iterator[str]:
        """The tokens whose bits are there: few."""
        for names, bits in zip(self.names, there, strict=True):
            left = bits
            while left:
                yield names[left & -left]
                left &= left - 1


@dataclass(frozen=True, slots=True)
class _Table:
    """How words begin: whether one does, by the hash of two characters and by one; by number, 0 where none does, the words
    of one character, those of two by their hash, and longer ones by the hash of three.  `columns`: the bits of the
    tokens with such a word, `kinds`: the kind of trigger it is; `whole`: all lexicons have a bit.
    """

    pairs: NDArray[np.uint8]
    singles: NDArray[np.uint8]
    lengths: Sequence[Numbers]
    columns: Sequence[Bits]
    kinds: NDArray[np.uint8]
    scopes: Mapping[str, _Scope]
    whole: bool

    def words(self, codes: Codes, places: Places) -> list[Numbers]:
        """The numbers of the words of one, two and more characters that begin at these places."""
        pairs = codes.hashes.take(places)
        triples = screen.hash_on(pairs, codes.codes.take(places + 2, mode="clip"))
        one, two, more = self.lengths
        return [one.take(codes.codes.take(places)), two.take(pairs), more.take(triples)]


@lru_cache(maxsize=8)
def _table(ruleset: RuleSet) -> _Table:
    import numpy as np

    plan = plan_of(ruleset)
    numbers, heads, words, columns, kinds = _kept(plan) if ruleset.key else _made(plan)
    singles, *lengths = (np.zeros(size, np.uint16) for size in (screen.PLANE, screen.SIZE, screen.SIZE))
    first = 1
    for table, places in zip((singles, *lengths), words, strict=True):
        at = np.frombuffer(places, np.uint32)
        table[at] = np.arange(first, first + len(at))
        first += len(at)
    pairs = np.zeros(screen.SIZE, np.uint8)
    pairs[np.frombuffer(heads, np.uint32)] = 1
    return _Table(
        pairs,
        (singles != 0).astype(np.uint8),
        (singles, *lengths),
        [np.frombuffer(column, np.uint64) for column in columns],
        np.frombuffer(kinds, np.uint8),
        {scope: _scope(numbers, _named(plan, scope)) for scope in plan.rules},
        all(f"w:{name}" in numbers for name in plan.lexicons),
    )


def _kept(plan: Plan) -> Kept:
    """The same as `_made`, kept in the cache: hashing thousands of words takes milliseconds of every start."""
    name = cache.name("sought", FORMAT, VERSION, sys.version, plan.ruleset.key)
    known: Kept = marshal.loads(cache.kept(name, lambda: marshal.dumps(_made(plan))))  # noqa: S302 - ours, as a `.pyc` is
    return known


def _made(plan: Plan) -> Kept:
    """All words by length and hash, with the bits of the tokens that they are of and their kinds of triggers."""
    words_of = _words(plan)
    numbers = _numbers(plan, words_of)
    bits: list[dict[int, int]] = [{} for _ in range(LENGTH)]
    kind_of = {word[:LENGTH]: kind for kind, group in kinds(plan.triggers) for word in group}  # rising: the greatest stays
    kinds_of: list[dict[int, int]] = [{} for _ in range(LENGTH)]
    for token, words in words_of.items():
        bit = 1 << numbers[token] if token in numbers else 0
        for word in {word[:LENGTH] for word in words}:
            place = _place(word)
            if place < screen.SIZE:
                of, kind = bits[len(word) - 1], kinds_of[len(word) - 1]
                of[place] = of.get(place, 0) | bit
                kind[place] = max(kind.get(place, 0), kind_of.get(word, 0))
    every = [0, *(each for of in bits for each in of.values())]
    return (
        numbers,
        array("I", {_place(word[:2]) for words in words_of.values() for word in words if len(word) > 1}).tobytes(),
        [array("I", of).tobytes() for of in bits],
        [array("Q", [each >> at & LEAST for each in every]).tobytes() for at in range(0, len(numbers), COLUMN)],
        bytes([0, *(each for of in kinds_of for each in of.values())]),
    )


def _place(word: str) -> int:
    """The place of a word, of what it begins with, in the table of its length; none beyond the basic plane has one."""
    if len(word) > 1:
        return screen.hash_of(word)
    return ord(word) if ord(word) < screen.PLANE else screen.SIZE


def _words(plan: Plan) -> dict[str, tuple[str, ...]]:
    """The words of each token: one of them stands where what it is of may be found."""
    wording = {token for scope in plan.rules for token in _named(plan, scope)}
    of: dict[str, tuple[str, ...]] = {f"w:{name}": words for name, words in plan.lexicons.items()}
    of |= {token: probes.needs(token[2:]) for token in wording if token.startswith("p:")}
    return of | {token: _literals(token[2:]) for token in wording if token.startswith("l:")}


def _literals(source: str) -> tuple[str, ...]:
    """What begins or ends each match of a pattern, or stands in it; nothing where that would tell little."""
    found: set[str] = set()
    for groups in required(source):
        telling = [group for group in groups if all(map(_tells, group))]
        if not telling:
            return ()
        found |= min(telling, key=len)
    return tuple(sorted(found))


def _tells(literal: str) -> bool:
    """Whether few texts hold it, and in one way only: `re` takes an s for ſ as well, and an i for ı."""
    seldom = len(literal) > 1 or not literal.isalnum()
    return literal != LONG and seldom and "s" not in literal and "i" not in literal


def _numbers(plan: Plan, words_of: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The numbers of the tokens whose words codes can tell, those of the scopes of few first."""
    letters = {token: set("".join(words)) for token, words in words_of.items() if words}
    plain = set(filter(_plain, set().union(*letters.values())))
    first = [token for scope in FEWEST if scope in plan.rules for token in sorted(_named(plan, scope))]
    order = [token for token in dict.fromkeys((*first, *letters)) if token in letters and letters[token] <= plain]
    return {token: number for number, token in enumerate(order)}


def _scope(numbers: Mapping[str, int], named: set[str]) -> _Scope:
    names: dict[int, dict[int, str]] = {}
    known = {name: numbers[name] for name in named & numbers.keys()}
    for name, number in known.items():
        names.setdefault(number // COLUMN, {})[1 << number % COLUMN] = name
    return _Scope(tuple(names.values()), {column: sum(of) for column, of in names.items()}, frozenset(known))


def _named(plan: Plan, scope: str) -> set[str]:
    """The tokens of the wording that rules of the scope need, and of all lexicons that they name."""
    named = set(plan.rules[scope].wording)
    waiting = [condition for rule, *_ in plan.rules[scope].entries for condition in (rule.when, *(step.when for step in rule.ladder))]
    while waiting:
        condition = waiting.pop()
        waiting += condition.parts
        if condition.kind in ("words", "near", "lacks"):
            named.update(f"w:{name}" for name in condition.names)
    return named


def _plain(char: str) -> bool:
    """Whether the codes of a text hold the character as its folded text does: no capitals but those of ASCII."""
    return ord(char) < screen.PLANE and (char.isascii() or char.lower() == char.upper())
