"""What is a name and what is not, sentence by sentence."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from pii_guard.detect.person import find
from pii_guard.model import CELL_BREAK

REPORTED = 0.5
_MARK = re.compile(r"\[\[(.+?)\]\]")


def marked(sentence: str) -> tuple[str, list[str]]:
    return _MARK.sub(r"\1", sentence), _MARK.findall(sentence)


def names(text: str, **context: str) -> list[str]:
    return [text[h.start : h.end] for h in find(text, **context) if h.score >= REPORTED]


@pytest.mark.parametrize(
    "sentence",
    [
        "姓名：[[王建国]]",
        "收件人：[[陈晓红]]，电话没变",
        "我叫[[赵一鸣]]，来报修",
        "昨天[[王建国]]把快递取走了",
        "客服[[陈晓红]]为您服务",
        "[[张]]先生不同意维修",
        "[[欧阳]]女士下午来取",
        "[[阿依古丽·买买提]]来电咨询",
        "外教[[玛丽·布朗]]下周回国",
        "聯絡人：[[張志明]]",
        "姓名：[[高兴]]",
        "参会人员：[[钱学文]]、[[冯玉洁]]、[[褚时安]]",
    ],
)
def test_names_are_found(sentence: str) -> None:
    text, expected = marked(sentence)
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "我很高兴收到您的来信",
        "马上就发货，安全送达",
        "李宁的跑鞋有没有四十二码",
        "李白是唐代诗人",
        "客户张*的订单已取消",
        "姓名：王某某",
        "客服小李为您服务",
        "顾客：明天上午几点送",
        "姓名：保密",
        "张家界的门票要预约",
        "",
    ],
)
def test_other_words_are_not(text: str) -> None:
    assert names(text) == []


def test_role_and_nickname_is_a_guess() -> None:
    (hit,) = find("客服小李为您服务")
    assert hit.score < REPORTED


def test_second_mention_is_found() -> None:
    text = "收件人：逄锦绣\n备注无\n逄锦绣不在家"
    assert names(text) == ["逄锦绣", "逄锦绣"]


@pytest.mark.parametrize("header", ["客户姓名", "name", "收件人", "联系人姓名", "data.receiver_name"])
def test_header_makes_cells_names(header: str) -> None:
    cells = CELL_BREAK.join(["张伟", "欧阳娜娜", "", "未知", "方便"])
    assert names(cells, header=header) == ["张伟", "欧阳娜娜", "方便"]


@pytest.mark.parametrize("header", ["产品", "商品名称", "备注", "file_name"])
def test_other_headers_do_not(header: str) -> None:
    assert names(CELL_BREAK.join(["白云", "方便", "高兴"]), header=header) == []


def test_no_name_reaches_across_cells() -> None:
    hits = find(CELL_BREAK.join(["王建", "国庆"]), header="客户姓名")
    assert all(hit.end <= 2 or hit.start >= 3 for hit in hits)


def test_hits_are_in_order_and_apart() -> None:
    hits = find("收件人：张伟，客服陈晓红，我叫赵一鸣。张先生，张伟。")
    assert all(a.end <= b.start for a, b in pairwise(hits))
