"""The detector: a text in, resolved hits out.

Small texts go through the portable matcher, which imports nothing; large ones through the block matcher (numpy
and hyperscan), which finds the same.  Names and addresses have finders of their own.  A text with characters
that hide digits (full-width, circled, zero-width, escapes ...) is read normalised; offsets stay the original's.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

from pii_guard.detect import portable
from pii_guard.detect.confirm import Confirmer
from pii_guard.detect.confirm import Header
from pii_guard.detect.resolve import resolve
from pii_guard.detect.rules import Entity
from pii_guard.model import Hit
from pii_guard.text.embedded import decode_base64_values
from pii_guard.text.normalise import Normalised
from pii_guard.text.normalise import normalise
from pii_guard.text.normalise import regions

LARGE = 1 << 16
EDGE = 96  # of a stretch's margin: context for hits, but not a place to find them
FINDERS = {"PERSON": "pii_guard.detect.person", "ADDRESS": "pii_guard.detect.address"}
Finder = Callable[..., list[Hit]]


class Detector:
    """Finds the given entity types; safe to share between threads."""

    def __init__(self, entities: Sequence[Entity], *, large: int = LARGE) -> None:
        self.entities = {e.entity_type: e for e in entities}
        self.confirmer = Confirmer(tuple(e for e in entities if e.patterns))
        self._large = large if find_spec("hyperscan") and find_spec("numpy") else None
        self._finders: list[Finder] | None = None

    def detect(
        self, text: str, *, header: str | None = None, role: str | None = None, data: bytes | None = None
    ) -> list[Hit]:
        """Hits of a text in order, without overlaps.  `data` is the text in UTF-8, where it is at hand."""
        verdicts = self.confirmer.header(header)
        if self._large is None or len(text) < self._large:
            hits = list(self._small(text, verdicts))
        else:
            hits = list(self._large_text(text, data, verdicts))
        hits.extend(self._embedded(text))
        for find in self._find_names():
            hits.extend(find(text, header=header, role=role))
        return resolve(hits, self.confirmer.transparent)

    def _small(self, text: str, verdicts: Header) -> Iterator[Hit]:
        read = normalise(text)
        if read is None:
            yield from portable.search(self.confirmer, text, verdicts)
        else:
            yield from _mapped(read, portable.search(self.confirmer, read.text, verdicts))

    def _large_text(self, text: str, data: bytes | None, verdicts: Header) -> Iterator[Hit]:
        """The plain text in blocks, and the disguised stretches of it as the small matcher reads them."""
        from pii_guard.detect.blocks import search

        stretches: list[tuple[int, int]] = []
        for read in regions(text):
            start, end = read.span(0, len(read.text))
            inner = (start + EDGE if start else 0, end - EDGE if end < len(text) else end)
            stretches.append(inner)
            for hit in _mapped(read, portable.search(self.confirmer, read.text, verdicts)):
                if hit.start < inner[1] and hit.end > inner[0]:
                    yield hit
        plain = search(self.confirmer, text, data, verdicts)
        yield from plain if not stretches else _outside(plain, stretches)

    def _embedded(self, text: str) -> Iterator[Hit]:
        for start, end, inner in decode_base64_values(text):
            found = resolve(self._small(inner, {}), self.confirmer.transparent)
            worst = max(found, key=lambda h: self.entities[h.entity_type].sensitivity, default=None)
            if worst and self.entities[worst.entity_type].sensitivity:
                yield Hit(start, end, worst.entity_type, worst.score, (*worst.reasons, "base64"))

    def _find_names(self) -> list[Finder]:
        if self._finders is None:
            self._finders = [import_module(m).find for t, m in FINDERS.items() if t in self.entities]
        return self._finders


def _mapped(read: Normalised, hits: Iterator[Hit]) -> Iterator[Hit]:
    for hit in hits:
        start, end = read.span(hit.start, hit.end)
        yield hit._replace(start=start, end=end)


def _outside(hits: Iterator[Hit], stretches: list[tuple[int, int]]) -> Iterator[Hit]:
    ends = [end for _, end in stretches]
    for hit in hits:
        at = bisect_right(ends, hit.start)
        if at == len(stretches) or hit.end <= stretches[at][0]:
            yield hit
