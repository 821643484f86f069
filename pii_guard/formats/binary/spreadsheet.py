"""Older and other workbooks (.xls, .xlsb, .ods): scanned with calamine, with their properties.

They cannot be rewritten in place: redaction refuses and says to save them as .xlsx first.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence

from pii_guard.containers.package import Package
from pii_guard.errors import UnreadableError
from pii_guard.formats import missing_extra
from pii_guard.formats.binary import xlsx
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment

NAME = "spreadsheet"
SUFFIXES = frozenset({".xls", ".xlsb", ".ods", ".xlt", ".et"})
REPLACES = "refused"
EXTRA: str | None = "docs"


def sniff(head: bytes) -> bool:
    """An OpenDocument spreadsheet says so in its first, stored member."""
    return b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in head[:200]


def read(document: Document) -> Iterator[Segment]:
    """Cells by column, then properties and annotations."""
    try:
        yield from xlsx.cell_segments(document)
        with document.open() as stream:
            head = stream.read(8)
        if head.startswith(b"PK") and sniff_ods(document):
            from pii_guard.containers import odf

            yield from odf.segments(Package(document), cells=False)
        elif head.startswith(b"\xd0\xcf\x11\xe0"):
            from pii_guard.containers import ole

            yield from ole.properties(document)
    except ImportError as problem:
        raise missing_extra("docs") from problem


def rewrite(document: Document, replace: Callable[[Segment], Sequence[Edit]]) -> bytes:
    """Refused where there is something to replace."""
    if any(replace(segment) for segment in read(document)):
        raise UnreadableError(
            "cannot_redact", "此格式只能检查，请另存为 .xlsx 再脱敏 (save as .xlsx, then redact)"
        )
    with document.open() as stream:
        return stream.read()


def sniff_ods(document: Document) -> bool:
    """Whether a ZIP is an OpenDocument file."""
    with document.open() as stream:
        return sniff(stream.read(200))
