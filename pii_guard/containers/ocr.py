"""Text in pictures with a box for every character (rapidocr, models in its wheel), and codes (zxing-cpp).

A picture is read as it lies and, where little comes out, turned: scans lie on their side or head.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING
from typing import Any

from pii_guard.named import NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

Box = tuple[float, float, float, float]
_ADDRESS = re.compile("住址|地址|住所|收件地址|收货地址")
_LARGEST = 3000  # pixels of the longer side: more slows and does not read better
_LEGIBLE = 0.5  # mean confidence of a line that was read
_SURE = 0.8  # mean confidence of a picture that lies as it should; upside down it is far below


class Line(NamedTuple):
    """A line of text; one box for each character, in pixels of the picture."""

    text: str
    boxes: tuple[Box, ...]


def lines(picture: Image) -> list[Line]:
    """The lines of a picture from top to bottom.

    The engine's own turning of single lines is off: it leaves the boxes of the characters unturned.
    """
    first = _read(picture, 0)
    if _on_side(first.lines):
        readings = [_read(picture, 90), _read(picture, 270)]
    elif first.sureness < _SURE and first.seen:
        readings = [first, _read(picture, 180)]
    else:
        readings = [first]
    best = max(readings, key=lambda reading: reading.sureness)
    return _rows(best.lines, best.turn, picture.size)


class _Reading(NamedTuple):
    """A picture read in one position: lines read well enough, confidence over all that was seen, and how much it was."""

    turn: int
    lines: list[Line]
    sureness: float
    seen: int


def codes(picture: Image) -> list[Line]:
    """QR codes and barcodes: their content, every character in the code's box."""
    import zxingcpp

    found = []
    for code in zxingcpp.read_barcodes(_opaque(picture).convert("L")):
        corners = [
            getattr(code.position, name) for name in ("top_left", "top_right", "bottom_left", "bottom_right")
        ]
        box = _around([(corner.x, corner.y) for corner in corners], 6)
        found.append(Line(code.text, (box,) * len(code.text)))
    return found


def _rows(found: Sequence[Line], turn: int, size: tuple[int, int]) -> list[Line]:
    """Lines in reading order, those side by side joined by a blank: a label and its value are one row."""
    rows: list[list[Line]] = []
    for line in sorted(found, key=_middle):
        _, top, _, bottom = _hull(line.boxes)
        last = rows[-1][-1] if rows else None
        if last is not None and abs(_middle(last) - _middle(line)) < 0.4 * (bottom - top):
            rows[-1].append(line)
        else:
            rows.append([line])
    ordered = (sorted(row, key=lambda item: item.boxes[0][0]) for row in rows)
    joined = (_joined(row) for row in _continued(ordered))
    return [Line(line.text, tuple(_turned_back(box, turn, size) for box in line.boxes)) for line in joined]


def _continued(rows: Iterable[list[Line]]) -> Iterator[list[Line]]:
    """An address goes on in the next row where that begins under it: the two are one."""
    held: list[Line] = []
    for row in rows:
        address = len(held) > 1 and _ADDRESS.match(held[0].text)
        height = row[0].boxes[0][3] - row[0].boxes[0][1]
        if address and len(row) == 1 and abs(row[0].boxes[0][0] - held[1].boxes[0][0]) < height:
            last = held[-1]
            held[-1] = Line(last.text + row[0].text, last.boxes + row[0].boxes)
            continue
        if held:
            yield held
        held = row
    if held:
        yield held


def _joined(row: Sequence[Line]) -> Line:
    boxes: list[Box] = []
    for line in row:
        boxes += [*boxes[-1:], *line.boxes]  # the blank stands where the piece before it ends
    return Line(" ".join(line.text for line in row), tuple(boxes))


def _middle(line: Line) -> float:
    _, top, _, bottom = _hull(line.boxes)
    return (top + bottom) / 2


def _on_side(found: Sequence[Line]) -> bool:
    """Most lines stand on end: the picture lies on its side."""
    tall = sum(1 for line in found if len(line.text) > 2 and _tall(line))
    return tall * 2 > len(found)


def _tall(line: Line) -> bool:
    x0, y0, x1, y1 = _hull(line.boxes)
    return y1 - y0 > 1.5 * (x1 - x0)


def _read(picture: Image, turn: int) -> _Reading:
    import numpy as np

    turned = _opaque(picture).rotate(turn, expand=True)
    scale = min(1.0, _LARGEST / max(turned.size))
    if scale < 1:
        turned = turned.resize((int(turned.width * scale), int(turned.height * scale)))
    result = _engine()(
        np.asarray(turned)[:, :, ::-1], use_cls=False, return_word_box=True, return_single_char_box=True
    )
    found: list[Line] = []
    scores: list[float] = []
    for entry in result.word_results or ():
        words = [] if entry and isinstance(entry[0], str) else list(entry)  # a bare triple: nothing was read
        line = _line(words, scale)
        own = [float(score) for word, score, _ in words for _ in word]
        scores += own
        if line is not None and sum(own) >= _LEGIBLE * len(own):
            found.append(line)
    return _Reading(turn, found, sum(scores) / max(len(scores), 3), len(scores))


def _opaque(picture: Image) -> Image:
    """The picture as a viewer shows it: transparent places white, or black behind light writing."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    import PIL.Image
    from PIL import ImageStat

    layer = picture.convert("RGBA")
    alpha = layer.getchannel("A")
    mean = ImageStat.Stat(layer.convert("L"), alpha.point(lambda a: 255 if a > 127 else 0)).mean
    ground = PIL.Image.new("RGBA", layer.size, "black" if mean and mean[0] > 160 else "white")
    return PIL.Image.alpha_composite(ground, layer).convert("RGB")


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
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


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
    return RapidOCR(params={"Global.log_level": "critical", "Global.text_score": 0.0})
