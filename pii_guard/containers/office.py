"""Reading and rewriting an office package part by part; which parts and how is the format's own."""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from typing import TYPE_CHECKING

from pii_guard.containers.members import Find
from pii_guard.containers.members import Member
from pii_guard.containers.members import Replace
from pii_guard.containers.members import note
from pii_guard.containers.members import read_members
from pii_guard.containers.members import rewrite_member
from pii_guard.containers.package import Package
from pii_guard.containers.places import PartLocator
from pii_guard.errors import UnreadableError
from pii_guard.model import Document
from pii_guard.model import Segment
from pii_guard.patterns import lazy

if TYPE_CHECKING:
    from pii_guard.containers.slots import Joined

_XML = lazy(r"\A(?!customXml/item[0-9]{1,9}\.xml).*\.(?:xml|rels)\Z", re.IGNORECASE)
_LAYOUT = lazy(
    r"(?:\A|/)(?:theme/|fontTable\.xml|styles(?:WithEffects)?\.xml|tableStyles\.xml|\[Content_Types\]\.xml)",
    re.I,
)
_THUMBNAIL = lazy(r"\AdocProps/thumbnail\.", re.IGNORECASE)
_EMBEDDED = lazy(
    r"(?:\A|/)(?:embeddings|media|afchunk|attachments)[^/]{0,40}/|/afchunk|\.(?:mht|htm|html|vml)\Z"
    r"|\AcustomXml/item[0-9]{1,9}\.xml",  # anyone's markup, mixed as it likes; VML is not even well-formed
    re.I,
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PLAIN_MEDIA = lazy(r"\.(?:emf|wmf|fntdata|odttf|wav|mp3|mp4|m4a|avi)\Z", re.IGNORECASE)

Texts = Callable[[object, str], "Iterator[Joined]"]


def is_xml(name: str) -> bool:
    """A part that is read as XML text."""
    return bool(_XML.search(name)) and not _LAYOUT.search(name)


def is_embedded(name: str) -> bool:
    """A part that is a document or picture of its own."""
    return bool(_EMBEDDED.search(name)) and not _XML.search(name) and not _PLAIN_MEDIA.search(name)


def segment(joined: Joined) -> Segment:
    """A joined text as a detector sees it."""
    return Segment(
        joined.text, PartLocator(joined.anchor, tuple(joined.starts) or (0,), joined.line), joined.header
    )


def read(
    document: Document, parts: Callable[[Package], Iterator[Segment]], find: Find, skipped: frozenset[str]
) -> Iterator[Segment]:
    """The texts of a package's own parts, then of what is embedded."""
    package = Package(document)
    yield from parts(package)
    yield from read_embedded(document, package, find, skipped)


def rewrite(
    document: Document,
    parts: Callable[[Package, Replace], dict[str, bytes | None]],
    replace: Replace,
    find: Find,
    skipped: frozenset[str],
) -> bytes:
    """The package with its changed parts; a preview picture goes with the first change."""
    package = Package(document)
    changed = parts(package, replace)
    changed |= rewrite_embedded(document, package, find, skipped, replace)
    if changed:
        changed = without_thumbnail(package, replace) | changed
    return package.written(changed)


def read_parts(package: Package) -> Iterator[Segment]:
    """The texts of all XML parts."""
    from pii_guard.containers import ooxml

    for name in package.names():
        if is_xml(name):
            for joined in ooxml.texts(ooxml.parse(package.data(name)), name):
                yield segment(joined)


def rewrite_parts(package: Package, replace: Replace) -> dict[str, bytes | None]:
    """The XML parts that edits changed."""
    from pii_guard.containers import ooxml
    from pii_guard.containers.slots import place

    changed: dict[str, bytes | None] = {}
    for name in package.names():
        if not is_xml(name):
            continue
        root = ooxml.parse(package.data(name))
        touched = False
        for joined in ooxml.texts(root, name):
            edits = replace(segment(joined))
            if edits:
                placed = place(joined, edits)
                ooxml.keep_numbers(placed)
                touched = bool(placed) or touched
        if touched:
            changed[name] = ooxml.serialised(root)
    return changed


def read_embedded(
    document: Document, package: Package, find: Find, skipped: frozenset[str]
) -> Iterator[Segment]:
    """Embedded workbooks, pictures, attachments."""
    members = (Member(name, package.data(name)) for name in package.names() if is_embedded(name))
    yield from read_members(document, (unwrapped(member) for member in members), find, skipped)


def rewrite_embedded(
    document: Document, package: Package, find: Find, skipped: frozenset[str], replace: Replace
) -> dict[str, bytes | None]:
    """Embedded documents with their edits."""
    changed: dict[str, bytes | None] = {}
    for name in package.names():
        if is_embedded(name):
            old = package.data(name)
            member = unwrapped(Member(name, old))
            new = rewrite_member(document, member, find, skipped, replace)
            if new != member.data and member.data is not old:
                raise UnreadableError(
                    "cannot_redact", "内嵌 OLE 对象含个人信息，请先删除该对象 (embedded OLE object)"
                )
            if new != member.data:
                changed[name] = new
    return changed


def unwrapped(member: Member) -> Member:
    """An OLE object as the office package in it; one without (an equation, a drawing) holds no text."""
    if not member.data.startswith(_OLE):
        return member
    try:
        from pii_guard.containers import ole
    except ImportError:
        return member
    with ole.opened(member.data) as file:
        inner = file.openstream("Package").read() if file.exists("Package") else b""
        kept = any(file.exists(name) for name in ("WordDocument", "Workbook", "Book", "PowerPoint Document"))
    return member if kept else Member(f"{member.name}.package", inner)


def without_thumbnail(package: Package, replace: Replace) -> dict[str, bytes | None]:
    """The preview picture shows the old first page: it goes, with the relationship that names it."""
    from pii_guard.containers import ooxml

    names = [name for name in package.names() if _THUMBNAIL.search(name)]
    if not names or "_rels/.rels" not in package.names():
        return {}
    root = ooxml.parse(package.data("_rels/.rels"))
    for relation in list(root):
        if str(relation.get("Type", "")).endswith("/thumbnail"):
            root.remove(relation)
    note(replace, "预览缩略图已删除 (thumbnail removed)")
    return {"_rels/.rels": ooxml.serialised(root), **dict.fromkeys(names)}
