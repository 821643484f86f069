"""Painting over a picture: the values found, and the portrait of an identity card."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

    from pii_guard.containers.ocr import Box
    from pii_guard.containers.ocr import Line

_PAD = 2
_CARD = re.compile("公民身份证?号码|公民身份號碼")
_PORTRAIT = (0.68, 1.06)  # of the number line's width: where the portrait of a card begins and ends
_ABOVE = 0.56  # of the same: how high it stands above the line


def black_out(frame: Image, boxes: Iterable[Box]) -> None:
    """Solid black, in place."""
    from PIL import ImageDraw

    draw = ImageDraw.Draw(frame)
    black = 0 if len(frame.getbands()) == 1 else (0, 0, 0, 255)[: len(frame.getbands())]
    for x0, y0, x1, y1 in boxes:
        draw.rectangle((x0 - _PAD, y0 - _PAD, x1 + _PAD, y1 + _PAD), fill=black)


def portraits(lines: Sequence[Line], size: tuple[int, int]) -> list[Box]:
    """The portrait of an identity card, by where its number line stands: to the right, above it."""
    found = []
    for line in lines:
        if not _CARD.search(line.text) or len(line.boxes) < 12:
            continue
        first, last = line.boxes[0], line.boxes[-1]
        x0, y0, x1, y1 = first[0], min(first[1], last[1]), last[2], max(first[3], last[3])
        if x1 - x0 > 4 * (y1 - y0):  # upright
            width = x1 - x0
            found.append((x0 + _PORTRAIT[0] * width, y0 - _ABOVE * width, x0 + _PORTRAIT[1] * width, y0 - 4))
        elif first[0] > last[2]:  # upside down
            width = first[2] - last[0]
            found.append(
                (
                    first[2] - _PORTRAIT[1] * width,
                    y1 + 4,
                    first[2] - _PORTRAIT[0] * width,
                    y1 + _ABOVE * width,
                )
            )
    return [_within(box, size) for box in found]


def _within(box: Box, size: tuple[int, int]) -> Box:
    x0, y0, x1, y1 = box
    return max(0.0, x0), max(0.0, y0), min(float(size[0]), x1), min(float(size[1]), y1)
