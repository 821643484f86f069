"""Between detection and the rules: the segments of a document as the judge sees them, and its verdict brought back.

The judge counts offsets in a segment's text; findings carry those of their document.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING

from pii_guard import policy
from pii_guard.model import Finding
from pii_guard.model import Hit
from pii_guard.model import Segment
from pii_guard.model import Violation

if TYPE_CHECKING:
    from pii_guard.scanner import Scanner


def judged(
    scanner: Scanner,
    path: str,
    segments: Sequence[Segment],
    hits: Sequence[Sequence[Hit]],
    placed: Sequence[Sequence[Finding]],
) -> tuple[list[Finding], list[Violation]]:
    """Findings with the rules that count them, and the violations of one document or one stretch of it."""
    seen = tuple(_seen(*one) for one in zip(segments, hits, placed, strict=True))
    kind = PurePath(path).suffix.lower().lstrip(".")
    violations = policy.judge(scanner.ruleset, policy.JudgedUnit(path, kind, seen))
    lines: dict[str, int] = {}
    for finding in (f for of_segment in placed for f in of_segment):
        lines[finding.fingerprint] = min(finding.line, lines.get(finding.fingerprint, finding.line))
    found = policy.annotate([f for of_segment in placed for f in of_segment], violations)
    return found, [_at_its_evidence(violation, lines) for violation in violations]


def _seen(segment: Segment, hits: Sequence[Hit], placed: Sequence[Finding]) -> policy.JudgedSegment:
    local = tuple(f._replace(start=h.start, end=h.end) for f, h in zip(placed, hits, strict=True))
    where = segment.locator.locate(0, 0)
    return policy.JudgedSegment(segment.text, local, segment.role, segment.header, where.anchor, where.line)


def _at_its_evidence(violation: Violation, lines: dict[str, int]) -> Violation:
    known = [lines[mark] for mark in violation.evidence if mark in lines]
    return violation._replace(line=min(known)) if known else violation
