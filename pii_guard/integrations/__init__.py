"""Bridges to other tools, each in a folder or module of its own, none imported before it is asked for.

A folder with a `companion.py` can be named in `scan --with NAME[:FILE]`: its `companion(path)` gives
detectors that work beside ours.  Only the modules below this one import Presidio.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from pii_guard.detect.beside import Companion
from pii_guard.errors import UsageError


def names() -> list[str]:
    """What `--with` can name."""
    return sorted(file.parent.name for file in Path(__file__).parent.glob("*/companion.py"))


def companion(spec: str) -> Companion:
    """The companion of `NAME[:FILE]`; raises UsageError when there is none, or its packages are missing."""
    name, _, file = spec.partition(":")
    if name not in names():
        raise UsageError(f"--with 不认识 {name!r}，可用: {', '.join(names())}")
    try:
        made: Companion = import_module(f"{__name__}.{name}.companion").companion(
            Path(file) if file else None
        )
    except ModuleNotFoundError as error:
        missing = (error.name or "").partition(".")[0]
        if missing == "pii_guard":
            raise
        raise UsageError(f"--with {name} 需要 {missing}: pip install 'pii-guard-cn[{name}]'") from error
    return made
