"""Segments read as one text: a call of the engine costs more than a page, and one cell tells what the next one holds.

Scanning and redacting a small document both read it so, or one would see a name that the other does not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from collections.abc import Sequence

from pii_guard.model import CELL_BREAK
from pii_guard.model import DOCUMENT_BREAK
from pii_guard.model import Anchor
from pii_guard.model import Place
from pii_guard.model import Segment
from pii_guard.records import dataclass

SMALL = 1 << 19  # bytes: a larger document is read by itself, as a stream


class NameLocator:
    """Places in a document's name, or in texts that are never shown: they have no line of their own."""

    def locate(self, start: int, end: int) -> Place:
        """All on the first line."""
        return Place(start, end, 1, 1, 1, 1, Anchor("name"))


def name_segment(path: str) -> Segment:
    """The name of a document, which may hold personal data itself; one cell for each folder."""
    return Segment(path.replace("/", CELL_BREAK).replace("\\", CELL_BREAK), NameLocator())


@dataclass(frozen=True, slots=True)
class Joined:
    """Some segments as one; `numbers` and `starts` say which ones of those given, and where each begins."""

    segment: Segment
    numbers: Sequence[int]
    starts: Sequence[int]

    def where(self, at: int) -> tuple[int, int]:
        """The number of the segment that holds this character, and where that segment begins."""
        index = bisect_right(self.starts, at) - 1
        return self.numbers[index], self.starts[index]


def join(documents: Iterable[Iterable[Segment]]) -> Joined:
    """The segments of the documents, counted through; those with a header are left out: it bears on them alone."""
    pieces: list[str] = []
    numbers: list[int] = []
    starts: list[int] = []
    at = number = 0
    for segments in documents:
        for segment in segments:
            if not segment.header:
                pieces += (segment.text, CELL_BREAK)
                numbers.append(number)
                starts.append(at)
                at += len(segment.text) + 1
            number += 1
        pieces += (DOCUMENT_BREAK, CELL_BREAK)
        at += 2
    return Joined(Segment("".join(pieces), NameLocator()), numbers, starts)
