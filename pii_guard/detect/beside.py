"""Detectors of others that work beside ours (`scan --with`): what they offer, and how overlaps are settled.

Where a hit of ours is medium or better it stands: another tool's score is not calibrated against ours (a
check digit that every tenth number passes counts 1.0 there).  A weak hit of ours gives way to a surer one
of theirs.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from pii_guard.detect.resolve import resolve
from pii_guard.detect.rules import Entity
from pii_guard.model import MEDIUM
from pii_guard.model import Hit


class Companion(Protocol):
    """Another tool's detectors; safe to share between threads."""

    @property
    def entities(self) -> Sequence[Entity]:
        """The types it can find."""
        ...

    def find(self, text: str, *, header: str | None = None) -> list[Hit]:
        """Its hits in a text, overlaps and all; none reaches across model.CELL_BREAK."""
        ...


def merge(ours: Sequence[Hit], theirs: Sequence[Hit], transparent: frozenset[str]) -> list[Hit]:
    """Hits of both without overlaps, in order.

    >>> theirs = [Hit(0, 11, "DE_TAX_ID", 0.99), Hit(20, 29, "SG_NRIC_FIN", 0.5)]
    >>> [h.entity_type for h in merge([Hit(0, 11, "MOBILE_PHONE", 0.8)], theirs, frozenset())]
    ['MOBILE_PHONE', 'SG_NRIC_FIN']
    """
    firm = [h for h in ours if h.score >= MEDIUM and h.entity_type not in transparent]
    return resolve([*ours, *_clear_of(firm, sorted(theirs))], transparent)


def _clear_of(firm: Sequence[Hit], hits: Sequence[Hit]) -> list[Hit]:
    """The sorted hits that touch none of the firm ones, which are sorted and do not overlap."""
    kept = []
    at = 0
    for hit in hits:
        while at < len(firm) and firm[at].end <= hit.start:
            at += 1
        if at == len(firm) or firm[at].start >= hit.end:
            kept.append(hit)
    return kept
