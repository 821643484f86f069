"""The name network, by the engine that is cheaper for the amount of text."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache

from pii_guard.detect.person.plain import Evidence
from pii_guard.detect.person.plain import evidence as plainly
from pii_guard.detect.single_thread import loads
from pii_guard.records import dataclass

FEW = 60  # characters in all; importing numpy costs as much as the plain engine needs for half of these


@dataclass(slots=True)
class _Allowance:
    """How many characters this process still reads without numpy: a service imports it after some messages."""

    left: int = FEW

    def covers(self, size: int) -> bool:
        """Whether so many more may be read; takes them off."""
        self.left -= size
        return self.left >= 0


@cache
def _allowance() -> _Allowance:
    return _Allowance()


def evidence(windows: Sequence[str]) -> list[Evidence]:
    """What each character of each window says; both engines say the same."""
    distinct = list(dict.fromkeys(windows))
    few = "numpy" not in sys.modules and _allowance().covers(sum(map(len, distinct)))
    if few or not loads("numpy"):
        found = plainly(distinct)
    else:
        from pii_guard.detect.person.batched import evidence as together

        found = together(distinct)
    by_window = dict(zip(distinct, found, strict=True))
    return [by_window[w] for w in windows]
