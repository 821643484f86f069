"""Older and open documents (.doc, .wps, .ppt, .dps, .rtf, .odt, .odp): scanned only, with their properties.

They cannot be rewritten in place: redaction refuses and says to save them as .docx, .pptx or .pdf first.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence

from pii_guard.containers.package import Package
from pii_guard.containers.places import PartLocator
from pii_guard.errors import UnreadableError
from pii_guard.formats import missing_extra
from pii_guard.model import Anchor
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment

NAME = "legacy"
SUFFIXES = frozenset({".doc", ".dot", ".wps", ".ppt", ".pps", ".dps", ".rtf", ".odt", ".ott", ".odp"})
REPLACES = "refused"
EXTRA: str | None = "docs"

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_OPEN = b"mimetypeapplication/vnd.oasis.opendocument."


def sniff(head: bytes) -> bool:
    """RTF and OpenDocument by their first bytes; an OLE file does not say what it is."""
    return head.startswith(_RTF) or _OPEN in head[:200]


def read(document: Document) -> Iterator[Segment]:
    """The document's text, then its properties."""
    with document.open() as stream:
        data = stream.read()
    try:
        if data.startswith(_RTF):
            from pii_guard.containers import rtf

            yield _segment(rtf.text(data))
        elif data.startswith(b"PK"):
            from pii_guard.containers import odf

            yield from odf.segments(Package(document))
        elif data.startswith(_OLE):
            yield from _binary(document, data)
        else:
            raise UnreadableError("damaged", "文档损坏或类型不明 (damaged, or of an unknown kind)")
    except ImportError as problem:
        raise missing_extra("docs") from problem


def rewrite(document: Document, replace: Callable[[Segment], Sequence[Edit]]) -> bytes:
    """Refused where there is something to replace."""
    if any(replace(segment) for segment in read(document)):
        message = "此格式只能检查，请另存为 .docx、.pptx 或 .pdf (save as .docx, .pptx or .pdf, then redact)"
        raise UnreadableError("cannot_redact", message)
    with document.open() as stream:
        return stream.read()


def _binary(document: Document, data: bytes) -> Iterator[Segment]:
    from pii_guard.containers import binary_office
    from pii_guard.containers import ole

    with ole.opened(data) as file:
        if file.exists("WordDocument"):
            yield _segment(binary_office.word_text(file))
        elif file.exists("PowerPoint Document"):
            yield _segment(binary_office.slides_text(file))
        elif file.exists("EncryptedPackage"):
            raise UnreadableError("encrypted", "文档已加密，请先去除密码 (encrypted)")
        else:
            raise UnreadableError("unsupported", "不认识的 OLE 文档 (unknown OLE document)")
    yield from ole.properties(document)


def _segment(text: str) -> Segment:
    starts, at = [0], text.find("\n")
    while at >= 0:
        starts.append(at + 1)
        at = text.find("\n", at + 1)
    return Segment(text, PartLocator(Anchor("paragraph"), starts))
