"""What stands before a value is judged the same with and without what was remembered of its clause."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pii_guard.detect import context
from pii_guard.detect import rulebook

AROUND = [context.compile_surroundings(e) for e in rulebook.load() if e.patterns and e.context]
PARTS = ["电话", "手机号", "订单号", "卡号", "QQ", "tel", "hotel", "id", "发票", "是", "我的", "：", ":", "，", ",", "\n", " ", "\x1f", "1", "İ", "a", "您的", "(", "号码"]


@given(st.sampled_from(AROUND), st.lists(st.sampled_from(PARTS), max_size=14).map("".join), st.sampled_from(["", "元", "（电话）", "\n电话"]))
@example(next(a for a in AROUND if "qq" in a.sign), "İ，telQQ", "")  # İ is longer in lower case
@settings(max_examples=1500, deadline=None)
def test_a_remembered_clause_says_what_it_said(around, before, behind):
    text, end = f"{before}13800138000{behind}", len(before) + 11
    forgetful = replace(around, cuts=(), clauses={})
    for _ in range(2):
        assert context.judge(around, text, len(before), end) == context.judge(forgetful, text, len(before), end)


def test_clauses_do_not_pile_up():
    around = AROUND[0]
    for number in range(3000):
        context.judge(around, f"，第{number}个13800138000", len(f"，第{number}个"), len(f"，第{number}个") + 11)
    assert len(around.clauses) <= 1024
