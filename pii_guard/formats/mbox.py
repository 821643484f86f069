"""Mailboxes (.mbox, mboxrd and mboxo): mails one after another, each after a `From ` line."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import replace as changed

from pii_guard.formats import SKIPPED
from pii_guard.formats import find_format
from pii_guard.model import Anchor
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment
from pii_guard.patterns import lazy

NAME = "mbox"
SUFFIXES = frozenset({".mbox", ".mbx"})
EXTRA: str | None = None

_POSTMARK = lazy(rb"From [^\r\n]{3,200}\r?\n[A-Za-z-]{2,40}:")
_START = lazy(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]{1,1000}\r?\n")


def sniff(head: bytes) -> bool:
    """A postmark and a header field after it."""
    return _POSTMARK.match(head) is not None


def read(document: Document) -> Iterator[Segment]:
    """The segments of all mails."""
    from pii_guard.containers import mail_parts
    from pii_guard.containers.places import NestedLocator

    for number, (mark, data) in enumerate(_mails(document), 1):
        if mark:
            yield _postmark(mark, number)
        for segment in mail_parts.read_mail(document, data, find_format, SKIPPED):
            yield changed(segment, locator=NestedLocator(segment.locator, f"mail {number}"))


def rewrite(document: Document, replace: Callable[[Segment], Sequence[Edit]]) -> bytes:
    """All mails with their edits, postmarks too."""
    from pii_guard.containers import mail_parts

    out = []
    for number, (mark, data) in enumerate(_mails(document), 1):
        text = mark.decode("utf-8", "surrogateescape")
        for edit in reversed(replace(_postmark(mark, number)) if mark else ()):
            text = text[: edit.start] + edit.replacement + text[edit.end :]
        out.append(text.encode("utf-8", "surrogateescape"))
        out.append(mail_parts.rewrite_mail(document, data, find_format, SKIPPED, replace))
    return b"".join(out)


def _postmark(mark: bytes, number: int) -> Segment:
    from pii_guard.containers.places import PartLocator

    return Segment(mark.decode("utf-8", "surrogateescape"), PartLocator(Anchor("property", f"mail {number}")))


def _mails(document: Document) -> Iterator[tuple[bytes, bytes]]:
    with document.open() as stream:
        data = stream.read()
    starts = list(_START.finditer(data))
    if not starts or starts[0].start():
        yield b"", data[: starts[0].start()] if starts else data
    for this, following in zip(starts, [*starts[1:], None], strict=True):
        yield this.group(), data[this.end() : following.start() if following else len(data)]
