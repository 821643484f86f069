"""CSV with a header line, one finding a row; cells that a spreadsheet would run as a formula are quoted.

What was not scanned becomes a row too, with its reason in `reasons`.
"""

from __future__ import annotations

import csv
from typing import TextIO

from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.report import Tally
from pii_guard.report import View
from pii_guard.report._terminal import plain

_COLUMNS = "path line column entity_type name severity confidence score masked reasons fingerprint".split()
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "::", "##")  # the last two command GitHub and Azure


class Csv:
    """Writes as events arrive."""

    def __init__(self, out: TextIO, view: View) -> None:
        self._rows = csv.writer(out, lineterminator="\n")
        self._view = view
        self._rows.writerow(_COLUMNS)

    def finding(self, finding: Finding) -> None:
        """One row."""
        reasons = "; ".join(map(self._view.messages.reason, finding.reasons))
        name = self._view.names.get(finding.entity_type, finding.entity_type)
        where = (finding.path, finding.line, finding.column, finding.entity_type, name)
        grade = (finding.severity, finding.confidence, finding.score, finding.masked, reasons, finding.fingerprint)
        self._rows.writerow([_safe(cell) for cell in (*where, *grade)])

    def violation(self, violation: Violation) -> None:
        """A row: the rule in the place of the type, message and remedy as the reasons."""
        law = " ".join(reference.article for reference in violation.law)
        reasons = "; ".join(filter(None, (violation.message, law, violation.remedy)))
        cells = (violation.path, violation.line, "", violation.rule_id, "", violation.severity, "", "", "", reasons, "")
        self._rows.writerow([_safe(cell) for cell in cells])

    def document(self, status: DocumentStatus) -> None:
        """A row for what was not scanned."""
        if status.status == "unscanned":
            reason = f"{status.reason}: {status.detail}"
            self._rows.writerow([_safe(c) for c in (status.path, "", "", "UNSCANNED", "", "", "", "", "", reason, "")])

    def close(self, tally: Tally) -> None:
        """Nothing to add."""


def _safe(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    shown = plain(cell)
    return f"'{shown}" if cell.startswith(_FORMULA) else shown


def open(out: TextIO, view: View) -> Csv:
    """A CSV reporter."""
    return Csv(out, view)
