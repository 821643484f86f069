"""Our recognizers called directly, and the same ones through Presidio's AnalyzerEngine, on one text.

    python -m benchmarks.presidio [KB ...]      # default: 1 10 50

A third column shows Presidio as the engine: the patterns of our entity files as its own PatternRecognizers
(which finds less certain and more false things; only the time is compared).  They run in turn in one
process, so that both see the same machine; the medians are printed as a Markdown table. Also printed is
what importing costs, each measured in fresh processes.
"""

from __future__ import annotations

import os
import random
import statistics
import subprocess
import sys
from collections.abc import Callable
from time import process_time

from benchmarks import corpora
from pii_guard.config import Settings
from pii_guard.detect import rulebook
from pii_guard.integrations import presidio
from pii_guard.scanner import Scanner

PAIRS = 3
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # threads that spin would count as CPU time
NAMES = frozenset(("PERSON", "ADDRESS"))  # found by models and dictionaries of their own, at their own speed
COST = (  # VmHWM, because ru_maxrss starts at the parent's
    "from time import process_time; before = process_time(); {statement}\n"
    "peak = next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
    "print(process_time() - before, peak)"
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


def as_patterns() -> Callable[[str], object]:
    """Presidio as the engine: our entity files as its PatternRecognizers, no check digits, no triggers."""
    from presidio_analyzer import AnalyzerEngine
    from presidio_analyzer import RecognizerRegistry
    from presidio_analyzer.nlp_engine import NoOpNlpEngine

    registry = RecognizerRegistry(supported_languages=["zh"])
    for file in rulebook.entity_files():
        registry.add_recognizers_from_yaml(file)
    nothing = NoOpNlpEngine(models=[{"lang_code": "zh", "model_name": ""}])
    engine = AnalyzerEngine(registry=registry, nlp_engine=nothing, supported_languages=["zh"])
    return lambda text: engine.analyze(text, language="zh")


def compare(text: str, ignore: frozenset[str]) -> tuple[list[float], int]:
    """Median seconds direct, through the engine, as its patterns; and how many hits the first two share."""
    scanner = Scanner(Settings(ignore=ignore))
    engine, patterns = presidio.analyzer(scanner=scanner), as_patterns()
    direct = {(f.start, f.end) for f in scanner.scan_text(text)}
    through = {(r.start, r.end) for r in engine.analyze(text, language="zh")}
    if direct != through:
        raise SystemExit("the two must find the same")
    calls = (
        lambda: scanner.scan_text(text),
        lambda: engine.analyze(text, language="zh"),
        lambda: patterns(text),
    )
    rounds = [[timed(call) for call in calls] for _ in range(PAIRS)]
    return [statistics.median(column) for column in zip(*rounds, strict=True)], len(direct)


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
    print("| types | text | hits | direct | through AnalyzerEngine | ratio | as Presidio patterns | ratio |")
    print("| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |")
    for types, ignore in (("numbers", NAMES), ("all", frozenset[str]())):
        for kind in ("chat", "dense"):
            for kilobytes in sizes:
                (direct, through, patterns), hits = compare(text_of(kind, kilobytes), ignore)
                times = f"{direct * 1e3:.1f} ms | {through * 1e3:.1f} ms | {through / direct:.2f}"
                times += f" | {patterns * 1e3:.1f} ms | {patterns / direct:.1f}"
                print(f"| {types} | {kind} {kilobytes} KB | {hits} | {times} |", flush=True)
    print("\n| import | CPU | peak memory |\n| --- | ---: | ---: |")
    for statement in ("import pii_guard", "import presidio_analyzer"):
        seconds, megabytes = cost(statement)
        print(f"| `{statement}` | {seconds:.2f} s | {megabytes:.0f} MB |")


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1, 10, 50])
