"""The screen of everyday trigger words: whether what stands around one tells of a leak, so that rules are asked.

Every character, pair and triple of characters has a weight; those of the BEFORE characters before and the AFTER
characters after a place are added up, for all places at once with numpy: a few milliseconds a megabyte.
Weights: data/channels_screen.bin, trained by tools/train_screen.py on the texts of training/channels.
"""

from __future__ import annotations

import zlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pii_guard import cache as files

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WEIGHTS = Path(__file__).parent.parent / "data" / "channels_screen.bin"
PLANE = 1 << 16  # characters beyond the basic plane have no weight
SIZE = 1 << 18  # weights of pairs, and of triples, by hash
TURN = 26_821  # multiplies the hash of what comes before
PIECE = 1 << 15  # characters
BEFORE, AFTER = 40, 60
BAR = 550  # the least sum that opens: see tools/train_screen.py


def opened(codes: NDArray[np.uint16], places: NDArray[np.intp]) -> NDArray[np.bool_]:
    """Of each place in the text of these folded codes, whether what stands around it tells of a leak."""
    import numpy as np

    sums = np.zeros(len(codes) + 1, np.int32)
    np.cumsum(_gains(codes), dtype=np.int32, out=sums[1:])
    start, end = np.maximum(places - BEFORE, 0), np.minimum(places + AFTER, len(codes))
    opens: NDArray[np.bool_] = sums[end] - sums[start] >= BAR
    return opens


def _gains(codes: NDArray[np.uint16]) -> NDArray[np.int16]:
    """What each character adds, together with the two before it; in pieces that stay in the processor's cache."""
    import numpy as np

    gains = np.empty(len(codes), np.int16)
    for at in range(0, len(codes), PIECE):
        begin = max(0, at - 2)
        gains[at : at + PIECE] = _gains_of(codes[begin : at + PIECE])[at - begin :]
    return gains


def _gains_of(codes: NDArray[np.uint16]) -> NDArray[np.int16]:
    import numpy as np

    weights = np.frombuffer(_weights(), np.int8)
    code = _without_digits().take(codes)
    gains = weights[:PLANE].take(code).astype(np.int16)
    wide = code.astype(np.uint32)
    pairs = wide[:-1] * np.uint32(TURN) + wide[1:]  # as `hashed` has it, of which triples need not begin anew
    triples = pairs[:-1] * np.uint32(TURN) + wide[2:]
    gains[1:] += weights[PLANE : PLANE + SIZE].take(pairs & np.uint32(SIZE - 1))
    gains[2:] += weights[PLANE + SIZE :].take(triples & np.uint32(SIZE - 1))
    return gains


def hashed(codes: NDArray[np.uint16], length: int = 2) -> NDArray[np.uint32]:
    """The hashes of all stretches of this length, in order of their first characters."""
    import numpy as np

    wide = codes.astype(np.uint32)
    found = wide[: len(wide) - length + 1]
    for more in range(1, length):
        found = found * np.uint32(TURN) + wide[more : len(wide) - length + 1 + more]
    return found & np.uint32(SIZE - 1)


def hash_on(hashes: NDArray[np.uint32], codes: NDArray[np.uint16]) -> NDArray[np.uint32]:
    """The hashes of what has these hashes with one more character each."""
    import numpy as np

    found: NDArray[np.uint32] = hashes * np.uint32(TURN) + codes & np.uint32(SIZE - 1)
    return found


def hash_of(piece: str) -> int:
    """The hash of one stretch."""
    found = 0
    for char in piece:
        found = found * TURN + ord(char)
    return found % SIZE


def opened_at(folded: str, place: int) -> bool:
    """`opened` of one place, without numpy."""
    weights = _weights()
    start, end = max(0, place - BEFORE), min(len(folded), place + AFTER)
    text = "".join("0" if c in "123456789" else c if ord(c) < PLANE else "\uffff" for c in folded[max(0, start - 2) : end])
    codes = [*map(ord, text)]
    total = 0
    for at in range(min(2, start), len(codes)):
        code = codes[at]
        total += weights[code]
        if at:
            pair = codes[at - 1] * TURN + code
            total += weights[PLANE + pair % SIZE]
        if at > 1:
            total += weights[PLANE + SIZE + (codes[at - 2] * TURN * TURN + pair) % SIZE]
    return total >= BAR


@cache
def _weights() -> memoryview:
    """The weights, unpacked once for all runs."""
    stored = files.kept(files.name("screen", files.stamp(WEIGHTS)), lambda: zlib.decompress(WEIGHTS.read_bytes()))
    return memoryview(stored).cast("b")


@cache
def _without_digits() -> NDArray[np.uint16]:
    """A table that makes all digits 0: no number may become a feature."""
    import numpy as np

    table = np.arange(PLANE, dtype=np.uint16)
    table[ord("1") : ord("9") + 1] = ord("0")
    return table
