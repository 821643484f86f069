"""PDF by reportlab and pikepdf: glyphs, forms, annotations, fields, properties, attachments, links, scans."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from pii_guard.errors import UnreadableError
from pii_guard.formats.binary import pdf
from tests.documents.planting import Garden
from tests.documents.planting import document
from tests.documents.planting import found
from tests.documents.planting import kept_share
from tests.documents.planting import redacted
from tests.documents.planting import tool

_TRUETYPE = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")
CID = "STSong-Light"


@cache
def _font(name: str) -> str:
    if name == CID:
        pdfmetrics.registerFont(UnicodeCIDFont(CID))
    elif not _TRUETYPE.exists():
        pytest.skip("no Chinese TrueType font: apt install fonts-wqy-zenhei")
    else:
        pdfmetrics.registerFont(TTFont(name, str(_TRUETYPE)))
    return name


def _built(garden: Garden, font: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setTitle(garden.name("title"))
    canvas.setAuthor(garden.name("author"))
    canvas.setKeywords(garden.phone("keywords"))
    for page in range(2):
        if page:
            canvas.showPage()
        canvas.setFont(font, 11)
        canvas.drawString(
            60,
            780,
            f"第{page}页 客户{garden.name(f'name {page}')}电话{garden.phone(f'phone {page}')}，其余不变",
        )
        split = garden.phone(f"split {page}")
        line = canvas.beginText(60, 750)
        for part in (split[:3], split[3:7], split[7:]):
            line.textOut(part)
        line.textLine(" 分段显示")
        line.setCharSpace(1.5)
        line.textLine(f"字距 {garden.phone(f'spaced {page}')} 后")
        canvas.drawText(line)
    canvas.saveState()
    canvas.translate(300, 400)
    canvas.rotate(35)
    canvas.drawString(0, 0, f"斜 {garden.phone('rotated')} 字")
    canvas.restoreState()
    canvas.beginForm("stamp")
    canvas.setFont(font, 11)
    canvas.drawString(60, 600, f"章 {garden.phone('form')} 印")
    canvas.endForm()
    canvas.doForm("stamp")
    canvas.linkURL(f"tel:{garden.phone('link')}", (0, 0, 9, 9))
    canvas.bookmarkPage("top")
    canvas.addOutlineEntry(garden.name("outline"), "top")
    canvas.acroForm.textfield(name="phone", tooltip="电话", value=garden.phone("field"), x=60, y=500)
    canvas.drawString(-500, 100, f"页外 {garden.phone('off the page')}")
    canvas.showPage()
    canvas.save()
    return _with_more(out.getvalue(), garden)


def _with_more(data: bytes, garden: Garden) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as file:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Text, Rect=[0, 0, 9, 9],
            Contents=garden.phone("annotation"), T=garden.name("annotator"),
        )  # fmt: skip
        file.pages[0].obj.Annots = pikepdf.Array([file.make_indirect(note)])
        file.attachments["名单.txt"] = garden.phone("attachment").encode()
        with file.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as meta:
            meta["dc:description"] = garden.phone("xmp")
        out = io.BytesIO()
        file.save(out)
    return out.getvalue()


@pytest.mark.parametrize("font", [CID, "wqy"])
def test_every_place_is_found_and_cleaned(font: str) -> None:
    garden = Garden()
    data = _built(garden, _font(font))
    assert set(garden.values.values()) - found(pdf, data, "a.pdf") == set()
    result, problems = redacted(pdf, data, "a.pdf")
    assert problems == []
    assert result.warnings == ()
    assert _left(garden, _qpdf(result.data)) == []


@pytest.mark.parametrize("font", [CID, "wqy"])
def test_poppler_sees_the_rest_and_nothing_else(font: str) -> None:
    garden = Garden()
    data = _built(garden, _font(font))
    result, _ = redacted(pdf, data, "a.pdf")
    before, after = (tool("pdftotext", "-raw", "-", "-", stdin=d).decode() for d in (data, result.data))
    assert _left(garden, after.encode()) == []
    assert kept_share(before, after) >= 0.98


def _qpdf(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as file:
        return b"\n".join(
            [_content(item) for item in file.objects if isinstance(item, pikepdf.Stream)]
            + [item.unparse() for item in file.objects if not isinstance(item, pikepdf.Stream)]
        )


def _content(stream: pikepdf.Stream) -> bytes:
    return stream.read_raw_bytes() if stream.get("/Filter") == "/DCTDecode" else stream.read_bytes()


def _left(garden: Garden, data: bytes) -> list[str]:
    return [
        place
        for place, value in garden.values.items()
        if any(value.encode(codec) in data for codec in ("utf-8", "utf-16-be"))
    ]


def test_an_encrypted_file_is_refused_by_that_name() -> None:
    out = io.BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(UnreadableError) as problem:
        list(pdf.read(document(out.getvalue(), "a.pdf")))
    assert problem.value.reason == "encrypted"


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.7\nxref\ntrailer<</Root 1 0 R>>\n%%EOF"])
def test_a_damaged_file_is_refused_by_that_name(data: bytes) -> None:
    with pytest.raises(UnreadableError) as problem:
        list(pdf.read(document(data, "a.pdf")))
    assert problem.value.reason == "damaged"


def _scanned(garden: Garden) -> bytes:
    """A page that is a picture of text."""
    pillow = pytest.importorskip("PIL.Image", reason="extra `ocr`")
    from PIL import ImageDraw
    from PIL import ImageFont

    _font("wqy")
    picture = pillow.new("RGB", (1000, 600), "white")
    draw = ImageDraw.Draw(picture)
    font = ImageFont.truetype(str(_TRUETYPE), 36)
    for number, text in enumerate((f"客户电话 {garden.phone('scan')} 请保密", "这一行文字保持不变")):
        draw.text((60, 100 + 120 * number), text, font=font, fill="black")
    out = io.BytesIO()
    canvas = Canvas(out, (500, 300))
    canvas.drawInlineImage(picture, 0, 0, 500, 300)
    canvas.save()
    return out.getvalue()


def test_a_scanned_page_is_read_and_blacked() -> None:
    pytest.importorskip("rapidocr", reason="extra `ocr`")
    garden = Garden()
    data = _scanned(garden)
    assert found(pdf, data, "a.pdf") == set(garden.values.values())
    result, problems = redacted(pdf, data, "a.pdf")
    assert problems == []
    assert "图片" in result.warnings[0]
    assert "保持不变" in "".join(segment.text for segment in pdf.read(document(result.data, "a.pdf")))


def test_what_an_operator_cannot_do_here_is_said() -> None:
    garden = Garden()
    result, problems = redacted(pdf, _built(garden, _font(CID)), "a.pdf", operator="tag")
    assert problems == []
    assert "tag" in result.warnings[0]
