"""Processes that scan, and that end with whoever started them.

Left to itself a pool waits for its work, minutes of it, when the scan is broken off; and its processes outlive a
parent that is killed.  These are stopped at once, and watch their parent.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import connection
from types import TracebackType
from typing import TypeVar

from pii_guard.config import Settings
from pii_guard.scanner import Scanner

T = TypeVar("T")
R = TypeVar("R")
_own: list[Scanner] = []  # the scanner of a worker process, made once


class Workers:
    """A pool of `settings.jobs` processes with a scanner each; leaving by an error stops them where they are."""

    def __init__(self, settings: Settings) -> None:
        told, self._stop = connection.Pipe(duplex=False)
        self._pool = ProcessPoolExecutor(settings.jobs, initializer=_start, initargs=(settings, told))

    def submit(self, work: Callable[[T, Scanner], R], what: T) -> Future[R]:
        """Have a process do the work with its scanner."""
        return self._pool.submit(_do, work, what)

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._stop.send_bytes(b".")  # nobody takes it out: all of them see it
        self._pool.shutdown(cancel_futures=True)
        self._stop.close()


def _start(settings: Settings, told: connection.Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it, too, and decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_end_with_parent, args=(told,), daemon=True).start()
    _own[:] = [Scanner(settings)]


def _end_with_parent(told: connection.Connection) -> None:
    parent = multiprocessing.parent_process()
    connection.wait([told, *([parent.sentinel] if parent else [])])
    os._exit(1)


def _do(work: Callable[[T, Scanner], R], what: T) -> R:
    return work(what, _own[0])
