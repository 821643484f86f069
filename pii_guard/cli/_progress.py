"""How far a long scan is, on a terminal: files and bytes, those of the file at hand included."""

from __future__ import annotations

import io
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING
from typing import BinaryIO
from typing import cast

import click

from pii_guard.detect.together import SMALL
from pii_guard.gate.exceptions import Event
from pii_guard.gate.exceptions import Source
from pii_guard.messages import Messages
from pii_guard.model import Document
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_PATIENCE, _PACE = 1.0, 0.2  # seconds before the first word, and between two


class Progress:
    """Counts what is read and what comes of it, and says so now and then."""

    def __init__(self, say: Messages) -> None:
        self._say = say
        self._files = self._found = 0
        self._done = self._here = 0  # bytes of the files done, and of the one at hand
        self._began = self._shown = monotonic()

    def watched(self, sources: Iterable[Source]) -> Iterator[Source]:
        """The sources; reading a large one moves the count on."""
        for source in sources:
            if isinstance(source, Document) and (source.size is None or source.size > SMALL):
                source = replace(source, open=partial(self._open, source))  # noqa: PLW2901
            yield source

    def _open(self, document: Document) -> BinaryIO:
        return cast("BinaryIO", io.BufferedReader(_Counted(document.open(), self), 1 << 16))

    def read(self, to: int) -> None:
        """The file at hand was read that far."""
        self._here = max(self._here, to)
        self._show()

    def followed(self, events: Iterable[Event]) -> Iterator[Event]:
        """The events, counted."""
        for event in events:
            if isinstance(event, DocumentStatus):
                self._files, self._done = self._files + 1, self._done + max(event.bytes, self._here)
                self._here = 0
            elif isinstance(event, Finding) and event.suppression is None:
                self._found += 1
            self._show()
            yield event
        if self._shown != self._began:
            click.echo("\r\x1b[K", nl=False, err=True)

    def _show(self) -> None:
        now = monotonic()
        if now - self._shown > _PACE and now - self._began > _PATIENCE:
            self._shown = now
            size = (self._done + self._here) / 1e6
            told = self._say("progress", n=self._files, mb=size, found=self._found)
            click.echo("\r\x1b[K" + told, nl=False, err=True)


class _Counted(io.RawIOBase):
    """A stream that tells how far it was read."""

    def __init__(self, stream: BinaryIO, progress: Progress) -> None:
        self._stream, self._progress = stream, progress

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self._stream.seekable()

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        data = self._stream.read(len(view)) or b""
        view[: len(data)] = data
        self._progress.read(self._stream.tell() if self._stream.seekable() else 0)
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._stream.seek(offset, whence)

    def tell(self) -> int:
        return self._stream.tell()

    def fileno(self) -> int:
        return self._stream.fileno()

    def close(self) -> None:
        self._stream.close()
        super().close()
