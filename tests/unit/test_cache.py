"""A cache file counts only while nobody else can have written it, and while it is whole."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pii_guard import cache


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("PII_GUARD_CACHE_DIR", str(tmp_path))
    cache.write("a", b"content")
    return tmp_path / "a"


def test_what_was_written_is_read(stored: Path) -> None:
    assert cache.read("a") == b"content"


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners and modes here")
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_a_file_that_others_may_write_is_not_believed(stored: Path, mode: int) -> None:
    stored.chmod(mode)
    assert cache.read("a") is None


def test_a_damaged_file_is_not_believed(stored: Path) -> None:
    stored.write_bytes(stored.read_bytes()[:-1] + b"?")
    assert cache.read("a") is None


def test_only_the_newest_files_of_a_kind_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PII_GUARD_CACHE_DIR", str(tmp_path))
    cache.write("words-x", b"another kind")
    for number in range(12):
        cache.write(f"rules-{number:02}", b"content")
        os.utime(tmp_path / f"rules-{number:02}", (number, number))
    cache.write("rules-99", b"content")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == [*(f"rules-{number:02}" for number in range(5, 12)), "rules-99", "words-x"]
