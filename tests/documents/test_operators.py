"""Every operator in every format that is rewritten: no value is left, twice is once, what can be restored is."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing

import pytest

from pii_guard.formats import HEAD
from pii_guard.formats import find_format
from pii_guard.redact import Redactor
from pii_guard.redact import Settings
from pii_guard.redact import redact_document
from pii_guard.redact import restore_document
from pii_guard.redact import verify
from pii_guard.redact.keys import as_key
from pii_guard.redact.operators import operators
from pii_guard.redact.support import replaces
from tests.documents import test_docx
from tests.documents import test_eml
from tests.documents import test_pdf
from tests.documents import test_pptx
from tests.documents import test_xlsx
from tests.documents.planting import Garden
from tests.documents.planting import detect
from tests.documents.planting import document
from tests.documents.planting import found
from tests.documents.planting import left

_SPELLED_OTHERWISE = ("choice", "condition", "defined name")  # in formulas a token's brackets are written wide
KEY = as_key("a test key of thirty-two letters")


def _table(garden: Garden) -> bytes:
    rows = "".join(f"{garden.name(f'n{n}')},{garden.phone(f'p{n}')},其余不变\r\n" for n in range(3))
    return f"姓名,电话,备注\r\n{rows}".encode("gb18030")


def _database(garden: Garden) -> bytes:
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute("CREATE TABLE t (姓名 TEXT, 电话 INTEGER)")
        base.execute("INSERT INTO t VALUES (?, ?)", (garden.name("text"), int(garden.phone("integer"))))
        base.commit()
        return base.serialize()


def _columns(garden: Garden) -> bytes:
    pyarrow = pytest.importorskip("pyarrow", reason="extra `parquet`")
    parquet = pytest.importorskip("pyarrow.parquet", reason="extra `parquet`")
    out = io.BytesIO()
    parquet.write_table(pyarrow.table({"姓名": [garden.name("text"), None], "电话": [garden.phone("phone"), "无"]}), out)
    return out.getvalue()


def _archive(garden: Garden) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", _table(garden))
        archive.writestr("b/c.json", f'{{"电话": {garden.phone("json number")}, "名": "{garden.name("json")}"}}')
    return out.getvalue()


FILES: dict[str, Callable[[Garden], bytes]] = {
    "a.txt": lambda garden: f"\ufeff{garden.name('a')}，{garden.phone('b')}\r\n尾".encode("utf-16-le"),
    "a.csv": _table,
    "a.json": lambda garden: f'[{{"k": "{garden.name("a")}", "k": {garden.phone("b")}, "n": 1.50}}]'.encode(),
    "a.html": lambda garden: f"<p title='{garden.phone('a')}'>{garden.name('b')}<b>1390</b>013&nbsp;</p>".encode(),
    "a.docx": test_docx._built,
    "a.xlsx": test_xlsx._by_another_writer,
    "a.pptx": test_pptx._built,
    "a.pdf": lambda garden: test_pdf._built(garden, test_pdf._font(test_pdf.CID)),
    "a.eml": test_eml._built,
    "a.mbox": lambda garden: b"From a@example.com Mon Jan  5 00:00:00 2026\n" + test_eml._built(garden) + b"\n",
    "a.zip": _archive,
    "a.db": _database,
    "a.parquet": _columns,
}


@pytest.mark.parametrize("operator", sorted(operators()))
@pytest.mark.parametrize("name", FILES)
def test_no_value_is_left(name: str, operator: str) -> None:
    garden = Garden()
    source = document(FILES[name](garden), name)
    format_ = find_format(source, source.open().read(HEAD))
    redactor = Redactor(Settings(operator, key=KEY))
    result = redact_document(source, redactor, detect)
    once = document(result.data, name)
    assert verify(result.values, once, redactor, None) == []
    assert left(garden, result.data) == {}
    assert found(format_, result.data, name) == set()
    assert redact_document(once, redactor, detect).data == result.data


@pytest.mark.parametrize("operator", ["encrypt", "pseudonym"])
@pytest.mark.parametrize("name", [name for name in FILES if name != "a.pdf"])
def test_values_come_back(name: str, operator: str) -> None:
    garden = Garden()
    source = document(FILES[name](garden), name)
    format_ = find_format(source, source.open().read(HEAD))
    redactor = Redactor(Settings(operator, key=KEY))
    hidden = redact_document(source, redactor, detect).data
    back = restore_document(document(hidden, name), redactor)
    assert replaces(format_) == "text"
    before, after = found(format_, source.open().read(), name), found(format_, back, name)
    assert before - after <= {garden.values.get(place) for place in _SPELLED_OTHERWISE}
