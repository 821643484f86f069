"""Excel workbooks (.xlsx): cells, hidden ones too, and everything else that holds text.

Formulas with their cached values, comments, names of sheets and ranges, text boxes, charts, pivot caches,
headers, validations, hyperlinks, properties, embedded files.

Scanning reads cells with calamine (fifteen times faster than building the tree); rewriting goes through the
XML, so styles, widths, formulas and the order of everything stay.  In names of sheets and in formulas a
replacement is written with wide characters (＊【】), because * [ ] : are not allowed there.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from pii_guard.containers.columns import columns
from pii_guard.containers.package import Package
from pii_guard.errors import UnreadableError
from pii_guard.formats import SKIPPED
from pii_guard.formats import find_format
from pii_guard.formats import needing
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook

NAME = "xlsx"
SUFFIXES = frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"})
EXTRA: str | None = "docs"


def sniff(head: bytes) -> bool:
    """A ZIP with an `xl/` part near its start."""
    return head.startswith(b"PK\x03\x04") and b"xl/" in head


def read(document: Document) -> Iterator[Segment]:
    """Columns of all sheets, then every other text of the package."""
    from pii_guard.containers import office

    with needing("docs"):
        yield from office.read(document, partial(_parts, document), find_format, SKIPPED)


def _parts(document: Document, package: Package) -> Iterator[Segment]:
    from pii_guard.containers import office
    from pii_guard.containers import workbook

    seen: set[str] = set()
    yield from cell_segments(document, seen)
    yield from workbook.unused_strings(package, seen)
    for _, joined in workbook.other_texts(package):
        yield office.segment(joined)


def cell_segments(document: Document, seen: set[str] | None = None) -> Iterator[Segment]:
    """The cells of any workbook calamine reads, column by column; their texts are added to `seen`."""
    for name, rows in _sheets(document):
        for column in columns(name, _cells(rows, seen)):
            yield column.segment()


def rewrite(document: Document, replace: Callable[[Segment], Sequence[Edit]]) -> bytes:
    """The workbook with edits made in cells, strings and everything around."""
    from pii_guard.containers import office

    with needing("docs"):
        from pii_guard.containers import workbook

        return office.rewrite(document, workbook.rewrite, replace, find_format, SKIPPED)


def _open(document: Document) -> CalamineWorkbook:
    from python_calamine import CalamineError
    from python_calamine import PasswordError
    from python_calamine import load_workbook

    with document.open() as stream:
        data = stream.read()
    try:
        return load_workbook(io.BytesIO(data))
    except PasswordError as problem:
        raise UnreadableError("encrypted", "工作簿已加密，请先去除密码 (encrypted workbook)") from problem
    except (CalamineError, OSError, ValueError) as problem:
        raise UnreadableError("damaged", "工作簿损坏 (damaged workbook)") from problem


def _sheets(document: Document) -> Iterator[tuple[str, list[list[object]]]]:
    from python_calamine import CalamineError

    book = _open(document)
    for name in book.sheet_names:
        try:
            sheet = book.get_sheet_by_name(name)
            first = sheet.start[0] if sheet.start else 0
            rows: list[list[object]] = [[] for _ in range(first)]
            rows.extend(list(row) for row in sheet.to_python(skip_empty_area=True))
            yield name, rows
        except CalamineError as problem:
            if "not worksheet" in str(problem).lower():
                continue
            raise UnreadableError("damaged", "工作表损坏 (damaged sheet)") from problem


def _cells(rows: list[list[object]], seen: set[str] | None) -> Iterator[tuple[str, int, str, None]]:
    names = [str(column) for column in range(max(map(len, rows), default=0))]
    for number, row in enumerate(rows, 1):
        for name, value in zip(names, row, strict=False):
            text = value if isinstance(value, str) else _shown(value)
            if text:
                if seen is not None and value is text:
                    seen.add(text)
                yield text, number, name, None


def _shown(value: object) -> str:
    """What is no text in a cell as text: whole numbers without a point, dates as dates; flags are none."""
    if isinstance(value, bool):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e21 else repr(value)
    if isinstance(value, datetime.datetime):
        return f"{value:%Y-%m-%d}"
    return "" if isinstance(value, datetime.time | datetime.timedelta) else str(value)
