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

from pii_guard.formats.binary import image
from tests.documents.planting import Garden
from tests.documents.planting import document
from tests.documents.planting import found
from tests.documents.planting import left
from tests.documents.planting import redacted

_FONT = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")


@pytest.fixture(scope="module")
def font() -> ImageFont.FreeTypeFont:
    return font_of_size(28)


def font_of_size(size: int) -> ImageFont.FreeTypeFont:
    """A Chinese font; skips where there is none."""
    if not _FONT.exists():
        pytest.skip("no Chinese TrueType font: apt install fonts-wqy-zenhei")
    return ImageFont.truetype(str(_FONT), size)


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


@pytest.mark.parametrize(
    ("kind", "turn"), [("PNG", 0), ("JPEG", 180), ("PNG", 90), ("WEBP", 270), ("TIFF", 0), ("BMP", 0), ("GIF", 0)]
)
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


@pytest.mark.parametrize(("ground", "ink"), [((0, 0, 0, 0), "black"), ((0, 0, 0, 0), "white"), ("#222", "#eee")])
def test_writing_on_any_ground(ground: object, ink: str, font: ImageFont.FreeTypeFont) -> None:
    garden = Garden()
    picture = Image.new("RGBA", (700, 100), ground)  # type: ignore[arg-type]
    ImageDraw.Draw(picture).text((30, 30), f"联系电话 {garden.phone('a')} 请保密", font=font, fill=ink)
    data = _saved(picture, "PNG")
    assert found(image, data, "a.png") == set(garden.values.values())
    result, problems = redacted(image, data, "a.png")
    assert problems == []
    assert found(image, result.data, "a.png") == set()


def test_every_page_of_a_fax(font: ImageFont.FreeTypeFont) -> None:
    garden = Garden()
    pages = [_drawn([f"电话 {garden.phone(page)}"], font).convert("1") for page in "ab"]
    data = _saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="group4")
    assert found(image, data, "a.tif") == set(garden.values.values())
    result, problems = redacted(image, data, "a.tif")
    assert problems == []
    assert found(image, result.data, "a.tif") == set()
    assert Image.open(io.BytesIO(result.data)).n_frames == 2


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


_XMP = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='r'><rdf:D creator='{}'>{}</rdf:D></rdf:RDF></x:xmpmeta>"


def _tags(garden: Garden) -> Image.Exif:
    exif = Image.Exif()
    exif[0x010E] = garden.phone("description")
    exif[0x013B] = garden.name("artist").encode()
    exif[0x9C9B] = f"{garden.phone('Windows title')}\0".encode("utf-16-le")
    exif[0x9C9D] = f"{garden.name('Windows author')}\0".encode("utf-16-le")
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + garden.phone("user comment").encode("utf-16-le")
    return exif


def _with_caption(jpeg: bytes, caption: str) -> bytes:
    """IPTC, put in by hand: Pillow does not write it."""
    value = caption.encode()
    entry = b"\x1c\x02\x78" + len(value).to_bytes(2, "big") + value
    block = b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + len(entry).to_bytes(4, "big") + entry + b"\0" * (len(entry) % 2)
    return jpeg[:2] + b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block + jpeg[2:]


def test_metadata_of_photographs_is_found_and_dropped() -> None:
    garden = Garden()
    xmp = _XMP.format(garden.name("XMP attribute"), garden.phone("XMP text"))
    picture = Image.new("RGB", (64, 64), "white")
    data = _saved(picture, "JPEG", exif=_tags(garden), xmp=xmp.encode(), comment=garden.phone("comment").encode())
    data = _with_caption(data, garden.phone("caption"))
    assert found(image, data, "a.jpg") == set(garden.values.values())
    result, problems = redacted(image, data, "a.jpg")
    assert problems == []
    assert left(garden, result.data) == {}
    with Image.open(io.BytesIO(result.data)) as after:
        assert set(after.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("kind", ["WEBP", "PNG", "TIFF"])
def test_xmp_in_other_formats(kind: str) -> None:
    garden = Garden()
    xmp = _XMP.format(garden.name("attribute"), garden.phone("text"))
    info = PngInfo()
    info.add_itxt("XML:com.adobe.xmp", xmp)
    options = {"PNG": {"pnginfo": info}, "WEBP": {"xmp": xmp.encode()}, "TIFF": {"tiffinfo": {700: xmp.encode()}}}
    data = _saved(Image.new("RGB", (64, 64), "white"), kind, **options[kind])
    assert found(image, data, f"a.{kind.lower()}") == set(garden.values.values())
    result, problems = redacted(image, data, f"a.{kind.lower()}")
    assert problems == []
    assert left(garden, result.data) == {}


def test_a_position_is_reported() -> None:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (39.0, 54.0, 15.0), 3: "E", 4: (116.0, 24.0, 26.0)}
    data = _saved(Image.new("RGB", (8, 8)), "JPEG", exif=exif)
    first = next(iter(image.read(document(data, "a.png"))))
    assert (first.header, first.text) == ("GPS", "39.904167,116.407222")
