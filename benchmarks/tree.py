"""A tree of many small files, one process and two.

    python -m benchmarks.tree [--files 20000]
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from benchmarks import corpora
from benchmarks.measure import cost
from benchmarks.measure import machine
from benchmarks.measure import ours


def main() -> int:
    """Print files per second."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=20_000)
    count = parser.parse_args().files
    with tempfile.TemporaryDirectory() as name:
        root = Path(name) / "tree"
        corpora.tree(random.Random(1), count, root)
        size = sum(path.stat().st_size for path in root.rglob("*.txt")) / 1e6
        print(f"{count} files, {size:.0f} MB; {machine()}\n")
        print("| processes | wall s | CPU s | files/s (CPU) |\n| --- | --- | --- | --- |")
        for jobs in (1, 2):
            used = cost(ours(root, "-j", str(jobs), "-o", "/dev/null"))
            print(f"| {jobs} | {used.wall:.1f} | {used.cpu:.1f} | {count / used.cpu:.0f} |", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
