"""PDF: pages, forms, annotations, fields, properties, XMP, outlines, links, attached files.

Scanned pages are read by OCR (extra `ocr`).

Redaction takes the glyphs themselves out of the content streams and paints a black box in their place,
whatever the operator: the rest of the page stays text and does not move.  A page whose fonts cannot be
edited, or whose picture holds a value, becomes a picture with boxes; that is noted.  The file is written
anew, without earlier revisions.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING

from pii_guard.containers.members import Member
from pii_guard.containers.members import read_members
from pii_guard.containers.places import PartLocator
from pii_guard.errors import UnreadableError
from pii_guard.formats import SKIPPED
from pii_guard.formats import find_format
from pii_guard.formats import missing_extra
from pii_guard.model import Anchor
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment

if TYPE_CHECKING:
    import pikepdf

NAME = "pdf"
SUFFIXES = frozenset({".pdf"})
REPLACES = "boxes"  # whatever the operator: black boxes
EXTRA: str | None = "docs"


def sniff(head: bytes) -> bool:
    """By its first bytes."""
    return b"%PDF-" in head[:1024]


def read(document: Document) -> Iterator[Segment]:
    """Pages, then everything around them."""
    with document.open() as stream:
        data = stream.read()
    try:
        with opened(data) as pdf:
            seen: set[str] = set()
            yield from _noted(chain(_pages(data), _around(pdf, data)), seen)
            yield from _earlier(data, seen)
            yield from read_members(document, _attached(pdf), find_format, SKIPPED)
    except ImportError as problem:
        raise missing_extra("docs") from problem


def rewrite(document: Document, replace: Callable[[Segment], Sequence[Edit]]) -> bytes:
    """The PDF without the glyphs and texts that `replace` names."""
    with document.open() as stream:
        data = stream.read()
    try:
        from pii_guard.containers.pdf_rewrite import rewritten
    except ImportError as problem:
        raise missing_extra("docs") from problem
    with opened(data) as pdf:
        return rewritten(document, data, pdf, replace, find=find_format, skipped=SKIPPED)


def opened(data: bytes) -> pikepdf.Pdf:
    """The file's objects; encrypted or damaged files are refused by that name."""
    import pikepdf

    try:
        return pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as problem:
        raise UnreadableError("encrypted", "PDF 已加密，请先去除密码 (encrypted)") from problem
    except pikepdf.PdfError as problem:
        raise UnreadableError("damaged", "PDF 损坏 (damaged)") from problem


def _noted(segments: Iterable[Segment], seen: set[str]) -> Iterator[Segment]:
    for segment in segments:
        seen.add(segment.text)
        yield segment


def _earlier(data: bytes, seen: set[str]) -> Iterator[Segment]:
    """What earlier revisions say and the newest does not: it is still in the file, and rewriting drops it."""
    import pikepdf
    import pypdfium2

    from pii_guard.containers import pdf_objects

    for revision in pdf_objects.earlier_revisions(data):
        try:
            with pikepdf.open(io.BytesIO(revision), attempt_recovery=False) as pdf:
                segments = [*_texts(revision), *(column.segment() for column in pdf_objects.columns(pdf))]
        except (pikepdf.PdfError, pypdfium2.PdfiumError, UnreadableError):
            continue  # an end in the middle of a linearized file, or cut short
        yield from _noted((segment for segment in segments if segment.text not in seen), seen)


def _texts(data: bytes) -> Iterator[Segment]:
    """The text layer alone."""
    from pii_guard.containers import pdf_pages

    pages = pdf_pages.opened(data)
    try:
        for number, page in enumerate(pages, 1):
            yield page_segment(pdf_pages.text_of(page), number)
    finally:
        pages.close()


def _pages(data: bytes) -> Iterator[Segment]:
    from pii_guard.containers import pdf_pages

    pages = pdf_pages.opened(data)
    try:
        for number, page in enumerate(pages, 1):
            text = pdf_pages.text_of(page)
            yield page_segment(text, number)
            if pdf_pages.is_pictured(page, len(text.strip())):
                yield from _recognised(page, number, scanned=not text.strip())
            page.close()
    finally:
        pages.close()


def _recognised(page: object, number: int, *, scanned: bool) -> Iterator[Segment]:
    """A scan must be read; a picture beside text is read where OCR is installed."""
    from pii_guard.containers import pdf_pages

    try:
        yield page_segment(pdf_pages.recognised(page).text, number)
    except ImportError as problem:
        if scanned:
            raise missing_extra("ocr") from problem


def page_segment(text: str, number: int) -> Segment:
    """A page's text; lines count within the page."""
    starts, at = [0], text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return Segment(text, PartLocator(Anchor("page", page=number), starts))


def _around(pdf: pikepdf.Pdf, data: bytes) -> Iterator[Segment]:
    from pii_guard.containers import office
    from pii_guard.containers import pdf_objects
    from pii_guard.containers import picture_metadata
    from pii_guard.containers.pdf_shown import beside

    shown = beside(pdf, data)
    if shown.texts:
        yield shown.segment()
    for _, photograph in pdf_objects.photographs(pdf):
        yield from picture_metadata.about(photograph)
    for column in pdf_objects.columns(pdf):
        yield column.segment()
    for stream in pdf_objects.xml_streams(pdf):
        found = pdf_objects.xml_texts(stream)
        if found is None:
            text = stream.read_bytes().decode("utf-8", "replace")
            yield Segment(text, PartLocator(Anchor("property", "xml")))
            continue
        yield from (office.segment(joined) for joined in found[1])


def _attached(pdf: pikepdf.Pdf) -> Iterator[Member]:
    from pii_guard.containers import pdf_objects

    for name, stream in pdf_objects.attached(pdf):
        yield Member(name, stream.read_bytes())
