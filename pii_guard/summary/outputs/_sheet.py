"""A sheet that is written from top to bottom, and the styles of its cells.  All text goes through `safe`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pii_guard.report._terminal import width
from pii_guard.summary.blocks import shown

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Styles = Mapping[str, "Format"]
_TOTAL = 130  # characters that all columns of a sheet share
_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
_LONGEST = 32_000  # characters of a cell: Excel ends at 32 767
_WIDEST = 60  # characters of one column
_STRETCH = 1.7  # a column may become so much wider for a second table
_LINE = 15.0  # points
_FROZEN = 8  # rows that may stay in sight above what scrolls
_FONT = {"font_name": "Microsoft YaHei", "font_size": 10, "valign": "top", "text_wrap": True}
_BORDER = {"border": 1, "border_color": "#D5DAE1"}
_FIGURE = {**_BORDER, "num_format": "#,##0", "align": "center"}  # numbers and severities alike
_LOOKS: Mapping[str, Mapping[str, object]] = {
    "title": {"bold": True, "font_size": 16, "text_wrap": False},
    "caption": {"bold": True, "font_size": 11, "text_wrap": False},
    "head": {**_BORDER, "bold": True, "bg_color": "#E8EDF4"},
    "cell": _BORDER,
    "number": _FIGURE,
    "": {},
    "note": {"bg_color": "#EEF3FA"},
    "good": {"bg_color": "#E9F6EE"},
    "alarm": {"bg_color": "#FDECEA", "bold": True, "font_color": "#A4211B"},
    "good-figure": {**_FIGURE, "bg_color": "#E9F6EE"},
    "note-figure": {**_FIGURE, "bg_color": "#EEF3FA"},
    "alarm-figure": {**_FIGURE, "bg_color": "#FDECEA", "bold": True, "font_color": "#A4211B"},
    "critical": {**_FIGURE, "bg_color": "#F3D3E2", "font_color": "#6E1039", "bold": True},
    "high": {**_FIGURE, "bg_color": "#FADAD8", "font_color": "#99201B", "bold": True},
    "medium": {**_FIGURE, "bg_color": "#FBE8CC", "font_color": "#7A4900"},
    "low": {**_FIGURE, "bg_color": "#D9EEF1", "font_color": "#1D5A66"},
    "info": {**_FIGURE, "bg_color": "#ECEEF1", "font_color": "#4A5360"},
}


def styles(book: Workbook) -> Styles:
    """The formats of a workbook."""
    return {name: book.add_format({**_FONT, **look}) for name, look in _LOOKS.items()}


class Sheet:
    """Writes rows one below the other; text always as text."""

    def __init__(self, sheet: Worksheet, looks: Styles) -> None:
        self._sheet, self._looks = sheet, looks
        self._next = 0
        self._widths: list[float] = []
        self._texts: list[tuple[int, list[str]]] = []  # rows whose height hangs on the widths
        self._spread: list[tuple[int, str, str]] = []  # paragraphs, as wide as the sheet turns out
        self._filtered = False

    def heading(self, text: str) -> None:
        """The first line."""
        self._sheet.set_row(0, 26)
        self._sheet.write_string(0, 0, safe(text), self._looks["title"])
        self._next = 1

    def caption(self, text: str) -> None:
        """What the table below is."""
        self._sheet.write_string(self._next, 0, safe(text), self._looks["caption"])
        self._next += 1

    def paragraph(self, text: str, tone: str) -> None:
        """A line across the columns."""
        self._spread.append((self._next, text, tone))
        self._next += 1

    def row(self, cells: Sequence[tuple[str | int, str]], height: int | None = None) -> int:
        """Cells with their styles; the number of the row."""
        for column, (cell, style) in enumerate(cells):
            look = self._looks[style]
            if isinstance(cell, int):
                self._sheet.write_number(self._next, column, cell, look)
            else:
                self._sheet.write_string(self._next, column, safe(cell), look)
        if height is not None:
            self._sheet.set_row(self._next, height)
        else:
            self._texts.append((self._next, [cell if isinstance(cell, str) else "" for cell, _ in cells]))
        self._next += 1
        return self._next - 1

    def gap(self) -> None:
        """An empty row."""
        self._next += 1

    def fits(self, shares: Sequence[int], *, long: bool) -> bool:
        """Whether a table can stand below the others: a long one needs its head in sight, and none makes a narrow
        column of theirs a wide one.
        """
        if long and self._next + 2 > _FROZEN:
            return False
        return all(new <= old * _STRETCH for old, new in zip(self._widths, self._wanted(shares), strict=False))

    def _wanted(self, shares: Sequence[int]) -> list[float]:
        return [min(_WIDEST, max(9.0, _TOTAL * share / sum(shares))) for share in shares]

    def widen(self, shares: Sequence[int]) -> None:
        """Columns at least as wide as a table wants them."""
        wanted = self._wanted(shares)
        longer = max(len(wanted), len(self._widths))
        old, new = (values + [0.0] * (longer - len(values)) for values in (self._widths, wanted))
        self._widths = [max(pair) for pair in zip(old, new, strict=True)]

    def filterable(self, head: int, columns: int) -> None:
        """Filter buttons; a sheet has them once."""
        if not self._filtered:
            self._sheet.autofilter(head, 0, self._next - 1, columns - 1)
            self._sheet.repeat_rows(head)
            if head < _FROZEN:
                self._sheet.freeze_panes(head + 1, 0)
            self._filtered = True

    def finish(self, title: str) -> None:
        """Widths, paragraphs across them, and how it prints."""
        widths = self._widths or [24.0, 18.0, 30.0, 26.0, 18.0]
        for column, wide in enumerate(widths):
            self._sheet.set_column(column, column, wide)
        last = max(1, len(widths) - 1)
        for row, text, tone in self._spread:
            self._sheet.merge_range(row, 0, row, last, "", self._looks[tone])
            self._sheet.write_string(row, 0, safe(text), self._looks[tone])
            self._sheet.set_row(row, _LINE * _lines(text, sum(widths)))
        for row, texts in self._texts:
            lines = max(_lines(text, wide) for text, wide in zip(texts, widths, strict=False))
            if lines > 1:
                self._sheet.set_row(row, _LINE * min(lines, 27))  # Excel ends at 409 points
        self._sheet.hide_gridlines(2)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.set_footer(f"&L{title.replace('&', '&&')}&R&P / &N")


def _lines(text: str, wide: float) -> int:
    """How many lines a text takes in a column."""
    return sum(1 + int(max(0, width(line) - 1) // max(1.0, wide * 1.05)) for line in text.split("\n"))


def safe(text: str) -> str:
    """Text that no spreadsheet runs, line by line.

    >>> safe("=1+1"), safe("+86 138****8000"), safe("张*")
    ("'=1+1", "'+86 138****8000", '张*')
    """
    lines = (f"'{shown(line)}" if _FORMULA.match(line) else shown(line) for line in text.split("\n"))
    return "\n".join(lines)[:_LONGEST]
