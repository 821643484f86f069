"""Write a text document back with some ranges replaced and everything else byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import Protocol
from typing import runtime_checkable

from pii_guard.errors import UnreadableError
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment
from pii_guard.text.decode import BLOCK
from pii_guard.text.decode import Block
from pii_guard.text.decode import decode_whole


@runtime_checkable
class SourceEdits(Protocol):
    """A locator that can turn an edit of its segment into edits of the document's text."""

    def source_edits(self, edit: Edit) -> Iterable[Edit]:
        """The same change in characters of the document, the replacement in its notation."""
        ...


def rewrite(
    document: Document,
    segments: Callable[[Iterator[Block]], Iterator[Segment]],
    replace: Callable[[Segment], Sequence[Edit]],
) -> bytes:
    """The document with the edits that `replace` asks for, segment by segment."""
    with document.open() as stream:
        data = stream.read()
    decoded = decode_whole(data)
    if decoded.bom + decoded.text.encode(decoded.codec) != data:
        raise UnreadableError(
            "not_reversible", "编码无法逐字节还原，未改写 (encoding cannot be written back exactly)"
        )
    edits: list[Edit] = []
    for segment in segments(whole_blocks(decoded.text)):
        assert isinstance(segment.locator, SourceEdits)
        for edit in replace(segment):
            edits.extend(segment.locator.source_edits(edit))
    text = spliced(decoded.text, edits)
    return decoded.bom + text.encode(decoded.codec, "replace")


def whole_blocks(text: str, size: int = BLOCK) -> Iterator[Block]:
    """A text in memory as blocks that end at line ends, however long the lines."""
    at, line = 0, 1
    while at < len(text):
        cut = text.rfind("\n", at, at + size) + 1 or text.find("\n", at + size) + 1 or len(text)
        cut = len(text) if len(text) - at <= size else cut
        part = text[at:cut]
        yield Block(part, None, at, line, 1, 0, (0, len(part)))
        at, line = cut, line + part.count("\n")


def spliced(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits done; where two overlap, the first replacement stands for both."""
    parts: list[str] = []
    at = 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        if edit.start < at:
            at = max(at, edit.end)
            continue
        parts += (text[at : edit.start], edit.replacement)
        at = edit.end
    return "".join(parts) + text[at:]
