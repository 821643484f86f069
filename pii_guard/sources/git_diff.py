"""What a change added: the files of a diff, and the lines of each that are new.

The whole file is scanned, for context; `Added` then says which findings stand on added lines.  Files for
which git gives no lines (binary to it, such as office documents or UTF-16) count as added whole.

    main             the work tree against where it left main, with untracked files
    main...topic     topic against where it left main
    v1..v2           v2 against v1
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import field

from pii_guard.errors import UsageError
from pii_guard.model import Document
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.patterns import lazy
from pii_guard.records import dataclass
from pii_guard.sources import paths as path_source
from pii_guard.sources.git import Entry
from pii_guard.sources.git import Tree
from pii_guard.sources.git import blobs
from pii_guard.sources.git import entries
from pii_guard.sources.git import run

_HUNK = lazy(rb"@@ -[0-9,]+ \+([0-9]+)(?:,([0-9]+))? @@")
_PLAIN = ["--no-color", "--no-ext-diff", "--no-textconv", "--submodule=short"]
_PATCH = ["-p", "-U0", "--inter-hunk-context=0", *_PLAIN]
_RAW = ["--raw", "-z", "--no-abbrev"]
_COMMON = ("-M", "--diff-filter=d")
_DECODED = ("eml", "mht", "mhtml", "mbox")  # suffixes of text files whose findings stand on decoded lines
Lines = tuple[tuple[int, int], ...] | None  # first and last of each added block; None: the whole file


@dataclass(frozen=True, slots=True)
class Added:
    """Added lines by path, and where renamed files were before."""

    lines: Mapping[str, Lines] = field(default_factory=dict)
    renamed: Mapping[str, str] = field(default_factory=dict)

    def __contains__(self, finding: Finding) -> bool:
        lines = self.lines.get(finding.path)
        if lines is None or finding.anchor.kind == "name" or finding.anchor.part is not None:
            return True
        return any(first <= finding.end_line and finding.line <= last for first, last in lines)


@dataclass(frozen=True, slots=True)
class Change:
    """A diff: its files, what it added, and the files that git does not track yet."""

    tree: Tree
    entries: tuple[Entry, ...]
    added: Added
    untracked: tuple[str, ...] = ()

    def documents(self) -> Iterator[Document | DocumentStatus]:
        """The new contents: from the object store, or from the disk where the work tree is compared."""
        shown = [(self.tree.shown(entry.path), entry) for entry in self.entries]
        yield from blobs(self.tree, [(path, entry) for path, entry in shown if set(entry.oid) != {"0"}])
        loose = [path for path, entry in shown if set(entry.oid) == {"0"} and entry.mode != "160000"]
        found = path_source.find(
            [p for p in (*loose, *self.untracked) if os.path.lexists(p)], gitignore=False
        )
        yield from found.documents
        yield from found.statuses


def change(tree: Tree, spec: str) -> Change:
    """The change that a REF, REF...REF or REF..REF names."""
    if spec.startswith("-"):
        raise UsageError(f"不是提交或范围: {spec}")
    if ".." in spec:
        return _change(tree, (spec,), ())
    base = os.fsdecode(run("merge-base", _commit(tree, spec), "HEAD", folder=tree.top)).strip()
    names = run("ls-files", "-z", "--others", "--exclude-standard", folder=tree.top)
    untracked = tuple(tree.shown(name) for name in os.fsdecode(names).split("\0") if name)
    return _change(tree, (base,), untracked)


def staged_change(tree: Tree) -> Change:
    """The change between the last commit and the index."""
    return _change(tree, ("--cached",), ())


def _commit(tree: Tree, spec: str) -> str:
    try:
        return os.fsdecode(
            run("rev-parse", "--verify", "--quiet", f"{spec}^{{commit}}", folder=tree.top)
        ).strip()
    except UsageError:
        raise UsageError(f"找不到提交: {spec}（浅克隆请先 git fetch --unshallow；CI 请取全部历史）") from None


def _change(tree: Tree, spec: tuple[str, ...], untracked: tuple[str, ...]) -> Change:
    found = tuple(entries(run("diff", *_RAW, *_COMMON, *spec, "--", folder=tree.top)))
    blocks = list(_blocks(run("diff", *_PATCH, *_COMMON, *spec, "--", folder=tree.top)))
    if len(blocks) != len(found):  # never guess: without certain lines everything counts as added
        blocks = [None] * len(found)
    lines = {tree.shown(e.path): None if _decoded(e.path) else b for e, b in zip(found, blocks, strict=True)}
    renamed = {tree.shown(e.path): tree.shown(e.old) for e in found if e.old and e.status == "R"}
    return Change(tree, found, Added(lines, renamed), untracked)


def _decoded(path: str) -> bool:
    return path.lower().rpartition(".")[2] in _DECODED


def _blocks(patch: bytes) -> Iterator[Lines]:
    """The added blocks of each file of a patch, in its order.  Content lines start with +, - or a blank."""
    lines: list[tuple[int, int]] = []
    started = whole = False
    for line in patch.split(b"\n"):
        if line.startswith(b"diff --git "):
            if started:
                yield None if whole else tuple(lines)
            lines, started, whole = [], True, False
        elif line.startswith((b"Binary files ", b"GIT binary patch")):
            whole = True
        elif match := _HUNK.match(line):
            first, count = int(match[1]), int(match[2] or 1)
            if count:
                lines.append((first, first + count - 1))
    if started:
        yield None if whole else tuple(lines)
