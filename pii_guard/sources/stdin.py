"""Standard input as a document.  It can be read once; its first bytes can be looked at again."""

from __future__ import annotations

import io
import sys
from typing import TYPE_CHECKING
from typing import BinaryIO
from typing import cast

from pii_guard.errors import UnreadableError
from pii_guard.errors import UsageError
from pii_guard.model import Document

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

KEPT = 1 << 23


def from_stdin(filename: str | None = None, stream: BinaryIO | None = None) -> Document:
    """Standard input under the name the user gives it (its suffix decides on the format).

    It may be opened again as long as no more than KEPT bytes have been read.
    """
    source = _Source(stream or standard_input())
    return Document(filename or "-", source.open)


def standard_input() -> BinaryIO:
    """The bytes of standard input; raises UsageError where the caller closed it."""
    if sys.stdin is None:
        raise UsageError("标准输入已关闭 (standard input is closed)")
    return sys.stdin.buffer


class _Source:
    """The bytes read so far, up to KEPT, and the stream with the rest."""

    def __init__(self, stream: BinaryIO) -> None:
        self.stream = stream
        self.kept: bytearray | None = bytearray()

    def open(self) -> BinaryIO:
        if self.kept is None:
            raise UnreadableError("consumed", "标准输入只能读一次 (standard input can be read only once)")
        return cast("BinaryIO", io.BufferedReader(_Reader(self), 1 << 16))


class _Reader(io.RawIOBase):
    """Reads what was kept, then the stream."""

    def __init__(self, source: _Source) -> None:
        self._source, self._at = source, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        source = self._source
        if source.kept is not None and self._at < len(source.kept):
            data = bytes(source.kept[self._at : self._at + len(view)])
        else:
            data = source.stream.read(len(view)) or b""
            self._keep(data)
        view[: len(data)] = data
        self._at += len(data)
        return len(data)

    def _keep(self, data: bytes) -> None:
        kept = self._source.kept
        if kept is None:
            return
        if len(kept) + len(data) > KEPT:
            self._source.kept = None
        else:
            kept += data
