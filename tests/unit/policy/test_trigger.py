"""Trigger words are found alike with numpy and without, however they are written."""

from __future__ import annotations

import sys

import pytest

from pii_guard.policy import trigger

WORDS = ("密码", "wifi", "白条", "图")


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
    assert list(trigger.occurrences(WORDS, text)) == expected
    with monkeypatch.context() as patch:
        patch.delitem(sys.modules, "numpy")
        assert list(trigger.occurrences(WORDS, text)) == expected


def test_a_rule_set_without_trigger_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "numpy", raising=False)
    assert list(trigger.occurrences((), "密码")) == []
