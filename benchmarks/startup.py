"""Start-up: a scan of ten small files, and the hook on ten staged ones, against `python -c pass`.

    python -m benchmarks.startup [--rounds 15]

Rounds are interleaved and the least processor time of each run counts, git's included.  The package is compiled
beforehand, as pip compiles what it installs; `cold` has an empty PII_GUARD_CACHE_DIR.
"""

from __future__ import annotations

import argparse
import compileall
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from collections.abc import Sequence
from pathlib import Path

import pii_guard
from benchmarks.measure import NUMBERS
from benchmarks.measure import cost
from benchmarks.measure import machine

PASS = "python -c pass"
ORDERS = "订单备注：请送到前台。手机号13800138000\n" * 10
PEOPLE = "王建国说他不来了，张伟的快递请寄到上海市浦东新区张江路88弄3号楼201室\n" * 10
COMMAND = (sys.executable, "-c", "from pii_guard.cli import run; run()")  # what the script `pii-guard` does
QUIET = ("-q", "--isolated", "--exit-zero")


def main() -> int:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=15)
    count = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        least = _measured(Path(name), count)
    base = least[PASS]
    print(f"{machine()}\n\n| run | CPU ms | times `python -c pass` |\n| --- | --- | --- |")
    for title, seconds in least.items():
        print(f"| {title} | {seconds * 1000:.0f} | {seconds / base:.1f} |")
    return 0


def _measured(folder: Path, count: int) -> dict[str, float]:
    """The least processor time of each run, in seconds."""
    warm, cold = folder / "warm", folder / "cold"
    compileall.compile_dir(Path(pii_guard.__file__).parent, quiet=1)
    runs = _runs(folder)
    least = dict.fromkeys(runs, float("inf"))
    for number in range(count + 2):  # two rounds warm the caches
        for title, command in runs.items():
            cache = cold if "cold" in title else warm
            shutil.rmtree(cold, ignore_errors=True)
            spent = cost(command, {"PII_GUARD_CACHE_DIR": str(cache)}, folder / "repository").cpu
            if number > 1:
                least[title] = min(least[title], spent)
    return least


def _runs(folder: Path) -> Mapping[str, Sequence[str]]:
    orders, people = _files(folder / "orders", ORDERS), _files(folder / "people", PEOPLE)
    staged = _files(folder / "repository", ORDERS.replace("13800138000", "见订单"))
    for words in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *words], cwd=staged, check=True)
    numbers, full = [*COMMAND, "scan", str(orders), "-q", *NUMBERS], [*COMMAND, "scan", str(orders), *QUIET]
    off = "--names", "off", "--addresses", "off"
    return {
        PASS: [sys.executable, "-c", "pass"],
        "numbers, warm": numbers,
        "numbers, cold": numbers,
        "numbers and judging, warm": [*full, *off],
        "names and addresses, no judging, warm": [*full, "--no-judge"],
        "all, warm": full,
        "all, cold": full,
        "numbers in files with names and addresses, warm": [*COMMAND, "scan", str(people), "-q", *NUMBERS],
        "all in files with names and addresses, warm": [*COMMAND, "scan", str(people), *QUIET],
        "hook, names and addresses, warm": [*COMMAND, "hook", *(path.name for path in staged.glob("*.txt"))],
    }


def _files(folder: Path, text: str) -> Path:
    folder.mkdir()
    for number in range(10):
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


if __name__ == "__main__":
    sys.exit(main())
