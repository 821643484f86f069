"""The engine without numpy and the one with it say the same, to the last bit."""

from __future__ import annotations

import pytest

from pii_guard.detect.person import batched
from pii_guard.detect.person import gate
from pii_guard.detect.person import plain
from pii_guard.detect.person.evidence import _Allowance

WINDOWS = ["昨天王建国把快递取走了", "客服陈晓红为您服务", "ABC，䶮", "张"]
TEXT = "昨天王建国把快递取走了，马上高兴。安全白云𠮷方便，李娜"


def test_network() -> None:
    assert plain.evidence(WINDOWS) == batched.evidence(WINDOWS)


def test_network_does_not_depend_on_the_batch() -> None:
    assert batched.evidence(WINDOWS)[1] == batched.evidence(WINDOWS[1:2])[0]


@pytest.mark.parametrize("cut", [-1000.0, -3.0, 0.0, 2.0])
def test_gate(cut: float) -> None:
    places = [match.start() for match in gate.possible().finditer(TEXT)]
    plainly = [pair for pair in gate.scores(TEXT, places) if pair[1] > cut * 4096]
    assert gate._fast_scores(TEXT, cut) == plainly


@pytest.mark.parametrize("cut", [-4.0, 0.0])
def test_what_words_take_off(cut: float) -> None:
    line = TEXT + "\n\n\n"
    plainly = list(gate._opened(line, cut))
    assert plainly == gate.open_places(line * 1000, cut)[: len(plainly)]


def test_numpy_comes_after_some_messages() -> None:
    allowance = _Allowance(left=5)
    assert [allowance.covers(3), allowance.covers(2), allowance.covers(1)] == [True, True, False]
