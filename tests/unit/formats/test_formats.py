"""Choosing a format: by suffix, by content, or a stated reason why none reads the file."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pii_guard.errors import UnreadableError
from pii_guard.formats import SKIPPED
from pii_guard.formats import find_format
from pii_guard.formats import plain
from tests.unit.formats.cases import MASKED
from tests.unit.formats.cases import VALUE
from tests.unit.formats.cases import check_places
from tests.unit.formats.cases import document
from tests.unit.formats.cases import edits

CHAT = "[10:11] 客服：您好\n[10:12] 客户：你好\n[10:13] 客服：请讲\n"


@pytest.mark.parametrize(
    ("path", "head", "name"),
    [
        ("a.md", b"# x", "plain"),
        ("a.py", b"x = 1", "plain"),
        ("a.txt", b"", "plain"),
        ("a.txt", "只是文字".encode("gbk"), "plain"),
        ("a.log", b"2026-01-02 10:11:12 INFO [x] y\n" * 5, "plain"),
        ("a.CSV", b"a,b", "csv"),
        ("a.tsv", b"a\tb", "csv"),
        ("a.json", b"{}", "json"),
        ("a.jsonl", b"{}", "json"),
        ("a.html", b"<p>", "markup"),
        ("a.txt", CHAT.encode(), "chat"),
        ("a.txt", CHAT.encode("gbk"), "chat"),
        ("a.txt", CHAT.encode("utf-16"), "chat"),
        ("noname", b'{"a": 1}\n', "json"),
        ("noname", b"<!DOCTYPE html>", "markup"),
        ("broken.txt", "中文".encode() + b"\n\xff\xff\n", "plain"),  # reading it says where it breaks
        ("picture.png", b"\x89PNG\r\n\x1a\n", "image"),
        ("a.txt", b"%PDF-1.7\n", "pdf"),
        ("a.txt", b"{\\rtf1 x}", "legacy"),
        ("a.txt", b"PK\x03\x04\x14\0word/", "docx"),
        ("a.txt", b"see %PDF-1.7 for more\n", "plain"),
    ],
)
def test_format(path: str, head: bytes, name: str) -> None:
    assert name == find_format(document(head, path), head).NAME


@pytest.mark.parametrize(
    ("path", "head", "reason"),
    [
        ("a.exe", b"MZ" + bytes(40), "program"),
        ("a.woff2", b"wOF2" + bytes(40), "font"),
        ("a.mp3", b"ID3\x04" + bytes(40), "media"),
    ],
)
def test_kinds_without_text_are_skipped(path: str, head: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        find_format(document(head, path), head)
    assert caught.value.reason == reason
    assert reason in SKIPPED


@pytest.mark.parametrize(
    ("path", "head", "reason"),
    [("a.dat", bytes(range(256)) * 3, "binary"), ("a.mdb", bytes(range(256)) * 3, "database")],
)
def test_what_may_hold_text_is_not_skipped(path: str, head: bytes, reason: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        find_format(document(head, path), head)
    assert caught.value.reason == reason
    assert reason not in SKIPPED


def test_choosing_plain_text_imports_no_other_format() -> None:
    code = (
        "import sys; from pii_guard.formats import find_format; from pii_guard.model import Document;"
        "find_format(Document('a.py', None), b'x'); sys.exit(any(m in sys.modules for m in ("
        "'csv', 'html', 'numpy', 'pii_guard.formats.json_text', 'pii_guard.formats.markup')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(st.text(f"a\r\n张\t{VALUE[0]}", max_size=40))
def test_plain_text(text: str) -> None:
    text += VALUE
    assert plain.rewrite(document(text), lambda segment: []) == text.encode()
    assert plain.rewrite(document(text), edits).decode() == text.replace(VALUE, MASKED)
    check_places(plain, text)
