"""WordprocessingML, DrawingML and what surrounds them (ISO/IEC 29500): every place that holds text.

    running text     paragraphs (w:p, a:p) joined by line ends, over their runs; tabs count as blanks
    tables           a column's cells, with the column's head or the label to the left as header
    tracked changes  a paragraph with deletions is read twice: as it will be, and as it was
    the rest         leaf elements and attributes: properties, names, hyperlinks, chart caches

Numbers of the layout (sizes, positions) are not text and never touched.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator

from lxml import etree
from lxml.etree import _Element

from pii_guard.containers.slots import Joined
from pii_guard.containers.slots import Slot
from pii_guard.errors import UnreadableError
from pii_guard.model import CELL_BREAK
from pii_guard.model import Anchor

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_NUMBERS = frozenset({f"{_CHART}numCache", f"{_CHART}numLit"})
_PARAGRAPHS = frozenset({f"{W}p", f"{A}p"})
_DELETED = frozenset({f"{W}delText", f"{W}delInstrText"})
_TEXTS = frozenset({f"{W}t", f"{W}instrText", f"{A}t", f"{M}t"})
_RUNS = _TEXTS | _DELETED
_STYLES = frozenset({f"{W}rPr", f"{W}pPr", f"{A}rPr", f"{A}pPr"})  # hold no text
_BLANKS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-", f"{A}br": "\n"}
_INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})
_TABLES = {f"{W}tbl": (f"{W}tr", f"{W}tc"), f"{A}tbl": (f"{A}tr", f"{A}tc")}
_BLOCK = 1 << 14

_PERSON_PLACES = frozenset(
    {"creator", "lastModifiedBy", "author", "initials", "manager", "Manager", "displayName", "userName"}
)
_NEVER = frozenset(  # names of fonts, scripts, ids and types
    ["typeface", "ascii", "hAnsi", "eastAsia", "cs", "script", "lang", "charset", "panose", "font",
     "fontFamily", "uri", "Type", "ContentType", "PartName", "Extension", "Id", "id", "embed", "link",
     "rsidR", "rsidRPr", "rsidRDefault", "rsidP", "rsidTr", "paraId", "textId", "durableId", "guid"]
)  # fmt: skip
_TEXT_ATTRIBUTES = frozenset(
    ["author", "initials", "descr", "title", "name", "tooltip", "display", "Target", "alt", "string",
     "displayText", "value", "userName", "userId", "displayName", "providerId", "location", "sheet",
     "uniqueName", "caption", "error", "errorTitle", "prompt", "promptTitle"]
)  # fmt: skip
_TEXTUAL = re.compile(r"[\u3400-\u9fff]{2}|@|[0-9]{7}|[0-9]{3}[- ][0-9]{4}|\[enc:")
_NUMERIC = re.compile(  # a measure; no measure has as many digits as a number of a person
    r"(?!\s*[0-9]{11,19}\s*\Z)\s*[-+]?[0-9]*\.?[0-9]*(?:[eE][-+]?[0-9]+)?(?:pt|px|in|cm|mm|em|%)?\s*\Z"
)
_LABEL = re.compile(r"[^0-9]{1,12}\Z")


def parse(data: bytes) -> _Element:
    """An XML part as a tree; entities are not expanded, nothing is fetched."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, remove_blank_text=False
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as problem:
        raise UnreadableError("damaged", "文档内的 XML 损坏 (damaged XML part)") from problem


def serialised(root: _Element) -> bytes:
    """The tree as a part."""
    return etree.tostring(root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True)


def texts(root: _Element, part: str, *, skip: frozenset[str] = frozenset()) -> Iterator[Joined]:
    """Every text of a part; each is built when it is asked for, so edits of the one before are seen.

    Subtrees of the tags in `skip` are left out.
    """
    in_tables = _cells(root)
    yield from _running(root, part, in_tables)
    yield from _columns(in_tables, part)
    yield from _deleted(root, part)
    yield from loose(root, part, skip=skip)


def _running(root: _Element, part: str, in_tables: dict[_Element, _Cell]) -> Iterator[Joined]:
    block = Joined(Anchor("paragraph", part))
    number = 0
    for paragraph in root.iter(*_PARAGRAPHS):
        number += 1
        if _cell_of(paragraph, in_tables) is not None:
            continue
        if block.length > _BLOCK:
            yield block
            block = Joined(Anchor("paragraph", part), line=number)
        block.begin("\n")
        _fill(block, paragraph, _DELETED)
    if block.slots:
        yield block


def _fill(block: Joined, paragraph: _Element, without: frozenset[str]) -> None:
    """The paragraph's own pieces in order; a text box inside is a paragraph of its own."""
    stack = list(reversed(paragraph))
    while stack:
        element = stack.pop()
        tag = element.tag
        if tag in _TEXTS or (tag in _DELETED and tag not in without):
            block.take(element)
        elif tag in _BLANKS:
            block.fixed(_BLANKS[tag])
        elif tag not in _PARAGRAPHS and tag not in without and tag not in _STYLES:
            stack.extend(reversed(element))


def _deleted(root: _Element, part: str) -> Iterator[Joined]:
    """Paragraphs as they were before tracked changes: deletions in, insertions out."""
    seen: set[_Element] = set()
    for deletion in root.iter(*_DELETED):
        paragraph = next(deletion.iterancestors(*_PARAGRAPHS), None)
        if paragraph is not None and paragraph not in seen:
            seen.add(paragraph)
            block = Joined(Anchor("paragraph", part))
            block.begin("\n")
            _fill(block, paragraph, _INSERTED)
            yield block


class _Cell:
    """A table cell: its column's key and the text that says what it holds."""

    __slots__ = ("column", "header", "row")

    def __init__(self, column: tuple[int, int], row: int, header: str | None) -> None:
        self.column, self.row, self.header = column, row, header


def _cells(root: _Element) -> dict[_Element, _Cell]:
    """All cells of all tables with their headers."""
    found: dict[_Element, _Cell] = {}
    for number, table in enumerate(root.iter(*_TABLES)):
        row_tag, cell_tag = _TABLES[table.tag]
        rows = [list(row.iter(cell_tag)) for row in table.iterchildren(row_tag)]
        if not rows:
            continue
        heads = [_text(cell) for cell in rows[0]]
        headed = all(_LABEL.match(head) for head in heads if head) and any(heads)
        for index, row in enumerate(rows):
            for column, cell in enumerate(row):
                head = heads[column] if headed and index and column < len(heads) else ""
                left = _text(row[column - 1]) if column and (not headed or len(row) == 2) else ""
                labels = [label for label in (head, left) if label and _LABEL.match(label)]
                found[cell] = _Cell((number, column), index + 1, " ".join(labels) or None)
    return found


def _text(cell: _Element) -> str:
    return "".join(element.text or "" for element in cell.iter(f"{W}t", f"{A}t"))[:40].strip()


def _cell_of(paragraph: _Element, in_tables: dict[_Element, _Cell]) -> _Cell | None:
    if not in_tables:
        return None
    cell = next(paragraph.iterancestors(f"{W}tc", f"{A}tc"), None)
    return in_tables.get(cell) if cell is not None else None


def _columns(in_tables: dict[_Element, _Cell], part: str) -> Iterator[Joined]:
    columns: dict[tuple[tuple[int, int], str | None], Joined] = {}
    for element, cell in in_tables.items():
        key = (cell.column, cell.header)
        block = columns.get(key)
        if block is None:
            anchor = Anchor("cell", part, row=cell.row, column=cell.header)
            block = columns[key] = Joined(anchor, cell.header, line=cell.row)
        for order, paragraph in enumerate(_own_paragraphs(element)):
            block.begin("\n" if order else CELL_BREAK)
            _fill(block, paragraph, _DELETED)
    yield from (block for block in columns.values() if block.slots)


def _own_paragraphs(cell: _Element) -> Iterator[_Element]:
    for paragraph in cell.iter(*_PARAGRAPHS):
        if next(paragraph.iterancestors(f"{W}tc", f"{A}tc"), None) is cell:
            yield paragraph


def loose(
    root: _Element, part: str, *, skip: frozenset[str] = frozenset(), numbers: bool = False
) -> Iterator[Joined]:
    """Leaf texts and attributes outside of paragraphs, those of one name together.

    `skip`: subtrees left out; `numbers`: bare numbers are values here, not layout.
    """
    found: dict[tuple[str, str], Joined] = {}
    for element in _outside(root, skip) if skip else root.iter("*"):
        tag, text = element.tag, element.text
        if text and tag not in _RUNS and not len(element):
            name = tag.rpartition("}")[2]
            if _is_text(text, numbers or name in _FREE):
                _add(found, element, None, Anchor("property", part, key=name))
        for attribute, value in element.items():
            if _may_hold_text(element, str(attribute), str(value), numbers=numbers):
                key = str(attribute).rpartition("}")[2]
                _add(found, element, str(attribute), Anchor("attribute", part, key=key))
    yield from found.values()


def _outside(root: _Element, skip: frozenset[str]) -> Iterator[_Element]:
    """All elements in order but the subtrees of some tags."""
    stack = [root]
    while stack:
        element = stack.pop()
        if isinstance(element.tag, str) and element.tag not in skip:
            yield element
            stack.extend(reversed(element))


_VALUED = frozenset({"docVar", "alias", "tag", "default", "listEntry", "query", "s", "n"})
_FREE = frozenset({"v", "lpwstr", "lpstr", "bstr", "t", "text"})  # leaves where a bare number is a value


def single(element: _Element, attribute: str | None, kind: str, part: str, key: str) -> Joined:
    """One element's text or attribute."""
    joined = Joined(Anchor(kind, part, key=key))
    joined.begin("")
    joined.take(element, attribute)
    return joined


def keep_numbers(changed: Iterable[Slot]) -> None:
    """A number in a cache (of a chart, of a pivot table) must stay one, or Office calls the file damaged: it becomes 0."""
    for slot in changed:
        parent = slot.element.getparent()
        above = parent.getparent() if parent is not None else None
        if slot.attribute == "v" and slot.element.tag == f"{S}n":
            slot.element.set("v", "0")
        elif above is not None and above.tag in _NUMBERS and slot.attribute is None:
            slot.element.text = "0"


def _add(
    found: dict[tuple[str, str], Joined], element: _Element, attribute: str | None, anchor: Anchor
) -> None:
    name = anchor.key or ""
    joined = found.get((anchor.kind, name))
    if joined is None:
        header = "姓名" if name in _PERSON_PLACES else None
        joined = found[anchor.kind, name] = Joined(anchor, header)
    joined.begin(CELL_BREAK)
    joined.take(element, attribute)


def _is_text(text: str, free: bool) -> bool:
    return len(text.strip()) > 1 and (free or not _NUMERIC.match(text))


def _may_hold_text(element: _Element, attribute: str, value: str, *, numbers: bool) -> bool:
    name = attribute.rpartition("}")[2]
    if name in _NEVER or len(value) < 2 or "}rsid" in element.tag:
        return False
    if name == "Target" and element.get("TargetMode") != "External":
        return False
    if name in _TEXT_ATTRIBUTES:
        return True
    free = numbers or (name in {"val", "v"} and element.tag.rpartition("}")[2] in _VALUED)
    return bool(_TEXTUAL.search(value)) and (free or not _NUMERIC.match(value))
