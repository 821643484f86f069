"""The detector: a text in, resolved hits out.

Small texts go through the portable matcher, which imports nothing; large ones through the block matcher (numpy
and hyperscan), which finds the same.  Names and addresses have finders of their own.  A text with characters
that hide digits (full-width, circled, zero-width, escapes ...) is read normalised; offsets stay the original's.
"""

from __future__ import annotations

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
from pii_guard.text.normalise import regions

LARGE = 1 << 16
FINDERS = {"PERSON": "pii_guard.detect.person", "ADDRESS": "pii_guard.detect.address"}
Finder = Callable[..., list[Hit]]
Matcher = Callable[[Confirmer, str, bytes | None, Header], Iterator[Hit]]


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
        plain = self._matcher(len(text))(self.confirmer, text, data, verdicts)
        hits = [*plain, *self._disguised(text, verdicts), *self._embedded(text)]
        for find in self._find_names():
            hits.extend(find(text, header=header, role=role))
        return resolve(hits, self.confirmer.transparent)

    def _matcher(self, size: int) -> Matcher:
        if self._large is None or size < self._large:
            return portable.search
        from pii_guard.detect import blocks

        return blocks.search

    def _disguised(self, text: str, verdicts: Header) -> Iterator[Hit]:
        """Hits of the stretches that hold disguised characters, as they read without the disguise."""
        for read in regions(text):
            for hit in portable.search(self.confirmer, read.text, None, verdicts):
                start, end = read.span(hit.start, hit.end)
                yield hit._replace(start=start, end=end)

    def _embedded(self, text: str) -> Iterator[Hit]:
        for start, end, inner in decode_base64_values(text):
            found = [*portable.search(self.confirmer, inner, None, {}), *self._disguised(inner, {})]
            worst = max(found, key=lambda h: self.entities[h.entity_type].sensitivity, default=None)
            if worst and self.entities[worst.entity_type].sensitivity:
                yield Hit(start, end, worst.entity_type, worst.score, (*worst.reasons, "base64"))

    def _find_names(self) -> list[Finder]:
        if self._finders is None:
            self._finders = [import_module(m).find for t, m in FINDERS.items() if t in self.entities]
        return self._finders

