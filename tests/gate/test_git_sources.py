"""Index, change and history, as documents."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from pii_guard.errors import UsageError
from pii_guard.model import Document
from pii_guard.model import DocumentStatus
from pii_guard.sources import git
from pii_guard.sources import git_diff
from pii_guard.sources import git_history
from pii_guard.sources import git_index

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from gate_repo import Repo


def contents(sources: Iterable[Document | DocumentStatus]) -> dict[str, bytes | str | None]:
    found: dict[str, bytes | str | None] = {}
    for source in sources:
        if isinstance(source, Document):
            with source.open() as stream:
                found[source.path] = stream.read()
        else:
            found[source.path] = source.reason
    return found


def test_the_index_is_read_not_the_work_tree(repo: Repo) -> None:
    repo.commit(old__txt="old")
    repo.write("中文 名.txt", "staged")
    repo.git("add", "-A")
    repo.write("中文 名.txt", "work tree")
    repo.write("untracked.txt", "loose")
    tree = git.tree()
    assert contents(git_index.scan_staged(tree)) == {"中文 名.txt": b"staged"}
    named = git_index.from_names(tree, ["old.txt", "中文 名.txt", "untracked.txt"])
    assert contents(named) == {"old.txt": b"old", "中文 名.txt": b"staged", "untracked.txt": b"loose"}


def test_a_path_that_is_nowhere_is_a_usage_error(repo: Repo) -> None:
    with pytest.raises(UsageError):
        list(git_index.from_names(git.tree(), ["gone.txt"]))


def test_from_a_folder_below_the_top(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.write("sub/a.txt", "a")
    repo.git("add", "-A")
    monkeypatch.chdir(repo.folder / "sub")
    tree = git.tree()
    assert contents(git_index.scan_staged(tree)) == {"a.txt": b"a"}
    assert contents(git_index.from_names(tree, ["a.txt"])) == {"a.txt": b"a"}


def test_links_submodules_and_lfs_pointers(repo: Repo) -> None:
    oid = "a" * 64
    repo.write("missing.bin", f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 3\n")
    there = "b" * 64
    repo.write("there.txt", f"version https://git-lfs.github.com/spec/v1\noid sha256:{there}\nsize 3\n")
    repo.write(f".git/lfs/objects/bb/bb/{there}", "lfs")
    (repo.folder / "link").symlink_to("there.txt")
    repo.git("add", "-A")
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},module")
    found = contents(git_index.scan_staged(git.tree()))
    assert found == {
        "missing.bin": "lfs_pointer",
        "there.txt": b"lfs",
        "link": "symlink",
        "module": "submodule",
    }


def test_added_lines_of_a_change(repo: Repo) -> None:
    base = repo.commit(a__txt="1\n2\n3\n", b__txt="x\n" * 9, u__txt="x\n".encode("utf-16"))
    repo.git("mv", "b.txt", "moved.txt")
    repo.write("a.txt", "0\n1\n2 new\n3\n")
    repo.write("u.txt", "x\ny\n".encode("utf-16"))
    repo.write('odd "name"\n.txt', "odd\n")
    repo.commit("second")
    change = git_diff.change(git.tree(), f"{base}..HEAD")
    assert change.added.lines == {
        "a.txt": ((1, 1), (3, 3)),
        "moved.txt": (),
        "u.txt": None,
        'odd "name"\n.txt': ((1, 1),),
    }
    assert change.added.renamed == {"moved.txt": "b.txt"}
    assert contents(change.documents())["a.txt"] == b"0\n1\n2 new\n3\n"


def test_a_change_of_the_work_tree_has_untracked_files(repo: Repo) -> None:
    repo.commit(a__txt="1\n")
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit(b__txt="b\n")
    repo.write("a.txt", "1\n2\n")
    repo.write("new.txt", "new\n")
    found = contents(git_diff.change(git.tree(), "main").documents())
    assert found == {"a.txt": b"1\n2\n", "b.txt": b"b\n", "new.txt": b"new\n"}


@pytest.mark.parametrize("spec", ["nowhere", "--output=x", "a..b"])
def test_an_unknown_commit_is_a_usage_error(repo: Repo, spec: str) -> None:
    repo.commit()
    with pytest.raises(UsageError):
        git_diff.change(git.tree(), spec)


def test_history_has_every_blob_once_with_its_first_commit(repo: Repo) -> None:
    first = repo.commit("one", a__txt="a")
    repo.git("checkout", "-q", "-b", "side")
    side = repo.commit("side", s__txt="s", again__txt="a")
    repo.git("checkout", "-q", "main")
    second = repo.commit("two", a__txt="changed")
    repo.git("merge", "-q", "--no-ff", "--no-commit", "side")
    merge = repo.commit("merge", evil__txt="only in the merge")
    repo.git("rm", "-q", "a.txt")
    repo.commit("gone")
    found = [(entry.path, origin.commit) for origin, entry in git_history.first_appearances(git.tree())]
    assert sorted(found) == sorted(
        [("a.txt", first), ("s.txt", side), ("a.txt", second), ("evil.txt", merge)]
    )
    ranged = [entry.path for _, entry in git_history.first_appearances(git.tree(), f"{second}..HEAD")]
    assert sorted(ranged) == ["again.txt", "evil.txt", "s.txt"]


def test_messages_and_addresses_on_request(repo: Repo) -> None:
    repo.commit("说明\n\n正文")
    quiet = git_history.History(git.tree(), messages=True)
    assert list(contents(quiet.documents()).values()) == ["说明\n\n正文\n".encode()]
    full = git_history.History(git.tree(), messages=True, emails=True)
    assert all(b"tester@example.com" in body for body in contents(full.documents()).values())  # type: ignore[operator]


def test_a_repository_cannot_make_git_run_its_programs(repo: Repo, tmp_path: Path) -> None:
    trap, sprung = tmp_path / "trap.sh", tmp_path / "sprung"
    trap.write_text(f"#!/bin/sh\ntouch {sprung}\n")
    trap.chmod(0o755)
    repo.commit(a__txt="1\n", __gitattributes="*.txt diff=trap\n")
    base = repo.git("rev-parse", "HEAD").strip()
    repo.commit(a__txt="2\n")
    for name in (
        "core.fsmonitor",
        "diff.external",
        "diff.trap.textconv",
        "diff.trap.command",
        "gpg.program",
        "core.pager",
    ):
        repo.git("config", name, str(trap))
    repo.git("config", "log.showSignature", "true")
    subprocess.run(["git", "-C", repo.folder, "config", "core.hooksPath", str(tmp_path)], check=True)
    tree = git.tree()
    contents(git_diff.change(tree, f"{base}..HEAD").documents())
    contents(git_diff.staged_change(tree).documents())
    contents(git_history.History(tree, messages=True).documents())
    assert not sprung.exists()


def test_outside_of_a_repository(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        git.tree(tmp_path)
