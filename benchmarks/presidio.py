"""Our recognizers called directly, and the same ones through Presidio's AnalyzerEngine, on the same text.

    python -m benchmarks.presidio [KB ...]      # default: 1 10 100, of chat and of lines full of personal data

Pairs run in turn in one process, so that both see the same machine; the medians are printed as a Markdown table.
Also printed is what importing costs, each measured in fresh processes.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
from collections.abc import Callable
from time import perf_counter

from benchmarks import corpora
from pii_guard.integrations import presidio
from pii_guard.scanner import Scanner

PAIRS = 5
COST = (
    "import resource; before = resource.getrusage(resource.RUSAGE_SELF); {statement}\n"
    "after = resource.getrusage(resource.RUSAGE_SELF)\n"
    "print(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss)"
)


def text_of(kind: str, kilobytes: int) -> str:
    """A seeded corpus of about that many KB."""
    lines: list[str] = []
    size = 0
    for line in corpora.LINES[kind](random.Random(7)):
        lines.append(line)
        size += len(line.encode()) + 1
        if size >= kilobytes * 1000:
            break
    return "\n".join(lines)


def timed(call: Callable[[], object]) -> float:
    """Seconds of a call."""
    begin = perf_counter()
    call()
    return perf_counter() - begin


def compare(text: str) -> tuple[float, float, int]:
    """Median seconds direct and through the engine, and how many results (the same, both ways)."""
    scanner, engine = Scanner(), presidio.analyzer()
    direct = {(f.start, f.end) for f in scanner.scan_text(text)}
    through = {(r.start, r.end) for r in engine.analyze(text, language="zh")}
    assert direct == through, "the two must find the same"
    pairs = [
        (timed(lambda: scanner.scan_text(text)), timed(lambda: engine.analyze(text, language="zh")))
        for _ in range(PAIRS)
    ]
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs), len(direct)


def cost(statement: str) -> tuple[float, float]:
    """Median CPU seconds and MB of a statement in a fresh interpreter."""
    runs = [
        subprocess.run(
            [sys.executable, "-c", COST.format(statement=statement)], capture_output=True, text=True, check=True
        ).stdout.split()
        for _ in range(3)
    ]
    return statistics.median(float(r[0]) for r in runs), statistics.median(float(r[1]) for r in runs) / 1024


def main(sizes: list[int]) -> None:
    """Print both tables."""
    print("| text | hits | direct | through AnalyzerEngine | ratio |\n| --- | ---: | ---: | ---: | ---: |")
    for kind in ("chat", "dense"):
        for kilobytes in sizes:
            direct, through, hits = compare(text_of(kind, kilobytes))
            row = f"{kind} {kilobytes} KB | {hits} | {direct * 1e3:.1f} ms | {through * 1e3:.1f} ms"
            print(f"| {row} | {through / direct:.1f} |", flush=True)
    print("\n| import | CPU | peak memory |\n| --- | ---: | ---: |")
    for statement in ("import pii_guard", "import presidio_analyzer", "import pii_guard.integrations.presidio"):
        seconds, megabytes = cost(statement)
        print(f"| `{statement}` | {seconds:.2f} s | {megabytes:.0f} MB |")


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1, 10, 100])
