"""The gate: of the places where a name could begin, those worth the network's time.

A two-layer network of integers over seven characters, folded into tables (written by
tools/train_names/train_gate.py).  Judging one place is seven look-ups; numpy does many places at once and says
the same.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from pii_guard.detect.person.alphabet import rows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HIDDEN, BEFORE, PLACES = 12, 3, 7
CUT = -2 * 4096
MANY = 2000  # places; from here on numpy is worth its import


@dataclass(frozen=True, slots=True)
class Gate:
    """`tables` holds HIDDEN signed bytes for each place and each row of the alphabet."""

    out: tuple[int, ...]
    offset: int
    tables: bytes
    height: int


@cache
def load() -> Gate:
    """The shipped gate."""
    raw = zlib.decompress(files("pii_guard.data").joinpath("person_gate.bin").read_bytes())
    head = array("i", raw[: 4 * HIDDEN + 4])
    tables = raw[4 * HIDDEN + 4 :]
    return Gate(tuple(head[:HIDDEN]), head[HIDDEN], tables, len(tables) // (PLACES * HIDDEN))


def open_at(text: str, places: Sequence[int]) -> list[int]:
    """Those of `places` where a name may begin."""
    if len(places) >= MANY or ("numpy" in sys.modules and len(places) > MANY // 20):
        return _many(text, places)
    return [at for at in places if _score(text, at) > CUT]


def _score(text: str, at: int) -> int:
    gate = load()
    known = rows()
    fields = 0
    for place in range(PLACES):
        where = at + place - BEFORE
        row = known.get(text[where], 0) if 0 <= where < len(text) else 0
        fields += _column(place * gate.height + row)
    sums = memoryview(fields.to_bytes(4 * HIDDEN, "little")).cast("I")
    return gate.offset + sum((s - _LIFT) * w for s, w in zip(sums, gate.out, strict=True) if s > _LIFT)


_LIFT = 128 * PLACES


@cache
def _column(index: int) -> int:
    """The bytes of one row, each lifted above zero, as 32-bit fields of one integer."""
    stored = load().tables[index * HIDDEN : (index + 1) * HIDDEN]
    return int.from_bytes(array("I", [(b ^ 128) for b in stored]).tobytes(), "little")


@cache
def _arrays() -> tuple[NDArray[np.uint16], NDArray[np.int16], NDArray[np.int64]]:
    import numpy as np

    lookup = np.zeros(0x10000, np.uint16)
    for char, row in rows().items():
        lookup[ord(char)] = row
    gate = load()
    tables = np.frombuffer(gate.tables, np.int8).astype(np.int16).reshape(PLACES, gate.height, HIDDEN)
    return lookup, tables, np.array(gate.out, np.int64)


def _many(text: str, places: Sequence[int]) -> list[int]:
    import numpy as np

    lookup, tables, out = _arrays()
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    known = np.zeros(len(codes) + PLACES, np.uint16)
    known[BEFORE : BEFORE + len(codes)] = np.where(codes < 0x10000, lookup[np.minimum(codes, 0xFFFF)], 0)
    at = np.asarray(places, np.int64)
    sums = tables[0][known[at]]
    for place in range(1, PLACES):
        sums = sums + tables[place][known[at + place]]
    score = np.maximum(sums, 0).astype(np.int64) @ out + load().offset
    chosen: list[int] = at[score > CUT].tolist()
    return chosen
