"""Places: lines and columns of offsets, and maps from a derived text back to its source."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from collections.abc import Sequence
from itertools import accumulate

from pii_guard.model import Anchor
from pii_guard.model import Edit
from pii_guard.model import Hit
from pii_guard.model import Place
from pii_guard.model import Utf8


class LineCursor:
    """Line and column of rising offsets: each character is looked at once, also on one giant line."""

    __slots__ = ("_at", "_base", "_begin", "_first", "_line", "_text")

    def __init__(self, text: str, line: int = 1, column: int = 1) -> None:
        self._text, self._first = text, (line, column)
        self._line, self._base = line, column
        self._at = self._begin = 0

    def position(self, at: int) -> tuple[int, int]:
        """Line and column of text[at]; a falling offset is answered by starting again."""
        if at < self._begin:
            self._line, self._base = self._first
            self._at = self._begin = 0
        if at > self._at:
            breaks = self._text.count("\n", self._at, at)
            if breaks:
                self._line, self._base = self._line + breaks, 1
                self._begin = self._text.rindex("\n", self._at, at) + 1
            self._at = at
        return self._line, at - self._begin + self._base

    def span(self, start: int, end: int) -> tuple[int, int, int, int]:
        """Line and column of text[start], line and column behind text[start:end]."""
        line, column = self.position(start)
        if self._text.find("\n", start, end) < 0:
            return line, column, line, column + end - start
        return line, column, *self.position(end)


def spans(utf8: Utf8 | None, first: tuple[int, int], hits: Sequence[Hit]) -> Iterator[tuple[int, int, int, int]] | None:
    """The same as `LineCursor.span` of all hits at once; None where the text's layout is not at hand."""
    if utf8 is None or utf8.layout is None:
        return None
    lines, columns = utf8.layout.positions([h.start for h in hits], *first)
    return zip(lines, columns, *utf8.layout.positions([h.end for h in hits], *first), strict=True)


class LineTable:
    """Line and column of offsets in any order: the line starts are listed at the first question."""

    __slots__ = ("_first", "_starts", "_text")

    def __init__(self, text: str, line: int = 1, column: int = 1) -> None:
        self._text, self._first = text, (line, column)
        self._starts: list[int] | None = None

    def position(self, at: int) -> tuple[int, int]:
        """Line and column of text[at]."""
        if self._starts is None:
            self._starts = [0, *accumulate(len(part) + 1 for part in self._text.split("\n"))]
            self._starts.pop()
        row = bisect_right(self._starts, at) - 1
        line, column = self._first
        return line + row, at - self._starts[row] + (1 if row else column)


class TextLocator:
    """Places of a text that stands in its document as it is, from character `offset` on.

    `owns`: hits that start in this range are this block's; the others its neighbour sees whole.
    """

    __slots__ = ("_anchor", "_first", "_lines", "_offset", "_utf8", "owns")

    def __init__(
        self,
        text: str,
        offset: int = 0,
        line: int = 1,
        column: int = 1,
        *,
        anchor: Anchor | None = None,
        owns: tuple[int, int] | None = None,
        utf8: Utf8 | None = None,
    ) -> None:
        self._lines, self._offset = LineCursor(text, line, column), offset
        self._utf8, self._first = utf8, (line, column)
        self._anchor = anchor or Anchor()
        self.owns = owns or (0, len(text))

    def locate(self, start: int, end: int) -> Place:
        """The place of text[start:end]."""
        base = self._offset
        return Place(start + base, end + base, *self._lines.span(start, end), self._anchor)

    def places(self, hits: Sequence[Hit]) -> Iterator[tuple[int, int, int, int, int, int, Anchor]] | None:
        """The places of all hits of a large text."""
        lines = spans(self._utf8, self._first, hits)
        if lines is None:
            return None
        base, anchor = self._offset, self._anchor
        return ((h[0] + base, h[1] + base, *at, anchor) for h, at in zip(hits, lines, strict=True))

    def source_edits(self, edit: Edit) -> tuple[Edit]:
        """The same edit in characters of the document."""
        return (Edit(edit.start + self._offset, edit.end + self._offset, edit.replacement),)


class Pieces:
    """A text put together from pieces of a source, with the way back.

    A piece is copied as it is (as many characters as in the source) or stands for its whole source range.
    """

    __slots__ = ("_at", "_length", "_parts", "_starts", "_whole")

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._at: list[int] = []  # where a piece starts in the new text
        self._starts: list[int] = []  # and in the source
        self._whole: list[int] = []  # end in the source of a piece that is one unit, -1 of a copied one
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def copy(self, text: str, start: int) -> None:
        """Text that stands in the source from `start` on, character for character."""
        self._add(text, start, -1)

    def stand_in(self, text: str, start: int, end: int) -> None:
        """Text that stands for source[start:end] as one unit."""
        self._add(text, start, end)

    def append(self, other: Pieces) -> None:
        """Another text with its own way back, after this one."""
        self._parts.extend(other._parts)
        self._at.extend(at + self._length for at in other._at)
        self._starts.extend(other._starts)
        self._whole.extend(other._whole)
        self._length += other._length

    def _add(self, text: str, start: int, whole: int) -> None:
        if not text:
            return
        self._parts.append(text)
        self._at.append(self._length)
        self._starts.append(start)
        self._whole.append(whole)
        self._length += len(text)

    def text(self) -> str:
        """The pieces together."""
        if len(self._parts) > 1:
            self._parts = ["".join(self._parts)]
        return self._parts[0] if self._parts else ""

    def source_start(self, at: int) -> int:
        """Where in the source the character text[at] starts."""
        piece = bisect_right(self._at, at) - 1
        if piece < 0:
            return 0
        start = self._starts[piece]
        return start if self._whole[piece] >= 0 else start + at - self._at[piece]

    def source_end(self, at: int) -> int:
        """Where in the source the character text[at] ends."""
        piece = bisect_right(self._at, at) - 1
        if piece < 0:
            return 0
        whole = self._whole[piece]
        return whole if whole >= 0 else self._starts[piece] + at - self._at[piece] + 1

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source range of text[start:end]."""
        first = self.source_start(start)
        return first, self.source_end(end - 1) if end > start else first

    def spans(self, start: int, end: int) -> list[tuple[int, int]]:
        """The source ranges of text[start:end], one for each run of neighbouring pieces."""
        runs: list[tuple[int, int]] = []
        piece = max(0, bisect_right(self._at, start) - 1)
        while piece < len(self._at) and self._at[piece] < end:
            after = self._at[piece + 1] if piece + 1 < len(self._at) else self._length
            low, high = max(start, self._at[piece]), min(end, after)
            run = self.source_start(low), self.source_end(high - 1)
            if runs and runs[-1][1] == run[0]:
                run = runs.pop()[0], run[1]
            runs.append(run)
            piece += 1
        return runs
