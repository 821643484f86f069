"""Cells joined into one text: from an offset in it to the cell and its place in the document.

Only a cell that holds a hit is looked up in the source; the others cost nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from types import MappingProxyType

from pii_guard.model import CELL_BREAK
from pii_guard.model import Anchor
from pii_guard.model import Edit
from pii_guard.model import Place
from pii_guard.records import dataclass
from pii_guard.text.offsets import LineTable
from pii_guard.text.offsets import Pieces


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the way from its value to the block it stands in, and how a new value is written there."""

    pieces: Pieces
    anchor: Anchor
    escape: Callable[[str, bool], str]  # the new value; whether it replaces the whole cell


def joined(values: Sequence[str]) -> str:
    """Cells as one text; a CELL_BREAK inside a cell becomes a space."""
    text = CELL_BREAK.join(values)
    if text.count(CELL_BREAK) >= max(1, len(values)):
        text = CELL_BREAK.join(value.replace(CELL_BREAK, " ") for value in values)
    return text


_NOTHING: Mapping[int, str] = MappingProxyType({})


class CellsLocator:
    """Places of joined cells; `cell(n)` finds the n-th one in the source."""

    __slots__ = ("_at", "_begin", "_cell", "_index", "_known", "_lines", "_offset", "_text", "asked", "order")

    def __init__(
        self,
        text: str,
        lines: LineTable,
        offset: int,
        cell: Callable[[int], Cell],
        order: Sequence[tuple[int, int]] = (),
        asked: Mapping[int, str] = _NOTHING,
    ) -> None:
        """`order`: of each cell its record and its place there, where that tells which was said first; `asked`: what
        another speaker asked right before a cell that may answer it."""
        self.order, self.asked = order, asked
        self._text, self._lines, self._offset, self._cell = text, lines, offset, cell
        self._at = self._begin = self._index = 0
        self._known: tuple[int, Cell] | None = None

    def locate(self, start: int, end: int) -> Place:
        """The place of text[start:end]."""
        cell, begin = self._find(start)
        first, last = cell.pieces.span(start - begin, min(end - begin, len(cell.pieces)))
        line, column = self._lines.position(first)
        end_line, end_column = self._lines.position(last)
        return Place(
            first + self._offset, last + self._offset, line, column, end_line, end_column, cell.anchor
        )

    def source_edits(self, edit: Edit) -> Iterator[Edit]:
        """The first piece of the value takes the replacement, markup between its pieces stays."""
        cell, begin = self._find(edit.start)
        whole = edit.end - edit.start == len(cell.pieces)
        text = cell.escape(edit.replacement, whole)
        for start, end in cell.pieces.spans(edit.start - begin, edit.end - begin):
            yield Edit(start + self._offset, end + self._offset, text)
            text = ""

    def _find(self, at: int) -> tuple[Cell, int]:
        """The cell at an offset of the joined text, and where it begins."""
        if at < self._begin:
            self._at = self._begin = self._index = 0
        if at > self._at:
            breaks = self._text.count(CELL_BREAK, self._at, at)
            if breaks:
                self._index += breaks
                self._begin = self._text.rindex(CELL_BREAK, self._at, at) + 1
            self._at = at
        if self._known is None or self._known[0] != self._index:
            self._known = self._index, self._cell(self._index)
        return self._known[1], self._begin


def with_role(anchor: Anchor, role: str | None) -> Anchor:
    """The anchor with the speaker's role."""
    return anchor._replace(role=role) if role else anchor
