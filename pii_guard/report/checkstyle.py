"""Checkstyle XML, read by Jenkins warnings-ng, reviewdog and most Chinese CI platforms."""

from __future__ import annotations

from typing import TextIO

from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.report import Tally
from pii_guard.report import View
from pii_guard.report import _words
from pii_guard.report._place import relative
from pii_guard.report._terminal import plain
from pii_guard.report.junit import _attribute as attribute

_SEVERITY = {"critical": "error", "high": "error", "medium": "warning", "low": "info", "info": "info"}


class Checkstyle:
    """Writes a file when its findings are complete."""

    def __init__(self, out: TextIO, view: View) -> None:
        self._out, self._view = out, view
        self._errors: list[str] = []
        out.write('<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="4.3">\n')

    def finding(self, finding: Finding) -> None:
        """An error of the file."""
        text = _words.message(finding, self._view)
        self._error(finding.line, finding.column, finding.severity, text, finding.entity_type)

    def violation(self, violation: Violation) -> None:
        """An error of its file, which has ended by now or is about to."""
        self._error(violation.line, 1, violation.severity, _words.explained(violation), violation.rule_id)
        if violation.path:
            self._flush(violation.path)

    def document(self, status: DocumentStatus) -> None:
        """The end of a file; what was not scanned is an error of its own."""
        if status.status == "unscanned":
            self._error(1, 1, "critical", plain(f"{status.reason}: {status.detail}"), "unscanned")
        self._flush(status.path)

    def close(self, tally: Tally) -> None:
        """The end."""
        self._out.write("</checkstyle>\n")

    def _error(self, line: int, column: int, severity: str, text: str, rule: str) -> None:
        place = f'line="{line}" column="{column}" severity="{_SEVERITY[severity]}"'
        self._errors.append(
            f"<error {place} message={attribute(text)} source={attribute(f'pii-guard.{rule}')}/>\n"
        )

    def _flush(self, path: str) -> None:
        if self._errors:
            self._out.write(f"<file name={attribute(relative(path))}>\n{''.join(self._errors)}</file>\n")
        self._errors = []


def open(out: TextIO, view: View) -> Checkstyle:
    """A Checkstyle reporter."""
    return Checkstyle(out, view)
