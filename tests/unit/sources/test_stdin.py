"""Standard input: looked at, then read; not readable twice once it is long."""

from __future__ import annotations

import io

import pytest

from pii_guard.errors import UnreadableError
from pii_guard.sources import stdin


def test_the_head_can_be_looked_at_before_reading() -> None:
    document = stdin.from_stdin("x.csv", io.BytesIO(b"abc" * 100))
    with document.open() as stream:
        assert stream.read(5) == b"abcab"
    with document.open() as stream:
        assert stream.read() == b"abc" * 100
    assert document.path == "x.csv"
    assert stdin.from_stdin(None, io.BytesIO()).path == "-"


def test_long_input_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stdin, "KEPT", 1000)
    document = stdin.from_stdin(None, io.BytesIO(bytes(200_000)))
    with document.open() as stream:
        assert len(stream.read()) == 200_000
    with pytest.raises(UnreadableError):
        document.open()
