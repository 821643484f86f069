"""Archives (ZIP, TAR in its compressions, GZIP of one file, 7z): members go by their own formats.

Names in GBK are read as such; names that hold personal data are found and rewritten (with ＊ for *).  An
archive that unpacks to too much, nests too deep or is encrypted is refused with the reason.  7z needs the
extra `archive`.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pii_guard.containers.members import Member
from pii_guard.containers.members import read_members
from pii_guard.containers.members import rewrite_member
from pii_guard.containers.places import PartLocator
from pii_guard.formats import SKIPPED
from pii_guard.formats import find_format
from pii_guard.formats import missing_extra
from pii_guard.model import Anchor
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment

if TYPE_CHECKING:
    from pii_guard.containers.packing import Archive

NAME = "archive"
SUFFIXES = frozenset({".zip", ".tar", ".tgz", ".tbz2", ".txz", ".gz", ".7z", ".jar", ".war"})
EXTRA: str | None = None  # 7z alone needs `archive`

_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"7z\xbc\xaf\x27\x1c")
_OFFICE = (b"word/", b"xl/", b"ppt/", b"mimetypeapplication/vnd.oasis.opendocument")


def sniff(head: bytes) -> bool:
    """By magic; an office package, a ZIP too, is known by a part near its start."""
    if any(sign in head for sign in _OFFICE) and head.startswith(b"PK"):
        return False
    return head.startswith(_MAGIC) or head[257:262] == b"ustar"


def read(document: Document) -> Iterator[Segment]:
    """Names of members, then their texts."""
    archive = _open(document)
    yield from (
        _name_segment(entry.name, number) for number, entry in enumerate(archive.entries, 1) if entry.name
    )
    yield from (_remark_segment(text) for text in _remarks(archive) if text)
    members = (Member(entry.name or _inner_name(document), entry.data) for entry in archive.entries)
    yield from read_members(document, members, find_format, SKIPPED)


def rewrite(document: Document, replace: Callable[[Segment], Sequence[Edit]]) -> bytes:
    """The archive with names and members rewritten, order and dates kept."""
    from pii_guard.containers import packing

    archive = _open(document)
    entries = []
    for number, entry in enumerate(archive.entries, 1):
        edits = replace(_name_segment(entry.name, number)) if entry.name else ()
        member = Member(entry.name or _inner_name(document), entry.data)
        data = rewrite_member(document, member, find_format, SKIPPED, replace)
        remarks = _edited(entry.remarks, replace)
        entries.append(entry._replace(name=packing.renamed(entry.name, edits), data=data, remarks=remarks))
    remarks = _edited(archive.remarks, replace)
    return packing.packed(archive._replace(entries=packing.distinct(entries), remarks=remarks))


def _remarks(archive: Archive) -> Iterator[str]:
    for entry in archive.entries:
        yield from entry.remarks
    yield from archive.remarks


def _edited(remarks: tuple[str, ...], replace: Callable[[Segment], Sequence[Edit]]) -> tuple[str, ...]:
    from pii_guard.containers import packing

    return tuple(packing.renamed(text, replace(_remark_segment(text))) if text else text for text in remarks)


def _open(document: Document) -> Archive:
    from pii_guard.containers import packing

    with document.open() as stream:
        data = stream.read()
    try:
        return packing.unpacked(data, document.path)
    except ImportError as problem:
        raise missing_extra("archive") from problem


def _inner_name(document: Document) -> str:
    """What a gzipped file without a name of its own was called."""
    return document.path.replace("\\", "/").rpartition("/")[2].removesuffix(".gz")


def _remark_segment(text: str) -> Segment:
    return Segment(text, PartLocator(Anchor("property", key="comment")))


def _name_segment(name: str, number: int) -> Segment:
    shown = name.replace("/", "\n")
    return Segment(shown, PartLocator(Anchor("name", row=number)))
