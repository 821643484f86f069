"""Patterns of a user's rules: what they find is the same, and none hangs the scan."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pii_guard import config
from pii_guard.cli import invoke
from pii_guard.detect import bounded
from pii_guard.detect import rulebook
from pii_guard.detect.bounded import Bounded
from pii_guard.detect.rules import Pattern
from pii_guard.errors import RuleError
from pii_guard.scanner import Scanner

RULES = """
recognizers:
  - name: STAFF
    supported_language: zh
    supported_entity: STAFF_NUMBER
    patterns:
      - {{name: plain, score: 0.6, regex: '{regex}'}}
pii_guard:
  sensitivity: 1
{triggers}
"""
FREE, SHAPE = "", "  triggers: {plain: {shape: 'EMP-[0-9]'}}"


def rules(folder: Path, regex: str, triggers: str = FREE) -> Path:
    path = folder / "staff.yaml"
    path.write_text(RULES.format(regex=regex, triggers=triggers), encoding="utf-8")
    return path


@pytest.mark.parametrize("triggers", [FREE, SHAPE])
@pytest.mark.parametrize("many", [1, 9000])  # by the portable matcher, and in blocks
def test_one_that_backtracks_without_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], triggers: str, many: int
) -> None:
    monkeypatch.setattr(bounded, "SECONDS", 0.2)
    monkeypatch.setattr(bounded, "PACE", 1e7)
    path = rules(tmp_path, "EMP-(?:[0-9]|[0-9][0-9])*x", triggers)
    (tmp_path / "a.txt").write_text("今天天气不错\n" * many + "EMP-" + "1" * 60 + "! x\n", encoding="utf-8")
    assert invoke(["scan", str(tmp_path / "a.txt"), "--isolated", "--rules", str(path)]) == 2
    said = capsys.readouterr().err
    assert f"{path}: 模式 plain 太慢" in said.replace("\n", "")


def test_nested_repeats_that_hang_re(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("EMP-" + "1" * 60 + "! x\n", encoding="utf-8")
    path = rules(tmp_path, "EMP-([0-9]+)+x")
    assert invoke(["scan", str(tmp_path / "a.txt"), "-q", "--isolated", "--rules", str(path)]) == 0


@pytest.mark.parametrize("regex", ["[0-9]+", "[a-z]*", "(?<!x)b|$", "x?", "(?i)AB"])
def test_the_same_as_re(regex: str) -> None:
    pattern, text = Bounded(Pattern("p", regex, 0.5), regex), "a1 22b xb ab AB\nc333"
    assert [m.span() for m in pattern.finditer(text, 2)] == [m.span() for m in re.compile(regex).finditer(text, 2)]
    for at in range(len(text)):
        found, known = pattern.match(text, at), re.compile(regex).match(text, at)
        assert (found and found.span()) == (known and known.span())


def test_only_users_patterns_are_bounded(tmp_path: Path) -> None:
    path = rules(tmp_path, "EMP-[0-9]{6}")
    sources = {p.source for e in rulebook.load([path]) for p in e.patterns}
    assert sources == {"", str(path)}
    assert {p.source for e in rulebook.load() for p in e.patterns} == {""}
    scanner = Scanner(config.Settings(rules=(path,)))
    assert [f.entity_type for f in scanner.scan_text("工号EMP-001234")] == ["STAFF_NUMBER"]


def test_a_wrong_one_is_named(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"staff\.yaml"):
        Scanner(config.Settings(rules=(rules(tmp_path, "EMP-[0-9"),))).scan_text("x")
