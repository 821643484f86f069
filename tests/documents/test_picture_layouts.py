"""Cards, a waybill and a chat as pictures, upright, turned, upside down, small and skewed: the real detectors over OCR."""

from __future__ import annotations

import io
from collections.abc import Callable

import pytest

pytest.importorskip("rapidocr", reason="extra `ocr`")

from PIL import Image

from pii_guard.config import Settings as ScanSettings
from pii_guard.formats.binary import image
from pii_guard.redact import Redactor
from pii_guard.redact import Settings
from pii_guard.redact import redact_document
from pii_guard.scanner import Scanner
from tests.documents import layouts
from tests.documents.planting import document
from tests.documents.test_image import font_of_size

SCANNER = Scanner(ScanSettings())
_APART = str.maketrans("", "", " \n年月日-.")


def _png(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _missed(data: bytes, layout: layouts.Layout) -> list[str]:
    """Types of the fields that were not found whole."""
    found: dict[str, str] = {}
    for segment in image.read(document(data, "a.png")):
        for hit in SCANNER.hits(segment):
            text = segment.text[hit.start : hit.end].translate(_APART)
            found[hit.entity_type] = found.get(hit.entity_type, "") + text
    return [kind for kind, value in layout.fields if value.translate(_APART) not in found.get(kind, "")]


def _small(picture: Image.Image) -> Image.Image:
    return picture.resize((picture.width * 6 // 10, picture.height * 6 // 10), Image.Resampling.LANCZOS)


def _skewed(picture: Image.Image) -> Image.Image:
    return picture.rotate(4, Image.Resampling.BICUBIC, expand=True, fillcolor="white")


def _turned(angle: int) -> Callable[[Image.Image], Image.Image]:
    return lambda picture: picture.rotate(angle, expand=True)


@pytest.mark.parametrize(
    ("layout", "change"),
    [
        (layouts.identity_card, _turned(0)),
        (layouts.identity_card, _turned(90)),
        (layouts.bank_card, _turned(180)),
        (layouts.waybill, _small),
        (layouts.chat, _skewed),
        (layouts.chat, _turned(270)),
    ],
)
def test_every_field_is_found(layout: Callable[[layouts.Font], layouts.Layout], change: Callable[[Image.Image], Image.Image]) -> None:
    drawn = layout(font_of_size)
    assert _missed(_png(change(drawn.picture)), drawn) == []


def test_a_card_loses_its_fields_and_its_portrait_and_nothing_else() -> None:
    drawn = layouts.identity_card(font_of_size)
    result = redact_document(document(_png(drawn.picture), "a.png"), Redactor(Settings()), SCANNER.hits)
    after = Image.open(io.BytesIO(result.data)).convert("RGB")
    assert after.getpixel((800, 265)) == (0, 0, 0), "the middle of the portrait"
    assert after.size == drawn.picture.size
    text = "".join(segment.text for segment in image.read(document(result.data, "a.png")))
    for label in ("姓名", "民族", "住址", "公民身份号码"):
        assert label in text
    assert len(_missed(result.data, drawn)) == len(drawn.fields)
