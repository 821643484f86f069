"""Our recognizers called directly, and the same ones through Presidio's AnalyzerEngine, on the same text.

    python -m benchmarks.presidio [KB ...]      # default: 1 10 50

Pairs run in turn in one process, so that both see the same machine; the medians are printed as a Markdown
table. Also printed is what importing costs, each measured in fresh processes.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
from collections.abc import Callable
from time import process_time

from benchmarks import corpora
from pii_guard.config import Settings
from pii_guard.integrations import presidio
from pii_guard.scanner import Scanner

PAIRS = 5
NAMES = frozenset(("PERSON", "ADDRESS"))  # found by models and dictionaries of their own, at their own speed
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
    """CPU seconds of a call: other work on the machine does not count."""
    begin = process_time()
    call()
    return process_time() - begin


def compare(text: str, ignore: frozenset[str]) -> tuple[float, float, int]:
    """Median seconds direct and through the engine, and how many results (the same, both ways)."""
    scanner = Scanner(Settings(ignore=ignore))
    engine = presidio.analyzer(scanner=scanner)
    direct = {(f.start, f.end) for f in scanner.scan_text(text)}
    through = {(r.start, r.end) for r in engine.analyze(text, language="zh")}
    if direct != through:
        raise SystemExit("the two must find the same")
    calls = (lambda: scanner.scan_text(text), lambda: engine.analyze(text, language="zh"))
    pairs = [[timed(call) for call in calls] for _ in range(PAIRS)]
    return statistics.median(p[0] for p in pairs), statistics.median(p[1] for p in pairs), len(direct)


def cost(statement: str) -> tuple[float, float]:
    """Median CPU seconds and MB of a statement in a fresh interpreter."""
    runs = [
        subprocess.run(
            [sys.executable, "-c", COST.format(statement=statement)],
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for _ in range(3)
    ]
    return statistics.median(float(r[0]) for r in runs), statistics.median(float(r[1]) for r in runs) / 1024


def main(sizes: list[int]) -> None:
    """Print both tables."""
    print("| types | text | hits | direct | through AnalyzerEngine | ratio |")
    print("| --- | --- | ---: | ---: | ---: | ---: |")
    for types, ignore in (("numbers", NAMES), ("all", frozenset[str]())):
        for kind in ("chat", "dense"):
            for kilobytes in sizes:
                direct, through, hits = compare(text_of(kind, kilobytes), ignore)
                times = f"{direct * 1e3:.1f} ms | {through * 1e3:.1f} ms | {through / direct:.2f}"
                print(f"| {types} | {kind} {kilobytes} KB | {hits} | {times} |", flush=True)
    print("\n| import | CPU | peak memory |\n| --- | ---: | ---: |")
    for statement in (
        "import pii_guard",
        "import presidio_analyzer",
        "import pii_guard.integrations.presidio",
    ):
        seconds, megabytes = cost(statement)
        print(f"| `{statement}` | {seconds:.2f} s | {megabytes:.0f} MB |")


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1, 10, 50])
