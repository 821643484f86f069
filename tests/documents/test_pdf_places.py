"""Places in a PDF that reportlab does not write: put in with pikepdf, each alone in a file."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array
from pikepdf import Dictionary
from pikepdf import Name
from pikepdf import String
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from pii_guard.formats.binary import pdf
from tests.documents.planting import Garden
from tests.documents.planting import found
from tests.documents.planting import redacted
from tests.documents.planting import tool

Edit = Callable[[pikepdf.Pdf, str], None]
PLACES: dict[str, Edit] = {}


def place(edit: Edit) -> Edit:
    PLACES[edit.__name__.strip("_").replace("_", " ")] = edit
    return edit


def _page(text: str = "hello") -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, (500, 300))
    canvas.drawString(50, 200, text)
    canvas.save()
    return out.getvalue()


def _stream(file: pikepdf.Pdf, content: str, **keys: object) -> pikepdf.Stream:
    return file.make_stream(content.encode(), **keys)


def _form(file: pikepdf.Pdf, value: str) -> pikepdf.Stream:
    return _stream(
        file, f"BT /F1 12 Tf 0 0 Td ({value}) Tj ET",
        Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 200, 20], Resources=Dictionary(Font=file.pages[0].obj.Resources.Font),
    )  # fmt: skip


@place
def _replaced_text(file: pikepdf.Pdf, value: str) -> None:
    file.pages[0].contents_add(f"/Span <</ActualText ({value})>> BDC BT /F1 12 Tf 50 9 Td (xx) Tj ET EMC".encode())


@place
def _invisible_text(file: pikepdf.Pdf, value: str) -> None:
    file.pages[0].contents_add(f"BT 3 Tr /F1 12 Tf 50 100 Td ({value}) Tj ET".encode())


@place
def _one_operator_a_character(file: pikepdf.Pdf, value: str) -> None:
    file.pages[0].contents_add(("BT /F1 12 Tf 50 9 Td " + " ".join(f"({c}) Tj 8 0 Td" for c in value) + " ET").encode())


@place
def _drawn_twice(file: pikepdf.Pdf, value: str) -> None:
    for x in (50, 50.3):
        file.pages[0].contents_add(f"BT /F1 12 Tf {x} 100 Td ({value}) Tj ET".encode())


@place
def _form_in_a_form(file: pikepdf.Pdf, value: str) -> None:
    outer = _stream(
        file, "q 1 0 0 1 5 5 cm /In Do Q", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 300, 40],
        Resources=Dictionary(XObject=Dictionary(In=_form(file, value))),
    )  # fmt: skip
    file.pages[0].obj.Resources.XObject = Dictionary(Out=outer)
    file.pages[0].contents_add(b"q 1 0 0 1 50 50 cm /Out Do Q")


@place
def _pattern(file: pikepdf.Pdf, value: str) -> None:
    keys = {"PatternType": 1, "PaintType": 1, "TilingType": 1, "BBox": [0, 0, 100, 20], "XStep": 100, "YStep": 20}
    fonts = Dictionary(Font=file.pages[0].obj.Resources.Font)
    tile = _stream(file, f"BT /F1 6 Tf 0 0 Td ({value}) Tj ET", Type=Name.Pattern, Resources=fonts, **keys)
    file.pages[0].obj.Resources.Pattern = Dictionary(P1=tile)
    file.pages[0].contents_add(b"/Pattern cs /P1 scn 0 0 300 100 re f")


@place
def _font_of_drawings(file: pikepdf.Pdf, value: str) -> None:
    shapes = {f"/d{d}": _stream(file, "600 0 0 0 600 700 d1 100 0 400 700 re f") for d in range(10)}
    meaning = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def 1 begincodespacerange <00> <ff> "
        "endcodespacerange 1 beginbfrange <30> <39> <0030> endbfrange endcmap end end"
    )
    names = Array([48, *(Name(f"/d{d}") for d in range(10))])
    file.pages[0].obj.Resources.Font.T3 = file.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 700, 700], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
            CharProcs=Dictionary(shapes), FirstChar=48, LastChar=57, Widths=[600] * 10,
            Encoding=Dictionary(Type=Name.Encoding, Differences=names), ToUnicode=_stream(file, meaning),
        )
    )  # fmt: skip
    file.pages[0].contents_add(f"BT /T3 12 Tf 50 100 Td ({value}) Tj ET".encode())


@place
def _stamp(file: pikepdf.Pdf, value: str) -> None:
    look = Dictionary(N=_form(file, value))
    file.pages[0].obj.Annots = Array([Dictionary(Type=Name.Annot, Subtype=Name.Stamp, Rect=[0, 0, 90, 20], AP=look)])


@place
def _free_text(file: pikepdf.Pdf, value: str) -> None:
    note = Dictionary(
        Type=Name.Annot, Subtype=Name.FreeText, Contents=String(value), RC=String(f"<body><p>{value}</p></body>"),
        Rect=[0, 0, 90, 20], AP=Dictionary(N=_form(file, value)),
    )  # fmt: skip
    file.pages[0].obj.Annots = Array([note])


@place
def _choice_field(file: pikepdf.Pdf, value: str) -> None:
    options = Array([String(value), Array([String("x"), String(value)])])
    field = file.make_indirect(
        Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Ch, T=String("t"), V=String(value), Opt=options, Rect=[0, 0, 9, 9])
    )
    file.pages[0].obj.Annots = Array([field])
    file.Root.AcroForm = Dictionary(Fields=Array([field]))


@place
def _script(file: pikepdf.Pdf, value: str) -> None:
    file.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=_stream(file, f"app.alert('{value}')"))


@place
def _layer_name(file: pikepdf.Pdf, value: str) -> None:
    layer = file.make_indirect(Dictionary(Type=Name.OCG, Name=String(value)))
    file.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary())


@place
def _page_label(file: pikepdf.Pdf, value: str) -> None:
    file.Root.PageLabels = Dictionary(Nums=Array([0, Dictionary(P=String(value))]))


@place
def _named_destination(file: pikepdf.Pdf, value: str) -> None:
    file.Root.Names = Dictionary(Dests=Dictionary(Names=Array([String(value), Array([file.pages[0].obj, Name.Fit])])))


@place
def _alternative_text(file: pikepdf.Pdf, value: str) -> None:
    file.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot, K=Dictionary(S=Name.Figure, Alt=String(value)))


@place
def _metadata_of_a_picture(file: pikepdf.Pdf, value: str) -> None:
    picture = file.make_stream(
        b"\0" * 3, Type=Name.XObject, Subtype=Name.Image, Width=1, Height=1, ColorSpace=Name.DeviceRGB, BitsPerComponent=8
    )
    xml = f"<x:xmpmeta xmlns:x='adobe:ns:meta/'><r:RDF xmlns:r='r'><r:D p='{value}'>{value}</r:D></r:RDF></x:xmpmeta>"
    picture.Metadata = _stream(file, xml, Type=Name.Metadata, Subtype=Name.XML)
    file.pages[0].obj.Resources.XObject = Dictionary(Im=picture)


@place
def _exif_of_a_picture(file: pikepdf.Pdf, value: str) -> None:
    out, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = value
    Image.new("RGB", (64, 64), "white").save(out, "JPEG", exif=exif)
    file.pages[0].obj.Resources.XObject = Dictionary(
        Im=file.make_stream(
            out.getvalue(), Type=Name.XObject, Subtype=Name.Image, Width=64, Height=64, ColorSpace=Name.DeviceRGB,
            BitsPerComponent=8, Filter=Name.DCTDecode,
        )
    )  # fmt: skip


@place
def _attached_name(file: pikepdf.Pdf, value: str) -> None:
    file.attachments[f"{value}.txt"] = b"x"


def _with(edit: Edit, value: str) -> bytes:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(_page())) as file:
        edit(file, value)
        file.save(out)
    return out.getvalue()


def _unpacked(data: bytes) -> bytes:
    """Everything qpdf can lay open, whatever text poppler sees, and the bytes as they are."""
    shown = tool("pdftotext", "-raw", "-", "-", stdin=data)
    with pikepdf.open(io.BytesIO(data)) as file:
        out = io.BytesIO()
        file.save(out, qdf=True, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
    return data + shown + out.getvalue()


@pytest.mark.parametrize("name", PLACES)
def test_a_value_there_is_found_and_gone(name: str) -> None:
    garden = Garden()
    value = garden.phone(name)
    data = _with(PLACES[name], value)
    assert value.encode() in _unpacked(data) or name == "one operator a character"
    assert found(pdf, data, "a.pdf") == {value}
    result, problems = redacted(pdf, data, "a.pdf")
    assert problems == []
    assert value.encode() not in _unpacked(result.data)
    assert b"hello" in tool("pdftotext", "-raw", "-", "-", stdin=result.data)


def test_an_earlier_revision_is_read_and_dropped() -> None:
    garden = Garden()
    data = _page(f"tel {garden.phone('earlier')}")
    with pikepdf.open(io.BytesIO(data)) as file:
        number, root, size = file.pages[0].obj.Contents.objgen[0], file.Root.objgen[0], len(file.objects) + 1
    start = int(re.findall(rb"startxref\s+(\d+)", data)[-1])
    content = b"%d 0 obj\n<</Length 36>>stream\nBT /F1 12 Tf 50 100 Td (later) Tj ET \nendstream\nendobj\n" % number
    table = b"xref\n%d 1\n%010d 00000 n \ntrailer\n<</Size %d/Root %d 0 R/Prev %d>>\n" % (number, len(data), size, root, start)
    data += content + table + b"startxref\n%d\n%%%%EOF\n" % (len(data) + len(content))
    assert b"later" in tool("pdftotext", "-", "-", stdin=data)
    assert found(pdf, data, "a.pdf") == set(garden.values.values())
    result, problems = redacted(pdf, data, "a.pdf")
    assert problems == []
    assert "旧版本" in "".join(result.warnings)
    assert garden.values["earlier"].encode() not in _unpacked(result.data)
    assert result.data.count(b"%%EOF") == 1


def test_what_editors_keep_for_themselves_goes() -> None:
    garden = Garden()
    value = garden.phone("page")

    def edit(file: pikepdf.Pdf, value: str) -> None:
        file.pages[0].contents_add(f"BT /F1 12 Tf 50 100 Td ({value}) Tj ET".encode())
        file.pages[0].obj.PieceInfo = Dictionary(App=Dictionary(Private=_stream(file, f"drawing {value}")))
        file.pages[0].obj.Thumb = file.make_stream(b"\0", Width=1, Height=1, ColorSpace=Name.DeviceGray, BitsPerComponent=8)

    result, problems = redacted(pdf, _with(edit, value), "a.pdf")
    assert problems == []
    assert value.encode() not in _unpacked(result.data)
    assert b"/Thumb" not in _unpacked(result.data)


def test_verification_sees_what_an_annotation_shows() -> None:
    from pii_guard.redact.views import views

    value = Garden().phone("stamp")
    assert any(value in (view.text or "") for view in views(_with(PLACES["stamp"], value)))
