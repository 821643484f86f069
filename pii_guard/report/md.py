"""Markdown: tables of the gravest findings, of broken rules and of what was not scanned."""

from __future__ import annotations

import re
from typing import TextIO

from pii_guard.model import SEVERITIES
from pii_guard.model import Annotation
from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.report import Tally
from pii_guard.report import View
from pii_guard.report import _words
from pii_guard.report._place import relative
from pii_guard.report._terminal import plain

MOST = 200  # rows of a table
_ACTIVE = re.compile(r"([\\`*_{}\[\]()#+!|<>@~&])")
Row = tuple[str, ...]


class Markdown:
    """Keeps rows by severity."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._findings: dict[str, list[Row]] = {severity: [] for severity in SEVERITIES}
        self._violations: dict[str, list[Row]] = {severity: [] for severity in SEVERITIES}
        self._notes: list[Row] = []

    def finding(self, finding: Finding) -> None:
        """A row."""
        say, rows = self._view.messages, self._findings[finding.severity]
        if len(rows) < MOST:
            reasons = "，".join(say.reason(code) for code in finding.reasons if code)
            place = f"{relative(finding.path)}:{finding.line}:{finding.column}"
            rows.append(
                (
                    place,
                    say(f"severity.{finding.severity}"),
                    _words.name(finding, self._view),
                    finding.masked,
                    reasons,
                )
            )

    def violation(self, violation: Violation) -> None:
        """A row."""
        say, rows = self._view.messages, self._violations[violation.severity]
        if len(rows) < MOST:
            place = f"{relative(violation.path)}:{violation.line}"
            what = f"{violation.message} {_words.cited(violation)}".strip()
            rows.append(
                (place, say(f"severity.{violation.severity}"), violation.rule_id, what, violation.remedy)
            )

    def annotation(self, annotation: Annotation) -> None:
        """A row."""
        if len(self._notes) < MOST:
            self._notes.append((f"{relative(annotation.path)}:{annotation.line}", annotation.rule_id, annotation.message))

    def document(self, status: DocumentStatus) -> None:
        """The tally keeps what was not scanned."""

    def write(self, out: TextIO, tally: Tally) -> None:
        """The page."""
        say = self._view.messages
        out.write(f"## {say('md.title')}\n\n{self._summary(tally)}\n")
        self._table(out, say("md.columns"), self._findings, tally.findings)
        if any(self._violations.values()):
            out.write(f"\n### {say('md.violations')}\n")
            self._table(out, say("md.violation_columns"), self._violations)
        if self._notes:
            out.write(f"\n### {say('md.notes')}\n")
            self._table(out, say("md.note_columns"), {SEVERITIES[0]: self._notes})
        if tally.unscanned:
            out.write(f"\n**{say('text.unscanned')}**\n\n")
            out.writelines(
                f"- {_cell(relative(s.path))}: {s.reason} {_cell(s.detail)}\n" for s in tally.unscanned[:MOST]
            )

    def _summary(self, tally: Tally) -> str:
        say = self._view.messages
        parts = [say("text.summary", files=tally.files)]
        parts.append(_words.found(tally, say))
        if violated := _words.violated(tally, say):
            parts.append(violated)
        if tally.unscanned:
            parts.append(say("text.not_scanned", n=len(tally.unscanned)))
        failed = _words.failed(tally, say)
        return _words.comma(say).join(parts) + (f"\n\n**{_cell(failed)}**" if failed else "")

    def _table(self, out: TextIO, columns: str, by_severity: dict[str, list[Row]], total: int = 0) -> None:
        rows = [row for severity in reversed(SEVERITIES) for row in by_severity.get(severity, ())][:MOST]
        if not rows:
            return
        names = columns.split("|")
        out.write(f"\n| {' | '.join(names)} |\n|{'---|' * len(names)}\n")
        out.writelines(f"| {' | '.join(map(_cell, row))} |\n" for row in rows)
        if total > len(rows):
            out.write(f"\n{self._view.messages('text.more', n=total - len(rows))}\n")


class _Page(Markdown):
    """A Markdown reporter with an output of its own."""

    def __init__(self, out: TextIO, view: View) -> None:
        super().__init__(view)
        self._out = out

    def close(self, tally: Tally) -> None:
        """The page."""
        self.write(self._out, tally)


def _cell(text: str) -> str:
    """Text that Markdown and HTML take literally."""
    return (
        _ACTIVE.sub(r"\\\1", plain(text))
        .replace("\\<", "&lt;")
        .replace("\\>", "&gt;")
        .replace("\\&", "&amp;")
    )


def open(out: TextIO, view: View) -> _Page:
    """A Markdown reporter."""
    return _Page(out, view)
