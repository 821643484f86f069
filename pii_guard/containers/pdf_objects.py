"""Text of a PDF outside its pages: properties, outlines, annotations, form fields, links, names, XMP,
alternative texts, scripts, attached files.

Strings are met wherever they stand in the file, so no key has to be known; only identifiers and fonts are
skipped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pikepdf
from lxml.etree import _Element

from pii_guard.containers import ooxml
from pii_guard.containers.columns import Column
from pii_guard.containers.places import PartLocator
from pii_guard.containers.slots import Joined
from pii_guard.errors import UnreadableError
from pii_guard.model import CELL_BREAK
from pii_guard.model import Anchor
from pii_guard.model import Segment

_SKIPPED = frozenset(
    ["/ID", "/O", "/U", "/OE", "/UE", "/Perms", "/DA", "/Registry", "/Ordering", "/Lang", "/CheckSum",
     "/CreationDate", "/ModDate", "/M", "/NM", "/Style", "/Panose", "/CharSet", "/FontFamily", "/Cert",
     "/ByteRange"]
)  # fmt: skip
_PRIVATE = frozenset(["/PieceInfo", "/Thumb"])
_DCT = pikepdf.Array([pikepdf.Name.DCTDecode])
_METADATA = re.compile(rb"Exif\0|http://ns\.adobe\.com|Photoshop 3\.0\0")
_END = re.compile(rb"%%EOF")
_HEAD = 1 << 16
_REVISIONS = 8
_PEOPLE = frozenset({"/Author", "/T"})
_DEPTH = 30


@dataclass(slots=True)
class Text:
    """A string and where it stands."""

    holder: pikepdf.Object
    key: str | int
    text: str
    header: str | None

    def segment(self) -> Segment:
        """As detectors see it."""
        name = str(self.key).lstrip("/") if isinstance(self.key, str) else "item"
        return Segment(self.text, PartLocator(Anchor("property", key=name)), self.header)

    def set(self, text: str) -> None:
        """Write a new text."""
        self.holder[self.key] = pikepdf.String(text)


def strings(pdf: pikepdf.Pdf) -> Iterator[Text]:
    """All strings of all objects and of the trailer's properties."""
    for item in [*pdf.objects, pdf.trailer]:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") in ("/Font", "/FontDescriptor", "/Sig"):
            continue
        yield from _inside(item, 0)


def columns(pdf: pikepdf.Pdf) -> Iterator[Column[Text]]:
    """Strings gathered by key and label."""
    found: dict[tuple[str, str | None], Column[Text]] = {}
    for number, text in enumerate(strings(pdf), 1):
        name = str(text.key) if isinstance(text.key, str) else "item"
        column = found.setdefault((name, text.header), Column("", name.lstrip("/"), text.header))
        column.add(text.text.replace(CELL_BREAK, " "), number, text)
    yield from found.values()


def _inside(item: pikepdf.Object, depth: int) -> Iterator[Text]:
    if depth > _DEPTH:
        return
    if isinstance(item, pikepdf.Array):
        places: list[str | int] = list(range(len(item)))
    elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        places = [key for key in item.keys() if key not in _SKIPPED]  # noqa: SIM118 - a stream is no mapping
    else:
        return
    for key in places:
        child = item[key]
        if isinstance(child, pikepdf.String):
            text = decoded(child)
            if len(text.strip()) > 1:
                yield Text(item, key, text, _header(item, key))
        elif key == "/JS" and isinstance(child, pikepdf.Stream):
            yield Text(item, key, decoded(pikepdf.String(child.read_bytes())), None)
        elif isinstance(child, pikepdf.Array | pikepdf.Dictionary) and not child.is_indirect:
            yield from _inside(child, depth + 1)


def decoded(value: pikepdf.String) -> str:
    """A text string; bytes in neither Unicode nor ASCII are tried as GBK, which Chinese producers write."""
    raw = bytes(value)
    if raw.startswith((b"\xfe\xff", b"\xff\xfe", b"\xef\xbb\xbf")) or raw.isascii():
        return str(value)
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError:
        return str(value)


def _header(item: pikepdf.Object, key: str | int) -> str | None:
    """The label of a form field's value; an annotation's /T is its author, a field's its name."""
    if not isinstance(item, pikepdf.Dictionary):
        return None
    if key in ("/V", "/DV"):
        label = item.get("/TU") or item.get("/T")
        return str(label) if label is not None else None
    return "姓名" if key in _PEOPLE and "/FT" not in item and "/Kids" not in item else None


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """All dictionaries, also those that stand inside of another object; of streams, theirs."""
    stack: list[tuple[pikepdf.Object, int]] = [(item, 0) for item in pdf.objects]
    while stack:
        item, depth = stack.pop()
        if isinstance(item, pikepdf.Array):
            children = list(item)
        elif isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield item
            children = [item[key] for key in item.keys()]  # noqa: SIM118 - a stream is no mapping
        else:
            continue
        if depth < _DEPTH:
            nested = (pikepdf.Array, pikepdf.Dictionary)
            stack += [(c, depth + 1) for c in children if isinstance(c, nested) and not c.is_indirect]


def xml_streams(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Stream]:
    """XMP metadata and XFA forms."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Type") != "/EmbeddedFile":
            plain = item.get("/Type") == "/Metadata" or ("/Type" not in item and "/Subtype" not in item)
            if plain and _is_xml(item):
                yield item


def _is_xml(stream: pikepdf.Stream) -> bool:
    try:
        return stream.read_bytes().lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"<?x", b"<x", b"<rdf"))
    except pikepdf.PdfError:
        return False


def xml_texts(stream: pikepdf.Stream) -> tuple[_Element, list[Joined]] | None:
    """The texts of an XML stream, or None if it cannot be parsed."""
    try:
        root = ooxml.parse(stream.read_bytes().strip())
    except UnreadableError:
        return None
    return root, list(ooxml.loose(root, "xml", numbers=True))


def attached(pdf: pikepdf.Pdf) -> Iterator[tuple[str, pikepdf.Stream]]:
    """Embedded files with the names their file specifications give them."""
    seen: set[tuple[int, int]] = set()
    for item in dictionaries(pdf):
        if "/EF" not in item:
            continue
        name = item.get("/UF") or item.get("/F")
        for key in ("/UF", "/F"):
            stream = item.EF.get(key)
            if isinstance(stream, pikepdf.Stream) and stream.objgen not in seen:
                seen.add(stream.objgen)
                yield (decoded(name) if isinstance(name, pikepdf.String) else "attachment"), stream


def photographs(pdf: pikepdf.Pdf) -> Iterator[tuple[pikepdf.Stream, bytes]]:
    """JPEG pictures that carry metadata (EXIF, XMP) of their own."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Filter") in (pikepdf.Name.DCTDecode, _DCT):
            data = item.read_raw_bytes()
            if _METADATA.search(data, 0, _HEAD):
                yield item, data


def drop_private(pdf: pikepdf.Pdf) -> None:
    """Remove what editors keep for themselves (the drawing a page was made from) and pictures of pages as they were."""
    for item in dictionaries(pdf):
        for key in _PRIVATE.intersection(item.keys()):
            del item[key]


def earlier_revisions(data: bytes) -> Iterator[bytes]:
    """The file as it was before each incremental update, the newest first."""
    ends = [match.end() for match in _END.finditer(data)][:-1]
    for end in reversed(ends[-_REVISIONS:]):
        if end > _HEAD or b"/Linearized" not in data[:_HEAD]:
            yield data[:end]
