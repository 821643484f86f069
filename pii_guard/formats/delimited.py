"""CSV, TSV and other delimited tables (RFC 4180 and what spreadsheets make of it), column by column.

Rows are read by Python's csv reader; the exact place of a value, with its quoting, is worked out only where
something is found.  A block that is no clean table is read as plain text: nothing is left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import field
from dataclasses import replace
from functools import partial
from itertools import takewhile
from itertools import zip_longest
from typing import TYPE_CHECKING

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
from pii_guard.text.offsets import Pieces

if TYPE_CHECKING:
    from pii_guard.containers.delimited_rows import Batch

NAME = "csv"
EXTRA: str | None = None
SUFFIXES = frozenset({".csv", ".tsv", ".tab", ".psv"})

_DELIMITERS = ",\t;|"
_SAMPLE = 1 << 16
_MOST_TITLES = 8  # lines above a table's header
_QUOTED = lazy(r'"[^"]*"')
_DATA = lazy(r"[0-9]{5}|@|^\W*[0-9][0-9\W年月日]*$")
_SEP_LINE = lazy(r"sep=([^\r\n])\r?\n", re.IGNORECASE)


def sniff(head: bytes) -> bool:
    """A header and at least four lines with as many delimiters (two or more) outside of quotes."""
    lines = [
        _QUOTED.sub("", line) for line in head.decode("utf-8", "ignore").split("\n")[:-1] if line.strip()
    ][:50]
    if len(lines) < 5:
        return False
    for delimiter in "\t|,;":
        count = lines[0].count(delimiter)
        if count >= 2 and all(line.count(delimiter) == count for line in lines):
            return _is_header([cell.strip() for cell in lines[0].split(delimiter)])
    return False


def read(document: Document) -> Iterator[Segment]:
    """For each batch of rows one segment a column."""
    with document.open() as stream:
        yield from _segments(blocks(stream))


def rewrite(document: Document, replace: Callable[[Segment], Sequence[Edit]]) -> bytes:
    """The table with the edits made; quoting, line ends and untouched cells stay."""
    return splice.rewrite(document, _segments, replace)


@dataclass(slots=True)
class _Table:
    """What is known of the table so far."""

    delimiter: str
    header: list[str] = field(default_factory=list)
    width: int = 0
    rows: int = 0

    def name(self, column: int) -> str | None:
        name = self.header[column].strip() if column < len(self.header) else ""
        return name or None


def _segments(parts: Iterator[Block]) -> Iterator[Segment]:
    from pii_guard.containers.delimited_rows import batch_of

    table: _Table | None = None
    left: Block | None = None
    ahead = next(parts, None)
    while ahead is not None:
        block, ahead = ahead, next(parts, None)
        if left is not None:
            block, left = _together(left, block), None
        if table is None:
            table = _Table(_delimiter(block.text))
        if block.overlap or (ahead is not None and ahead.overlap):
            yield plain.segment(block)  # one row of megabytes: not worth taking apart
            continue
        batch = batch_of(block, table.delimiter, final=ahead is None)
        if batch is not None and ahead is not None and batch.open:
            batch, left = batch.without_last()
        if batch is None:
            yield plain.segment(block)
        else:
            yield from _columns(batch, table)


def _together(left: Block, block: Block) -> Block:
    text = left.text + block.text
    return Block(text, None, left.offset, left.line, left.column, 0, (0, len(text)))


def _delimiter(text: str) -> str:
    """The delimiter that divides most lines of the sample into the same number of cells."""
    told = _SEP_LINE.match(text)
    if told:
        return told.group(1)
    lines = [line for line in _QUOTED.sub("", text[:_SAMPLE]).split("\n")[:200] if line.strip()]

    def score(delimiter: str) -> tuple[float, int]:
        counts = [line.count(delimiter) for line in lines]
        usual = max(set(counts), key=counts.count) if counts else 0
        return (round(counts.count(usual) / len(counts), 1) if usual else 0.0), usual

    return max(_DELIMITERS, key=score)


def _columns(batch: Batch, table: _Table) -> Iterator[Segment]:
    from pii_guard.containers.speakers import speakers

    first = 0
    if batch.rows and table.rows == 0:
        first = _start(batch, table)
        if first:
            cells = [(row, column) for row in range(first) for column in range(len(batch.rows[row]))]
            yield _segment(batch, table, cells, None)
    rows = batch.rows[first:]
    width = max(table.width, 1)
    if len(rows) * width > 4 * len(batch.block.text) + 64:  # nearly empty rows under a huge header
        yield plain.segment(batch.block)
    else:
        told = speakers(table.header, rows)
        for column, values in enumerate(zip_longest(*(row[:width] for row in rows), fillvalue="")):
            if told and column == told[0]:
                yield from _said(batch, table, first, column, values, told[1])
            elif any(values):
                yield _column(batch, table, first, column, values, in_order=told is not None)
        beyond = [
            (n, m) for n, row in enumerate(rows, first) if len(row) > width for m in range(width, len(row))
        ]
        if beyond:
            yield _segment(batch, table, beyond, None)
    table.rows += len(batch.rows)


def _start(batch: Batch, table: _Table) -> int:
    """Learn the table's shape from its first rows; the number of rows before the data."""
    first = 1 if _SEP_LINE.match(batch.block.text) else 0
    table.width = max(map(len, batch.rows[first : first + 100]), default=0)
    if table.width > 1:
        titles = takewhile(_is_title, batch.rows[first : first + _MOST_TITLES])
        first += sum(1 for _ in titles)
    row = batch.rows[first] if first < len(batch.rows) else []
    if not _is_header([cell.strip() for cell in row]):
        return 0
    table.header = row
    return first + 1


def _is_title(row: list[str]) -> bool:
    """What stands above a table: one cell, or nothing."""
    return sum(1 for cell in row if cell.strip()) <= 1


def _is_header(cells: list[str]) -> bool:
    """Names of columns: short, and nothing that looks like data."""
    named = [cell for cell in cells if cell]
    return len(named) * 2 > len(cells) and not any(len(cell) > 60 or _DATA.search(cell) for cell in named)


def _said(
    batch: Batch, table: _Table, first: int, column: int, values: Sequence[str], roles: Sequence[str | None]
) -> Iterator[Segment]:
    """What each role says, with its place in the talk."""
    name, base = table.name(column), table.rows + 1
    for role in dict.fromkeys(roles):
        numbers = [n for n, other in enumerate(roles) if other == role and values[n]]
        if not numbers:
            continue
        text = joined([values[n] for n in numbers])

        def find(index: int, numbers: Sequence[int] = numbers, role: str | None = role) -> Cell:
            cell = _cell(batch, base, name, column, first + numbers[index])
            return replace(cell, anchor=with_role(cell.anchor, role))

        order = [(base + first + n, 0) for n in numbers]
        yield Segment(text, CellsLocator(text, batch.table, batch.block.offset, find, order), name, role)


def _column(
    batch: Batch, table: _Table, first: int, column: int, values: Sequence[str], *, in_order: bool = False
) -> Segment:
    """A column; `in_order`: of a talk, whose rows are told from one another."""
    text = joined(values)
    base = table.rows + 1
    name = table.name(column)

    def find(index: int) -> Cell:
        return _cell(batch, base, name, column, first + index)

    order = [(base + first + n, 0) for n in range(len(values))] if in_order else ()
    return Segment(text, CellsLocator(text, batch.table, batch.block.offset, find, order), header=name)


def _segment(batch: Batch, table: _Table, cells: list[tuple[int, int]], header: str | None) -> Segment:
    text = joined([batch.rows[row][column] for row, column in cells])
    base = table.rows + 1

    def find(index: int) -> Cell:
        row, column = cells[index]
        return _cell(batch, base, None, column, row)

    return Segment(text, CellsLocator(text, batch.table, batch.block.offset, find), header=header)


def _cell(batch: Batch, base: int, header: str | None, column: int, row: int) -> Cell:
    """A cell, found in the text of its record; `base` is the number of the batch's first row."""
    anchor = Anchor(kind="cell", row=base + row, column=header or _letters(column))
    value = batch.rows[row][column] if column < len(batch.rows[row]) else ""
    start, end, quoted = batch.cells(row)[column] if value else (0, 0, False)
    begin = batch.begin(row)
    pieces = _pieces(batch.block.text[begin + start : begin + end], begin + start, quoted)
    if pieces.text() != value:  # quoting that only the csv reader understands: the whole cell stands for it
        pieces = Pieces()
        pieces.stand_in(value, begin + start, begin + end)
    return Cell(pieces, anchor, partial(_escaped, delimiter=batch.delimiter, quoted=quoted))


def _pieces(raw: str, start: int, quoted: bool) -> Pieces:
    pieces = Pieces()
    if not quoted:
        pieces.copy(raw, start)
        return pieces
    close = re.compile(r'"((?:[^"]|"")*)').match(raw)
    end = close.end() if close else len(raw)
    at = 1
    for double in re.compile('""').finditer(raw, 1, end):
        pieces.copy(raw[at : double.start()], start + at)
        pieces.stand_in('"', start + double.start(), start + double.end())
        at = double.end()
    pieces.copy(raw[at:end], start + at)
    pieces.copy(raw[end + 1 :], start + end + 1)
    return pieces


def _escaped(value: str, whole: bool, *, delimiter: str, quoted: bool) -> str:
    """A new value in the cell's own quoting; an unquoted cell cannot hold the delimiter or a line end."""
    if quoted:
        return value.replace('"', '""')
    return re.sub(f'[\r\n"{re.escape(delimiter)}]', " ", value)


def _letters(column: int) -> str:
    """A column's letters as in a spreadsheet."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
