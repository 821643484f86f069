"""Walking folders: order, links, what git ignores, exclusions, and what cannot be read."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from pii_guard.errors import UsageError
from pii_guard.sources.paths import find


def make(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def names(root: Path, **options: object) -> list[str]:
    return [Path(d.path).relative_to(root).as_posix() for d in find([root], **options).documents]  # type: ignore[arg-type]


def test_order_hidden_files_and_size(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/2.txt", "a/10.txt", ".hidden", "c/.env", ".git/config", "Ä.txt")
    assert names(tmp_path) == [".hidden", "b.txt", "Ä.txt", "a/10.txt", "a/2.txt", "c/.env"]
    assert find([tmp_path / "b.txt"]).documents[0].size == 1
    with find([tmp_path / "b.txt"]).documents[0].open() as stream:
        assert stream.read() == b"x"


def test_relative_paths_stay_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "d/a.txt")
    monkeypatch.chdir(tmp_path)
    assert [d.path for d in find(["."]).documents] == [str(Path("d/a.txt"))]
    assert [d.path for d in find(["d", "d/a.txt", "d"]).documents] == [str(Path("d/a.txt"))]


def test_links_neither_loop_nor_double(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    make(inside, "a.txt", "d/b.txt")
    make(outside, "o.txt")
    (inside / "loop").symlink_to(inside)
    (inside / "same.txt").symlink_to(inside / "a.txt")
    (inside / "away").symlink_to(outside)
    (outside / "back").symlink_to(inside)
    (inside / "broken").symlink_to(inside / "nowhere")
    assert names(inside) == ["a.txt", "away/o.txt", "d/b.txt"]
    assert [(Path(s.path).name, s.status, s.reason) for s in find([inside]).statuses] == [
        ("broken", "skipped", "broken_link")
    ]


@pytest.mark.parametrize(
    ("globs", "left"),
    [
        (["*.log"], ["a/c.txt", "a/old/e.txt"]),
        (["a"], ["b.log"]),
        (["old/"], ["b.log", "a/c.txt", "a/d.log"]),
        (["a/**/*.txt"], ["b.log", "a/d.log"]),
        (["a/*.txt", "?.log"], ["a/old/e.txt"]),
    ],
)
def test_exclude(tmp_path: Path, globs: list[str], left: list[str]) -> None:
    make(tmp_path, "a/c.txt", "a/d.log", "a/old/e.txt", "b.log")
    assert names(tmp_path, exclude=globs) == left


@pytest.mark.skipif(shutil.which("git") is None, reason="needs git")
def test_ignored_files_are_left_out_and_counted(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    make(tmp_path, "a.txt", "dump.sql", "build/x.txt", "build/y.txt", "中文.log")
    (tmp_path / ".gitignore").write_text("*.sql\nbuild/\n*.log\n")
    seen = find([tmp_path])
    assert [Path(d.path).name for d in seen.documents] == [".gitignore", "a.txt"]
    assert seen.ignored == 4
    assert find([tmp_path], gitignore=False).ignored == 0
    assert len(find([tmp_path], gitignore=False).documents) == 6
    assert len(find([tmp_path / "dump.sql"]).documents) == 1


def test_missing_path_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing-here"):
        find([tmp_path / "nothing-here"])


def test_special_files_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert [(s.status, s.reason) for s in find([tmp_path]).statuses] == [("skipped", "special_file")]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_unreadable_files_are_listed(tmp_path: Path) -> None:
    make(tmp_path, "secret.txt")
    (tmp_path / "secret.txt").chmod(0)
    assert [(s.status, s.reason) for s in find([tmp_path]).statuses] == [("unscanned", "permission")]
