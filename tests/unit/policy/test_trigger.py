"""Trigger words are found alike with numpy and without, however they are written."""

from __future__ import annotations

import sys

import pytest

from pii_guard.policy import trigger
from pii_guard.policy.plan import plan_of
from pii_guard.policy.values import Lexicon
from pii_guard.policy.values import RuleSet

WORDS = [Lexicon("some", ("密码", "图"), "screened"), Lexicon("more", ("wifi", "白条", "𠀀"), "plain")]


def _places(lexicons: list[Lexicon], text: str) -> list[int]:
    plan = plan_of(RuleSet(lexicons={lexicon.name: lexicon for lexicon in lexicons}, key=repr(lexicons)))
    return [place for place, _ in trigger.openings(plan, text, screened=False)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("密码是", [0]),
        ("網銀密碼", [2]),
        ("WIFI:T:WEP", [0]),
        ("ＷｉＦｉ 白條", [0, 5]),
        ("看图", [1]),
        ("\U0001f600密码", [1]),
        ("İ密码", [1]),
        ("", []),
        ("别的", []),
    ],
)
def test_both_ways_find_the_same(text: str, expected: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("numpy")
    assert _places(WORDS, text) == expected
    with monkeypatch.context() as patch:
        patch.delitem(sys.modules, "numpy")
        assert _places(WORDS, text) == expected


def test_a_rule_set_without_trigger_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "numpy", raising=False)
    assert _places([], "密码") == []
