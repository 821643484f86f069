"""What git ignores, asked of git itself (plumbing: `git ls-files`); nothing where there is no git.

Settings that run programs of the repository's choosing (core.fsmonitor) are switched off.
"""

from __future__ import annotations

import os
from pathlib import Path

from pii_guard import reach

_LIST = ("git", "-c", "core.fsmonitor=false", "-c", "core.quotepath=false", "ls-files")
_IGNORED = ("-z", "--others", "--ignored", "--exclude-standard")


def inside_work_tree(folder: Path) -> bool:
    """A `.git` stands in the folder or above it."""
    here = folder.resolve()
    return any(reach.exists(above / ".git") for above in (here, *here.parents))


def ignored_files(folder: Path) -> frozenset[str]:
    """The real paths of all files below a folder that git ignores."""
    if not inside_work_tree(folder):
        return frozenset()
    import subprocess

    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    try:
        done = subprocess.run(  # noqa: S603
            [*_LIST, *_IGNORED], cwd=folder, env=environment, capture_output=True, check=False, timeout=60
        )
    except (OSError, subprocess.TimeoutExpired):
        return frozenset()
    base = os.path.realpath(folder)
    names = os.fsdecode(done.stdout).split("\0") if done.returncode == 0 else []
    return frozenset(f"{base}{os.sep}{name}".rstrip(os.sep) for name in names if name)
