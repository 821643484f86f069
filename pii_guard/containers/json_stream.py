"""JSON as a stream of records: lines, or the elements of a top-level array, read in batches with flat memory.

Python's own scanner reads them; duplicate keys and the notation of numbers are kept.  What does not parse is told
as ranges of the text; a single value larger than LARGEST counts as such.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import field
from functools import cache
from functools import cached_property
from typing import cast

from pii_guard.patterns import lazy
from pii_guard.records import dataclass
from pii_guard.text.decode import Block
from pii_guard.text.offsets import LineTable

LARGEST = 1 << 25  # characters of one value

_SPACE = lazy(r"[ \t\r\n,]*")
_TOKEN = lazy(
    r'"((?:[^"\\]|\\.)*)"(\s*:)?|-?[0-9][0-9.eE+-]*|true|false|null|NaN|-?Infinity', re.DOTALL
)

Range = tuple[int, int]


@dataclass
class Batch:
    """Records that stand in one text: where, and their values; objects are tuples of pairs."""

    block: Block
    first: int  # records before this batch
    spans: list[Range] = field(default_factory=list)
    values: list[object] = field(default_factory=list)
    broken: list[Range] = field(default_factory=list)  # what is no JSON
    _known: tuple[int, tuple[list[re.Match[str]], list[re.Match[str]]]] | None = None

    @cached_property
    def table(self) -> LineTable:
        """Lines and columns of the document."""
        return LineTable(self.block.text, self.block.line, self.block.column)

    def tokens(self, record: int, keys: bool) -> list[re.Match[str]]:
        """The scalars (or the keys) of a record in the order they stand there."""
        if self._known is None or self._known[0] != record:
            found = list(_TOKEN.finditer(self.block.text, *self.spans[record]))
            self._known = record, ([t for t in found if not t.group(2)], [t for t in found if t.group(2)])
        return self._known[1][keys]

    def part(self, start: int, end: int) -> Block:
        """A range of the text as a block of its own."""
        line, column = self.table.position(start)
        text = self.block.text[start:end]
        return Block(text, None, self.block.offset + start, line, column, 0, (0, len(text)))


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


def batches(parts: Iterator[Block]) -> Iterator[Batch]:
    """The records of a document, a batch at a time."""
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


def _lines(buffer: _Buffer) -> Iterator[Batch]:
    count = 0
    while buffer.text:
        end = buffer.text.rfind("\n") + 1 if buffer.more else len(buffer.text)
        if not end and len(buffer.text) < LARGEST:
            buffer.grow(len(buffer.text))
            continue
        batch = Batch(buffer.take(end or len(buffer.text)), count)
        _read_lines(batch)
        yield batch
        count += len(batch.spans)
        buffer.grow()


def _read_lines(batch: Batch) -> None:
    """Fill the batch line by line."""
    text, broken, at = batch.block.text, batch.broken, 0
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


def _elements(buffer: _Buffer, at: int) -> Iterator[Batch]:
    """The elements of a top-level array, or values one after another."""
    spans: list[Range] = []
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
        yield Batch(buffer.take(at), count, spans, values)
        count, spans, values, at = count + len(spans), [], [], 0
        if not buffer.more or left > LARGEST:
            break
        buffer.grow(max(left, 1))
    yield from _rest(buffer)


def _rest(buffer: _Buffer) -> Iterator[Batch]:
    """What follows the last value: a bracket, or text that is no JSON."""
    while buffer.text:
        end = buffer.text.rfind("\n") + 1 if buffer.more else len(buffer.text)
        block = buffer.take(end or len(buffer.text))
        if block.text.strip(" \t\r\n]"):
            yield Batch(block, 0, broken=[(0, len(block.text))])
        buffer.grow()
