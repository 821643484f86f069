"""What a report is made of: blocks that every output knows how to write.

`tone` is "", note, good or alarm.  A cell is text, a number, or a Badge: text in the colour of a severity.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pii_guard.report._terminal import plain


@dataclass(frozen=True, slots=True)
class Badge:
    """A word in the colour of a severity."""

    text: str
    severity: str


Cell = str | int | Badge


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Figures to be seen at a glance: (value, label, tone)."""

    items: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Bars:
    """How many of each: (label, number), the largest first."""

    caption: str
    columns: tuple[str, str]
    items: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Counts of `rows` by severity."""

    caption: str
    corner: str
    columns: tuple[Badge, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns; `shares` are the columns' widths in percent.  Pages show `most` rows and say so."""

    caption: str
    columns: tuple[str, ...]
    shares: tuple[int, ...]
    rows: Sequence[tuple[Cell, ...]]
    most: int = 40
    more: str = ""  # says, with the number filled in, that there are more


@dataclass(frozen=True, slots=True)
class Signatures:
    """Empty boxes to sign in: a row for every role."""

    columns: tuple[str, ...]
    roles: tuple[str, ...]


Block = Text | Facts | Bars | HeatMap | Table | Signatures


@dataclass(frozen=True, slots=True)
class Chapter:
    """A heading and what stands under it; a sheet of a workbook."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """The whole report."""

    title: str
    subtitle: str
    language: str
    footer: str
    chapters: tuple[Chapter, ...]


def shown(cell: Cell) -> str:
    """A cell as text without control characters."""
    return f"{cell:,}" if isinstance(cell, int) else plain(cell.text if isinstance(cell, Badge) else cell)


def heat_table(heat: HeatMap) -> Table:
    """A heat map as the table it is, for outputs that draw none."""
    columns = (heat.corner, *(badge.text for badge in heat.columns))
    rows: list[tuple[Cell, ...]] = [(label, *counts) for label, counts in heat.rows]
    return Table(heat.caption, columns, (50, *[10] * len(heat.columns)), rows, len(rows))


def bar_table(bars: Bars) -> Table:
    """Bars as a table."""
    return Table(bars.caption, bars.columns, (70, 30), bars.items, len(bars.items))
