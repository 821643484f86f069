"""What a caller may rely on: a change here is a change of the promise, and stands in the change log."""

from __future__ import annotations

from dataclasses import fields

import pii_guard
from pii_guard.model import Violation


def test_names() -> None:
    assert pii_guard.__all__ == [
        "Annotation",
        "Assessment",
        "Finding",
        "Report",
        "Scanner",
        "assess_dialog",
        "assess_text",
        "redact_text",
        "scan_text",
    ]
    assert all(getattr(pii_guard, name).__doc__ for name in pii_guard.__all__)


def test_fields() -> None:
    assert [field.name for field in fields(pii_guard.Assessment)] == ["findings", "violations", "annotations"]
    assert pii_guard.Annotation._fields == ("rule_id", "message", "path", "line", "law", "evidence", "anchor")
    assert set(pii_guard.Annotation._fields) < set(Violation._fields)
