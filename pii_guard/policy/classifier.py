"""A small linear classifier that proposes a channel for soft evidence, and says by which words.

Weights: data/channels_classifier.npz, trained by tools/train_channels.py on the texts of
training/channels.  Softmax
over "none" and the eight channels; weights are whole numbers of -127..127 times one scale.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pii_guard.named import NamedTuple
from pii_guard.policy import suppress
from pii_guard.policy.features import features

if TYPE_CHECKING:
    from zipfile import ZipFile

    from pii_guard.policy.window import Window

WEIGHTS = Path(__file__).parent.parent / "data" / "channels_classifier.npz"
CLASSES = 9
STRONGEST = 4


class Model(NamedTuple):
    """`names` are the known features, sorted (a table of them would take longer to make than most scans to ask);
    CLASSES weights stand for each."""

    names: list[str]
    weights: memoryview
    bias: tuple[float, ...]
    scale: float

    def of(self, feature: str) -> memoryview | None:
        """The weights of a feature, None of an unknown one."""
        row = bisect_left(self.names, feature)
        if row == len(self.names) or self.names[row] != feature:
            return None
        return self.weights[CLASSES * row : CLASSES * (row + 1)]


@cache
def _model() -> Model:
    """The stored weights, read without numpy, whose import costs more than a small scan."""
    from zipfile import ZipFile

    if not WEIGHTS.is_file():
        return Model([], memoryview(b""), (0.0,) * CLASSES, 1.0)
    with ZipFile(WEIGHTS) as stored:
        names = _array(stored, "names", "|u1").decode().split("\n")
        weights = memoryview(_array(stored, "weights", "|i1")).cast("b")
        bias, scale = array("f", _array(stored, "bias", "<f4")), array("f", _array(stored, "scale", "<f4"))
    return Model(names, weights, tuple(bias), scale[0])


def _array(stored: ZipFile, name: str, kind: str) -> bytes:
    """The values of one array of an .npz file (NEP 1, version 1.0), row by row."""
    raw = stored.read(f"{name}.npy")
    begin = 10 + int.from_bytes(raw[8:10], "little")
    head = raw[:begin]
    assert head.startswith(b"\x93NUMPY\x01\x00"), name
    assert f"'descr': '{kind}'".encode() in head, name
    assert b"'fortran_order': False" in head, name
    return raw[begin:]


def scores(window: Window) -> tuple[float, ...]:
    """Probability of none (0) and of each channel (1-8)."""
    if window.scores is None:
        window.scores = probabilities(_features(window))
    return window.scores


def _features(window: Window) -> set[str]:
    suppressors = list(window.plan.ruleset.suppressors.values())
    return features(window.folded, window.spans, suppress.flags(suppressors, window.folded))


def probabilities(found: set[str]) -> tuple[float, ...]:
    """Softmax of the summed weights, scaled by the root of the number of known features."""
    model = _model()
    known = [weights for feature in found if (weights := model.of(feature)) is not None]
    if not known:
        return (1.0, *([0.0] * (CLASSES - 1)))
    unit = model.scale / math.sqrt(len(known))
    sums = [sum(column) * unit + bias for column, bias in zip(zip(*known, strict=True), model.bias, strict=True)]
    most = max(sums)
    exps = [math.exp(value - most) for value in sums]
    return tuple(value / sum(exps) for value in exps)


def explain(window: Window, channel: int) -> list[str]:
    """The strongest features for the channel against none, shortest first where they overlap."""
    model = _model()
    gains = [
        (weights[channel] - weights[0], f)
        for f in _features(window)
        if f.isalpha() and len(f) > 1 and (weights := model.of(f)) is not None
    ]
    chosen: list[str] = []
    for gain, name in sorted(gains, reverse=True):
        if gain > 0 and not any(name in c or c in name for c in chosen):
            chosen.append(name)
        if len(chosen) == STRONGEST:
            break
    return chosen
