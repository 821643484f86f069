"""JUnit XML, which every CI server draws: a failure a finding, an error for what was not scanned, `skipped`
for what is excused, and a passing case a clean file.  Valid by the schema of Jenkins (junit-10.xsd).
"""

from __future__ import annotations

import re
from typing import TextIO
from xml.sax.saxutils import escape
from xml.sax.saxutils import quoteattr

from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.report import Tally
from pii_guard.report import View
from pii_guard.report import _words
from pii_guard.report._place import relative
from pii_guard.report._terminal import plain

_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Junit:
    """Keeps the cases: their counts stand before them."""

    def __init__(self, out: TextIO, view: View) -> None:
        self._out, self._view = out, view
        self._cases: list[str] = []
        self._counts = {"failures": 0, "errors": 0, "skipped": 0}

    def finding(self, finding: Finding) -> None:
        """A failed case."""
        place = f"{finding.entity_type} {finding.line}:{finding.column}"
        self._case(finding.path, place, "failure", finding.severity, _words.message(finding, self._view))

    def suppressed(self, finding: Finding) -> None:
        """A skipped case."""
        excuse = finding.suppression
        text = plain(f"{excuse.kind}: {excuse.reason}") if excuse else ""
        self._case(
            finding.path, f"{finding.entity_type} {finding.line}:{finding.column}", "skipped", "", text
        )

    def violation(self, violation: Violation) -> None:
        """A failed case."""
        place = f"{violation.rule_id} {violation.line}"
        self._case(violation.path, place, "failure", violation.severity, _words.explained(violation))

    def document(self, status: DocumentStatus) -> None:
        """An error where it was not scanned, a passed case where it is clean."""
        if status.status == "unscanned":
            text = plain(f"{status.reason}: {status.detail}")
            self._case(
                status.path,
                self._view.messages("status.unscanned"),
                "error",
                status.reason or "unscanned",
                text,
            )
        elif status.status == "scanned" and not status.findings:
            self._case(status.path, self._view.messages("junit.clean"))

    def close(self, tally: Tally) -> None:
        """The whole file; a run without a file is one passed case, because servers reject empty suites."""
        if not self._cases:
            self._case("pii-guard", self._view.messages("junit.nothing"))
        counts = {"tests": len(self._cases), **self._counts}
        attributes = " ".join(f'{key}="{count}"' for key, count in counts.items())
        totals = f'tests="{counts["tests"]}" failures="{counts["failures"]}" errors="{counts["errors"]}"'
        self._out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="pii-guard" {totals}>\n')
        self._out.write(f'<testsuite name="pii-guard" {attributes} time="0">\n')
        self._out.writelines(self._cases)
        self._out.write("</testsuite>\n</testsuites>\n")

    def _case(self, path: str, name: str, outcome: str = "", kind: str = "", text: str = "") -> None:
        begin = f'<testcase classname={_attribute(relative(path))} name={_attribute(name)} time="0"'
        if not outcome:
            self._cases.append(f"{begin}/>\n")
            return
        self._counts["skipped" if outcome == "skipped" else f"{outcome}s"] += 1
        type_ = f" type={_attribute(kind)}" if kind else ""
        body = f"<{outcome}{type_} message={_attribute(text)}>{_text(text)}</{outcome}>"
        if outcome == "skipped":
            body = f"<skipped message={_attribute(text)}/>"
        self._cases.append(f"{begin}>{body}</testcase>\n")


def _attribute(text: str) -> str:
    return quoteattr(_NOT_XML.sub("?", text))


def _text(text: str) -> str:
    return escape(_NOT_XML.sub("?", text))


def open(out: TextIO, view: View) -> Junit:
    """A JUnit reporter."""
    return Junit(out, view)
