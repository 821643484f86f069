"""One HTML file: styles and drawings inline, no script, nothing fetched; light and dark by the reader's system."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from pii_guard.summary.blocks import Badge
from pii_guard.summary.blocks import Bars
from pii_guard.summary.blocks import Block
from pii_guard.summary.blocks import Cell
from pii_guard.summary.blocks import Chapter
from pii_guard.summary.blocks import Facts
from pii_guard.summary.blocks import HeatMap
from pii_guard.summary.blocks import Page
from pii_guard.summary.blocks import Signatures
from pii_guard.summary.blocks import Table
from pii_guard.summary.blocks import Text
from pii_guard.summary.blocks import shown
from pii_guard.summary.outputs import _style
from pii_guard.summary.outputs import _svg

TEXT = True
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def write(page: Page) -> bytes:
    """The page."""
    return "\n".join(_page(page)).encode()


def _page(page: Page) -> Iterator[str]:
    title = _literal(page.title)
    yield f'<!DOCTYPE html>\n<html lang="{escape(page.language)}">\n<head>\n<meta charset="utf-8">'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield '<meta name="color-scheme" content="light dark"><meta name="referrer" content="no-referrer">'
    yield f"<title>{title}</title>\n<style>{_style.CSS}</style>\n</head>\n<body>"
    yield f"<header><h1>{title}</h1><p>{_literal(page.subtitle)}</p>"
    links = (f'<a href="#{escape(c.key)}">{_literal(c.title)}</a>' for c in page.chapters)
    yield f"<nav>{' '.join(links)}</nav></header>\n<main>"
    for chapter in page.chapters:
        yield from _chapter(chapter)
    yield f"</main>\n<footer>{_literal(page.footer)}</footer>\n</body>\n</html>\n"


def _chapter(chapter: Chapter) -> Iterator[str]:
    yield f'<section id="{escape(chapter.key)}"><h2>{_literal(chapter.title)}</h2>'
    for block in chapter.blocks:
        yield from _block(block)
    yield "</section>"


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Text):
        yield f'<p class="text {block.tone}">{_literal(block.text)}</p>'
    elif isinstance(block, Facts):
        yield from _facts(block)
    elif isinstance(block, Table):
        yield from _table(block)
    elif isinstance(block, Signatures):
        yield from _signatures(block)
    else:
        yield from _drawing(block)


def _facts(facts: Facts) -> Iterator[str]:
    yield '<ul class="facts">'
    for value, label, tone in facts.items:
        yield f'<li class="{tone}"><b>{_literal(value)}</b><span>{_literal(label)}</span></li>'
    yield "</ul>"


def _drawing(block: Bars | HeatMap) -> Iterator[str]:
    drawn = _svg.bars(block) if isinstance(block, Bars) else _svg.heat(block)
    yield f"<figure><figcaption>{_literal(block.caption)}</figcaption>{drawn}</figure>"


def _table(table: Table) -> Iterator[str]:
    yield f'<div class="wide"><table><caption>{_literal(table.caption)}</caption><colgroup>'
    yield "".join(f'<col style="width:{share}%">' for share in table.shares) + "</colgroup>"
    yield f"<thead><tr>{''.join(f'<th scope=col>{_literal(c)}</th>' for c in table.columns)}</tr></thead><tbody>"
    for row in table.rows[: table.most]:
        yield f"<tr>{''.join(map(_cell, row, table.columns))}</tr>"
    yield "</tbody></table></div>"
    if (left := len(table.rows) - table.most) > 0:
        yield f'<p class="more">{_literal(table.more.format(n=left))}</p>'


def _cell(cell: Cell, column: str) -> str:
    """A cell, with the name of its column for telephones, where rows are cards without heads."""
    label = f' data-label="{_literal(column)}"'
    if isinstance(cell, Badge):
        return f'<td{label}><span class="badge {escape(cell.severity)}">{_literal(cell.text)}</span></td>'
    if isinstance(cell, int):
        return f'<td{label} class="number{"" if cell else " zero"}">{shown(cell)}</td>'
    lines = (_literal(line).replace("/", "/<wbr>") for line in cell.split("\n"))
    return f"<td{label}>{'<br>'.join(lines)}</td>"


def _signatures(block: Signatures) -> Iterator[str]:
    yield '<table class="sign"><thead><tr>'
    yield "".join(f"<th scope=col>{_literal(c)}</th>" for c in block.columns) + "</tr></thead><tbody>"
    empty = "".join(f'<td data-label="{_literal(c)}"></td>' for c in block.columns[1:])
    for role in block.roles:
        yield f"<tr><th scope=row>{_literal(role)}</th>{empty}</tr>"
    yield "</tbody></table>"


def _literal(text: str) -> str:
    return escape(shown(text))
