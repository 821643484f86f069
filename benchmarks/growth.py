"""Growth: hostile input eight times as long, one line against many, memory of a large file against a small one.

    python -m benchmarks.growth [--megabytes 0.25] [--large 3000] [--small 100] [--only hostile,line,memory]

`--large 0` leaves the memory test out; it writes a file of that many megabytes and deletes it.
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


def hostile(folder: Path, megabytes: float) -> None:
    """Each hostile file, and eight times as much of it; start-up is taken off."""
    empty = folder / "empty.txt"
    empty.write_text("\n", encoding="utf-8")
    start = min(cost(ours(empty)).cpu for _ in range(3))
    print(f"| hostile | {megabytes:g} MB, s | x8, s | growth |\n| --- | --- | --- | --- |")
    for title, unit in corpora.HOSTILE.items():
        times = []
        for size in (megabytes, megabytes * 8):
            path = folder / f"{title}.txt"
            path.write_text(unit * (int(size * 1e6) // len(unit.encode()) + 1), encoding="utf-8")
            times.append(max(min(cost(ours(path)).cpu for _ in range(2)) - start, 0.01))
            path.unlink()
        print(f"| {title} | {times[0]:.2f} | {times[1]:.2f} | {times[1] / times[0]:.1f} |", flush=True)


def one_line(folder: Path) -> None:
    """1 MB on one line against 1 MB of lines, in turns."""
    paths = []
    for title, separator in (("lines", "\n"), ("line", " ")):
        paths.append(folder / f"{title}.txt")
        corpora.write(corpora.chat(random.Random(1)), 1, paths[-1], separator)
    rounds = [[cost(ours(path)).cpu for path in paths] for _ in range(5)]
    lines, line = (min(column) for column in zip(*rounds, strict=True))
    print(f"\n| 1 MB | s |\n| --- | --- |\n| of lines | {lines:.2f} |\n| on one line | {line:.2f} |", flush=True)


def memory(folder: Path, small: int, large: int) -> None:
    """Peak memory of a large file against a small one of the same kind."""
    part = folder / "part.txt"
    corpora.write(corpora.chat(random.Random(1)), 10, part)
    content = part.read_bytes()
    print("\n| size, MB | peak, MiB | CPU s |\n| --- | --- | --- |")
    for size in (small, large):
        path = folder / "repeated.txt"
        with path.open("wb") as stream:
            for _ in range(size // 10):
                stream.write(content)
        used = cost(ours(path, "-o", "/dev/null"))
        path.unlink()
        print(f"| {size} | {used.peak:.0f} | {used.cpu:.1f} |", flush=True)


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=float, default=0.25)
    parser.add_argument("--small", type=int, default=100)
    parser.add_argument("--large", type=int, default=3000)
    parser.add_argument("--only", default="hostile,line,memory")
    given = parser.parse_args()
    wanted = given.only.split(",")
    print(machine() + "\n")
    with tempfile.TemporaryDirectory() as name:
        if "hostile" in wanted:
            hostile(Path(name), given.megabytes)
        if "line" in wanted:
            one_line(Path(name))
        if "memory" in wanted and given.large:
            memory(Path(name), given.small, given.large)
    return 0


if __name__ == "__main__":
    sys.exit(main())
