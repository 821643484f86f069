"""A text that lies in several XML elements and attributes: read as one, edited in its pieces.

Word splits a number over runs wherever a style or the spell checker touched it; detectors must see it whole,
and the runs must keep their formatting.
"""

from __future__ import annotations

from bisect import bisect_left
from bisect import bisect_right
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field

from lxml.etree import _Element

from pii_guard.model import Anchor
from pii_guard.model import Edit
from pii_guard.named import NamedTuple

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Slot(NamedTuple):
    """A piece: the text of an element, or of one of its attributes, at start:end of the joined text."""

    element: _Element
    attribute: str | None
    start: int
    end: int


@dataclass(slots=True)
class Joined:
    """Pieces joined; `fixed` text between them (tabs, line ends) belongs to no element."""

    anchor: Anchor
    header: str | None = None
    line: int = 1
    parts: list[str] = field(default_factory=list)
    slots: list[Slot] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    length: int = 0

    @property
    def text(self) -> str:
        """The joined text."""
        return "".join(self.parts)

    def begin(self, gap: str) -> None:
        """Start a new unit (paragraph or cell), parted from the last one by `gap`."""
        if self.starts:
            self.fixed(gap)
        self.starts.append(self.length)

    def fixed(self, text: str) -> None:
        """Text that stands for layout."""
        self.parts.append(text)
        self.length += len(text)

    def take(self, element: _Element, attribute: str | None = None) -> None:
        """The text of an element or attribute."""
        text = (element.text if attribute is None else element.get(attribute)) or ""
        if text:
            self.slots.append(Slot(element, attribute, self.length, self.length + len(text)))
            self.fixed(text)


def place(
    joined: Joined, edits: Sequence[Edit], spell: Callable[[Slot, str], str] | None = None
) -> list[Slot]:
    """Write edits, which do not overlap, into the pieces; the first piece an edit touches takes its replacement.

    `spell` may write a replacement differently where a place asks for it.  Returns the changed pieces.
    """
    text = joined.text
    ordered = sorted(edits, key=lambda edit: edit.start)
    starts, ends = [edit.start for edit in ordered], [edit.end for edit in ordered]
    changed: list[Slot] = []
    for slot in joined.slots:
        own = ordered[bisect_right(ends, slot.start) : bisect_left(starts, slot.end)]
        if own:
            _set(slot, "".join(_pieces(text, slot, own, spell)))
            changed.append(slot)
    return changed


def _pieces(
    text: str, slot: Slot, edits: Iterable[Edit], spell: Callable[[Slot, str], str] | None
) -> Iterable[str]:
    at = slot.start
    for edit in edits:
        yield text[at : max(edit.start, slot.start)]
        if edit.start >= slot.start:
            yield spell(slot, edit.replacement) if spell else edit.replacement
        at = max(at, min(edit.end, slot.end))
    yield text[at : slot.end]


def _set(slot: Slot, text: str) -> None:
    if slot.attribute is not None:
        slot.element.set(slot.attribute, text)
        return
    slot.element.text = text
    if text != text.strip() and slot.element.tag.endswith(("}t", "}delText", "}instrText")):
        slot.element.set(_SPACE, "preserve")
