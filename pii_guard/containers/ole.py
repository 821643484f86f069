"""OLE compound files (MS-CFB): properties of old Office documents, streams of Outlook messages."""

from __future__ import annotations

import io
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import BinaryIO
from typing import Protocol
from typing import cast

from pii_guard.containers.places import PartLocator
from pii_guard.errors import UnreadableError
from pii_guard.model import Anchor
from pii_guard.model import Document
from pii_guard.model import Segment

_PEOPLE = frozenset({"author", "last_saved_by", "manager"})
_TEXTS = (
    "title",
    "subject",
    "author",
    "keywords",
    "comments",
    "last_saved_by",
    "manager",
    "company",
    "category",
)


class Entry(Protocol):
    """Where a stream begins and how long it is."""

    isectStart: int  # noqa: N815 - the name olefile gives it
    size: int


class Summary(Protocol):
    """The document's properties, by name; text in the code page given."""

    codepage: int | None


class CompoundFile(AbstractContextManager["CompoundFile"], Protocol):
    """What is used of olefile, whose stubs leave out half of it."""

    direntries: Sequence[Entry | None]
    fat: Sequence[int]
    minifat: Sequence[int]
    minisectorcutoff: int
    minisectorsize: int
    root: Entry
    sectorsize: int

    def exists(self, path: str) -> bool: ...
    def get_metadata(self) -> Summary: ...
    def listdir(self) -> list[list[str]]: ...
    def loadminifat(self) -> None: ...
    def openstream(self, path: str | Sequence[str]) -> BinaryIO: ...
    def _find(self, path: str) -> int: ...


def opened(data: bytes) -> CompoundFile:
    """The file's streams."""
    import olefile

    try:
        return cast("CompoundFile", olefile.OleFileIO(io.BytesIO(data)))
    except OSError as problem:  # olefile's own errors are of this kind
        raise UnreadableError("damaged", "OLE 文件损坏 (damaged)") from problem


def properties(document: Document) -> Iterator[Segment]:
    """Summary information of an old Office document."""
    with document.open() as stream, opened(stream.read()) as file:
        summary = file.get_metadata()
        for key in _TEXTS:
            value = getattr(summary, key)
            if isinstance(value, bytes) and value.strip(b"\0 "):
                text = _text(value.rstrip(b"\0"), summary.codepage)
                yield Segment(
                    text, PartLocator(Anchor("property", key=key)), "姓名" if key in _PEOPLE else None
                )


def _text(value: bytes, codepage: int | None) -> str:
    for codec in (f"cp{codepage}" if codepage and codepage > 0 else "utf-8", "utf-8", "gb18030"):
        try:
            return value.decode(codec)
        except (UnicodeDecodeError, LookupError):
            continue
    return value.decode("latin-1")


def overwritten(data: bytes, changed: Mapping[str, bytes]) -> bytes:
    """The file with streams overwritten in their sectors; each keeps its size."""
    out = bytearray(data)
    with opened(data) as file:
        for path, new in changed.items():
            at = 0
            for start, size in _extents(file, path):
                out[start : start + size] = new[at : at + size]
                at += size
            if at != len(new):
                raise UnreadableError("cannot_redact", "邮件内部结构异常 (stream of another size)")
    return bytes(out)


def _extents(file: CompoundFile, path: str) -> Iterator[tuple[int, int]]:
    """Where a stream lies in the file, piece by piece; small streams lie in sectors of the root's stream."""
    entry = file.direntries[file._find(path)]
    assert entry is not None  # _find raises for an unknown path
    left = entry.size
    if entry.size >= file.minisectorcutoff:
        for sector in _chain(file.fat, entry.isectStart):
            yield (sector + 1) * file.sectorsize, min(left, file.sectorsize)
            left -= min(left, file.sectorsize)
        return
    file.loadminifat()
    root = _chain(file.fat, file.root.isectStart)
    per_sector = file.sectorsize // file.minisectorsize
    for mini in _chain(file.minifat, entry.isectStart):
        start = (root[mini // per_sector] + 1) * file.sectorsize + mini % per_sector * file.minisectorsize
        yield start, min(left, file.minisectorsize)
        left -= min(left, file.minisectorsize)


def _chain(table: Sequence[int], first: int) -> list[int]:
    chain: list[int] = []
    while first < len(table) and len(chain) <= len(table):
        chain.append(first)
        first = table[first]
    return chain
