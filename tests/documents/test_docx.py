"""Word: values planted in every place a document has, by python-docx and by hand, must be gone from all of
them.
"""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE

from pii_guard.formats.binary import docx as format_docx
from tests.documents.planting import Garden
from tests.documents.planting import found
from tests.documents.planting import kept_share
from tests.documents.planting import left
from tests.documents.planting import redacted

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def _built(garden: Garden) -> bytes:
    doc = docx.Document()
    doc.add_heading("客户回访记录", 1)
    doc.add_paragraph(f"客户 {garden.name('body')} 电话 {garden.phone('body phone')}，其余文字保持不变。")
    split = garden.phone("split runs")
    paragraph = doc.add_paragraph("分段：")
    for part, bold in ((split[:3], True), (split[3:7], False), (split[7:], True)):
        paragraph.add_run(part).bold = bold
    table = doc.add_table(2, 2, style="Table Grid")
    for cell, text in zip(
        table._cells, ("姓名", "电话", garden.name("cell"), garden.phone("cell phone")), strict=True
    ):
        cell.text = text
    inner = table.cell(1, 0).add_table(1, 1)
    inner.cell(0, 0).text = garden.phone("nested table")
    section = doc.sections[0]
    section.header.paragraphs[0].text = f"页眉 {garden.phone('header')}"
    section.footer.paragraphs[0].text = f"页脚 {garden.phone('footer')}"
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = garden.phone("first page header")
    run = doc.add_paragraph().add_run("批注处")
    doc.add_comment(run, text=garden.phone("comment"), author=garden.name("comment author"), initials="x")
    for key in ("author", "title", "subject", "keywords", "comments", "last_modified_by", "category"):
        setattr(doc.core_properties, key, garden.name(key))
    doc.part.relate_to(f"tel:{garden.phone('hyperlink')}", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    out = io.BytesIO()
    doc.save(out)
    return _with_parts(out.getvalue(), garden)


def _with_parts(data: bytes, garden: Garden) -> bytes:
    """What python-docx cannot write: text boxes, tracked changes, footnotes, fields, controls."""
    gone = garden.phone("deleted")
    body = (
        f"<w:p><w:r><w:t>1390</w:t></w:r><w:del w:author='{garden.name('reviser')}' w:id='1'>"
        f"<w:r><w:delText>{gone[4:]}</w:delText></w:r></w:del>"
        "<w:ins w:author='x' w:id='2'><w:r><w:t>，改为无</w:t></w:r></w:ins></w:p>"
        "<w:p><w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml' "
        f"alt='{garden.phone('alternative text')}'><v:textbox><w:txbxContent><w:p><w:r><w:t>"
        f"{garden.phone('text box')}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        "<w:r><w:t>框外</w:t></w:r></w:p>"
        f'<w:p><w:r><w:instrText>HYPERLINK "mailto:{garden.phone("field code")}@x"</w:instrText></w:r></w:p>'
        f"<w:sdt><w:sdtPr><w:alias w:val='{garden.phone('control alias')}'/></w:sdtPr><w:sdtContent>"
        f"<w:p><w:r><w:t>{garden.phone('control')}</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    )
    notes = (
        f"<w:footnotes {W}><w:footnote w:id='1'><w:p><w:r><w:t>{garden.phone('footnote')}"
        "</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    custom = (
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties" '
        'xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f"<property pid='2' name='a'><vt:lpwstr>{garden.phone('custom property')}</vt:lpwstr>"
        "</property></Properties>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == "word/document.xml":
                content = content.replace(b"<w:sectPr", body.encode() + b"<w:sectPr", 1)
            new.writestr(info, content)
        new.writestr("word/footnotes.xml", notes)
        new.writestr("docProps/custom.xml", custom)
    return out.getvalue()


def test_every_place_is_found_and_cleaned() -> None:
    garden = Garden()
    data = _built(garden)
    assert set(garden.values.values()) - found(format_docx, data, "a.docx") == set()
    result, problems = redacted(format_docx, data, "a.docx")
    assert left(garden, result.data) == {}
    assert problems == []


def test_the_rest_is_kept() -> None:
    garden = Garden()
    data = _built(garden)
    result, _ = redacted(format_docx, data, "a.docx")
    before, after = docx.Document(io.BytesIO(data)), docx.Document(io.BytesIO(result.data))
    texts = ["\n".join(p.text for p in doc.paragraphs) for doc in (before, after)]
    assert kept_share(*texts) >= 0.995
    assert [p.style.name for p in before.paragraphs] == [p.style.name for p in after.paragraphs]
    assert [len(p.runs) for p in before.paragraphs] == [len(p.runs) for p in after.paragraphs]
    assert len(after.tables) == len(before.tables)
    assert re.search(r"139\*{4}[0-9]{4}", texts[1])


def test_a_clean_document_is_not_touched() -> None:
    data = io.BytesIO()
    docx.Document().save(data)
    result, problems = redacted(format_docx, data.getvalue(), "a.docx")
    assert result.data == data.getvalue()
    assert not result.changed
    assert problems == []


def test_a_picture_in_a_document_is_read_and_blacked() -> None:
    pytest.importorskip("rapidocr", reason="extra `ocr`")
    from PIL import Image
    from PIL import ImageDraw
    from PIL import ImageFont

    garden = Garden()
    picture = Image.new("RGB", (700, 120), "white")
    ImageDraw.Draw(picture).text(
        (30, 40), f"tel {garden.phone('picture')}", font=ImageFont.load_default(40), fill="black"
    )
    png, out = io.BytesIO(), io.BytesIO()
    picture.save(png, "PNG")
    doc = docx.Document()
    doc.add_picture(png)
    doc.save(out)
    assert found(format_docx, out.getvalue(), "a.docx") == set(garden.values.values())
    result, problems = redacted(format_docx, out.getvalue(), "a.docx")
    assert found(format_docx, result.data, "a.docx") == set()
    assert problems == []
