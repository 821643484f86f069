"""Several results as one.  Ids of results with unlike keys are kept apart: equal people would not be seen as equal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

from pii_guard.errors import UsageError
from pii_guard.summary.keys import SAME
from pii_guard.summary.keys import relation
from pii_guard.summary.values import Result


def join(results: Sequence[Result]) -> Result:
    """One result of all.  A file given twice would count twice, so it is refused."""
    digests = [origin.sha256 for result in results for origin in result.origins if origin.sha256]
    if len(set(digests)) < len(digests):
        raise UsageError("同一份结果给出了两次")
    if len(results) == 1:
        return results[0]
    apart = any(relation(results[0], other) != SAME for other in results[1:])
    parts = [_own(result, str(n)) for n, result in enumerate(results)] if apart else list(results)
    return Result(
        tuple(chain.from_iterable(r.origins for r in parts)),
        tuple(chain.from_iterable(r.findings for r in parts)),
        tuple(chain.from_iterable(r.violations for r in parts)),
        tuple(chain.from_iterable(r.unread for r in parts)),
        _scanned(parts),
        sum(r.files for r in parts) if all(r.files for r in parts) else 0,
        sum(r.missing for r in parts),
        sum(r.ignored for r in parts),
        sum(r.suppressed for r in parts),
        not apart and all(r.keyed for r in parts),
        "" if apart else parts[0].key_id,
        annotations=sum(r.annotations for r in parts),
        on_duty=any(r.on_duty for r in parts),
        linked_apart=apart,
    )


def _scanned(parts: Sequence[Result]) -> frozenset[str] | None:
    known = [r.scanned for r in parts if r.scanned is not None]
    return frozenset().union(*known) if len(known) == len(parts) else None


def _own(result: Result, name: str) -> Result:
    """The result with ids that no other result has."""
    findings = tuple(
        replace(
            f,
            fingerprint=f"{name}:{f.fingerprint}",
            value_id=f"{name}:{f.value_id}",
            person=f"{name}:{f.person}" if f.person else "",
        )
        for f in result.findings
    )
    violations = tuple(
        replace(v, evidence=tuple(f"{name}:{e}" for e in v.evidence)) for v in result.violations
    )
    return replace(result, findings=findings, violations=violations)
