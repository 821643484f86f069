"""GitHub workflow commands, which become annotations; and the job's summary page, where GitHub offers one.

GitHub shows few annotations a step, so only the gravest are written and the summary has the counts.  Text is
escaped, so that no file name or content can issue a command of its own.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TextIO

from pii_guard.model import SEVERITIES
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.report import Tally
from pii_guard.report import View
from pii_guard.report import _words
from pii_guard.report import md
from pii_guard.report._place import relative
from pii_guard.report._terminal import plain

MOST = 50
_COMMAND = {"critical": "error", "high": "error", "medium": "warning", "low": "notice", "info": "notice"}
_SUMMARY = "GITHUB_STEP_SUMMARY"


class Github:
    """Keeps the gravest lines, writes them at the end, gravest first."""

    def __init__(self, out: TextIO, view: View) -> None:
        self._out, self._view = out, view
        self._lines: dict[str, list[str]] = {severity: [] for severity in SEVERITIES}
        self._summary = md.Markdown(view)

    def finding(self, finding: Finding) -> None:
        """An annotation."""
        self._summary.finding(finding)
        place = {
            "file": relative(finding.path),
            "line": finding.line,
            "endLine": finding.end_line,
            "col": finding.column,
        }
        if finding.line == finding.end_line:
            place["endColumn"] = finding.end_column
        self._annotate(
            finding.severity, _words.title(finding, self._view), _words.message(finding, self._view), place
        )

    def violation(self, violation: Violation) -> None:
        """An annotation."""
        self._summary.violation(violation)
        place: dict[str, object] = {"file": relative(violation.path), "line": violation.line}
        self._annotate(violation.severity, violation.rule_id, _words.explained(violation), place)

    def document(self, status: DocumentStatus) -> None:
        """What was not scanned is an error."""
        self._summary.document(status)
        if status.status == "unscanned":
            text = plain(f"{status.reason} {status.detail}".strip())
            self._annotate(
                "critical", self._view.messages("status.unscanned"), text, {"file": relative(status.path)}
            )

    def close(self, tally: Tally) -> None:
        """The annotations and the summary."""
        lines = [line for severity in reversed(SEVERITIES) for line in self._lines[severity]]
        self._out.writelines(lines[:MOST])
        if path := os.environ.get(_SUMMARY):
            with Path(path).open("a", encoding="utf-8", errors="backslashreplace") as out:
                self._summary.write(out, tally)

    def _annotate(self, severity: str, title: str, text: str, place: dict[str, object]) -> None:
        kept = self._lines[severity]
        if len(kept) < MOST:
            properties = ",".join(
                f"{key}={_property(str(value))}" for key, value in {"title": title, **place}.items()
            )
            kept.append(f"::{_COMMAND[severity]} {properties}::{_data(text)}\n")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def open(out: TextIO, view: View) -> Github:
    """A GitHub reporter."""
    return Github(out, view)
