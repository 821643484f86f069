"""What a small scan loads and compiles: the pre-commit hook pays for every import and every pattern."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("numpy", "hyperscan", "rich", "presidio_analyzer", "spacy", "pandas", "openpyxl", "lxml", "onnxruntime", "regex")
HEAVY += ("pikepdf", "pdfminer", "PIL", "yaml", "tempfile", "random", "zipfile", "gzip", "subprocess", "pkgutil", "tomllib")
HEAVY += ("importlib.resources", "importlib.metadata", "concurrent.futures", "logging", "asyncio", "email", "http")
# ours that a plain text file without a baseline has no use for
UNUSED = ("pii_guard.baseline.entries", "pii_guard.baseline.match", "pii_guard.containers")
HEAVY += UNUSED
ORDERS = "订单备注：请送到前台。手机号13800138000\n" * 10
PEOPLE = "收件人：王建国，电话13800138000，请寄到上海市浦东新区张江路88弄3号楼201室，李娜说她不来了\n"

PROBE = """
import sys
from pii_guard import patterns
made, program = [], patterns._program
patterns._program = lambda *given: made.append(given) or program(*given)
from pii_guard.cli import invoke
code = invoke(sys.argv[1:])
assert code in (0, 1), code
print(sorted(m for m in {heavy!r} if m in sys.modules), len(made))
"""


def last_line(folder: Path, *arguments: str, heavy: tuple[str, ...] = HEAVY) -> list[str]:
    """The heavy modules loaded and the number of patterns compiled, of a first and a second run."""
    environment = {**os.environ, "PII_GUARD_CACHE_DIR": str(folder / "cache")}
    command = [sys.executable, "-c", PROBE.format(heavy=heavy), *arguments]
    return [
        subprocess.run(
            command, cwd=folder / "work", env=environment, capture_output=True, text=True, check=True
        ).stdout.splitlines()[-1]
        for _ in range(2)
    ]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "work").mkdir()
    for i in range(10):
        (tmp_path / "work" / f"{i}.txt").write_text(ORDERS if i else PEOPLE, encoding="utf-8")
    return tmp_path


def test_ten_small_files_load_nothing_heavy(folder: Path) -> None:
    heavy = tuple(m for m in HEAVY if m != "zipfile")  # the judge's classifier is asked
    first, second = last_line(folder, "scan", ".", "-q", "--isolated", heavy=heavy)
    assert second == "[] 0"
    assert not first.endswith(" 0")


def test_numbers_alone_compile_their_own_patterns(folder: Path) -> None:
    numbers = ("--no-judge", "--names", "off", "--addresses", "off")
    first, second = last_line(folder, "scan", ".", "-q", "--isolated", *numbers, heavy=(*HEAVY, "zlib"))
    assert second == "[] 0"
    assert int(first.split()[-1]) < 400


def test_the_hook_loads_nothing_heavy(folder: Path) -> None:
    for words in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", *words], cwd=folder / "work", check=True)
    names = [f"{i}.txt" for i in range(10)]
    heavy = tuple(m for m in HEAVY if m != "subprocess")  # it asks git
    assert last_line(folder, "hook", *names, heavy=heavy)[1] == "[] 0"
