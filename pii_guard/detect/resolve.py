"""Which of several overlapping hits stays."""

from __future__ import annotations

from collections.abc import Iterable

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


def _better(new: Hit, old: Hit) -> bool:
    return (round(new.score, 2), new.end - new.start) > (round(old.score, 2), old.end - old.start)
