"""Places in OOXML packages that no writer at hand makes: one part each, put into a package by hand."""

from __future__ import annotations

import io
import zipfile
from types import ModuleType

import docx
import openpyxl
import pptx
import pytest

from pii_guard.formats.binary import docx as format_docx
from pii_guard.formats.binary import pptx as format_pptx
from pii_guard.formats.binary import xlsx as format_xlsx
from tests.documents.planting import Garden
from tests.documents.planting import found
from tests.documents.planting import left
from tests.documents.planting import redacted

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
C = 'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'

WORD = {
    "endnote": ("word/endnotes.xml", f"<w:endnotes {W}><w:endnote w:id='1'><w:p><w:r><w:t>139</w:t></w:r><w:r><w:t>@@</w:t></w:r></w:p></w:endnote></w:endnotes>"),
    "chart cache": ("word/charts/chart1.xml", f"<c:chartSpace {C}><c:ser><c:tx><c:strRef><c:strCache><c:pt idx='0'><c:v>@</c:v></c:pt></c:strCache></c:strRef></c:tx></c:ser></c:chartSpace>"),
    "chart number": ("word/charts/chart2.xml", f"<c:chartSpace {C}><c:numCache><c:pt idx='0'><c:v>@</c:v></c:pt></c:numCache></c:chartSpace>"),
    "drawing text box": ("word/header9.xml", f"<w:hdr {W} xmlns:wps='wps' xmlns:mc='mc'><w:p><w:r><mc:AlternateContent><mc:Choice><wps:txbx><w:txbxContent><w:p><w:r><w:t>@</w:t></w:r></w:p></w:txbxContent></wps:txbx></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>@</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p></w:hdr>"),
    "moved from": ("word/footer9.xml", f"<w:ftr {W}><w:p><w:moveFrom w:id='1'><w:r><w:t>139</w:t></w:r><w:r><w:t>@@</w:t></w:r></w:moveFrom></w:p></w:ftr>"),
    "custom XML": ("customXml/item1.xml", "<data xmlns='urn:x'><phone>@</phone><row phone='@'/></data>"),
    "company": ("docProps/app.xml", "<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/extended-properties'><Pages>1</Pages><Company>@</Company><Characters>7</Characters></Properties>"),
    "document variable": ("word/settings.xml", f"<w:settings {W}><w:docVars><w:docVar w:name='a' w:val='@'/></w:docVars></w:settings>"),
    "simple field": ("word/header8.xml", f"<w:hdr {W}><w:p><w:fldSimple w:instr=' HYPERLINK tel:@ '><w:r><w:t>x</w:t></w:r></w:fldSimple></w:p></w:hdr>"),
    "list item": ("word/header7.xml", f"<w:hdr {W}><w:sdt><w:sdtPr><w:dropDownList><w:listItem w:displayText='@' w:value='@'/></w:dropDownList></w:sdtPr></w:sdt></w:hdr>"),
    "smart art drawing": ("word/diagrams/drawing1.xml", f"<dsp:drawing xmlns:dsp='d' {A}><a:p><a:r><a:t>139</a:t></a:r><a:r><a:t>@@</a:t></a:r></a:p></dsp:drawing>"),
    "building block": ("word/glossary/document.xml", f"<w:glossaryDocument {W}><w:docParts><w:docPart><w:docPartPr><w:name w:val='@'/></w:docPartPr><w:docPartBody><w:p><w:r><w:t>@</w:t></w:r></w:p></w:docPartBody></w:docPart></w:docParts></w:glossaryDocument>"),
    "HTML chunk": ("word/afchunk1.htm", "<html><body>电话 <b>139</b>@@</body></html>"),
    "picture in SVG": ("word/media/image9.svg", "<svg xmlns='http://www.w3.org/2000/svg'><text>@</text></svg>"),
    "person": ("word/people.xml", "<w15:people xmlns:w15='http://schemas.microsoft.com/office/word/2012/wordml'><w15:person w15:author='@'><w15:presenceInfo w15:providerId='None' w15:userId='@'/></w15:person></w15:people>"),
    "template path": ("word/_rels/settings.xml.rels", "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'><Relationship Id='rId1' Type='t' TargetMode='External' Target='file:///C:/Users/@/a.dotx'/></Relationships>"),
}
BOOK = {
    "threaded comment": ("xl/threadedComments/threadedComment1.xml", "<ThreadedComments xmlns='t'><threadedComment ref='A1'><text>@</text></threadedComment></ThreadedComments>"),
    "person": ("xl/persons/person.xml", "<personList xmlns='t'><person displayName='@' id='{1}' userId='@'/></personList>"),
    "external link cache": ("xl/externalLinks/externalLink1.xml", f"<externalLink {S}><externalBook><sheetDataSet><sheetData sheetId='0'><row r='1'><cell r='A1'><v>@</v></cell></row></sheetData></sheetDataSet></externalBook></externalLink>"),
    "pivot records": ("xl/pivotCache/pivotCacheRecords1.xml", f"<pivotCacheRecords {S}><r><s v='@'/><n v='@'/></r></pivotCacheRecords>"),
    "table column": ("xl/tables/table9.xml", f"<table {S} id='1' name='t' displayName='t'><tableColumns><tableColumn id='1' name='@'/></tableColumns></table>"),
    "filter": ("xl/tables/table8.xml", f"<table {S}><autoFilter><filterColumn colId='0'><filters><filter val='@'/></filters></filterColumn></autoFilter></table>"),
    "chart cache": ("xl/charts/chart9.xml", f"<c:chartSpace {C}><c:strCache><c:pt idx='0'><c:v>@</c:v></c:pt></c:strCache></c:chartSpace>"),
    "connection": ("xl/connections.xml", f"<connections {S}><connection id='1' name='c'><dbPr command=\"select * from t where p='@'\"/></connection></connections>"),
    "custom property": ("docProps/custom.xml", "<Properties xmlns:vt='v'><property name='a'><vt:lpwstr>@</vt:lpwstr></property></Properties>"),
    "control label": ("xl/drawings/vmlDrawing9.vml", "<xml xmlns:v='v'><v:shape alt='@'><v:textbox><div>139<font>@@</font></div></v:textbox></v:shape></xml>"),
    "condition": ("xl/worksheets/sheet9.xml", f"<worksheet {S}><sheetData/><conditionalFormatting sqref='A1'><cfRule type='cellIs' operator='equal'><formula>@</formula></cfRule></conditionalFormatting></worksheet>"),
    "scenario": ("xl/worksheets/sheet8.xml", f"<worksheet {S}><sheetData/><scenarios><scenario name='x' comment='@' user='@'><inputCells r='A1' val='@'/></scenario></scenarios></worksheet>"),
    "query": ("xl/queryTables/queryTable1.xml", f"<queryTable {S} name='@'/>"),
}
DECK = {
    "comment author": ("ppt/commentAuthors.xml", f"<p:cmAuthorLst {P}><p:cmAuthor id='0' name='@' initials='x'/></p:cmAuthorLst>"),
    "modern comment": ("ppt/comments/modernComment_1.xml", f"<p188:cmLst xmlns:p188='http://schemas.microsoft.com/office/powerpoint/2018/8/main' {A}><p188:cm><p188:txBody><a:p><a:r><a:t>139</a:t></a:r><a:r><a:t>@@</a:t></a:r></a:p></p188:txBody></p188:cm></p188:cmLst>"),
    "handout master": ("ppt/handoutMasters/handoutMaster1.xml", f"<p:handoutMaster {P} {A}><a:p><a:fld><a:t>@</a:t></a:fld></a:p></p:handoutMaster>"),
    "tag": ("ppt/tags/tag1.xml", f"<p:tagLst {P}><p:tag name='PHONE' val='@'/></p:tagLst>"),
    "section name": ("ppt/presProps.xml", f"<p:presentationPr {P}><p14:section xmlns:p14='p14' name='@'/></p:presentationPr>"),
    "smart art drawing": ("ppt/diagrams/drawing1.xml", f"<dsp:drawing xmlns:dsp='d' {A}><a:p><a:r><a:t>@</a:t></a:r></a:p></dsp:drawing>"),
    "alternative text": ("ppt/slideLayouts/slideLayout99.xml", f"<p:sldLayout {P}><p:cNvPr id='1' name='x' descr='@' title='@'/></p:sldLayout>"),
}  # fmt: skip


def _saved(document: object) -> bytes:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    return out.getvalue()


def _with(package: bytes, name: str, part: str) -> bytes:
    """The package with a part put in, in the place of the one of that name."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            if info.filename != name:
                new.writestr(info, old.read(info))
        new.writestr(name, part)
    return out.getvalue()


CASES = [
    pytest.param(format_, suffix, make, name, xml, id=f"{suffix}: {place}")
    for format_, suffix, make, parts in (
        (format_docx, "docx", docx.Document, WORD),
        (format_xlsx, "xlsx", openpyxl.Workbook, BOOK),
        (format_pptx, "pptx", pptx.Presentation, DECK),
    )
    for place, (name, xml) in parts.items()
]


@pytest.mark.parametrize(("format_", "suffix", "make", "name", "xml"), CASES)
def test_a_value_in_this_part_is_found_and_gone(format_: ModuleType, suffix: str, make, name: str, xml: str) -> None:  # type: ignore[no-untyped-def]
    garden = Garden()
    whole = garden.phone("place")
    data = _with(_saved(make()), name, xml.replace("@@", whole[3:]).replace("@", whole))
    assert found(format_, data, f"a.{suffix}") == {whole}
    result, problems = redacted(format_, data, f"a.{suffix}")
    assert left(garden, result.data) == {}
    assert problems == []


@pytest.mark.parametrize(
    ("format_", "suffix", "make", "place"),
    [(format_docx, "docx", docx.Document, WORD["chart number"]), (format_xlsx, "xlsx", openpyxl.Workbook, BOOK["pivot records"])],
)
def test_a_cached_number_stays_a_number(format_: ModuleType, suffix: str, make, place: tuple[str, str]) -> None:  # type: ignore[no-untyped-def]
    name, xml = place
    data = _with(_saved(make()), name, xml.replace("@", "13900130000"))
    result, _ = redacted(format_, data, f"a.{suffix}")
    part = zipfile.ZipFile(io.BytesIO(result.data)).read(name)
    assert b">0</c:v>" in part or b'<n v="0"/>' in part
