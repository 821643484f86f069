"""The names that programs import, pinned; and `scan_paths`, which says what the command line says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest

import pii_guard
from pii_guard import config
from pii_guard.config import Settings
from pii_guard.errors import NoSuchPathError
from pii_guard.errors import UsageError
from pii_guard.model import Violation

KEY = "k" * 32
LEAK = "客户手机号是13800138000，请回电\n"
NAMES = "Annotation Assessment Finding Report Scanner assess_dialog assess_text redact_text scan_paths scan_text".split()


def test_names() -> None:
    assert sorted(pii_guard.__all__) == NAMES
    for name in NAMES:
        assert getattr(pii_guard, name).__doc__


def test_what_an_assessment_and_an_annotation_hold() -> None:
    assert [field.name for field in fields(pii_guard.Assessment)] == ["findings", "violations", "annotations"]
    assert [field.name for field in fields(pii_guard.Report)] == ["documents", "findings", "violations", "summary", "annotations"]
    assert pii_guard.Annotation._fields == ("rule_id", "message", "path", "line", "law", "evidence", "anchor")
    assert set(pii_guard.Annotation._fields) < set(Violation._fields)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    (tmp_path / "a.txt").write_text(LEAK, encoding="utf-8")
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "b.md").write_text("今天天气不错\n" + LEAK * 2, encoding="utf-8")
    (tmp_path / "c.bin").write_bytes(bytes(range(256)) * 4)
    (tmp_path / "excused.py").write_text('p = "13800138000"  # pii-guard: ignore[MOBILE_PHONE] 示例\n', encoding="utf-8")
    (tmp_path / "dump.sql").write_text(LEAK, encoding="utf-8")
    (tmp_path / ".gitignore").write_text("dump.sql\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("paths", [["."], ["a.txt", "sub"], ["c.bin"]])
def test_scan_paths_says_what_the_command_line_says(folder: Path, paths: list[str]) -> None:
    command = [sys.executable, "-m", "pii_guard", "scan", "--isolated", "-f", "json", *paths]
    done = subprocess.run(command, capture_output=True, check=False, env={**os.environ, config.KEY_VARIABLE: KEY})
    told = json.loads(done.stdout)
    report = pii_guard.scan_paths(paths, settings=Settings(key=KEY.encode()))
    if paths == ["."]:  # --isolated turns inline ignores off, too
        told["findings"] = [f for f in told["findings"] if f["path"] != "excused.py"]
    assert [f.fingerprint for f in report.findings] == [f["fingerprint"] for f in told["findings"]]
    assert [(d.path, d.status) for d in report.documents] == [(d["path"], d["status"]) for d in told["documents"]]
    assert report.summary["ignored"] == told["summary"]["ignored"]
    assert {v.rule_id for v in report.violations} <= {v["rule_id"] for v in told["violations"]}


def test_the_report_has_everything(folder: Path) -> None:
    report = pii_guard.scan_paths(folder)
    assert {os.path.basename(f.path) for f in report.findings} == {"a.txt", "b.md"}  # noqa: PTH119
    assert all(f.confidence != "low" and f.value.reveal() for f in report.findings)
    assert [d.reason for d in report.documents if d.status == "unscanned"] == ["binary"]
    assert report.incomplete
    assert (report.summary["findings"], report.summary["suppressed"], report.summary["ignored"]) == (3, 1, 1)
    assert report.summary["verdict"]["exit_code"] == 1  # type: ignore[index]


def test_exclude_and_gitignore(folder: Path) -> None:
    report = pii_guard.scan_paths([folder], settings=Settings(gitignore=False), exclude=["sub/", "*.bin"])
    assert {Path(f.path).name for f in report.findings} == {"a.txt", "dump.sql"}
    assert not report.incomplete


def test_low_confidence_where_a_policy_asks(folder: Path) -> None:
    from pii_guard.gate import load as policies

    (folder / "masked.txt").write_text("证110105********1239\n", encoding="utf-8")
    policy = policies.parse({"name": "p", "fail_on": {"confidence": "low", "severity": "low"}}, "p")
    found = pii_guard.scan_paths("masked.txt", settings=Settings(policy=policy)).findings
    assert [f.entity_type for f in found] == ["RESIDENT_ID"]


def test_wrong_calls_are_told(tmp_path: Path) -> None:
    with pytest.raises(NoSuchPathError, match="路径不存在"):
        pii_guard.scan_paths([tmp_path / "none.txt"])
    with pytest.raises(NoSuchPathError) as missing:
        pii_guard.scan_paths([tmp_path / "13800138000.txt"])
    assert "13800138000" not in str(missing.value) + missing.value.path
    with pytest.raises(UsageError, match="基线文件不存在"):
        pii_guard.scan_paths([tmp_path], settings=Settings(baseline=tmp_path / "none.json"))
    for wrong in (None, b"13800138000", 13800138000):
        for call in (pii_guard.scan_text, pii_guard.assess_text, pii_guard.redact_text):
            with pytest.raises(TypeError, match="text 应为 str") as told:
                call(wrong)  # type: ignore[operator]
            assert "138" not in str(told.value)
        with pytest.raises(TypeError, match="text 应为 str"):
            pii_guard.assess_dialog([{"role": "agent", "content": wrong or b"x"}])  # type: ignore[dict-item]
    for turns in ([("agent", "您好")], ["您好"], [None]):
        with pytest.raises(UsageError, match="第 1 轮"):
            pii_guard.assess_dialog(turns)  # type: ignore[arg-type]


def test_the_example_runs() -> None:
    root = Path(__file__).parent.parent
    command = [sys.executable, "examples/python/scan_folder.py", "examples/tickets"]
    done = subprocess.run(command, capture_output=True, check=False, cwd=root, env={**os.environ, "PYTHONIOENCODING": "utf-8"})
    lines = done.stdout.decode().splitlines()
    assert (done.returncode, lines[-1]) == (1, "结论: 1"), done.stderr
    assert any(line.startswith("MOBILE_PHONE ") for line in lines)
