"""PowerPoint: slides, split runs, tables, notes, masters, charts and their workbooks, comments."""

from __future__ import annotations

import io
import zipfile

import pptx
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Inches

from pii_guard.formats.binary import pptx as format_pptx
from tests.documents.planting import Garden
from tests.documents.planting import found
from tests.documents.planting import left
from tests.documents.planting import redacted


def _built(garden: Garden) -> bytes:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = f"标题 {garden.name('title')}"
    box = slide.shapes.add_textbox(Inches(1), Inches(1), Inches(3), Inches(1))
    box.name = garden.name("shape name")
    split = garden.phone("split runs")
    for part in (split[:4], split[4:8], split[8:]):
        box.text_frame.paragraphs[0].add_run().text = part
    table = slide.shapes.add_table(2, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    cells = [(0, 0, "姓名"), (0, 1, "电话"), (1, 0, garden.name("cell")), (1, 1, garden.phone("cell phone"))]
    for row, column, text in cells:
        table.cell(row, column).text = text
    chart = CategoryChartData()
    chart.categories = [garden.name("category"), "乙"]
    chart.add_series(garden.phone("series"), (1.5, 2.5))
    slide.shapes.add_chart(XL_CHART_TYPE.PIE, Inches(1), Inches(3), Inches(3), Inches(3), chart)
    slide.notes_slide.notes_text_frame.text = f"备注 {garden.phone('notes')}"
    link = box.text_frame.add_paragraph().add_run()
    link.text, link.hyperlink.address = "链接", f"tel:{garden.phone('hyperlink')}"
    deck.slide_master.placeholders[0].text_frame.text = garden.phone("master")
    deck.core_properties.author = garden.name("author")
    out = io.BytesIO()
    deck.save(out)
    with zipfile.ZipFile(out, "a") as package:
        comment = (
            '<p:cmLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main">'
            f'<p:cm authorId="0"><p:text>{garden.phone("comment")}</p:text></p:cm></p:cmLst>'
        )
        package.writestr("ppt/comments/comment1.xml", comment)
        art = (
            '<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
            'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:pt><dgm:t><a:p><a:r>'
            f"<a:t>{garden.phone('smart art')}</a:t></a:r></a:p></dgm:t></dgm:pt></dgm:dataModel>"
        )
        package.writestr("ppt/diagrams/data1.xml", art)
    return out.getvalue()


def test_every_place_is_found_and_cleaned() -> None:
    garden = Garden()
    data = _built(garden)
    assert set(garden.values.values()) - found(format_pptx, data, "a.pptx") == set()
    result, problems = redacted(format_pptx, data, "a.pptx")
    assert left(garden, result.data) == {}
    assert problems == []
    deck = pptx.Presentation(io.BytesIO(result.data))
    assert [shape.shape_type for shape in deck.slides[0].shapes] == [
        shape.shape_type for shape in pptx.Presentation(io.BytesIO(data)).slides[0].shapes
    ]
