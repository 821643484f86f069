"""A small linear classifier that proposes a channel for soft evidence, and says by which words.

Weights: data/channels_classifier.npz, trained by tools/train_channels.py on the texts of
training/channels.  Softmax
over "none" and the eight channels; weights are whole numbers of -127..127 times one scale.
"""

from __future__ import annotations

import marshal
import math
import sys
from array import array
from collections.abc import Mapping
from collections.abc import Sequence
from functools import cache
from functools import lru_cache
from itertools import count
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING
from typing import Any

from pii_guard import cache as files
from pii_guard.policy import suppress
from pii_guard.policy.features import concepts
from pii_guard.policy.features import features
from pii_guard.policy.features import padded
from pii_guard.policy.grams import Grams
from pii_guard.policy.grams import numbers
from pii_guard.records import dataclass
from pii_guard.records import field

if TYPE_CHECKING:
    from zipfile import ZipFile

    from pii_guard.policy.window import Window

WEIGHTS = Path(__file__).parent.parent / "data" / "channels_classifier.npz"
CLASSES = 9
STRONGEST = 4
MARKS = frozenset("@!")  # what concepts and suppressors begin with
ROUNDING = 1e-9  # far more than floating-point sums of a different order are apart
SURE = 50.0  # a lead, after which nothing but a leak is likely
FORMAT = "2"  # raise when the stored form changes


@dataclass(frozen=True, slots=True)
class Model:
    """The known features by their first character, one a line, with the number of the first; CLASSES weights each.

    A table of all of them would take longer to make than most scans to ask: each first character gets its own, and
    those that are no marks are only read where numpy does not find them (grams.py).
    """

    marks: dict[str, tuple[int, str]]
    weights: memoryview
    bias: tuple[float, ...]
    scale: float
    ready: dict[str, int] = field(default_factory=dict)
    made: set[str] = field(default_factory=set)  # first characters of those that are ready

    def rows(self, found: set[str]) -> list[int]:
        """The numbers of those that are known."""
        heads = {
            name for name in found if len(name) == 1
        }  # the first character of each pair and triple is a feature too
        for head in (heads | MARKS) - self.made:
            known = self.marks if head in MARKS else _names()
            if head in known:
                first, names = known[head]
                self.ready.update(zip(names.split("\n"), count(first), strict=False))
            self.made.add(head)
        return [self.ready[feature] for feature in found & self.ready.keys()]

    def sums(self, rows: Sequence[int]) -> list[int]:
        """The weights of these, added up by class."""
        if "numpy" not in sys.modules:
            each = [self.weights[CLASSES * row : CLASSES * (row + 1)] for row in rows]
            return [sum(column) for column in zip(*each, strict=True)]
        import numpy as np

        table = np.frombuffer(self.weights, np.int8).reshape(-1, CLASSES)
        sums: list[int] = table.take(rows, axis=0).sum(axis=0, dtype=np.int64).tolist()
        return sums

    def gain(self, row: int, channel: int) -> int:
        """How much more the feature of that row speaks for the channel than for none."""
        return self.weights[CLASSES * row + channel] - self.weights[CLASSES * row]


@cache
def _model() -> Model:
    """The stored weights, read without numpy, whose import costs more than a small scan; unpacked once for all runs."""
    marks, weights, bias, scale = _stored("classifier")
    return Model(marks, memoryview(weights).cast("b"), bias, scale)


@cache
def _names() -> dict[str, tuple[int, str]]:
    """All features by their first character."""
    names: dict[str, tuple[int, str]] = _stored("features")
    return names


def _stored(kind: str) -> Any:
    """A part of the model as the cache keeps it: the names of features, or everything else."""
    place = {
        each: files.name(each, FORMAT, sys.version, files.stamp(WEIGHTS))
        for each in ("features", "classifier")
    }
    if (stored := files.read(place[kind])) is not None:
        return marshal.loads(stored)  # noqa: S302 - ours, as a `.pyc` is
    names, *rest = _unpacked()
    made: dict[str, Any] = {
        "features": names,
        "classifier": ({head: names[head] for head in MARKS if head in names}, *rest),
    }
    for each, content in made.items():
        files.write(place[each], marshal.dumps(content))
    return made[kind]


def _unpacked() -> tuple[dict[str, tuple[int, str]], bytes, tuple[float, ...], float]:
    from zipfile import ZipFile

    if not WEIGHTS.is_file():
        return {}, b"", (0.0,) * CLASSES, 1.0
    with ZipFile(WEIGHTS) as stored:
        names = _array(stored, "names", "|u1").decode().split("\n")
        weights = _array(stored, "weights", "|i1")
        bias, scale = array("f", _array(stored, "bias", "<f4")), array("f", _array(stored, "scale", "<f4"))
    by_head: dict[str, tuple[int, str]] = {}
    first = 0
    for head, group in groupby(names, itemgetter(0)):
        of_head = list(group)
        by_head[head] = first, "\n".join(of_head)
        first += len(of_head)
    return by_head, weights, tuple(bias), scale[0]


def _array(stored: ZipFile, name: str, kind: str) -> bytes:
    """The values of one array of an .npz file (NEP 1, version 1.0), row by row."""
    raw = stored.read(f"{name}.npy")
    begin = 10 + int.from_bytes(raw[8:10], "little")
    head = raw[:begin]
    assert head.startswith(b"\x93NUMPY\x01\x00"), name
    assert f"'descr': '{kind}'".encode() in head, name
    assert b"'fortran_order': False" in head, name
    return raw[begin:]


@cache
def _grams() -> Grams:
    """The features of the model by number, worked out once for all runs."""
    name = files.name("grams", FORMAT, files.stamp(WEIGHTS))
    return Grams(files.kept(name, lambda: numbers("\n".join(names for _, names in _names().values()))))


def scores(window: Window) -> tuple[float, ...]:
    """Probability of none (0) and of each channel (1-8)."""
    if window.scores is None:
        window.scores = (
            _softmax(_rows(window)) if "numpy" in sys.modules else probabilities(_features(window))
        )
    return window.scores


def leaks(window: Window, least: float) -> bool:
    """Whether the text is at least that likely to tell of a leak.

    The suppressors take longest of all that is read and say little: most texts are no leak whatever these said.
    """
    if window.scores is None and "numpy" in sys.modules:
        if window.at_most is None:
            window.at_most = _at_most(window) + ROUNDING
        if window.at_most < least:
            return False
    return 1 - scores(window)[0] >= least


def _rows(window: Window) -> list[int]:
    """The same rows as those of `_features`, without a string for each."""
    return list(_wording(window).union(_model().rows(set(suppress.speaking(window)))))


def _wording(window: Window) -> set[int]:
    """The rows of all but the suppressors."""
    if window.wording is None:
        window.wording = {*_grams().rows(padded(window.folded)), *_model().rows(set(concepts(window.spans)))}
    return window.wording


def _at_most(window: Window) -> float:
    """How likely a leak the text can be, whatever suppressors speak for it."""
    model, rows = _model(), _wording(window)
    flags, gains = _headroom(tuple(window.plan.ruleset.suppressors))
    if not rows:
        return 1
    none, *sums = model.sums(list(rows))
    units = [model.scale / math.sqrt(len(rows) + more) for more in (0, flags)]  # more features: each of them counts less
    leads = [added - none + gain for added, gain in zip(sums, gains, strict=True)]
    odds = [
        math.exp(min(SURE, max(lead * unit for unit in units) + bias - model.bias[0]))
        for lead, bias in zip(leads, model.bias[1:], strict=True)
    ]
    return sum(odds) / (1 + sum(odds))


@lru_cache(maxsize=8)
def _headroom(suppressors: tuple[str, ...]) -> tuple[int, list[int]]:
    """How many of the suppressors the model knows, and how much these can speak for each channel at most."""
    rows = _model().rows({f"!{name}" for name in suppressors})
    return len(rows), [sum(max(0, _model().gain(row, channel)) for row in rows) for channel in range(1, CLASSES)]


def _rows_of(features: Sequence[str]) -> Mapping[str, int]:
    """The rows of those characters, pairs and triples that are known."""
    if "numpy" in sys.modules:
        return _grams().rows_of(features)
    ready = _model().ready
    _model().rows(set(features).union(feature[0] for feature in features))
    return {feature: ready[feature] for feature in features if feature in ready}


def _features(window: Window) -> set[str]:
    if window.features is None:
        window.features = features(window.folded, window.spans, suppress.speaking(window))
    return window.features


def probabilities(found: set[str]) -> tuple[float, ...]:
    """Softmax of the summed weights, scaled by the root of the number of known features."""
    return _softmax(_model().rows(found))


def _softmax(known: Sequence[int]) -> tuple[float, ...]:
    model = _model()
    if not known:
        return (1.0, *([0.0] * (CLASSES - 1)))
    unit = model.scale / math.sqrt(len(known))
    sums = [added * unit + bias for added, bias in zip(model.sums(known), model.bias, strict=True)]
    most = max(sums)
    exps = [math.exp(value - most) for value in sums]
    total = sum(exps)
    return tuple(value / total for value in exps)


def explain(window: Window, channel: int) -> list[str]:
    """The strongest features for the channel against none, shortest first where they overlap."""
    model = _model()
    rows = _rows_of([feature for feature in _features(window) if feature.isalpha() and len(feature) > 1])
    gains = [(model.gain(row, channel), feature) for feature, row in rows.items()]
    chosen: list[str] = []
    for gain, name in sorted(gains, reverse=True):
        if gain > 0 and not any(name in c or c in name for c in chosen):
            chosen.append(name)
        if len(chosen) == STRONGEST:
            break
    return chosen
