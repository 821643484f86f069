"""The name network in numpy, for many windows at once; the arithmetic of plain.py, so it says the same.

Products of 8-bit integers are summed exactly in 32-bit floats (below 2 ** 24), which the matrix library is
fast at.  Both directions of a layer run side by side: the second reads the windows back to front.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from itertools import pairwise
from typing import TYPE_CHECKING

from pii_guard.detect.person.alphabet import rows as alphabet
from pii_guard.detect.person.plain import Evidence
from pii_guard.detect.person.weights import HIDDEN
from pii_guard.detect.person.weights import PAST
from pii_guard.detect.person.weights import SIGMOID
from pii_guard.detect.person.weights import STEPS
from pii_guard.detect.person.weights import TANH
from pii_guard.detect.person.weights import UNIT
from pii_guard.detect.person.weights import ZERO
from pii_guard.detect.person.weights import biases
from pii_guard.detect.person.weights import load

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Reals = NDArray[np.float64]
    Whole = NDArray[np.float32]
    Places = NDArray[np.int64]

BATCH = 4096  # characters read together: some 40 MB


@cache
def _matrix(name: str) -> tuple[Whole, Reals]:
    import numpy as np

    scale = np.array(load().floats_of[name + "_scale"])
    stored = np.frombuffer(load().bytes_of[name], np.uint8).reshape(-1, len(scale))
    return stored.astype(np.float32) - np.float32(ZERO), scale


@cache
def _memory(layer: int) -> tuple[Whole, Reals, Reals]:
    """The recurrent matrices of both directions, their scales and biases."""
    import numpy as np

    parts = [_matrix(f"r{layer}{way}") for way in (0, 1)]
    bias = np.array([biases(f"{layer}{way}")[1] for way in (0, 1)])
    return np.stack([m for m, _ in parts]), np.stack([s * PAST for _, s in parts])[:, None], bias[:, None]


@cache
def _embedding() -> tuple[Whole, Reals]:
    import numpy as np

    scale = np.array(load().floats_of["embedding_scale"])
    stored = np.frombuffer(load().bytes_of["embedding"], np.uint8).reshape(len(scale), -1)
    return stored.astype(np.float32) - np.float32(ZERO), scale


@cache
def _tables() -> tuple[Reals, Reals]:
    import numpy as np

    return np.array(SIGMOID), np.array(TANH)


def evidence(windows: Sequence[str]) -> list[Evidence]:
    """For each character how much it speaks for the first and for an inner character of a name."""
    found: list[Evidence] = [[] for _ in windows]
    for chosen in _batches(windows):
        for i, pairs in zip(chosen, _together([windows[i] for i in chosen]), strict=True):
            found[i] = pairs
    return found


def _batches(windows: Sequence[str]) -> Iterator[list[int]]:
    """Indices of windows, longest first, some BATCH characters at a time."""
    chosen: list[int] = []
    total = 0
    for i in sorted(range(len(windows)), key=lambda i: -len(windows[i])):
        if chosen and total + len(windows[i]) > BATCH:
            yield chosen
            chosen, total = [], 0
        chosen.append(i)
        total += len(windows[i])
    if chosen:
        yield chosen


def _together(windows: Sequence[str]) -> list[Evidence]:
    """Windows side by side, longest first, without padding.

    All first characters stand together, then all second ones ...: step t takes up `widths[t]` rows from
    `starts[t]` on, one for each window that is long enough.
    """
    import numpy as np

    known = alphabet()
    lengths = [len(window) for window in windows]
    widths = [sum(length > t for length in lengths) for t in range(lengths[0])]
    starts = [0, *accumulate(widths)]
    places = [(t, i) for t, width in enumerate(widths) for i in range(width)]
    mirror = np.array([starts[lengths[i] - 1 - t] + i for t, i in places], np.int64)
    index = np.array([known.get(windows[i][t], 0) for t, i in places], np.int64)
    distinct, inverse = np.unique(index, return_inverse=True)
    table, scales = _embedding()
    ahead, back = (_inputs(f"0{way}", table[distinct], scales[distinct][:, None]) for way in (0, 1))
    states = _run(0, _side_by_side((ahead, inverse), (back, inverse[mirror])), starts, mirror)
    unit = np.full((1, 1), 1 / UNIT)
    ahead, back = (_inputs(f"1{way}", states, unit) for way in (0, 1))
    states = _run(1, _side_by_side((ahead, np.arange(len(ahead))), (back, mirror)), starts, mirror)
    pairs: Evidence = [(a, b) for a, b in _verdicts(states).tolist()]
    return [[pairs[starts[t] + i] for t in range(length)] for i, length in enumerate(lengths)]


def _side_by_side(ahead: tuple[Reals, Places], back: tuple[Reals, Places]) -> Reals:
    """Rows of two tables in one array: copied once, as they are large."""
    import numpy as np

    both = np.empty((2, len(ahead[1]), ahead[0].shape[1]))
    for into, (table, rows) in zip(both, (ahead, back), strict=True):
        table.take(rows, 0, out=into, mode="clip")
    return both


def _inputs(name: str, states: Whole, sizes: Reals) -> Reals:
    """What each row adds to the three gates, in steps of the tables."""
    import numpy as np

    matrix, scale = _matrix("w" + name)
    x: Reals = np.multiply(states @ matrix, scale * STEPS, dtype=np.float64)
    x *= sizes
    x += np.array(biases(name)[0])
    return x


def _run(layer: int, x: Reals, starts: list[int], mirror: Places) -> Whole:
    """Both directions of one layer over all windows; x[1] stands back to front."""
    import numpy as np

    memory, scale, bias = _memory(layer)
    hidden = np.zeros((2, starts[1], HIDDEN))
    out = np.empty((2, x.shape[1], HIDDEN), np.float32)
    stored = np.zeros((2, starts[1], HIDDEN), np.float32)
    for start, end in pairwise(starts):
        width = end - start
        h = np.multiply(np.matmul(stored[:, :width], memory), scale, dtype=np.float64)
        h += bias
        hidden = _gate(x[:, start:end], h, hidden[:, :width])
        stored = np.rint(hidden * UNIT).astype(np.float32)
        out[:, start:end] = stored
    return np.concatenate([out[0], out[1][mirror]], axis=1)


def _gate(x: Reals, h: Reals, before: Reals) -> Reals:
    import numpy as np

    sigmoid, tanh = _tables()
    places = (x[..., : 2 * HIDDEN] + h[..., : 2 * HIDDEN]).astype(np.int64)
    opened = sigmoid.take(places, mode="clip")
    new = opened[..., HIDDEN:] * h[..., 2 * HIDDEN :]
    new += x[..., 2 * HIDDEN :]
    new = tanh.take(new.astype(np.int64), mode="clip")
    change = before - new
    change *= opened[..., :HIDDEN]
    change += new
    return change


def _verdicts(states: Whole) -> Reals:
    import numpy as np

    matrix, scale = _matrix("out")
    weights = load()
    logits = (states @ matrix).astype(np.float64) * scale * (1 / UNIT)
    logits += np.array(weights.floats_of["out_bias"])
    named: Reals = logits[:, [weights.first, weights.inner]]
    logits[:, [weights.first, weights.inner]] = -np.inf
    verdicts: Reals = named - logits.max(1, keepdims=True)
    return verdicts
