"""Whatever the text: no exception, offsets inside it, no overlap, linear effort."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pii_guard.detect.address import find
from pii_guard.detect.address import grammar
from pii_guard.detect.address import parse

WORDS = """
北京市 朝阳区 西湖 浙江 杭州 建国路 人民 中山 12号 3栋 2单元 501 室 村 镇 7组 小区 花园 路 与 交叉口 地址 ：
在 住 送 （ ） ( ) , ， 。 101 A座 - 号 楼 层 區 縣 號 No.12 Renmin Road Beijing District ０１ 😀
"""
PIECES = st.sampled_from([*WORDS.split(), "\n", " ", "\x1f"])
HOSTILE = [
    "路12号",
    "小区1栋",
    "北京市1号",
    "在甲路与乙路",
    "区一村",
    "地址：",
    "路1号（",
    "一二三四五六七八九十号",
    "文\n路90号\n",
    "No.1 A Road, ",
    "人区县镇乡路",
    "1-2-345",
]


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join) | st.text(max_size=80))
def test_offsets(text: str) -> None:
    end = 0
    for hit in find(text):
        assert end <= hit.start < hit.end <= len(text)
        assert 0.5 <= hit.score <= 1
        end = hit.end


@settings(max_examples=100, deadline=None)
@given(st.lists(PIECES, max_size=20).map("".join))
def test_headers_and_parts(text: str) -> None:
    for hit in find(text, header="住址"):
        components = parse(text[hit.start : hit.end])
        assert all(0 <= part.start < part.end <= hit.end - hit.start for part in components.parts)


@pytest.mark.parametrize("unit", HOSTILE)
def test_linear(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    counted = []
    read_token = grammar.next_token

    def counting(*args: object) -> object:
        counted.append(1)
        return read_token(*args)  # type: ignore[arg-type]

    monkeypatch.setattr(grammar, "next_token", counting)
    efforts = []
    for size in (300, 2400):
        counted.clear()
        find(unit * (size // len(unit)))
        efforts.append(len(counted) + 50)
    assert efforts[1] <= 10 * efforts[0]
