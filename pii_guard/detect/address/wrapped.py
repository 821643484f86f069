"""Addresses that a line break cuts in two, even in the middle of a word: …西湖区文⏎三路90号….

The stretch is read once more without the break; that reading counts only where one token spans the break, or
where what follows it is finer than what stands before (a line that begins a new address stays apart).
"""

from __future__ import annotations

from pii_guard.detect.address.grammar import read
from pii_guard.detect.address.kinds import ADMIN
from pii_guard.detect.address.kinds import ROOMS
from pii_guard.detect.address.kinds import Token
from pii_guard.detect.address.weight import worth
from pii_guard.patterns import lazy

BREAK = lazy(r"(?<=[\u3400-\u9fff0-9])[ \t]*\r?\n[ \t]*(?=[\u3400-\u9fff0-9])")
MAX_BREAKS, REACH = 3, 60


def rejoined(stretch: str, start: int, end: int) -> tuple[int, float]:
    """Where the address at [start, end) ends when read on across a break, and its worth; 0 if it does not."""
    for match in list(BREAK.finditer(stretch, start))[:MAX_BREAKS]:
        cut, gap = match.start(), len(match[0])
        if cut < end - 1:
            continue
        joined = stretch[:cut] + stretch[match.end() : match.end() + REACH]
        across = read(joined, start, len(joined))
        if across and across[-1].end > cut and any(goes_on(across, i, cut) for i in range(len(across))):
            return across[-1].end + gap, worth(joined, across)
        break
    return end, 0.0


def goes_on(across: list[Token], i: int, cut: int) -> bool:
    """Whether the i-th token spans the break, or is the first behind it and finer than all before."""
    token = across[i]
    if token.start < cut < token.end:
        return token.kind not in ADMIN | {"free"}
    before = {t.kind for t in across[:i]}
    if token.start != cut or not before & ADMIN or before & ROOMS or token.kind not in ROOMS | {"poi"}:
        return False
    behind = {t.kind for t in across[i:]}
    return bool(behind & ROOMS) and not behind & (ADMIN | {"road", "town"})
