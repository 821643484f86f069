"""Excel: cells of every kind, formulas, comments, hidden parts, names, charts, pivot caches, headers,
properties.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile

import openpyxl
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText
from openpyxl.cell.rich_text import TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.chart import Reference
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from pii_guard.formats.binary import xlsx as format_xlsx
from tests.documents.planting import Garden
from tests.documents.planting import found
from tests.documents.planting import left
from tests.documents.planting import redacted


def _built(garden: Garden) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = f"{garden.name('sheet title')}的账单"
    sheet.append(["姓名", "电话", "备注", "金额", "日期"])
    sheet.append([garden.name("cell"), garden.phone("text cell"), "其他", 12.5, datetime.date(2026, 1, 2)])
    sheet.append(
        [garden.name("cell 2"), int(garden.phone("number cell")), "其他", 13.5, datetime.date(2026, 1, 3)]
    )
    split = garden.phone("rich text")
    bold = InlineFont(b=True)
    sheet["C4"] = CellRichText("电话", TextBlock(bold, split[:5]), split[5:])
    sheet["F2"] = f'="{garden.phone("formula literal")}"&D2'
    sheet["F3"] = "=D2*2"
    sheet["F4"] = f"='{sheet.title}'!D2"
    sheet["A2"].comment = Comment(garden.phone("comment"), garden.name("comment author"))
    sheet["A3"].hyperlink = f"tel:{garden.phone('hyperlink')}"
    sheet.column_dimensions["H"].hidden = True
    sheet["H2"] = garden.phone("hidden column")
    sheet.row_dimensions[9].hidden = True
    sheet["A9"] = garden.phone("hidden row")
    sheet.oddHeader.center.text = garden.phone("page header")
    check = DataValidation(
        "list", formula1=f'"{garden.name("validation")},乙"', prompt=garden.phone("prompt")
    )
    check.add("G2")
    sheet.add_data_validation(check)
    hidden = book.create_sheet("隐藏")
    hidden.sheet_state = "veryHidden"
    hidden["B2"] = int(garden.phone("hidden sheet"))
    book.defined_names["范围"] = DefinedName("范围", attr_text=f"'{sheet.title}'!$A$1:$B$2")
    chart = BarChart()
    chart.title = garden.phone("chart title")
    chart.add_data(Reference(sheet, min_col=4, min_row=1, max_row=3), titles_from_data=True)
    sheet.add_chart(chart, "J2")
    book.properties.creator = garden.name("creator")
    out = io.BytesIO()
    book.save(out)
    with zipfile.ZipFile(out, "a") as package:
        cache = (
            '<pivotCacheDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
            f'<cacheFields><cacheField name="姓名"><sharedItems><s v="{garden.name("pivot")}"/>'
            f'<n v="{garden.phone("pivot number")}"/></sharedItems></cacheField></cacheFields>'
            "</pivotCacheDefinition>"
        )
        package.writestr("xl/pivotCache/pivotCacheDefinition1.xml", cache)
        box = (
            '<xdr:wsDr xmlns:xdr="x" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
            f"<xdr:txBody><a:p><a:r><a:t>{garden.phone('text box')}</a:t></a:r></a:p></xdr:txBody></xdr:wsDr>"
        )
        package.writestr("xl/drawings/drawing9.xml", box)
    return out.getvalue()


def test_every_place_is_found_and_cleaned() -> None:
    garden = Garden()
    data = _built(garden)
    assert set(garden.values.values()) - found(format_xlsx, data, "a.xlsx") == set()
    result, problems = redacted(format_xlsx, data, "a.xlsx")
    assert left(garden, result.data) == {}
    assert problems == []


def test_the_rest_is_kept() -> None:
    garden = Garden()
    data = _built(garden)
    result, _ = redacted(format_xlsx, data, "a.xlsx")
    before, after = (openpyxl.load_workbook(io.BytesIO(d), rich_text=True) for d in (data, result.data))
    old, new = before.worksheets[0], after.worksheets[0]
    assert re.fullmatch(r"测＊＊的账单", new.title)
    assert (new["C2"].value, new["D2"].value, new["E2"].value) == ("其他", 12.5, old["E2"].value)
    assert new["F3"].value == "=D2*2"
    assert new["F4"].value == f"='{new.title}'!D2"
    assert after.defined_names["范围"].attr_text == f"'{new.title}'!$A$1:$B$2"
    assert isinstance(new["C4"].value, CellRichText)
    assert new["D2"].number_format == old["D2"].number_format
    assert re.fullmatch(r"139\*{4}[0-9]{4}", str(new["B3"].value))
    assert [s.sheet_state for s in after.worksheets] == ["visible", "veryHidden"]


def test_two_sheets_masked_alike_get_two_names() -> None:
    garden = Garden()
    book = openpyxl.Workbook()
    book.active.title = garden.name("one")
    book.create_sheet(garden.name("two"))["A1"] = "甲"
    out = io.BytesIO()
    book.save(out)
    result, problems = redacted(format_xlsx, out.getvalue(), "a.xlsx")
    assert openpyxl.load_workbook(io.BytesIO(result.data)).sheetnames == ["测＊＊", "测＊＊_2"]
    assert problems == []


def test_dates_in_a_column_of_birth_dates_are_read_as_dates() -> None:
    book = openpyxl.Workbook()
    book.active.append(["出生日期"])
    book.active.append([datetime.date(1990, 3, 7)])
    out = io.BytesIO()
    book.save(out)
    from tests.documents.planting import document

    segments = list(format_xlsx.read(document(out.getvalue(), "a.xlsx")))
    assert segments[0].text == "出生日期\x1f1990-03-07"
    assert segments[0].header == "出生日期"


def _by_another_writer(garden: Garden) -> bytes:
    """What openpyxl does not write: shared strings, cached values of formulas, text boxes, caches of charts, tables."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("客户")
    sheet.write_row(0, 0, ["姓名", "电话", "备注"])
    sheet.write_row(1, 0, [garden.name("shared string"), garden.phone("shared phone"), "其余不变"])
    sheet.write_row(2, 0, [garden.values["shared string"], int(garden.phone("number")), "其余不变"])
    split = garden.phone("rich string")
    sheet.write_rich_string("C4", "电话", book.add_format({"bold": True}), split[:5], split[5:], "后")
    sheet.write_formula("D2", "=B2", None, garden.phone("cached text"))
    sheet.write_formula("D3", "=B3+0", None, int(garden.phone("cached number")))
    sheet.write_formula("D5", '=B2&""&"-"', None, garden.values["cached text"])
    sheet.write_formula("D6", f'="{garden.values["cached text"][:5]}"&"{garden.values["cached text"][5:]}"', None, "")
    sheet.write_formula("D7", '="139"&"0013"&"0099"', None, "13900130099")
    sheet.write_array_formula("D4:D4", "{=B2:B2}", None, garden.phone("cached array"))
    sheet.write_comment("A2", garden.phone("comment"), {"author": garden.name("comment author")})
    sheet.insert_textbox("F2", f"框 {garden.phone('text box')}", {"description": garden.phone("alternative text")})
    sheet.set_header(f"&L{garden.phone('header')}")
    sheet.set_footer(f"&R{garden.name('footer')}")
    sheet.write_url("A6", f"mailto:{garden.phone('link')}@example.com", string="写信", tip=garden.phone("tip"))
    sheet.add_table("H1:I3", {"name": "表", "columns": [{"header": garden.name("table head")}, {"header": "乙"}]})
    sheet.data_validation("G2", {"validate": "list", "source": [garden.phone("choice"), "乙"]})
    sheet.conditional_format("B2:B3", {"type": "cell", "criteria": "==", "value": garden.phone("condition"), "format": None})
    sheet.set_row(8, None, None, {"hidden": True})
    sheet.write(8, 0, garden.phone("hidden row"))
    book.define_name("号码", f'="{garden.phone("defined name")}"')
    chart = book.add_chart({"type": "pie"})
    chart.add_series({"categories": "=客户!$A$2:$A$3", "values": "=客户!$B$2:$B$3", "name": garden.phone("series")})
    chart.set_title({"name": garden.name("chart title")})
    sheet.insert_chart("K2", chart)
    book.set_properties({"title": garden.name("title"), "manager": garden.name("manager"), "company": garden.phone("company")})
    book.set_custom_property("联系人", garden.phone("custom property"))
    book.close()
    return out.getvalue()


def test_every_place_of_another_writer() -> None:
    garden = Garden()
    data = _by_another_writer(garden)
    assert set(left(garden, data)) == set(garden.values)
    assert set(garden.values.values()) - found(format_xlsx, data, "a.xlsx") == set()
    result, problems = redacted(format_xlsx, data, "a.xlsx")
    assert left(garden, result.data) == {}
    assert problems == []
    old, new = (openpyxl.load_workbook(io.BytesIO(d), rich_text=True)["客户"] for d in (data, result.data))
    assert new["C2"].value == new["C3"].value == "其余不变"
    assert [new[cell].value for cell in ("D2", "D5", "D7")] == ["=B2", '=B2&""&"-"', "139****0099"]
    assert str(next(iter(new["C4"].value))) == "电话"
    assert len(new["C4"].value) == len(old["C4"].value)


def test_a_string_no_cell_shows() -> None:
    garden = Garden()
    data, seen = _by_another_writer(garden), garden.phone("unused")
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            part = old.read(info)
            if info.filename == "xl/sharedStrings.xml":
                part = part.replace(b"</sst>", f"<si><t>{seen}</t></si></sst>".encode())
            new.writestr(info, part)
    assert seen in found(format_xlsx, out.getvalue(), "a.xlsx")
    result, problems = redacted(format_xlsx, out.getvalue(), "a.xlsx")
    assert left(garden, result.data) == {}
    assert problems == []
