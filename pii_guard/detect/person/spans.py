"""From the network's evidence to names: every possible span of a window is weighed, the best set is kept.

A span's weight is the evidence of its characters, what its shape makes likely (surname, characters of given
names, length, transliteration) and what stands around it.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from itertools import accumulate
from types import MappingProxyType

from pii_guard.detect.person.barred import barred
from pii_guard.detect.person.lexicon import load
from pii_guard.detect.person.plain import Evidence
from pii_guard.detect.person.shape import MIDDLE_DOTS
from pii_guard.detect.person.shape import foreign_prior
from pii_guard.detect.person.shape import is_han
from pii_guard.detect.person.shape import long_prior
from pii_guard.detect.person.shape import prior
from pii_guard.detect.person.surroundings import Ahead
from pii_guard.detect.person.surroundings import Behind
from pii_guard.detect.person.surroundings import ahead
from pii_guard.detect.person.surroundings import around
from pii_guard.detect.person.surroundings import behind
from pii_guard.named import NamedTuple

SHORT, COMPOUND = 4, 6  # characters
UNDOTTED, LONGEST = 8, 16  # characters; longer than the first only with a dot or letters
FLOOR, CEILING = -5.0, 4.0  # one character cannot say more than this
HOPELESS, NEVER = -7.0, -100.0
LIKELIEST = 2.0  # no shape is worth more
THRESHOLD = 2.0
DOUBT = -2.0  # below this not even the gate helps
NOTHING: Mapping[int, float] = MappingProxyType({})
GATE, SHUT, WIDE = 0.2, -2.0, 4.0  # how much the opinion of the gate adds


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
    window = _window(text, start, pairs, gate)._replace(least=least)
    for end in range(1, size + 1):
        best[end] = best[end - 1]
        for option in _ending(window, end):
            value = best[_ahead_of(window, option.start - start)] + option.weight - least
            if value > best[end]:
                best[end], back[end] = value, option
    kept, end = [], size
    while end > 0:
        span = back[end]
        end = _ahead_of(window, span.start - start) if span else end - 1
        if span:
            kept.append(span)
    return kept[::-1]


def _ahead_of(window: _Window, at: int) -> int:
    """Where the name before a name that begins at `at` must end: not right there if `at` rather goes on."""
    return at - 1 if at and window.inner[at] > window.first[at] else at


class _Window(NamedTuple):
    """A window and what is asked of its places again and again, each answered once.

    `first` and `inner` are halves of the clipped evidence; `onward` tells whether a name can reach across;
    `foreign`, `other`, `dots` and `barred` count, up to each place, the characters of foreign names, those that
    are not Han, middle dots, and those of longer words that are no name.
    """

    text: str
    start: int
    first: list[float]
    inner: list[float]
    onward: list[bool]
    gated: list[float]
    foreign: list[int]
    other: list[int]
    dots: list[int]
    barred: list[int]
    before: dict[int, Ahead]
    least: float = 0.0


def _window(text: str, start: int, pairs: Evidence, gate: Mapping[int, float]) -> _Window:
    chars = text[start : start + len(pairs)]
    foreign, names = load().foreign, range(start, start + len(pairs))
    clipped = [
        (
            NEVER if begins < HOPELESS or char == "\n" else 0.5 * min(max(begins, FLOOR), CEILING),
            0.5 * min(max(inside, FLOOR), CEILING),
            inside >= HOPELESS + 1 or char in MIDDLE_DOTS,
        )
        for (begins, inside), char in zip(pairs, chars, strict=True)
    ]
    first, inner, onward = map(list, zip(*clipped, strict=True)) if clipped else ([], [], [])
    return _Window(
        text,
        start,
        first,
        inner,
        onward,
        [GATE * min(max(gate.get(at, SHUT), SHUT), WIDE) for at in names],
        [0, *accumulate([char in foreign for char in chars])],
        [0, *accumulate([not is_han(char) for char in chars])],
        [0, *accumulate([char in MIDDLE_DOTS for char in chars])],
        barred(chars, pairs),
        {},
    )


def _ending(window: _Window, end: int) -> Iterator[Span]:
    """The names that may end at `end`, shortest first."""
    text, start, inners = window.text, window.start, window.inner
    after: Behind | None = None
    outside = -0.8 * inners[end] if end < len(inners) else 0.4
    goes_on = end < len(inners) and inners[end] > 0
    inner, last = 0.0, min(0.0, inners[end - 1])
    for at in range(end - 1, max(-1, end - 1 - LONGEST), -1):
        if at < end - 1:
            if not window.onward[at + 1] or (end - at > UNDOTTED and window.other[at] == window.other[end]):
                return
            inner += inners[at + 1]
        told = window.first[at] + outside - THRESHOLD
        if goes_on and _sounds(window, at, end + 1):
            told -= inners[end]
        if at < end - 1:
            told += min(1.0, 2 * (1 + window.dots[end] - window.dots[at]) / (end - at - 1)) * inner + last
        if told < HOPELESS or window.barred[at] != window.barred[end]:
            continue
        after = after or behind(text, start + end)
        if at not in window.before:
            window.before[at] = ahead(text, start + at)
        told += around(window.before[at], after)
        if told + _likeliest(window, at, end) + window.gated[at] <= window.least:
            continue
        weight = told + _prior(window, at, end)
        if weight > DOUBT and weight + window.gated[at] > window.least:
            yield Span(start + at, start + end, weight + window.gated[at])


def _sounds(window: _Window, at: int, end: int) -> bool:
    """Whether all of it is written with the characters of foreign names, or dots: no place to cut one."""
    return window.foreign[end] - window.foreign[at] + window.dots[end] - window.dots[at] == end - at


def _likeliest(window: _Window, at: int, end: int) -> float:
    """What the shape can be worth at most: long names without dots are written in sounds."""
    size = end - at
    if size <= COMPOUND or window.other[at] != window.other[end]:
        return LIKELIEST
    return foreign_prior(size, window.foreign[end] - window.foreign[at])


def _prior(window: _Window, at: int, end: int) -> float:
    value = window.text[window.start + at : window.start + end]
    if _in_word(window.text, window.start + at) or _in_word(window.text, window.start + end):
        return NEVER
    if end - at > SHORT and window.other[at] == window.other[end]:
        return long_prior(value, window.foreign[end] - window.foreign[at])
    return prior(value)


def _in_word(text: str, at: int) -> bool:
    """Whether a word in Latin letters goes on across `at`."""
    beside = text[max(0, at - 1) : at + 1]
    return len(beside) == 2 and beside.isascii() and beside.isalpha()
