"""The gate: the places in a text where a name may begin, worth the network's time.

A two-layer network of integers over seven characters, folded into tables (written by
tools/train_names/train_gate.py).  Judging one place is seven look-ups; numpy does many places at once and
says the same.  Everyday words (方便, 时间) hardly open the gate.
"""

from __future__ import annotations

import re
import sys
import zlib
from array import array
from collections.abc import Iterable
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from pii_guard import data
from pii_guard.detect.person import lexicon
from pii_guard.detect.person.alphabet import rows
from pii_guard.detect.single_thread import loads
from pii_guard.patterns import compiled
from pii_guard.records import dataclass

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

HIDDEN, BEFORE, PLACES = 20, 3, 7
CHUNK = 1 << 13  # places scored at once
MANY = 20_000  # characters; from here on numpy is worth its import
WORD, ACROSS, NEVER = 3.0, 2.0, 100.0
_LIFT = 128 * PLACES  # the plain sums are kept positive


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
    raw = zlib.decompress(data.file("person_gate.bin").read_bytes())
    head = array("i", raw[: 4 * HIDDEN + 4])
    tables = raw[4 * HIDDEN + 4 :]
    return Gate(tuple(head[:HIDDEN]), head[HIDDEN], tables, len(tables) // (PLACES * HIDDEN))


def open_places(text: str, cut: float) -> list[tuple[int, float]]:
    """Where a name may begin: the places that score more than `cut`, in order, with their scores."""
    few = len(text) < MANY and not ("numpy" in sys.modules and len(text) > MANY // 100)
    if few or not loads("numpy"):
        return list(_opened(text, cut))
    lowered = ((at, score / 4096 - _handicap(text, at)) for at, score in _fast_scores(text, cut))
    return [(at, score) for at, score in lowered if score > cut]


def _opened(text: str, cut: float) -> Iterator[tuple[int, float]]:
    """Without numpy; what the words take off is asked first, because a score is dear."""
    losses = ((match.start(), _handicap(text, match.start())) for match in possible().finditer(text))
    kept = {at: loss for at, loss in losses if loss < NEVER}
    for at, score in scores(text, kept):
        if score / 4096 - kept[at] > cut:
            yield at, score / 4096 - kept[at]


def _handicap(text: str, at: int) -> float:
    """What an everyday word at or across a place takes off its score (方便, 时间, 手|机)."""
    words = lexicon.load()
    here, across = text[at : at + 2], text[at - 1 : at + 1] if at else ""
    if here in words.service or across in words.service:
        return NEVER
    loss = 0.0 if here not in words.everyday else WORD if text[at] in words.common else NEVER
    return loss + (ACROSS if across in words.everyday else 0.0)


def scores(text: str, places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """The score of each place."""
    gate, known = load(), rows()
    row = [0] * BEFORE + [known.get(char, 0) for char in text] + [0] * (PLACES - BEFORE)
    bases = [place * gate.height for place in range(PLACES)]
    for at in places:
        yield at, _score([base + row[at + k] for k, base in enumerate(bases)])


def _score(indices: list[int]) -> int:
    gate = load()
    fields = sum(map(_column, indices))
    sums = memoryview(fields.to_bytes(4 * HIDDEN, "little")).cast("I")
    return gate.offset + sum((s - _LIFT) * w for s, w in zip(sums, gate.out, strict=True) if s > _LIFT)


@cache
def _column(index: int) -> int:
    """The bytes of one row, each lifted above zero, as 32-bit fields of one integer."""
    stored = load().tables[index * HIDDEN : (index + 1) * HIDDEN]
    return int.from_bytes(array("I", [(b ^ 128) for b in stored]).tobytes(), "little")


FIRST, NEXT = "\u4e00-\u9fa5", "\u4e00-\u9fff\u3400-\u4dbf·•"


@cache
def possible() -> re.Pattern[str]:
    """A Han character that can begin a name, before another or a dot."""
    return compiled(rf"[{FIRST}](?<![{_never()}])(?=[{NEXT}])")


def _never() -> str:
    words = lexicon.load()
    return "".join(c for c, kind in words.given.items() if kind < 0 and c not in words.singles)


@cache
def _arrays() -> tuple[NDArray[np.uint16], NDArray[np.bool_], NDArray[np.int16], NDArray[np.float64]]:
    import numpy as np

    lookup, first = np.zeros(0x10000, np.uint16), np.zeros(0x10000, np.bool_)
    for char, row in rows().items():
        lookup[ord(char)] = row
    first[0x4E00:0x9FA6] = True
    first[[ord(c) for c in _never()]] = False
    gate = load()
    tables = np.frombuffer(gate.tables, np.int8).astype(np.int16).reshape(PLACES, gate.height, HIDDEN)
    return lookup, first, tables, np.array(gate.out, np.float64)


def _fast_scores(text: str, cut: float) -> list[tuple[int, int]]:
    """As scores(), without the places below `cut`."""
    import numpy as np

    lookup, first, _, _ = _arrays()
    codes = _codes(text)
    after = np.append(codes[1:], np.uint16(0))
    follows = ((after >= 0x3400) & (after <= 0x4DBF)) | ((after >= 0x4E00) & (after <= 0x9FFF))
    at = np.flatnonzero(first[codes] & (follows | (after == 0xB7) | (after == 0x2022)))
    known = np.zeros(len(codes) + PLACES, np.uint16)
    known[BEFORE : BEFORE + len(codes)] = lookup[codes]
    found: list[tuple[int, int]] = []
    for begin in range(0, len(at), CHUNK):
        found += _scored(known, at[begin : begin + CHUNK], cut)
    return found


def _codes(text: str) -> NDArray[np.uint16]:
    """The characters; those beyond the first plane, which are no part of a name, as 0."""
    import numpy as np

    narrow = text.encode("utf-16-le", "surrogatepass")
    if len(narrow) == 2 * len(text):
        return np.frombuffer(narrow, np.uint16)
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    return np.where(codes < 0x10000, codes, 0).astype(np.uint16)


def _scored(known: NDArray[np.uint16], at: NDArray[np.int64], cut: float) -> list[tuple[int, int]]:
    """The scores of some places, few enough for the sums to stay in the processor's cache."""
    import numpy as np

    _, _, tables, out = _arrays()
    sums = tables[0].take(known.take(at), 0)
    more = np.empty_like(sums)
    for place in range(1, PLACES):
        sums += tables[place].take(known.take(at + place), 0, out=more, mode="clip")
    score = np.maximum(sums, 0).astype(np.float64) @ out + load().offset  # exact: far below 2 ** 53
    kept = score > cut * 4096
    return list(zip(at[kept].tolist(), score[kept].astype(np.int64).tolist(), strict=True))
