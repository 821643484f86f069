"""The name network in numpy, for many windows at once; the arithmetic of plain.py, so it says the same.

Products of 8-bit integers are summed exactly in 32-bit floats (below 2 ** 24), which the matrix library is
fast at.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
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

BATCH = 128


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
    order = sorted(range(len(windows)), key=lambda i: len(windows[i]))
    found: list[Evidence] = [[] for _ in windows]
    for at in range(0, len(order), BATCH):
        chosen = order[at : at + BATCH]
        for i, pairs in zip(chosen, _together([windows[i] for i in chosen]), strict=True):
            found[i] = pairs
    return found


def _together(windows: Sequence[str]) -> list[Evidence]:
    """Windows side by side; shorter ones are padded, and their states kept at zero beyond the end."""
    import numpy as np

    rows = alphabet()
    lengths = np.array([len(w) for w in windows])
    index = np.zeros((int(lengths.max()), len(windows)), np.int64)
    for i, window in enumerate(windows):
        index[: len(window), i] = [rows.get(char, 0) for char in window]
    table, scales = _embedding()
    states, sizes = table[index], scales[index][:, :, None]
    for layer in (0, 1):
        ways = [_run(f"{layer}{way}", states, sizes, lengths, way == 1) for way in (0, 1)]
        states, sizes = np.concatenate(ways, axis=2), np.full((1, 1, 1), 1 / UNIT)
    pairs = _verdicts(states)
    return [[(float(a), float(b)) for a, b in pairs[: lengths[i], i]] for i in range(len(windows))]


def _run(name: str, states: Whole, sizes: Reals, lengths: NDArray[np.int64], back: bool) -> Whole:
    """One direction of one layer over all windows."""
    import numpy as np

    (inputs, input_scale), (memory, memory_scale) = _matrix("w" + name), _matrix("r" + name)
    bias = np.array(load().floats_of["b" + name])
    steps, width, _ = states.shape
    x = (states.reshape(steps * width, -1) @ inputs).astype(np.float64).reshape(steps, width, -1)
    x = x * input_scale * sizes + bias[: 3 * HIDDEN]
    hidden, stored = np.zeros((width, HIDDEN)), np.zeros((width, HIDDEN), np.float32)
    out = np.empty((steps, width, HIDDEN), np.float32)
    for t in range(steps - 1, -1, -1) if back else range(steps):
        h = (stored @ memory).astype(np.float64) * memory_scale * (1 / UNIT) + bias[3 * HIDDEN :]
        hidden = _gate(x[t], h, hidden)
        if back:
            hidden[lengths <= t] = 0.0
        stored = np.rint(hidden * UNIT).astype(np.float32)
        out[t] = stored
    return out


def _gate(x: Reals, h: Reals, before: Reals) -> Reals:
    sigmoid, tanh = _tables()
    both = x[:, : 2 * HIDDEN] + h[:, : 2 * HIDDEN]
    open_ = sigmoid[_places(both)]
    keep, reset = open_[:, :HIDDEN], open_[:, HIDDEN:]
    new = tanh[_places(x[:, 2 * HIDDEN :] + reset * h[:, 2 * HIDDEN :])]
    return new + keep * (before - new)


def _places(values: Reals) -> NDArray[np.int64]:
    import numpy as np

    return np.clip((values * STEPS + REACH * STEPS).astype(np.int64), 0, 2 * REACH * STEPS - 1)


def _verdicts(states: Whole) -> Reals:
    import numpy as np

    matrix, scale = _matrix("out")
    weights = load()
    steps, width, size = states.shape
    logits = (states.reshape(-1, size) @ matrix).astype(np.float64) * scale * (1 / UNIT)
    logits += np.array(weights.floats_of["out_bias"])
    named = logits[:, [weights.first, weights.inner]]
    logits[:, [weights.first, weights.inner]] = -np.inf
    return (named - logits.max(1, keepdims=True)).reshape(steps, width, 2)
