"""PDF pages as pdfium sees them: text for scanning, pictures for pages that cannot be edited."""

from __future__ import annotations

import io
from collections.abc import Iterable
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
from pypdfium2 import raw

from pii_guard.containers import ocr
from pii_guard.errors import UnreadableError
from pii_guard.named import NamedTuple

if TYPE_CHECKING:
    from PIL.Image import Image

_DPI = 200
_FEW = 50  # characters: a page with fewer and a picture is a scan
_SMALL, _LARGE = 0.05, 0.2  # of the page: a picture worth reading on a scan, and on any page


Box = tuple[float, float, float, float]


class Shown(NamedTuple):
    """Text on a page with a box for each character, in user space."""

    text: str
    boxes: tuple[tuple[float, float, float, float], ...]


def opened(data: bytes) -> pypdfium2.PdfDocument:
    """A PDF in pdfium."""
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as problem:
        raise UnreadableError("damaged", "PDF 打不开 (cannot open)") from problem


def text_of(page: pypdfium2.PdfPage) -> str:
    """All text of a page, outside its visible area too; a hyphen pdfium made of a line end is dropped."""
    text: str = page.get_textpage().get_text_range()
    return text.replace("\r\n", "\n").replace("\ufffe", "")


def is_pictured(page: pypdfium2.PdfPage, characters: int) -> bool:
    """Whether a page has a picture that may hold text."""
    width, height = page.get_size()
    area = width * height or 1.0
    shares = [_share(item, area) for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
    return max(shares, default=0.0) >= (_SMALL if characters < _FEW else _LARGE)


def _share(item: pypdfium2.PdfObject, area: float) -> float:
    x0, y0, x1, y1 = item.get_bounds()
    return float(abs(x1 - x0) * abs(y1 - y0) / area)


class Layer:
    """A page's text layer as `text_of` gives it, with the boxes of its characters on demand."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._layer = page.get_textpage()
        raw_text: str = self._layer.get_text_range()
        kept = [
            index
            for index, char in enumerate(raw_text)
            if char != "\ufffe" and not (char == "\r" and raw_text[index + 1 : index + 2] == "\n")
        ]
        self.text = "".join(raw_text[index] for index in kept)
        self._index = kept

    def boxes(self, start: int, end: int) -> list[Box]:
        """Boxes of the visible characters of a span."""
        last = max(0, self._layer.count_chars() - 1)
        return [
            self._layer.get_charbox(min(self._index[at], last), loose=True)
            for at in range(start, end)
            if not self.text[at].isspace()
        ]


def recognised(page: pypdfium2.PdfPage) -> Shown:
    """The text of a page's picture, by OCR of what it shows; codes included."""
    picture, scale, (left, top) = _rendered(page)
    text: list[str] = []
    boxes: list[tuple[float, float, float, float]] = []
    for line in [*ocr.lines(picture), *ocr.codes(picture)]:
        text.append(line.text + "\n")
        boxes += [_in_user_space(box, scale, left, top) for box in line.boxes]
        boxes.append((0, 0, 0, 0))
    return Shown("".join(text), tuple(boxes))


def _in_user_space(
    box: tuple[float, float, float, float], scale: float, left: float, top: float
) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = box
    return left + x0 / scale, top - y1 / scale, left + x1 / scale, top - y0 / scale


def _rendered(page: pypdfium2.PdfPage) -> tuple[Image, float, tuple[float, float]]:
    page.set_rotation(0)  # the page keeps its own; boxes are of the unturned page
    scale = _DPI / 72
    left, _, _, top = page.get_cropbox()
    return page.render(scale=scale).to_pil().convert("RGB"), scale, (left, top)


def replaced_by_picture(
    pdf: pikepdf.Pdf,
    target: pikepdf.Page,
    page: pypdfium2.PdfPage,
    rectangles: Iterable[Sequence[float]],
) -> None:
    """The page as a picture of itself with black boxes: nothing under them is left."""
    from PIL import ImageDraw

    picture, scale, (left, top) = _rendered(page)
    draw = ImageDraw.Draw(picture)
    for x0, y0, x1, y1 in rectangles:
        draw.rectangle(
            (
                (x0 - left) * scale - 2,
                (top - y1) * scale - 2,
                (x1 - left) * scale + 2,
                (top - y0) * scale + 2,
            ),
            fill="black",
        )
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=85)
    image = pdf.make_stream(
        out.getvalue(),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=picture.width,
        Height=picture.height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    width, height = picture.width / scale, picture.height / scale
    place = f"q {width:.3f} 0 0 {height:.3f} {left:.3f} {top - height:.3f} cm /Page Do Q".encode()
    target.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Page=image))
    target.obj.Contents = pdf.make_stream(place)
