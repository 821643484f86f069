"""Which lexicons have no word near a row of findings: looked for in all of a document at once, so that most rows need
not be searched word by word.  Needs numpy.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING

from pii_guard.policy import screen
from pii_guard.policy.plan import plan_of
from pii_guard.records import dataclass

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pii_guard.policy.codes import Codes
    from pii_guard.policy.values import RuleSet

MOST = 16  # lexicons, one bit each; those of a user's further rules are searched for row by row


class Sought:
    """Where words of the rows' lexicons may begin in a text."""

    def __init__(self, ruleset: RuleSet, codes: Codes) -> None:
        import numpy as np

        self._table = _table(ruleset)
        pairs, singles = codes.look_up(self._table.pairs, self._table.singles)
        bits = pairs | singles
        places = np.flatnonzero(bits != 0)
        self._places: list[int] = places.tolist()
        self._bits: list[int] = bits[places].tolist()
        self._absent: dict[int, frozenset[str]] = {}  # by bits: rows are much alike

    def absent(self, start: int, end: int) -> frozenset[str]:
        """The lexicons without a word that begins in text[start:end]."""
        there = 0
        for bits in self._bits[bisect_left(self._places, start) : bisect_left(self._places, end)]:
            there |= bits
        if there not in self._absent:
            self._absent[there] = frozenset(name for number, name in enumerate(self._table.names) if not there >> number & 1)
        return self._absent[there]


@dataclass(frozen=True, slots=True)
class _Table:
    """Lexicons, and the bits of those with a word that begins so: by the hash of two characters, and by one."""

    names: list[str]
    pairs: NDArray[np.uint16]
    singles: NDArray[np.uint16]


@lru_cache(maxsize=8)
def _table(ruleset: RuleSet) -> _Table:
    import numpy as np

    lexicons = _of_rows(ruleset)
    table = _Table(list(lexicons), np.zeros(screen.SIZE, np.uint16), np.zeros(screen.PLANE, np.uint16))
    for number, words in enumerate(lexicons.values()):
        for word in words:
            rows, place = (table.singles, ord(word)) if len(word) == 1 else (table.pairs, screen.hash_of(word[:2]))
            rows[place] |= np.uint16(1 << number)
    return table


def _of_rows(ruleset: RuleSet) -> dict[str, tuple[str, ...]]:
    """The lexicons that rules of rows name, as far as codes can tell their words."""
    plan = plan_of(ruleset)
    names: set[str] = set()
    rules = [rule for rule, *_ in plan.rules["row"].entries] if "row" in plan.rules else []
    waiting = [condition for rule in rules for condition in (rule.when, *(step.when for step in rule.ladder))]
    while waiting:
        condition = waiting.pop()
        waiting += condition.parts
        if condition.kind in ("words", "near", "lacks"):
            names.update(condition.names)
    known = {name: plan.lexicons[name] for name in sorted(names) if name in plan.lexicons}
    return dict(islice(((name, words) for name, words in known.items() if all(map(_plain, words))), MOST))


def _plain(word: str) -> bool:
    """Whether the codes of a text hold the word as its folded text does: no capitals but those of ASCII."""
    return all(ord(c) < screen.PLANE and (c.isascii() or c.lower() == c.upper()) for c in word[:2])
