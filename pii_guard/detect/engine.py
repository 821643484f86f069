"""The detector: a text in, resolved hits out.

Small texts go through the portable matcher, which imports nothing; large ones, and the not so small of many, through
the block matcher (numpy and hyperscan), which finds the same.  Names and addresses have finders of their own.  A text with characters
that hide digits (full-width, circled, zero-width, escapes ...) is read normalised; offsets stay the original's.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from types import MappingProxyType

from pii_guard.detect import portable
from pii_guard.detect.beside import Companion
from pii_guard.detect.beside import merge
from pii_guard.detect.confirm import Confirmer
from pii_guard.detect.confirm import Header
from pii_guard.detect.masking import outside_notices
from pii_guard.detect.resolve import resolve
from pii_guard.detect.resolve import without_parts
from pii_guard.detect.rules import Entity
from pii_guard.detect.single_thread import loads
from pii_guard.model import Hit
from pii_guard.model import Utf8
from pii_guard.text.embedded import decode_base64_values
from pii_guard.text.normalise import framed
from pii_guard.text.normalise import regions

LARGE = 1 << 16
WORTH = 512  # characters from which on a look at a block is cheaper, once its libraries are loaded
REMEMBERED = 32  # characters of a question
Finder = Callable[..., list[Hit]]
FULL = "full"
CUED = ("keyword:", "header:", "cue:", "title:")  # reasons that a reader sees in the text


class Detector:
    """Finds the given entity types; safe to share between threads."""

    def __init__(
        self,
        entities: Sequence[Entity],
        *,
        large: int = LARGE,
        modes: Mapping[str, str] = MappingProxyType({}),
        companions: Sequence[Companion] = (),
    ) -> None:
        self.entities = {e.entity_type: e for e in entities}
        self.confirmer = Confirmer(tuple(e for e in entities if e.patterns and not e.finder))
        self._modes = modes
        self._large = large
        self._read = 0  # characters of small texts so far
        self._finders: list[tuple[Finder, str]] | None = None
        self._companions = tuple(companions)

    def detect(
        self, text: str, *, header: str | None = None, role: str | None = None, utf8: Utf8 | None = None
    ) -> list[Hit]:
        """Hits of a text in order, without overlaps.  `utf8` is the same text, where it is at hand."""
        verdicts = self.confirmer.header(header)
        if not self._by_blocks(len(text)):
            hits = [*portable.search(self.confirmer, text, verdicts)]
            disguised = encoded = [(0, len(text))]
        else:
            from pii_guard.detect.blocks import Look

            look = Look(self.confirmer, text, utf8)
            hits = [*look.hits(verdicts)]
            disguised, encoded = look.disguised(), look.encoded()
        for start, end in disguised:
            hits.extend(self._disguised(text[start:end], start, verdicts))
        for start, end in encoded:
            hits.extend(self._embedded(text[start:end], start))
        for find, mode in self._found_elsewhere():
            found = find(text, header=header, role=role)
            hits.extend(found if mode == FULL else (h for h in found if _is_cued(h)))
        rules = self.confirmer
        hits = outside_notices(text, hits)
        found = resolve(without_parts(hits, rules.whole, rules.secrets), rules.transparent)
        if not self._companions:
            return found
        theirs = [h for c in self._companions for h in c.find(text, header=header) if h.entity_type in self.entities]
        return merge(found, theirs, self.confirmer.transparent)

    def answers(self, question: str, text: str) -> list[Hit]:
        """Hits of a message whose label stands in the question before it."""
        before = f"{question[-REMEMBERED:]}\n客户："
        hits = resolve(portable.search(self.confirmer, before + text, {}), self.confirmer.transparent)
        shift = len(before)
        return [h._replace(start=h.start - shift, end=h.end - shift) for h in hits if h.start >= shift and _is_cued(h)]

    def _by_blocks(self, length: int) -> bool:
        """Whether a text goes through the block matcher: a large one, or one of many that are not too small."""
        if length < self._large:
            self._read += length
            if length < WORTH or self._read < self._large:
                return False
        return _in_blocks()

    def _disguised(self, text: str, offset: int, verdicts: Header) -> Iterator[Hit]:
        """Hits of the stretches that hold disguised characters, as they read without the disguise."""
        for read in regions(text):
            for hit in portable.search(self.confirmer, read.text, verdicts):
                start, end = read.span(hit.start, hit.end)
                yield hit._replace(start=start + offset, end=framed(text, end) + offset)

    def _embedded(self, text: str, offset: int) -> Iterator[Hit]:
        for start, end, inner in decode_base64_values(text):
            found = [*portable.search(self.confirmer, inner, {}), *self._disguised(inner, 0, {})]
            worst = max(found, key=self._weight, default=None)
            if worst and self.entities[worst.entity_type].sensitivity:
                reasons = (*worst.reasons, "base64")
                yield Hit(start + offset, end + offset, worst.entity_type, worst.score, reasons)

    def _weight(self, hit: Hit) -> tuple[int, float]:
        return self.entities[hit.entity_type].sensitivity, hit.score

    def _found_elsewhere(self) -> list[tuple[Finder, str]]:
        """The finders of the entities in force, with how far each may go."""
        if self._finders is None:
            modes = [(e, self._modes.get(e.entity_type, FULL)) for e in self.entities.values() if e.finder]
            self._finders = [
                (import_module(f"pii_guard.detect.{e.finder}").find, mode) for e, mode in modes if mode != "off"
            ]
        return self._finders


@cache
def _in_blocks() -> bool:
    """Whether what the block matcher needs is installed, and made for this machine."""
    return loads("numpy") and loads("hyperscan")


def _is_cued(hit: Hit) -> bool:
    return any(reason.startswith(CUED) for reason in hit.reasons)
