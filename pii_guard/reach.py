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


def names(folder: Path, suffix: str) -> list[str]:
    """The names that end so in a folder, in order; none where it is not there.  `Path.glob` compiles its pattern at each start."""
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith(suffix))  # noqa: PTH208
    except OSError:
        return []


def modules(folder: Path) -> list[str]:
    """The names of the modules in a folder that anybody may name, in order: those that begin with `_` are not."""
    return sorted(name.removesuffix(".py") for name in names(folder, ".py") if name[0].islower())
