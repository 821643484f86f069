"""JSON (RFC 8259) and JSON lines: strings, numbers and keys, joined by key path.

Where something is found, its record is taken apart again to give the exact place.  What does not parse is read as
plain text.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Mapping
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from pii_guard.formats import plain
from pii_guard.model import Document
from pii_guard.model import Edit
from pii_guard.model import Segment
from pii_guard.patterns import lazy
from pii_guard.text import splice
from pii_guard.text.decode import Block
from pii_guard.text.decode import blocks

if TYPE_CHECKING:
    from pii_guard.containers.json_paths import Path
    from pii_guard.containers.json_stream import Batch

NAME = "json"
EXTRA: str | None = None
SUFFIXES = frozenset({".json", ".jsonl", ".ndjson", ".geojson", ".ipynb", ".webmanifest", ".har"})

_LONE = lazy("[\ud800-\udfff]")
_SHAPE = lazy(rb'\s*(?:\{\s*(?:"|\}\s*$)|\[\s*(?:["\[{]|-?[0-9]+\s*,))')


def sniff(head: bytes) -> bool:
    """An object, or an array of strings, arrays, objects or numbers."""
    return _SHAPE.match(head) is not None


def read(document: Document) -> Iterator[Segment]:
    """For each batch of records one segment a key path and speaker role."""
    with document.open() as stream:
        yield from _segments(blocks(stream))


def rewrite(document: Document, replace: Callable[[Segment], Sequence[Edit]]) -> bytes:
    """The document with the edits made; keys, number notation and layout stay."""
    return splice.rewrite(document, _segments, replace)


def _segments(parts: Iterator[Block]) -> Iterator[Segment]:
    from pii_guard.containers.json_stream import batches

    for batch in batches(parts):
        yield from _by_path(batch)
        for start, end in batch.broken:
            yield plain.segment(batch.part(start, end))


def _by_path(batch: Batch) -> Iterator[Segment]:
    """One segment a key path and role, and the keys; records nested too deeply are read as text."""
    from pii_guard.containers.json_paths import gather
    from pii_guard.containers.json_paths import numbered
    from pii_guard.containers.json_paths import questions

    found = gather(batch.values)
    asked = questions([(role, path.places, path.texts) for (_, role), path in found.paths.items() if role])
    numbers = numbered(path.places for (_, role), path in found.paths.items() if role)
    for number in found.deep:
        yield plain.segment(batch.part(*batch.spans[number]))
    for (name, role), path in found.paths.items():
        if path.texts:
            yield _segment(batch, path, name, role, asked, numbers)
    if found.keys.texts:
        yield _segment(batch, found.keys, "", None, {}, {})


def _segment(
    batch: Batch,
    path: Path,
    name: str,
    role: str | None,
    asked: Mapping[tuple[int, int], str],
    numbers: Mapping[tuple[int, int], int],
) -> Segment:
    from pii_guard.containers.json_cells import cell
    from pii_guard.text.cells import CellsLocator
    from pii_guard.text.cells import joined

    text = joined(path.texts)
    if "\\" in batch.block.text and not text.isascii():
        text = _LONE.sub("\ufffd", text)
    find = partial(cell, batch, path, name, role, numbers)
    answers = {n: asked[place] for n, place in enumerate(path.places) if place in asked} if role and asked else {}
    locator = CellsLocator(text, batch.table, batch.block.offset, find, path.places, answers)
    return Segment(text, locator, name or None, role)
