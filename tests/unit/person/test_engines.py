"""The engine without numpy and the one with it say the same, to the last bit."""

from __future__ import annotations

import pytest

from pii_guard.detect.person import batched
from pii_guard.detect.person import gate
from pii_guard.detect.person import plain

WINDOWS = ["昨天王建国把快递取走了", "客服陈晓红为您服务", "ABC，䶮", "张"]
TEXT = "昨天王建国把快递取走了，马上高兴。安全白云𠮷方便，李娜"


def test_network() -> None:
    assert plain.evidence(WINDOWS) == batched.evidence(WINDOWS)


def test_network_does_not_depend_on_the_batch() -> None:
    assert batched.evidence(WINDOWS)[1] == batched.evidence(WINDOWS[1:2])[0]


@pytest.mark.parametrize("cut", [-1000.0, -3.0, 0.0, 2.0])
def test_gate(cut: float) -> None:
    assert gate._fast_scores(TEXT, cut) == [pair for pair in gate.scores(TEXT) if pair[1] > cut * 4096]
