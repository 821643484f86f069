"""Redacting a document: read and detected once, then rewritten in its own format.

What is found anywhere is also replaced where the document repeats it out of context (a name in the
properties, in a sheet's title): the values found are looked for in every text.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from itertools import islice

from pii_guard.detect.together import SMALL
from pii_guard.detect.together import join
from pii_guard.detect.together import name_segment
from pii_guard.formats import HEAD
from pii_guard.formats import Format
from pii_guard.formats import find_format
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Hit
from pii_guard.model import Segment
from pii_guard.redact.occurrences import Occurrences
from pii_guard.redact.occurrences import Value
from pii_guard.redact.redactor import Redactor
from pii_guard.redact.redactor import Spotted
from pii_guard.redact.redactor import scene_of
from pii_guard.redact.support import shortfall
from pii_guard.redact.text import pseudonym_index
from pii_guard.redact.text import restore_edits

Detect = Callable[[Segment], Sequence[Spotted]]


@dataclass(frozen=True, slots=True)
class RedactionResult:
    """A rewritten document; `values` are what was replaced, for the verification and nothing else."""

    data: bytes = field(repr=False)
    counts: Mapping[str, int]
    warnings: tuple[str, ...] = ()
    values: frozenset[Value] = field(default=frozenset(), repr=False)

    @property
    def changed(self) -> bool:
        """Whether anything was replaced."""
        return bool(self.counts)


def redact_document(
    document: Document, redactor: Redactor, detect: Detect, *, format_: Format | None = None
) -> RedactionResult:
    """The document without what `detect` finds; unchanged, byte for byte, where it finds nothing."""
    data = read_bytes(document)
    chosen = format_ or find_format(document, data[:HEAD])
    memory = _Memory(redactor, detect)
    for segment, spots in detected(document, chosen.read(document), detect):
        memory.learn(segment, spots)
    if not memory.values:
        return RedactionResult(data, {})
    scene = scene_of(value.entity_type for value in memory.values)
    replacer = Replacer(redactor, memory, Occurrences(memory.values), scene)
    new = chosen.rewrite(document, replacer)
    found = memory.values | replacer.values
    left = frozenset(value for value in found if redactor.replacement(*value) != value.text)
    notes = (
        [shortfall(chosen, redactor.settings.operator), *replacer.notes]
        if replacer.counts
        else replacer.notes
    )
    return RedactionResult(new, dict(replacer.counts), tuple(dict.fromkeys(filter(None, notes))), left)


def detected(
    document: Document, segments: Iterable[Segment], detect: Detect
) -> Iterator[tuple[Segment, Sequence[Spotted]]]:
    """Each segment with what is found in it, as a scan of the document finds it."""
    if document.size is None or document.size > SMALL:
        yield from ((segment, detect(segment)) for segment in segments)
        return
    parts = [name_segment(document.path), *segments]
    found: list[list[Spotted]] = [[*detect(part)] if part.header else [] for part in parts]
    joined = join([parts])
    for spot in detect(joined.segment):
        number, start = joined.where(spot.start)
        found[number].append(Hit(spot.start - start, spot.end - start, spot.entity_type, spot.score))
    yield from islice(zip(parts, found, strict=True), 1, None)


def restore_document(document: Document, redactor: Redactor, *, format_: Format | None = None) -> bytes:
    """The document with encrypted values and pseudonyms brought back."""
    chosen = format_ or find_format(document, read_bytes(document)[:HEAD])
    key, vault = redactor.settings.key, redactor.settings.vault
    known = pseudonym_index(vault)

    def replace(segment: Segment) -> Sequence[Edit]:
        return restore_edits(segment.text, key=key, vault=vault, known=known)

    return chosen.rewrite(document, replace)


def read_bytes(document: Document) -> bytes:
    """All bytes of a document."""
    with document.open() as stream:
        return stream.read()


class _Memory:
    """What was detected in a segment, so that reading and rewriting ask the detectors once."""

    def __init__(self, redactor: Redactor, detect: Detect) -> None:
        self._redactor, self._detect = redactor, detect
        self._known: dict[bytes, list[Hit]] = {}
        self.values: set[Value] = set()

    def learn(self, segment: Segment, spots: Sequence[Spotted]) -> None:
        """Take in what was found where the segment stands: the same words elsewhere may have told less."""
        digest = _digest(segment)
        hits = self._redactor.wanted(segment.text, [*spots, *self._known.get(digest, ())])
        self._known[digest] = hits
        self.values.update(_values(segment.text, hits))

    def hits(self, segment: Segment) -> list[Hit]:
        """The findings to act upon."""
        digest = _digest(segment)
        if digest not in self._known:
            self.learn(segment, self._detect(segment))
        return self._known[digest]


def _digest(segment: Segment) -> bytes:
    seen = f"{segment.header}\x00{segment.role}\x00{segment.text}".encode("utf-8", "surrogatepass")
    return hashlib.blake2b(seen, digest_size=16).digest()


def _values(text: str, hits: Sequence[Hit]) -> Iterator[Value]:
    return (Value(hit.entity_type, text[hit.start : hit.end]) for hit in hits)


class Replacer:
    """Answers a format's question what to replace in a segment; hears its notes and counts."""

    def __init__(self, redactor: Redactor, memory: _Memory, known: Occurrences, scene: str | None) -> None:
        self._redactor, self._memory, self._known, self._scene = redactor, memory, known, scene
        self.counts: Counter[str] = Counter()
        self.notes: list[str] = []
        self.values: set[Value] = set()

    def __call__(self, segment: Segment) -> Sequence[Edit]:
        """The edits of a segment."""
        hits, edits = self._asked(segment)
        changed = {edit.start for edit in edits}
        self.counts.update(hit.entity_type for hit in hits if hit.start in changed)
        return edits

    def again(self, segment: Segment) -> Sequence[Edit]:
        """The edits of a text that is read a second time another way: not counted."""
        return self._asked(segment)[1]

    def _asked(self, segment: Segment) -> tuple[list[Hit], list[Edit]]:
        text = segment.text
        hits = self._memory.hits(segment)
        places = {(hit.start, hit.end) for hit in hits}
        repeats = self._known.find(text, places)
        if repeats:  # joined with what they overlap, they may be values nobody detected
            hits = self._redactor.wanted(text, [*hits, *repeats])
            self.values.update(_values(text, hits))
        return hits, self._redactor.edits(text, hits, self._scene)

    def note(self, message: str) -> None:
        """What could not be kept or read."""
        self.notes.append(message)
