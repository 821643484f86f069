"""What the tests of formats share: documents in memory, a value to find, and edits that replace it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from types import ModuleType

from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Place
from pii_guard.model import Segment

VALUE = "13800138000"
MASKED = "138****8000"


def document(content: str | bytes, path: str = "x") -> Document:
    data = content.encode() if isinstance(content, str) else content
    return Document(path, lambda: io.BytesIO(data), len(data))


def edits(segment: Segment) -> list[Edit]:
    """Replace every VALUE of a segment."""
    return [Edit(at, at + len(VALUE), MASKED) for at in places_of(segment.text)]


def places_of(text: str) -> Iterator[int]:
    at = text.find(VALUE)
    while at >= 0:
        yield at
        at = text.find(VALUE, at + 1)


def found(module: ModuleType, content: str | bytes) -> list[tuple[Segment, Place]]:
    """Every VALUE with its segment and place."""
    return [
        (segment, segment.locator.locate(at, at + len(VALUE)))
        for segment in module.read(document(content))
        for at in places_of(segment.text)
    ]


def check_places(module: ModuleType, text: str) -> None:
    """The places agree with a naive count of lines and columns."""
    for _, place in found(module, text):
        assert (place.line, place.column) == naive(text, place.start)
        assert (place.end_line, place.end_column) == naive(text, place.end)


def naive(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
