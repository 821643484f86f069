"""What must always hold of detection: both matchers agree, nothing raises, offsets are right."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pii_guard.detect import rulebook
from pii_guard.detect.engine import Detector
from pii_guard.detect.rules import read_cases
from pii_guard.validators import luhn

pytest.importorskip("hyperscan")

NUMBERS = tuple(e for e in rulebook.load() if not e.finder)
SMALL, LARGE = Detector(NUMBERS, large=1 << 60), Detector(NUMBERS, large=0)
TEXTS = [case.text for path in rulebook.entity_files() for case in read_cases(path)]
WRITTEN = Path(__file__).parent.parent / "texts"


@pytest.mark.parametrize("name", sorted(path.name for path in WRITTEN.glob("*.txt")))
def test_both_matchers_agree_on_every_written_text(name):
    lines = [line.replace("\\n", "\n") for line in (WRITTEN / name).read_text(encoding="utf-8").splitlines()]
    texts = [re.sub(r"\[\[(?:[A-Z_]+:)?(.+?)\]\](?!\])", r"\1", line) for line in lines]
    assert [text for text in texts if SMALL.detect(text) != LARGE.detect(text)] == []


def test_both_matchers_agree_on_every_case():
    differing = [text for text in TEXTS if SMALL.detect(text) != LARGE.detect(text)]
    assert differing == []


@pytest.mark.parametrize("seed", range(8))
def test_both_matchers_agree_on_mixed_text(seed):
    r = random.Random(seed)
    text = "\n".join(r.choices(TEXTS, k=80))
    assert SMALL.detect(text) == LARGE.detect(text)


def _cards():
    """Numbers of all lengths and first digits with a right Luhn digit, plain and in groups; some in front of a label's end."""
    for size in range(13, 20):
        for first in ("1", "22", "2223", "36", "4", "62", "9"):
            body = (first + "0031220032217788123")[: size - 1]
            number = body + luhn.check_digit(body)
            for joint in ("", " ", "-"):
                yield joint.join(number[i : i + 4] for i in range(0, size, 4))


@pytest.mark.parametrize("sentence", ["付款用的是这张 {} 哈\n", "账户ID: {}。", "idCard:{}1"])
def test_both_matchers_agree_on_cards(sentence):
    texts = [sentence.format(card) for card in _cards()]
    assert [text for text in texts if SMALL.detect(text) != LARGE.detect(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "li.si@mail.example.org.rar、wang@example.cn.tar.gzhttp://wpa",
        "avatar: (https://cdn.exam)le.net/u/10293/avatar.png，我",
        "門卫室3746152/35/54，厨房6283 7415，澳门居民身份证",
        "單位電話：（331）8555-0177，上班時間",
        "公安备 025-52306188 5230619\t9，川A12345型",
    ],
)
def test_both_matchers_agree_on_what_mutation_found(text):
    assert SMALL.detect(text) == LARGE.detect(text) != []


def test_a_card_of_the_second_mastercard_range_is_found_in_groups_by_both():
    text = "付款用的是这张 2223 0031 2200 3222 哈"
    assert [hit.entity_type for d in (SMALL, LARGE) for hit in d.detect(text)] == ["BANK_CARD"] * 2


PIECES = st.lists(
    st.one_of(
        st.sampled_from(["手机号", "：", "身份证号", " ", "\n", "-", "13800138000", "110101", "订单号", "QQ", "@", "a", ".com"]),
        st.text(alphabet="0123456789１２一三八xX.-·:/@ \n手机卡号是", max_size=12),
        st.text(max_size=6),
    ),
    max_size=20,
).map("".join)


@given(PIECES)
@settings(max_examples=200, deadline=None)
def test_nothing_raises_and_offsets_are_inside(text):
    for detector in (SMALL, LARGE):
        last = 0
        for hit in detector.detect(text):
            assert 0 <= hit.start < hit.end <= len(text)
            if hit.entity_type != "URL":
                assert hit.start >= last
                last = hit.end


@pytest.mark.parametrize("text", ["", "\x00", "\ud800" * 40, "😀13800138000😀" * 50])
def test_odd_texts(text):
    assert [h[:3] for h in SMALL.detect(text)] == [h[:3] for h in LARGE.detect(text)]
