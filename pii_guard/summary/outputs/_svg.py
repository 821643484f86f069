"""Drawings as inline SVG: no text is measured, so any font does; colours come from the page's style."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import log1p

from pii_guard.report._terminal import width
from pii_guard.summary.blocks import Bars
from pii_guard.summary.blocks import HeatMap
from pii_guard.summary.blocks import shown

_WIDTH, _LABEL, _ROW, _NAME = 960, 330, 34, 230
_LONGEST = 44  # columns of a label of the heat map; those of bars take what fits in _NAME


def heat(heat: HeatMap) -> str:
    """Channels down, severities across; the more, the deeper the colour of the severity."""
    cell = (_WIDTH - _LABEL) / len(heat.columns)
    top = max((n for _, counts in heat.rows for n in counts), default=0)
    parts = [_text(0, 22, heat.corner, "head")]
    parts += [_text(_LABEL + cell * (i + 0.5), 22, c.text, "head middle") for i, c in enumerate(heat.columns)]
    for row, (label, counts) in enumerate(heat.rows):
        y = 34 + row * _ROW
        parts.append(_text(0, y + 22, label, "label"))
        for i, (badge, n) in enumerate(zip(heat.columns, counts, strict=True)):
            depth = 0.18 + 0.72 * log1p(n) / log1p(top) if n else 0.0
            parts += _cell(_LABEL + cell * i, y, cell, badge.severity, n, depth)
    return _drawn(parts, 34 + len(heat.rows) * _ROW, heat.caption)


def bars(bars: Bars) -> str:
    """A bar for every label."""
    top = max((n for _, n in bars.items), default=1)
    parts: list[str] = []
    for row, (label, n) in enumerate(bars.items):
        y = row * 30
        length = max(2.0, (_WIDTH - _NAME - 70) * n / top)
        parts.append(_text(0, y + 20, label, "label", 31))
        parts.append(f'<rect class="bar" x="{_NAME}" y="{y + 5}" width="{length:.1f}" height="20" rx="3"/>')
        parts.append(_text(_NAME + length + 8, y + 20, shown(n), "label"))
    return _drawn(parts, len(bars.items) * 30, bars.caption)


def _cell(x: float, y: int, size: float, severity: str, n: int, depth: float) -> Iterator[str]:
    place = f'x="{x + 2:.1f}" y="{y + 2}" width="{size - 4:.1f}" height="{_ROW - 4}" rx="4"'
    yield f'<rect class="empty" {place}/>'
    if n:
        yield f'<rect class="fill-{escape(severity)}" fill-opacity="{depth:.2f}" {place}/>'
    tone = "none" if not n else "deep" if depth > 0.6 else "count"
    yield _text(x + size / 2, y + 22, shown(n), f"middle {tone}")


def _text(x: float, y: float, text: str, style: str, most: int = _LONGEST) -> str:
    return f'<text x="{x:.1f}" y="{y}" class="{style}">{escape(_short(shown(text), most))}</text>'


def _short(text: str, most: int) -> str:
    """The text, cut where it would run into the drawing."""
    if width(text) <= most:
        return text
    while width(text) > most - 1:
        text = text[:-1]
    return text + "…"


def _drawn(parts: list[str], height: int, title: str) -> str:
    head = f'<svg viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(shown(title))}">'
    return head + "".join(parts) + "</svg>"
