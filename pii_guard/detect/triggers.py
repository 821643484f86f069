"""One Hyperscan database of all label words, shapes and hints: where in a block can a value stand?

Literal-anchored patterns only, matched in one pass at hundreds of megabytes a second; what they wake is decided
in confirm.py.  Compiled once and cached.  Each thread has its own scratch space.
"""

from __future__ import annotations

import platform
import re
import sys
import threading
from typing import NamedTuple

import hyperscan
import numpy as np
from numpy.typing import NDArray

from pii_guard.detect import cache
from pii_guard.detect.confirm import GAP_CHARACTERS
from pii_guard.detect.confirm import Confirmer
from pii_guard.text.embedded import HINT
from pii_guard.text.normalise import HINTS

Ints = NDArray[np.int64]
_SHIFT = 16
REACH = 60  # bytes behind a label in which its value must begin

_VALUE = np.zeros(256, np.bool_)
_VALUE[48:58] = _VALUE[65:91] = _VALUE[97:123] = True
_FREE = [tuple(char.encode()) for char in "号號写"]
_GAP_CHARACTER = np.zeros(1 << 16, np.bool_)
_GAP_CHARACTER[[ord(c) for c in GAP_CHARACTERS]] = True
_HAN_VALUE = re.compile("[一二三四五六七八九]")


class Wakes(NamedTuple):
    """Ends, in bytes and rising, of what matched; `number` says which word or shape."""

    labels: Ints
    label_number: Ints
    shapes: Ints
    shape_number: Ints
    disguised: Ints
    encoded: Ints


class Triggers:
    """The database of a confirmer's words and shapes."""

    def __init__(self, confirmer: Confirmer) -> None:
        self.words = tuple(confirmer.by_label)
        self.rules = confirmer.shapes
        self._first_hint = len(self.words) + len(self.rules)
        self._spelled = np.array(
            [any(_HAN_VALUE.search(r.pattern.regex) for r in confirmer.by_label[w]) for w in self.words], np.bool_
        )
        expressions = [re.escape(w) for w in self.words] + [r.pattern.shape for r in self.rules]
        expressions += [*HINTS, HINT]
        flags = [hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_CASELESS] * len(self.words)
        flags += [hyperscan.HS_FLAG_UTF8] * (len(expressions) - len(flags))
        self._serialised = _compiled(expressions, flags)
        self._local = threading.local()

    def scan(self, data: bytes, a: NDArray[np.uint8], pad: int) -> Wakes:
        """What woke in `data`; `a` is the same with `pad` guard bytes on both sides."""
        found: list[int] = []
        self._database().scan(data, match_event_handler=_collect, context=found.append)
        packed = np.array(found, np.int64)
        packed.sort()
        number, end = packed & ((1 << _SHIFT) - 1), packed >> _SHIFT
        is_label = number < len(self.words)
        labels, label_number = end[is_label], number[is_label]
        near = _value_follows(a, labels + pad)
        near |= self._spelled[label_number]
        is_shape = ~is_label & (number < self._first_hint)
        is_encoded = number == self._first_hint + len(HINTS)
        is_hint = ~is_label & ~is_shape & ~is_encoded
        return Wakes(
            labels[near],
            label_number[near],
            end[is_shape],
            number[is_shape] - len(self.words),
            end[is_hint],
            end[is_encoded],
        )

    def _database(self) -> hyperscan.Database:
        if not hasattr(self._local, "database"):
            database = hyperscan.loadb(self._serialised, hyperscan.HS_MODE_BLOCK)
            database.scratch = hyperscan.Scratch(database)
            self._local.database = database
        return self._local.database


def _value_follows(a: NDArray[np.uint8], ends: Ints) -> NDArray[np.bool_]:
    """Whether a value can begin behind each label: an ASCII letter or digit is near, and what lies between is
    made of characters that the gap behind a label may hold.  Gaps with free words in them hold 号 or 写."""
    window = a[ends[:, None] + np.arange(REACH)]
    keep: NDArray[np.bool_] = _VALUE[window].any(axis=1)
    rows = np.flatnonzero(keep)
    window = window[rows]
    free = np.zeros(rows.size, np.bool_)
    for first, second, third in _FREE:
        free |= ((window[:, :-2] == first) & (window[:, 1:-1] == second) & (window[:, 2:] == third)).any(axis=1)
    strict = rows[~free]
    keep[strict] = _walk(a, ends[strict])
    return keep


def _walk(a: NDArray[np.uint8], start: Ints) -> NDArray[np.bool_]:
    """Step over gap characters; True where an ASCII letter or digit is reached."""
    reached = np.zeros(start.size, np.bool_)
    active, at = np.arange(start.size), start
    for _ in range(REACH // 2):
        if not active.size:
            break
        first = a[at]
        value = _VALUE[first]
        reached[active[value]] = True
        wide = first >= 0xE0
        code = ((first & 15).astype(np.int64) << 12) | ((a[at + 1] & 63).astype(np.int64) << 6) | (a[at + 2] & 63)
        go = ~value & np.where(wide, _GAP_CHARACTER[code], True)
        step = np.where(wide, 3, np.where(first >= 0xC0, 2, 1))
        active, at = active[go], (at + step)[go]
    return reached


def _compiled(expressions: list[str], flags: list[int]) -> bytes:
    """The serialised database, from the cache where it is there and of this build of the library."""
    build = f"{hyperscan.__version__}/{sys.platform}/{platform.machine()}"
    filename = cache.name("triggers", build, *expressions)
    stored = cache.read(filename)
    if stored is not None:
        try:
            hyperscan.loadb(stored, hyperscan.HS_MODE_BLOCK)
        except hyperscan.HyperscanError:
            stored = None
    if stored is None:
        database = hyperscan.Database(mode=hyperscan.HS_MODE_BLOCK)
        ids = list(range(len(expressions)))
        database.compile(expressions=[e.encode() for e in expressions], ids=ids, elements=len(ids), flags=flags)
        stored = hyperscan.dumpb(database)
        cache.write(filename, stored)
    return stored


def _collect(number: int, start: int, end: int, flags: int, append: object) -> None:
    append(end << _SHIFT | number)  # type: ignore[operator]
