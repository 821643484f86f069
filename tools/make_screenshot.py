"""docs/img/*.svg: what a terminal shows, drawn from a real run.

    python -m tools.make_screenshot

Every run of narrow or of wide characters stands at its own cell with its own length, so columns stay aligned
whatever fonts the reader has.
"""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from html import escape
from pathlib import Path

ROOT = Path(__file__).parent.parent
TARGET = ROOT / "docs" / "img"
CHAT = "examples/chats/hotline_chat.txt"
SCAN = f"scan {CHAT}"
SCENES = {  # what is typed after `pii-guard`, and what is left unsaid
    "scan.svg": (SCAN, "--isolated --color=always --lang=zh-CN"),
    "scan.en.svg": (SCAN, "--isolated --color=always --lang=en"),
    "redact.svg": (f"redact - --operator tag < {CHAT}", "--lang=zh-CN"),
}
COLUMNS = 118
CELL, LINE, MARGIN, BAR = 8.4, 21, 16, 34
COLORS = {"31": "#ff7b72", "32": "#7ee787", "33": "#e3b341", "35": "#f0a6ff", "36": "#79c0ff"}
FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height}" role="img" aria-label="{label}">
<style>text {{ font: 15px 'Sarasa Mono SC','Noto Sans Mono CJK SC','WenQuanYi Zen Hei Mono',Menlo,Consolas,\
'PingFang SC','Microsoft YaHei',monospace; fill: #e6edf3 }}</style>
<rect width="100%" height="100%" rx="9" fill="#0d1117"/>
<circle cx="20" cy="17" r="6" fill="#ff5f57"/><circle cx="40" cy="17" r="6" fill="#febc2e"/>\
<circle cx="60" cy="17" r="6" fill="#28c840"/>
{texts}
</svg>
"""


def output(typed: str, options: str) -> str:
    """What the command prints, with its colours."""
    arguments, _, source = typed.partition(" < ")
    done = subprocess.run(
        [sys.executable, "-m", "pii_guard", *arguments.split(), *options.split()],
        input=(ROOT / source).read_bytes() if source else b"",
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
    )
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode("utf-8", "replace"))
    return done.stdout.decode("utf-8").rstrip()


def picture(command: str, printed: str) -> str:
    """A terminal window with a command and what it printed."""
    lines = [f"\x1b[32m$\x1b[0m \x1b[1m{command}\x1b[0m", *wrapped(printed)]
    texts = [text for row, line in enumerate(lines) for text in _texts(line, BAR + LINE * (row + 1))]
    plain = (re.sub(r"\x1b\[[0-9;]*m", "", line) for line in lines)
    width = max(sum(map(_cells, line)) for line in plain) * CELL + 2 * MARGIN
    height = BAR + LINE * (len(lines) + 1)
    return FRAME.format(width=width, height=height, label=escape(command), texts="\n".join(texts))


def wrapped(printed: str) -> Iterator[str]:
    """Lines as a terminal of COLUMNS breaks them."""
    for line in printed.splitlines():
        start, cells = 0, 0
        for token in re.finditer(r"\x1b\[[0-9;]*m|.", line):
            cells += _cells(token[0]) if len(token[0]) == 1 else 0
            if cells > COLUMNS:
                yield line[start : token.start()]
                start, cells = token.start(), _cells(token[0])
        yield line[start:]


def _texts(line: str, y: int) -> Iterator[str]:
    x, style = float(MARGIN), ""
    for piece in re.split(r"(\x1b\[[0-9;]*m)", line):
        if piece.startswith("\x1b"):
            style = _style(piece[2:-1].split(";"))
            continue
        for (cells, blank), group in itertools.groupby(piece, lambda c: (_cells(c), c.isspace())):
            run = "".join(group)
            length = len(run) * cells * CELL
            if not blank:
                yield f'<text x="{x:.1f}" y="{y}" textLength="{length:.1f}"{style}>{escape(run)}</text>'
            x += length


def _style(codes: list[str]) -> str:
    fill = "".join(f"fill:{COLORS[code]};" for code in codes if code in COLORS)
    weight = "font-weight:bold;" if "1" in codes else ""
    faint = "opacity:.6;" if "2" in codes else ""
    return f' style="{fill}{weight}{faint}"' if fill or weight or faint else ""


def _cells(character: str) -> int:
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def main() -> int:
    """Draw every scene."""
    TARGET.mkdir(parents=True, exist_ok=True)
    for name, (typed, options) in SCENES.items():
        svg = picture(f"pii-guard {typed}", output(typed, options))
        (TARGET / name).write_text(svg, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
