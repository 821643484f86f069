"""What judging by the rules adds to a scan with names and addresses on; prints ratios, asserts nothing.

    python -m benchmarks.judging [CORPUS ...] [--rounds 5]

Every corpus is scanned with and without judging by turns, whole processes, processor time; the ratio is that of
each pair.  Without arguments: 5 MB of chat, and 1 MB each of texts made to be hard to judge (labels only, words of
the rules over and over or shuffled, all on one line).
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path

from benchmarks.corpora import chat
from benchmarks.corpora import write
from benchmarks.measure import Cost
from benchmarks.measure import machine
from benchmarks.measure import rounds
from pii_guard.policy import load

HARD = {  # each over and over, without a line end
    "labels": "手机号：身份证号：密码：收件人：",
    "words": "身份证银行卡出租密码验证码面单朋友圈wifi没密码",
    "telling": "我把银行卡和密码借给同事走账现在被冻结了",
    "links": "http://icbc.login-verify.top/a ",
    "manifest": "uses-permission READ_SMS ",
}
OPTIONS = ("-f", "jsonl", "--isolated", "--no-progress", "--exit-zero")


def pairs(corpus: Path, count: int, folder: Path) -> tuple[Sequence[Cost], Sequence[Cost]]:
    """Costs with judging and without, of the same rounds."""
    scan = [sys.executable, "-m", "pii_guard", "scan", str(corpus), *OPTIONS, "-o", str(folder / "found.jsonl")]
    found = rounds({"judge": [*scan, "--judge"], "no-judge": [*scan, "--no-judge"]}, count)
    return found["judge"], found["no-judge"]


def row(title: str, corpus: Path, count: int, folder: Path) -> str:
    """A row of the table."""
    judged, plain = pairs(corpus, count, folder)
    megabytes = corpus.stat().st_size / 1e6
    ratio = statistics.median(a.cpu / b.cpu - 1 for a, b in zip(judged, plain, strict=True))
    added = statistics.median(a.cpu - b.cpu for a, b in zip(judged, plain, strict=True)) / megabytes * 1000
    base = min(cost.cpu for cost in plain) / megabytes * 1000
    return f"| {title} | {megabytes:.1f} | {base:.0f} | {added:.0f} | {ratio:+.0%} |"


def made(folder: Path) -> Iterator[tuple[str, Path]]:
    """The corpora of a run without arguments."""
    path = folder / "chat.txt"
    write(chat(random.Random(20261121)), 5, path)
    yield "chat", path
    for title, unit in HARD.items():
        path = folder / f"{title}.txt"
        path.write_text(unit * (10**6 // len(unit.encode())), encoding="utf-8")
        yield title, path
    path = folder / "shuffled.txt"
    path.write_text(shuffled(random.Random(1), 300_000), encoding="utf-8")
    yield "shuffled", path


def shuffled(r: random.Random, length: int) -> str:
    """Words of the rules in any order: nothing but what makes them look, and no sentence twice."""
    words = [word for lexicon in load().lexicons.values() for word in lexicon.words]
    return "".join(r.choices(words, k=length // 2))[:length]


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, nargs="*")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        corpora = [(path.name, path) for path in given.corpora] or made(folder)
        print(f"{machine()}\n\n| corpus | MB | scan, CPU ms/MB | judging adds, ms/MB | of the scan |\n| --- | --- | --- | --- | --- |")
        for title, corpus in corpora:
            pairs(corpus, 1, folder)  # fills the caches
            print(row(title, corpus, given.rounds, folder), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
