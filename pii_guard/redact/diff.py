"""What a redaction would change, place by place, both sides masked: safe to print."""

from __future__ import annotations

from collections.abc import Iterator

from pii_guard.detect.masking import mask
from pii_guard.formats import HEAD
from pii_guard.formats import find_format
from pii_guard.model import Document
from pii_guard.model import Place
from pii_guard.named import NamedTuple
from pii_guard.redact.document import Detect
from pii_guard.redact.document import detected
from pii_guard.redact.document import read_bytes
from pii_guard.redact.redactor import Redactor


class Change(NamedTuple):
    """One replacement; `before` is masked, `after` what will stand there."""

    place: Place
    entity_type: str
    before: str
    after: str


def changes(document: Document, redactor: Redactor, detect: Detect) -> Iterator[Change]:
    """All changes of a document in the order they are read."""
    chosen = find_format(document, read_bytes(document)[:HEAD])
    for segment, spots in detected(document, chosen.read(document), detect):
        for hit in redactor.wanted(segment.text, spots):
            value = segment.text[hit.start : hit.end]
            after = redactor.replacement(hit.entity_type, value)
            if after != value:
                shown = mask(hit.entity_type, value)
                yield Change(segment.locator.locate(hit.start, hit.end), hit.entity_type, shown, after)
