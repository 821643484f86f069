"""Start-up: a scan of ten small files against `python -c pass`, with warm and with cold caches.

    python -m benchmarks.startup [--rounds 20]
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import NUMBERS
from benchmarks.measure import Cost
from benchmarks.measure import cost
from benchmarks.measure import machine
from benchmarks.measure import median


def main() -> int:
    """Print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=20)
    count = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as name:
        files, caches = Path(name) / "files", Path(name) / "caches"
        files.mkdir()
        for number in range(10):
            (files / f"{number}.txt").write_text("订单备注：请送到前台。手机号13800138000\n" * 10, encoding="utf-8")
        scan = [sys.executable, "-m", "pii_guard", "scan", str(files), "-q", *NUMBERS]
        full = [*scan[: -len(NUMBERS)], "--isolated", "--exit-zero"]
        found: dict[str, list[Cost]] = {"python -c pass": [], "warm": [], "warm, names and addresses": [], "cold": []}
        environment = {"PII_GUARD_CACHE_DIR": str(caches)}
        for _ in range(count):
            shutil.rmtree(caches, ignore_errors=True)
            found["python -c pass"].append(cost([sys.executable, "-c", "pass"]))
            found["cold"].append(cost(scan, environment))
            found["warm"].append(cost(scan, environment))
            found["warm, names and addresses"].append(cost(full, environment))
    base = median(found["python -c pass"])
    print(f"{machine()}\n\n| run | CPU ms | times `python -c pass` |\n| --- | --- | --- |")
    for title, costs in found.items():
        print(f"| {title} | {median(costs) * 1000:.0f} | {median(costs) / base:.1f} |")
    return 0


if __name__ == "__main__":
    sys.exit(main())
