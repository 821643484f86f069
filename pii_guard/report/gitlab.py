"""GitLab code quality: a list of issues; shown in merge requests of every tier."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TextIO

from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.report import Tally
from pii_guard.report import View
from pii_guard.report import _words
from pii_guard.report._place import relative
from pii_guard.report._terminal import plain

_SEVERITY = {"critical": "blocker", "high": "critical", "medium": "major", "low": "minor", "info": "info"}


class Gitlab:
    """Writes as events arrive; fingerprints must differ within the file, so equal ones are numbered."""

    def __init__(self, out: TextIO, view: View) -> None:
        self._out, self._view = out, view
        self._seen: Counter[str] = Counter()
        self._separator = "\n"
        out.write("[")

    def finding(self, finding: Finding) -> None:
        """An issue."""
        text = _words.message(finding, self._view)
        self._issue(
            finding.path, finding.line, finding.entity_type, finding.severity, text, mark=finding.fingerprint
        )

    def violation(self, violation: Violation) -> None:
        """An issue."""
        mark = f"{violation.rule_id}:{violation.path}:{','.join(violation.evidence)}"
        text = _words.explained(violation)
        self._issue(violation.path, violation.line, violation.rule_id, violation.severity, text, mark=mark)

    def document(self, status: DocumentStatus) -> None:
        """What was not scanned is an issue, too."""
        if status.status == "unscanned":
            text = plain(
                f"{self._view.messages('status.unscanned')}: {status.reason} {status.detail}".strip()
            )
            self._issue(status.path, 1, "unscanned", "high", text, mark=f"unscanned:{status.path}")

    def close(self, tally: Tally) -> None:
        """The end of the list."""
        self._out.write("\n]\n")

    def _issue(self, path: str, line: int, rule: str, severity: str, text: str, *, mark: str) -> None:
        self._seen[mark] += 1
        number = f"{mark}:{self._seen[mark]}".encode("utf-8", "surrogateescape")
        issue = {
            "description": text,
            "check_name": f"pii-guard/{rule}",
            "fingerprint": hashlib.sha256(number).hexdigest(),
            "severity": _SEVERITY[severity],
            "location": {"path": relative(path), "lines": {"begin": line}},
        }
        self._out.write(self._separator + json.dumps(issue, ensure_ascii=False))
        self._separator = ",\n"


def open(out: TextIO, view: View) -> Gitlab:
    """A GitLab code quality reporter."""
    return Gitlab(out, view)
