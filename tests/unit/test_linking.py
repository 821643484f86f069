"""How many people a file speaks of is the same whatever path it was found by."""

from __future__ import annotations

from pathlib import Path

import pytest

from pii_guard import pipeline
from pii_guard.config import Settings
from pii_guard.model import Document
from pii_guard.model import Finding
from pii_guard.policy.people import people
from pii_guard.scanner import Scanner

SCANNER = Scanner(Settings(judge=False))
TEXT = "13800138000 已登记\n客户 李晓芳 13800138001\n"


def _found(path: Path, shown: str) -> list[Finding]:
    document = Document(shown, lambda: path.open("rb"), path.stat().st_size)
    return [event for event in pipeline.scan([document], SCANNER) if isinstance(event, Finding)]


@pytest.mark.parametrize("shown", ["a.txt", "./a.txt", "张伟/a.txt", "/data/张伟 13800138009/a.txt", "C:\\张伟\\a.txt"])
def test_a_person_in_the_path_is_no_person_of_the_text(tmp_path: Path, shown: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    found = _found(path, shown)
    assert len({f.person for f in found if f.person}) == 1
    assert people(found) == 2


def test_values_of_the_file_name_belong_together(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("无\n", encoding="utf-8")
    found = _found(path, "x/李晓芳13800138001.txt")
    assert len({f.person for f in found}) == 1
    assert all(f.person for f in found)
