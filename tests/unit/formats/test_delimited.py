"""Tables: headers as context, exact places, and rewriting that touches one value only."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pii_guard.formats import delimited
from pii_guard.model import CELL_BREAK
from tests.unit.formats.cases import MASKED
from tests.unit.formats.cases import VALUE
from tests.unit.formats.cases import check_places
from tests.unit.formats.cases import document
from tests.unit.formats.cases import edits
from tests.unit.formats.cases import found

TABLE = (
    f'姓名,电话,备注\r\n王小明,{VALUE},"他说 ""{VALUE}"",\r\n第二行 {VALUE}"\r\n'
    f'李四,"{VALUE}"\r\n王五,1,2,{VALUE}\r\n'
)


def test_columns_come_with_their_header_and_cells_with_their_place() -> None:
    seen = [(s.header, p.line, p.column, p.anchor.row, p.anchor.column) for s, p in found(delimited, TABLE)]
    assert sorted(seen, key=lambda place: place[1:3]) == [
        ("电话", 2, 5, 2, "电话"),
        ("备注", 2, 23, 2, "备注"),
        ("备注", 3, 5, 2, "备注"),
        ("电话", 4, 5, 3, "电话"),
        (None, 5, 8, 4, "D"),
    ]
    check_places(delimited, TABLE)


def test_header_cells_are_read_too() -> None:
    assert next(delimited.read(document(TABLE))).text == CELL_BREAK.join(["姓名", "电话", "备注"])


@pytest.mark.parametrize(
    ("text", "headers"),
    [
        (f"名称\t号码\nx\t{VALUE}\n", ["号码"]),
        (f"名称;号码\nx;{VALUE}\ny;2\n", ["号码"]),
        (f"名称|号码\nx|{VALUE}\n", ["号码"]),
        (f"号码\n{VALUE}\n", ["号码"]),
        (f"sep=;\n名称;号码\nx;{VALUE}\n", ["号码"]),
        (f"1,{VALUE}\n2,3\n", [None]),
        (f"名称,号码\nx,{VALUE}", ["号码"]),
        (f"\ufeff名称,号码\r\nx,{VALUE}\r\n", ["号码"]),
        (f'名称,号码\nx,"未闭合 {VALUE}\ny,1\n', ["号码"]),
    ],
)
def test_dialects(text: str, headers: list[str | None]) -> None:
    assert [segment.header for segment, _ in found(delimited, text)] == headers
    check_places(delimited, text.removeprefix("\ufeff"))


def test_rewriting_keeps_everything_else() -> None:
    assert delimited.rewrite(document(TABLE), edits).decode() == TABLE.replace(VALUE, MASKED)


@pytest.mark.parametrize("codec", ["utf-8-sig", "gbk", "utf-16", "big5"])
def test_rewriting_keeps_the_encoding(codec: str) -> None:
    data = f"電話,a\r\n{VALUE},b\r\n".encode(codec)
    assert delimited.rewrite(document(data), edits) == f"電話,a\r\n{MASKED},b\r\n".encode(codec)


CELLS = st.lists(st.text('张a",\n |\x1f', max_size=6), min_size=3, max_size=3)


@given(st.lists(CELLS, min_size=1, max_size=8), st.sampled_from(["\n", "\r\n"]))
def test_written_tables_come_back(rows: list[list[str]], line_end: str) -> None:
    out = io.StringIO()
    csv.writer(out, lineterminator=line_end).writerows([["列一", "列二", VALUE], *rows, ["x", "y", VALUE]])
    text = out.getvalue()
    assert delimited.rewrite(document(text), lambda segment: []) == text.encode()
    assert delimited.rewrite(document(text), edits).decode() == text.replace(VALUE, MASKED)
    check_places(delimited, text)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        (f"电话,电话\n{VALUE},{VALUE}\n", [2, 2]),
        (f"客户信息表\n编号,电话\n1,{VALUE}\n", [3]),
        (f"2026年名单,,\n编号,电话,备注\n1,{VALUE},x\n", [3]),
        (f"# 导出时间\n\n编号,电话\n1,{VALUE}\n", [4]),
        (f"编号;电话\r1;{VALUE}\r2;{VALUE}\r", [2, 3]),
        (f'编号,电话,备注\n1,{VALUE},"未闭合\n2,{VALUE},x\n3,{VALUE},y\n', [2, 3, 4]),
        (f'编号,电话,备注\n1,{VALUE},"未闭合\n2,{VALUE},x\n3,{VALUE},"y"\n', [2, 3, 4]),
        (f'编号,电话,备注\n1,{VALUE},"两行\n备注"\n2,{VALUE},"x,\n""y"""\n', [2, 3]),
        (f'编号,电话,备注\n1,{VALUE},"' + "x" * 140_000 + f"\n2,{VALUE},y\n", [2, 3]),
    ],
)
def test_headers_and_broken_quotes_cost_no_column(text: str, rows: list[int]) -> None:
    hits = found(delimited, text)
    assert sorted(place.anchor.row or 0 for _, place in hits) == rows
    assert {segment.header for segment, _ in hits} == {"电话"}
    check_places(delimited, text)
    assert delimited.rewrite(document(text), lambda segment: []) == text.encode()


def test_a_value_behind_an_open_quote_is_replaced_in_its_place() -> None:
    text = f'编号,电话,备注\n1,x,"未{VALUE}闭合\n2,{VALUE},y\n3,z,"z"\n'
    assert delimited.rewrite(document(text), edits).decode() == text.replace(VALUE, MASKED)


@given(st.text(f'a",\n{VALUE[0]}', max_size=40))
def test_any_text_is_read_without_loss(text: str) -> None:
    text += f"\n{VALUE}\n"
    assert found(delimited, text)
    assert delimited.rewrite(document(text), lambda segment: []) == text.encode()
    check_places(delimited, text)


def test_rows_across_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    from pii_guard.text import decode

    monkeypatch.setattr(delimited, "blocks", lambda stream: decode.blocks(stream, 64))
    rows = "".join(f'{n},"多行\n文字",{VALUE}\n' for n in range(30))
    text = f"编号,备注,电话\n{rows}"
    hits = found(delimited, text)
    assert [place.anchor.row for _, place in hits] == list(range(2, 32))
    assert {segment.header for segment, _ in hits} == {"电话"}
    check_places(delimited, text)


@pytest.mark.parametrize(
    ("head", "fits"),
    [
        ("姓名\t电话\t地址\n" + "a\tb\tc\n" * 5, True),
        ("姓名,电话,地址\n" + "a,b,c\n" * 5, True),
        ("普通,文字\n" * 6, False),
        ("2026-01-01 | INFO | 12345\n" * 6, False),
        ("", False),
    ],
)
def test_sniff(head: str, fits: bool) -> None:
    assert delimited.sniff(head.encode()) is fits


def test_huge_header_over_empty_rows_is_linear() -> None:
    text = "a" + "".join(f",c{n}" for n in range(3000)) + "\n" * 3000 + VALUE + "\n"
    assert found(delimited, text)
