"""Pictures drawn here: text, turned text, codes, metadata; the picture is read again by OCR."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

pytest.importorskip("rapidocr", reason="extra `ocr`")
pytest.importorskip("PIL", reason="extra `ocr`")

from PIL import Image
from PIL import ImageDraw
from PIL import ImageFont
from PIL.PngImagePlugin import PngInfo

from pii_guard.formats import image
from tests.documents.planting import Garden
from tests.documents.planting import document
from tests.documents.planting import found
from tests.documents.planting import redacted

_FONT = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")


@pytest.fixture(scope="module")
def font() -> ImageFont.FreeTypeFont:
    if not _FONT.exists():
        pytest.skip("no Chinese TrueType font: apt install fonts-wqy-zenhei")
    return ImageFont.truetype(str(_FONT), 28)


def _drawn(lines: list[str], font: ImageFont.FreeTypeFont, turn: int = 0) -> Image.Image:
    picture = Image.new("RGB", (700, 60 * len(lines) + 40), "white")
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((30, 25 + 60 * number), line, font=font, fill="black")
    return picture.rotate(turn, expand=True, fillcolor="white")


def _saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize(("kind", "turn"), [("PNG", 0), ("JPEG", 180), ("PNG", 90)])
def test_characters_found_are_black(kind: str, turn: int, font: ImageFont.FreeTypeFont) -> None:
    garden = Garden()
    lines = [f"联系电话 {garden.phone('a')} 请保密", "这一行文字保持不变", f"备用号码：{garden.phone('b')}"]
    data = _saved(_drawn(lines, font, turn), kind)
    assert found(image, data, "a." + kind.lower()) == set(garden.values.values())
    result, problems = redacted(image, data, "a." + kind.lower())
    assert problems == []
    assert found(image, result.data, "a.png") == set()
    after = Image.open(io.BytesIO(result.data))
    assert (after.format, after.size) == (kind, Image.open(io.BytesIO(data)).size)
    text = "\n".join(segment.text for segment in image.read(document(result.data, "a.png")))
    assert "这一行文字保持不变" in text
    assert "保密" in text


def test_codes_are_read_and_covered() -> None:
    zxingcpp = pytest.importorskip("zxingcpp", reason="extra `ocr`")
    garden = Garden()
    code = zxingcpp.create_barcode(f"tel:{garden.phone('code')}", zxingcpp.BarcodeFormat.QRCode)
    picture = Image.fromarray(zxingcpp.write_barcode_to_image(code, scale=6)).convert("RGB")
    data = _saved(picture, "PNG")
    assert found(image, data, "a.png") == set(garden.values.values())
    result, problems = redacted(image, data, "a.png")
    assert zxingcpp.read_barcodes(Image.open(io.BytesIO(result.data))) == []
    assert problems == []


def test_metadata_is_reported_and_dropped() -> None:
    garden = Garden()
    picture = Image.new("RGB", (64, 64), "white")
    exif = Image.Exif()
    exif[0x010E] = garden.phone("description")
    info = PngInfo()
    info.add_text("Comment", garden.phone("comment"))
    data = _saved(picture, "PNG", exif=exif, pnginfo=info)
    assert found(image, data, "a.png") == set(garden.values.values())
    result, problems = redacted(image, data, "a.png")
    assert problems == []
    assert not any(value.encode() in result.data for value in garden.values.values())


def test_a_position_is_reported() -> None:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (39.0, 54.0, 15.0), 3: "E", 4: (116.0, 24.0, 26.0)}
    data = _saved(Image.new("RGB", (8, 8)), "JPEG", exif=exif)
    first = next(iter(image.read(document(data, "a.png"))))
    assert (first.header, first.text) == ("GPS", "39.904167,116.407222")
