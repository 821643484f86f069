"""A PDF for the second look: its text by pdfium, its objects decompressed by qpdf (pikepdf)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pii_guard.errors import UnreadableError

if TYPE_CHECKING:
    import pikepdf
    import pypdfium2

    from pii_guard.redact.views import View


def pdf_views(data: bytes, name: str) -> Iterator[View]:
    """Text of each page; every stream and string of the file; attached files taken apart."""
    yield from _page_texts(data, name)
    yield from _objects(data, name)


def _page_texts(data: bytes, name: str) -> Iterator[View]:
    import pypdfium2

    from pii_guard.redact.views import View

    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        raise UnreadableError("damaged", "无法核验：PDF 打不开 (cannot open)") from problem
    try:
        for number, page in enumerate(pdf, 1):
            for shown in _shown(pdf, page, number - 1):
                yield View(f"{name}:page {number}", b"", shown.replace("\ufffe", "").replace("\r", ""))
    finally:
        pdf.close()


def _shown(pdf: pypdfium2.PdfDocument, page: pypdfium2.PdfPage, index: int) -> Iterator[str]:
    """A page's text, and where it has annotations once more with what they show."""
    from pypdfium2 import raw

    yield page.get_textpage().get_text_bounded()
    if raw.FPDFPage_GetAnnotCount(page.raw) and raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) == raw.FLATTEN_SUCCESS:
        page.close()
        yield pdf[index].get_textpage().get_text_bounded()


def _objects(data: bytes, name: str) -> Iterator[View]:
    import pikepdf

    from pii_guard.redact.views import View
    from pii_guard.redact.views import views

    with pikepdf.open(io.BytesIO(data)) as pdf:
        for number, item in enumerate(pdf.objects, 1):
            for text in _strings(item, 0):
                yield View(f"{name}:object {number}", bytes(text), str(text))
            if isinstance(item, pikepdf.Stream):
                try:
                    content = item.read_bytes()
                except pikepdf.PdfError:
                    content = item.read_raw_bytes()
                if item.get("/Type") == "/EmbeddedFile":
                    yield from views(content, f"{name}:file {number}", 2)
                else:
                    yield View(f"{name}:stream {number}", content)


def _strings(item: object, depth: int) -> Iterator[pikepdf.String]:
    import pikepdf

    if depth > 20:
        return
    if isinstance(item, pikepdf.String):
        yield item
    elif isinstance(item, pikepdf.Array):
        for child in item:
            if depth == 0 or not getattr(child, "is_indirect", False):
                yield from _strings(child, depth + 1)
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        for key in item.keys():  # noqa: SIM118 - a stream is no mapping
            child = item[key]
            if not getattr(child, "is_indirect", False):
                yield from _strings(child, depth + 1)
