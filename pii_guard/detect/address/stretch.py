"""The piece of text around a trigger that an address can fill, and what was read in it so far.

Several triggers share one stretch, and each place in it is read at most once: that keeps a text of nothing
but 路12号路12号 linear.
"""

from __future__ import annotations

from dataclasses import field

from pii_guard.detect.address.bounds import STOP
from pii_guard.detect.address.bounds import edges
from pii_guard.detect.address.bounds import without_lead
from pii_guard.detect.address.characters import fold
from pii_guard.detect.address.gazetteer import division
from pii_guard.detect.address.grammar import read
from pii_guard.detect.address.kinds import Token
from pii_guard.detect.address.weight import worth
from pii_guard.detect.address.wrapped import rejoined
from pii_guard.records import dataclass

REACH_LEFT, REACH_RIGHT, OVERLAP, AHEAD = 60, 360, 120, 3
SURE = 0.5


@dataclass(slots=True)
class Stretch:
    """Text [left, left + len(folded)) of a document; `limit` is where the next stretch has to begin."""

    text: str
    left: int
    limit: int
    folded: str
    starts: tuple[list[int], list[int]] | None = None
    tried: dict[int, tuple[int, float]] = field(default_factory=dict)
    barren: set[int] = field(default_factory=set)

    def readable(self, floor: int, here: int) -> list[int]:
        """Offsets where an address that reaches `here` may begin: divisions first."""
        lowest = max(floor, here - REACH_LEFT)
        if self.starts is None:
            self.starts = beginnings(self.folded)
        ranked = [i for group in self.starts for i in group if lowest <= i <= here + AHEAD]
        return ranked if floor <= here - REACH_LEFT or floor in ranked else [*ranked, floor]

    def address_from(self, start: int) -> tuple[int, float]:
        """Where the address that begins here ends, and its worth; remembered."""
        if start in self.barren:
            return start, 0.0
        if start not in self.tried:
            found = read(self.folded, start, len(self.folded))
            self.tried[start] = weighed(self.folded, start, found)
            if self.tried[start][1] < SURE:
                self.barren.update(token.start for token in found)
        return self.tried[start]


def weighed(folded: str, start: int, found: list[Token]) -> tuple[int, float]:
    """End and worth of the tokens, also when read across a line break."""
    end, score = (found[-1].end, worth(folded, found)) if found else (start, 0.0)
    if "\n" in folded[start : start + OVERLAP]:
        wrapped = rejoined(folded, start, end)
        if wrapped[1] >= SURE:
            return wrapped
    return end, score


def around(text: str, at: int, floor: int) -> Stretch:
    """The stretch of the trigger at text[at]."""
    left, right = edges(text, max(floor, at - REACH_LEFT), at, min(len(text), at + REACH_RIGHT))
    folded = fold(text[left:right])
    cut = right == at + REACH_RIGHT
    return Stretch(text, left, right - OVERLAP if cut else right, folded)


def beginnings(folded: str) -> tuple[list[int], list[int]]:
    """Where divisions stand, and what follows a word that no address contains."""
    divisions = [i for i in range(len(folded)) if division(folded, i, ())]
    others = {without_lead(folded, i) for i in (0, *(match.end() for match in STOP.finditer(folded)))}
    return divisions, sorted(others)
