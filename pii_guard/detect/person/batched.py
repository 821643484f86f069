"""The name network in numpy, for many windows at once; the arithmetic of plain.py, so it says the same.

Products of 8-bit integers are summed exactly in 32-bit floats (below 2 ** 24), which the matrix library is
fast at.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import accumulate
from itertools import pairwise
from typing import TYPE_CHECKING

from pii_guard.detect.person.alphabet import rows as alphabet
from pii_guard.detect.person.plain import Evidence
from pii_guard.detect.person.weights import HIDDEN
from pii_guard.detect.person.weights import REACH
from pii_guard.detect.person.weights import SIGMOID
from pii_guard.detect.person.weights import STEPS
from pii_guard.detect.person.weights import TANH
from pii_guard.detect.person.weights import UNIT
from pii_guard.detect.person.weights import ZERO
from pii_guard.detect.person.weights import load

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Reals = NDArray[np.float64]
    Whole = NDArray[np.float32]

BATCH = 512


@cache
def _matrix(name: str) -> tuple[Whole, Reals]:
    import numpy as np

    scale = np.array(load().floats_of[name + "_scale"])
    stored = np.frombuffer(load().bytes_of[name], np.uint8).reshape(-1, len(scale))
    return stored.astype(np.float32) - np.float32(ZERO), scale


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
    order = sorted(range(len(windows)), key=lambda i: -len(windows[i]))
    found: list[Evidence] = [[] for _ in windows]
    for at in range(0, len(order), BATCH):
        chosen = order[at : at + BATCH]
        for i, pairs in zip(chosen, _together([windows[i] for i in chosen]), strict=True):
            found[i] = pairs
    return found


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
    chars = [windows[i][t] for t, width in enumerate(widths) for i in range(width)]
    index = np.array([known.get(char, 0) for char in chars], np.int64)
    table, scales = _embedding()
    states, sizes = table[index], scales[index][:, None]
    for layer in (0, 1):
        ways = [_run(f"{layer}{way}", states, sizes, starts) for way in (0, 1)]
        states, sizes = np.concatenate(ways, axis=1), np.full((1, 1), 1 / UNIT)
    pairs: Evidence = [(a, b) for a, b in _verdicts(states).tolist()]
    return [[pairs[starts[t] + i] for t in range(length)] for i, length in enumerate(lengths)]


def _run(name: str, states: Whole, sizes: Reals, starts: list[int]) -> Whole:
    """One direction of one layer over all windows."""
    import numpy as np

    back = name[1] == "1"
    widths = [end - start for start, end in pairwise(starts)]

    (inputs, input_scale), (memory, memory_scale) = _matrix("w" + name), _matrix("r" + name)
    bias = np.array(load().floats_of["b" + name])
    x = (states @ inputs).astype(np.float64)
    x *= input_scale
    x *= sizes
    x += bias[: 3 * HIDDEN]
    hidden = np.zeros((widths[0], HIDDEN))
    out = np.empty((len(states), HIDDEN), np.float32)
    stored = np.zeros((widths[0], HIDDEN), np.float32)
    for t in range(len(widths) - 1, -1, -1) if back else range(len(widths)):
        width, rows = widths[t], slice(starts[t], starts[t + 1])
        h = (stored[:width] @ memory).astype(np.float64)
        h *= memory_scale
        h *= 1 / UNIT
        h += bias[3 * HIDDEN :]
        hidden[:width] = _gate(x[rows], h, hidden[:width])
        stored[:width] = np.rint(hidden[:width] * UNIT)
        out[rows] = stored[:width]
    return out


def _gate(x: Reals, h: Reals, before: Reals) -> Reals:
    sigmoid, tanh = _tables()
    open_ = sigmoid[_places(x[:, : 2 * HIDDEN] + h[:, : 2 * HIDDEN])]
    keep, reset = open_[:, :HIDDEN], open_[:, HIDDEN:]
    new = tanh[_places(x[:, 2 * HIDDEN :] + reset * h[:, 2 * HIDDEN :])]
    return new + keep * (before - new)


def _places(values: Reals) -> NDArray[np.int64]:
    import numpy as np

    values *= STEPS
    values += REACH * STEPS
    np.maximum(values, 0, out=values)
    np.minimum(values, 2 * REACH * STEPS - 1, out=values)
    return values.astype(np.int64)


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
