"""What a small scan loads: the pre-commit hook pays for every import."""

from __future__ import annotations

import subprocess
import sys

HEAVY = ("numpy", "hyperscan", "rich", "presidio_analyzer", "spacy", "pandas", "openpyxl", "lxml", "onnxruntime", "regex")

PROBE = """
import sys
from pii_guard.cli import invoke
invoke(["scan", {path!r}, "-q", "--isolated"])
print(sorted(m for m in {heavy!r} if m in sys.modules))
"""


def test_ten_small_files_load_nothing_heavy(tmp_path):
    for i in range(10):
        (tmp_path / f"{i}.txt").write_text("订单备注：请送到前台。手机号13800138000\n" * 10, encoding="utf-8")
    code = PROBE.format(path=str(tmp_path), heavy=HEAVY)
    for _ in range(2):  # the first run may compile the rules' cache
        result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
