"""The last lines of a scan say all that made it fail, violations as well as findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from pii_guard.cli import invoke
from pii_guard.errors import ExitCode

OPEN = "WIFI:T:nopass;S:Lobby;;\n"


def _said(folder: Path, text: str, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[ExitCode, str]:
    (folder / "a.txt").write_text(text, encoding="utf-8")
    code = invoke(["scan", str(folder), "--isolated", *options])
    return code, capsys.readouterr().out


def test_a_violation_alone_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = _said(tmp_path, OPEN, capsys)
    assert code is ExitCode.VIOLATION
    assert said.endswith("已扫描 1 个文件，未发现个人信息，但有 1 条规则线索（中 1）\n未通过（策略 default）: 中级: 1 处，允许 0\n")


def test_in_english(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = _said(tmp_path, OPEN, capsys, "--lang", "en")[1]
    assert said.endswith(
        "1 files scanned, no personal data found, but 1 rule indicators (medium 1)\nfailed (policy default): medium: 1, allowed 0\n"
    )


def test_each_count_has_its_severities(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    said = _said(tmp_path, OPEN + "手机号13800138000\n", capsys, "-f", "md")[1]
    assert "已扫描 1 个文件，发现 1 处个人信息（高 1），另有 1 条规则线索（中 1）" in said
    assert "未通过（策略 default）" in said.replace("\\", "")


@pytest.mark.parametrize("text", ["今天天气不错\n", OPEN])
def test_what_passes_names_no_clause(tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str) -> None:
    code, said = _said(tmp_path, text, capsys, "--min-severity", "critical")
    assert code is ExitCode.OK
    assert "未通过" not in said
    assert ("1 条规则线索" in said) == (text == OPEN)
