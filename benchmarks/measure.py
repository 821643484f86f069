"""How all benchmarks measure: whole processes, processor time and peak memory of the child, interleaved rounds."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

NUMBERS = ("--isolated", "--no-progress", "--exit-zero", "--no-judge", "--names", "off", "--addresses", "off")


class Cost(NamedTuple):
    """Processor time (user + system) and wall time in seconds, peak memory in MiB."""

    cpu: float
    wall: float
    peak: float


def cost(command: Sequence[str], environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Cost:
    """What one run of a command costs; its exit code does not matter."""
    began = perf_counter()
    with subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=dict(os.environ, **(environment or {})),
        cwd=folder,
    ) as process:
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
    peak = used.ru_maxrss / (1 << 20 if sys.platform == "darwin" else 1 << 10)
    return Cost(used.ru_utime + used.ru_stime, perf_counter() - began, peak)


def rounds(commands: Mapping[str, Sequence[str]], count: int) -> dict[str, list[Cost]]:
    """Each command once a round, so that a busy minute hits all of them."""
    found: dict[str, list[Cost]] = {name: [] for name in commands}
    for _ in range(count):
        for name, command in commands.items():
            found[name].append(cost(command))
    return found


def median(costs: Sequence[Cost]) -> float:
    """Median processor time."""
    return statistics.median(c.cpu for c in costs)


def ours(path: Path, *options: str) -> list[str]:
    """A scan of the number types that writes its findings."""
    return [sys.executable, "-m", "pii_guard", "scan", str(path), "-f", "jsonl", *NUMBERS, *options]


def machine() -> str:
    """One line about where this ran."""
    load = ", load " + "/".join(f"{x:.1f}" for x in os.getloadavg()) if hasattr(os, "getloadavg") else ""
    return f"{platform.platform()}, {os.cpu_count()} CPU{load}, Python {platform.python_version()}"
