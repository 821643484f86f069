"""Paragraphs and tables of a Word document: Chinese fonts, shading, heads that repeat on every page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table
    from docx.table import _Cell
    from docx.table import _Row

SOFT = "5B6675"
INK = {
    "critical": "8E1B4D", "high": "C8312B", "medium": "A86300", "low": "2F7D8C", "info": "6B7684",
    "alarm": "A4211B", "good": "23794A",
}  # fmt: skip
GROUND = {"critical": "F3D3E2", "high": "FADAD8", "medium": "FBE8CC", "low": "D9EEF1", "info": "ECEEF1"}
_TONES = {"alarm": "FDECEA", "note": "EEF3FA", "good": "E9F6EE"}
_FONT = "Microsoft YaHei"
_WIDTH = 17.4  # centimetres between the margins


def blank(title: str, footer: str) -> Document:
    """An A4 document without content."""
    import docx
    from docx.oxml.ns import qn
    from docx.shared import Cm
    from docx.shared import Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.8)
    section.top_margin = section.bottom_margin = Cm(1.8)
    for name in ("Normal", "Title", "Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name = _FONT
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for kind in ("w:eastAsia", "w:ascii", "w:hAnsi"):
            fonts.set(qn(kind), _FONT)
        for theme in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(theme), None)
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Title"].font.size = Pt(22)
    section.footer.paragraphs[0].text = footer
    section.footer.paragraphs[0].runs[0].font.size = Pt(7)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "pii-guard", ""
    return document


def paragraph(document: Document, text: str, tone: str, *, keep: bool = False) -> None:
    """A paragraph on the ground of its tone."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import RGBColor

    made = document.add_paragraph()
    made.paragraph_format.keep_with_next = keep or tone == "note"  # a note explains what follows
    run = made.add_run(text)
    if tone == "alarm":
        run.bold = True
        run.font.color.rgb = RGBColor.from_string(INK["alarm"])
    if tone in _TONES:
        shading = OxmlElement("w:shd")
        shading.set(qn("w:val"), "clear")
        shading.set(qn("w:fill"), _TONES[tone])
        made._p.get_or_add_pPr().append(shading)


def caption(document: Document, text: str) -> None:
    """The heading of a table, kept with it."""
    document.add_heading(text, 2)


def table(document: Document, rows: int, shares: Sequence[int], *, repeat: bool = True) -> Table:
    """An empty grid; its first row is repeated on every page."""
    from docx.oxml import OxmlElement
    from docx.shared import Cm

    made: Table = document.add_table(rows=rows, cols=len(shares))
    made.style = "Table Grid"
    made.autofit = False
    _lines(made)
    for column, share in zip(made.columns, shares, strict=True):
        column.width = Cm(_WIDTH * share / sum(shares))
    for row in made.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, share in zip(row.cells, shares, strict=True):
            cell.width = Cm(_WIDTH * share / sum(shares))
    if repeat:
        made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    return made


def _lines(made: Table) -> None:
    """Thin grey lines, and room between them and the text."""
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls

    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    lines = "".join(f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="C9D0D9"/>' for side in sides)
    room = "".join(f'<w:{side} w:w="{w}" w:type="dxa"/>' for side, w in (("top", 40), ("bottom", 40)))
    properties = made._tbl.tblPr
    properties.append(parse_xml(f"<w:tblBorders {nsdecls('w')}>{lines}</w:tblBorders>"))
    properties.append(parse_xml(f"<w:tblCellMar {nsdecls('w')}>{room}</w:tblCellMar>"))


def head(grid: Table, columns: Sequence[str]) -> None:
    """The names of the columns."""
    for cell, column in zip(grid.rows[0].cells, columns, strict=True):
        put(cell, column, bold=True)
        shade(cell, "E8EDF4")
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def put(
    cell: _Cell, text: str, *, bold: bool = False, size: float = 8.5, color: str = "", center: bool = False
) -> None:
    """Text in a cell."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt
    from docx.shared import RGBColor

    run = cell.paragraphs[0].add_run(text)
    run.bold = bold or None
    run.font.size = Pt(size)
    if color:
        run.font.color.rgb = RGBColor.from_string(color)
    if center:
        cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.CENTER
    spacing = cell.paragraphs[0].paragraph_format
    spacing.space_before, spacing.space_after, spacing.line_spacing = Pt(1), Pt(1), 1.15


def shade(cell: _Cell, fill: str) -> None:
    """The ground of a cell."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), fill)
    cell._tc.get_or_add_tcPr().append(shading)


def keep(grid: Table, first: int | None = None) -> None:
    """On one page, or its head with the first rows."""
    for row in grid.rows[: -1 if first is None else first]:
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.keep_with_next = True


def tall(row: _Row) -> None:
    """A row high enough to sign in."""
    from docx.shared import Cm

    row.height = Cm(1.4)
