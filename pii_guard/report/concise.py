"""One line a finding, as compilers write it: path:line:column: severity TYPE masked."""

from __future__ import annotations

from typing import TextIO

from pii_guard.model import Annotation
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.report import Tally
from pii_guard.report import View
from pii_guard.report._terminal import encodable
from pii_guard.report._terminal import plain


class Concise:
    """Writes as events arrive."""

    def __init__(self, out: TextIO, view: View) -> None:
        self._out, self._encoding = out, view.encoding

    def finding(self, finding: Finding) -> None:
        """One line."""
        place = f"{plain(finding.path)}:{finding.line}:{finding.column}"
        self._line(f"{place}: {finding.severity} {finding.entity_type} {plain(finding.masked)}")

    def violation(self, violation: Violation) -> None:
        """One line."""
        place = f"{plain(violation.path)}:{violation.line}"
        self._line(f"{place}: {violation.severity} {violation.rule_id} {plain(violation.message)}")

    def annotation(self, annotation: Annotation) -> None:
        """One line; a note is no severity."""
        place = f"{plain(annotation.path)}:{annotation.line}"
        self._line(f"{place}: note {annotation.rule_id} {plain(annotation.message)}")

    def document(self, status: DocumentStatus) -> None:
        """Only what was not scanned is worth a line."""
        if status.status == "unscanned":
            self._line(f"{plain(status.path)}: unscanned {status.reason}")

    def close(self, tally: Tally) -> None:
        """Nothing to add."""

    def _line(self, text: str) -> None:
        self._out.write(encodable(text, self._encoding) + "\n")


def open(out: TextIO, view: View) -> Concise:
    """A concise reporter."""
    return Concise(out, view)
