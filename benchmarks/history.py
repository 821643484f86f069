"""Scanning a git history against scanning the same bytes as files: a repository of 2,000 commits made here.

    python benchmarks/history.py [COMMITS] [TYPES]

Prints blobs, bytes, seconds of both and their ratio.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter

from pii_guard.sources import git
from pii_guard.sources import git_history

WORDS = "订单 客户 商品 快递 退款 客服 系统 服务 金额 时间 status order customer price refund return".split()
LINES, FILES, CHANGED = 60, 40, 3


def main(commits: int, types: str) -> None:
    """Make the repository, scan it both ways."""
    with tempfile.TemporaryDirectory() as folder:
        repository, copies = Path(folder) / "repository", Path(folder) / "files"
        copies.mkdir()
        subprocess.run(["git", "init", "-q", "-b", "main", repository], check=True)
        stream = b"".join(_stream(commits))
        subprocess.run(["git", "fast-import", "--quiet"], input=stream, cwd=repository, check=True)
        tree = git.tree(repository)
        firsts = [(entry.path, entry) for _, entry in git_history.first_appearances(tree)]
        size = 0
        for number, document in enumerate(git.blobs(tree, firsts)):
            with document.open() as content:  # type: ignore[union-attr]
                size += (copies / f"{number:06d}.txt").write_bytes(content.read())
        history = _seconds(["scan", "--history", "-s", types], repository)
        files = _seconds(["scan", ".", "-s", types], copies)
        print(
            f"{commits:,} commits, {len(firsts):,} blobs ({len({e.oid for _, e in firsts}):,} distinct), {size:,} bytes"
        )
        print(f"history {history:.2f} s CPU, files {files:.2f} s CPU, ratio {history / files:.2f}")


def _seconds(arguments: list[str], folder: Path) -> float:
    """CPU seconds of a command and its children."""
    before, began = os.times(), perf_counter()
    command = [sys.executable, "-m", "pii_guard", *arguments, "--isolated", "-q"]
    subprocess.run(command, cwd=folder, check=False, capture_output=True)
    after = os.times()
    used = after.children_user + after.children_system - before.children_user - before.children_system
    return used or perf_counter() - began


def _stream(commits: int) -> Iterator[bytes]:
    """Input of `git fast-import`."""
    chance = random.Random(1)
    files = {f"m{n}.txt": [_line(chance) for _ in range(LINES)] for n in range(FILES)}
    for number in range(commits):
        yield b"commit refs/heads/main\ncommitter t <t@example.com> %d +0000\ndata 1\nx\n" % (
            1_700_000_000 + number
        )
        for name in chance.sample(sorted(files), CHANGED):
            files[name][chance.randrange(LINES)] = f"{_line(chance)} {number}"
            data = "\n".join(files[name]).encode()
            yield b"M 100644 inline %s\ndata %d\n%s\n" % (name.encode(), len(data), data)


def _line(chance: random.Random) -> str:
    words = [chance.choice(WORDS) for _ in range(12)]
    return " ".join(words) + (f" 手机 138{chance.randrange(10**8):08d}" if chance.random() < 0.02 else "")


if __name__ == "__main__":
    main(int((sys.argv[1:] or ["2000"])[0]), (sys.argv[2:] or ["MOBILE_PHONE,RESIDENT_ID,BANK_CARD"])[0])
