"""A small linear classifier that proposes a channel for soft evidence, and says by which words.

Weights: data/channels_classifier.npz, trained by tools/train_channels.py on the texts of
training/channels.  Softmax
over "none" and the eight channels; weights are whole numbers of -127..127 times one scale.
"""

from __future__ import annotations

import math
from array import array
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from typing import NamedTuple

from pii_guard.policy import suppress
from pii_guard.policy.features import features

if TYPE_CHECKING:
    from zipfile import ZipFile

    from pii_guard.policy.window import Window

WEIGHTS = Path(__file__).parent.parent / "data" / "channels_classifier.npz"
CLASSES = 9
STRONGEST = 4


class Model(NamedTuple):
    """`rows` says where the CLASSES weights of a feature begin."""

    rows: dict[str, int]
    weights: memoryview
    bias: tuple[float, ...]
    scale: float

    def of(self, feature: str) -> memoryview:
        """The weights of a known feature."""
        at = self.rows[feature]
        return self.weights[at : at + CLASSES]


@cache
def _model() -> Model:
    """The stored weights, read without numpy, whose import costs more than a small scan."""
    from zipfile import ZipFile

    if not WEIGHTS.is_file():
        return Model({}, memoryview(b""), (0.0,) * CLASSES, 1.0)
    with ZipFile(WEIGHTS) as stored:
        names = _array(stored, "names", "|u1").decode().split("\n")
        weights = memoryview(_array(stored, "weights", "|i1")).cast("b")
        bias, scale = array("f", _array(stored, "bias", "<f4")), array("f", _array(stored, "scale", "<f4"))
    return Model({name: CLASSES * i for i, name in enumerate(names)}, weights, tuple(bias), scale[0])


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
    known = [model.weights[at : at + CLASSES] for f in found if (at := model.rows.get(f)) is not None]
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
        (model.of(f)[channel] - model.of(f)[0], f)
        for f in _features(window)
        if f in model.rows and f.isalpha() and len(f) > 1
    ]
    chosen: list[str] = []
    for gain, name in sorted(gains, reverse=True):
        if gain > 0 and not any(name in c or c in name for c in chosen):
            chosen.append(name)
        if len(chosen) == STRONGEST:
            break
    return chosen
