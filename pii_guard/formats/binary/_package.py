"""Reading and rewriting of Office packages whose every XML part is read in the same way: Word and PowerPoint."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence

from pii_guard.formats import SKIPPED
from pii_guard.formats import find_format
from pii_guard.formats import needing
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment


def read(document: Document) -> Iterator[Segment]:
    """All texts of all parts, then of what is embedded."""
    from pii_guard.containers import office

    with needing("docs"):
        yield from office.read(document, office.read_parts, find_format, SKIPPED)


def rewrite(document: Document, replace: Callable[[Segment], Sequence[Edit]]) -> bytes:
    """The package with its changed parts."""
    from pii_guard.containers import office

    with needing("docs"):
        return office.rewrite(document, office.rewrite_parts, replace, find_format, SKIPPED)
