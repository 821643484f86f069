"""The name network as stored: a header of JSON, then 8-bit matrices, compressed.

A bidirectional two-layer GRU over characters (Baidu LAC, Apache-2.0, trained further and written by
tools/train_names/train_network.py).  Values are stored as 1..255 for -127..127, each row of a matrix with
its own scale.  Reading needs no numpy.
"""

from __future__ import annotations

import json
import math
import zlib
from array import array
from collections.abc import Mapping
from functools import cache

from pii_guard import data
from pii_guard.records import dataclass

HIDDEN = 128
ZERO = 128  # what stands for 0
UNIT = 127  # what stands for 1 in a hidden state
STEPS, REACH = 64, 8  # the tables of sigmoid and tanh: steps for each unit, from -REACH to REACH
PAST = STEPS / UNIT  # what a stored hidden state is worth, in steps

SIGMOID = [1 / (1 + math.exp(-(i + 0.5) / STEPS + REACH)) for i in range(2 * REACH * STEPS)]
TANH = [math.tanh((i + 0.5) / STEPS - REACH) for i in range(2 * REACH * STEPS)]


@dataclass(frozen=True, slots=True)
class Weights:
    """The tags `first` and `inner` are B and I of a name."""

    first: int
    inner: int
    bytes_of: Mapping[str, bytes]
    floats_of: Mapping[str, array[float]]


@cache
def load() -> Weights:
    """The shipped weights."""
    raw = zlib.decompress(data.file("person_network.bin").read_bytes())
    at = raw.index(b"\n") + 1
    head = json.loads(raw[: at - 1])
    whole: dict[str, bytes] = {}
    real: dict[str, array[float]] = {}
    for name, shape, kind in head["parts"]:
        size = math.prod(shape) * (1 if kind == "|u1" else 4)
        if kind == "|u1":
            whole[name] = raw[at : at + size]
        else:
            real[name] = array("d", array("f", raw[at : at + size]))
        at += size
    return Weights(head["first"], head["inner"], whole, real)


@cache
def biases(name: str) -> tuple[list[float], list[float]]:
    """Of the inputs and of the past of one direction, in steps of the tables, whose middle is 0 of the gates."""
    bias = load().floats_of["b" + name]
    inputs, past = bias[: 3 * HIDDEN], bias[3 * HIDDEN :]
    return [b * STEPS + REACH * STEPS for b in inputs], [b * STEPS for b in past]
