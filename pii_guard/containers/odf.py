"""OpenDocument text (ISO/IEC 26300): paragraphs with their spans, headers, annotations, properties."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

from pii_guard.containers import ooxml
from pii_guard.containers.package import Package
from pii_guard.containers.places import PartLocator
from pii_guard.model import Anchor
from pii_guard.model import Segment

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_PARAGRAPHS = (f"{_TEXT}p", f"{_TEXT}h")
_BLANKS = {f"{_TEXT}s": " ", f"{_TEXT}tab": "\t", f"{_TEXT}line-break": "\n"}
_BLOCK = 1 << 14


def segments(package: Package, *, cells: bool = True) -> Iterator[Segment]:
    """Texts of all parts; `cells` False leaves table cells to another reader."""
    for name in ("content.xml", "styles.xml", "meta.xml"):
        if name in package.names():
            root = ooxml.parse(package.data(name))
            yield from _paragraphs(root, name, cells=cells)
            if name == "meta.xml":
                for joined in ooxml.loose(root, name, numbers=True):
                    yield Segment(
                        joined.text, PartLocator(joined.anchor, tuple(joined.starts)), joined.header
                    )


def _paragraphs(root: _Element, part: str, *, cells: bool) -> Iterator[Segment]:
    texts: list[str] = []
    starts: list[int] = []
    at, first = 0, 1
    for paragraph in root.iter(*_PARAGRAPHS):
        if not cells and _in_cell(paragraph):
            continue
        text = "".join(_pieces(paragraph))
        starts.append(at)
        texts.append(text)
        at += len(text) + 1
        if at > _BLOCK:
            yield Segment("\n".join(texts), PartLocator(Anchor("paragraph", part), starts, first))
            first += len(texts)
            texts, starts, at = [], [], 0
    if texts:
        yield Segment("\n".join(texts), PartLocator(Anchor("paragraph", part), starts, first))


def _in_cell(paragraph: _Element) -> bool:
    parent = paragraph.getparent()
    return parent is not None and parent.tag.endswith("}table-cell")


def _pieces(element: _Element) -> Iterator[str]:
    """Text, spans and what follows them; a paragraph inside (a frame's) is read by itself."""
    yield element.text or ""
    for child in element:
        if child.tag in _BLANKS:
            yield _BLANKS[child.tag]
        elif child.tag not in _PARAGRAPHS and isinstance(child.tag, str):
            yield from _pieces(child)
        yield child.tail or ""
