"""Parquet files: texts, whole numbers and dates by column; nested columns are read as JSON.

Rewriting writes changed columns anew (numbers become text where a value was replaced), keeping schema
metadata, row groups and compression; statistics are computed again.  A value inside a nested column cannot
be replaced and is refused.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pii_guard.containers.columns import Column
from pii_guard.containers.columns import columns
from pii_guard.errors import UnreadableError
from pii_guard.formats import missing_extra
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment

if TYPE_CHECKING:
    import pyarrow

NAME = "parquet"
SUFFIXES = frozenset({".parquet", ".pq"})
EXTRA: str | None = "parquet"

_ROWS = 100_000


def sniff(head: bytes) -> bool:
    """By magic."""
    return head.startswith(b"PAR1")


def read(document: Document) -> Iterator[Segment]:
    """Columns, batch by batch."""
    file = _opened(document)
    row = 0
    for batch in file.iter_batches(batch_size=_ROWS):
        for name, values in zip(batch.schema.names, batch.columns, strict=True):
            yield from (column.segment() for column in _columns(name, values, row))
        row += batch.num_rows


def rewrite(document: Document, replace: Callable[[Segment], Sequence[Edit]]) -> bytes:
    """The table with changed columns."""
    import pyarrow
    from pyarrow import parquet

    file = _opened(document)
    table = file.read()
    for index, name in enumerate(table.schema.names):
        values = table.column(index).to_pylist()
        changed: dict[int, str] = {}
        for column in _columns(name, table.column(index), 0):
            for row, edits in column.edited(replace(column.segment())):
                changed[row] = _edited(_shown(values[row]), edits)
        if changed:
            field = table.schema.field(index)
            if pyarrow.types.is_nested(field.type):
                raise UnreadableError(
                    "cannot_redact", "嵌套列中的值无法替换，请先展平 (value in a nested column)"
                )
            texts = [
                changed.get(row, None if value is None else _shown(value)) for row, value in enumerate(values)
            ]
            new = field.with_type(pyarrow.string())
            table = table.set_column(index, new, pyarrow.array(texts, pyarrow.string()))
    out = io.BytesIO()
    group = file.metadata.row_group(0) if file.metadata.num_row_groups else None
    codec = group.column(0).compression.lower() if group is not None and group.num_columns else "snappy"
    parquet.write_table(
        table, out, compression="none" if codec == "uncompressed" else codec,
        row_group_size=max(1, group.num_rows) if group is not None else None,
    )  # fmt: skip
    return out.getvalue()


def _opened(document: Document) -> pyarrow.parquet.ParquetFile:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as problem:
        raise missing_extra("parquet") from problem
    with document.open() as stream:
        data = stream.read()
    try:
        return parquet.ParquetFile(io.BytesIO(data))
    except (pyarrow.ArrowException, OSError) as problem:
        raise UnreadableError("damaged", "Parquet 文件损坏或已加密 (damaged or encrypted)") from problem


def _columns(name: str, values: pyarrow.ChunkedArray, row: int) -> Iterator[Column[int]]:
    kind = values.type
    if str(kind) in ("bool", "float", "double", "null") or str(kind).startswith("decimal"):
        return
    cells = (
        (_shown(value), row + at + 1, name, at)
        for at, value in enumerate(values.to_pylist())
        if value is not None
    )
    yield from columns("", (cell for cell in cells if cell[0]), {name: name})


def _shown(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "ignore") if b"\0" not in value[:64] else ""
    import json

    return (
        json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else str(value)
    )


def _edited(text: str, edits: Sequence[Edit]) -> str:
    for edit in sorted(edits, key=lambda e: -e.start):
        text = text[: edit.start] + edit.replacement + text[edit.end :]
    return text
