"""A JSON file in place of a result: what is empty or cut off never passes as clean, what is a document is said to be one."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pii_guard.cli import invoke
from pii_guard.errors import ExitCode

LEAK = "客户手机号是13800138000\n"


@pytest.fixture
def result(tmp_path: Path) -> Path:
    """A result with one finding, as `scan` writes it."""
    (tmp_path / "a.txt").write_text(LEAK, encoding="utf-8")
    invoke(["scan", str(tmp_path / "a.txt"), "-f", f"json={tmp_path / 'r.json'}", "--isolated"])
    return tmp_path / "r.json"


@pytest.mark.parametrize("command", ["report", "gate"])
@pytest.mark.parametrize("name", ["r.json", "r.jsonl"])
@pytest.mark.parametrize("content", [b"", b"\n \n", b"{}", b"[]", b"null", b"\xef\xbb\xbf{}", b"{ }"])
def test_nothing_is_no_result(tmp_path: Path, command: str, name: str, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / name).write_bytes(content)
    assert invoke([command, str(tmp_path / name), "--isolated"]) is ExitCode.USAGE
    said = capsys.readouterr()
    assert said.out == ""
    assert "不是完整的 pii-guard 结果" in said.err


@pytest.mark.parametrize("command", ["report", "gate"])
@pytest.mark.parametrize("share", [0.002, 0.02, 0.1, 0.5, 0.99])
def test_a_result_that_is_cut_off_is_an_error(result: Path, command: str, share: float) -> None:
    data = result.read_bytes()
    result.write_bytes(data[: int(len(data) * share)])
    assert invoke([command, str(result), "--isolated"]) is ExitCode.USAGE


@pytest.mark.parametrize("sort", [False, True])
def test_a_result_written_anew_by_another_tool_is_still_one(result: Path, sort: bool) -> None:
    whole = json.loads(result.read_text(encoding="utf-8"))
    result.write_text(json.dumps(whole, indent=2, sort_keys=sort), encoding="utf-8")
    assert invoke(["gate", str(result), "--isolated"]) is ExitCode.VIOLATION
    assert invoke(["report", str(result), "--isolated"]) is ExitCode.OK


@pytest.mark.parametrize("command", ["report", "gate"])
def test_a_json_document_is_scanned_and_said_to_be_one(tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "ticket.json"
    document.write_text(json.dumps({"text": LEAK}, ensure_ascii=False), encoding="utf-8")
    code = invoke([command, str(document), "--isolated"])
    assert code is (ExitCode.OK if command == "report" else ExitCode.VIOLATION)
    said = capsys.readouterr()
    assert "ticket.json: 不是扫描结果，当作要扫描的文件" in said.err
    assert "13800138000" not in said.out + said.err


def test_a_result_of_no_files_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    invoke(["scan", str(tmp_path / "empty"), "-f", f"json={tmp_path / 'r.json'}", "--isolated"])
    capsys.readouterr()
    invoke(["gate", str(tmp_path / "r.json"), "--isolated"])
    assert "没有任何文件被扫描" in capsys.readouterr().out
