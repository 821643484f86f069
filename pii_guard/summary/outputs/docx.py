"""A Word document with real headings and tables, for those who must comment on it, sign it and file it."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from pii_guard.summary.blocks import Badge
from pii_guard.summary.blocks import Bars
from pii_guard.summary.blocks import Block
from pii_guard.summary.blocks import Cell
from pii_guard.summary.blocks import Facts
from pii_guard.summary.blocks import HeatMap
from pii_guard.summary.blocks import Page
from pii_guard.summary.blocks import Signatures
from pii_guard.summary.blocks import Table
from pii_guard.summary.blocks import Text
from pii_guard.summary.blocks import bar_table
from pii_guard.summary.blocks import shown
from pii_guard.summary.outputs import _word

if TYPE_CHECKING:
    from docx.document import Document

TEXT = False
_SMALL = 6  # rows of a table that stays on one page
_FIRST = 2  # rows at the least before a page may end


def write(page: Page) -> bytes:
    """The document."""
    document = _word.blank(page.title, page.footer)
    document.add_heading(shown(page.title), 0)
    document.add_paragraph(shown(page.subtitle))
    for chapter in page.chapters:
        document.add_heading(shown(chapter.title), 1)
        signed = any(isinstance(block, Signatures) for block in chapter.blocks)
        for block in chapter.blocks:
            _block(document, block, keep=signed)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _block(document: Document, block: Block, *, keep: bool) -> None:
    """A block; `keep`: on the page of what follows, as a signature is of what it stands for."""
    if isinstance(block, Text):
        _word.paragraph(document, shown(block.text), block.tone, keep=keep)
    elif isinstance(block, Facts):
        _facts(document, block)
    elif isinstance(block, HeatMap):
        _heat(document, block)
    elif isinstance(block, Signatures):
        _signatures(document, block)
    else:
        _table(document, bar_table(block) if isinstance(block, Bars) else block)


def _facts(document: Document, facts: Facts) -> None:
    """Figures above their labels, in one row."""
    table = _word.table(document, 2, (1,) * len(facts.items), repeat=False)
    for column, (value, label, tone) in enumerate(facts.items):
        _word.put(table.cell(0, column), shown(value), bold=True, size=16, color=_word.INK.get(tone, ""))
        _word.put(table.cell(1, column), shown(label), size=8, color=_word.SOFT)
    document.add_paragraph()


def _heat(document: Document, heat: HeatMap) -> None:
    _word.caption(document, shown(heat.caption))
    table = _word.table(document, 1 + len(heat.rows), (50, *[10] * len(heat.columns)))
    _word.head(table, (shown(heat.corner), *(badge.text for badge in heat.columns)))
    for row, (label, counts) in enumerate(heat.rows, 1):
        _word.put(table.cell(row, 0), shown(label))
        for column, (badge, n) in enumerate(zip(heat.columns, counts, strict=True), 1):
            cell = table.cell(row, column)
            _word.put(cell, shown(n), bold=bool(n), center=True, color="" if n else _word.SOFT)
            if n:
                _word.shade(cell, _word.GROUND[badge.severity])
    _word.keep(table)
    document.add_paragraph()


def _table(document: Document, table: Table) -> None:
    _word.caption(document, shown(table.caption))
    rows = table.rows[: table.most]
    grid = _word.table(document, 1 + len(rows), table.shares)
    _word.head(grid, tuple(map(shown, table.columns)))
    for cells, row in zip(grid.rows[1:], rows, strict=True):
        for cell, value in zip(cells.cells, row, strict=True):
            color = _word.INK.get(value.severity, "") if isinstance(value, Badge) else ""
            _word.put(cell, _lines(value), color=color)
    _word.keep(grid, None if len(rows) <= _SMALL else _FIRST)
    if (left := len(table.rows) - table.most) > 0:
        _word.paragraph(document, shown(table.more.format(n=left)), "")
    document.add_paragraph()


def _lines(value: Cell) -> str:
    return "\n".join(map(shown, value.split("\n"))) if isinstance(value, str) else shown(value)


def _signatures(document: Document, block: Signatures) -> None:
    grid = _word.table(document, 1 + len(block.roles), (20, 16, 30, 18, 16))
    _word.head(grid, block.columns)
    for row, role in zip(grid.rows[1:], block.roles, strict=True):
        _word.tall(row)
        _word.put(row.cells[0], role)
    _word.keep(grid)
