"""Where rules look: trigger words, the screen, and that both ways of reading agree."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings
from hypothesis import strategies as st

from pii_guard.policy import JudgedSegment
from pii_guard.policy import JudgedUnit
from pii_guard.policy import judge
from pii_guard.policy import load
from pii_guard.policy.fold import fold
from pii_guard.policy.fold import fold_table
from pii_guard.policy.loader import default_dirs
from pii_guard.policy.plan import plan_of
from pii_guard.policy.trigger import openings
from pii_guard.policy.values import Lexicon
from pii_guard.policy.values import RuleSet

RULESET = load()
TALK = "这个快递怎么还没到，帮我催一下\n好的，已经为您登记，请耐心等待\n"
LENT = "我把工资卡和密码借给同事走账，现在卡被公安冻结了\n"
PIECES = st.sampled_from(
    ["密码", "登记", "账户", "借给同事", "快递", "面单", "ＷiＦi", "銀行卡", "图", "\n", "12", "😀", "，", "a"]
)


@given(st.lists(PIECES, max_size=60), st.lists(st.integers(0, 90), max_size=3))
@settings(max_examples=60, deadline=None)
def test_both_ways_agree(pieces: list[str], numbers: list[int]) -> None:
    text, plan = "".join(pieces), plan_of(RULESET)
    fast = list(openings(plan, text, sorted(numbers)))
    numpy = sys.modules.pop("numpy")
    try:
        plain = list(openings(plan, text, sorted(numbers)))
    finally:
        sys.modules["numpy"] = numpy
    assert fast == plain


@pytest.mark.parametrize("text", ["客户：你好（ＷiＦi）", "網銀密碼：ＡＢＣ", "“a”　‘b’；？！", "x" * 50 + "体𠀀İ"])
def test_folding_keeps_places(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert fold(text) == "".join(c.lower() if len(c.lower()) == 1 else c for c in text.translate(fold_table()))


def test_a_leak_amid_talk_is_looked_at() -> None:
    text = TALK * 20 + LENT + TALK * 20
    found = judge(RULESET, JudgedUnit("chat.txt", "txt", (JudgedSegment(text),)))
    assert [(v.channel, v.line) for v in found if v.channel] == [(1, 41)]


def test_talk_alone_opens_nothing() -> None:
    assert list(openings(plan_of(RULESET), TALK * 20)) == []


def test_kinds_of_words() -> None:
    words = {"screened": "登记", "beside": "照片", "plain": "key_mgmt"}
    plan = plan_of(RuleSet(lexicons={kind: Lexicon(kind, (word,), kind) for kind, word in words.items()}, key=repr(words)))
    text = "登记 照片" + " " * 200 + "照片 key_mgmt"
    assert [place for place, _ in openings(plan, text)] == [208]
    assert [place for place, _ in openings(plan, text, [50])] == [3, 208]
    assert [place for place, _ in openings(plan, text, screened=False)] == [0, 3, 205, 208]


def test_a_rule_of_the_user_opens_at_every_word(tmp_path: Path) -> None:
    (tmp_path / "channels").mkdir()
    (tmp_path / "channels" / "own.yaml").write_text(
        "channel: 3\nrules:\n  - id: CH3-OWN\n    title: {zh: 登记, en: sign-up}\n    severity: low\n"
        "    when: {words: register_act}\n    remedy: {zh: 核对, en: check}\n",
        encoding="utf-8",
    )
    ruleset = load([*default_dirs(), tmp_path])
    found = judge(ruleset, JudgedUnit("chat.txt", "txt", (JudgedSegment(TALK * 20),)))
    assert "CH3-OWN" in {v.rule_id for v in found}


@pytest.mark.parametrize("unit", ["手机号：身份证号：", "身份证银行卡出租密码wifi没密码", "http://icbc.login-verify.top/a "])
def test_hostile_texts_take_time_in_step_with_their_length(unit: str) -> None:
    """Work is counted, not timed: windows per character do not grow."""
    plan = plan_of(RULESET)
    short, long = (len(list(openings(plan, unit * n))) / n for n in (200, 2000))
    assert long <= short * 1.1
