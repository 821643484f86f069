"""The manifest of a redaction run: who, when, with what, how much, from which bytes to which; no values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from pii_guard.redact.files import Outcome
from pii_guard.redact.redactor import Redactor


def manifest(outcomes: Sequence[Outcome], redactor: Redactor, *, who: str, when: str) -> dict[str, object]:
    """A JSON object; `when` is an ISO 8601 time the caller takes."""
    settings = redactor.settings
    totals: Counter[str] = Counter()
    for outcome in outcomes:
        totals.update(outcome.counts)
    return {
        "version": 1,
        "who": who,
        "when": when,
        "operator": settings.operator,
        "by_type": dict(settings.by_type),
        "key_id": settings.key.id if settings.key else None,
        "counts": dict(sorted(totals.items())),
        "documents": [_entry(outcome) for outcome in outcomes],
    }


def _entry(outcome: Outcome) -> dict[str, object]:
    entry: dict[str, object] = {
        "path": outcome.path,
        "status": outcome.status,
        "reason": outcome.reason or None,
        "counts": dict(sorted(outcome.counts.items())),
        "warnings": list(outcome.warnings),
        "input_sha256": outcome.input_sha256,
        "output_sha256": outcome.output_sha256 or None,
    }
    if outcome.problems:
        entry["problems"] = [
            [problem.code, problem.where, problem.entity_type] for problem in outcome.problems
        ]
    return entry
