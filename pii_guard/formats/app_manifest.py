"""Binary manifests of apps: Android's binary XML and Apple's binary property lists, read as the XML they stand for.

Their text forms are markup or JSON and read as such.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence

from pii_guard.errors import UnreadableError
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment
from pii_guard.text.offsets import TextLocator

NAME = "app-manifest"
SUFFIXES: frozenset[str] = frozenset()  # known by their first bytes, whatever they are called
EXTRA: str | None = None
ANDROID, APPLE = b"\x03\x00\x08\x00", b"bplist0"


def sniff(head: bytes) -> bool:
    """By magic."""
    return head.startswith((ANDROID, APPLE))


def read(document: Document) -> Iterator[Segment]:
    """The manifest as XML text."""
    from pii_guard.containers import axml

    with document.open() as stream:
        data = stream.read()
    text = axml.to_xml(data) if data.startswith(ANDROID) else _property_list(data)
    yield Segment(text, TextLocator(text))


def rewrite(document: Document, replace: Callable[[Segment], Sequence[Edit]]) -> bytes:
    """The manifest as it is; one with something to replace is refused: it would have to be built and signed anew."""
    if any(replace(segment) for segment in read(document)):
        raise UnreadableError("unsupported", "二进制清单不能改写，请改源文件 (change its source and build again)")
    with document.open() as stream:
        return stream.read()


def _property_list(data: bytes) -> str:
    import plistlib

    try:
        return plistlib.dumps(plistlib.loads(data)).decode("utf-8", "replace")
    except (ValueError, plistlib.InvalidFileException, OverflowError, IndexError, TypeError, RecursionError) as error:
        raise UnreadableError("damaged", "属性列表已损坏 (damaged property list)") from error
