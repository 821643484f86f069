"""numpy with one BLAS thread: on matrices as small as ours a second one mostly waits, at full CPU (measured five
times slower)."""

from __future__ import annotations

import importlib
import os
import sys

_THREADS = "OPENBLAS_NUM_THREADS"


def import_numpy() -> None:
    """Import numpy so, if nobody has imported it yet; the environment stays as it was."""
    if "numpy" in sys.modules:
        return
    before = os.environ.get(_THREADS)
    os.environ.setdefault(_THREADS, "1")
    importlib.import_module("numpy")
    if before is None:
        del os.environ[_THREADS]
