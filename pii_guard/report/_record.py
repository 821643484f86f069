"""A finding or a document as a JSON-ready mapping: the public contract of every machine-readable output."""

from __future__ import annotations

from pii_guard.model import Annotation
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Violation

VERSION = 1


def of_finding(finding: Finding) -> dict[str, object]:
    """The fields of a finding, in their order."""
    return {
        "path": finding.path,
        "entity_type": finding.entity_type,
        "start": finding.start,
        "end": finding.end,
        "line": finding.line,
        "column": finding.column,
        "end_line": finding.end_line,
        "end_column": finding.end_column,
        "score": finding.score,
        "confidence": finding.confidence,
        "severity": finding.severity,
        "masked": finding.masked,
        "reasons": list(finding.reasons),
        "fingerprint": finding.fingerprint,
        "value_id": finding.value_id,
        "person": finding.person or None,
        "anchor": finding.anchor.to_json(),
        "rules": list(finding.rules),
        "channels": list(finding.channels),
    }


def of_violation(violation: Violation) -> dict[str, object]:
    """The fields of a violation, in their order."""
    return {
        "rule_id": violation.rule_id,
        "channel": violation.channel,
        "severity": violation.severity,
        "law": [{"id": law.id, "article": law.article, "grade": law.grade} for law in violation.law],
        "message": violation.message,
        "remedy": violation.remedy,
        "evidence": list(violation.evidence),
        "path": violation.path,
        "line": violation.line,
        "anchor": violation.anchor.to_json(),
    }


def of_annotation(annotation: Annotation) -> dict[str, object]:
    """The fields of an annotation, in their order."""
    return {
        "rule_id": annotation.rule_id,
        "law": [{"id": law.id, "article": law.article, "grade": law.grade} for law in annotation.law],
        "message": annotation.message,
        "evidence": list(annotation.evidence),
        "path": annotation.path,
        "line": annotation.line,
        "anchor": annotation.anchor.to_json(),
    }


def of_document(status: DocumentStatus) -> dict[str, object]:
    """The fields of a document; the class and level of what it holds where they were worked out."""
    known: dict[str, object] = {"path": status.path, "status": status.status, "reason": status.reason, "detail": status.detail}
    if status.data_level:
        known |= {"data_class": status.data_class or None, "data_level": status.data_level}
    return known
