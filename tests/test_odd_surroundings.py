"""What a machine may be like: a locked home, libraries that do not load, full disks, closed streams, pipes, signals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest

from pii_guard.cli import invoke
from tests.test_exit_codes import LEAK
from tests.test_exit_codes import run

T = TypeVar("T")
CHAT = "[10:20] 客服：您好，请问有什么可以帮您？\n[10:21] 客户：我要退款，手机号13800138000\n"


@pytest.mark.parametrize(
    ("command", "codes"),
    [
        (["scan", "a.txt"], [1]),
        (["gate", "a.txt"], [1]),
        (["config", "where"], [0]),
        (["doctor"], [0, 1]),
        (["baseline", "create"], [2]),
    ],
)
@pytest.mark.parametrize("home", ["locked", "none"])
def test_a_home_that_cannot_be_entered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], codes: list[int], home: str
) -> None:
    (tmp_path / "a.txt").write_text(LEAK, encoding="utf-8")
    locked, stat = str(tmp_path / "locked"), os.stat

    def denied(path: object, *args: object, **named: object) -> os.stat_result:
        if isinstance(path, str | os.PathLike) and os.fspath(path).startswith(locked + os.sep):
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return stat(path, *args, **named)  # type: ignore[arg-type]

    def nobodys() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os, "stat", denied)
    monkeypatch.setattr(os, "mkdir", lambda path, *_: denied(path))
    for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "PRE_COMMIT_HOME", "PII_GUARD_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", (lambda: Path(locked)) if home == "locked" else nobodys)
    assert invoke(command) in codes


@pytest.mark.parametrize(("broken", "problem"), [("numpy", "OSError"), ("hyperscan", "ImportError")])
def test_a_library_that_is_there_and_does_not_load(tmp_path: Path, broken: str, problem: str) -> None:
    package = tmp_path / "broken" / broken
    package.mkdir(parents=True)
    (package / "__init__.py").write_text(f"raise {problem}('wrong architecture')\n", encoding="utf-8")
    texts = {"a.txt": "今天天气不错\n" * 10000 + "客户王建国的手机号13800138000\n", "chat.txt": CHAT * 1400}
    for name, text in texts.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    key = {"PII_GUARD_KEY": "k" * 32}
    told = [
        run("scan", *texts, "--isolated", "-f", "jsonl", cwd=tmp_path, **key, **path)
        for path in ({}, {"PYTHONPATH": os.pathsep.join([str(package.parent), os.environ.get("PYTHONPATH", "")])})
    ]
    assert told[1].returncode == 1, told[1].stderr.decode()
    assert told[0].stdout == told[1].stdout


PIPES = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="NOT TESTED: no named pipes here")


@PIPES
def test_pipes_and_devices_are_listed_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "broken").symlink_to("nowhere")
    (tmp_path / "a.txt").write_text("今天天气不错", encoding="utf-8")
    for named in (["pipe"], ["/dev/zero"], ["pipe", "a.txt"], ["broken"]):
        done = run("scan", *named, "-f", "json", cwd=tmp_path)
        document = json.loads(done.stdout)["documents"][-1]
        assert (done.returncode, document["status"]) == (3, "unscanned")
        assert document["reason"] == ("broken_link" if named == ["broken"] else "special_file")
    assert "pii-guard scan - <" in run("scan", "pipe", cwd=tmp_path).stdout.decode()
    done = run("redact", "pipe", "--out-dir", "out", cwd=tmp_path)
    assert done.returncode == 3
    walked = run("scan", ".", cwd=tmp_path).stdout.decode()
    assert "1 个跳过：不是普通文件（管道、设备）" in walked
    assert "1 个跳过：链接没有目标" in walked
    assert "图片" not in walked


def test_pictures_have_their_own_hint(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("今天天气不错", encoding="utf-8")
    (tmp_path / "a.mp3").write_bytes(b"ID3\x03\x00" + bytes(200))
    said = run("scan", ".", cwd=tmp_path).stdout.decode()
    assert "1 个文件按种类跳过" in said
    assert "[ocr]" not in said


FULL = pytest.mark.skipif(not Path("/dev/full").exists(), reason="NOT TESTED: no /dev/full")


@FULL
@pytest.mark.parametrize(
    "line",
    [
        "scan a.txt >/dev/full",
        "scan a.txt -o /dev/full",
        "scan a.txt -f json >/dev/full",
        "scan a.txt -q --metrics /dev/full",
        "scan many.txt -f jsonl >/dev/full",
        "rules list >/dev/full",
        "--help >/dev/full",
        "redact - <a.txt >/dev/full",
        "scan - <&-",
        "redact - <&-",
        "scan none 2>/dev/full",
        "scan --none 2>/dev/full",
    ],
)
def test_nowhere_to_write_and_nothing_to_read(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.txt").write_text(LEAK, encoding="utf-8")
    (tmp_path / "many.txt").write_text(LEAK * 2000, encoding="utf-8")
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m pii_guard {line}'], cwd=tmp_path, capture_output=True, check=False
    )
    assert done.returncode == 2, done.stderr.decode()
    assert "2>" in line or ("标准输入已关闭" if "<&-" in line else "无法写出结果") in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_the_worse_code_stays(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LEAK, encoding="utf-8")
    done = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m pii_guard scan a.txt >&-'], cwd=tmp_path, capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (1, b"")


@pytest.mark.skipif(os.name != "posix" or not Path("/proc/self").exists(), reason="NOT TESTED: needs /proc")
@pytest.mark.parametrize("signal_", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_their_parent(tmp_path: Path, signal_: signal.Signals) -> None:
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text("客户手机号是13800138000，请回电 " * 60 + "\n" * 1000, encoding="utf-8")
        with (tmp_path / f"{number}.txt").open("a", encoding="utf-8") as out:
            out.writelines(CHAT * 1000 for _ in range(200))
    command = [sys.executable, "-m", "pii_guard", "scan", ".", "-j", "2", "-f", "jsonl", "-o", "out.jsonl", "--isolated"]
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # a job in the background is started deaf to it
    process = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, preexec_fn=heard)  # noqa: PLW1509 - no threads here
    workers = _eventually(lambda: found if len(found := _children(process.pid)) == 2 else [])
    time.sleep(1)
    process.send_signal(signal_)
    _, said = process.communicate(timeout=30)
    assert process.returncode == (130 if signal_ != signal.SIGKILL else -signal.SIGKILL), said
    assert b"Traceback" not in said
    assert _eventually(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers))
    if signal_ != signal.SIGKILL:
        assert "已中断" in said.decode()
        assert not [p.name for p in tmp_path.iterdir() if p.suffix != ".txt"]


def _children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()]


def _eventually(holds: Callable[[], T]) -> T:
    for _ in range(300):
        if found := holds():
            return found
        time.sleep(0.1)
    return holds()
