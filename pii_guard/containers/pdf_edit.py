"""Taking glyphs out of PDF content streams: each becomes a kern of its own width, so nothing else moves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

import pikepdf

from pii_guard.containers.pdf_glyphs import Glyph

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHOWS = frozenset({"Tj", "TJ", "'", '"'})
_SPOKEN = ("/ActualText", "/Alt", "/E")
_PAD = 0.4  # points around a box


class UnmatchedError(Exception):
    """The stream does not show what the glyphs say; the page has to be redacted another way."""


def without(content: pikepdf.Object | pikepdf.Page, glyphs: Iterable[Glyph], shown: int) -> bytes:
    """The content stream without these glyphs; `shown` is how many operators show text in it."""
    doomed: defaultdict[int, dict[tuple[int, int], Glyph]] = defaultdict(dict)
    for glyph in glyphs:
        doomed[glyph.operator][glyph.element, glyph.position] = glyph
    output: list[object] = []
    number = -1
    for instruction in pikepdf.parse_content_stream(content):
        operands, operator = list(instruction.operands), str(instruction.operator)
        if operator in _SHOWS:
            number += 1
            if number in doomed:
                output += _kerned(operands, operator, doomed[number])
                continue
        if operator in ("BDC", "DP") and len(operands) == 2 and isinstance(operands[1], pikepdf.Dictionary):
            for key in _SPOKEN:
                if key in operands[1]:
                    del operands[1][key]
        output.append((operands, pikepdf.Operator(operator)) if operator != "INLINE IMAGE" else instruction)
    if number + 1 != shown:
        raise UnmatchedError
    return pikepdf.unparse_content_stream(output)  # type: ignore[arg-type]


def _kerned(
    operands: Sequence[pikepdf.Object], operator: str, doomed: dict[tuple[int, int], Glyph]
) -> list[object]:
    """A text-showing operator as TJ, numbers in place of the doomed codes."""
    before: list[object] = []
    if operator == '"':
        before = [([operands[0]], pikepdf.Operator("Tw")), ([operands[1]], pikepdf.Operator("Tc"))]
    if operator in ("'", '"'):
        before.append(([], pikepdf.Operator("T*")))
    elements = list(operands[0]) if operator == "TJ" else [operands[-1]]
    new: list[object] = []
    for number, element in enumerate(elements):
        hit = {index: glyph for (at, index), glyph in doomed.items() if at == number}
        if not hit or not isinstance(element, pikepdf.String):
            new.append(element)
            continue
        codes = next(iter(hit.values())).codes
        if b"".join(codes) != bytes(element):
            raise UnmatchedError
        new += _mixed(codes, hit)
    return [*before, ([pikepdf.Array(new)], pikepdf.Operator("TJ"))]


def _mixed(codes: Sequence[bytes], hit: dict[int, Glyph]) -> list[object]:
    new: list[object] = []
    kept = b""
    for index, code in enumerate(codes):
        if index not in hit:
            kept += code
            continue
        if kept:
            new.append(pikepdf.String(kept))
            kept = b""
        new.append(round(hit[index].advance, 3))
    return [*new, pikepdf.String(kept)] if kept else new


def boxes(rectangles: Iterable[tuple[float, float, float, float]]) -> bytes:
    """Black rectangles, in user space."""
    drawn = b" ".join(
        b"%.2f %.2f %.2f %.2f re" % (x0 - _PAD, y0, x1 - x0 + 2 * _PAD, y1 - y0)
        for x0, y0, x1, y1 in rectangles
    )
    return b"\nq 0 g " + drawn + b" f Q"


def merged(glyphs: Iterable[Glyph]) -> list[tuple[float, float, float, float]]:
    """Boxes of neighbouring glyphs as one."""
    result: list[tuple[float, float, float, float]] = []
    for glyph in glyphs:
        x0, y0, x1, y1 = glyph.box
        if result:
            a0, b0, a1, b1 = result[-1]
            if abs(b0 - y0) < 1 and abs(b1 - y1) < 1 and -1 < x0 - a1 < glyph.size / 2:
                result[-1] = a0, min(b0, y0), x1, max(b1, y1)
                continue
        result.append((x0, y0, x1, y1))
    return result
