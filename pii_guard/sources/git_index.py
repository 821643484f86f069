"""What is staged: the files of the index that a commit would add or change, not those of the work tree."""

from __future__ import annotations

import os
from collections.abc import Iterator
from collections.abc import Sequence

from pii_guard.errors import UsageError
from pii_guard.model import Document
from pii_guard.model import DocumentStatus
from pii_guard.sources import paths as path_source
from pii_guard.sources.git import Entry
from pii_guard.sources.git import Tree
from pii_guard.sources.git import blobs
from pii_guard.sources.git import entries
from pii_guard.sources.git import run

_FEW = 200  # names that fit on a command line anywhere


def staged(tree: Tree) -> list[Entry]:
    """Entries that the next commit adds, changes or renames."""
    raw = run("diff", "--cached", "--raw", "-z", "--no-abbrev", "-M", "--diff-filter=d", folder=tree.top)
    return list(entries(raw))


def scan_staged(tree: Tree) -> Iterator[Document | DocumentStatus]:
    """Documents of all that is staged."""
    return blobs(tree, [(tree.shown(entry.path), entry) for entry in staged(tree)])


def from_names(tree: Tree | None, names: Sequence[str]) -> Iterator[Document | DocumentStatus]:
    """Documents of named files: as they stand in the index; what git does not know, as on the disk."""
    known = _indexed(tree, names) if tree else {}
    missing = [name for name in names if name not in known and not os.path.lexists(name)]
    if missing:
        raise UsageError(f"路径不存在 (no such path): {missing[0]}")
    if tree and known:
        yield from blobs(tree, known.items())
    if rest := [name for name in names if name not in known]:
        found = path_source.find(rest, gitignore=False)
        yield from found.documents
        yield from found.statuses


def _indexed(tree: Tree, names: Sequence[str]) -> dict[str, Entry]:
    """The index entry of each name that has one (conflicts have none)."""
    top = os.path.realpath(tree.top)
    inside = {os.path.relpath(_real(name), top).replace(os.sep, "/"): name for name in names}
    asked = [path for path in inside if not path.startswith("../")] if len(names) <= _FEW else []
    raw = os.fsdecode(run("ls-files", "-s", "-z", "--", *asked, folder=tree.top))
    found: dict[str, Entry] = {}
    for line in filter(None, raw.split("\0")):
        about, path = line.split("\t", 1)
        mode, oid, stage = about.split(" ")
        if stage == "0" and path in inside:
            found[inside[path]] = Entry(path, oid, mode, "M")
    return {name: found[name] for name in names if name in found}


def _real(name: str) -> str:
    """The real path of a name's folder with the name itself, which may be a link that git stores as one."""
    folder, last = os.path.split(os.path.abspath(name))  # noqa: PTH100
    return os.path.join(os.path.realpath(folder), last)  # noqa: PTH118
