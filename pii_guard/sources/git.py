"""Git, asked through its plumbing: no library, no shell, and nothing that a repository could make git run.

`Tree` is a work tree; `blobs` streams contents out of the object store through one `git cat-file --batch`.
Settings of a repository that start programs (core.fsmonitor, external diffs, text conversion, signatures) and
fetching missing objects over the network are switched off.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import IO

from pii_guard.errors import UsageError
from pii_guard.model import Document
from pii_guard.model import DocumentStatus
from pii_guard.records import dataclass

MOST = 1 << 29  # bytes of a blob: more is listed as too large
NO_OBJECT = "0" * 40
_SETTINGS = ("core.fsmonitor=false", "log.showSignature=false", "log.showRoot=true", "core.quotepath=true")
_GIT = ("git", "--no-pager", "--literal-pathspecs", *(word for s in _SETTINGS for word in ("-c", s)))
_LFS = b"version https://git-lfs.github.com/spec/v1\n"
_NO_TEXT = {"160000": "submodule", "120000": "symlink"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A file of the index or of a commit; `status` as git writes it (A, M, R ...), `old` its former path."""

    path: str
    oid: str
    mode: str = "100644"
    status: str = "A"
    old: str | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    """A git work tree: its top folder and the folder that all its work trees share (`.git`)."""

    top: Path
    common: Path

    def shown(self, path: str) -> str:
        """A path below the top as the user, standing where they stand, would write it."""
        full = self.top / path
        return os.path.relpath(full) if full.is_relative_to(Path.cwd()) else full.as_posix()


def tree(folder: Path | None = None) -> Tree:
    """The work tree around a folder; UsageError where there is none."""
    here = folder or Path.cwd()
    lines = os.fsdecode(run("rev-parse", "--show-toplevel", "--git-common-dir", folder=here)).splitlines()
    return Tree(Path(lines[0]), (here / lines[1]).resolve())


def run(*arguments: str, folder: Path | None = None) -> bytes:
    """What a git command prints; UsageError when it fails."""
    try:
        done = subprocess.run(  # noqa: S603
            [*_GIT, *arguments], cwd=folder, env=_environment(), capture_output=True, check=False
        )
    except OSError as error:
        raise UsageError("需要安装 git (git is not installed)") from error
    if done.returncode:
        raise UsageError(f"git {arguments[0]} 失败: {_first_line(done.stderr)}")
    return done.stdout


def entries(raw: bytes) -> Iterator[Entry]:
    """The entries of `--raw -z` output, also of merges (`-c`), without deletions."""
    fields = iter(os.fsdecode(raw).split("\0"))
    for field in fields:
        if not field.startswith(":"):
            continue
        words = field.lstrip(":").split(" ")
        parents = len(field) - len(field.lstrip(":"))
        mode, oid, status = words[parents], words[2 * parents + 1], words[-1]
        path = next(fields)
        old = path if status[0] in "RC" else None
        if old is not None:
            path = next(fields)
        if set(oid) != {"0"} or status[0] not in "DU":
            yield Entry(path, oid, mode, status[0], old)


def blobs(tree_: Tree, wanted: Iterable[tuple[str, Entry]]) -> Iterator[Document | DocumentStatus]:
    """Documents of (path to show, entry), in order; submodules are skipped, LFS pointers followed."""
    listed = list(wanted)
    with _Objects(tree_.top, [entry.oid for _, entry in listed if entry.mode not in _NO_TEXT]) as objects:
        for path, entry in listed:
            if entry.mode in _NO_TEXT:
                yield DocumentStatus(path, "skipped", _NO_TEXT[entry.mode])
                continue
            content = next(objects)
            if isinstance(content, str):
                yield DocumentStatus(path, "unscanned", content)
            else:
                yield _document(tree_, path, content)


def _document(tree_: Tree, path: str, content: bytes) -> Document | DocumentStatus:
    if not content.startswith(_LFS):
        return Document(path, partial(BytesIO, content), len(content))
    oid = next(
        (
            line[11:]
            for line in content.decode("ascii", "replace").split("\n")
            if line.startswith("oid sha256:")
        ),
        "",
    )
    stored = tree_.common / "lfs" / "objects" / oid[:2] / oid[2:4] / oid
    if oid.isalnum() and stored.is_file():
        return Document(path, partial(stored.open, "rb"), stored.stat().st_size)  # type: ignore[arg-type]
    return DocumentStatus(path, "unscanned", "lfs_pointer", "内容在 Git LFS，先运行 git lfs pull")


class _Objects:
    """Contents of objects, in the order asked for; a reason in place of what cannot be had."""

    def __init__(self, folder: Path, oids: list[str]) -> None:
        self._process = subprocess.Popen(  # noqa: S603
            [*_GIT, "cat-file", "--batch", "--buffer"],
            cwd=folder,
            env=_environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._out = self._process.stdout
        self._feeder = Thread(target=_feed, args=(self._process.stdin, oids), daemon=True)
        self._feeder.start()

    def __enter__(self) -> _Objects:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._feeder.join()
        self._out.close()
        self._process.wait()

    def __next__(self) -> bytes | str:
        header = self._out.readline().split()
        if len(header) != 3:
            return "missing_object"
        size = int(header[2])
        if size > MOST:
            left = size + 1
            while left and (read := len(self._out.read(min(left, 1 << 20)))):
                left -= read
            return "too_large"
        content = self._out.read(size)
        self._out.read(1)
        return content if len(content) == size else "missing_object"


def _feed(into: IO[bytes], oids: list[str]) -> None:
    try:
        with into:
            into.writelines(f"{oid}\n".encode() for oid in oids)
    except OSError:  # the reader stopped early
        return


def _environment() -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if name not in ("GIT_EXTERNAL_DIFF", "GIT_PAGER")
    }
    return kept | {
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "LC_ALL": "C",
    }


def _first_line(message: bytes) -> str:
    return next(iter(message.decode("utf-8", "replace").splitlines()), "")[:200]
