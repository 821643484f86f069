"""Markdown: headings, tables and block quotes that every renderer knows; nothing of it is active."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence

from pii_guard.summary.blocks import Bars
from pii_guard.summary.blocks import Block
from pii_guard.summary.blocks import Cell
from pii_guard.summary.blocks import Facts
from pii_guard.summary.blocks import HeatMap
from pii_guard.summary.blocks import Page
from pii_guard.summary.blocks import Table
from pii_guard.summary.blocks import Text
from pii_guard.summary.blocks import bar_table
from pii_guard.summary.blocks import heat_table
from pii_guard.summary.blocks import shown

TEXT = True
_ACTIVE = re.compile(r"([\\`*_{}\[\]()#+!|~])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;"}
_MARKS = {"alarm": "> ⚠️ **{}**", "good": "> ✅ {}", "note": "> {}", "": "{}"}


def write(page: Page) -> bytes:
    """The page."""
    parts = [f"# {_literal(page.title)}", _literal(page.subtitle)]
    for chapter in page.chapters:
        parts += [f"## {_literal(chapter.title)}", *(_block(block) for block in chapter.blocks)]
    return ("\n\n".join(parts) + "\n").encode()


def _block(block: Block) -> str:
    if isinstance(block, Text):
        return _MARKS[block.tone].format(_literal(block.text))
    if isinstance(block, Facts):
        return "\n".join(f"- {_literal(label)}: **{_literal(value)}**" for value, label, _ in block.items)
    if isinstance(block, Bars):
        return _table(bar_table(block))
    if isinstance(block, HeatMap):
        return _table(heat_table(block))
    if isinstance(block, Table):
        return _table(block)
    empty = ("&nbsp;",) * (len(block.columns) - 1)
    return "\n".join(_grid(block.columns, [_row((_literal(role), *empty)) for role in block.roles]))


def _table(table: Table) -> str:
    rows = (_row(map(_cell, row)) for row in table.rows[: table.most])
    parts = [f"### {_literal(table.caption)}", "\n".join(_grid(table.columns, rows))]
    if (left := len(table.rows) - table.most) > 0:
        parts.append(_literal(table.more.format(n=left)))
    return "\n\n".join(parts)


def _grid(columns: Sequence[str], rows: Iterable[str]) -> Iterator[str]:
    yield _row(map(_literal, columns))
    yield "|" + "---|" * len(columns)
    yield from rows


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return "<br>".join(map(_literal, cell.split("\n")))
    return _literal(shown(cell))


def _literal(text: str) -> str:
    """Text that Markdown and HTML take literally; addresses do not become links."""
    escaped = _ACTIVE.sub(r"\\\1", shown(text))
    return (
        re.sub("[&<>@]", lambda m: _ENTITIES[m[0]], escaped)
        .replace("://", "&#58;//")
        .replace("www.", "www&#46;")
    )
