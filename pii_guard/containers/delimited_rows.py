"""Rows of delimited text, with where each cell stands: by Python's csv reader, as far as its quotes are closed.

A quote that nothing closes would swallow the rows behind it; its row is taken apart without quotes.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import field
from functools import cache
from functools import cached_property
from io import StringIO
from itertools import accumulate
from itertools import islice

from pii_guard.records import dataclass
from pii_guard.text.decode import Block
from pii_guard.text.offsets import LineTable

_LONGEST_RECORD = 1 << 17
_MOST_OPEN = 100  # quotes of a block that nothing closes

Field = tuple[int, int, bool]  # start and end in the record, and whether in quotes


@dataclass
class Batch:
    """Rows with the physical lines they were read from."""

    block: Block
    delimiter: str
    lines: list[str]
    rows: list[list[str]]
    ends: list[int]  # row n ends before physical line ends[n]
    bare: frozenset[int] = frozenset()  # rows with a quote that nothing closes: their quotes mean nothing
    _fields: dict[int, list[Field]] = field(default_factory=dict)  # of the rows that were looked at

    @cached_property
    def line_starts(self) -> list[int]:
        return [0, *accumulate(map(len, self.lines))]

    @cached_property
    def table(self) -> LineTable:
        return LineTable(self.block.text, self.block.line, self.block.column)

    def begin(self, row: int) -> int:
        """Where a row starts in the block."""
        return self.line_starts[self.ends[row - 1] if row else 0]

    def record(self, row: int) -> str:
        return "".join(self.lines[self.ends[row - 1] if row else 0 : self.ends[row]])

    def cells(self, row: int) -> list[Field]:
        """Where the cells of a row stand in its record: each column asks for the same row again."""
        found = self._fields.get(row)
        if found is None:
            found = self._fields[row] = _fields(self.record(row), self.delimiter, quotes=row not in self.bare)
        return found

    @property
    def open(self) -> bool:
        """The last row ends inside quotes: it goes on in the next block."""
        record = self.record(len(self.rows) - 1)
        if len(record) > _LONGEST_RECORD or record.count('"') % 2 == 0:
            return False
        start, end, quoted = _fields(record, self.delimiter)[-1]
        return quoted and (end - start < 2 or record[start:end].count('"') % 2 == 1)

    def without_last(self) -> tuple[Batch | None, Block]:
        """The batch without its last row, and that row's text."""
        block, start = self.block, self.begin(len(self.rows) - 1)
        line, column = self.table.position(start)
        rest = block.text[start:]
        left = Block(rest, None, block.offset + start, line, column, 0, (0, len(rest)))
        if not start:
            return Batch(block._replace(text="", owns=(0, 0)), self.delimiter, [], [], []), left
        return batch_of(block._replace(text=block.text[:start], owns=(0, start)), self.delimiter), left


def batch_of(block: Block, delimiter: str, *, final: bool = False) -> Batch | None:
    """The rows of a block; None when it is no clean table.  `final`: nothing follows that could close a quote."""
    ending = "\n" if "\n" in block.text else "\r"
    lines = StringIO(block.text, newline=ending).readlines()
    rows: list[list[str]] = []
    ends: list[int] = []
    bare: set[int] = set()
    for _ in range(_MOST_OPEN):
        broken = _read_on(lines, delimiter, rows, ends, final)
        if broken is None:
            return Batch(block, delimiter, lines, rows, ends, frozenset(bare))
        bare.add(len(rows))
        rows.append(lines[broken].rstrip("\r\n").split(delimiter))
        ends.append(broken + 1)
    return None


def _usual(rows: list[list[str]]) -> int:
    """How many cells most rows have; 0 where they do not agree."""
    width, votes = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
    return width if votes > 1 and 2 * votes > len(rows) else 0


def _read_on(lines: list[str], delimiter: str, rows: list[list[str]], ends: list[int], final: bool) -> int | None:
    """Read rows from where they end; the line of a quote that nothing closes, whose row swallows those behind it."""
    import csv

    start, known = ends[-1] if ends else 0, len(rows)
    reader = csv.reader(islice(lines, start, None), delimiter=delimiter)
    try:
        for row in reader:
            rows.append(row)
            ends.append(start + reader.line_num)
    except csv.Error:  # a cell of more than 128 kB, or a line end where none may be
        return ends[-1] if ends else 0
    usual = _usual(rows)
    for number in range(known, len(rows)):
        first = ends[number - 1] if number else 0
        if ends[number] - first > 1 and lines[first].count(delimiter) + 1 == usual:
            unclosed = final and number == len(rows) - 1 and sum(line.count('"') for line in lines[first:]) % 2
            if unclosed or len(rows[number]) != usual:
                del rows[number:], ends[number:]
                return first
    return None


def _fields(record: str, delimiter: str, *, quotes: bool = True) -> list[Field]:
    """The cells of a record, quotes included."""
    body = len(record.rstrip("\r\n"))
    if not quotes or '"' not in record:
        ends = list(accumulate(map(len, record[:body].split(delimiter)), lambda at, size: at + 1 + size))
        return [(start, end, False) for start, end in zip([0, *(end + 1 for end in ends)], ends, strict=False)]
    bare, quoted = _cell_patterns(delimiter)
    cells, at = [], 0
    while True:
        in_quotes = record.startswith('"', at)
        found = (quoted if in_quotes else bare).match(record, at)
        end = found.end() if found else body
        cells.append((at, end, in_quotes))
        if end >= body:
            return cells
        at = end + 1


@cache
def _cell_patterns(delimiter: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A bare cell and a quoted one, with what wrongly follows its closing quote."""
    bare = f"[^{re.escape(delimiter)}\r\n]*"
    return re.compile(bare), re.compile(f'"(?:[^"]+|"")*+(?:"{bare})?')
