"""The matcher for large texts: numpy digit runs and one Hyperscan pass say where to look, confirm.py decides.

Works on the text's UTF-8 bytes and hands character offsets on.  Finds what the portable matcher finds.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from pii_guard.detect.begins import HEAD
from pii_guard.detect.begins import Begins
from pii_guard.detect.confirm import Confirmer
from pii_guard.detect.confirm import Header
from pii_guard.detect.confirm import Shaped
from pii_guard.detect.confirm import settles
from pii_guard.detect.runs import find_runs
from pii_guard.detect.runs import sift
from pii_guard.detect.triggers import Triggers
from pii_guard.detect.triggers import Wakes
from pii_guard.model import PAD
from pii_guard.model import Hit
from pii_guard.model import Utf8
from pii_guard.text import layout
from pii_guard.text.embedded import FIRST

_LONGEST_SHAPE = 80
_AROUND = 320  # characters on both sides of a hint: the stretch to undisguise
Stretches = list[tuple[int, int]]


class Look:
    """One look at a text: where something woke."""

    def __init__(self, confirmer: Confirmer, text: str, utf8: Utf8 | None) -> None:
        self._confirmer, self._text = confirmer, text
        utf8 = Utf8(text.encode("utf-8", "replace")) if utf8 is None else utf8
        self._layout = layout.of(utf8, len(text))
        a = self._layout.padded
        self._begins = confirmer.prepared(Begins)
        self._triggers = confirmer.prepared(Triggers)
        self._wakes: Wakes = self._triggers.scan(utf8.data, a, PAD, self._layout.newlines)
        runs = find_runs(a, PAD, PAD + self._layout.size)
        found = sift(a, runs)
        self._runs = runs.start[found.places] - PAD
        self._lengths = (runs.end[found.places] - runs.start[found.places]).tolist()
        self._checked = found.checked.tolist()

    def hits(self, header: Header) -> Iterator[Hit]:
        """All hits of the text as it stands, unresolved."""
        confirmer, text = self._confirmer, self._text
        sure: dict[int, int] = {}
        yield from self._at_runs(header, sure)
        yield from self._at_shapes(header, sure)
        yield from self._at_labels(sure)
        if header:
            yield from confirmer.in_cells(text, header)
        for rule in confirmer.free:
            yield from confirmer.anywhere(rule, text, header)

    def _at_runs(self, header: Header, sure: dict[int, int]) -> Iterator[Hit]:
        """Hits of digit runs; those inside a value that nothing can outdo begin no other."""
        at_run, begins, text = self._confirmer.at_run, self._begins.run, self._text
        starts = self._layout.characters(self._runs).tolist()
        done = 0
        for start, length, checked in zip(starts, self._lengths, self._checked, strict=True):
            if start < done:
                continue
            around = text[start - 1 : start + HEAD] if start else "\n" + text[:HEAD]
            if tries := begins(length, around, checked):
                for hit in at_run(text, start, tries, header):
                    yield hit
                    if settles(text, hit):
                        sure[hit.start] = done = hit.end

    def disguised(self) -> Stretches:
        """Stretches that may hold disguised characters."""
        return _merged(self._layout.characters(self._wakes.disguised).tolist(), len(self._text))

    def encoded(self) -> Stretches:
        """Where base64 may begin: the rest of the text from the first place on, where there is any."""
        first = [0] if FIRST.match(self._text) else self._layout.characters(self._wakes.encoded[:1]).tolist()
        return [(max(0, at - _AROUND), len(self._text)) for at in first]

    def _at_shapes(self, header: Header, sure: dict[int, int]) -> Iterator[Hit]:
        text, shapes = self._text, self._triggers.shapes
        shaped, done = Shaped(self._confirmer, text, header), [-1] * len(shapes)
        ends = self._layout.characters(self._wakes.shapes).tolist()
        for number, end in zip(self._wakes.shape_number.tolist(), ends, strict=True):
            rules = shapes[number]
            if end <= done[number] or shaped.is_inside(rules, end):
                continue
            for match in rules[0].shape.finditer(text, max(0, done[number], end - _LONGEST_SHAPE), end):
                done[number] = match.end()
                for hit in shaped.hits(rules, match.start(), match.end()):
                    yield hit
                    if settles(text, hit):
                        sure[hit.start] = hit.end

    def _at_labels(self, sure: dict[int, int]) -> Iterator[Hit]:
        """The longest at each place that ends behind all before it: as `WordSet` walks."""
        text, after_label, narrow = self._text, self._confirmer.after_label, self._begins.value
        ends = self._layout.characters(self._wakes.labels)
        starts = ends - self._triggers.lengths[self._wakes.label_number]
        order = np.lexsort((-ends, starts))
        after = 0
        columns = (starts[order].tolist(), ends[order].tolist(), self._wakes.near[order].tolist())
        for start, end, near in zip(*columns, strict=True):
            if end > after:
                after = end
                if near:
                    yield from after_label(text, start, end, narrow, sure)


def _merged(places: list[int], length: int) -> Stretches:
    stretches: Stretches = []
    for at in places:
        start, end = max(0, at - _AROUND), min(length, at + _AROUND)
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = stretches[-1][0], end
        else:
            stretches.append((start, end))
    return stretches
