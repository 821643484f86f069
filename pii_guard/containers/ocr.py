"""Text in pictures with a box for every character (rapidocr, models in its wheel), and codes (zxing-cpp).

A picture is read as it lies and, where little comes out, turned: scans lie on their side or head.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING
from typing import Any
from typing import NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

Box = tuple[float, float, float, float]
_LARGEST = 3000  # pixels of the longer side: more slows and does not read better
_SURE = 0.5


class Line(NamedTuple):
    """A line of text; one box for each character, in pixels of the picture."""

    text: str
    boxes: tuple[Box, ...]


def lines(picture: Image) -> list[Line]:
    """The lines of a picture from top to bottom."""
    best: list[Line] = []
    best_worth = -1.0
    for turn in (0, 180, 90, 270):
        found, worth = _read(picture, turn)
        if worth > best_worth:
            best, best_worth = found, worth
        if turn == 0 and not _doubtful(found):
            break
    return best


def codes(picture: Image) -> list[Line]:
    """QR codes and barcodes: their content, every character in the code's box."""
    import zxingcpp

    found = []
    for code in zxingcpp.read_barcodes(picture.convert("L")):
        corners = [getattr(code.position, name) for name in ("top_left", "top_right", "bottom_left", "bottom_right")]
        box = _around([(corner.x, corner.y) for corner in corners], 6)
        found.append(Line(code.text, (box,) * len(code.text)))
    return found


def _doubtful(found: Sequence[Line]) -> bool:
    """Nothing read, or most lines stand upright: the picture is turned."""
    tall = sum(1 for line in found if len(line.text) > 2 and _tall(line))
    return not found or tall * 2 > len(found)


def _tall(line: Line) -> bool:
    x0, y0, x1, y1 = _hull(line.boxes)
    return y1 - y0 > 1.5 * (x1 - x0)


def _read(picture: Image, turn: int) -> tuple[list[Line], float]:
    import numpy as np

    turned = picture.convert("RGB").rotate(turn, expand=True)
    scale = min(1.0, _LARGEST / max(turned.size))
    if scale < 1:
        turned = turned.resize((int(turned.width * scale), int(turned.height * scale)))
    result = _engine()(np.asarray(turned)[:, :, ::-1], return_word_box=True, return_single_char_box=True)
    found: list[Line] = []
    worth = 0.0
    for words in result.word_results or ():
        line = _line(words, scale)
        if line is not None:
            found.append(Line(line.text, tuple(_turned_back(box, turn, picture.size) for box in line.boxes)))
            worth += sum(score for _, score, _ in words if score > _SURE) 
    return found, worth


def _line(words: Any, scale: float) -> Line | None:
    text: list[str] = []
    boxes: list[Box] = []
    for word, _, corners in words:
        box = _around([(float(x) / scale, float(y) / scale) for x, y in corners], 0)
        for index in range(len(word)):
            boxes.append(_slice(box, index, len(word)))
        text.append(word)
    return Line("".join(text), tuple(boxes)) if boxes else None


def _slice(box: Box, index: int, count: int) -> Box:
    x0, y0, x1, y1 = box
    width = (x1 - x0) / count
    return x0 + index * width, y0, x0 + (index + 1) * width, y1


def _around(points: Sequence[tuple[float, float]], pad: float) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs) - pad, min(ys) - pad, max(xs) + pad, max(ys) + pad


def _hull(boxes: Sequence[Box]) -> Box:
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def _turned_back(box: Box, turn: int, size: tuple[int, int]) -> Box:
    """A box of the turned picture (counter-clockwise) in the original."""
    width, height = size
    x0, y0, x1, y1 = box
    if turn == 180:
        return width - x1, height - y1, width - x0, height - y0
    if turn == 90:
        return width - y1, x0, width - y0, x1
    return (y0, height - x1, y1, height - x0) if turn == 270 else box


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.CRITICAL)
    return RapidOCR(params={"Global.log_level": "critical"})
