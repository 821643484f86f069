"""numpy with one BLAS thread: on matrices as small as ours a second one mostly waits, at full CPU (measured five
times slower)."""

from __future__ import annotations

import importlib
import os
import sys
from functools import cache

_THREADS = "OPENBLAS_NUM_THREADS"


def import_numpy() -> None:
    """Import numpy so, if nobody has imported it yet; the environment stays as it was."""
    if "numpy" in sys.modules:
        return
    before = os.environ.get(_THREADS)
    os.environ.setdefault(_THREADS, "1")
    try:
        importlib.import_module("numpy")
    finally:
        if before is None:
            del os.environ[_THREADS]


@cache
def loads(module: str) -> bool:
    """Whether a compiled library can be imported: one that is installed but made for another machine cannot."""
    try:
        import_numpy() if module == "numpy" else importlib.import_module(module)
    except (ImportError, OSError):
        return False
    return True
