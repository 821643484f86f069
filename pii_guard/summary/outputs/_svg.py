"""Drawings as inline SVG: no text is measured, so any font does; colours come from the page's style.

Each comes twice: for a page, and for a telephone, where labels stand above what they name instead of beside it.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from math import log1p

from pii_guard.report._terminal import width
from pii_guard.summary.blocks import Bars
from pii_guard.summary.blocks import HeatMap
from pii_guard.summary.blocks import shown

_WIDTH, _LABEL, _ROW, _NAME = 960, 330, 34, 230
_SMALL, _STACKED = 380, 22  # width of the drawing for a telephone, and the height of a label in it
_LIGHTEST, _DEEPEST = 0.14, 0.45  # opacity: figures stay readable on the deepest
_LONGEST = 44  # columns of a label of the heat map; those of bars take what fits in _NAME


def heat(heat: HeatMap) -> str:
    """Channels down, severities across; the more, the deeper the colour of the severity."""
    return _heat(heat, small=False) + _heat(heat, small=True)


def bars(bars: Bars) -> str:
    """A bar for every label."""
    return _bars(bars, small=False) + _bars(bars, small=True)


def _heat(heat: HeatMap, *, small: bool) -> str:
    width_, left, above = (_SMALL, 0, _STACKED) if small else (_WIDTH, _LABEL, 0)
    cell, step = (width_ - left) / len(heat.columns), _ROW + above
    top = max((n for _, counts in heat.rows for n in counts), default=0)
    parts = [] if small else [_text(0, 22, heat.corner, "head")]
    parts += [_text(left + cell * (i + 0.5), 22, c.text, "head middle") for i, c in enumerate(heat.columns)]
    for row, (label, counts) in enumerate(heat.rows):
        y = 34 + row * step
        parts.append(_text(0, y + (16 if small else 22), label, "label"))
        for i, (badge, n) in enumerate(zip(heat.columns, counts, strict=True)):
            depth = _LIGHTEST + (_DEEPEST - _LIGHTEST) * log1p(n) / log1p(top) if n else 0.0
            parts += _cell(left + cell * i, y + above, cell, badge.severity, n, depth)
    return _drawn(parts, width_, 34 + len(heat.rows) * step, heat.caption)


def _bars(bars: Bars, *, small: bool) -> str:
    width_, left, above = (_SMALL, 0, _STACKED) if small else (_WIDTH, _NAME, 0)
    top, step = max((n for _, n in bars.items), default=1), 30 + above
    parts: list[str] = []
    for row, (label, n) in enumerate(bars.items):
        y = row * step
        length = max(2.0, (width_ - left - 70) * n / top)
        parts.append(_text(0, y + (18 if small else 20), label, "label", _LONGEST if small else 31))
        parts.append(
            f'<rect class="bar" x="{left}" y="{y + above + 5}" width="{length:.1f}" height="20" rx="3"/>'
        )
        parts.append(_text(left + length + 8, y + above + 20, shown(n), "label"))
    return _drawn(parts, width_, len(bars.items) * step, bars.caption)


def _cell(x: float, y: int, size: float, severity: str, n: int, depth: float) -> Iterator[str]:
    place = f'x="{x + 2:.1f}" y="{y + 2}" width="{size - 4:.1f}" height="{_ROW - 4}" rx="4"'
    yield f'<rect class="empty" {place}/>'
    if n:
        yield f'<rect class="fill-{escape(severity)}" fill-opacity="{depth:.2f}" {place}/>'
    tone = "count" if n else "none"
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


def _drawn(parts: list[str], width_: int, height: int, title: str) -> str:
    kind = "small" if width_ == _SMALL else "large"
    head = (
        f'<svg class="{kind}" viewBox="0 0 {width_} {height}" role="img" aria-label="{escape(shown(title))}">'
    )
    return head + "".join(parts) + "</svg>"
