"""Names by the network: only stretches of text in which the gate sees a possible name are read."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Collection
from collections.abc import Iterator

from pii_guard.detect.person.candidates import foreign
from pii_guard.detect.person.evidence import evidence
from pii_guard.detect.person.gate import open_places
from pii_guard.detect.person.spans import spans
from pii_guard.detect.person.titles import TITLE_END
from pii_guard.model import Hit

CUT = -2.0
LONGEST = 80
BEFORE, BEHIND = 16, 22  # what the network sees around a possible name, within the clause
_CLAUSE = re.compile(rf"[^\n\x1f。！？!?；;，,]{{2,{LONGEST}}}[。！？!?；;，,]?")

Stretch = tuple[int, int]


def clauses(text: str) -> Iterator[Stretch]:
    """The clauses of a text, longer ones cut."""
    return (found.span() for found in _CLAUSE.finditer(text))


def windows(text: str, places: Collection[int]) -> list[Stretch]:
    """For each clause with possible names the stretch from before the first to behind the last of them."""
    found: list[Stretch] = []
    waiting = sorted(places)
    at = 0
    for start, end in clauses(text):
        first = bisect_left(waiting, start, at)
        at = bisect_left(waiting, end, first)
        if at > first:
            found.append((max(start, waiting[first] - BEFORE), min(end, waiting[at - 1] + BEHIND)))
        if at == len(waiting):
            break
    return found


def modelled(text: str, known: Collection[int] = ()) -> Iterator[Hit]:
    """What the network takes for names; `known` are places that need no second opinion."""
    places = {*open_places(text, CUT), *foreign(text)}
    stretches = windows(text, places.difference(known))
    found = evidence([text[start:end] for start, end in stretches])
    for (start, _), pairs in zip(stretches, found, strict=True):
        for span in spans(text, start, pairs):
            title = TITLE_END.search(text[span.start : span.end])
            stop = span.start + title.start() if title else span.end
            yield Hit(span.start, stop, "PERSON", 1 / (1 + math.exp(-span.weight)), ("model",))
