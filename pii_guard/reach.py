"""Whether a path is there for us: `pathlib` raises where a folder above may not be entered (a locked HOME); these say no."""

from __future__ import annotations

import os
from pathlib import Path

_NOWHERE = Path(os.devnull) / "home"  # a file is no folder: nothing is there, and nothing can be put there


def home() -> Path:
    """The user's folder; where the system knows of none (a container's odd user), one that is not there."""
    try:
        return Path.home()
    except RuntimeError:
        return _NOWHERE


def exists(path: Path) -> bool:
    """Something is there, and we may see it."""
    return os.path.exists(path)  # noqa: PTH110


def is_file(path: Path) -> bool:
    """A file is there, and we may see it."""
    return os.path.isfile(path)  # noqa: PTH113


def is_dir(path: Path) -> bool:
    """A folder is there, and we may see it."""
    return os.path.isdir(path)  # noqa: PTH112
