"""Files and folders as documents, in a fixed order and without opening them.

Folders are walked with hidden files, never into `.git`.  A symbolic link is followed when it leads out of the
folders that are walked anyway, and each folder is walked once, so loops end.  Inside a git work tree ignored
files are left out and counted.  A file that the user names is always taken; a pipe or device is never opened.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import field
from functools import partial
from pathlib import Path
from typing import BinaryIO

from pii_guard.errors import NoSuchPathError
from pii_guard.model import Document
from pii_guard.model import DocumentStatus
from pii_guard.records import dataclass
from pii_guard.sources.ignored import ignored_files

_SPECIAL = "管道、设备等不是文件；可从标准输入扫描：pii-guard scan - < PATH (no regular file, use standard input)"


@dataclass(frozen=True, slots=True)
class Found:
    """What a walk found: documents to scan, entries that are none, and how many files git ignores."""

    documents: list[Document] = field(default_factory=list)
    statuses: list[DocumentStatus] = field(default_factory=list)
    ignored: int = 0


def find(
    paths: Sequence[str | os.PathLike[str]], *, exclude: Iterable[str] = (), gitignore: bool = True
) -> Found:
    """The documents of files and folders; raises UsageError when a path does not exist."""
    named = [os.fspath(path) for path in paths]
    for path in named:
        if not os.path.lexists(path):
            raise NoSuchPathError(path)
    walk = _Walk(_excluder(exclude), gitignore, [os.path.realpath(path) for path in named])
    for path in named:
        walk.start(path)
    return Found(walk.documents, walk.statuses, walk.ignored)


def _open(path: str) -> BinaryIO:
    return Path(path).open("rb")


@dataclass
class _Walk:
    excluded: Callable[[str], bool]
    gitignore: bool
    roots: list[str]
    documents: list[Document] = field(default_factory=list)
    statuses: list[DocumentStatus] = field(default_factory=list)
    ignored: int = 0
    _left_out: frozenset[str] = frozenset()
    _visited: set[str] = field(default_factory=set)
    _named: set[str] = field(default_factory=set)

    def start(self, path: str) -> None:
        """A path of the command line."""
        real = os.path.realpath(path)
        if os.path.isdir(path):  # noqa: PTH112
            self._left_out = ignored_files(Path(path)) if self.gitignore else frozenset()
            self._folder(path, real, "")
        elif real not in self._named:
            self._named.add(real)
            self._file(path, None)

    def _folder(self, path: str, real: str, relative: str) -> None:
        folders = [(path, real, relative)]
        while folders:
            here = folders.pop()
            if here[1] in self._visited:
                continue
            self._visited.add(here[1])
            below = list(self._entries(*here))
            folders.extend(reversed(below))

    def _entries(self, path: str, real: str, relative: str) -> Iterator[tuple[str, str, str]]:
        """Take the files of a folder; give its folders as (path, real path, path below the root)."""
        try:
            with os.scandir(path) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            self._unscanned(path, error)
            return
        if relative and self.gitignore and any(entry.name == ".git" for entry in entries):
            self._left_out |= ignored_files(Path(path))  # a repository inside the walked one
        for entry in entries:
            name, inner = entry.name, f"{relative}{entry.name}"
            if name == ".git" or self.excluded(inner):
                continue
            target = f"{real}{os.sep}{name}" if real != os.sep else f"{real}{name}"
            shown = entry.path.removeprefix(f".{os.sep}") if path.startswith(".") else entry.path
            if entry.is_symlink():
                linked = self._linked(shown, target)
                if linked is None:
                    continue
                target = linked
            if entry.is_dir():
                yield shown, target, f"{inner}/"
            elif target in self._left_out:
                self.ignored += 1
            elif target not in self._named:
                self._named.add(target)
                self._file(shown, entry)

    def _linked(self, path: str, link: str) -> str | None:
        """Where a link leads, when that is not walked anyway."""
        real = os.path.realpath(link)
        if not os.path.exists(real):  # noqa: PTH110
            self.statuses.append(DocumentStatus(path, "skipped", "broken_link"))
            return None
        inside = any(real == root or real.startswith(root.rstrip(os.sep) + os.sep) for root in self.roots)
        return None if inside else real

    def _file(self, path: str, entry: os.DirEntry[str] | None) -> None:
        try:
            status = os.stat(path) if entry is None else entry.stat()  # noqa: PTH116
        except OSError as error:
            self._unscanned(path, error)
            return
        if not stat.S_ISREG(status.st_mode):  # opening a pipe waits for its writer, perhaps for ever
            kind = "unscanned" if entry is None else "skipped"  # what the user names is in scope
            self.statuses.append(DocumentStatus(path, kind, "special_file", _SPECIAL if entry is None else ""))
        elif not os.access(path, os.R_OK):
            self.statuses.append(DocumentStatus(path, "unscanned", "permission"))
        else:
            self.documents.append(Document(path, partial(_open, path), status.st_size))

    def _unscanned(self, path: str, error: OSError) -> None:
        reason = "permission" if isinstance(error, PermissionError) else "io_error"
        if isinstance(error, FileNotFoundError) and os.path.islink(path):  # noqa: PTH114
            reason = "broken_link"
        self.statuses.append(DocumentStatus(path, "unscanned", reason, error.strerror or ""))


def _excluder(globs: Iterable[str]) -> Callable[[str], bool]:
    """Whether a path below a root fits one of the globs: a name anywhere, or, with a slash, a path.

    >>> fits = _excluder(["*.log", "build/", "docs/**/old"])
    >>> [fits(p) for p in ("a/b.log", "x/build", "docs/a/b/old", "docs/old", "b.logs")]
    [True, True, True, True, False]
    """
    patterns = [_pattern(glob.strip().replace(os.sep, "/")) for glob in globs if glob.strip()]
    if not patterns:
        return lambda path: False
    return partial(_fits, re.compile("|".join(patterns), re.DOTALL))


def _fits(pattern: re.Pattern[str], path: str) -> bool:
    return pattern.fullmatch(path) is not None


def _pattern(glob: str) -> str:
    anywhere = "/" not in glob.rstrip("/")
    glob = glob.strip("/").removeprefix("./")
    parts = re.findall(r"\*\*/|\*\*|\*|\?|\[!?[^\]]+\]|.", glob, re.DOTALL)
    known = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    body = "".join(
        known.get(part) or (part.replace("[!", "[^") if len(part) > 1 else re.escape(part)) for part in parts
    )
    return f"(?:.*/)?{body}" if anywhere else body
