"""Documents: scanning, redacting with its proof, and the rewriting alone beside a prototype; prints tables only.

    python -m benchmarks.documents [--only docx,xlsx,pdf,mbox,pictures] [--rounds 3] [--peers PYTHON]

Scan and redact are whole processes with everything on.  The rewriting alone (one regular expression as
detector, nothing verified) runs in a process of its own after a calibration loop; so did the prototype this
was designed from, in turns with ours, and its costs in such loops are kept below.  Peers that are installed for
PYTHON do the same by their own means: openpyxl loads, replaces and saves, PyMuPDF redacts.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from time import process_time

from benchmarks.measure import Cost
from benchmarks.measure import cost
from benchmarks.measure import machine
from benchmarks.papers import MAKE

PATTERN = r"(?<![0-9])(?:1[3-9][0-9]{9}|[0-9]{17}[0-9X])(?![0-9])"
# The prototype: 55 lines of zipfile + lxml, 150 lines of pikepdf + pdfminer.six, rapidocr called once a picture.
# Medians of three turns with ours on the same files, in calibration loops (Linux x86-64, Python 3.11.7).
PROTOTYPE = {"docx": 0.50, "xlsx": 12.1, "pdf": 23.6, "pictures": 180.0}
PEERS = {
    "xlsx": ("openpyxl", """
import openpyxl, re, sys
def run(path, pattern):
    book = openpyxl.load_workbook(path)
    for row in book.active.iter_rows():
        for cell in row:
            if cell.value is not None and pattern.search(str(cell.value)):
                cell.value = pattern.sub("***", str(cell.value))
    book.save(path + ".out.xlsx")
"""),
    "docx": ("docx", """
import docx
def run(path, pattern):
    document = docx.Document(path)
    for paragraph in document.paragraphs:
        if pattern.search(paragraph.text):
            paragraph.text = pattern.sub("***", paragraph.text)
    document.save(path + ".out.docx")
"""),
    "pdf": ("pymupdf", """
import pymupdf
def run(path, pattern):
    document = pymupdf.open(path)
    for page in document:
        for value in set(pattern.findall(page.get_text())):
            for box in page.search_for(value):
                page.add_redact_annot(box, fill=(0, 0, 0))
        page.apply_redactions()
    document.save(path + ".out.pdf")
"""),
}  # fmt: skip
_PEER = """
import re, sys
{load}
from time import process_time
began = process_time()
run(sys.argv[1], re.compile(sys.argv[2]))
print(process_time() - began)
"""


def calibration() -> float:
    """Processor seconds of a fixed piece of interpreter work: what a figure is divided by to compare machines."""
    began = process_time()
    seen: dict[str, int] = {}
    for number in range(600_000):
        word = f"{number % 9973:05}"
        seen[word] = seen.get(word, 0) + len(word)
    assert len(seen) == 9973
    return process_time() - began


def rewriting(path: Path) -> float:
    """Processor seconds to rewrite a file, or all of a folder, with a regular expression as the detector."""
    import re

    from pii_guard.containers import ocr  # noqa: F401 - imports are measured with the whole processes
    from pii_guard.containers import pdf_rewrite  # noqa: F401
    from pii_guard.containers import workbook  # noqa: F401
    from pii_guard.model import Document
    from pii_guard.model import Hit
    from pii_guard.model import Segment
    from pii_guard.redact import Redactor
    from pii_guard.redact import Settings
    from pii_guard.redact import redact_document

    pattern = re.compile(PATTERN)
    def detect(segment: Segment) -> list[Hit]:
        return [Hit(*m.span(), "MOBILE_PHONE", 1.0) for m in pattern.finditer(segment.text)]

    redact_document(Document("a.txt", partial(BytesIO, b"13800138000")), Redactor(Settings()), detect)  # loads the masks
    began, redactor = process_time(), Redactor(Settings())
    for file in sorted(path.iterdir()) if path.is_dir() else [path]:
        data = file.read_bytes()
        document = Document(str(file), partial(BytesIO, data), len(data))
        assert redact_document(document, redactor, detect).changed, file
    return process_time() - began


def alone(path: Path) -> float:
    """The rewriting in calibration loops, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.documents", "--child", str(path)]
    used = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    return float(used["rewriting"] / used["calibration"])


def whole(path: Path, folder: Path) -> dict[str, Cost]:
    """A scan, and a redaction with verification."""
    start = [sys.executable, "-m", "pii_guard"]
    return {
        "scan": cost([*start, "scan", str(path), "--isolated", "--no-progress", "--exit-zero", "-f", "jsonl", "-o", "/dev/null"]),
        "redact": cost([*start, "redact", str(path), "--out-dir", str(folder)]),
    }


def peer(python: str, kind: str, path: Path) -> str:
    """A peer's processor seconds on the same file, its imports not counted."""
    if kind not in PEERS:
        return ""
    name, load = PEERS[kind]
    result = subprocess.run(
        [python, "-c", _PEER.format(load=load), str(path), PATTERN], capture_output=True, text=True, check=False
    )
    return f"{name} {float(result.stdout.split()[-1]):.1f} s" if result.returncode == 0 else f"({name})"


def rows(kinds: list[str], rounds: int, peers: str, folder: Path) -> Iterator[str]:
    """A line of the table for each kind."""
    for kind in kinds:
        name, unit, make = MAKE[kind]
        path = folder / name
        count = make(path)
        size = sum(file.stat().st_size for file in (path.iterdir() if path.is_dir() else [path])) / 1e6
        found = [(whole(path, folder / "out"), alone(path)) for _ in range(rounds)]
        cells = [f"{kind}，{count:,} {unit}，{size:.1f} MB"]
        for stage in ("scan", "redact"):
            seconds = statistics.median(costs[stage].cpu for costs, _ in found)
            peak = max(costs[stage].peak for costs, _ in found)
            rate = count / seconds
            cells.append(f"{seconds:.1f} s，{rate:,.{0 if rate >= 10 else 1}f}/s，{peak:.0f} MB")
        loops = statistics.median(loops for _, loops in found)
        known = PROTOTYPE.get(kind)
        cells += [f"{loops:.1f}", f"{known:.1f}，{loops / known:.2f} ×" if known else "—", peer(peers, kind, path)]
        yield f"| {' | '.join(cells)} |"


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(MAKE))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", default=sys.executable)
    parser.add_argument("--child", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        before = calibration()
        used = rewriting(given.child)
        print(json.dumps({"rewriting": used, "calibration": min(before, calibration())}))
        return 0
    print(f"{machine()}\n")
    print("| 文档 / document | 扫描 / scan | 脱敏并验证 / redact, verified | 只改写，校准循环 / rewriting, loops | 原型 / prototype | 同类 / peer |")
    print("| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        whole(Path(__file__), Path(folder) / "warm")  # the pattern database is built once a machine
        for row in rows(given.only.split(","), given.rounds, given.peers, Path(folder)):
            print(row, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
