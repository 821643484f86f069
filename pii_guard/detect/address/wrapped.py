"""Addresses that a line break cuts in two, even in the middle of a word: …西湖区文⏎三路90号….

The stretch is read once more without the break; that reading counts only where one token spans the break, or
where what follows it is finer than what stands before (a line that begins a new address stays apart).
"""

from __future__ import annotations

import re

from pii_guard.detect.address.grammar import ADMIN
from pii_guard.detect.address.grammar import Token
from pii_guard.detect.address.grammar import read
from pii_guard.detect.address.grammar import worth

BREAK = re.compile(r"(?<=[\u3400-\u9fff0-9])[ \t]*\r?\n[ \t]*(?=[\u3400-\u9fff0-9])")
MAX_BREAKS = 3


def rejoined(stretch: str, start: int, found: list[Token]) -> tuple[int, float]:
    """Where the address that begins at `start` ends when read across a break, and its worth; 0 if none."""
    end = found[-1].end if found else start
    for match in list(BREAK.finditer(stretch, start))[:MAX_BREAKS]:
        cut, gap = match.start(), len(match[0])
        if cut < end - 1:
            continue
        joined = stretch[:cut] + stretch[match.end() :]
        across = read(joined, start, len(joined))
        spanning = [t for t in across if t.start < cut < t.end and t.kind not in ADMIN | {"free"}]
        if spanning and across[-1].end > cut:
            return across[-1].end + gap, worth(across)
        break
    return end, 0.0
