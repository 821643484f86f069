"""The name network without numpy, for a few short windows: importing numpy costs more than they do.

A matrix times a vector in integers: each column of the matrix is one long integer with 32 bits for every
output, so that `value * column` is one multiplication at the speed of C.  All numbers stay positive (offset
ZERO) and the offsets are taken off at the end; no field can overflow (255 * 255 * 256 < 2 ** 32).  Gives
what batched.py gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pii_guard.detect.person.alphabet import rows as alphabet
from pii_guard.detect.person.weights import HIDDEN
from pii_guard.detect.person.weights import PAST
from pii_guard.detect.person.weights import REACH
from pii_guard.detect.person.weights import SIGMOID
from pii_guard.detect.person.weights import STEPS
from pii_guard.detect.person.weights import TANH
from pii_guard.detect.person.weights import UNIT
from pii_guard.detect.person.weights import ZERO
from pii_guard.detect.person.weights import biases
from pii_guard.detect.person.weights import load

Evidence = list[tuple[float, float]]
_TOP = 2 * REACH * STEPS - 1


class Matrix:
    """A stored matrix whose columns are long integers."""

    def __init__(self, name: str) -> None:
        data, scale = load().bytes_of[name], load().floats_of[name + "_scale"]
        self.size = len(scale)
        self.scale = list(scale)
        self.columns = []
        for at in range(0, len(data), self.size):
            spread = bytearray(4 * self.size)
            spread[::4] = data[at : at + self.size]
            self.columns.append(int.from_bytes(spread, "little"))
        fields = sum(self.columns).to_bytes(4 * self.size, "little")
        self.offsets = [ZERO * v for v in memoryview(fields).cast("I")]

    def times(self, values: Sequence[int]) -> list[int]:
        """The product with a vector of stored values (1..255)."""
        total = 0
        for value, column in zip(values, self.columns, strict=True):
            total += value * column
        off = ZERO * (sum(values) - ZERO * len(values))
        fields = memoryview(total.to_bytes(4 * self.size, "little")).cast("I")
        return [v - o - off for v, o in zip(fields, self.offsets, strict=True)]


@cache
def _matrix(name: str) -> Matrix:
    return Matrix(name)


def evidence(windows: Sequence[str]) -> list[Evidence]:
    """For each character how much it speaks for the first and for an inner character of a name."""
    return [_evidence(window) for window in windows]


def _evidence(window: str) -> Evidence:
    weights = load()
    table, scales = weights.bytes_of["embedding"], weights.floats_of["embedding_scale"]
    known = alphabet()
    rows = [known.get(char, 0) for char in window]
    states = [table[r * HIDDEN : (r + 1) * HIDDEN] for r in rows]
    sizes = [scales[r] for r in rows]
    for layer in (0, 1):
        ahead = _run(f"{layer}0", states, sizes)
        back = _run(f"{layer}1", states[::-1], sizes[::-1])[::-1]
        states = [a + b for a, b in zip(ahead, back, strict=True)]
        sizes = [1 / UNIT] * len(states)
    return [_verdict(state) for state in states]


def _run(name: str, states: Sequence[bytes], sizes: Sequence[float]) -> list[bytes]:
    """One direction of one layer."""
    inputs, memory = _matrix("w" + name), _matrix("r" + name)
    scale, past_scale = [s * STEPS for s in inputs.scale], [s * PAST for s in memory.scale]
    first, second = biases(name)
    hidden, stored, out = [0.0] * HIDDEN, bytes([ZERO]) * HIDDEN, []
    for state, size in zip(states, sizes, strict=True):
        x = [v * s * size + b for v, s, b in zip(inputs.times(state), scale, first, strict=True)]
        h = [v * s + b for v, s, b in zip(memory.times(stored), past_scale, second, strict=True)]
        hidden = [_gate(unit) for unit in zip(*_thirds(x), *_thirds(h), hidden, strict=True)]
        stored = bytes([round(v * UNIT) + ZERO for v in hidden])
        out.append(stored)
    return out


def _thirds(values: list[float]) -> tuple[list[float], list[float], list[float]]:
    return values[:HIDDEN], values[HIDDEN : 2 * HIDDEN], values[2 * HIDDEN :]


def _gate(unit: tuple[float, ...]) -> float:
    xz, xr, xn, hz, hr, hn, before = unit
    keep = SIGMOID[min(max(int(xz + hz), 0), _TOP)]
    reset = SIGMOID[min(max(int(xr + hr), 0), _TOP)]
    new = TANH[min(max(int(xn + reset * hn), 0), _TOP)]
    return new + keep * (before - new)


def _verdict(state: bytes) -> tuple[float, float]:
    weights, out = load(), _matrix("out")
    logits = [
        v * s * (1 / UNIT) + b
        for v, s, b in zip(out.times(state), out.scale, weights.floats_of["out_bias"], strict=True)
    ]
    first, inner = logits[weights.first], logits[weights.inner]
    rest = max(v for i, v in enumerate(logits) if i not in (weights.first, weights.inner))
    return first - rest, inner - rest
