"""Which of several overlapping hits stays."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from collections.abc import Sequence
from itertools import accumulate

from pii_guard.model import Hit


def resolve(hits: Iterable[Hit], transparent: frozenset[str] = frozenset()) -> list[Hit]:
    """Hits without overlaps, in order: the higher score wins, then the longer, then the earlier.

    Entity types in `transparent` (a URL) neither push others out nor are pushed out.

    >>> resolve([Hit(0, 11, "MOBILE_PHONE", .7), Hit(0, 18, "RESIDENT_ID", .9), Hit(20, 25, "QQ", .6)])
    [Hit(start=0, end=18, entity_type='RESIDENT_ID', score=0.9, reasons=()), Hit(start=20, end=25, entity_type='QQ', score=0.6, reasons=())]
    """
    ordered = sorted(hits)
    kept: list[Hit] = []
    aside = [h for h in ordered if h.entity_type in transparent] if transparent else []
    for hit in ordered:
        if hit.entity_type in transparent:
            continue
        while kept and hit.start < kept[-1].end and _better(hit, kept[-1]):
            kept.pop()
        if not kept or hit.start >= kept[-1].end:
            kept.append(hit)
    if not aside:
        return kept
    return sorted({(h.start, h.end, h.entity_type): h for h in kept + aside}.values())


def without_parts(hits: Sequence[Hit], whole: frozenset[str], secrets: frozenset[str]) -> Sequence[Hit]:
    """The hits without those that are only parts of a value of a type in `whole`: the number that an e-mail address
    begins with.  A secret is more than a part: `postgres://user:password@db.example.com`.

    >>> found = [Hit(0, 11, "MOBILE_PHONE", .99), Hit(0, 19, "EMAIL_ADDRESS", .86), Hit(12, 19, "URL", .5)]
    >>> without_parts(found, frozenset({"EMAIL_ADDRESS"}), frozenset())
    [Hit(start=0, end=19, entity_type='EMAIL_ADDRESS', score=0.86, reasons=())]
    """
    spans = sorted({(h.start, h.end) for h in hits if h.entity_type in whole})
    if not spans:
        return hits
    starts, ends = [start for start, _ in spans], [*accumulate((end for _, end in spans), max)]

    def is_part(hit: Hit) -> bool:
        at = bisect_right(starts, hit.start) - 1
        return at >= 0 and hit.end <= ends[at] and (hit.start, hit.end) != spans[at]

    return [h for h in hits if h.entity_type in whole or h.entity_type in secrets or not is_part(h)]


def _better(new: Hit, old: Hit) -> bool:
    return (round(new.score, 2), new.end - new.start) > (round(old.score, 2), old.end - old.start)

def touches(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether start:end overlaps one of the spans, which are in order and apart."""
    before = bisect_right(spans, (end - 1, 1 << 62)) - 1
    return before >= 0 and spans[before][1] > start
