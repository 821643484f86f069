"""Mails (.eml): headers, bodies in every transfer encoding, attachments and their names, mails inside mails.

A part that is not edited keeps its bytes.  A signature of the mail is void after an edit.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence

from pii_guard.formats import SKIPPED
from pii_guard.formats import find_format
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment
from pii_guard.patterns import lazy

NAME = "eml"
SUFFIXES = frozenset({".eml"})
EXTRA: str | None = None

_FIELD = lazy(rb"^(?:From|Received|Return-Path|Delivered-To|Date|Message-ID|MIME-Version|X-[A-Za-z-]{1,40}):", re.I | re.M)


def sniff(head: bytes) -> bool:
    """A mail's header fields at the very start, three of them at least."""
    return _FIELD.match(head) is not None and len(_FIELD.findall(head, 0, 8192)) >= 3


def read(document: Document) -> Iterator[Segment]:
    """Headers and bodies, then attachments."""
    from pii_guard.containers import mail_parts

    with document.open() as stream:
        data = stream.read()
    yield from mail_parts.read_mail(document, data, find_format, SKIPPED)


def rewrite(document: Document, replace: Callable[[Segment], Sequence[Edit]]) -> bytes:
    """The mail with its edits."""
    from pii_guard.containers import mail_parts

    with document.open() as stream:
        data = stream.read()
    return mail_parts.rewrite_mail(document, data, find_format, SKIPPED, replace)
