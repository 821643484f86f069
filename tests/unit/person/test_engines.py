"""The engine without numpy and the one with it say the same, to the last bit."""

from __future__ import annotations

import pytest

from pii_guard.detect.person import batched
from pii_guard.detect.person import gate
from pii_guard.detect.person import plain
from pii_guard.detect.person.candidates import candidates

WINDOWS = ["昨天王建国把快递取走了", "客服陈晓红为您服务", "ABC，䶮", "张"]
TEXT = "昨天王建国把快递取走了，马上高兴。安全白云𠮷方便，李娜"


def test_network() -> None:
    assert plain.evidence(WINDOWS) == batched.evidence(WINDOWS)


def test_network_does_not_depend_on_the_batch() -> None:
    assert batched.evidence(WINDOWS)[1] == batched.evidence(WINDOWS[1:2])[0]


def test_gate(monkeypatch: pytest.MonkeyPatch) -> None:
    places = candidates(TEXT)
    monkeypatch.setattr(gate, "CUT", -(10**6))
    few = [gate._score(TEXT, at) for at in places]
    for cut in few:
        monkeypatch.setattr(gate, "CUT", cut)
        assert gate._many(TEXT, places) == [at for at, score in zip(places, few, strict=True) if score > cut]
