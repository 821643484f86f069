"""SQLite databases: every column of every table, its name as header; texts and integers.

Rewriting updates the rows and rebuilds the file (VACUUM), so no freed page keeps an old value.  Indexes
follow; what a full-text index has stored of a value is not reached, which the verification of a redaction
reports.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import closing
from typing import TYPE_CHECKING

from pii_guard.containers.columns import Column
from pii_guard.containers.columns import columns
from pii_guard.errors import UnreadableError
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment

if TYPE_CHECKING:
    import sqlite3

NAME = "sqlite"
SUFFIXES = frozenset({".sqlite", ".sqlite3", ".db", ".db3"})
EXTRA: str | None = None

_MAGIC = b"SQLite format 3\0"


def sniff(head: bytes) -> bool:
    """By magic."""
    return head.startswith(_MAGIC)


def read(document: Document) -> Iterator[Segment]:
    """Columns of all tables."""
    with closing(_opened(document)) as base:
        for table in _tables(base):
            yield from (column.segment() for column in _columns(base, table))


def rewrite(document: Document, replace: Callable[[Segment], Sequence[Edit]]) -> bytes:
    """The database with changed rows, rebuilt."""
    with closing(_opened(document)) as base:
        for table in _tables(base):
            for column in list(_columns(base, table)):
                for (rowid, name), edits in column.edited(replace(column.segment())):
                    _update(base, table, name, rowid, edits)
        base.commit()
        base.execute("VACUUM")
        return bytes(base.serialize())


def _opened(document: Document) -> sqlite3.Connection:
    import sqlite3

    with document.open() as stream:
        data = stream.read()
    if not data.startswith(_MAGIC):
        raise UnreadableError("damaged", "不是 SQLite 数据库，或已加密 (not a database, or encrypted)")
    base = sqlite3.connect(":memory:")
    base.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        base.deserialize(_without_journal(data))
        base.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.DatabaseError as problem:
        base.close()
        raise UnreadableError("damaged", "数据库损坏或已加密 (damaged or encrypted database)") from problem
    return base


def _without_journal(data: bytes) -> bytes:
    """A database in WAL mode cannot live in memory: the two bytes that say so are set to rollback mode."""
    return data[:18] + b"\x01\x01" + data[20:] if data[18:20] == b"\x02\x02" else data


def _tables(base: sqlite3.Connection) -> list[str]:
    rows = base.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    return [name for (name,) in rows]


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _columns(base: sqlite3.Connection, table: str) -> Iterator[Column[tuple[int, str]]]:
    """The cells of a table by column; a table without row ids is read by its position alone."""
    import sqlite3

    names = [row[1] for row in base.execute(f"PRAGMA table_info({_quoted(table)})")]
    try:
        rows = base.execute(f"SELECT rowid, * FROM {_quoted(table)}")  # noqa: S608 - a name from the schema, quoted
    except sqlite3.DatabaseError as problem:
        raise UnreadableError("unsupported", "表无 rowid，无法读取 (table without rowid)") from problem
    yield from columns(table, _cells(names, rows), headers=dict(zip(names, names, strict=True)))


def _cells(names: Sequence[str], rows: sqlite3.Cursor) -> Iterator[tuple[str, int, str, tuple[int, str]]]:
    for rowid, *values in rows:
        for name, value in zip(names, values, strict=True):
            text = _shown(value)
            if text:
                yield text, rowid, name, (rowid, name)


def _shown(value: object) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "ignore") if b"\0" not in value[:64] else ""
    return str(value) if isinstance(value, str | int) else ""


def _update(base: sqlite3.Connection, table: str, name: str, rowid: int, edits: Sequence[Edit]) -> None:
    cell, place = _quoted(name), _quoted(table)
    (old,) = base.execute(f"SELECT {cell} FROM {place} WHERE rowid = ?", (rowid,)).fetchone()  # noqa: S608
    text = old.decode("utf-8", "ignore") if isinstance(old, bytes) else str(old)
    for edit in sorted(edits, key=lambda e: -e.start):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    base.execute(f"UPDATE {place} SET {cell} = ? WHERE rowid = ?", (text, rowid))  # noqa: S608 - quoted names
