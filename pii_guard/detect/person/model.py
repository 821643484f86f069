"""Names by the network: only stretches of text in which the gate sees a possible name are read."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Collection
from collections.abc import Iterator
from collections.abc import Mapping

from pii_guard.detect.person.candidates import foreign
from pii_guard.detect.person.evidence import evidence
from pii_guard.detect.person.gate import open_places
from pii_guard.detect.person.spans import Span
from pii_guard.detect.person.spans import spans
from pii_guard.detect.person.titles import TITLE_END
from pii_guard.model import Hit
from pii_guard.patterns import lazy

LOOSE, STRICT = -4.0, 0.0  # scores of the gate, in a short text or near names and elsewhere
SHORT, NEAR = 2000, 256  # characters
LONGEST = 80
BEFORE, BEHIND = 12, 16  # what the network sees around a possible name, within the clause
_CLAUSE = lazy(rf"[^\n\x1f。！？!?；;，,]{{2,{LONGEST}}}[。！？!?；;，,]?")

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


def modelled(text: str, known: Collection[int] = ()) -> list[Hit]:
    """What the network takes for names; `known` are places that need no second opinion.

    In a long text the gate opens wide only near names that it found through the narrow one: most of a chat
    holds none, most of a report holds many.
    """
    opened = dict(open_places(text, LOOSE))
    always = set(foreign(text)).difference(known)
    if len(text) <= SHORT:
        return read(text, always.union(opened).difference(known), opened)
    surely = always.union(at for at, score in opened.items() if score > STRICT)
    hits = read(text, surely.difference(known), opened)
    near = {hit.start // NEAR + step for hit in hits for step in (-1, 0, 1)}
    more = {at for at, score in opened.items() if score <= STRICT and at // NEAR in near}
    return hits + read(text, more.difference(known), opened)


def read(text: str, places: Collection[int], gate: Mapping[int, float]) -> list[Hit]:
    """What the network finds in the clauses of these places."""
    stretches = windows(text, places)
    found = evidence([text[start:end] for start, end in stretches])
    return [
        hit_of(text, span)
        for (start, _), pairs in zip(stretches, found, strict=True)
        for span in spans(text, start, pairs, gate)
    ]


def hit_of(text: str, span: Span) -> Hit:
    """The span as a hit, without a title at its end."""
    title = TITLE_END.search(text[span.start : span.end])
    end = span.start + title.start() if title else span.end
    return Hit(span.start, end, "PERSON", 1 / (1 + math.exp(-span.weight)), ("model",))
