"""Databases and tables: SQLite by the standard library, Parquet by pyarrow, OpenDocument and RTF by hand."""

from __future__ import annotations

import io
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from pii_guard.errors import UnreadableError
from pii_guard.formats.binary import legacy
from pii_guard.formats.binary import parquet
from pii_guard.formats.binary import spreadsheet
from pii_guard.formats.binary import sqlite
from tests.documents.planting import Garden
from tests.documents.planting import document
from tests.documents.planting import found
from tests.documents.planting import redacted


def test_sqlite(tmp_path: Path) -> None:
    garden = Garden()
    path = tmp_path / "a.db"
    with closing(sqlite3.connect(path)) as base, base:
        base.execute('CREATE TABLE "客户 表" (id INTEGER PRIMARY KEY, 姓名 TEXT, 电话 INTEGER, 余额 REAL)')
        base.execute('CREATE INDEX i ON "客户 表" (姓名)')
        row = (garden.name("text"), int(garden.phone("integer")), 12.5)
        base.execute('INSERT INTO "客户 表" (姓名, 电话, 余额) VALUES (?, ?, ?)', row)
        base.execute('INSERT INTO "客户 表" (姓名) VALUES (?)', (garden.phone("deleted row"),))
    with closing(sqlite3.connect(path)) as base, base:
        base.execute('DELETE FROM "客户 表" WHERE id = 2')
    del garden.values["deleted row"]
    data = path.read_bytes()
    assert found(sqlite, data, "a.db") == set(garden.values.values())
    result, problems = redacted(sqlite, data, "a.db")
    assert problems == []
    assert b"1390013" not in result.data
    with closing(sqlite3.connect(":memory:")) as base:
        base.deserialize(result.data)
        assert base.execute('SELECT * FROM "客户 表"').fetchall() == [(1, "测**", "139****0001", 12.5)]


def test_what_is_no_database_is_refused() -> None:
    with pytest.raises(UnreadableError) as problem:
        list(sqlite.read(document(b"SQLite format 3\0" + b"x" * 200, "a.db")))
    assert problem.value.reason == "damaged"


def test_parquet() -> None:
    pytest.importorskip("pyarrow", reason="extra `parquet`")
    import pyarrow
    import pyarrow.parquet

    garden = Garden()
    table = pyarrow.table(
        {
            "姓名": [garden.name("text"), None],
            "电话": [int(garden.phone("integer")), 5],
            "金额": [1.5, 2.5],
            "标签": pyarrow.array(["甲", "乙"]).dictionary_encode(),
        }
    )
    out = io.BytesIO()
    pyarrow.parquet.write_table(table, out, compression="zstd")
    assert found(parquet, out.getvalue(), "a.parquet") == set(garden.values.values())
    result, problems = redacted(parquet, out.getvalue(), "a.parquet")
    after = pyarrow.parquet.read_table(io.BytesIO(result.data)).to_pydict()
    assert after == {
        "姓名": ["测**", None],
        "电话": ["139****0001", "5"],
        "金额": [1.5, 2.5],
        "标签": ["甲", "乙"],
    }
    assert problems == []


def _odf(kind: str, body: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        package.writestr("META-INF/manifest.xml", "<x/>")
        package.writestr(
            "content.xml",
            '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" office:version="1.2"><office:body>'
            f"<office:{kind}>{body}</office:{kind}></office:body></office:document-content>",
        )
    return out.getvalue()


def test_open_document_text_is_scanned_and_refused() -> None:
    garden = Garden()
    split = garden.phone("span")
    data = _odf("text", f"<text:p>电话<text:span>{split[:5]}</text:span>{split[5:]}后</text:p>")
    assert found(legacy, data, "a.odt") == set(garden.values.values())
    with pytest.raises(UnreadableError) as problem:
        redacted(legacy, data, "a.odt")
    assert problem.value.reason == "cannot_redact"
    assert ".docx" in str(problem.value)


def test_open_document_spreadsheet() -> None:
    garden = Garden()
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in ("电话", garden.phone("cell"))
    )
    rows = f'<table:table table:name="表"><table:table-row>{cells}</table:table-row></table:table>'
    assert found(spreadsheet, _odf("spreadsheet", rows), "a.ods") == set(garden.values.values())


def test_rtf() -> None:
    garden = Garden()
    data = rb"{\rtf1\ansi phone {\b 139}" + garden.phone("rtf")[3:].encode() + b" end}"
    assert found(legacy, data, "a.rtf") == set(garden.values.values())
