"""A workbook: a sheet for every chapter, every row of every table.

Text is written as text, and text that a spreadsheet could take for a formula gets an apostrophe in front, as in our
CSV: it stays harmless when somebody saves the sheet as CSV and opens that.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

from pii_guard.summary.blocks import Badge
from pii_guard.summary.blocks import Bars
from pii_guard.summary.blocks import Block
from pii_guard.summary.blocks import Cell
from pii_guard.summary.blocks import Chapter
from pii_guard.summary.blocks import Facts
from pii_guard.summary.blocks import HeatMap
from pii_guard.summary.blocks import Page
from pii_guard.summary.blocks import Signatures
from pii_guard.summary.blocks import Table
from pii_guard.summary.blocks import Text
from pii_guard.summary.blocks import bar_table
from pii_guard.summary.blocks import heat_table
from pii_guard.summary.outputs import _sheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook

TEXT = False
MOST = 1_000_000  # rows of a sheet, with room for the rest
_FEW = 5  # rows of a table that needs no filter
_NAME = re.compile(r"[\[\]:*?/\\']")


def write(page: Page) -> bytes:
    """The workbook."""
    import xlsxwriter

    stream = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": page.title, "author": "pii-guard", "comments": page.footer})
    styles = _sheet.styles(book)
    for n, chapter in enumerate(page.chapters):
        _chapter(book, page, chapter, styles, first=not n)
    book.close()
    return stream.getvalue()


def _chapter(book: Workbook, page: Page, chapter: Chapter, styles: _sheet.Styles, *, first: bool) -> None:
    sheet = _sheet.Sheet(book.add_worksheet(_named(book, chapter.title)), styles)
    sheet.heading(page.title if first else chapter.title)
    if first:
        sheet.paragraph(page.subtitle, "")
    for block in chapter.blocks:
        if isinstance(block, Table) and not sheet.fits(block.shares, long=len(block.rows) > _FEW):
            sheet.finish(page.title)
            sheet = _sheet.Sheet(book.add_worksheet(_named(book, block.caption)), styles)
            sheet.heading(block.caption)
        _block(sheet, block)
    sheet.finish(page.title)


def _named(book: Workbook, title: str) -> str:
    """The name of a sheet: none twice."""
    name = _NAME.sub(" ", title)[:31]
    taken = {sheet.get_name().lower() for sheet in book.worksheets()}
    return name if name.lower() not in taken else f"{name[:27]} {len(taken)}"


def _block(sheet: _sheet.Sheet, block: Block) -> None:
    if isinstance(block, Text):
        sheet.paragraph(block.text, block.tone)
    elif isinstance(block, Facts):
        for value, label, tone in block.items:
            sheet.row([(label, "cell"), (_figure(value), f"{tone}-figure" if tone else "number")])
        sheet.gap()
    elif isinstance(block, Signatures):
        sheet.row([(c, "head") for c in block.columns])
        for role in block.roles:
            sheet.row([(role, "cell"), *[("", "cell")] * (len(block.columns) - 1)], height=36)
    elif isinstance(block, HeatMap):
        _table(sheet, heat_table(block), tuple(badge.severity for badge in block.columns))
    else:
        _table(sheet, bar_table(block) if isinstance(block, Bars) else block)


def _table(sheet: _sheet.Sheet, table: Table, heat: tuple[str, ...] = ()) -> None:
    """A table; numbers under a severity of `heat` are coloured by it."""
    sheet.caption(table.caption)
    sheet.widen(table.shares)
    start = sheet.row([(column, "head") for column in table.columns])
    for row in table.rows[:MOST]:
        sheet.row([_cell(cell, heat[i - 1] if heat and i else "") for i, cell in enumerate(row)])
    if not heat and len(table.rows) > _FEW:
        sheet.filterable(start, len(table.columns))
    if (left := len(table.rows) - MOST) > 0:
        sheet.paragraph(table.more.format(n=left), "alarm")
    sheet.gap()


def _cell(cell: Cell, severity: str) -> tuple[str | int, str]:
    if isinstance(cell, int):
        return cell, severity if severity and cell else "number"
    if isinstance(cell, Badge):
        return cell.text, cell.severity
    return cell, "cell"


def _figure(value: str) -> str | int:
    digits = value.replace(",", "")
    return int(digits) if digits.isdecimal() else value
