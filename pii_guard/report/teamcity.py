"""TeamCity service messages: inspections, and a build problem where the gate says no."""

from __future__ import annotations

import re
from typing import TextIO

from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.report import Tally
from pii_guard.report import View
from pii_guard.report import _words
from pii_guard.report._place import relative
from pii_guard.report._terminal import plain

_SPECIAL = re.compile("[|'\\[\\]\n\r]|[^\x00-\x7f]")
_ESCAPES = {"\n": "|n", "\r": "|r"}
_SEVERITY = {"critical": "ERROR", "high": "ERROR", "medium": "WARNING", "low": "WEAK WARNING", "info": "INFO"}
_LONGEST = 4000


class Teamcity:
    """Writes as events arrive; a type is announced before its first inspection."""

    def __init__(self, out: TextIO, view: View) -> None:
        self._out, self._view = out, view
        self._known: set[str] = set()

    def finding(self, finding: Finding) -> None:
        """An inspection."""
        kind, title = finding.entity_type, _words.title(finding, self._view)
        self._inspect(
            kind,
            title,
            finding.severity,
            finding.path,
            finding.line,
            text=_words.message(finding, self._view),
        )

    def violation(self, violation: Violation) -> None:
        """An inspection."""
        text = _words.explained(violation)
        self._inspect(
            violation.rule_id,
            violation.rule_id,
            violation.severity,
            violation.path,
            violation.line,
            text=text,
        )

    def document(self, status: DocumentStatus) -> None:
        """What was not scanned is an inspection of its own."""
        if status.status == "unscanned":
            title = self._view.messages("status.unscanned")
            self._inspect(
                "unscanned",
                title,
                "critical",
                status.path,
                1,
                text=plain(f"{status.reason} {status.detail}".strip()),
            )

    def close(self, tally: Tally) -> None:
        """The outcome."""
        if tally.verdict.get("exit_code", 0):
            text = self._view.messages("text.found", n=tally.findings)
            self._message("buildProblem", description=f"pii-guard: {text}", identity="pii-guard")

    def _inspect(self, kind: str, title: str, severity: str, path: str, line: int, *, text: str) -> None:
        if kind not in self._known:
            self._known.add(kind)
            self._message("inspectionType", id=kind, name=title, category="pii-guard", description=title)
        place = {"file": relative(path), "line": str(line)}
        self._message("inspection", typeId=kind, message=text, SEVERITY=_SEVERITY[severity], **place)

    def _message(self, kind: str, /, **attributes: str) -> None:
        words = " ".join(f"{key}='{_escaped(value)}'" for key, value in attributes.items())
        self._out.write(f"##teamcity[{kind} {words}]\n")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda match: _escape(match[0]), text[:_LONGEST])


def _escape(char: str) -> str:
    if char in _ESCAPES:
        return _ESCAPES[char]
    return f"|{char}" if char < "\x80" else "".join(f"|0x{unit}" for unit in _units(char))


def _units(char: str) -> list[str]:
    """UTF-16 code units, in four hexadecimal digits each."""
    raw = char.encode("utf-16-be", "surrogatepass").hex()
    return [raw[at : at + 4] for at in range(0, len(raw), 4)]


def open(out: TextIO, view: View) -> Teamcity:
    """A TeamCity reporter."""
    return Teamcity(out, view)
