"""SpreadsheetML: shared strings and the cells of a sheet, as columns a detector reads and edits can go back
to.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml.etree import _Element

from pii_guard.containers.slots import Joined
from pii_guard.model import Anchor

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SHEET_DATA = f"{S}sheetData"
_C, _V, _F, _IS, _T, _SI, _RPH = (f"{S}{tag}" for tag in ("c", "v", "f", "is", "t", "si", "rPh"))
_COLUMN = re.compile(r"[A-Z]{1,3}")
_DATE_FORMATS = frozenset({14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58})
_DATE_CODE = re.compile(r"(?:\"[^\"]*\"|\[[^\]]*\]|\\.)|([yYdD])")
_EPOCH = datetime.datetime(1899, 12, 30)


class Cell(NamedTuple):
    """A cell with text: where it stands and what of it is shown."""

    element: _Element
    row: int
    column: str
    text: str
    shared: int  # index of its shared string, -1 if it has its own text


def shared_strings(root: _Element) -> list[Joined]:
    """The strings that cells refer to; phonetic hints belong to the text they explain."""
    strings = []
    for number, item in enumerate(root.iter(_SI), 1):
        joined = Joined(Anchor("cell", "sharedStrings", row=number))
        joined.begin("")
        for text in item.iter(_T):
            if _parent(text) == _RPH:
                joined.fixed("")
            else:
                joined.take(text)
        strings.append(joined)
    return strings


def _parent(element: _Element) -> str:
    parent = element.getparent()
    return "" if parent is None else parent.tag


def cells(root: _Element, strings: list[str], dates: frozenset[int]) -> Iterator[Cell]:
    """Cells of a sheet that hold text or numbers, in order."""
    row = 0
    for row_element in root.iterfind(f"{SHEET_DATA}/{S}row"):
        row = int(row_element.get("r") or row + 1)
        for element in row_element:
            found = _value(element, strings, dates)
            if found is not None:
                column = _COLUMN.match(element.get("r") or "")
                yield Cell(element, row, column.group() if column else "?", *found)


def _value(element: _Element, strings: list[str], dates: frozenset[int]) -> tuple[str, int] | None:
    kind = element.get("t", "n")
    if kind in {"b", "e"}:
        return None
    if kind == "inlineStr":
        text = "".join(piece.text or "" for piece in element.iter(_T))
        return (text, -1) if text else None
    value = element.find(_V)
    raw = value.text if value is not None else None
    if not raw:
        return None
    if kind == "s":
        index = int(raw)
        return (strings[index], index) if index < len(strings) else None
    if kind == "n":
        return number_text(raw, date=int(element.get("s") or 0) in dates), -1
    return raw, -1


def number_text(raw: str, *, date: bool = False) -> str:
    """A stored number as a person reads it: 1.38001380E10 is 13800138000, a date's serial is its date."""
    try:
        number = float(raw)
    except ValueError:
        return raw
    if date and 1 <= number < 2_958_466:
        return f"{_EPOCH + datetime.timedelta(days=int(number)):%Y-%m-%d}"
    if number.is_integer() and abs(number) < 1e21:
        return raw if raw.lstrip("-").isdigit() else str(int(number))
    return raw


def date_styles(root: _Element) -> frozenset[int]:
    """Indexes of the cell styles that show a number as a date."""
    own = {
        int(fmt.get("numFmtId") or 0)
        for fmt in root.iter(f"{S}numFmt")
        if any(match[1] for match in _DATE_CODE.finditer(fmt.get("formatCode") or ""))
    }
    styles = root.find(f"{S}cellXfs")
    formats = [] if styles is None else [int(xf.get("numFmtId") or 0) for xf in styles]
    return frozenset(index for index, fmt in enumerate(formats) if fmt in _DATE_FORMATS or fmt in own)


def set_text(cell: Cell, text: str) -> bool:
    """Write a new text into a cell that has its own; True where its formula had to go.

    A formula stays if it only points at other cells; one with a literal would bring the old value back.
    """
    element = cell.element
    formula = element.find(_F)
    if element.get("t") == "inlineStr":
        pieces = list(element.iter(_T))
        for piece in pieces:
            piece.text = ""
        pieces[0].text = text
    else:
        value = element.find(_V)
        assert value is not None  # cells() yields no cell without
        value.text = text
        element.set("t", "str")
    if formula is None or not re.search(r"\"|(?<![A-Za-z$0-9.])[0-9]{4,}", formula.text or ""):
        return False
    element.remove(formula)
    return True
