"""Mailboxes (.mbox, mboxrd and mboxo): mails one after another, each after a `From ` line."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import replace as changed

from pii_guard.containers.places import NestedLocator
from pii_guard.formats import eml
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment

NAME = "mbox"
SUFFIXES = frozenset({".mbox", ".mbx"})
EXTRA: str | None = None

_START = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]{1,1000}\r?\n")


def sniff(head: bytes) -> bool:
    """A postmark and a header field after it."""
    return bool(re.match(rb"From [^\r\n]{3,200}\r?\n[A-Za-z-]{2,40}:", head))


def read(document: Document) -> Iterator[Segment]:
    """The segments of all mails."""
    for number, (_, data) in enumerate(_mails(document), 1):
        for segment in eml.read_mail(document, data):
            yield changed(segment, locator=NestedLocator(segment.locator, f"mail {number}"))


def rewrite(document: Document, replace: Callable[[Segment], Sequence[Edit]]) -> bytes:
    """All mails with their edits, postmarks kept but for what is found in them."""
    return b"".join(mark + eml.rewrite_mail(document, data, replace) for mark, data in _mails(document))


def _mails(document: Document) -> Iterator[tuple[bytes, bytes]]:
    with document.open() as stream:
        data = stream.read()
    starts = list(_START.finditer(data))
    if not starts or starts[0].start():
        yield b"", data[: starts[0].start()] if starts else data
    for this, following in zip(starts, [*starts[1:], None], strict=True):
        yield this.group(), data[this.end() : following.start() if following else len(data)]
