"""From the network's evidence to names: every possible span of a window is weighed, the best set is kept.

A span's weight is the evidence of its characters, what its shape makes likely (surname, characters of given
names, length, transliteration) and what stands around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from pii_guard.detect.person.plain import Evidence
from pii_guard.detect.person.shape import MIDDLE_DOTS
from pii_guard.detect.person.shape import prior
from pii_guard.detect.person.surroundings import around

LONGEST = 16
FLOOR, CEILING = -5.0, 4.0  # one character cannot say more than this
HOPELESS = -7.0
THRESHOLD = 2.0
DOUBT = -2.0  # below this not even the gate helps
NOTHING: Mapping[int, float] = MappingProxyType({})
GATE, SHUT, WIDE = 0.2, -4.0, 4.0  # how much the opinion of the gate adds


class Span(NamedTuple):
    """text[start:end] and its weight: above 0 rather a name than not."""

    start: int
    end: int
    weight: float


def spans(
    text: str, start: int, pairs: Evidence, gate: Mapping[int, float] = NOTHING, least: float = 0.0
) -> list[Span]:
    """The best set of spans above `least` that do not overlap, for the window that begins at `start`.

    `gate` gives what the gate said of the places that it opened.
    """
    size = len(pairs)
    best = [0.0] * (size + 1)
    back: list[Span | None] = [None] * (size + 1)
    for end in range(1, size + 1):
        best[end] = best[end - 1]
        for option in _ending(text, start, pairs, end):
            weight = option.weight + GATE * min(max(gate.get(option.start, SHUT), SHUT), WIDE)
            value = best[option.start - start] + weight - least
            if weight > least and value > best[end]:
                best[end], back[end] = value, option._replace(weight=weight)
    kept, end = [], size
    while end > 0:
        span = back[end]
        end = span.start - start if span else end - 1
        if span:
            kept.append(span)
    return kept[::-1]


def _ending(text: str, start: int, pairs: Evidence, end: int) -> Iterator[Span]:
    after = -_clip(pairs[end][1]) if end < len(pairs) else 1.0
    inner = 0.0
    for at in range(end - 1, max(-1, end - 1 - LONGEST), -1):
        if at < end - 1:
            if pairs[at + 1][1] < HOPELESS + 1 and text[start + at + 1] not in MIDDLE_DOTS:
                return
            inner += _clip(pairs[at + 1][1])
        if pairs[at][0] < HOPELESS or text[start + at] == "\n":
            continue
        told = min(1.0, 2 / max(1, end - at - 1)) * inner
        weight = 0.5 * _clip(pairs[at][0]) + 0.5 * told + 0.4 * after - THRESHOLD
        weight += 0.5 * min(0.0, _clip(pairs[end - 1][1])) if at < end - 1 else 0.0
        weight += prior(text, start + at, start + end) + around(text, start + at, start + end)
        if weight > DOUBT:
            yield Span(start + at, start + end, weight)


def _clip(value: float) -> float:
    return min(max(value, FLOOR), CEILING)
