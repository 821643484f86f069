"""The name network, by the engine that is cheaper for the amount of text."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence

from pii_guard.detect.person.plain import Evidence
from pii_guard.detect.person.plain import evidence as plainly

FEW = 60  # characters; importing numpy costs as much as the plain engine needs for these


def evidence(windows: Sequence[str]) -> list[Evidence]:
    """What each character of each window says; both engines say the same."""
    distinct = list(dict.fromkeys(windows))
    if "numpy" not in sys.modules and sum(map(len, distinct)) <= FEW:
        found = plainly(distinct)
    else:
        single_threaded_numpy()
        from pii_guard.detect.person.batched import evidence as together

        found = together(distinct)
    by_window = dict(zip(distinct, found, strict=True))
    return [by_window[w] for w in windows]


def single_threaded_numpy() -> None:
    """Import numpy with one BLAS thread, if nobody has imported it yet.

    On matrices as small as ours a second thread mostly waits, at full CPU: measured five times slower.
    """
    if "numpy" in sys.modules:
        return
    before = os.environ.get(_THREADS)
    os.environ.setdefault(_THREADS, "1")
    importlib.import_module("numpy")
    if before is None:
        del os.environ[_THREADS]


_THREADS = "OPENBLAS_NUM_THREADS"
