"""JSON (RFC 8259) and JSON lines: strings, numbers and keys, joined by key path.

Records (lines, or the elements of a top-level array) are read by Python's json scanner with duplicate
keys and number notation kept; where something is found, the record is taken apart again to give its exact
place. What does not parse is read as plain text. A single value larger than LARGEST is plain text, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import field
from functools import cache
from functools import cached_property
from functools import lru_cache
from functools import partial
from typing import cast

from pii_guard.formats import plain
from pii_guard.model import Anchor
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment
from pii_guard.patterns import lazy
from pii_guard.records import dataclass
from pii_guard.text import splice
from pii_guard.text.cells import Cell
from pii_guard.text.cells import CellsLocator
from pii_guard.text.cells import joined
from pii_guard.text.cells import with_role
from pii_guard.text.decode import Block
from pii_guard.text.decode import blocks
from pii_guard.text.offsets import LineTable
from pii_guard.text.offsets import Pieces
from pii_guard.text.roles import role_of

NAME = "json"
EXTRA: str | None = None
SUFFIXES = frozenset({".json", ".jsonl", ".ndjson", ".geojson", ".ipynb", ".webmanifest", ".har"})
LARGEST = 1 << 25

_SPACE = lazy(r"[ \t\r\n,]*")
_TOKEN = lazy(
    r'"((?:[^"\\]|\\.)*)"(\s*:)?|-?[0-9][0-9.eE+-]*|true|false|null|NaN|-?Infinity', re.DOTALL
)
_ESCAPE = lazy(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.", re.DOTALL
)
_MARK = ("005b", "005B")  # [
_SCALARS = frozenset({str, bool, type(None)})
_LONE = lazy("[\ud800-\udfff]")
_TELLING = lazy(r"[0-9]{5}|@")
_ROLE_WORDS = "role from sender speaker sender_role sender_type author 角色 说话人 发送方 发送者"
_ROLE_KEYS = frozenset(_ROLE_WORDS.split())
_TEXT_KEYS = frozenset(["content", "text", "message", "msg", "body", "utterance", "内容", "文本", "消息"])
_SHAPE = lazy(rb'\s*(?:\{\s*(?:"|\}\s*$)|\[\s*(?:["\[{]|-?[0-9]+\s*,))')

Names = tuple[str, ...]


def sniff(head: bytes) -> bool:
    """An object, or an array of strings, arrays, objects or numbers."""
    return _SHAPE.match(head) is not None


def read(document: Document) -> Iterator[Segment]:
    """For each batch of records one segment a key path and speaker role."""
    with document.open() as stream:
        yield from _segments(blocks(stream))


def rewrite(document: Document, replace: Callable[[Segment], Sequence[Edit]]) -> bytes:
    """The document with the edits made; keys, number notation and layout stay."""
    return splice.rewrite(document, _segments, replace)


@dataclass
class _Batch:
    """Records that stand in one text, and their values by shape."""

    block: Block
    first: int  # records before this batch
    spans: list[tuple[int, int]] = field(default_factory=list)
    values: list[object] = field(default_factory=list)
    _known: tuple[int, tuple[list[re.Match[str]], list[re.Match[str]]]] | None = None

    @cached_property
    def table(self) -> LineTable:
        return LineTable(self.block.text, self.block.line, self.block.column)

    def tokens(self, record: int, keys: bool) -> list[re.Match[str]]:
        """The scalars (or the keys) of a record in the order they stand there."""
        if self._known is None or self._known[0] != record:
            found = list(_TOKEN.finditer(self.block.text, *self.spans[record]))
            self._known = record, ([t for t in found if not t.group(2)], [t for t in found if t.group(2)])
        return self._known[1][keys]


class _Buffer:
    """Text not yet consumed, with the place of its first character."""

    def __init__(self, parts: Iterator[Block]) -> None:
        self._parts = parts
        self.text, self.offset, self.line, self.column = "", 0, 1, 1
        self.more = True
        self.grow()

    def grow(self, size: int = 1) -> None:
        """Take in at least `size` more characters, if there are any."""
        new = [self.text]
        while size > 0 and self.more:
            block = next(self._parts, None)
            self.more = block is not None
            if block is not None:
                new.append(block.text[block.overlap :])
                size -= len(new[-1])
        self.text = "".join(new)

    def take(self, size: int) -> Block:
        """The first `size` characters as a block."""
        text = self.text[:size]
        block = Block(text, None, self.offset, self.line, self.column, 0, (0, size))
        breaks = text.count("\n")
        self.column = size - text.rfind("\n") if breaks else self.column + size
        self.line += breaks
        self.offset += size
        self.text = self.text[size:]
        return block


def _segments(parts: Iterator[Block]) -> Iterator[Segment]:
    buffer = _Buffer(parts)
    start = _skip(buffer.text, 0)
    if buffer.text.startswith("[", start) and not _is_line(buffer.text):
        yield from _elements(buffer, start + 1)
    elif buffer.text.startswith("{", start) and not _is_line(buffer.text):
        yield from _elements(buffer, start)
    else:
        yield from _lines(buffer)


def _skip(text: str, at: int) -> int:
    return _SPACE.match(text, at).end()  # type: ignore[union-attr]


def _is_line(text: str) -> bool:
    """The first line is a whole object or array and not the only one: JSON lines."""
    start = _skip(text, 0)
    end = text.find("\n", start)
    if end < 0 or not text[end:].strip():
        return text.startswith("{", start) and end > 0
    parsed = _parse(text, start)
    return parsed is not None and parsed[1] <= end and not text[parsed[1] : end].strip()


@cache
def _scanner() -> Callable[[str, int], tuple[object, int]]:
    from json import JSONDecoder
    from json.scanner import make_scanner

    decoder = JSONDecoder(
        object_pairs_hook=tuple, parse_int=str, parse_float=str, parse_constant=lambda _: None, strict=False
    )
    scan: Callable[[str, int], tuple[object, int]] = make_scanner(cast("make_scanner", decoder))
    return scan


def _parse(text: str, at: int) -> tuple[object, int] | None:
    """The value that starts here and where it ends; objects are tuples of pairs."""
    try:
        return _scanner()(text, at)
    except (StopIteration, ValueError, RecursionError):
        return None


def _lines(buffer: _Buffer) -> Iterator[Segment]:
    count = 0
    while buffer.text:
        end = buffer.text.rfind("\n") + 1 if buffer.more else len(buffer.text)
        if not end and len(buffer.text) < LARGEST:
            buffer.grow(len(buffer.text))
            continue
        batch = _Batch(buffer.take(end or len(buffer.text)), count)
        broken = _read_lines(batch)
        yield from _by_path(batch)
        for start, stop in broken:
            yield _plain(batch, start, stop)
        count += len(batch.spans)
        buffer.grow()


def _read_lines(batch: _Batch) -> list[tuple[int, int]]:
    """Fill the batch line by line; the ranges that are no JSON."""
    text, at = batch.block.text, 0
    broken: list[tuple[int, int]] = []
    for line in text.split("\n"):
        end = at + len(line)
        if line and not line.isspace():
            parsed = _parse(text, _skip(text, at))
            if parsed and not text[parsed[1] : end].strip() and parsed[1] <= end:
                batch.spans.append((at, end))
                batch.values.append(parsed[0])
            elif broken and broken[-1][1] == at:
                broken[-1] = broken[-1][0], min(end + 1, len(text))
            else:
                broken.append((at, min(end + 1, len(text))))
        at = end + 1
    return broken


def _plain(batch: _Batch, start: int, end: int) -> Segment:
    line, column = batch.table.position(start)
    text = batch.block.text[start:end]
    return plain.segment(Block(text, None, batch.block.offset + start, line, column, 0, (0, len(text))))


def _elements(buffer: _Buffer, at: int) -> Iterator[Segment]:
    """The elements of a top-level array, or values one after another."""
    spans: list[tuple[int, int]] = []
    values: list[object] = []
    count = 0
    while True:
        at = _skip(buffer.text, at)
        parsed = _parse(buffer.text, at) if at < len(buffer.text) else None
        if parsed and not (buffer.more and parsed[1] == len(buffer.text)):
            spans.append((at, parsed[1]))
            values.append(parsed[0])
            at = parsed[1]
            continue
        left = len(buffer.text) - at
        batch = _Batch(buffer.take(at), count, spans, values)
        yield from _by_path(batch)
        count, spans, values, at = count + len(spans), [], [], 0
        if not buffer.more or left > LARGEST:
            break
        buffer.grow(max(left, 1))
    yield from _rest(buffer)


def _rest(buffer: _Buffer) -> Iterator[Segment]:
    """What follows the last value: a bracket, or text that is no JSON."""
    while buffer.text:
        end = buffer.text.rfind("\n") + 1 if buffer.more else len(buffer.text)
        block = buffer.take(end or len(buffer.text))
        if block.text.strip(" \t\r\n]"):
            yield plain.segment(block)
        buffer.grow()


@dataclass(slots=True)
class _Record:
    """The scalars of one record, in order, and its keys."""

    values: list[tuple[str, str | None, object]] = field(default_factory=list)  # path, role, scalar
    keys: list[str] = field(default_factory=list)

    def add(self, value: object, path: str, role: str | None) -> None:
        if isinstance(value, tuple):
            speaker = _role(value)
            for key, inner in value:
                self.keys.append(key)
                heard = speaker if speaker and key.lower() in _TEXT_KEYS else None
                self.add(inner, f"{path}.{key}" if path else key, heard or role)
        elif isinstance(value, list):
            for inner in value:
                self.add(inner, path, role)
        else:
            self.values.append((path, role, value))


def _role(pairs: tuple[tuple[str, object], ...]) -> str | None:
    """The speaker's role of an object that has a text and says whose."""
    for place in _speakers(tuple(key for key, _ in pairs)):
        told = pairs[place][1]
        role = role_of(told) if isinstance(told, str) else None
        if role:
            return role
    return None


@lru_cache(1024)
def _speakers(keys: tuple[str, ...]) -> list[int]:
    """Which keys tell a speaker's role, in an object that has a text."""
    lower = [key.lower() for key in keys]
    return [n for n, key in enumerate(lower) if key in _ROLE_KEYS] if _TEXT_KEYS.intersection(lower) else []


@dataclass(slots=True)
class _Path:
    """The values of one key path and role (or the keys): which record, which scalar of it."""

    keys: bool = False
    texts: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)


class _Paths(dict[tuple[str, str | None], _Path]):
    """Values gathered by key path and role."""

    def __missing__(self, key: tuple[str, str | None]) -> _Path:
        path = self[key] = _Path()
        return path


def _by_path(batch: _Batch) -> Iterator[Segment]:
    """One segment a key path and role, and the keys."""
    paths, keys = _Paths(), _Keys()
    flat: dict[tuple[str, ...], list[tuple[int, tuple[object, ...]]]] = {}
    for number, value in enumerate(batch.values):
        row = _flat(value)
        if row:
            flat.setdefault(row[0], []).append((number, row[1]))
            keys.add(number, row[0])
        elif not _nested(value, number, paths, keys):
            yield _plain(batch, *batch.spans[number])
    for names, rows in flat.items():
        _gather(names, rows, paths)
    for (name, role), path in paths.items():
        if path.texts:
            yield _segment(batch, path, name, role)
    if keys.path.texts:
        yield _segment(batch, keys.path, "", None)


def _flat(value: object) -> tuple[tuple[str, ...], tuple[object, ...]] | None:
    """Keys and values of an object of scalars that is nobody's message."""
    if not isinstance(value, tuple) or not value:
        return None
    keys, values = zip(*value, strict=True)
    return (keys, values) if _SCALARS.issuperset(map(type, values)) and not _speakers(keys) else None


def _gather(names: tuple[str, ...], rows: list[tuple[int, tuple[object, ...]]], paths: _Paths) -> None:
    """File the columns of objects with the same keys."""
    for order, (name, column) in enumerate(
        zip(names, zip(*(row for _, row in rows), strict=True), strict=True)
    ):
        path = paths[name, None]
        for (number, _), text in zip(rows, column, strict=True):
            if type(text) is str:
                path.texts.append(text)
                path.places.append((number, order))


def _nested(value: object, number: int, paths: _Paths, keys: _Keys) -> bool:
    """File the scalars of any record; False when it is nested too deeply."""
    record = _Record()
    try:
        record.add(value, "", None)
    except RecursionError:
        return False
    for order, (name, role, text) in enumerate(record.values):
        if isinstance(text, str):
            path = paths[name, role]
            path.texts.append(text)
            path.places.append((number, order))
    keys.add(number, tuple(record.keys))
    return True


class _Keys:
    """The keys of records: those that repeat are read once, unless they hold numbers."""

    def __init__(self) -> None:
        self.path = _Path(keys=True)
        self._shapes: dict[tuple[str, ...], bool] = {}

    def add(self, number: int, shape: tuple[str, ...]) -> None:
        telling = self._shapes.get(shape)
        if telling is False:
            return
        if telling is None:
            self._shapes[shape] = bool(_TELLING.search("\n".join(shape)))
        self.path.texts += shape
        self.path.places += [(number, order) for order in range(len(shape))]


def _segment(batch: _Batch, path: _Path, name: str, role: str | None) -> Segment:
    text = joined(path.texts)
    if "\\" in batch.block.text and not text.isascii():
        text = _LONE.sub("\ufffd", text)
    find = partial(_cell, batch, path, name, role)
    return Segment(text, CellsLocator(text, batch.table, batch.block.offset, find, path.places), name or None, role)


def _cell(batch: _Batch, path: _Path, name: str, role: str | None, index: int) -> Cell:
    record, order = path.places[index]
    token = batch.tokens(record, path.keys)[order]
    row = batch.first + record + 1
    shown = ".".join("*" if _TELLING.search(part) else part for part in name.split("."))
    anchor = Anchor(kind="key", row=row, key=shown or None, message=row if role else None)
    pieces = Pieces()
    if token.group(1) is None:
        pieces.copy(token.group(), token.start())
        return Cell(pieces, with_role(anchor, role), _number)
    _unescape(pieces, token.group(1), token.start(1))
    return Cell(pieces, with_role(anchor, role), _spelling(token.group(1)))


def _spelling(raw: str) -> Callable[[str, bool], str]:
    """How the writer of a string wrote what is not ASCII: as it is, or as escapes with small or capital letters."""
    escapes = [digits for match in _ESCAPE.finditer(raw) if (digits := match.group()[2:]) > "007f" or digits in _MARK]
    if not escapes or not raw.isascii():
        return _quoted
    return partial(_escaped, upper=any(digits != digits.lower() for digits in escapes))


def _unescape(pieces: Pieces, raw: str, start: int) -> None:
    import json

    at = 0
    for escape in _ESCAPE.finditer(raw):
        pieces.copy(raw[at : escape.start()], start + at)
        text = json.loads(f'"{escape.group()}"', strict=False)
        pieces.stand_in(text, start + escape.start(), start + escape.end())
        at = escape.end()
    pieces.copy(raw[at:], start + at)


def _quoted(value: str, whole: bool) -> str:
    """A new value inside the quotes of a string."""
    import json

    return json.dumps(value, ensure_ascii=False)[1:-1]


def _escaped(value: str, whole: bool, *, upper: bool) -> str:
    """A new value in ASCII; a bare token begins with an escape, so that what it stands for comes back as escapes."""
    import json

    text = json.dumps(value)[1:-1]
    if text.startswith("[") and "\\u" not in text:
        text = f"\\u{_MARK[0]}{text[1:]}"
    return re.sub(r"(?<=\\u)[0-9a-f]{4}", lambda match: match.group().upper(), text) if upper else text


def _number(value: str, whole: bool) -> str:
    """In place of a number a string; in place of some of its digits, 0 for what is no digit."""
    import json

    return json.dumps(value, ensure_ascii=False) if whole else re.sub("[^0-9]", "0", value)
