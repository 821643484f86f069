"""Older and open document formats (.doc, .ppt, .rtf, .odt, .odp): scanned only.

OpenDocument and RTF are read directly, .doc and .ppt by kreuzberg (extra `legacy`), with OCR off.  They
cannot be rewritten in place: redaction refuses and says to save them as .docx, .pptx or .pdf first.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import PurePath

from pii_guard.containers.package import Package
from pii_guard.containers.places import PartLocator
from pii_guard.errors import UnreadableError
from pii_guard.formats import missing_extra
from pii_guard.model import Anchor
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment

NAME = "legacy"
SUFFIXES = frozenset({".doc", ".dot", ".wps", ".ppt", ".pps", ".rtf", ".odt", ".ott", ".odp"})
EXTRA: str | None = "legacy"

_KINDS = {
    ".ppt": "application/vnd.ms-powerpoint",
    ".pps": "application/vnd.ms-powerpoint",
}
_WORD = "application/msword"
_OPEN = (".odt", ".ott", ".odp")


def sniff(head: bytes) -> bool:
    """RTF and OpenDocument by their first bytes; an OLE file does not say what it is."""
    return head.startswith(b"{\\rtf") or b"mimetypeapplication/vnd.oasis.opendocument." in head[:200]


def read(document: Document) -> Iterator[Segment]:
    """The document's text, paragraph by paragraph."""
    suffix = PurePath(document.path).suffix.lower()
    with document.open() as stream:
        data = stream.read()
    if data.startswith(b"PK") and (suffix in _OPEN or sniff(data[:200])):
        yield from _open_document(document)
        return
    if data.startswith(b"{\\rtf"):
        from pii_guard.containers import rtf

        yield _segment(rtf.text(data))
        return
    yield _segment(_extracted(data, _KINDS.get(suffix, _WORD)))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        yield from _properties(document)


def rewrite(document: Document, replace: Callable[[Segment], Sequence[Edit]]) -> bytes:
    """Refused where there is something to replace."""
    if any(replace(segment) for segment in read(document)):
        message = (
            "此格式只能检查，请另存为 .docx、.pptx 或 .pdf 再脱敏 (save as .docx, .pptx or .pdf, then redact)"
        )
        raise UnreadableError("cannot_redact", message)
    with document.open() as stream:
        return stream.read()


def _open_document(document: Document) -> Iterator[Segment]:
    try:
        from pii_guard.containers import odf
    except ImportError as problem:
        raise missing_extra("docs") from problem
    yield from odf.segments(Package(document))


def _properties(document: Document) -> Iterator[Segment]:
    try:
        from pii_guard.containers import ole

        yield from ole.properties(document)
    except ImportError as problem:
        raise missing_extra("docs") from problem


def _extracted(data: bytes, kind: str) -> str:
    try:
        from kreuzberg import ExtractionConfig
        from kreuzberg import KreuzbergError
        from kreuzberg import extract_bytes_sync
    except ImportError as problem:
        raise missing_extra("legacy") from problem
    try:
        return extract_bytes_sync(data, kind, config=ExtractionConfig(ocr=None, use_cache=False)).content
    except KreuzbergError as problem:
        raise UnreadableError(
            "damaged", "文档损坏、加密或不受支持 (damaged, encrypted or unsupported)"
        ) from problem


def _segment(text: str) -> Segment:
    starts, at = [0], text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return Segment(text, PartLocator(Anchor("paragraph"), starts))
