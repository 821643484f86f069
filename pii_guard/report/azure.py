"""Azure Pipelines logging commands: issues of the build, and a failed task where the gate says no."""

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

_ESCAPES = {"%": "%AZP25", "\r": "%0D", "\n": "%0A", ";": "%3B", "]": "%5D"}


class Azure:
    """Writes as events arrive."""

    def __init__(self, out: TextIO, view: View) -> None:
        self._out, self._view = out, view

    def finding(self, finding: Finding) -> None:
        """An issue."""
        text = _words.message(finding, self._view)
        self._issue(
            finding.severity, finding.path, finding.line, finding.column, finding.entity_type, text=text
        )

    def violation(self, violation: Violation) -> None:
        """An issue."""
        text = _words.explained(violation)
        self._issue(violation.severity, violation.path, violation.line, 1, violation.rule_id, text=text)

    def document(self, status: DocumentStatus) -> None:
        """What was not scanned is an error."""
        if status.status == "unscanned":
            self._issue(
                "critical",
                status.path,
                1,
                1,
                "unscanned",
                text=plain(f"{status.reason} {status.detail}".strip()),
            )

    def close(self, tally: Tally) -> None:
        """The outcome of the task."""
        if tally.verdict.get("exit_code", 0):
            self._out.write("##vso[task.complete result=Failed;]pii-guard\n")

    def _issue(self, severity: str, path: str, line: int, column: int, code: str, *, text: str) -> None:
        kind = "error" if severity in ("critical", "high") else "warning"
        place = f"sourcepath={_escaped(relative(path))};linenumber={line};columnnumber={column};"
        place += f"code={_escaped(code)};"
        self._out.write(f"##vso[task.logissue type={kind};{place}]{_data(text)}\n")


def _escaped(text: str) -> str:
    return "".join(_ESCAPES.get(char, char) for char in text)


def _data(text: str) -> str:
    return text.replace("%", "%AZP25").replace("\r", "%0D").replace("\n", "%0A")


def open(out: TextIO, view: View) -> Azure:
    """An Azure Pipelines reporter."""
    return Azure(out, view)
