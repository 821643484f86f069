"""LibreOffice as an independent writer and reader: what it wrote is cleaned in every place, it opens what was
redacted and finds nothing planted in it.

It also writes the older formats that are scanned only.  Skipped where it is not installed.
"""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import docx
import openpyxl
import pptx
import pytest

from pii_guard.errors import UnreadableError
from pii_guard.formats.binary import docx as format_docx
from pii_guard.formats.binary import legacy
from pii_guard.formats.binary import pptx as format_pptx
from pii_guard.formats.binary import spreadsheet
from pii_guard.formats.binary import xlsx as format_xlsx
from tests.documents import flat
from tests.documents.planting import PLANTED
from tests.documents.planting import Garden
from tests.documents.planting import found
from tests.documents.planting import kept_share
from tests.documents.planting import left
from tests.documents.planting import redacted
from tests.documents.planting import tool

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="apt install libreoffice-writer-nogui and its like")


def _converted(data: bytes, name: str, kind: str, folder: Path) -> bytes:
    """A document in another format."""
    source = folder / name
    source.write_bytes(data)
    suffix = kind.partition(":")[0]
    command = [
        str(SOFFICE),
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        kind,
    ]
    subprocess.run(
        [*command, "--outdir", str(folder / "out"), str(source)], check=True, capture_output=True, timeout=180
    )
    return (folder / "out" / f"{source.stem}.{suffix}").read_bytes()


def _word(garden: Garden) -> bytes:
    doc = docx.Document()
    doc.add_heading("回访记录", 1)
    doc.add_paragraph(f"客户{garden.name('name')}电话{garden.phone('phone')}，其余文字保持不变。")
    table = doc.add_table(2, 2, style="Table Grid")
    cells = ("姓名", "电话", garden.name("cell"), garden.phone("cell phone"))
    for cell, text in zip(table._cells, cells, strict=True):
        cell.text = text
    out = io.BytesIO()
    doc.save(out)
    return out.getvalue()


def _workbook(garden: Garden) -> bytes:
    book = openpyxl.Workbook()
    book.active.append(["姓名", "电话", "金额"])
    book.active.append([garden.name("cell"), int(garden.phone("number")), 12.5])
    book.active["D2"] = "=C2*2"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _slides(garden: Garden) -> bytes:
    deck = pptx.Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = f"客户{garden.name('title')} {garden.phone('phone')}"
    out = io.BytesIO()
    deck.save(out)
    return out.getvalue()


CASES = [
    (_word, format_docx, "a.docx", "txt:Text (encoded):UTF8"),
    (_workbook, format_xlsx, "a.xlsx", "csv:Text - txt - csv (StarCalc):44,34,76"),
    (_slides, format_pptx, "a.pptx", "pdf"),
]


@pytest.mark.parametrize(("build", "format_", "name", "kind"), CASES)
def test_it_opens_the_redacted_document(build, format_, name, kind, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    garden = Garden()
    data = build(garden)
    result, problems = redacted(format_, data, name)
    assert problems == []
    after = _converted(result.data, name, kind, tmp_path)
    if kind == "pdf":
        assert after.startswith(b"%PDF")
        return
    text = after.decode("utf-8-sig")
    assert PLANTED.search(text) is None
    before = _converted(data, name, kind, tmp_path).decode("utf-8-sig")
    assert kept_share(before, text) >= 0.995


WRITTEN = [
    (flat.text_document, "a.fodt", "docx", format_docx, "txt:Text (encoded):UTF8"),
    (flat.spreadsheet, "a.fods", "xlsx", format_xlsx, "csv:Text - txt - csv (StarCalc):44,34,76"),
    (flat.slides, "a.fodp", "pptx", format_pptx, "pdf"),
]


@pytest.mark.parametrize(("build", "name", "suffix", "format_", "kind"), WRITTEN)
def test_what_it_wrote_is_cleaned_in_every_place(build, name, suffix, format_, kind, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    garden = Garden()
    data = _converted(build(garden), name, suffix, tmp_path)
    planted = set(left(garden, data))
    assert set(garden.values) - planted <= {"master"}, "LibreOffice was to write all but the master's text"
    assert {garden.values[place] for place in planted} <= found(format_, data, f"a.{suffix}")
    result, problems = redacted(format_, data, f"b.{suffix}")
    assert left(garden, result.data) == {}
    assert problems == []
    texts = []
    for name, version in ((f"before.{suffix}", data), (f"after.{suffix}", result.data)):
        shown = _converted(version, name, kind, tmp_path)
        texts.append(tool("pdftotext", "-", "-", stdin=shown).decode() if kind == "pdf" else shown.decode("utf-8-sig"))
    assert PLANTED.search(texts[0])
    assert not PLANTED.search(texts[1])
    assert kept_share(*texts) >= 0.995


@pytest.mark.parametrize(
    ("build", "name", "kind", "format_"),
    [
        (_word, "a.docx", "doc", legacy),
        (_word, "a.docx", "rtf", legacy),
        (_word, "a.docx", "odt", legacy),
        (_slides, "a.pptx", "ppt", legacy),
        (_slides, "a.pptx", "odp", legacy),
        (_workbook, "a.xlsx", "xls", spreadsheet),
        (_workbook, "a.xlsx", "ods", spreadsheet),
    ],
)
def test_older_formats_are_scanned_and_refused(build, name, kind, format_, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    garden = Garden()
    data = _converted(build(garden), name, kind, tmp_path)
    assert found(format_, data, f"a.{kind}") == set(garden.values.values())
    with pytest.raises(UnreadableError) as problem:
        redacted(format_, data, f"a.{kind}")
    assert problem.value.reason == "cannot_redact"
