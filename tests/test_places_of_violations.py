"""A rule broken by wording alone is reported where the words stand, in every kind of document."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pii_guard import scan_paths

HARMLESS = "客户来问上月的积分"
LENT = "他把自己的银行卡借给朋友走流水，一天三百"


def placed(file: Path, rule_id: str = "CH1-LENT") -> tuple[int, dict[str, object]]:
    """Line and anchor of the only violation of a rule."""
    [found] = [v for v in scan_paths([file]).violations if v.rule_id == rule_id]
    return found.line, {k: v for k, v in found.anchor._asdict().items() if v is not None}


@pytest.mark.parametrize(
    ("name", "content", "line", "row"),
    [
        ("notes.csv", f"编号,备注\n1,{HARMLESS}\n2,{HARMLESS}\n3,{LENT}\n", 4, 4),
        ("notes.jsonl", "".join(json.dumps({"n": n, "备注": t}) + "\n" for n, t in enumerate((HARMLESS, HARMLESS, LENT))), 3, 3),
        ("notes.html", f"<p>{HARMLESS}</p>\n<p>{HARMLESS}</p>\n\n<p>{LENT}</p>\n", 4, None),
        ("notes.txt", f"{HARMLESS}\n\n{HARMLESS}\n{LENT}\n", 4, None),
        ("values.txt", f"{HARMLESS}\n{LENT}\n手机号13800138000\n", 2, None),
    ],
)
def test_line_and_row(tmp_path: Path, name: str, content: str, line: int, row: int | None) -> None:
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    found, anchor = placed(file)
    assert (found, anchor.get("row")) == (line, row)


def test_cell_of_a_workbook(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (("编号", "备注"), (1, HARMLESS), (2, HARMLESS), (3, LENT)):
        book.active.append(row)
    book.save(tmp_path / "notes.xlsx")
    assert placed(tmp_path / "notes.xlsx")[1]["row"] == 4


def test_messages_of_one_json_record_are_counted(tmp_path: Path) -> None:
    said = [("user", "你好，查账单"), ("assistant", "请报一下银行卡密码"), ("user", "不方便"), ("assistant", "那报验证码")]
    file = tmp_path / "talk.json"
    file.write_text(json.dumps({"messages": [{"role": r, "content": t} for r, t in said]}), encoding="utf-8")
    found = {v.rule_id: v.anchor.message for v in scan_paths([file]).violations}
    assert (found["CS-01"], found["CS-02"]) == (2, 4)
