"""Files that results go to: written when all is known, quiet or not, and never one of those that are read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TextIO

import pytest

from pii_guard.cli import _files
from pii_guard.errors import OutputError
from tests.test_exit_codes import LEAK
from tests.test_exit_codes import run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "a.txt").write_text(LEAK, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("args", "written"),
    [
        (["-q", "-f", "json", "-o", "out.json"], ["out.json"]),
        (["-q", "-f", "csv=q.csv", "-f", "junit=q.xml", "-f", "text"], ["q.csv", "q.xml"]),
        (["-q", "--metrics", "m.json"], ["m.json"]),
        (["-q"], []),
        (["-q", "-f", "json=-"], []),
    ],
)
def test_quiet_silences_the_terminal_only(folder: Path, args: list[str], written: list[str]) -> None:
    done = run("scan", "a.txt", "--isolated", *args, cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (1, b"", b"")
    assert sorted(p.name for p in folder.iterdir() if p.name != "a.txt") == sorted(written)
    assert all((folder / name).stat().st_size > 10 for name in written)


def test_a_dash_is_standard_output(folder: Path) -> None:
    for args in (["-f", "json=-"], ["-f", "json", "-o", "-"], ["-f", "json=-", "-f", "csv", "-o", "x.csv"]):
        done = run("scan", "a.txt", "--isolated", *args, cwd=folder)
        assert len(json.loads(done.stdout)["findings"]) == 1, done.stderr
    assert not (folder / "-").exists()
    assert run("scan", "a.txt", "-f", "json=-", "-f", "text", cwd=folder).returncode == 2


@pytest.mark.parametrize("args", [["-o", "a.txt"], ["-f", "json=./a.txt"], ["--metrics", "a.txt"], ["-o", "link.txt"]])
def test_an_input_is_never_overwritten(folder: Path, args: list[str]) -> None:
    (folder / "link.txt").symlink_to("a.txt")
    done = run("scan", "a.txt", *args, cwd=folder)
    assert (done.returncode, "会覆盖作为输入的" in done.stderr.decode()) == (2, True)
    assert (folder / "a.txt").read_text(encoding="utf-8") == LEAK


def test_standard_input_may_be_a_file_too(folder: Path) -> None:
    command = [sys.executable, "-m", "pii_guard", "scan", "-", "-o", "a.txt"]
    with (folder / "a.txt").open("rb") as stream:
        assert subprocess.run(command, stdin=stream, cwd=folder, capture_output=True, check=False).returncode == 2
    assert (folder / "a.txt").read_text(encoding="utf-8") == LEAK


def test_two_results_need_two_files(folder: Path) -> None:
    done = run("scan", "a.txt", "-f", "json=out", "-f", "csv=./out", cwd=folder)
    assert (done.returncode, "两个结果写到同一个文件" in done.stderr.decode()) == (2, True)


def test_an_earlier_result_in_the_folder_is_no_source(folder: Path) -> None:
    for _ in range(2):
        assert run("scan", ".", "--isolated", "-f", "jsonl", "-o", "out.jsonl", cwd=folder).returncode == 1
    lines = [json.loads(line) for line in (folder / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["document"]["reason"] for line in lines if "document" in line] == ["own_file"]
    assert sorted(p.name for p in folder.iterdir()) == ["a.txt", "out.jsonl"]


def test_a_failed_run_leaves_the_earlier_result(folder: Path) -> None:
    (folder / "out.json").write_text("earlier", encoding="utf-8")
    (folder / "r.yaml").write_text("recognizers: 1", encoding="utf-8")
    assert run("scan", "a.txt", "--rules", "r.yaml", "-f", "json", "-o", "out.json", cwd=folder).returncode == 2
    assert (folder / "out.json").read_text(encoding="utf-8") == "earlier"


def _write_and_raise(out: TextIO, problem: type[BaseException]) -> None:
    out.write("half")
    raise problem


@pytest.mark.parametrize("problem", [KeyboardInterrupt, OSError, SystemExit])
def test_a_stopped_run_leaves_nothing_behind(tmp_path: Path, problem: type[BaseException]) -> None:
    (tmp_path / "out").write_text("earlier", encoding="utf-8")
    with pytest.raises(problem), _files.stream_to(tmp_path / "out") as out:
        _write_and_raise(out, problem)
    assert {p.name: p.read_text(encoding="utf-8") for p in tmp_path.iterdir()} == {"out": "earlier"}


@pytest.mark.skipif(os.name != "posix", reason="NOT TESTED: modes and links of POSIX")
def test_modes_and_links_stay(tmp_path: Path) -> None:
    out, link = tmp_path / "out", tmp_path / "link"
    out.write_text("earlier", encoding="utf-8")
    out.chmod(0o640)
    link.symlink_to(out)
    with _files.stream_to(link) as stream:
        stream.write("new")
    assert (out.read_text(encoding="utf-8"), out.stat().st_mode & 0o777, link.is_symlink()) == ("new", 0o640, True)
    with _files.stream_to(Path(os.devnull)) as stream:
        stream.write("new")
    assert not Path(os.devnull).is_file()


def test_where_nothing_can_be_written(tmp_path: Path) -> None:
    for place in (tmp_path / "none" / "out", tmp_path):
        with pytest.raises(OutputError, match="无法写入"), _files.stream_to(place):
            pass
    (tmp_path / "a.txt").write_text("无", encoding="utf-8")
    done = run("scan", "a.txt", "-o", "none/张三13800138000.json", cwd=tmp_path)
    assert (done.returncode, b"13800138000" in done.stderr) == (2, False)
