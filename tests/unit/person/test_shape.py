"""Where names end, and where cues and headers point."""

from __future__ import annotations

import pytest

from pii_guard.detect.person.cells import kind
from pii_guard.detect.person.cues import labelled
from pii_guard.detect.person.shape import han_end
from pii_guard.detect.person.titles import titled


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王建国昨天来过", "王建国"),
        ("李娜的订单", "李娜"),
        ("欧阳修远已签收", "欧阳修远"),
        ("张伟电话打不通", "张伟"),
        ("天气很好", ""),
    ],
)
def test_end(text: str, name: str) -> None:
    assert text[: han_end(text, 0)] == name


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("客户姓名", "name"),
        ("收件人", "name"),
        ("full_name", "name"),
        ("产品", "other"),
        ("file_name", "other"),
        ("备注", "free"),
        (None, "free"),
    ],
)
def test_header(header: str | None, expected: str) -> None:
    assert kind(header) == expected


EMPTY = ["姓名：王某", "姓名：王*", "姓名：李xx", "联系人：无", "收件人：同上", "姓名："]


@pytest.mark.parametrize("text", EMPTY)
def test_labels_without_a_name(text: str) -> None:
    assert not list(labelled(text))


def test_title_leaves_the_title_readable() -> None:
    (hit,) = titled("欧阳女士")
    assert (hit.start, hit.end, hit.reasons) == (0, 2, ("title:女士",))
