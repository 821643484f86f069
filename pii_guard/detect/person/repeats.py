"""A name found with certainty is found wherever else it stands in the text."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator

from pii_guard.detect.words import compile_words
from pii_guard.model import Hit

SURE = 0.8


def repeated(text: str, hits: Iterable[Hit]) -> Iterator[Hit]:
    """Further mentions of the sure names of two characters or more."""
    hits = list(hits)
    sure = {text[h.start : h.end] for h in hits if h.score >= SURE and h.end - h.start >= 2}
    taken = {h.start for h in hits}
    if not sure:
        return
    for found in compile_words(sure).finditer(text):
        if found.start() not in taken:
            short = found.end() - found.start() == 2
            yield Hit(found.start(), found.end(), "PERSON", 0.6 if short else 0.75, ("repeat",))
