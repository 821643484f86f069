"""`pii-guard hook`: that it stops what it should, in every encoding and environment, and starts lean."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from gate_repo import Repo
    from gate_repo import Run

LEAK = "客户手机号 13800138000\n"
HEAVY = ("numpy", "rich", "presidio_analyzer", "hyperscan", "spacy", "lxml", "pandas")


def process(repo: Repo, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "pii_guard", *arguments]
    return subprocess.run(
        command, cwd=repo.folder, env={**os.environ, **environment}, capture_output=True, check=False
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "big5", "utf-16"])
def test_a_leak_in_any_encoding_is_stopped(repo: Repo, run: Run, encoding: str) -> None:
    text = "客戶手機號 13800138000\n" if encoding == "big5" else LEAK
    repo.write("a.txt", text.encode(encoding))
    repo.git("add", "-A")
    code, printed = run("hook", "a.txt")
    assert code == 1
    assert "138****8000" in printed
    assert "13800138000" not in printed
    assert "pii-guard allow" in printed


def test_what_is_staged_counts(repo: Repo, run: Run) -> None:
    repo.write("a.txt", LEAK)
    repo.git("add", "-A")
    repo.write("a.txt", "clean\n")
    assert run("hook", "a.txt")[0] == 1
    assert run("hook")[0] == 1
    repo.git("add", "-A")
    repo.write("a.txt", LEAK)
    assert run("hook", "a.txt")[0] == 0
    assert run("hook")[0] == 0


def test_the_key_it_shows_fingerprints_with_stays(repo: Repo, run: Run) -> None:
    repo.write("a.txt", LEAK)
    repo.git("add", "-A")
    printed = run("hook", "a.txt")[1]
    fingerprint = printed.partition("allow ")[2].split()[0]
    run("allow", fingerprint, "--reason", "测试")
    assert run("hook", "a.txt")[0] == 0


@pytest.mark.parametrize("existing", [True, False])
def test_paths(repo: Repo, run: Run, existing: bool) -> None:
    if existing:
        repo.write("loose.txt", LEAK)
    assert run("hook", "loose.txt")[0] == (1 if existing else 2)


def test_unreadable_and_encrypted_are_incomplete(repo: Repo, run: Run) -> None:
    repo.write("a.dat", b"\x81\xff\x00\x01\x02\xff\x00")
    with zipfile.ZipFile(repo.folder / "e.zip", "w") as archive:
        archive.writestr("a.txt", "x")
    content = bytearray((repo.folder / "e.zip").read_bytes())
    content[6] |= 1
    content[content.find(b"PK\x01\x02") + 8] |= 1
    repo.write("e.zip", bytes(content))
    repo.git("add", "-A")
    assert run("hook", "a.dat")[0] == 3
    assert run("hook", "e.zip")[0] == 3


def test_a_hook_that_scanned_nothing_says_so(repo: Repo, run: Run) -> None:
    repo.write("a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 64)
    repo.write(".pii-guard.yaml", "exclude: ['*.txt']\n")
    repo.write("a.txt", LEAK)
    repo.git("add", "a.txt", "a.png")
    code, printed = run("hook", "a.txt")
    assert code == 0
    assert "没有扫描任何文件" in printed


MESSAGES = [
    ("修复\n", ":", 0),
    ("修复 13800138000 手机\n", "vi", 1),
    ("修复\n# 手机 13800138000\n", "vi", 0),
    ("修复\n# 手机 13800138000\n", ":", 1),
    ("修复\n# ------------------------ >8 ------------------------\n+手机 13800138000\n", "vi", 0),
]


@pytest.mark.parametrize(("message", "editor", "code"), MESSAGES)
def test_commit_messages(
    repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch, message: str, editor: str, code: int
) -> None:
    monkeypatch.setenv("GIT_EDITOR", editor)
    repo.write("MSG", message)
    assert run("hook", "--commit-msg", "MSG")[0] == code
    assert run("hook", "--commit-msg", "NONE")[0] == 2


def test_only_added_lines_before_a_push(repo: Repo, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    before = repo.commit(a__txt=LEAK)
    after = repo.commit(a__txt=LEAK + "clean\n")
    assert run("hook", "a.txt")[0] == 1
    monkeypatch.setenv("PRE_COMMIT_FROM_REF", before)
    monkeypatch.setenv("PRE_COMMIT_TO_REF", after)
    assert run("hook", "a.txt")[0] == 0


def test_a_new_only_policy_looks_at_added_lines(repo: Repo, run: Run) -> None:
    repo.commit(a__txt=LEAK)
    repo.write("a.txt", LEAK + "clean\n")
    repo.git("add", "-A")
    assert run("hook", "a.txt", "--policy", "dev")[0] == 0
    repo.write("a.txt", LEAK + "clean\n电话 13900139000\n")
    repo.git("add", "-A")
    assert run("hook", "a.txt", "--policy", "dev")[0] == 1
    assert run("scan", "--diff", "main")[0] == 1


def test_scan_of_a_change_reports_added_lines_only(repo: Repo, run: Run) -> None:
    base = repo.commit(a__txt=LEAK)
    repo.commit(a__txt=f"x\n{LEAK}")
    assert run("scan", "--diff", f"{base}...HEAD")[0] == 0
    repo.commit(a__txt=f"x\n{LEAK}{LEAK}")
    code, printed = run("scan", "--diff", f"{base}...HEAD", "-f", "concise")
    assert (code, printed.count("MOBILE_PHONE")) == (1, 1)
    assert run("scan", "--diff", "nowhere")[0] == 2
    assert run("scan", "--diff", base, "--staged")[0] == 2


def test_scan_of_the_history(repo: Repo, run: Run) -> None:
    first = repo.commit("one", a__txt=LEAK)
    repo.commit("two", a__txt="clean\n")
    assert run("scan")[0] == 0
    code, printed = run("scan", "--history", "-f", "json")
    assert code == 1
    assert first in printed
    assert "tester" in printed
    repo.commit("联系 13900139000 手机")
    assert "139****9000" not in run("scan", "--history", "-f", "concise")[1]
    assert "139****9000" in run("scan", "--history", "--messages", "-f", "concise")[1]
    assert run("scan", "--messages")[0] == 2


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1", "utf-8"])
def test_a_console_of_any_encoding(repo: Repo, encoding: str) -> None:
    repo.write("a.txt", LEAK.encode("gbk"))
    repo.git("add", "-A")
    done = process(repo, "hook", "a.txt", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING=encoding)
    assert done.returncode == 1, done.stderr
    assert b"13800138000" not in done.stdout + done.stderr


@pytest.mark.parametrize("command", [["hook", "a.txt"], ["scan", "a.txt"], ["scan", "a.txt", "-f", "sarif"]])
def test_a_closed_output_never_passes(repo: Repo, command: list[str]) -> None:
    repo.write("a.txt", LEAK * 3000)
    repo.git("add", "-A")
    words = " ".join([sys.executable, "-m", "pii_guard", *command])
    shell = (
        f"{words} | head -c 1 >/dev/null; test ${{PIPESTATUS[0]}} -ne 0 && {{ {words} >&-; test $? -eq 1; }}"
    )
    assert (
        subprocess.run(
            ["bash", "-c", shell], cwd=repo.folder, stderr=subprocess.DEVNULL, check=False
        ).returncode
        == 0
    )


def test_ten_small_files_load_nothing_heavy(repo: Repo) -> None:
    for number in range(10):
        repo.write(
            f"{number}.py", f'def f{number}():\n    """返回订单 {number} 的金额"""\n    return {number}\n'
        )
    repo.git("add", "-A")
    program = (
        "import sys; from pii_guard import cli; code = cli.invoke(['hook', *sys.argv[1:]]);"
        f"heavy = [m for m in {HEAVY!r} if m in sys.modules]; sys.exit(str(heavy) if heavy else int(code))"
    )
    names = [f"{number}.py" for number in range(10)]
    command = [sys.executable, "-c", program, *names]
    done = subprocess.run(command, cwd=repo.folder, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr


def test_installed_without_pre_commit(repo: Repo, run: Run) -> None:
    assert run("install-hook")[0] == 0
    repo.write("a.txt", LEAK)
    repo.git("add", "-A")
    with pytest.raises(AssertionError):
        repo.git("commit", "-m", "x")
    repo.git("rm", "-q", "--cached", "a.txt")
    with pytest.raises(AssertionError):
        repo.git("commit", "--allow-empty", "-m", "手机 13800138000")
    repo.git("commit", "-q", "--allow-empty", "-m", "clean")
    assert run("install-hook", "--uninstall")[0] == 0
    hook = repo.write(".git/hooks/pre-commit", "#!/bin/sh\nother\n")
    assert run("install-hook")[0] == 2
    assert hook.read_text() == "#!/bin/sh\nother\n"
