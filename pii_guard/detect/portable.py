"""The matcher for small inputs, and for machines without hyperscan: plain `re`, nothing to import.

It is also the oracle of the block matcher: both must find the same.
"""

from __future__ import annotations

from collections.abc import Iterator

from pii_guard.detect.confirm import Confirmer
from pii_guard.detect.confirm import Header
from pii_guard.detect.confirm import Shaped
from pii_guard.model import Hit
from pii_guard.patterns import lazy

_RUN = lazy(r"[0-9]+")
_SINGLE = lazy(r"[ \-.·,，、_/*()（）—\r\n]")


def search(confirmer: Confirmer, text: str, header: Header) -> Iterator[Hit]:
    """All hits of a text, unresolved."""
    for match in _RUN.finditer(text):
        start, end = match.span()
        if end - start > 1 or _SINGLE.match(text, end):
            yield from confirmer.at_run(text, start, confirmer.tries(text, start, end - start), header)
    for start, end in confirmer.label_words.spans(text):
        yield from confirmer.after_label(text, start, end)
    if header:
        yield from confirmer.in_cells(text, header)
    yield from _at_shapes(confirmer, text, header)
    for rule in confirmer.free:
        yield from confirmer.anywhere(rule, text, header)


def _at_shapes(confirmer: Confirmer, text: str, header: Header) -> Iterator[Hit]:
    """In the order in which the block matcher wakes."""
    characters, shapes = frozenset(text), tuple(confirmer.by_shape.values())
    found = sorted(
        (match.end(), number, match.start())
        for number, rules in enumerate(shapes)
        if not rules[0].needs or not characters.isdisjoint(rules[0].needs)
        for match in rules[0].shape.finditer(text)
    )
    shaped = Shaped(confirmer, text, header)
    for end, number, start in found:
        if not shaped.is_inside(shapes[number], end):
            yield from shaped.hits(shapes[number], start, end)
