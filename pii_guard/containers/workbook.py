"""Rewriting a workbook: cells by column, shared strings, sheet names and what refers to them, the rest."""

from __future__ import annotations

import gc
import re
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field

from lxml.etree import _Element

from pii_guard.containers import ooxml
from pii_guard.containers import sheets
from pii_guard.containers.columns import Column
from pii_guard.containers.columns import columns
from pii_guard.containers.members import Replace
from pii_guard.containers.office import is_xml
from pii_guard.containers.office import segment
from pii_guard.containers.package import Package
from pii_guard.containers.sheets import S
from pii_guard.containers.slots import Joined
from pii_guard.containers.slots import Slot
from pii_guard.containers.slots import place
from pii_guard.model import CELL_BREAK
from pii_guard.model import Edit
from pii_guard.model import Segment

_STRINGS = "xl/sharedStrings.xml"
_BOOK = "xl/workbook.xml"
_CHAIN = "xl/calcChain.xml"
_SHEET = re.compile(r"\Axl/worksheets/[^/]+\.xml\Z")
_WIDE = str.maketrans("*[]:/\\?'\"", "＊【】：／＼？＇＂")
_IN_FORMULAS = frozenset({"f", "definedName", "formula", "formula1", "formula2"})
_REFERRING = frozenset({"name", "sheet", "location", "Target", "ref"})
_NAMED = frozenset({"location", "sheet", "ref", "name"})
_SHEET_NAME_LENGTH = 31
_CELLS = re.compile(rb"(?<=<sheetData>).*(?=</sheetData>)", re.DOTALL)
_LITERAL = re.compile(rb"<(?:[a-z]{1,8}:)?f(?: [^>]{0,200})?>[^<]{0,8192}?(?:&quot;|\"|[0-9]{7}|!)")


def other_texts(package: Package) -> Iterator[tuple[str, Joined]]:
    """Every text but cells and shared strings, by part."""
    for name in package.names():
        if is_xml(name) and name not in (_STRINGS, _CHAIN):
            data = package.data(name)
            root = ooxml.parse(_CELLS.sub(b"", data) if not _LITERAL.search(data) else data)
            yield from ((name, joined) for joined in _other(root, name))


def _other(root: _Element, name: str) -> Iterator[Joined]:
    sheet = _SHEET.match(name) is not None  # elsewhere cells are copies: of a linked workbook, of a macro sheet
    yield from ooxml.texts(root, name, skip=frozenset({sheets.SHEET_DATA} if sheet else ()))
    if sheet:
        yield from _formulas(root, name)


def _formulas(root: _Element, name: str) -> Iterator[Joined]:
    """Formulas that hold a literal: the others repeat no value."""
    for formula in root.iter(f"{S}f"):
        if formula.text and re.search(r"\"|[0-9]{7}|!", formula.text):
            yield ooxml.single(formula, None, "property", name, "f")


def unused_strings(package: Package, seen: set[str]) -> Iterator[Segment]:
    """Shared strings that no cell shows: left behind by an editor, still in the file."""
    if _STRINGS in package.names():
        strings = sheets.shared_strings(ooxml.parse(package.data(_STRINGS)))
        column = _strings_column((number, text) for number, (_, text) in enumerate(strings) if text not in seen)
        if column.texts:
            yield column.segment()


def _strings_column(strings: Iterable[tuple[int, str]]) -> Column[int]:
    column: Column[int] = Column("sharedStrings", "", None)
    for number, text in strings:
        if text:
            column.add(text.replace(CELL_BREAK, " "), number + 1, number)
    return column


@contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection meanwhile: a workbook makes a million objects and no cycles, and the collector walks all
    of them again and again (a fifth of the time).
    """
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@_uncollected()
def rewrite(package: Package, replace: Replace) -> dict[str, bytes | None]:
    """The parts that edits changed."""
    names = _new_sheet_names(package, replace)
    strings_root = ooxml.parse(package.data(_STRINGS)) if _STRINGS in package.names() else None
    strings = sheets.shared_strings(strings_root) if strings_root is not None else []
    book = _Book([text for _, text in strings], _dates(package))
    changed: dict[str, bytes | None] = {}
    dropped = False
    for name in package.names():
        if not is_xml(name) or name in (_STRINGS, _CHAIN):
            continue
        root = ooxml.parse(package.data(name))
        touched = False
        if _SHEET.match(name):
            touched, lost = _rewrite_cells(book, root, name, replace)
            dropped = dropped or lost
        touched = _rewrite_other(root, name, names, replace) or touched
        if touched:
            changed[name] = ooxml.serialised(root)
    if strings_root is not None and _rewrite_strings(strings, book, replace):
        changed[_STRINGS] = ooxml.serialised(strings_root)
    return changed | (_without_chain(package) if dropped else {})


@dataclass(slots=True)
class _Book:
    """What the cells of all sheets share: strings, date styles, and the edits strings are to get."""

    texts: list[str]
    dates: frozenset[int]
    shown: set[int] = field(default_factory=set)
    edits_of: defaultdict[int, list[Edit]] = field(default_factory=lambda: defaultdict(list))


def _rewrite_cells(
    book: _Book,
    root: _Element,
    name: str,
    replace: Replace,
) -> tuple[bool, bool]:
    """Edits of a sheet's cells: own texts at once, shared ones noted; whether any, and if a formula went."""
    touched = dropped = False
    for column in columns(name, sheets.cells(root, book.texts, book.dates)):
        book.shown.update(item for item in column.items if isinstance(item, int))
        for cell, own in column.touched(replace(column.segment())):
            item = column.items[cell]
            if isinstance(item, int):
                book.edits_of[item] += own
            else:
                touched = True
                dropped = sheets.set_text(item, _edited(column.texts[cell], own)) or dropped
    return touched, dropped


def _rewrite_strings(strings: list[tuple[_Element, str]], book: _Book, replace: Replace) -> bool:
    """Edits asked for by any cell that shows a string; strings no cell shows are asked for here."""
    unused = _strings_column((n, text) for n, (_, text) in enumerate(strings) if n not in book.shown)
    if unused.texts:
        book.edits_of.update(unused.edited(replace(unused.segment())))
    for index, edits in book.edits_of.items():
        sheets.edit_string(*strings[index], disjoint(edits))
    return bool(book.edits_of)


def disjoint(edits: Iterable[Edit]) -> list[Edit]:
    """Edits without those that overlap one before them; the longer ones first."""
    kept: list[Edit] = []
    edits = list(dict.fromkeys(edits))
    if len(edits) == 1:
        return edits
    for edit in sorted(edits, key=lambda e: (e.start - e.end, e.start)):
        if all(edit.end <= other.start or other.end <= edit.start for other in kept):
            kept.append(edit)
    return sorted(kept, key=lambda e: e.start)


def _rewrite_other(root: _Element, name: str, names: Mapping[str, str], replace: Replace) -> bool:
    touched = _rename(root, name, names) if names else False
    for joined in _other(root, name):
        edits = replace(segment(joined))
        if edits:
            ooxml.keep_numbers(place(joined, edits, _spelled))
            touched = True
    return touched


def _spelled(slot: Slot, replacement: str) -> str:
    """A replacement as the place allows it: no * in a formula or a name."""
    where = (
        slot.element.tag.rpartition("}")[2] if slot.attribute is None else slot.attribute.rpartition("}")[2]
    )
    return wide(replacement) if where in _IN_FORMULAS or where in _NAMED else replacement


def wide(text: str) -> str:
    """Without the characters that names of sheets and files must not have."""
    return text.translate(_WIDE)


def _new_sheet_names(package: Package, replace: Replace) -> dict[str, str]:
    """Names of sheets that hold a value, and what they become: legal, at most 31 characters, no two alike."""
    if _BOOK not in package.names():
        return {}
    root = ooxml.parse(package.data(_BOOK))
    old = [sheet.get("name") or "" for sheet in root.iter(f"{S}sheet")]
    taken = {name.lower() for name in old}
    renamed: dict[str, str] = {}
    for sheet in root.iter(f"{S}sheet"):
        joined = ooxml.single(sheet, "name", "name", _BOOK, "sheet")
        edits = replace(segment(joined))
        if edits:
            name = sheet.get("name") or ""
            renamed[name] = new = _unique(wide(_edited(name, edits))[:_SHEET_NAME_LENGTH] or "Sheet", taken)
            taken.add(new.lower())
    return renamed


def _unique(name: str, taken: set[str]) -> str:
    new, number = name, 2
    while new.lower() in taken:
        suffix = f"_{number}"
        new, number = name[: _SHEET_NAME_LENGTH - len(suffix)] + suffix, number + 1
    return new


def _rename(root: _Element, part: str, names: Mapping[str, str]) -> bool:
    """Names of sheets wherever they stand: the list of sheets, references, properties."""
    either = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    reference = re.compile(rf"(?:{either})(?='?!)")
    touched = False
    for element in _outside_cells(root):
        text = element.text or ""
        new = names.get(text, text) if part.startswith("docProps/") else text
        new = reference.sub(lambda m: names[m.group()], new) if "!" in new else new
        if new != text:
            element.text, touched = new, True
        for key in _REFERRING.intersection(element.attrib):
            value = str(element.get(key))
            new = names.get(value) or reference.sub(lambda m: names[m.group()], value)
            if new != value:
                element.set(key, new)
                touched = True
    return touched


def _outside_cells(root: _Element) -> Iterator[_Element]:
    """All elements but cells, and the formulas."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag == sheets.SHEET_DATA:
            yield from element.iterfind(f"{S}row/{S}c/{S}f")
        elif isinstance(element.tag, str):
            yield element
            stack.extend(element)


def _dates(package: Package) -> frozenset[int]:
    name = "xl/styles.xml"
    return sheets.date_styles(ooxml.parse(package.data(name))) if name in package.names() else frozenset()


def _edited(text: str, edits: Iterable[Edit]) -> str:
    for edit in sorted(edits, key=lambda e: -e.start):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text


def _without_chain(package: Package) -> dict[str, bytes | None]:
    """The calculation chain lists formulas that are gone; a workbook without one is complete."""
    if _CHAIN not in package.names():
        return {}
    changed: dict[str, bytes | None] = {_CHAIN: None}
    for name, attribute, value in (
        ("[Content_Types].xml", "PartName", f"/{_CHAIN}"),
        ("xl/_rels/workbook.xml.rels", "Target", "calcChain.xml"),
    ):
        root = ooxml.parse(package.data(name))
        for element in [child for child in root if child.get(attribute) == value]:
            root.remove(element)
        changed[name] = ooxml.serialised(root)
    return changed
