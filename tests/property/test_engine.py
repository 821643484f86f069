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
