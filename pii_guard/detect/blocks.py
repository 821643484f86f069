"""The matcher for large texts: numpy digit runs and one Hyperscan pass say where to look, confirm.py decides.

Works on the text's UTF-8 bytes and hands character offsets on.  Finds what the portable matcher finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from pii_guard.detect.begins import HEAD
from pii_guard.detect.begins import Begins
from pii_guard.detect.confirm import Confirmer
from pii_guard.detect.confirm import Header
from pii_guard.detect.confirm import settles
from pii_guard.detect.runs import PAD
from pii_guard.detect.runs import find_runs
from pii_guard.detect.runs import sift
from pii_guard.detect.triggers import Triggers
from pii_guard.detect.triggers import Wakes
from pii_guard.model import Hit
from pii_guard.text.embedded import FIRST

_GUARD = b"\n" * PAD
_LONGEST_SHAPE = 80
_AROUND = 320  # characters on both sides of a hint: the stretch to undisguise
Ints = NDArray[np.int64]
_BITS = np.array([bin(byte).count("1") for byte in range(256)], np.uint8)
Stretches = list[tuple[int, int]]


class Look:
    """One look at a text: where something woke."""

    def __init__(self, confirmer: Confirmer, text: str, data: bytes | None) -> None:
        self._confirmer, self._text = confirmer, text
        data = text.encode("utf-8", "replace") if data is None else data
        a = np.frombuffer(b"".join((_GUARD, data, _GUARD)), np.uint8)
        self._begins = confirmer.prepared(Begins)
        self._triggers = confirmer.prepared(Triggers)
        self._wakes: Wakes = self._triggers.scan(data, a, PAD)
        runs = find_runs(a, PAD, PAD + len(data))
        found = sift(a, runs)
        self._runs = runs.start[found.places] - PAD
        self._lengths = (runs.end[found.places] - runs.start[found.places]).tolist()
        self._checked = found.checked.tolist()
        self._characters = _Characters(data, len(text))

    def hits(self, header: Header) -> Iterator[Hit]:
        """All hits of the text as it stands, unresolved."""
        confirmer, text = self._confirmer, self._text
        sure: dict[int, int] = {}
        for hit in chain(self._at_runs(header), self._at_shapes(header)):
            yield hit
            if settles(text, hit):
                sure[hit.start] = hit.end
        yield from self._at_labels(sure)
        if header:
            yield from confirmer.in_cells(text, header)
        for rule in confirmer.free:
            yield from confirmer.anywhere(rule, text, header)

    def _at_runs(self, header: Header) -> Iterator[Hit]:
        at_run, begins, text = self._confirmer.at_run, self._begins.run, self._text
        starts = self._characters.of(self._runs)
        for start, length, checked in zip(starts, self._lengths, self._checked, strict=True):
            around = text[start - 1 : start + HEAD] if start else "\n" + text[:HEAD]
            if tries := begins(length, around, checked):
                yield from at_run(text, start, tries, header)

    def disguised(self) -> Stretches:
        """Stretches that may hold disguised characters."""
        return _merged(self._characters.of(self._wakes.disguised), len(self._text))

    def encoded(self) -> Stretches:
        """Where base64 may begin: the rest of the text from the first place on, where there is any."""
        first = [0] if FIRST.match(self._text) else self._characters.of(self._wakes.encoded[:1])
        return [(max(0, at - _AROUND), len(self._text)) for at in first]

    def _at_shapes(self, header: Header) -> Iterator[Hit]:
        text, shapes = self._text, self._triggers.shapes
        done, covered = [-1] * len(shapes), [-1] * len(shapes)
        last: dict[str, int] = {}  # where the last hit of a type ends: another form of it inside says nothing new
        ends = self._characters.of(self._wakes.shapes)
        for number, end in zip(self._wakes.shape_number.tolist(), ends, strict=True):
            if end <= done[number]:
                continue
            rules = shapes[number]
            if end <= last.get(rules[0].entity_type, -1) and len(rules) == 1:
                continue
            for match in rules[0].shape.finditer(text, max(0, done[number], end - _LONGEST_SHAPE), end):
                done[number] = match.end()
                if match.start() >= covered[number]:
                    hits = self._confirmer.at_shape(rules, text, match.start(), match.end(), header)
                    for hit in hits:
                        covered[number] = last[hit.entity_type] = max(covered[number], hit.end)
                    yield from hits

    def _at_labels(self, sure: dict[int, int]) -> Iterator[Hit]:
        """The longest at each place that ends behind all before it: as `WordSet` walks."""
        text, after_label, narrow = self._text, self._confirmer.after_label, self._begins.value
        ends = np.array(self._characters.of(self._wakes.labels), np.int64)
        starts = ends - self._triggers.lengths[self._wakes.label_number]
        order = np.lexsort((-ends, starts))
        after = 0
        columns = (starts[order].tolist(), ends[order].tolist(), self._wakes.near[order].tolist())
        for start, end, near in zip(*columns, strict=True):
            if end > after:
                after = end
                if near:
                    yield from after_label(text, start, end, narrow, sure)


class _Characters:
    """Character offsets of byte offsets: UTF-8 continuation bytes are counted in words of 64."""

    def __init__(self, data: bytes, length: int) -> None:
        self._same = len(data) == length
        if self._same:
            return
        continuation = np.frombuffer(data, np.int8) < np.int8(-64)
        packed = np.packbits(continuation)
        bits = np.zeros(packed.size // 8 * 8 + 8, np.uint8)
        bits[: packed.size] = packed
        self._words = bits.view(">u8").astype(np.uint64)  # the first byte is the highest bit
        self._before = np.append(0, np.cumsum(_ones(self._words)))

    def of(self, offsets: Ints) -> list[int]:
        """The characters before each offset."""
        if self._same or not offsets.size:
            return offsets.tolist()  # type: ignore[no-any-return]
        word, rest = offsets >> 6, offsets & 63
        shifted = self._words[word] >> (64 - np.maximum(rest, 1)).astype(np.uint64)
        inside = np.where(rest == 0, 0, _ones(shifted))
        return (offsets - self._before[word] - inside).tolist()  # type: ignore[no-any-return]


def _ones(words: NDArray[np.uint64]) -> Ints:
    """How many bits of each word are set."""
    by_byte = _BITS[words.view(np.uint8).reshape(-1, 8)]
    result: Ints = by_byte.sum(axis=1, dtype=np.int64)
    return result


def _merged(places: list[int], length: int) -> Stretches:
    stretches: Stretches = []
    for at in places:
        start, end = max(0, at - _AROUND), min(length, at + _AROUND)
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = stretches[-1][0], end
        else:
            stretches.append((start, end))
    return stretches
