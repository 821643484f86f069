"""The matcher for large texts: numpy digit runs and one Hyperscan pass say where to look, confirm.py decides.

Works on the text's UTF-8 bytes and hands character offsets on.  Finds what the portable matcher finds.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence

import numpy as np

from pii_guard.detect.confirm import Confirmer
from pii_guard.detect.confirm import Header
from pii_guard.detect.runs import PAD
from pii_guard.detect.runs import find_runs
from pii_guard.detect.runs import sift
from pii_guard.detect.triggers import Triggers
from pii_guard.model import Hit

_GUARD = b"\n" * PAD
BLOCK = 1 << 21  # characters looked at in one go


def search(confirmer: Confirmer, text: str, data: bytes | None, header: Header) -> Iterator[Hit]:
    """All hits of a text, unresolved."""
    if data is None:
        data = text.encode("utf-8", "replace")
    yield from _at_runs(confirmer, text, data, header)
    yield from _at_wakes(confirmer, text, data, header)
    if header:
        yield from confirmer.in_cells(text, header)
    for rule in confirmer.free:
        yield from confirmer.anywhere(rule, text, header)


def _at_runs(confirmer: Confirmer, text: str, data: bytes, header: Header) -> Iterator[Hit]:
    a = np.frombuffer(b"".join((_GUARD, data, _GUARD)), np.uint8)
    runs = find_runs(a, PAD, PAD + len(data))
    keep = np.flatnonzero(sift(a, runs))
    starts = runs.start[keep] - PAD
    lengths = (runs.end[keep] - runs.start[keep]).tolist()
    by_run = confirmer.by_run
    for start, length in zip(_characters(text, data, starts.tolist()), lengths, strict=True):
        if length in by_run:
            yield from confirmer.at_run(text, start, length, header)


def _at_wakes(confirmer: Confirmer, text: str, data: bytes, header: Header) -> Iterator[Hit]:
    triggers = confirmer.prepared(Triggers)
    wakes = [triggers.unpack(packed) for packed in triggers.scan(data)]
    ends = _characters(text, data, [wake.end for wake in wakes])
    labels: list[tuple[int, int]] = []
    done: dict[int, int] = {}
    for wake, end in zip(wakes, ends, strict=True):
        if wake.rule is None:
            labels.append((end - len(wake.word), -end))
            continue
        if end <= done.get(id(wake.rule), -1):
            continue
        for hit in confirmer.at_shape(wake.rule, text, end, header):
            done[id(wake.rule)] = hit.end
            yield hit
    after = 0
    for start, minus_end in sorted(labels):  # leftmost, longest, without overlap: as `re` walks
        if start >= after:
            after = -minus_end
            yield from confirmer.after_label(text, start, after)


def _characters(text: str, data: bytes, offsets: Sequence[int]) -> Sequence[int]:
    """Character offsets of rising byte offsets."""
    if len(text) == len(data):
        return offsets
    continuation = np.frombuffer(data, np.int8) < np.int8(-64)
    count = np.count_nonzero
    at = skipped = 0
    result: list[int] = []
    for offset in offsets:
        if offset > at:
            skipped += int(count(continuation[at:offset]))
            at = offset
        result.append(offset - skipped)
    return result
