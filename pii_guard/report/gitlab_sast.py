"""GitLab security report, type sast (schema 15): the security dashboard of GitLab Ultimate.

It never carries source code.  Times come from SOURCE_DATE_EPOCH where that is set: equal runs, equal files.
"""

from __future__ import annotations

import json
import os
import uuid
from collections import Counter
from datetime import UTC
from datetime import datetime
from typing import TextIO

from pii_guard.model import DocumentStatus
from pii_guard.model import Finding
from pii_guard.model import Violation
from pii_guard.report import Tally
from pii_guard.report import View
from pii_guard.report import _words
from pii_guard.report._place import relative
from pii_guard.report._terminal import plain

_VERSION = "15.0.4"
_SPACE = uuid.UUID("6f1f1c2e-2f5c-5a0e-9a59-0c6d1f4b7a10")
Record = dict[str, object]


class GitlabSast:
    """Keeps the vulnerabilities: the scan's status stands with them."""

    def __init__(self, out: TextIO, view: View) -> None:
        self._out, self._view = out, view
        self._began = _now()
        self._found: list[Record] = []
        self._messages: list[Record] = []
        self._seen: Counter[str] = Counter()

    def finding(self, finding: Finding) -> None:
        """A vulnerability."""
        record = self._vulnerability(
            finding.entity_type, finding.severity, finding.path, finding.line, finding.fingerprint
        )
        record["name"] = _words.title(finding, self._view)[:255]
        record["description"] = _words.message(finding, self._view)
        record["solution"] = _words.advice(finding.entity_type, self._view)[:7000]
        record["location"] = {
            "file": relative(finding.path),
            "start_line": finding.line,
            "end_line": finding.end_line,
        }
        self._found.append(record)

    def violation(self, violation: Violation) -> None:
        """A vulnerability."""
        mark = f"{violation.path}:{','.join(violation.evidence)}"
        record = self._vulnerability(
            violation.rule_id, violation.severity, violation.path, violation.line, mark
        )
        record["name"] = violation.rule_id[:255]
        record["description"] = _words.explained(violation)
        record["solution"] = plain(violation.remedy)[:7000]
        self._found.append(record)

    def document(self, status: DocumentStatus) -> None:
        """What was not scanned is a message of the scan."""
        if status.status == "unscanned":
            text = plain(f"{relative(status.path)}: {status.reason} {status.detail}".strip())
            self._messages.append({"level": "warn", "value": text})

    def close(self, tally: Tally) -> None:
        """The whole report."""
        status = "failure" if tally.unscanned else "success"
        scan: Record = {
            "analyzer": _tool(),
            "scanner": _tool(),
            "type": "sast",
            "start_time": self._began,
            "end_time": _now(),
        }
        scan |= {"status": status, "messages": self._messages}
        report = {"version": _VERSION, "scan": scan, "vulnerabilities": self._found}
        json.dump(report, self._out, ensure_ascii=False, indent=1)
        self._out.write("\n")

    def _vulnerability(self, rule: str, severity: str, path: str, line: int, mark: str) -> Record:
        self._seen[f"{rule}:{mark}"] += 1
        number = f"{rule}:{mark}:{self._seen[f'{rule}:{mark}']}"
        return {
            "id": str(uuid.uuid5(_SPACE, number.encode("utf-8", "backslashreplace").decode())),
            "severity": severity.capitalize(),
            "identifiers": [{"type": "pii_guard_rule", "name": rule, "value": rule}],
            "location": {"file": relative(path), "start_line": line},
        }


def _tool() -> Record:
    from pii_guard.version import VERSION

    return {
        "id": "pii-guard",
        "name": "pii-guard",
        "version": VERSION,
        "vendor": {"name": "pii_guard contributors"},
    }


def _now() -> str:
    fixed = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = datetime.fromtimestamp(int(fixed), UTC) if fixed.isdigit() else datetime.now(UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S")


def open(out: TextIO, view: View) -> GitlabSast:
    """A GitLab SAST reporter."""
    return GitlabSast(out, view)
