"""A name found with certainty is found wherever else it stands in the text."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from collections.abc import Iterator

from pii_guard.detect.person.cues import plain
from pii_guard.detect.person.shape import bounded
from pii_guard.detect.words import compile_found
from pii_guard.model import DOCUMENT_BREAK
from pii_guard.model import Hit

SURE = 0.8


def _proper(text: str, hit: Hit) -> bool:
    """Said by a cue, or unmistakably a name: one odd reading of the network must not spread."""
    value = text[hit.start : hit.end]
    return len(value) > 1 and (hit.reasons[0] != "model" or (len(value) > 2 and plain(value)) or "·" in value)


def repeated(text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Further mentions of the sure names of two characters or more, in the same document."""
    waiting = deque(sorted(hits))
    at = 0
    while waiting:
        at = text.rfind(DOCUMENT_BREAK, at, waiting[0].start) + 1 or at
        end = text.find(DOCUMENT_BREAK, waiting[0].start)
        end = len(text) if end < 0 else end
        own = []
        while waiting and waiting[0].start < end:
            hit = waiting.popleft()
            own.append(hit._replace(start=hit.start - at, end=hit.end - at))
        for hit in _repeated_in(text[at:end], own):
            yield hit._replace(start=hit.start + at, end=hit.end + at)


def _repeated_in(text: str, hits: list[Hit]) -> Iterator[Hit]:
    sure = {text[h.start : h.end] for h in hits if h.score >= SURE and _proper(text, h)}
    taken = {h.start for h in hits}
    if not sure:
        return
    for found in compile_found(sure).finditer(text):
        latin = found.group()[0].isascii() and not bounded(text, *found.span())
        if found.start() not in taken and not latin:
            short = found.end() - found.start() == 2
            yield Hit(found.start(), found.end(), "PERSON", 0.6 if short else 0.75, ("repeat",))
