"""A small linear classifier that proposes a channel for soft evidence, and says by which words.

Weights: data/channels_classifier.npz, trained by tools/train_channels.py on the texts of
training/channels.  Softmax
over "none" and the eight channels; weights are whole numbers of -127..127 times one scale.
"""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pii_guard.policy import suppress
from pii_guard.policy.features import features

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pii_guard.policy.window import Window

WEIGHTS = Path(__file__).parent.parent / "data" / "channels_classifier.npz"
CLASSES = 9
STRONGEST = 4


@cache
def _model() -> tuple[dict[str, int], NDArray[np.int8], NDArray[np.float32], float]:
    import numpy as np

    if not WEIGHTS.is_file():
        return {}, np.zeros((0, CLASSES), np.int8), np.zeros(CLASSES, np.float32), 1.0
    with np.load(WEIGHTS, allow_pickle=False) as stored:
        names = bytes(stored["names"]).decode().split("\n")
        return {n: i for i, n in enumerate(names)}, stored["weights"], stored["bias"], float(stored["scale"])


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
    names, weights, bias, scale = _model()
    known = [at for f in found if (at := names.get(f)) is not None]
    if not known:
        return (1.0, *([0.0] * (CLASSES - 1)))
    sums = weights[known].sum(axis=0, dtype="int64") * (scale / math.sqrt(len(known))) + bias
    exps = [math.exp(value - max(sums)) for value in sums.tolist()]
    return tuple(value / sum(exps) for value in exps)


def explain(window: Window, channel: int) -> list[str]:
    """The strongest features for the channel against none, shortest first where they overlap."""
    names, weights, _, _ = _model()
    gains = [
        (int(weights[names[f]][channel]) - int(weights[names[f]][0]), f)
        for f in _features(window)
        if f in names and f.isalpha() and len(f) > 1
    ]
    chosen: list[str] = []
    for gain, name in sorted(gains, reverse=True):
        if gain > 0 and not any(name in c or c in name for c in chosen):
            chosen.append(name)
        if len(chosen) == STRONGEST:
            break
    return chosen
