"""What a PDF shows beside its pages' own content: appearances of annotations and fields, and tiling patterns.

pdfium leaves both out of a page's text, viewers show and print them.
"""

from __future__ import annotations

import io
from collections.abc import Iterator

import pikepdf

from pii_guard.containers.columns import Column
from pii_guard.containers.pdf_objects import dictionaries
from pii_guard.model import CELL_BREAK


def beside(pdf: pikepdf.Pdf, data: bytes) -> Column[pikepdf.Stream]:
    """The streams of `pdf` (opened from `data`) that show text, with their texts."""
    column: Column[pikepdf.Stream] = Column("", "annotation", None)
    streams = list(_streams(pdf))
    for number, (stream, text) in enumerate(_texts(streams, data) if streams else (), 1):
        column.add(text.replace(CELL_BREAK, " "), number, stream)
    return column


def _texts(streams: list[pikepdf.Stream], data: bytes) -> Iterator[tuple[pikepdf.Stream, str]]:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfinterp import PDFResourceManager
    from pdfminer.pdfparser import PDFParser
    from pdfminer.pdftypes import PDFStream

    from pii_guard.containers.pdf_glyphs import BROKEN
    from pii_guard.containers.pdf_glyphs import PageText
    from pii_guard.containers.pdf_glyphs import form_glyphs

    try:
        parsed, manager = PDFDocument(PDFParser(io.BytesIO(data))), PDFResourceManager()
    except BROKEN:
        return
    for stream in streams:
        try:
            form = parsed.getobj(stream.objgen[0])
            text = PageText(form_glyphs(form, manager).glyphs).text if isinstance(form, PDFStream) else ""
        except BROKEN:
            continue
        if text.strip():
            yield stream, text


def _streams(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    seen: set[tuple[int, int]] = set()
    for item in dictionaries(pdf):
        if isinstance(item, pikepdf.Stream) and item.get("/PatternType") == 1:
            yield item
        elif "/AP" in item:
            for stream in _states(item.AP):
                if stream.is_indirect and stream.objgen not in seen:
                    seen.add(stream.objgen)
                    yield stream


def _states(appearance: pikepdf.Object) -> Iterator[pikepdf.Stream]:
    """Normal, rollover and down: each one stream, or one for each state."""
    if not isinstance(appearance, pikepdf.Dictionary):
        return
    for look in appearance.values():
        states = list(look.values()) if isinstance(look, pikepdf.Dictionary) else [look]
        yield from (state for state in states if isinstance(state, pikepdf.Stream))
