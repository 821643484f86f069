"""Not one planted value in anything that is written: every output, at every verbosity, in crashes, baseline, cache."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from gate_repo import KEY

from pii_guard import cli
from pii_guard import pipeline
from pii_guard import report

if TYPE_CHECKING:
    from gate_repo import Repo
    from gate_repo import Run

PLANTED = {
    "13800138000": "手机号 {}",
    "11010119000307803X": "身份证号 {}",
    "6222021234567890128": "银行卡号 {}",
    "zhang.sanfeng@corp-mail.cn": "邮箱 {}",
    "Tr0ub4dor&3x": "登录密码: {}",
    "837261": "短信验证码 {}，请勿泄露",
}


@pytest.fixture
def planted(repo: Repo, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Repo:
    """A repository with values in content, a file name, a commit message, comments and the config's reasons."""
    monkeypatch.setenv("PII_GUARD_KEY", KEY)
    monkeypatch.setenv("PII_GUARD_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    text = "\n".join(template.format(value) for value, template in PLANTED.items())
    ignored = "手机 13800138000  # pii-guard: ignore[MOBILE_PHONE] 客户 13800138000 的测试"
    files = {
        "a__txt": f"{text}\n{ignored}\n",
        "客户13800138000__txt": text,
        "t__csv": "姓名,手机号\n张三丰,13800138000\n",
    }
    repo.commit("修复 13800138000 的手机号", **files)
    repo.write("bad-13800138000.dat", b"\x81\xff\x00\x01\x02\xff\x00 13800138000")
    return repo


def leaks(text: str) -> list[str]:
    return [value for value in PLANTED if value in text]


@pytest.mark.parametrize("name", report.formats())
def test_outputs(planted: Repo, run: Run, name: str, tmp_path: Path) -> None:
    for arguments in (["."], ["--history", "--messages", "--emails"]):
        code, printed = run(
            "scan", *arguments, "-f", f"{name}={tmp_path / 'out'}", "-vvv", "--show-files", "--statistics"
        )
        assert code == 1
        assert not leaks(printed)
        written = tmp_path / "out"
        assert not leaks(written.read_bytes().decode("utf-8", "replace"))
    summary = tmp_path / "summary.md"
    assert not summary.exists() or not leaks(summary.read_text(encoding="utf-8"))


COMMANDS = [
    ["hook", "a.txt", "t.csv"],
    ["hook", "--commit-msg", ".git/COMMIT_EDITMSG"],
    ["scan", "--diff", "HEAD", "-vvv"],
    ["gate", "."],
    ["policy", "check", "."],
    ["baseline", "create", "--reason", "客户 13800138000"],
    ["allow", "0" * 24, "--reason", "手机 13800138000", "--path", "客户13800138000.txt"],
    ["doctor"],
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=[" ".join(words[:2]) for words in COMMANDS])
def test_commands_and_what_they_leave_behind(
    planted: Repo, run: Run, arguments: list[str], tmp_path: Path
) -> None:
    assert not leaks(run(*arguments)[1])
    left = [tmp_path / "cache", *planted.folder.glob(".pii*"), *planted.folder.glob("*.json")]
    files = [
        path
        for place in left
        for path in ([place] if place.is_file() else place.rglob("*"))
        if path.is_file()
    ]
    assert not [path.name for path in files if leaks(path.read_bytes().decode("utf-8", "replace"))]


def test_a_crash_says_nothing_raw(planted: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(*_: object) -> object:
        raise RuntimeError((planted.folder / "a.txt").read_text(encoding="utf-8"))

    monkeypatch.setattr(pipeline, "scan", crash)
    code, printed = run("scan", ".", "-vvv")
    assert code == 4
    assert not leaks(printed)
    monkeypatch.undo()
    monkeypatch.setattr("pii_guard.cli._run.start", crash)
    assert run("scan", str(planted.folder))[0] == 4
    assert cli.invoke(["scan", str(planted.folder)]) == 4


def test_processes_show_nothing_raw(planted: Repo) -> None:
    command = [sys.executable, "-X", "dev", "-m", "pii_guard", "scan", ".", "-j", "2", "-f", "json", "-vvv"]
    done = subprocess.run(command, env=dict(os.environ), capture_output=True, check=False)
    assert done.returncode == 1
    assert not leaks((done.stdout + done.stderr).decode("utf-8", "replace"))


def test_the_cache_holds_nothing_of_a_text(tmp_path: Path) -> None:
    """A name that stands twice is looked for as a word: in that process only."""
    said = "客户姓名：欧阳晓岚，手机13800138000。\n后来欧阳晓岚又打来电话，说欧阳晓岚的快递没到。\n"
    (tmp_path / "chat.txt").write_text(said * 3, encoding="utf-8")
    cache = tmp_path / "cache"
    environment = dict(os.environ, PII_GUARD_CACHE_DIR=str(cache))
    command = [sys.executable, "-m", "pii_guard", "scan", "chat.txt", "-f", "jsonl", "--isolated"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=False)
    assert b'"PERSON"' in done.stdout
    written = {path.name: path.read_bytes() for path in cache.iterdir()}
    assert written
    for value in ("欧阳晓岚", "13800138000"):
        spellings = [value.encode(code) for code in ("utf-8", "utf-16-le", "utf-32-le")]  # text, and `re`'s programs
        assert not [name for name, content in written.items() if any(one in content for one in spellings)]
