"""Which values stand under the name of a column, in tables and statements that a text holds."""

from __future__ import annotations

import pytest

from pii_guard.detect import columns

TABLE = "客户表\n编号|账号|余额\n8|0302018409|1.00\n9|0302018410|2.00\n以上"


def found(text: str, name: str) -> list[str]:
    start = text.index(name)
    return [text[first:last] for first, last in columns.cells(text, start, start + len(name))]


@pytest.mark.parametrize(
    ("text", "name", "values"),
    [
        (TABLE, "账号", ["0302018409", "0302018410"]),
        (TABLE, "余额", ["1.00", "2.00"]),
        (TABLE.replace("\n", "\r\n"), "余额", ["1.00", "2.00"]),
        ("| 户名 | 账号 |\n| --- | :-: |\n| 某店 | 030201 |", "账号", ["030201"]),
        ("户名,账号,行\n某店,030201,甲", "账号", ["030201"]),
        ("户名\t账号\t行\n某店\t030201\t甲\n\n某店\t030202\t甲", "账号", ["030201"]),
        ("户名,账号,行\n某店,030201", "账号", []),
        ("户名,账号\n某店,030201", "账号", []),
        ("他说账号,密码,都忘了。\n某店,030201,甲", "账号", []),
        ("第1批,账号,行\n某店,030201,甲", "账号", []),
        ("INSERT INTO t(a, b) VALUES (1, 'x, y'), (2, \"z\");", "b", ["x, y", "z"]),
        ("insert into s.t (`a`, `b`)\nvalue (now(1, 2), N'it''s')", "b", ["it''s"]),
        ("REPLACE INTO t(a,b) VALUES ('\\'', '2')", "b", ["2"]),
        ("INSERT INTO t(a,b) SELECT a, b FROM s", "b", []),
        ("INSERT INTO t(a,b) VALUES (1)", "b", []),
        ("f(a, b) VALUES (1, 2)", "b", []),
        ("INSERT INTO t(a,b) VALUES (1,2),", "b", ["2"]),
        ("INSERT INTO t(a,b) VALUES (1,", "b", [""]),
        ("where qq in ('10001', 10002) and x", "qq", ["10001", "10002"]),
        ("where `qq` NOT IN('10001')", "qq", ["10001"]),
        ("where mail like '%a_b@c.cn%' or x = 1", "mail", ["a_b@c.cn"]),
        ("where mail like concat('a', 'b')", "mail", []),
        ("qq in 10001", "qq", []),
        ("qq in (select qq from t)", "qq", ["select qq from t"]),
    ],
)
def test_values_under_a_name(text, name, values):
    assert found(text, name) == values


def test_a_name_stands_in_the_first_line_only():
    assert found("a|账号|c\n1|2|3\na|帐号|c\n4|5|6\n", "账号") == ["2", "帐号", "5"]
    assert found("a|账号|c\n1|2|3\na|帐号|c\n4|5|6\n", "帐号") == []


def test_a_line_that_is_too_long_is_no_row():
    assert found("a|账号|c\n" + "1|2|" + "x" * 9000, "账号") == ["2"]
    assert found("a|账号|c\n" + "1" * 9000 + "|2|3", "账号") == []


def test_rows_end_with_the_text_of_a_block():
    text = "a|账号|c\n" + "1|2|3\n" * 3000
    assert len(found(text, "账号")) == 2000


@pytest.mark.parametrize(("text", "stands"), [("|账号|", True), ("账号,", True), (" `qq`", True), (" u.qq in", True), ("我的账号,", False), ("账号是", False)])
def test_a_name_stands_between_marks(text, stands):
    start = text.index("qq" if "qq" in text else "账号")
    assert columns.may_be_named(text, start, start + 2) is stands
