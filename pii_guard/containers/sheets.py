"""SpreadsheetML: shared strings and the cells of a sheet, as columns a detector reads and edits can go back
to.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from collections.abc import Sequence

from lxml.etree import _Element

from pii_guard.containers.slots import Joined
from pii_guard.containers.slots import place
from pii_guard.model import Anchor
from pii_guard.model import Edit

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
SHEET_DATA = f"{S}sheetData"
_C, _V, _F, _IS, _T, _SI, _RPH = (f"{S}{tag}" for tag in ("c", "v", "f", "is", "t", "si", "rPh"))
_DIGITS = "0123456789"
_NO_TEXT = frozenset({"b", "e"})  # flags and errors
_DATE_FORMATS = frozenset({14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58})
_DATE_CODE = re.compile(r"(?:\"[^\"]*\"|\[[^\]]*\]|\\.)|([yYdD])")
_PRECISE = 22  # digits from which a stored number is no whole number a person typed
_BUILDS = re.compile(r"\"[^\"]*[0-9\u3400-\u9fff][^\"]*\"|(?<![A-Za-z$0-9.])[0-9]{4,}")  # a formula with such a literal
_EPOCH = datetime.datetime(1899, 12, 30)


Cell = tuple[str, int, str, "_Element | int"]  # text, row, column; the element, or the index of its shared string


def shared_strings(root: _Element) -> list[tuple[_Element, str]]:
    """The strings that cells refer to, with their texts."""
    return [(item, _string(item)) for item in root.iter(_SI)]


def _string(item: _Element) -> str:
    if len(item) == 1 and item[0].tag == _T:
        return item[0].text or ""
    return "".join(text.text or "" for text in _pieces(item))


def _pieces(item: _Element) -> Iterator[_Element]:
    """The runs of a string; phonetic hints only repeat it."""
    for text in item.iter(_T):
        parent = text.getparent()
        if parent is None or parent.tag != _RPH:
            yield text


def edit_string(item: _Element, text: str, edits: Sequence[Edit]) -> None:
    """Edits of a shared string, run by run."""
    if len(item) == 1 and item[0].tag == _T and len(edits) == 1:  # nearly all
        edit = edits[0]
        item[0].text = text[: edit.start] + edit.replacement + text[edit.end :]
    else:
        place(_joined(item), edits)


def _joined(item: _Element) -> Joined:
    joined = Joined(Anchor("cell", "sharedStrings"))
    joined.begin("")
    for text in _pieces(item):
        joined.take(text)
    return joined


def cells(root: _Element, strings: list[str], dates: frozenset[int]) -> Iterator[Cell]:
    """Cells of a sheet that hold text or numbers, in order."""
    row = 0
    for row_element in root.iterfind(f"{SHEET_DATA}/{S}row"):
        row = int(row_element.get("r") or row + 1)
        for element in row_element:
            item: _Element | int = element
            kind, value = element.get("t", "n"), _stored(element)
            text = (value.text if value is not None else None) or ""
            if kind == "s":
                item = int(text or -1)
                text = strings[item] if 0 <= item < len(strings) else ""
            elif kind == "n":
                text = number_text(text, date=bool(dates) and int(element.get("s") or 0) in dates) if text else ""
            elif kind == "inlineStr":
                text = "".join(piece.text or "" for piece in element.iter(_T))
            if text and kind not in _NO_TEXT:
                yield text, row, element.get("r", "?").rstrip(_DIGITS), item


def _stored(element: _Element) -> _Element | None:
    """The value of a cell, nearly always its last child."""
    last = element[-1] if len(element) else None
    return last if last is None or last.tag == _V else element.find(_V)


def number_text(raw: str, *, date: bool = False) -> str:
    """A stored number as a person reads it: 1.38001380E10 is 13800138000, a date's serial is its date."""
    if raw.isdigit() and not date and len(raw) < _PRECISE:
        return raw
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


def set_text(element: _Element, text: str) -> bool:
    """Write a new text into a cell that has its own; True where its formula had to go.

    A formula stays if it only points at other cells; one with a literal would bring the old value back.
    """
    formula = element.find(_F) if len(element) > 1 else None
    if element.get("t") == "inlineStr":
        pieces = list(element.iter(_T))
        for piece in pieces:
            piece.text = ""
        pieces[0].text = text
    else:
        value = _stored(element)
        assert value is not None  # cells() yields no cell without
        value.text = text
        element.set("t", "str")
    if formula is None or not _BUILDS.search(formula.text or ""):
        return False
    element.remove(formula)
    return True
