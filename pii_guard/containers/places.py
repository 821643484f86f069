"""Places in documents that have no lines of their own: paragraphs count as lines."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from pii_guard.model import Anchor
from pii_guard.model import Locator
from pii_guard.model import Place


class PartLocator:
    """Places in a text of units (paragraphs, cells) that start at `starts`; the first has number `line`."""

    __slots__ = ("_anchor", "_line", "_starts")

    def __init__(self, anchor: Anchor, starts: Sequence[int] = (0,), line: int = 1) -> None:
        self._anchor, self._starts, self._line = anchor, starts, line

    def locate(self, start: int, end: int) -> Place:
        """The unit as line, the offset in it as column."""
        first, column = self._unit(start)
        last, end_column = self._unit(end)
        return Place(start, end, first, column, last, end_column, self._anchor)

    def _unit(self, at: int) -> tuple[int, int]:
        unit = max(0, bisect_right(self._starts, at) - 1)
        return self._line + unit, at - self._starts[unit] + 1


class CellLocator:
    """Places in joined cells of one column: the anchor names the row."""

    __slots__ = ("_anchor", "_rows", "_starts")

    def __init__(self, anchor: Anchor, starts: Sequence[int], rows: Sequence[int]) -> None:
        self._anchor, self._starts, self._rows = anchor, starts, rows

    def locate(self, start: int, end: int) -> Place:
        """The cell's row as line and in the anchor."""
        cell = max(0, bisect_right(self._starts, start) - 1)
        row, begin = self._rows[cell], self._starts[cell]
        anchor = self._anchor._replace(row=row)
        return Place(start, end, row, start - begin + 1, row, end - begin + 1, anchor)


class NestedLocator:
    """Places in a member of a document: the member's own, its name put in front."""

    def __init__(self, inner: Locator, member: str) -> None:
        self._inner, self._member = inner, member
        if hasattr(inner, "owns"):
            self.owns = inner.owns

    def locate(self, start: int, end: int) -> Place:
        """The place in the member."""
        place = self._inner.locate(start, end)
        part = f"{self._member}!/{place.anchor.part}" if place.anchor.part else self._member
        return place._replace(anchor=place.anchor._replace(part=part))
